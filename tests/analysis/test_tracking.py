"""The tracking table: actual against baseline and target, recalculated from what may be told."""

import pandas as pd
import pytest

from ctanalysis import evaluate
from ctanalysis.analysis.targets import target_for
from tests.conftest import evaluated
from tests.generators import small

SUM = 'measure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"'


def row(folder, period, horizon):
    found = evaluate(period, folder).tracking
    return found[found["horizon"] == horizon].iloc[0]


def test_per_cent_of_target_for_the_year_and_the_project(tmp_path):
    """30 of 40 for the year are 75 %, 50 of 200 for the project are 25 %; a quarter without a target has none."""
    folder = small.write(
        tmp_path / "p", "day amount\n2012-12-01 20\n2013-12-01 30", SUM, targets="x,FY2014,40,.,\nx,LOP,200,.,\n"
    )
    assert row(folder, "FY2014Q1", "fiscal year to date")["percent_of_target"] == 75
    assert row(folder, "FY2014Q1", "project to date")["percent_of_target"] == 25
    assert pd.isna(row(folder, "FY2014Q1", "period")["target"])


def test_a_target_of_nothing_has_no_per_cent(tmp_path):
    """Nothing is infinite: a target of 0 gives no per cent."""
    folder = small.write(tmp_path / "p", "day amount\n2013-12-01 30", SUM, targets="x,FY2014,0,.,\n")
    assert pd.isna(row(folder, "FY2014Q1", "fiscal year to date")["percent_of_target"])


def test_the_target_in_force(tmp_path):
    """A target revised in 2014 does not change the report of 2013."""
    folder = small.write(
        tmp_path / "p", "day amount\n2013-12-01 30", SUM, targets="x,LOP,100,.,\nx,LOP,300,.,2014-01-01\n"
    )
    assert row(folder, "FY2014Q1", "project to date")["target"] == 100
    assert row(folder, "FY2014Q2", "project to date")["target"] == 300


def test_changes_on_the_period_before_and_last_year(tmp_path):
    """25 now, 10 a quarter ago, 40 a year ago: 15 more and 15 less."""
    folder = small.write(tmp_path / "p", "day amount\n2012-11-01 40\n2013-09-01 10\n2013-12-01 25", SUM)
    found = row(folder, "FY2014Q1", "period")
    assert (found["previous"], found["change"], found["last_year"], found["change_on_last_year"]) == (10, 15, 40, -15)


def test_no_change_where_there_was_no_period_before(tmp_path):
    """The project's first quarter has nothing to be compared with: not applicable, not 0."""
    folder = small.write(tmp_path / "p", "day amount\n2011-11-01 40", SUM)
    assert pd.isna(row(folder, "FY2012Q1", "period")[["previous", "change", "last_year", "change_on_last_year"]]).all()
    states = evaluate("FY2012Q1", folder).values.set_index("horizon")["status"]
    assert states["previous period"] == states["same period last year"] == "not applicable"


def test_a_changed_definition_is_a_break(tmp_path):
    """Values of days before the definition was valid are not applicable; to date begins on its first day."""
    folder = small.write(
        tmp_path / "p", "day amount\n2012-11-01 40\n2013-11-01 7", SUM, more="valid_from = 2013-10-01\n"
    )
    values = evaluate("FY2014Q1", folder).values.set_index("horizon")
    assert values.loc["same period last year", "status"] == "not applicable"
    assert (values.loc["project to date", "start"], values.loc["project to date", "value"]) == ("2013-10-01", 7)


def test_the_published_figures_exactly():
    """935 events, 117,535 participants, 13,394 consultations and 149 people assisted by the end of December 2014."""
    found = evaluated("FY2015Q1").tracking.set_index(["indicator", "horizon"])["actual"]
    assert [found[code, "project to date"] for code in ("1.1", "1.2", "1.3", "2.2")] == [935, 117_535, 13_394, 149]


def test_rent_free_premises_stand_in_bishkek_and_osh():
    """On 31 December 2014 premises are provided in both cities."""
    found = evaluated("FY2015Q1").by("3.4", "place").set_index("category")["value"]
    assert found["Bishkek city"] > 0 and found["Osh city"] > 0


@pytest.mark.parametrize("period", ["FY2015Q1", "FY2014", pytest.param("FY2014H1", marks=pytest.mark.long), "LOP"])
def test_against_an_oracle(period):
    """Every per cent and change is what plain arithmetic makes of the values that are told."""
    found = evaluated(period)
    totals = found.protected_values.where(disaggregation="total").values
    told = {(cell.indicator, cell.horizon): cell.value for cell in totals.itertuples()}
    for line in found.tracking.itertuples():
        assert line.actual == told[line.indicator, line.horizon] or (
            pd.isna(line.actual) and pd.isna(told[line.indicator, line.horizon])
        )
        if line.target > 0 and not pd.isna(line.actual):
            assert line.percent_of_target == pytest.approx(line.actual / line.target * 100)
        before = told.get((line.indicator, "previous period"), float("nan"))
        compared = line.horizon == "period" and not pd.isna(line.actual) and not pd.isna(before)
        assert pd.isna(line.change) == (not compared)
        if compared:
            per_cent = 100 if found.project.sheet(line.indicator).measure == "share" else 1
            assert line.change == pytest.approx((line.actual - before) * per_cent, abs=1)
    assert found.tracking["change"].notna().any() == (
        period != "LOP"
    )  # before the life of the project there was nothing


def test_every_measure_is_used_by_a_shipped_sheet():
    """The shipped sheets are examples of all measures that what the project records can say."""
    project = evaluated("FY2014").project
    measures = {"count", "sum", "people", "level", "share", "mean", "gain", "ratio", "rate"}
    assert {sheet.measure for sheet in project.sheets} == measures
    assert len(project.sheets) >= 16
    assert (
        target_for(project, project.sheet("4.1"), "LOP", project.facts.end).target.level == project.facts.funding.amount
    )
