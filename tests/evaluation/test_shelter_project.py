"""A project tried from nothing answers each question of evaluators: every number is worked out here by hand.

The rows are in tests/generators/shelter_project.py, a handful in each table. Values are those of October–December 2014.
Each sheet is printed, and the month's report made, in make test-all; make test prints two and makes the quarter's.
"""

import csv
from datetime import date

import pandas as pd
import pytest

from ctanalysis import indicators, project, records
from tests.conftest import command
from tests.generators import shelter_project
from tests.generators.shelter_project import SHEETS

QUARTER, MONTH = (date(2014, 10, 1), date(2014, 12, 31)), (date(2014, 11, 1), date(2014, 11, 30))
YEAR = (date(2013, 10, 1), date(2014, 9, 30))
NAMES = {code: said[0] for sheets in SHEETS.values() for code, said in sheets.items()}
MEASURES = {  # row of the table: what makes its sheets that row
    "ratio of two, from different tables": 'measure = "ratio"',
    "rate per 100,000 residents, by oblast": 'measure = "rate"',
    "median and quartiles": 'measure = "median"',
    "days from one date to another": "days = [",
    "people with at least n rows, or n different values": "at_least = ",
    "people of several tables": "also = [",
    "people standing in a level, and the mean level over days": 'measure = "level"',
    "a cohort": "within = ",
    "gain of the same people": 'measure = "gain"',
    "several columns, and columns as categories": "columns = ",
    "one condition or another": "any = [",
    "largest, smallest, latest": "",
    "milestone": 'measure = "milestone"',
    "baseline and endline": "rounds = ",
    "months": 'measure = "count"',
}
BED_DAYS = 92 * 6 + 31 * 4 + 61 * 8  # the South's 6 all the time, the North's 4 in October and then 8
NIGHTS = 3 + 10 + 7  # 1 to 4 October, 10 to 20 November, and the nights of 25 to 31 December
EXPECTED = {  # code: the value of the quarter, and of some sheets their categories
    "1.1": (300 + 150) / 6,  # hotline spending by six calls: 75 dollars; the 2,000 are the shelter's
    "1.2": NIGHTS / BED_DAYS,
    "1.3": 6 / 92,
    "2": 3 / 500_000 * 100_000,  # residents of 2014: 200,000 in the north and 300,000 in the south
    ("2", "north"): 1 / 200_000 * 100_000,
    ("2", "south"): 2 / 300_000 * 100_000,
    "3": 400,  # the middle one of 300, 400, 1000
    ("3", "lower quartile"): 300,
    ("3", "upper quartile"): 1000,
    "4.1": (4 + 10 + 30) / 3,  # the fourth letter has no answer yet
    "4.2": 10,
    ("4.2", "upper quartile"): 30,
    "4.3": 2 / 4,  # after 4 and 10 days; not after 30; the ten days of 20 December are over on the 30th, without answer
    "5.1": 2,  # C1 twice, C3 three times; C2 once
    "5.2": 1,  # P1: shelter, medical, legal; P3 had three rows, and two kinds
    "6": 4,  # P2 and P3, P4, P5 for the first time; P1 was assisted in August
    "7.1": 2,  # P3 and P4; P2 left on the last day, P1 before
    "7.2": NIGHTS / 92,
    ("7.2", "north"): (3 + 7) / 92,
    ("7.2", "south"): 10 / 92,
    "8.1": 2
    / 3,  # due: P2 (10 October, assisted too late on the 30th), P3 (that day), P4 (after 20 days); P5 is not due
    "8.2": 1 / 3,  # sixty days are over for P1, P2 and P3; P2 left; those of P4 end in January
    "9": (4 - 2) / 5 * 100,  # two of five were aware before and four after: 40 percentage points
    ("9", "female"): (3 - 1) / 3 * 100,
    ("9", "male"): 0,
    ("9", "got better"): 3,
    ("9", "stayed"): 1,
    ("9", "got worse"): 1,
    "10.1": 12 + 8 + 6 + 4 + 0 + 9,
    "10.2": 39,
    ("10.2", "women"): 12 + 6 + 0,
    ("10.2", "men"): 8 + 4 + 9,
    "11": 3,  # two of the victim, one of a relative that was referred
    "13.1": 8,  # reported in the quarter: 6, then 8
    "13.2": 6,
    "13.3": 8,
    "14": 3 / 4,  # of the endline; with the baseline's 1 of 4 it would be 4 of 8
    "15": 3,
    ("15", "north"): 1,
    ("15", "south"): 2,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return shelter_project.write(tmp_path_factory.mktemp("new") / "doors")


@pytest.fixture(scope="module")
def found(folder):
    return project.load(folder)


@pytest.fixture(scope="module")
def values(found):
    """{span: {code, or (code, category): value}}, exact."""
    read = records.survey(found)
    assert not read.findings
    spans = {"quarter": QUARTER, "month": MONTH, "year": YEAR}
    frame = indicators.calculate(found, read, [indicators.Window(name, *days) for name, days in spans.items()])
    told = {name: {} for name in spans}
    for row in frame.itertuples():
        key = row.indicator if row.disaggregation == "total" else (row.indicator, row.category)
        told[row.horizon][key] = row.value
    return told


def test_each_row_of_the_table_has_its_sheet():
    """Fifteen rows, and in every sheet of a row what makes it one."""
    assert SHEETS.keys() == MEASURES.keys() and len(MEASURES) == 15
    for row, sheets in SHEETS.items():
        assert sheets and all(MEASURES[row] in calculation for _, _, calculation in sheets.values()), row
    days = [text for _, _, text in SHEETS["days from one date to another"].values()]
    assert [measure in text for measure, text in zip(("mean", "median", "within"), days, strict=True)] == [True] * 3
    kinds = [text.split('"')[1] for _, _, text in SHEETS["largest, smallest, latest"].values()]
    assert kinds == ["max", "min", "last"]


@pytest.mark.parametrize("key", EXPECTED, ids=str)
def test_the_value_of_the_quarter_is_that_worked_out_by_hand(values, key):
    assert values["quarter"][key] == pytest.approx(EXPECTED[key])


def test_no_sheet_is_left_without_a_number_by_hand():
    assert {key for key in EXPECTED if isinstance(key, str)} == NAMES.keys() - {"12"}  # the milestone


def test_a_fiscal_year_has_the_residents_of_two_calendar_years(values):
    """92 days of 2013 and 273 of 2014 in the north: 174,795 residents, one training."""
    assert values["year"]["2", "north"] == pytest.approx(100_000 / ((92 * 100_000 + 273 * 200_000) / 365))


def test_the_values_of_a_month(values):
    """November: one training, two calls for 150 dollars, ten nights of thirty days, P1 gone and P2, P3 and P4 there."""
    told = {key: values["month"][key] for key in ("15", "1.1", "7.2", "7.1", "10.1", "13.3")}
    assert told == pytest.approx({"15": 1, "1.1": 75, "7.2": 10 / 30, "7.1": 3, "10.1": 10, "13.3": 8})
    assert pd.isna(values["month"]["4.1"])  # the letter of 1 November has its answer on 1 December


@pytest.mark.parametrize(
    "code", [code if code in ("8.1", "12") else pytest.param(code, marks=pytest.mark.long) for code in NAMES]
)
def test_a_sheet_is_printed_with_its_definition(folder, found, code):
    done = command("sheet", code, "-p", "project", str(folder))
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.startswith(f"{code} {NAMES[code]}\n")
    [said] = [line for line in done.stdout.splitlines() if line.strip().startswith("Calculated as: ")]
    assert len(said) > 60 and "First values" in done.stdout


@pytest.mark.parametrize("period", ["FY2015Q1", pytest.param("2014-11", marks=pytest.mark.long)])
def test_the_report_has_its_pages(folder, period):
    """Of a quarter and of a month. Things are told exactly; of few people nothing but the whole totals."""
    done = command("report", "-p", "period", period, "-p", "project", str(folder))
    assert done.returncode == 0, done.stderr
    report = folder / "reports" / period
    pages = {page.stem: page.read_text(encoding="utf-8") for page in report.glob("*.html")}
    assert pages.keys() == {"evaluation", "doors", "data-quality"}
    assert all(f"{code} {name}" in pages["data-quality"] for code, name in NAMES.items())
    assert pages["data-quality"].count("Calculated as") >= len(NAMES)
    assert "The Ministry signed the order" in pages["evaluation"]
    with open(report / "indicators.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["horizon"] == "period"]
    status = {row["indicator"]: row["status"] for row in rows if row["disaggregation"] == "total"}
    assert {status[code] for code in ("1.2", "2", "3", "7.2", "10.1", "10.2", "13.1", "15")} == {"exact"}
    few = [row for row in rows if row["indicator"] in ("5.1", "5.2", "6", "8.1", "8.2", "9", "14")]
    assert few and [row for row in few if row["value"]] == []
