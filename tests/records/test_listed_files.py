"""A delivery says what its file shows: a file that is listed and not there has not come."""

import csv
import re

import pytest

from ctanalysis import Refused, evaluate, narrative, quality
from ctanalysis.intake import datacheck
from ctanalysis.intake.completeness import arrived
from ctanalysis.project import SHIPPED, load
from ctanalysis.records import survey
from ctanalysis.records.contradicted import findings
from tests.conftest import shipped_records
from tests.records.test_deliveries import COUNT, value
from tests.records.test_unusable_deliveries import BAD, GOOD, STRIKE, project

Q3 = ("2014-04-01", "2014-06-30")


def listed(folder, lines, day="2014-08-01"):
    """deliveries.csv anew. lines: file below records/, partner, period, and `none` where there was nothing."""
    rows = [[f"records/{name}", who, period, day, *none] for name, who, period, *none in map(str.split, lines)]
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


# What a line of deliveries.csv says, and its file does not.

Q2_ROW = GOOD.replace("{day}", "2014-02-06").replace("{id}", "late")


def odd(folder):
    """By rule and file, what is said of files that say otherwise than their line."""
    found = survey(load(folder)).findings
    rules = ("empty delivery", "unexpected rows", "earlier rows")
    return [(one.rule, one.path.removeprefix("records/"), one.says) for one in found if one.rule in rules]


def test_a_file_without_a_row_of_its_period_is_a_zero_that_is_asked_about(tmp_path):
    """A's file of April to June has one row of February: the quarter stays 0, the one before grows, both are said."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": [Q2_ROW]}, "q.csv A FY2014Q2\na.csv A FY2014Q3")
    assert value(ours, "FY2014Q3") == (0, "exact") and value(ours, "FY2014Q2") == (2, "exact")
    assert odd(ours) == [
        ("empty delivery", "a.csv", "is listed for FY2014Q3 (row 3 of deliveries.csv) and has no row of it"),
        (
            "earlier rows",
            "a.csv",
            "has rows of days before FY2014Q3, the first period that deliveries.csv lists it for (number of rows: 1)",
        ),
    ]


@pytest.mark.parametrize(
    ("rows", "lines", "rules"),
    [
        ([GOOD], ["a.csv A FY2014Q3"], []),
        ([GOOD], ["a.csv A FY2014Q3 none"], ["unexpected rows"]),  # there is a row
        ([GOOD], ["a.csv A FY2014Q3 none", "a.csv B FY2014Q3"], []),  # it is B's
        ([], ["a.csv A FY2014Q3"], ["empty delivery"]),  # nothing but headings
        ([], ["a.csv A FY2014Q3 none"], []),  # and it is said
        ([], ["b.csv A FY2014Q3 none"], []),  # of no file
        ([GOOD], ["a.csv A FY2014Q3", "a.csv A FY2014Q2"], ["empty delivery"]),  # a second time, for another
        ([GOOD, Q2_ROW], ["a.csv A FY2014Q3", "a.csv A FY2014Q2"], []),
        ([GOOD, Q2_ROW], ["a.csv A FY2014Q3"], ["earlier rows"]),
        (["{id},2014-08-01,,,,,1,"], ["a.csv A FY2014Q3"], ["empty delivery"]),
        ([BAD], ["a.csv A FY2014Q3"], []),  # it has not come, which is told
        ([BAD], ["a.csv A FY2014Q3 none"], ["unexpected rows"]),
    ],
)
def test_a_line_that_says_otherwise_than_its_file_is_named(tmp_path, rows, lines, rules):
    """Beside a file of January to March that is as it should be."""
    ours = listed(project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": rows}), ["q.csv A FY2014Q2", *lines])
    found = odd(ours)
    assert [rule for rule, _, _ in found] == rules and {path for _, path, _ in found} <= {"a.csv"}


def test_rows_that_are_left_out_on_purpose_are_rows(tmp_path):
    """Its only row was struck out on the record: nobody is asked whether nothing happened."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": [BAD]}, "q.csv A FY2014Q2\na.csv A FY2014Q3")
    (ours / "judgements").mkdir(exist_ok=True)
    (ours / "judgements/corrections.toml").write_text(STRIKE, encoding="utf-8")
    assert odd(ours) == []


def test_what_comes_again_and_what_stands_says_nothing_of_other_periods(tmp_path):
    """A later delivery that has every row anew has those of before; and what stands goes on without a row."""
    again = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": [Q2_ROW, GOOD]}, "q.csv A FY2014Q2\na.csv A FY2014Q3")
    path = again / "datapackage.json"
    text = path.read_text(encoding="utf-8").replace('"due":', '"repeated": "later delivery", "due":')
    path.write_text(text, encoding="utf-8")
    assert odd(again) == []
    level = 'table = "rows"\nmeasure = "level"\nstart = "day"\nend = "end"'
    stands = project(tmp_path / "s", {"q.csv": [GOOD], "a.csv": []}, "q.csv A FY2014Q2\na.csv A FY2014Q3")
    sheet = stands / "indicators/x.toml"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace(COUNT, level), encoding="utf-8")
    assert odd(stands) == []


def test_a_line_may_end_before_the_column_rows(tmp_path):
    """As make check gives it, where deliveries.csv has the column; with a cell too many it is said what is lacking."""
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": []})
    lines = "records/q.csv,A,FY2014Q2,2014-08-01\nrecords/a.csv,A,FY2014Q3,2014-08-01"
    path = ours / "deliveries.csv"
    path.write_text(f"file,partner,period,sent,rows\n{lines},none\n", encoding="utf-8")
    assert [one.rows for one in load(ours).deliveries] == ["", "none"] and odd(ours) == []
    path.write_text(f"file,partner,period,sent\n{lines},none\n", encoding="utf-8")
    says = "row 3: it has a cell more than the first row. Where it is 'rows', add that to the first."
    with pytest.raises(Refused, match=re.escape(says)):
        load(ours)
    path.write_text("file,partner,period,sent,rows\nrecords/q.csv,A,FY2014Q2\n", encoding="utf-8")
    with pytest.raises(Refused, match="it has 3 cells where the first row has 5"):
        load(ours)


def test_every_line_of_the_shipped_project_is_as_its_file():
    """Nothing is said of it, and two quarters of tables that begin slowly have none."""
    shipped = load(SHIPPED)
    assert [*findings(shipped, shipped_records(), shipped_records().came)] == []
    assert sum(one.rows == "none" for one in shipped.deliveries) == 4


def test_of_one_table_it_is_said_in_words(tmp_path):
    ours = project(tmp_path / "p", {"q.csv": [GOOD], "a.csv": [GOOD]}, "q.csv A FY2014Q2\na.csv A FY2014Q3")
    assert narrative.introduction(evaluate("FY2014Q3", ours)).plain.count("The one table that is due came.") == 1
