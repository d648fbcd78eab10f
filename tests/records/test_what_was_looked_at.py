"""Accepted is what somebody has looked at, and nothing else: the sentence, and every cell that it is about."""

import pytest

from ctanalysis import records
from ctanalysis.language import Speech
from ctanalysis.project import load
from ctanalysis.records import ACCEPTED, LOOK
from tests.generators import small
from tests.records.ruled import project
from tests.records.test_accepted import BY, told

GAP = '[[gap]]\ntable = "rows"\nfield = "day"\nby = "kind"\nreason = "."\n'
GAPS = "day kind\n2014-10-05 007\n2014-04-05 007\n2014-07-05 NA\n2014-10-05 NA\n2014-04-06 NA\n2014-04-07 |"
IN_Q3 = "kind '|' has no row in FY2014Q4, FY2015Q1 (.)"


def of_file(rule, *sentences):
    """accepted.toml: an entry about records/rows.csv for each sentence; for none, an entry that has none."""
    lines = [f'what = """{says}"""\n' for says in sentences] or [""]
    return "".join(f'[[accepted]]\nrule = "{rule}"\nfile = "records/rows.csv"\n{line}{BY}' for line in lines)


def surveyed(folder, table, rules="", accepted="", deliveries=""):
    files = {"judgements__accepted_toml": accepted} if accepted else {}
    made = project(folder, table, rules, **files)
    if deliveries:
        (made.folder / "deliveries.csv").write_text(f"file,partner,period,sent,rows\n{deliveries}", encoding="utf-8")
    return records.survey(load(made.folder))


def says(found, severity, rule):
    return [one.says for one in found.of(severity) if one.rule == rule]


def test_of_several_findings_about_a_file_the_one_that_was_looked_at_is_accepted(tmp_path):
    """Two kinds have gaps. One was looked at; the other, and a later quarter of the first, nobody has seen."""
    before = says(surveyed(tmp_path / "none", GAPS, GAP), LOOK, "gap")
    assert len(before) == 2 and IN_Q3 in before
    found = surveyed(tmp_path / "one", GAPS, GAP, of_file("gap", IN_Q3))
    assert says(found, ACCEPTED, "gap") == [IN_Q3] and says(found, LOOK, "gap") == [
        one for one in before if one != IN_Q3
    ]
    both = surveyed(tmp_path / "both", GAPS, GAP, of_file("gap", *before))
    assert says(both, LOOK, "gap") == [] and sorted(says(both, ACCEPTED, "gap")) == sorted(before)
    earlier = GAPS.replace("2014-04-07 |", "2014-01-07 |")
    later = surveyed(tmp_path / "later", earlier, GAP, of_file("gap", IN_Q3))
    assert says(later, ACCEPTED, "gap") == [] and "accepted" in told(later, LOOK)
    without = surveyed(tmp_path / "without", GAPS, GAP, of_file("gap"))
    assert says(without, ACCEPTED, "gap") == [] and len(says(without, LOOK, "gap")) == 2


def test_a_second_empty_delivery_is_not_accepted_with_the_first(tmp_path):
    """The file is listed for three quarters, and has rows of the last."""
    lines = "".join(
        f"records/rows.csv,A,{period},{day},\n"
        for period, day in (("FY2014Q3", "2014-07-05"), ("FY2014Q4", "2014-10-05"), ("FY2015Q1", "2015-01-05"))
    )
    first = "is listed for FY2014Q3 (row 2 of deliveries.csv) and has no row of it"
    found = surveyed(tmp_path / "p", "day\n2014-10-05", "", of_file("empty delivery", first), lines)
    assert says(found, ACCEPTED, "empty delivery") == [first]
    assert says(found, LOOK, "empty delivery") == [first.replace("Q3", "Q4").replace("row 2", "row 3")]


def test_more_rows_that_came_late_are_not_accepted_with_the_first(tmp_path):
    line = "records/rows.csv,A,FY2015Q1,2015-01-05,\n"
    one = "has rows of days before FY2015Q1, the first period that deliveries.csv lists it for (number of rows: 1)"
    found = surveyed(tmp_path / "one", "day\n2014-10-05\n2013-10-05", "", of_file("earlier rows", one), line)
    assert says(found, ACCEPTED, "earlier rows") == [one]
    two = surveyed(tmp_path / "two", "day\n2014-10-05\n2013-10-05\n2013-10-06", "", of_file("earlier rows", one), line)
    assert says(two, ACCEPTED, "earlier rows") == [] and len(says(two, LOOK, "earlier rows")) == 1


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
@pytest.mark.parametrize("end", ["", "."])
def test_the_sentence_is_named_in_the_language_in_which_it_was_read(tmp_path, language, end):
    """As make check shows it, with LANGUAGES=ru too, and with its full stop or without."""
    what = f"{Speech(language).heard(IN_Q3)}{end}"
    assert (what.removesuffix(".") == IN_Q3) == (language == "en")
    assert says(surveyed(tmp_path / "p", GAPS, GAP, of_file("gap", what)), ACCEPTED, "gap") == [IN_Q3]


def test_gaps_of_people_who_are_not_named_are_counted(tmp_path):
    """One more of them is another sentence: what was said of one is not accepted of two."""
    rows = "day person\n2014-07-05 p1\n2014-10-05 p2\n2014-07-06 p2"
    rule = GAP.replace('"kind"', '"person"')
    small.write(tmp_path / "m", rows, "", disclosure="victims")

    def of(name, table, accepted=""):
        made = project(tmp_path / name, table, rule)
        path = made.folder / "datapackage.json"
        text = path.read_text(encoding="utf-8").replace('"name": "person"', '"sensitive": true, "name": "person"')
        path.write_text(text, encoding="utf-8")
        if accepted:
            (made.folder / "judgements").mkdir(exist_ok=True)
            (made.folder / "judgements/accepted.toml").write_text(accepted, encoding="utf-8")
        return records.survey(load(made.folder))

    one = "person somebody has no row in FY2015Q1 (.)"
    assert says(of("one", rows), LOOK, "gap") == [one]
    assert says(of("ok", rows, of_file("gap", one)), ACCEPTED, "gap") == [one]
    two = of("two", f"{rows}\n2014-07-08 p3", of_file("gap", one))
    assert says(two, ACCEPTED, "gap") == []
    assert says(two, LOOK, "gap") == ["2 of person, who are not named, have no row in FY2015Q1 (.)"]


TWICE = '[[duplicate]]\ntable = "rows"\nfields = ["person", "amount"]\nreason = "."\n'
SAME = "has the same person, amount as another row, so it may be one thing entered twice (.)"
RANGE = '[[range]]\ntable = "rows"\nfield = "amount"\nmaximum = {}\nreason = "."\n'
HIGH = "is outside what is plausible: {} at most (.)"


def of_row(rule, cells, what, key="r0001"):
    where = f'rule = "{rule}"\nwhat = """{what}"""\ntable = "rows"\nkey = "{key}"'
    return f"[[accepted]]\n{where}\ncells = {{ {cells} }}\n{BY}"


@pytest.mark.parametrize(
    ("rows", "cells", "is_accepted"),
    [
        ("P1 5\nP1 5", 'person = "P1", amount = "5"', True),
        ("P1 900\nP1 5\nP1 900", 'person = "P1", amount = "5"', False),  # another row is like it now
        ("P1 5\nP1 5", 'person = "P1"', False),  # the amount was not looked at
        ("P2 5\nP2 5", 'person = "P1", amount = "5"', False),
    ],
)
def test_an_entry_about_a_row_has_every_cell_that_the_finding_is_about(tmp_path, rows, cells, is_accepted):
    table = "day person amount\n" + "\n".join(f"2014-10-05 {row}" for row in rows.splitlines())
    found = surveyed(tmp_path / "p", table, TWICE, of_row("duplicate", cells, SAME))
    assert told(found, ACCEPTED) == ({"duplicate": [2]} if is_accepted else {})
    assert 2 not in told(found, LOOK)["duplicate"] if is_accepted else "accepted" in told(found, LOOK)
    looked = [one for one in found.of(LOOK) if one.rule == "duplicate"]
    assert all("'person', 'amount' among the cells" in one.do for one in looked)
    assert not any("P1" in str(one) or "900" in str(one) for one in found.findings)


def test_a_rule_that_came_later_was_not_looked_at(tmp_path):
    """70 is above 10, which is right; whether it may be above 50 nobody has been asked."""
    table, entry = "day amount\n2014-10-05 70", of_row("range", 'amount = "70"', HIGH.format(10))
    first = surveyed(tmp_path / "one", table, RANGE.format(10), entry)
    assert told(first, ACCEPTED) == {"range": [2]} and told(first, LOOK) == {}
    second = surveyed(tmp_path / "two", table, RANGE.format(10) + RANGE.format(50), entry)
    assert says(second, ACCEPTED, "range") == [HIGH.format(10)] and says(second, LOOK, "range") == [HIGH.format(50)]
    both = entry + of_row("range", 'amount = "70"', HIGH.format(50))
    assert told(surveyed(tmp_path / "both", table, RANGE.format(10) + RANGE.format(50), both), LOOK) == {}
    other = surveyed(tmp_path / "other", table, RANGE.format(20), entry)
    assert told(other, ACCEPTED) == {} and told(other, LOOK) == {"range": [2], "accepted": []}
