"""The gate with breakdowns that wait: the shipped records under a policy that names them."""

import pytest

from ctanalysis import evaluate
from tests.bench import needs
from tests.project.test_breakdowns_that_wait import AGES, ASSISTED, policy

FORMS = """
[[victims.breakdowns]]
sheet = "2.1"
by = "exploitation:coarse"
order = ["forced labour", "sexual exploitation", "other"]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Sex and age of those assisted, form of exploitation of those identified; numbers to the nearest ten."""
    folder = policy(tmp_path_factory.mktemp("waits"), ASSISTED, AGES, FORMS)
    path = folder / "policy.toml"
    head, victims = path.read_text(encoding="utf-8").split("[victims]\n")
    path.write_text(head + "[victims]\n" + victims.replace("round_to = 5", "round_to = 10", 1), encoding="utf-8")
    return needs.with_coarse_categories(folder, fine=True)


def said(evaluation, code, way, horizon):
    """{category: what is printed} of one table."""
    rows = evaluation.values
    rows = rows[(rows["indicator"] == code) & (rows["disaggregation"] == way) & (rows["horizon"] == horizon)]
    numbers = ("rounded", "exact")
    return {row.category: row.value if row.status in numbers else row.status for row in rows.itertuples()}


def test_sex_and_age_of_those_assisted_are_told_to_each_years_end(folder):
    to_date = {year: evaluate(year, folder) for year in ("FY2012", "FY2013", "FY2014")}
    sex = [said(one, "2.2", "sex", "project to date") for one in to_date.values()]
    assert sex == [
        {"female": "18–27", "male": "fewer than 10", "not recorded": 1},
        {"female": 40, "male": 30, "not recorded": 3},
        {"female": 70, "male": 60, "not recorded": 5},
    ]
    age = [said(one, "2.2", "age_group:coarse", "project to date") for one in to_date.values()]
    assert [one["children"] for one in age] == ["fewer than 10", "fewer than 10", 10]


def test_a_year_is_the_difference_of_what_is_printed(folder):
    year = evaluate("FY2014", folder)
    assert said(year, "2.2", "sex", "period") == {"female": 30, "male": 30, "not recorded": 2}
    assert said(year, "2.1", "exploitation:coarse", "period")["forced labour"] == 40


def test_the_class_has_no_other_breakdowns(folder):
    """Neither another attribute, nor the fine categories before the end, nor a quarter; totals are exact."""
    year, quarter = evaluate("FY2014", folder), evaluate("FY2015Q1", folder)
    assert set(said(year, "2.1", "sex", "project to date").values()) <= {"withheld"}
    ages = said(year, "2.2", "age_group", "project to date")
    assert {told for name, told in ages.items() if name != "not recorded"} == {"withheld"}
    assert set(said(quarter, "2.2", "sex", "period").values()) == {"withheld"}
    assert said(quarter, "2.2", "total", "project to date") == {"all": 149}


def test_a_quarter_repeats_the_last_years_end(folder):
    quarter = evaluate("FY2015Q1", folder)
    assert said(quarter, "2.2", "sex", "project to last year end") == {"female": 70, "male": 60, "not recorded": 5}
