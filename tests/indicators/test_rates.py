"""Rates: published examples, calendar years weighted by hand, and the oracle on random projects."""

import math
import tomllib
from datetime import date

import pytest

from ctanalysis import evaluate, indicators, records
from ctanalysis.project import load
from ctanalysis.project.calculations import Rate
from ctanalysis.tables.sheets import calculation_in_words, reference_sheet
from tests.generators import random_projects, residents, small
from tests.oracles import oracle, rates
from tests.oracles.expected import completed_windows, expected_values

COUNT = '[calculation.numerator]\nmeasure = "count"\ntable = "rows"\ndate = "day"'
BY_SEX = f'measure = "rate"\ndisaggregate = ["sex"]\n{COUNT}'
SUM = COUNT.replace("count", "sum") + '\ncolumn = "amount"'
ROWS = """
day        person sex amount
2013-10-01 p1     F   1
2013-11-01 p2     M   2
2013-12-31 p3     F   3
2014-01-01 p4     -   4
2014-05-01 p1     F   5
"""
Q1, Q2, YEAR = ("2013-10-01", "2013-12-31"), ("2014-01-01", "2014-03-31"), ("2013-10-01", "2014-09-30")
TWO_YEARS = [
    *((2013, "F", 1_000), (2013, "M", 1_000), (2013, "", 2_000)),
    *((2014, "F", 1_365), (2014, "M", 1_730), (2014, "", 3_095)),
]


def folder_of(place, calculation, rows=TWO_YEARS, table=ROWS, fields=("sex",), **more):
    return residents.write(small.write(place, table, calculation, **more), rows, fields)


@pytest.mark.parametrize(
    "number, population, per, shown",
    [(301, 30_726, 100_000, 979.6), (27_206, 1_819_046, 1_000, 15.0)],
    ids=["crude death rate, Grant County, 2001", "crude birth rate, New Mexico, 2000"],
)
def test_published_rates_of_a_calendar_year(tmp_path, number, population, per, shown):
    """From "Formulas and Definitions for Calculating Rates" (there the second is 14.9: cut off, and not rounded)."""
    table = f"day amount\n2014-06-01 {number}"
    place = folder_of(tmp_path / "p", f'measure = "rate"\nper = {per}\n{SUM}', [(2014, population)], table, ())
    found = small.values(place, ("2014-01-01", "2014-12-31"))[0, "total", "all"]
    assert (round(found.value, 1), found.numerator, found.denominator) == (shown, number, population)


def test_a_fiscal_year_has_92_days_of_one_calendar_year_and_273_of_the_next(tmp_path):
    """Women: (92 x 1,000 + 273 x 1,365) / 365 = 1,273; men: (92 x 1,000 + 273 x 1,730) / 365 = 1,546."""
    found = small.values(folder_of(tmp_path / "p", BY_SEX), YEAR)
    women, men, everybody = (found[0, *cell] for cell in (("sex", "female"), ("sex", "male"), ("total", "all")))
    assert (women.denominator, men.denominator, everybody.denominator) == (1273, 1546, 2819)
    assert women.value == 100_000 * 3 / 1273 and men.value == 100_000 / 1546
    assert everybody.value == 100_000 * 5 / 2819


def test_a_quarter_within_a_year_has_the_residents_of_that_year(tmp_path):
    found = small.values(folder_of(tmp_path / "p", BY_SEX), Q1, Q2)
    assert [found[place, "total", "all"].denominator for place in (0, 1)] == [2_000, 3_095]
    assert [found[place, "total", "all"].value for place in (0, 1)] == [150, 100_000 / 3_095]


def test_those_not_recorded_have_no_rate_and_are_in_the_total(tmp_path):
    """p4 is neither: there are five in all, and four in the two categories."""
    found = small.values(folder_of(tmp_path / "p", BY_SEX), YEAR)
    unknown = found[0, "sex", "not recorded"]
    assert (unknown.status, unknown.numerator) == ("no data", 1) and math.isnan(unknown.value)
    assert (
        found[0, "total", "all"].numerator == 5 == 1 + sum(found[0, "sex", who].numerator for who in ("female", "male"))
    )


def test_a_year_that_the_file_lacks_is_no_data_and_never_carried_forward(tmp_path):
    """There is 2014 only: October to December, and every span with a day of 2013, have no rate."""
    place = folder_of(tmp_path / "p", BY_SEX, [row for row in TWO_YEARS if row[0] == 2014])
    found = small.values(place, Q1, Q2, YEAR, ("2013-12-31", "2014-09-30"))
    assert [found[place, "total", "all"].status for place in range(4)] == ["no data", "exact", "no data", "no data"]
    evaluation = evaluate("FY2014Q1", place)
    assert evaluation.lacks["x", *Q1] == "population.csv has no residents of 2013"
    assert "population.csv has no residents of 2011, 2012, and 2013" in evaluation.lacks.values()


def test_a_year_without_the_categories_has_a_total(tmp_path):
    place = folder_of(tmp_path / "p", BY_SEX, [*TWO_YEARS[3:], (2013, "", 2_000)])
    found = small.values(place, Q1)
    assert found[0, "total", "all"].value == 150 and found[0, "sex", "female"].status == "no data"
    assert evaluate("FY2014Q1", place).lacks["x", *Q1] == "population.csv has no residents of 2013 by sex"


def test_a_total_follows_from_all_of_its_parts_and_parts_from_finer_ones(tmp_path):
    """By sex and kind alone: four cells of 250 are 500 women and 1,500 in all."""
    rows = [(2013, sex, kind, 250) for sex in ("F", "M") for kind in ("NA", "|", "007")]
    place = folder_of(tmp_path / "p", BY_SEX, rows, fields=("sex", "kind"))
    found = small.values(place, Q1)
    assert found[0, "total", "all"].denominator == 1_500 and found[0, "sex", "female"].denominator == 750


def test_nobody_there_is_no_data(tmp_path):
    """A category without residents has no rate, whatever is counted."""
    rows = [(2013, "F", 0), (2013, "M", 10)]
    found = small.values(folder_of(tmp_path / "p", BY_SEX, rows), Q1)
    assert found[0, "sex", "female"].status == "no data" and found[0, "sex", "male"].value == 10_000
    told = evaluate("FY2014Q4", tmp_path / "p").by("x", "sex").set_index("category")
    assert told.loc["female", "status"] == "no data" and told["value"].isna()["female"]


def test_zero_is_a_rate_and_reads_as_nothing(tmp_path):
    place = folder_of(tmp_path / "p", BY_SEX)
    found = evaluate("FY2014Q4", place)
    assert (found.by("x")["value"].item(), found.by("x")["status"].item()) == (0, "exact")
    from ctanalysis import narrative

    assert "Nothing was counted" in narrative.area(found, "work").plain


def test_it_is_printed_as_it_is_calculated_with_the_sources_of_its_residents(tmp_path):
    found = load(folder_of(tmp_path / "p", BY_SEX.replace('"rate"', '"rate"\nper = 1000')))
    assert calculation_in_words(found, found.sheet("x")) == (
        'Numerator: Number of rows of Rows (by "day") in the period. Rows without "day" are counted in no period. '
        "It is told for each 1,000 residents: those of population.csv, the mean of the calendar years that the "
        "period's days are in, each weighted by its days. It is not made up to a year: half a year has about half the "
        "rate of a year. Those not recorded have no rate, and are in the total."
    )
    printed = dict(reference_sheet(found, found.sheet("x")).rows)
    assert printed["Residents"] == "2013, 2014: a statistical office, yearbook."


def test_it_grows_with_its_days_and_has_two_parts(tmp_path):
    sheet = load(folder_of(tmp_path / "p", BY_SEX)).sheet("x")
    assert sheet.grows and sheet.is_ratio and sheet.adds_up and sheet.calculation.per == 100_000


# --- The oracle ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seeds", [(1, 2, 6, 7, 13, 59), pytest.param(range(200), marks=pytest.mark.long)], ids=len)
def test_rates_of_random_sheets_agree_with_the_oracle(tmp_path, seeds):
    """What adds up in random projects, for random residents: every value of every period, and all states are met."""
    met = set()
    for seed in seeds:
        folder = tmp_path / str(seed)
        random_projects.write(folder, seed)
        before, windows = load(folder), completed_windows(folder)
        sheets = [sheet for sheet in before.sheets if adds_up(sheet)]
        ways = {way: None for sheet in sheets for way in told_ways(before, sheet)}
        years = range(before.facts.start.year, before.facts.end.year + 1)
        project = load(residents.write_random(folder, [*ways], years, seed))
        for sheet in sheets:
            compare(project, as_rate(project, sheet), windows, met)
    assert met >= {"exact", "no data", "not applicable", "not this fine", "two ways", "not recorded"}


def adds_up(sheet):
    """Whether it can be the number of a rate; columns that are categories have no residents."""
    adds = sheet.measure in ("count", "sum", "people") and not sheet.counts_each_period
    return adds and not sheet.by_columns[0]


def told_ways(project, sheet):
    """The breakdowns of a sheet by fields that residents can have."""
    known = residents.categories(project.folder)
    fields = [
        project.package.locate(sheet.calculation.table, name).field for way in sheet.disaggregations for name in way
    ]
    lists = {field.name for field in fields if field.type != "string"}
    return [way for way in sheet.disaggregations if not lists & {*way} and {*way} <= {*known}]


def as_rate(project, sheet):
    rate = Rate(measure="rate", per=10_000, numerator=sheet.calculation)
    ways = tuple(way for way in told_ways(project, sheet) if project.population.has(way))
    return sheet.model_copy(update={"calculation": rate, "disaggregations": ways})


def compare(project, sheet, windows, met):
    """Every value of a rate beside that of the oracle."""
    frame = indicators.calculate(project, records.read(project), [indicators.Window(*one) for one in windows], [sheet])
    written = tomllib.loads((project.folder / project.files[sheet.code]).read_text(encoding="utf-8"))
    tables = oracle.read_tables(project.folder)
    numbers = expected_values(project.folder)
    table = written["calculation"]["table"]
    names = ["indicator", "horizon", "start", "end", "disaggregation", "category"]
    keys = [*frame[names].itertuples(index=False, name=None)]
    rate = {"calculation": {"per": 10_000}}
    wanted = rates.rates(
        project.folder,
        rate,
        {key: numbers[key] for key in keys},
        lambda name: oracle.labels_named(tables, table, name)[1],
    )
    for key, row in zip(keys, frame.itertuples(), strict=True):
        assert is_same(row, wanted[key]), (key, row, wanted[key])
        met |= {row.status, "two ways" if "×" in key[4] else "", "not recorded" if key[5] == "not recorded" else ""}


def is_same(row, wanted):
    """Whether value, residents and status are those of the oracle; a mean of residents within a hair."""
    pairs = zip((row.value, row.numerator, row.denominator), wanted[:3], strict=True)
    same = (math.isnan(one) if other is None else math.isclose(one, other, rel_tol=1e-12) for one, other in pairs)
    return row.status == wanted[3] and all(same)


def test_the_oracle_counts_each_day_by_itself():
    """Two days of 2013 and one of 2014, worked out by hand, so that both sides cannot be wrong alike."""
    rows = [{"year": "2013", "population": "30", "source": "s"}, {"year": "2014", "population": "60", "source": "s"}]
    mean = rates.mean_residents(rows, "2013-12-30", "2014-01-01", "total", "all", dict)
    assert mean == 40 and date(2013, 12, 31).year == 2013
    assert rates.mean_residents(rows, "2014-12-31", "2015-01-01", "total", "all", dict) is None
