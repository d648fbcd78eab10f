"""The table of all comparisons of an area: what it says of each, and that a reader finds no evidence in it."""

import re
from dataclasses import replace

from ctanalysis.analysis.change import LAST_YEAR
from ctanalysis.analysis.family import Claims
from ctanalysis.tables.changes import changes
from tests.conftest import evaluated


def told(evaluation, area):
    """The one table of an area."""
    [table] = changes(evaluation, area).tables
    return table


def row(table, code):
    return next(cells for cells in table.rows if cells[0].startswith(f"{code} "))


def test_last_year_first_then_the_period_before():
    table = told(evaluated("FY2015Q1"), "prevention")
    assert table.caption == "What changed, FY2015Q1"
    assert table.header[2:] == ("Then", "Change, with the range that fits the data", "In words") * 2
    assert table.spanners == (
        ("", 1),
        ("The same period last year: October–December 2013", 3),
        ("The period before: July–September 2014", 3),
    )
    assert row(table, "1.3")[1:5] == ("1,233", "1,013", "+220: between 3% fewer and 53% more", "no clear change")
    assert row(table, "1.1")[5:] == (
        "27",
        "+96: between 50% fewer and 5.4 times as many, season taken out",
        "more, as in every earlier year",
    )


def test_what_cannot_be_compared_says_why():
    table = told(evaluated("FY2015Q1"), "cooperation")
    assert row(table, "3.2")[2:5] == ("66.5", "−8.8", "not compared (others were measured then)")
    assert row(table, "3.4")[2:5] == ("4", "+1", "more")
    assert [note for note in table.notes if note.startswith("3.5: ")]


def test_of_a_year_there_is_one_comparison():
    table = told(evaluated("FY2014"), "protection")
    assert len(table.header) == 5
    assert row(table, "2.6")[2:4] == (
        "64–75%",
        "between 15 percentage points lower and 35 percentage points higher",
    )


def test_a_report_of_all_the_project_compares_nothing():
    found = changes(evaluated("LOP"), "prevention")
    assert found.tables == () and found.plain == "Nothing is compared with an earlier period."


def test_before_the_project_there_is_nothing_to_compare_with():
    """No table without a row stands on the page."""
    assert changes(evaluated("FY2012Q1"), "prevention").tables == ()


def test_what_is_clear_is_said_to_be():
    """Clear is what is among all that the report might claim: here as if one p-value had been the smallest of all."""
    found = evaluated("FY2015Q1")
    asked = tuple(replace(one, clear=one.code == "1.3" and one.detail == LAST_YEAR) for one in found.claims.all)
    claimed = replace(found)
    claimed.__dict__["claims"] = Claims(asked)
    assert row(told(claimed, "prevention"), "1.3")[4] == "clearly more"
    assert row(told(found, "prevention"), "1.3")[4] == "no clear change"


def test_no_evidence_is_printed():
    """Neither the design effects nor the numbers of units stand in it."""
    words = changes(evaluated("FY2015Q1"), "prevention").plain
    assert not re.search(r"evidence|design effect|effective|dispersion", words)
