"""What the shipped project tells of people who were trafficked, by the waiting rule."""

from dataclasses import replace
from datetime import date

import pytest

from ctanalysis import records
from ctanalysis.disclosure.waiting.cells import prints
from ctanalysis.disclosure.waiting.named import is_reached_later, waiting
from ctanalysis.evaluation import SHIPPED
from ctanalysis.evaluation import evaluated as evaluated_of
from ctanalysis.project import load
from tests.conftest import ROOT, evaluated

ENDS = {"FY2012": "2012-09-30", "FY2013": "2013-09-30", "FY2014": "2014-09-30"}


def said(evaluation, code, way, horizon):
    """{category: what is printed} of one table."""
    rows = evaluation.values
    rows = rows[(rows["indicator"] == code) & (rows["disaggregation"] == way) & (rows["horizon"] == horizon)]
    numbers = ("rounded", "exact")
    return {row.category: row.value if row.status in numbers else row.status for row in rows.itertuples()}


def test_sex_and_age_of_those_assisted_are_told_to_each_years_end():
    """18 of 27 women in FY2012; by FY2013 40 of 70 and by FY2014 73 of 128."""
    sex = [said(evaluated(year), "2.2", "sex", "project to date") for year in ENDS]
    assert sex == [
        {"female": "18–27", "male": "fewer than 10", "not recorded": 1, "recorded": 27},
        {"female": 40, "male": 30, "not recorded": 3, "recorded": 70},
        {"female": 70, "male": 60, "not recorded": 5, "recorded": 128},
    ]
    age = [said(evaluated(year), "2.2", "age_group:coarse", "project to date") for year in ENDS]
    assert [one["children"] for one in age] == ["fewer than 10", "fewer than 10", 10]


def test_a_year_is_the_difference_of_what_is_printed():
    """Its own number is not rounded: women 70 - 40, of 58 recorded. Between a range and a number there is a range."""
    year = said(evaluated("FY2014"), "2.2", "sex", "period")
    assert year == {"female": 30, "male": 30, "not recorded": 2, "recorded": 58}
    assert said(evaluated("FY2013"), "2.2", "sex", "period")["female"] == "8–26"
    assert said(evaluated("FY2014"), "2.1", "exploitation:coarse", "period")["forced labour"] == 40


def test_the_class_has_no_other_breakdowns():
    """Neither the fine categories before the end, nor a quarter; totals are exact."""
    year, quarter = evaluated("FY2014"), evaluated("FY2015Q1")
    assert set(said(year, "2.2", "age_group", "project to date").values()) == {"not told"}
    assert set(said(quarter, "2.2", "sex", "period").values()) == {"not told"}
    assert set(said(quarter, "2.2", "sex", "project to date").values()) == {"not told"}
    assert said(quarter, "2.2", "total", "project to date") == {"all": 149}


def test_a_quarter_repeats_the_last_years_end():
    told = said(evaluated("FY2015Q1"), "2.2", "sex", "project to last year end")
    assert told == {"female": 70, "male": 60, "not recorded": 5, "recorded": 128}


def test_shares_are_told_to_each_years_end_in_whole_per_cent():
    """Of 81 plans closed by FY2014 60 were completed, and of 47 in that year 37: 74 and 79 per cent. The denominator
    is a total of rows; of those counted nothing is printed but the share.
    """
    rows = evaluated("FY2014").values
    rows = rows[(rows["indicator"] == "2.6") & (rows["horizon"].isin(["period", "project to date"]))]
    assert rows[["value", "denominator", "status"]].values.tolist() == [[0.79, 47, "rounded"], [0.74, 81, "rounded"]]
    assert rows["numerator"].isna().all()
    assert said(evaluated("FY2015Q1"), "2.6", "total", "period") == {"all": "not told"}
    assert said(evaluated("FY2013"), "2.7", "total", "period") == {"all": 0.73}


def test_people_counted_in_each_period_are_told_of_years_alone():
    """Of no quarter, nor to its end; what the years say of who came again is what docs/protection.md says."""
    quarter = evaluated("FY2015Q1")
    assert {said(quarter, "2.3", "total", days)["all"] for days in ("period", "project to date")} == {"not told"}
    years, to_date = (
        [said(evaluated(year), "2.3", "total", days)["all"] for year in ENDS] for days in ("period", "project to date")
    )
    assert to_date[0] == years[0] and to_date[2] == 160
    again = [before + year - both for before, year, both in zip(to_date, years[1:], to_date[1:], strict=False)]
    assert again == [9, 18]
    said_of_it = (ROOT / "docs" / "protection.md").read_text("utf-8").replace("\n ", "")
    of = f"{years[0]:.0f} people had a service in FY2012, {years[1]:.0f} in FY2013 and {to_date[1]:.0f} in both years"
    assert of in said_of_it and f"= {again[0]:.0f} came in both" in said_of_it


# --- At the project's end --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ended():
    """The shipped project as if it had ended with FY2014."""
    project = load(SHIPPED)
    end = project.calendar.named("FY2014").end
    facts = project.facts.model_copy(update={"end": end, "records_through": end})
    sent = tuple(one for one in project.deliveries if one.period != "FY2015Q1")
    project = replace(project, facts=facts, published=(), targets=(), deliveries=sent)
    return evaluated_of(project, records.read(project), project.calendar.parse("LOP"))


def test_fine_categories_are_told_once(ended):
    """Ages of the adults, in the order of the policy, up to the first that is no number; children are one category."""
    told = said(ended, "2.2", "age_group", "project to date")
    assert told["not recorded"] == 5 and told["recorded"] == 128
    assert told["0–17"] == said(ended, "2.2", "age_group:coarse", "project to date")["children"] == 10
    assert isinstance(told["25–34"], float) and "not told" not in told.values()


def test_a_coarse_category_may_be_called_as_its_only_fine_one(ended):
    """Forced labour is a form by itself, and the Russian Federation a country: both are told coarse to each year's end,
    and fine at the end, as the same class.
    """
    for way, label in (("exploitation", "forced labour"), ("country", "Russian Federation")):
        coarse = [said(evaluated(year), "2.1", f"{way}:coarse", "project to date")[label] for year in ENDS]
        assert [type(one) for one in coarse] == [float] * 3
        assert said(evaluated("FY2014"), "2.1", way, "project to date")[label] == "not told"
        assert said(ended, "2.1", way, "project to date")[label] == coarse[-1]
        assert said(ended, "2.1", f"{way}:coarse", "project to date")[label] == coarse[-1]


# --- What follows, follows from who stands where -----------------------------------------------------


def test_a_series_told_up_to_a_node_is_the_beginning_of_the_series_told_later():
    """Of every breakdown and share: the first nodes say the same, whatever stands in later ones."""
    last = evaluated("FY2014")
    for count in (1, 2):
        first = {key: nodes[:count] for key, nodes in last.standing.items()}
        told, later = prints(last.project, first), prints(last.project, last.standing)
        assert told and {cell: later[cell] for cell in told} == told


def test_every_breakdown_of_the_policy_is_told(ended):
    """Each, at each of three nodes, has its base and all its categories; so has a share, if only of a year."""
    found = prints(ended.project, ended.standing)
    start = ended.project.facts.start.isoformat()
    for one in waiting(ended.project):
        for day in ENDS.values():
            first = start
            if is_reached_later(ended.project, ended.project.sheet(one.sheet)):
                first = ended.project.calendar.year_start(date.fromisoformat(day)).isoformat()
            labels = {cell[4] for cell in found if cell[:4] == (one.sheet, first, day, one.by)}
            assert labels == ({*one.order, "recorded", "not recorded"} if one.order else {"all"})
