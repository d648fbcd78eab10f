"""A finding that somebody has looked at and found right: listed, held against nothing, back when a cell changes."""

import datetime

import pytest

from ctanalysis import Refused, quality, records
from ctanalysis.intake import datacheck
from ctanalysis.project import load
from ctanalysis.records import ACCEPTED, LOOK
from tests.generators.sent import field
from tests.records.ruled import project
from tests.records.test_foreign_files import counted, key, read, table

RULES = '[[range]]\ntable = "rows"\nfield = "amount"\nminimum = 0\nreason = "Nothing costs less than nothing."\n'
DUPLICATE = '[[duplicate]]\ntable = "rows"\nfields = ["day", "person"]\nreason = "."\n'
ROWS = """day        person amount
          2014-10-01 p1     -5
          2014-11-01 p2     7
          2014-12-01 p3     -8"""
BY = 'reason = "A refund: the bank statement has it."\nrole = "finance officer"\ndate = 2015-01-10\n'


TOO_LOW = "is outside what is plausible: 0 at least (Nothing costs less than nothing.)"
NO_TABLE = "no table of datapackage.json names this file, so it was not read"
SAME_DAY = "has the same day, person as another row, so it may be one thing entered twice (.)"


def entry(rule="range", key="r0001", cells='{ amount = "-5" }', what=TOO_LOW):
    return f'[[accepted]]\nrule = "{rule}"\nwhat = "{what}"\ntable = "rows"\nkey = "{key}"\ncells = {cells}\n{BY}'


def surveyed(folder, accepted, table=ROWS, rules=RULES):
    return records.survey(project(folder, table, rules, judgements__accepted_toml=accepted))


def told(found, severity):
    """{rule: rows} of the findings of one severity."""
    rows = {}
    for finding in found.of(severity):
        rows.setdefault(finding.rule, []).extend(finding.rows)
    return rows


def test_a_refund_that_was_looked_at_is_accepted(tmp_path):
    """Two amounts below 0, in rows 2 and 4. The one of row 2 is a refund: accepted, with who said so and why. The other
    is still to be looked at. Both rows are counted, as before.
    """
    found = surveyed(tmp_path / "p", entry())
    assert told(found, LOOK) == {"range": [4]} and told(found, ACCEPTED) == {"range": [2]}
    (accepted,) = found.of(ACCEPTED)
    assert "Accepted as it is: finance officer looked at it on 2015-01-10: A refund: the bank statement has it." in str(
        accepted
    )
    assert found["rows"]["amount"].tolist() == [-5, 7, -8]
    assert found.flags["rows"]["range"].tolist() == [False, False, True]


def test_what_was_accepted_does_not_fail_validity(tmp_path):
    """Of three rows one at most 2 per cent may be implausible. With two it is not met; with both accepted it is."""

    def verdict(name, accepted):
        made = project(tmp_path / name, ROWS, RULES, judgements__accepted_toml=accepted)
        frame = quality.assess(made, records.survey(made), made.calendar.parse("FY2015Q1"))
        row = frame[frame["standard"] == "validity"].iloc[0]
        return row["verdict"], row["implausible"]

    assert verdict("none", "") == ("not met", 2)
    assert verdict("one", entry()) == ("not met", 1)
    assert verdict("both", entry() + entry(key="r0003", cells='{ amount = "-8" }')) == ("met", 0)


@pytest.mark.parametrize(
    "changed", [ROWS.replace("-5", "-50"), ROWS.replace("-5", "5"), ROWS.replace("p1     -5", "p1     -")]
)
def test_it_is_back_when_the_cell_changes(tmp_path, changed):
    """-5 was looked at. With -50 there the finding is back; where there is none any more, the entry is out of date."""
    found = surveyed(tmp_path / "p", entry(), changed)
    assert told(found, ACCEPTED) == {}
    assert told(found, LOOK)["range"] == ([2, 4] if "-50" in changed else [4])
    (stale,) = [finding for finding in found.findings if finding.rule == "accepted"]
    assert stale.path == "judgements/accepted.toml" and "fits no finding" in str(stale)
    assert "r0001" not in str(stale) and "-5" not in str(stale)


def test_it_is_back_when_another_cell_of_the_judgement_changes(tmp_path):
    """p1's two rows on one day were looked at, the day and the person. With another person there nobody has looked."""
    table = "day person amount\n2014-10-01 p1 1\n2014-10-01 p1 2"
    accepted = "".join(
        entry("duplicate", key, '{ day = "2014-10-01", person = "p1" }', SAME_DAY) for key in ("r0001", "r0002")
    )
    assert told(surveyed(tmp_path / "same", accepted, table, DUPLICATE), ACCEPTED) == {"duplicate": [2, 3]}
    other = surveyed(tmp_path / "other", accepted, table.replace("p1", "p2"), DUPLICATE)
    assert told(other, ACCEPTED) == {} and told(other, LOOK)["duplicate"] == [2, 3]


@pytest.mark.parametrize(
    "wrong",
    [
        entry(rule="rnage"),
        entry(key="r0009"),
        entry(cells='{ person = "p1" }'),  # not the column that the finding names
        entry(rule="usual"),
    ],
)
def test_an_entry_that_fits_nothing_accepts_nothing(tmp_path, wrong):
    """A misspelt rule, no such row, another column: nothing is accepted, and the entry is named."""
    found = surveyed(tmp_path / "p", wrong)
    assert told(found, LOOK) == {"range": [2, 4], "accepted": []} and told(found, ACCEPTED) == {}


OF_KIND = 'measure = "count"\ntable = "guests"\ndate = "day"\nwhere = { kind = { not = ["B"] } }'
GUESTS = (("1", "a"), ("2", "b"), ("3", "b"))


def linked(folder, cells="", guests=GUESTS, kind=""):
    """Guests of visits, whose kind an indicator asks: visit b has the kind, and none as a rule."""
    visits = table("visits", "records/v.csv", [key("visit", "visit"), field("day", "date"), field("kind")])
    of = table("guests", "records/g.csv", [key("guest", "guest"), field("visit")], ("visit", "visits", "visit"))
    rows = [["visit", "day", "kind"], ["a", "2014-01-05", "A"], ["b", "2014-01-06", kind]]
    read(folder, visits, of, v_csv=rows, g_csv=[["guest", "visit"], *guests])
    counted(folder, OF_KIND)
    if cells:
        what = "has no 'kind', so it is not counted (indicator x)"
        text = f'[[accepted]]\nrule = "needed"\nwhat = "{what}"\ntable = "guests"\nkey = "2"\ncells = {cells}\n{BY}'
        (folder / "judgements").mkdir(exist_ok=True)
        (folder / "judgements/accepted.toml").write_text(text, encoding="utf-8")
    return records.survey(load(folder))


def test_an_empty_cell_of_another_table_is_accepted_by_what_leads_there(tmp_path):
    """Guests 2 and 3 are of visit b, whose kind nobody knows. The advice names the cell to look at: that of the visit.
    An entry with it accepts guest 2; one with any other cell would stay right whichever visit the guest is of.
    """
    [finding] = linked(tmp_path / "before").of(LOOK)
    assert finding.rows == (3, 4) and "and 'visit' among the cells of the row" in finding.do
    found = linked(tmp_path / "after", '{ visit = "b" }')
    assert told(found, LOOK) == {"needed": [4]} and told(found, ACCEPTED) == {"needed": [3]}
    for name, cells in (("another", '{ guest = "2" }'), ("wrong", '{ visit = "a" }')):
        found = linked(tmp_path / name, cells)
        assert told(found, ACCEPTED) == {} and told(found, LOOK) == {"needed": [3, 4], "accepted": []}


def test_it_is_back_when_the_row_leads_elsewhere_or_the_other_table_has_it(tmp_path):
    """Guest 2 is of visit a now; or visit b has its kind: the entry is out of date, and says so."""
    moved = linked(tmp_path / "moved", '{ visit = "b" }', (("1", "b"), ("2", "a"), ("3", "b")))
    assert told(moved, ACCEPTED) == {} and told(moved, LOOK) == {"needed": [2, 4], "accepted": []}
    known = linked(tmp_path / "known", '{ visit = "b" }', kind="A")
    assert told(known, ACCEPTED) == {} and told(known, LOOK) == {"accepted": []}


def test_what_is_held_back_cannot_be_accepted(tmp_path):
    """A number that is none is not right whoever looked at it: the row stays held back, and the entry is named."""
    found = surveyed(tmp_path / "p", entry("type", cells='{ amount = "x" }'), ROWS.replace("-5", "x"))
    assert told(found, "held back") == {"type": [2]} and "accepted" in told(found, LOOK)


def test_a_finding_about_a_whole_file_is_accepted(tmp_path):
    """A file that no table reads, and is meant to lie there."""
    entry = f'[[accepted]]\nrule = "unread file"\nwhat = "{NO_TABLE}"\nfile = "records/letter.txt"\n{BY}'
    made = project(tmp_path / "p", ROWS, judgements__accepted_toml=entry)
    (made.folder / "records" / "letter.txt").write_text("Dear all", encoding="utf-8")
    (made.folder / "records" / "other.txt").write_text("Dear all", encoding="utf-8")
    found = records.survey(made)
    assert [finding.path for finding in found.of(ACCEPTED)] == ["records/letter.txt"]
    assert [finding.path for finding in found.of(LOOK)] == ["records/other.txt"]


REFUSED = {
    "both a row and a file": (entry() + 'file = "records/rows.csv"\n', "give either table, key and cells"),
    "no cells": (f'[[accepted]]\nrule = "range"\ntable = "rows"\nkey = "r0001"\n{BY}', "give either table"),
    "neither": (f'[[accepted]]\nrule = "range"\n{BY}', "give either table"),
    "no such table": (entry().replace('"rows"', '"others"'), "there is no such table"),
    "no such field": (entry(cells='{ cost = "1" }'), "it has no field 'cost'"),
    "no reason": (entry().replace("reason", "# reason"), "'accepted.1.reason' is missing"),
    "a key that is not known": (entry() + "sure = true\n", "'accepted.1.sure' is not known"),
    "twice": (entry() + entry(), "2 entries are about the same thing"),
}


@pytest.mark.parametrize("text, says", REFUSED.values(), ids=REFUSED)
def test_an_entry_that_is_not_whole_is_refused(tmp_path, text, says):
    """Each with a sentence that names the file."""
    with pytest.raises(Refused) as refusal:
        project(tmp_path / "p", ROWS, RULES, judgements__accepted_toml=text)
    assert says in str(refusal.value) and "accepted.toml" in str(refusal.value)


def test_the_check_lists_it_and_sends_it_back_to_nobody(tmp_path):
    """On the screen and in findings.csv as accepted; a file with nothing else in it has no copy to be sent back."""
    accepted = entry() + entry(key="r0003", cells='{ amount = "-8" }')
    made = project(tmp_path / "p", ROWS, RULES, judgements__accepted_toml=accepted)
    found = datacheck.check(made, tmp_path / "check")
    assert "accepted: 2 findings in 2 rows" in datacheck.summary(found)
    lines = (tmp_path / "check" / "findings.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == ["accepted", "accepted"]
    assert list((tmp_path / "check" / "send-back").iterdir()) == []


def test_the_advice_of_a_finding_leads_to_it(tmp_path):
    """What is to be looked at says where to write that it is right."""
    (finding,) = surveyed(tmp_path / "p", "").of(LOOK)
    assert "where it is right, say so in judgements/accepted.toml" in finding.do
    assert load(tmp_path / "p").facts.records_through == datetime.date(2014, 12, 31)
