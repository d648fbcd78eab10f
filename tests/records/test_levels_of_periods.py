"""Levels whose beginnings and ends are years: told on the last day of a year, and rows that never stand are named.

The small project goes from October 2011 to September 2015; its fiscal years begin in October, so Q1 ends in December.
"""

import json

import pytest

from ctanalysis import records
from ctanalysis.project import load
from ctanalysis.records import LOOK
from tests.generators import small
from tests.records.test_periods_of_rows import told

LEVEL = 'table = "rows"\nmeasure = "level"\nstart = "day"\nend = "end"'
COUNT = 'table = "rows"\nmeasure = "count"\ndate = "day"'
Q1_2014, Q1_2015, Q2 = ("2013-10-01", "2013-12-31"), ("2014-10-01", "2014-12-31"), ("2014-01-01", "2014-03-31")
PROJECT = ("2011-10-01", "2015-09-30")


def project(folder, rows, calculation=LEVEL, first_month=10, start="year", end="year"):
    """A small project whose fields `day` and `end` have these formats."""
    small.write(folder, rows, calculation)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for field in package["resources"][0]["schema"]["fields"]:
        field.update({"format": {"day": start, "end": end}[field["name"]]} if field["name"] in ("day", "end") else {})
    path.write_text(json.dumps(package), encoding="utf-8")
    facts = folder / "project.toml"
    text = facts.read_text(encoding="utf-8").replace("first_month = 10", f"first_month = {first_month}")
    facts.write_text(text, encoding="utf-8")
    return folder


def found(folder, rule):
    return [one for one in records.survey(load(folder)).findings if one.rule == rule]


def never(folder):
    return [(one.severity, one.field, one.rows) for one in found(folder, "never stands")]


def test_quarters_that_end_with_the_year_are_told(tmp_path):
    """Two premises of 2013, one of which ended in 2014: two stand on 31 December 2013, and one a year later."""
    ours = project(tmp_path / "p", "day end\n2013 2014\n2013 -")
    assert told(ours, Q1_2014, Q1_2015, Q2, PROJECT) == [2, 1, "not this fine", 1]
    assert not never(ours)


def test_the_finding_says_so(tmp_path):
    """It no longer says that the rows count in the whole project only, which is right where rows are counted."""
    [day, end] = found(project(tmp_path / "level", "day end\n2013 2014"), "period")
    for one in (day, end):
        assert "what stands is told on 31 December" in one.says and "such as Q1 of each fiscal year" in one.says
        assert "whole project only" not in one.says
    [counted] = found(project(tmp_path / "count", "day\n2013", COUNT), "period")
    assert "counts in the whole project only" in counted.says and "stands" not in counted.says


def test_of_both_uses_both_are_said(tmp_path):
    """One sheet counts the rows of the year, another what stands."""
    ours = project(tmp_path / "p", "day end\n2013 -")
    text = (ours / "indicators/x.toml").read_text(encoding="utf-8").replace(LEVEL, COUNT).replace('"x"', '"y"', 1)
    (ours / "indicators/y.toml").write_text(text, encoding="utf-8")
    [finding] = found(ours, "period")
    assert "counts in the whole project only; what stands is told on 31 December" in finding.says


@pytest.mark.parametrize(("first_month", "said"), [(4, "Q3"), (7, "Q2"), (10, "Q1"), (2, ""), (9, "")])
def test_where_a_quarter_ends_with_the_year(tmp_path, first_month, said):
    """April to December are three quarters. Quarters that begin in February end in January: none ends with the year."""
    [finding] = found(project(tmp_path / "p", "day\n2013", first_month=first_month), "period")
    assert (f"such as {said} of" in finding.says) if said else "in the whole project only" in finding.says


@pytest.mark.parametrize(
    ("row", "kinds", "is_named"),
    [
        ("2014 2014", ("year", "year"), True),
        ("2013 2014", ("year", "year"), False),  # it stands on 31 December 2013
        ("2014 -", ("year", "year"), False),
        ("2015 2015", ("year", "year"), True),  # the project ends within the year
        ("2014 2015", ("year", "year"), False),
        ("2014-03-05 2014", ("", "year"), True),
        ("2014 2014-12-30", ("year", ""), True),
        ("2014 2015-01-01", ("year", ""), False),
        ("2014-02 2014Q1", ("month", "quarter"), True),
        ("2014-02 2014Q2", ("month", "quarter"), False),
        ("2014-02 2014-02", ("month", "month"), True),
        ("FY2014 FY2014", ("fiscal year", "fiscal year"), True),
        ("2014 FY2014", ("year", "fiscal year"), True),  # no day but the project's last ends both
        ("2014-03-05 2014-03-05", ("", ""), False),  # of days it is known; that it is short is nothing odd
    ],
)
def test_a_row_that_stands_on_no_day_that_is_told_is_named(tmp_path, row, kinds, is_named):
    """It began and ended, and no number has it: somebody must see that."""
    ours = project(tmp_path / "p", f"day end\n{row}", start=kinds[0], end=kinds[1])
    assert never(ours) == ([(LOOK, "end", (2,))] if is_named else [])
    stood = told(ours, *((f"{year}-01-01", f"{year}-{end}") for year in range(2011, 2016) for end in ENDS))
    assert {*stood} <= {0, "not this fine", "not applicable"} if is_named else 1 in stood or kinds == ("", "")


ENDS = ("01-31", "02-28", "03-31", "06-30", "09-30", "12-31")


def test_the_words_of_it(tmp_path):
    """Of what, and what to do; nothing of what the cells say."""
    [finding] = found(project(tmp_path / "p", "day end\n2014 2014"), "never stands")
    assert "begins and ends within one calendar year, so it stands at the end of none" in finding.says
    assert "(indicator x)" in finding.says and "Ask for the days or the months" in finding.do
    assert "2014" not in str(finding)


def test_a_row_that_the_sheet_rules_out_is_not_named(tmp_path):
    """Only what would otherwise stand is."""
    rows = "day end kind\n2014 2014 NA\n2014 2014 007"
    assert never(project(tmp_path / "p", rows, f'{LEVEL}\nwhere = {{ kind = "NA" }}')) == [(LOOK, "end", (2,))]
