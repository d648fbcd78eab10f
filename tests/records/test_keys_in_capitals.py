"""Keys that differ in capitals only are perhaps one: they are counted as two, and somebody looks; as codes of people.

ab-1    }
AB-1    } to be looked at
ab-2
"""

import pytest

from ctanalysis import project, records
from ctanalysis.records import HELD_BACK, LOOK
from tests.generators.sent import field, surveyed, told
from tests.records.followed import made as made_ours
from tests.records.test_each_advice_of_rows import two
from tests.records.test_keys import made

LOOKED_AT = (LOOK, "look-alike code", "id", (2, 3))


def keyed(folder, *keys, **more):
    rows = [["id", "day"], *([key, f"2014-01-{row:02}"] for row, key in enumerate(keys, 2))]
    return surveyed(folder, [], rows, **more)


@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
@pytest.mark.parametrize("pair", [("ab-1", "AB-1"), ("Ab-1", "aB-1"), ("Иск-1", "ИСК-1"), ("y2", "Y2"), ("é", "É")])
def test_two_keys_but_for_capitals(tmp_path, pair, name):
    found = keyed(tmp_path / "p", *pair, "ab-2", "Zb-3", name=name)
    assert told(found) == [LOOKED_AT] and len(found["rows"]) == 4


@pytest.mark.parametrize("keys", [("ab-1", "AB-2"), ("a1", "A11"), ("a-1", "b-1"), ("Kg-1", "Kg-2"), ("a1b", "A2b")])
def test_other_keys(tmp_path, keys):
    assert not told(keyed(tmp_path / "p", *keys, name="rows.csv"))


def test_what_nobody_sees_makes_no_other_key(tmp_path):
    """A blank, a sign that is not shown, another dash: it is the same key, and stands twice."""
    for number, other in enumerate(["ab-1 ", "ab\u20111", "ab-\u200b1", "ab-1\u00a0"]):
        found = keyed(tmp_path / str(number), "ab-1", other, name="rows.csv")
        assert (HELD_BACK, "unique", "id", (2, 3)) in told(found) and not len(found["rows"])


def test_a_key_of_two_fields(tmp_path):
    csv = "day,person,amount\n2014-10-01,p1,1\n2014-10-01,P1,2\n2014-10-02,p2,4\n2014-10-03,P2,4\n"
    found = records.survey(made(tmp_path / "p", ["day", "person"], csv))
    assert [(one.severity, one.rule, one.rows) for one in found.findings] == [(LOOK, "look-alike code", (2, 3))]


def test_the_later_state_of_a_cumulative_export(tmp_path):
    """The partner has written R3 in the later file: both states are counted, and both are named."""
    ours = two([["id", "day", "x"], ["R3", "2014-01-03", "9"], ["r2", "2014-01-02", "7"]])
    found = records.survey(project.load(made_ours(tmp_path / "p", ours)))
    named = {(one.path, one.rows) for one in found.findings if one.rule == "look-alike code"}
    assert named == {("records/rows/a.csv", (3,)), ("records/rows/b.csv", (2,))}


def test_the_key_of_people(tmp_path):
    """In the table that lists them, and as a code in one that does not, the same is asked."""
    found = surveyed(
        tmp_path / "p", [field("x")], [["id", "day", "x"], ["P1", "2014-01-02", "a"], ["p1", "2014-01-03", "b"]]
    )
    assert told(found) == [LOOKED_AT]
