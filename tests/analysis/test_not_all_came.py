"""What was not sent is not zero in what is made of numbers, either: no plan is held against half of the records.

Of the quarter January-March 2015 four tables came, events and victims without a partner; spending did not come. Of this
fiscal year 1.1 has the 123 events of one quarter, and nothing says how many there were in the other.
"""

import pytest

from ctanalysis import figures, narrative, tables
from ctanalysis.analysis.change import Outcome
from ctanalysis.analysis.explanations import outstanding
from ctanalysis.analysis.pace import paces, without_pace
from ctanalysis.analysis.tested import Why
from ctanalysis.enquiry import of_period
from tests.conftest import evaluated
from tests.generators.late import late

LEFT_OUT = ["1.1", "1.6", "2.1", "2.2", "2.4", "2.5", "3.1", "3.3", "3.5", "4.1"]


def test_no_pace_is_told_of_a_year_of_which_records_lack():
    """Whether a quarter did not come at all (4.1), or without a partner (1.1); what came whole has its pace (1.3)."""
    known = late().known
    assert {pace.sheet.code for pace in paces(known)} == {"1.2", "1.3"}
    assert [sheet.code for sheet in without_pace(known)] == LEFT_OUT
    whole = evaluated("FY2015Q1").known
    assert without_pace(whole) == () and {*LEFT_OUT} < {pace.sheet.code for pace in paces(whole)}


def test_nothing_is_expected_by_now_and_nobody_is_asked_to_explain():
    """123 events of one quarter are not held against those of two."""
    tracking = late().tracking
    rows = tracking[tracking["indicator"].isin(LEFT_OUT)]
    assert rows[["expected", "expected_high", "deviation"]].isna().all(axis=None) and set(rows["expected_by"]) == {""}
    assert {one.sheet.code for one in outstanding(late().known)} == {"1.2", "1.3"}
    told = {row[0].split()[0]: row for row in tables.tracking(late()).tables[0].rows}
    assert told["1.1"][-3:] == ("–", "–", "–") and "outstanding" in told["1.3"]


@pytest.mark.parametrize("code", ["1.1", "2.1"])
def test_a_comparison_is_told_and_claims_nothing(code):
    """No event, without the records of a partner, and 67 a year before: what lacks may be all the difference."""
    found = [one for one in late().changes if one.sheet.code == code]
    assert len(found) == 2 and {one.why for one in found} == {Why.NOT_SENT}
    assert {one.outcome for one in found} == {Outcome.NO_COMPARISON} and not any(one.p == one.p for one in found)
    assert all(one.before.number for one in found)


def test_the_report_says_so():
    """In the main points, beside the targets and the spending, in headlines and below the figure."""
    said = narrative.points(late()).plain
    assert "no result that adds up is more than 10% short" in said and "; the lowest, Hotline consultations, " in said
    assert "Of 9 more results nothing is said: not all records of this fiscal year have come." in said
    assert "87% of the project's time over (without the records of FY2015Q2); of this fiscal year’s 206,414" in said
    headlines = narrative.headlines(late()).plain
    assert (
        "Beside January–March 2014. Awareness-raising events held (67); Victims of trafficking identified (22): not "
        "tested (not all records that were due have come)." in headlines
    )
    codes = ", ".join(LEFT_OUT[:-1]) + ", and 4.1"
    held = f"Held against no target, for not all records of this fiscal year have come: {codes}."
    assert held in narrative.outlook(late()).plain
    chart = figures.cumulative(late())
    assert chart.title == "Reached or on course: 1.2 and 1.3"
    assert any(note.endswith("have come: 1.1, 2.1, 2.2, and 3.1.") for note in chart.notes)
    titles = [one.title for one in figures.headlines(late()).charts]
    assert titles[1] == "Quarter by quarter: records of the latest quarter are missing"


def test_the_annex_says_it_of_each_category():
    """No event in Batken by what one of two partners sent: in the row, not in the total's alone."""
    rows = [line.split("\t") for line in tables.calculated(late()).plain.splitlines() if line.startswith("Batken\t")]
    of_quarter = [row for row in rows if row[1] == "January–March 2015"]
    assert of_quarter[0][2:4] == ["0", "exact; without the records of a partner who used to send"]
    assert any(";" not in row[3] for row in rows)  # of calls all came


def test_whoever_asks_for_a_projection_is_told_why_there_is_none():
    """And not that its quarters do not add up."""
    answer = of_period.projection(late(), late().project.sheet("4.1"))
    assert not len(answer) and "Not all records of this fiscal year have come of 4.1" in str(answer)
    of_share = of_period.projection(late(), late().project.sheet("1.5"))
    assert "Quarters of 1.5 do not add up" in str(of_share)
