"""A delivery says what its file shows: a file that is listed and not there has not come."""

import csv

import pytest

from ctanalysis import evaluate, narrative, quality
from ctanalysis.intake import datacheck
from ctanalysis.intake.completeness import arrived
from ctanalysis.project import load
from ctanalysis.records import survey
from tests.records.test_deliveries import value
from tests.records.test_unusable_deliveries import GOOD, project

Q3 = ("2014-04-01", "2014-06-30")


def listed(folder, lines):
    """deliveries.csv anew. lines: file below records/, partner, period, and `none` where there was nothing."""
    rows = [[f"records/{name}", who, period, "2014-08-01", *none] for name, who, period, *none in map(str.split, lines)]
    with (folder / "deliveries.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["file", "partner", "period", "sent", "rows"], *((*row, "")[:5] for row in rows)])
    return folder


def missing(folder):
    """By quarter from January 2014 on: who sent nothing, and whether nothing came."""
    found = survey(load(folder)).missing["rows"]
    return {
        one.quarter.label: (one.partners, one.unusable, one.is_whole) for one in found if one.quarter.label > "FY2014Q1"
    }


def test_a_file_that_is_listed_and_not_there_is_no_zero(tmp_path):
    """Both partners' January to March are there; April to June's file is listed, and nobody put it there."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "qb.csv": [GOOD.replace("q", "r")]})
    listed(ours, ["q.csv A FY2014Q2", "qb.csv B FY2014Q2", "b3.csv B FY2014Q3"])
    (ours / "records/qb.csv").write_text(
        (ours / "records/qb.csv").read_text(encoding="utf-8").replace("q1", "r1"), encoding="utf-8"
    )
    assert missing(ours) == {"FY2014Q3": (("A", "B"), (), True)}
    assert value(ours, "FY2014Q2") == (2, "exact") and value(ours, "FY2014Q3") == (None, "not received")
    told = narrative.headlines(evaluate("FY2014Q3", ours)).plain
    assert "nothing can be said" in told and "othing was counted" not in told
    loaded, found = load(ours), survey(load(ours))
    period = loaded.calendar.parse("FY2014Q3")
    assert "nothing came; not sent by A and B" in datacheck.arrived(loaded, found, period)
    come = arrived(loaded, period, found.came)
    assert come.come == [] and come.missing == [("A", "rows"), ("B", "rows")] and not come.is_complete
    [gone] = [one for one in found.findings if one.rule == "unread delivery"]
    assert gone.rows == (4,) and "has not come" in gone.says


def test_another_partners_file_is_told_without_it(tmp_path):
    """A's file of the quarter is there, B's is not: the value stands with what it lacks, and the standard counts it."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": [GOOD, GOOD]})
    lines = ["q.csv A FY2014Q2", "q.csv B FY2014Q2", "a.csv A FY2014Q3"]
    now = evaluate("FY2014Q3", listed(ours, [*lines, "b.csv B FY2014Q3"]))
    assert value(ours, "FY2014Q3") == (2, "exact")
    assert now.lacks["x", *Q3] == "without the records of a partner who used to send"
    assert timely(ours) == (1, 1, 1)
    assert timely(listed(ours, lines)) == (1, 1, 1)  # as if it were not listed


def timely(folder):
    """Of the quarter: how many deliveries there were, how many came late, how many are missing."""
    ours = load(folder)
    frame = quality.assess(ours, survey(ours), ours.calendar.parse("FY2014Q3"))
    [row] = frame[frame["standard"] == "timeliness"].itertuples()
    return row.deliveries, row.late, row.missing


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["b.csv A FY2014Q3 none"], (0, "exact")),  # it is said that there was nothing
        (["b.csv A FY2014Q3", "a.csv A FY2014Q3"], (1, "exact")),  # another file of the same partner came
        (["b.csv A FY2014"], (None, "not received")),  # listed of a whole year
        (["b.csv A FY2014Q3", "b.csv A FY2014Q3"], (None, "not received")),
        (["A.csv A FY2014Q3"], (None, "not received")),  # of another name
        (["c.csv C FY2014Q3"], (None, "not received")),  # somebody new
    ],
)
def test_what_is_there_decides(tmp_path, lines, expected):
    """Beside a file of January to March that is there."""
    files = {"q.csv": [GOOD], "a.csv": [GOOD]} if any("a.csv" in line for line in lines) else {"q.csv": [GOOD]}
    ours = listed(project(tmp_path / "p", files), ["q.csv A FY2014Q2", *lines])
    assert value(ours, "FY2014Q3") == expected


def test_a_file_that_cannot_be_read_at_all_has_not_come(tmp_path):
    """No report is made of it; the check tells apart who sent it, and who sent nothing."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD]})
    (ours / "records/a.csv").write_bytes(b"PK\x03\x04 broken")
    listed(ours, ["q.csv A FY2014Q2", "q.csv B FY2014Q2", "a.csv A FY2014Q3"])
    assert missing(ours)["FY2014Q3"] == (("A", "B"), ("A",), True)
