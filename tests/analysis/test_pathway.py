"""The pathway of people who are helped: how many were found, and of those who came so far the share that went on."""

from types import SimpleNamespace

import pytest

from ctanalysis import evaluate, narrative, tables
from ctanalysis.analysis.pathway import Fewest, fewest, pathway
from tests.conftest import evaluated
from tests.generators import small

FOUND = 'measure = "count"\ntable = "rows"\ndate = "day"'
DONE = (
    'measure = "share"\n[calculation.denominator]\nmeasure = "count"\ntable = "rows"\ndate = "day"\n'
    "[calculation.numerator]\nwhere = { done = true }"
)
PATHWAY = '[[pathway]]\nindicator = "x"\nname = "found"\n[[pathway]]\nindicator = "y"\nname = "helped, of those found"'
TABLE = "day done\n2011-11-01 true\n2012-01-01 false\n2012-11-01 true\n2013-10-05 false"


@pytest.fixture
def folder(tmp_path):
    """Two found in the first year, one of them helped; one in the second, who was; one in the quarter after."""
    small.write(tmp_path / "p", TABLE, FOUND)
    small.add_sheet(tmp_path / "p", "y", DONE, "Helped")
    return small.say(tmp_path / "p", PATHWAY)


def test_each_step_by_fiscal_year(folder):
    """Whoever was found after the last whole year is counted to date, and is in no share yet."""
    [table] = tables.pathway(evaluate("FY2014Q1", folder)).tables
    assert table.header == ("Step", "FY2012", "FY2013", "To date")
    assert table.rows == (
        ("x found", "2", "1", "4"),
        ("y helped, of those found", "50.0% of 2", "100.0% of 1", "66.7% of 3"),
    )
    assert table.notes == ("To date: people to 31 December 2013, shares to 30 September 2013.",)


def test_how_many_went_on(folder):
    """Of three who were found two were helped in time; where one step has a share, none has fewest."""
    assert narrative.pathway(evaluate("FY2014Q1", folder)).plain == (
        "Of one step is told how many went on, “helped, of those found”: 66.7% (of 3), October 2011–September 2013."
    )


@pytest.mark.parametrize("period", ["FY2012Q1", "2011-10"])
def test_before_a_year_is_complete(folder, period):
    evaluation = evaluate(period, folder)
    assert narrative.pathway(evaluation).plain == (
        "The pathway of people who are helped cannot be told yet: no fiscal year is complete."
    )
    assert tables.pathway(evaluation).tables == ()


@pytest.mark.parametrize(
    ("shares", "is_certain"), [([(0.5, 0.6), (0.6, 0.9)], True), ([(0.5, 0.7), (0.6, 0.9)], False)]
)
def test_where_fewest_go_on(shares, is_certain):
    """50 to 60 of a hundred are not more than 60 to 90; 50 to 70 may be."""
    told = [SimpleNamespace(low=low, high=high, told=True) for low, high in shares]
    steps = [SimpleNamespace(name=str(place), is_share=True, told=value) for place, value in enumerate(told)]
    assert fewest(tuple(steps)) == Fewest("0", told[0], is_certain, 2)
    assert fewest(()) is None


def test_a_project_without_one(tmp_path):
    evaluation = evaluate("FY2014Q1", small.write(tmp_path / "p", TABLE, FOUND))
    assert narrative.pathway(evaluation).plain.endswith("the project names none.")


def test_of_people_who_were_trafficked_it_is_what_the_gate_tells(evaluation):
    """Ranges stay ranges; what is told of each year by itself is not told to date; none by month."""
    [table] = tables.pathway(evaluation).tables
    told = {row[0].split(" ")[0]: row[1:] for row in table.rows}
    assert told["2.1"] == ("36", "55", "74", "185")
    assert told["2.8"][0] == "62–100% of 24" and told["2.9"][0] == "not yet told of 17"
    assert told["2.7"][-1] == "not told"
    frame = evaluation.years.set_index(["indicator", "start"])["status"]
    for step in pathway(evaluation.known):
        assert [one.status for one in step.by_year] == list(frame[step.sheet.code])


def test_within_a_year_its_steps_are_those_of_the_years_before(evaluation):
    """A month and a quarter later, the same years and the same shares stand there."""
    assert tables.pathway(evaluated("2014-11")).tables[0].header == tables.pathway(evaluation).tables[0].header
