"""A cumulative table of which one partner sends two files of one period, on two days: the later one is read, and told.

x1    b 2     of October to December, sent on 2015-01-10
x2    b 20    of October to December, sent on 2015-04-10
"""

import pytest

from ctanalysis import quality, records
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK
from tests.records.test_cumulative_exports import amounts, made, told

TWO = {"x1": {"b": 2}, "x2": {"b": 20}}
EARLY, LATE = "2015-01-10", "2015-04-10"


@pytest.mark.parametrize(("days", "read", "replaced"), [((EARLY, LATE), 20, "x1"), ((LATE, EARLY), 2, "x2")])
def test_the_one_that_was_sent_later_is_read_whatever_its_name(tmp_path, days, read, replaced):
    found = records.survey(made(tmp_path / "p", TWO, {"x1": days[0], "x2": days[1]}))
    assert amounts(found) == {"b": read} and told(found) == [("earlier delivery", replaced, (2,))]


def test_two_of_one_day_are_held_back_and_asked_about(tmp_path):
    """One day, one partner, one period, and 2 is not 20: neither is read. Where both say the same, one is."""
    same = {"x1": EARLY, "x2": EARLY}
    found = records.survey(made(tmp_path / "p", TWO, same))
    assert amounts(found) == {} and {one.rule for one in found.of(HELD_BACK)} == {"unclear delivery"}
    assert all("of two files of one period and one day, take one out" in one.do for one in found.of(HELD_BACK))
    found = records.survey(made(tmp_path / "q", {"x1": {"b": 2}, "x2": {"b": 2, "c": 4}}, same))
    assert amounts(found) == {"b": 2, "c": 4}


def timeliness(project):
    frame = quality.assess(project, records.survey(project), project.calendar.parse("FY2015Q1"))
    row = frame[frame["standard"] == "timeliness"].iloc[0]
    return row["verdict"], row["deliveries"], row["late"]


def test_a_later_state_is_no_late_delivery(tmp_path):
    """x1 came ten days after the period, in time; x2, 100 days after it, is the same delivery with a later state.

    Of a table that is not repeated x2 is a file of its own, and late; so it is where it is another partner's, and
    where nothing came in time.
    """
    files = {"x1": {"b": 2}, "x2": {"c": 20}}
    assert timeliness(made(tmp_path / "again", files)) == ("met", 1, 0)
    assert timeliness(made(tmp_path / "once", files, declared=False)) == ("not met", 2, 1)
    other = {"x1": EARLY, "x2": [("P2", "FY2015Q1", LATE)]}
    assert timeliness(made(tmp_path / "two", files, other)) == ("not met", 2, 1)
    assert timeliness(made(tmp_path / "late", files, {"x1": LATE, "x2": "2015-04-11"})) == ("not met", 1, 1)


@pytest.mark.parametrize(
    ("files", "unusable"),
    [
        ({"x1": {"b": 2}, "x2": {"b": "two"}}, ["x1", "x2"]),  # what b was is no longer so
        ({"x1": {"b": 2}, "x2": {"b": 20}}, []),
        ({"x1": {"b": 2, "c": 4}, "x2": {"b": "two"}}, ["x2"]),  # c is read, and named: not sent again
        ({"x1": {"b": "two"}, "x2": {"b": 20}}, []),
    ],
)
def test_what_stands_again_in_a_file_that_cannot_be_read_has_not_come(tmp_path, files, unusable):
    """The row of January is out of date, and that of April cannot be read: of neither delivery anything is known."""
    made(tmp_path / "p", files)
    path = tmp_path / "p/datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"due": "never"', '"due": "quarter"'), encoding="utf-8")
    found = records.survey(load(tmp_path / "p"))
    assert sorted(one[-6:-4] for one in found.came["rows"].unusable) == unusable
    gone = [(one.quarter.label, one.is_whole) for one in found.missing["rows"] if one.partners]
    assert gone == ([("FY2015Q1", len(unusable) == 2)] if unusable else [])  # what is not whole came in part
