"""Cumulative exports: each delivery has all rows again, in their state of that day.

    January      a 1, b 2           sent on 2015-01-10
    April        a 1, b 20, c 4     sent on 2015-04-10

a is the same in both, b has changed, c is new: the sum is 1 + 20 + 4 = 25.
"""

import itertools
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctanalysis import Refused, quality, records
from ctanalysis.intake import datacheck
from ctanalysis.intake.datacheck.marks import sentence
from ctanalysis.language import Speech
from ctanalysis.project import load
from ctanalysis.records import ACCEPTED, HELD_BACK, LOOK
from tests.generators import small

BY = 'reason = "The receipt."\nrole = "finance officer"\ndate = 2015-01-10\n'
JANUARY = {"a": 1, "b": 2}
APRIL = {"a": 1, "b": 20, "c": 4}
SENT = {"x1": "2015-01-10", "x2": "2015-04-10"}  # by file
RANGE = '[[range]]\ntable = "rows"\nfield = "amount"\nmaximum = 10\nreason = "."\n'


def made(folder, files=None, sent=None, declared=True, rules="", key=("id",), **judgements):
    """A project with a folder of files. files: by name, {key: amount}, or pairs. sent: by file, the day (by P1,
    of FY2015Q1), or a list of partner, period and day.
    """
    files = files or {"x1": JANUARY, "x2": APRIL}
    small.write(folder, "day\n2014-10-01", 'measure = "sum"\ntable = "rows"\ndate = "day"\ncolumn = "amount"')
    (folder / "records/rows.csv").unlink()
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0] |= {"path": "records/rows"} | ({"repeated": "later delivery"} if declared else {})
    package["resources"][0]["schema"]["primaryKey"] = list(key)
    package["resources"][0]["schema"]["fields"][1]["constraints"] = {"required": True}
    path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "records/rows").mkdir()
    for name, rows in files.items():
        lines = [f"{one},2014-10-01,{amount}" for one, amount in (rows.items() if isinstance(rows, dict) else rows)]
        (folder / f"records/rows/{name}.csv").write_text("\n".join(["id,day,amount", *lines, ""]), encoding="utf-8")
    listed = [
        (name, *one)
        for name, given in (SENT if sent is None else sent).items()
        for one in ([("P1", "FY2015Q1", given)] if isinstance(given, str) else given)
    ]
    lines = [f"records/rows/{name}.csv,{','.join(one)}" for name, *one in listed]
    (folder / "deliveries.csv").write_text("\n".join(["file,partner,period,sent", *lines, ""]), encoding="utf-8")
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    (folder / "judgements").mkdir()
    for name, text in judgements.items():
        (folder / "judgements" / f"{name}.toml").write_text(text, encoding="utf-8")
    table = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
    fields = [field for field in table["schema"]["fields"] if field["name"] in ("id", "day", "amount")]
    table["schema"]["fields"] = fields
    path.write_text(json.dumps({"name": "small", "resources": [table]}), encoding="utf-8")
    return load(folder)


def amounts(found):
    return dict(zip(found["rows"]["id"], found["rows"]["amount"].tolist(), strict=True))


def told(found):
    return [(one.rule, one.path[-6:-4], one.rows) for one in found.findings]


def test_the_later_state_is_read_and_the_earlier_one_told(tmp_path):
    found = records.survey(made(tmp_path / "p"))
    assert amounts(found) == {"a": 1, "b": 20, "c": 4}
    assert told(found) == [("earlier delivery", "x1", (2, 3))]
    assert found.tally[["read", "passed_over", "used"]].values.tolist() == [[2, 2, 0], [3, 0, 3]]


def test_the_advice_names_the_declaration_and_makes_the_values_right(tmp_path):
    """Without it the rows of b are held back, and the hint says what to write. Done, the values are right."""
    found = records.survey(made(tmp_path / "before", declared=False))
    assert amounts(found) == {"a": 1, "c": 4}
    (differ,) = {one.do for one in found.of(HELD_BACK) if "differ" in one.says}
    assert '"repeated": "later delivery"' in differ and "datapackage.json" in differ
    assert amounts(records.survey(made(tmp_path / "after"))) == APRIL


def test_it_is_held_against_nobody(tmp_path):
    """Validity counts the three rows that are read; the check has nothing to stop at, and sends no copy back."""
    project = made(tmp_path / "p")
    found = records.survey(project)
    frame = quality.assess(project, found, project.calendar.parse("FY2015Q1"))
    validity = frame[frame["standard"] == "validity"].iloc[0]
    assert (validity["verdict"], validity["rows"], validity["held_back"]) == ("met", 3, 0)
    assert datacheck.status(found) == 0
    datacheck.write(project, found, tmp_path / "check")
    assert not list((tmp_path / "check/send-back").glob("*.xlsx"))
    assert "earlier delivery" in (tmp_path / "check/findings.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("sent", [{}, {"x1": "2015-01-10"}, {"x2": "2015-04-10"}, dict.fromkeys(SENT, "2015-01-10")])
def test_where_nothing_says_which_is_later_it_is_not_guessed(tmp_path, sent):
    """b is held back in both files, with a sentence; a says the same in both, so one of them is read."""
    found = records.survey(made(tmp_path / "p", sent=sent))
    assert amounts(found) == {"a": 1, "c": 4}
    unclear = [one for one in found.findings if one.rule == "unclear delivery"]
    assert [one.rows for one in unclear] == [(3,), (3,)]
    assert "deliveries.csv" in unclear[0].do and datacheck.status(found) == 1


def test_two_rows_of_one_file_are_not_a_later_state(tmp_path):
    """The later file has b twice: which of them is right it cannot say. The earlier one is no way out."""
    found = records.survey(made(tmp_path / "p", {"x1": JANUARY, "x2": [("a", 1), ("b", 20), ("b", 30)]}))
    assert amounts(found) == {"a": 1}
    assert told(found) == [("earlier delivery", "x1", (2, 3)), ("unique", "x2", (3, 4))]
    [differ] = [one for one in found.findings if one.rule == "unique"]
    assert (
        differ.do.startswith("Keep the row that is right") and "later delivery" not in differ.do
    )  # it says so already


def test_a_correction_of_an_earlier_period_that_was_sent_last_is_the_later_state(tmp_path):
    """x1 is of October to December and came in May, x2 of January to March in April: what was sent in May counts."""
    fix = {"x1": [("P1", "FY2015Q1", "2015-05-10")], "x2": [("P1", "FY2015Q2", "2015-04-10")]}
    found = records.survey(made(tmp_path / "p", sent=fix))
    assert amounts(found) == {"a": 1, "b": 2, "c": 4}
    names = [("not sent again", "x2", (4,)), ("earlier delivery", "x2", (2, 3)), ("empty delivery", "x2", ())]
    assert sorted(told(found)) == sorted(names)  # c is not in what was sent last; all days are October's
    [replaced] = [one for one in found.findings if one.rule == "earlier delivery"]
    assert replaced.says == "stands again in a later delivery, whose row is read in its place"


def test_of_three_files_the_last_that_was_sent_counts_row_by_row(tmp_path):
    """Each quarter has its file, and then the first came again: a is corrected, b the same, c in the second only."""
    files = {"x1": {"a": 1, "b": 2}, "x2": {"a": 1, "b": 2, "c": 3}, "x3": {"a": 100, "b": 2}}
    days = {"x1": ("FY2014Q4", "2014-10-05"), "x2": ("FY2015Q1", "2015-01-05"), "x3": ("FY2014Q4", "2015-02-05")}
    sent = {name: [("P1", *one)] for name, one in days.items()}
    found = records.survey(made(tmp_path / "p", files, sent))
    assert amounts(found) == {"a": 100, "b": 2, "c": 3}


@pytest.mark.parametrize("last", ["x1", "x2"])
def test_of_two_files_of_one_day_that_of_the_later_period_counts(tmp_path, last):
    sent = {name: [("P1", "FY2015Q2" if name == last else "FY2015Q1", "2015-05-10")] for name in SENT}
    assert amounts(records.survey(made(tmp_path / "p", sent=sent)))["b"] == (2 if last == "x1" else 20)


def test_a_file_that_is_listed_again_is_no_newer(tmp_path):
    """The January file stands in deliveries.csv for another quarter too: it still says what it said in January."""
    again = {"x1": [("P1", "FY2015Q1", "2015-01-10"), ("P1", "FY2015Q2", "2015-07-10")], "x2": "2015-04-10"}
    assert amounts(records.survey(made(tmp_path / "p", sent=again))) == APRIL
    both = {"x1": "2015-04-10", "x2": [("P1", quarter, "2015-04-10") for quarter in ("FY2015Q1", "FY2015Q2")]}
    assert (
        amounts(records.survey(made(tmp_path / "both", sent=both))) == APRIL
    )  # x2 is of two quarters, x1 of the first


def test_two_partners_with_one_key_delete_nothing_of_each_other(tmp_path):
    """Each numbers its own rows 1, 2, ...: nobody can say whose is which later. 3 and 4 have one partner each."""
    files = {"x1": {1: 5, 2: 7, 3: 9}, "x2": {1: 6, 2: 7, 4: 1}}
    whose = {"x1": "2015-01-10", "x2": [("P2", "FY2015Q1", "2015-04-10")]}
    found = records.survey(made(tmp_path / "p", files, whose))
    assert amounts(found) == {"3": 9, "4": 1}
    assert told(found) == [("unclear delivery", "x1", (2, 3)), ("unclear delivery", "x2", (2, 3))]
    assert "two partners use one key" in found.findings[0].says and "primaryKey" in found.findings[0].do
    made(tmp_path / "q", {"x1": {"1": 5}, "x2": {"1": 6, "3": 1}, "x3": {"1": 8}}, whose | {"x3": "2015-07-10"})
    found = records.survey(load(tmp_path / "q"))  # P1's own earlier state is replaced all the same
    assert amounts(found) == {"3": 1}
    assert [rule for rule, *_ in told(found)] == ["earlier delivery", "unclear delivery", "unclear delivery"]


def test_a_row_that_the_latest_delivery_lacks_is_named(tmp_path):
    """b stood in January and is gone in April: it is counted, and asked about. Accepted, it is asked no more."""
    files = {"x1": JANUARY, "x2": {"a": 1, "c": 4}}
    found = records.survey(made(tmp_path / "p", files))
    assert amounts(found) == {"a": 1, "b": 2, "c": 4}
    assert told(found) == [("earlier delivery", "x1", (2,)), ("not sent again", "x1", (3,))]
    gone = "stood in an earlier delivery and not in the latest: was it struck out?"
    entry = f'[[accepted]]\nrule = "not sent again"\nwhat = "{gone}"\ntable = "rows"\nkey = "b"\n'
    entry += f'cells = {{ amount = "2" }}\n{BY}'
    assert not records.survey(made(tmp_path / "accepted", files, accepted=entry)).of(LOOK)
    found = records.survey(made(tmp_path / "struck", files, corrections=struck("b", 2)))
    assert amounts(found) == {"a": 1, "c": 4} and not found.of(LOOK)
    alone = SENT | {"x2": [("P2", "FY2015Q1", "2015-04-10")]}  # another partner's later file lacks nothing of P1
    assert not records.survey(made(tmp_path / "two", {"x1": {"b": 2}, "x2": {"c": 4}}, alone)).of(LOOK)


def struck(key, expect, field="amount"):
    return f'[[correction]]\ntable = "rows"\nkey = "{key}"\nfield = "{field}"\nexpect = "{expect}"\nstrike = true\n{BY}'


def test_what_is_struck_out_is_as_if_it_had_not_been_sent(tmp_path):
    """With b = 20 of April struck out, the 2 of January is the latest state that there is; and is asked about."""
    found = records.survey(made(tmp_path / "p", corrections=struck("b", 20)))
    assert amounts(found) == {"a": 1, "b": 2, "c": 4}
    assert sorted(told(found)) == [
        ("earlier delivery", "x1", (2,)), ("not sent again", "x1", (3,)), ("struck out", "x2", (3,)),
    ]  # fmt: skip
    for name, both in (("q", struck("b", 20) + struck("b", 2)), ("r", struck("b", 2) + struck("b", 20))):
        assert amounts(records.survey(made(tmp_path / name, corrections=both))) == {"a": 1, "c": 4}


def test_a_state_that_came_twice_is_struck_out_of_both_files(tmp_path):
    """a is 1 in January and in April: struck out, it is in neither. So is b by its day, which both have."""
    found = records.survey(made(tmp_path / "p", corrections=struck("a", 1)))
    assert amounts(found) == {"b": 20, "c": 4}
    found = records.survey(made(tmp_path / "q", corrections=struck("b", "2014-10-01", "day")))
    assert amounts(found) == {"a": 1, "c": 4}


def test_a_row_that_has_changed_since_it_was_struck_out_is_named(tmp_path):
    """b is struck out by its day, which both files have: of 2 and of 20, one of which nobody may have seen. Of a, which
    is the same in both, nothing is said; nor where each state is struck out by what it differs in.
    """
    found = records.survey(made(tmp_path / "p", corrections=struck("b", "2014-10-01", "day")))
    assert [(one.rule, one.path[-6:-4], one.rows) for one in found.of(LOOK)] == [
        ("struck states", "x1", (3,)), ("struck states", "x2", (3,)),
    ]  # fmt: skip
    blanks = {"x1": JANUARY, "x2": APRIL | {"b": " 2"}}  # the same, typed otherwise
    assert not records.survey(made(tmp_path / "q", blanks, corrections=struck("b", "2014-10-01", "day"))).of(LOOK)
    for name, text in (("a", struck("a", "2014-10-01", "day")), ("both", struck("b", 2) + struck("b", 20))):
        assert not records.survey(made(tmp_path / name, corrections=text)).of(LOOK)


def test_a_later_state_than_the_one_struck_out_must_be_decided_about_anew(tmp_path):
    with pytest.raises(Refused, match="no longer holds what was expected"):
        records.survey(made(tmp_path / "p", corrections=struck("b", 2)))


def test_two_rows_of_one_file_are_not_struck_out_together(tmp_path):
    files = {"x1": JANUARY, "x2": [("b", 20), ("b", 20)]}
    with pytest.raises(Refused, match="2 rows have its key and what is expected"):
        records.survey(made(tmp_path / "p", files, corrections=struck("b", 20)))


def test_a_later_row_that_cannot_be_read_is_not_replaced_by_the_earlier_one(tmp_path):
    """What b was in January is no longer so. That the earlier file has another fault is not said any more."""
    found = records.survey(made(tmp_path / "p", {"x1": {"a": "one", "b": 2}, "x2": {"a": 1, "b": "twenty"}}))
    assert amounts(found) == {"a": 1}
    assert told(found) == [("earlier delivery", "x1", (2, 3)), ("type", "x2", (3,))]


def test_judgements_are_about_the_row_that_is_read(tmp_path):
    """b is 20 in April: it is corrected to 21, or accepted. A correction of the 2 of January fits no longer."""
    correction = '[[correction]]\ntable = "rows"\nkey = "b"\nfield = "amount"\nexpect = "{}"\nvalue = "21"\n' + BY
    found = records.survey(made(tmp_path / "c", corrections=correction.format(20)))
    assert amounts(found)["b"] == 21
    with pytest.raises(Refused, match="no longer holds what was expected"):
        records.survey(made(tmp_path / "d", corrections=correction.format(2)))
    what = "is outside what is plausible: 10 at most (.)"
    accepted = (
        f'[[accepted]]\nrule = "range"\nwhat = "{what}"\ntable = "rows"\nkey = "b"\ncells = {{ amount = "20" }}\n{BY}'
    )
    found = records.survey(made(tmp_path / "e", rules=RANGE, accepted=accepted))
    assert [one.rule for one in found.of(ACCEPTED)] == ["range"] and not found.of(LOOK)


def test_a_key_of_two_fields_comes_again_too(tmp_path):
    assert amounts(records.survey(made(tmp_path / "p", key=("id", "day")))) == APRIL


def test_without_a_key_nothing_can_come_again(tmp_path):
    with pytest.raises(Refused, match="has no primaryKey by which a row could be known again"):
        made(tmp_path / "p", key=())


def test_other_words_are_refused(tmp_path):
    made(tmp_path / "p")
    path = tmp_path / "p/datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("later delivery", "latest"), encoding="utf-8")
    with pytest.raises(Refused, match=r"'resources.rows.repeated': leave it empty or write later delivery"):
        load(tmp_path / "p")


ROWS = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 3)), max_size=4)
DAYS = ["2015-01-10", "2015-04-10", "2015-07-10"]
LISTED = st.one_of(
    st.just(()),  # nobody knows when
    st.tuples(st.just("P1"), st.sampled_from(["FY2014Q4", "FY2015Q1"]), st.sampled_from(DAYS)),
    st.tuples(st.sampled_from(["P1", "P2"]), st.just("FY2015Q1"), st.sampled_from(DAYS)),
)


@pytest.mark.long
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(ROWS, LISTED), min_size=2, max_size=4))
def test_what_is_read_is_what_the_oracle_reads(tmp_path_factory, deliveries):
    """The oracle: of each key the files that may be the last one, in plain Python; none where two partners have it.
    Rows of one file that are the same count once; rows that differ count not at all.
    """
    files = {f"x{number}": rows for number, (rows, _) in enumerate(deliveries, 1)}
    sent = {f"x{number}": one for number, (_, one) in enumerate(deliveries, 1) if one}
    expected = {}
    for key in "abcd":
        states = [(sent.get(name, ()), {n for k, n in rows if k == key}) for name, rows in files.items()]
        states = [(listed, said) for listed, said in states if said]
        last = max((listed[:0:-1] for listed, _ in states), default=())  # its day, and then its period
        said = set(itertools.chain(*(said for listed, said in states if listed[:0:-1] in ((), last))))
        if len(said) == 1 and len({listed[0] for listed, _ in states if listed}) <= 1:
            expected[key] = said.pop()
    found = records.survey(made(tmp_path_factory.mktemp("p") / "p", files, {name: [one] for name, one in sent.items()}))
    assert amounts(found) == expected
    assert (found.tally["read"] == found.tally[["used", "held_back", "passed_over"]].sum(axis=1)).all()


def test_a_question_ends_with_its_own_mark(tmp_path):
    """Each language's sentence, on the screen and in a copy that is sent back."""
    files = {"x1": JANUARY, "x2": {"b": 20, "c": 4}}
    [gone] = [one for one in records.survey(made(tmp_path / "p", files)).findings if one.rule == "not sent again"]
    assert "was it struck out? Ask the partner." in str(gone)
    for language in ("en", "ru", "ky"):
        for told in (gone.told(Speech(language)), sentence(gone, Speech(language))):
            assert "? " in told and "?." not in told and told.endswith(".")
