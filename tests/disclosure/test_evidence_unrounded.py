"""Whoever reads evidence to undo the gate's rounding: people as units, and how numbers vary that are categories."""

import math

import pandas as pd
import pytest

from ctanalysis import evaluate
from tests.attackers.evidence import told_as
from tests.generators import small

BY_SEX = 'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["sex"]'
OF_WOMEN = 'measure = "{measure}"\ntable = "rows"\ncolumn = "amount"\ndate = "day"\nwhere = {{ sex = ["F"] }}'
SHARE_OF_WOMEN = """measure = "share"
[calculation.denominator]
measure = "count"
table = "rows"
date = "day"
where = { sex = ["F"] }
[calculation.numerator]
where = { kind = ["|"] }
"""


def told(folder, women, men, calculation, amounts=(12, 31, 47, 58, 76), whole=True):
    """What is told of units, and of the deviation, where so many called. whole: a sheet has the number of all."""
    lines = [f"2013-10-05 F {amounts[n % len(amounts)]} {'|' if n % 2 else 'NA'}" for n in range(women)]
    lines += ["2013-10-05 M 3 NA"] * men
    text = "\n".join(["day sex amount kind", *lines])
    small.write(folder, text, BY_SEX if whole else calculation, disclosure="participants")
    found = evaluate("FY2014Q1", small.add_sheet(folder, "y", calculation) if whole else folder)
    asked = found.evidence["indicator"] == ("y" if whole else "x")
    return found.evidence[asked & (found.evidence["horizon"] == "period")].set_index("category")


@pytest.mark.parametrize("women", [64, 69, 73])
@pytest.mark.parametrize("calculation", [OF_WOMEN.format(measure="mean"), SHARE_OF_WOMEN], ids=["mean", "share"])
def test_beside_an_exact_number_of_all_nothing_is_told_of_a_part(tmp_path, women, calculation):
    """As digits alone, 73 of 75 would say that two are men, where the breakdown says "fewer than 5"."""
    rows = told(tmp_path / "p", women, 2, calculation)
    assert set(rows["status"]) <= {"not told", "not applicable"} and rows["value"].isna().all()


@pytest.mark.parametrize("women", [64, 69, 73])
@pytest.mark.parametrize("calculation", [OF_WOMEN.format(measure="mean"), SHARE_OF_WOMEN], ids=["mean", "share"])
def test_units_are_told_as_rounded_as_the_number_of_people(tmp_path, women, calculation):
    """Where no sheet has the number of all: whoever knows it from elsewhere is left with five numbers of men."""
    rows = told(tmp_path / "p", women, 2, calculation, whole=False)
    low, high = rows.loc["units", ["low", "high"]]
    number = rows.loc["units", "value"]
    assert number % 5 == 0 and low <= women <= high
    assert math.floor(high) - math.ceil(low) >= 4, "five numbers of women, and of men, remain"
    assert told_as(str(int(number)))[1] - told_as(str(int(number)))[0] < 4, "two digits alone would not leave them"


@pytest.mark.parametrize("values", [(0, 1), (1, 2, 3)])
def test_how_a_category_in_numbers_varies_is_not_told(tmp_path, values):
    """18 of 20 that are 1: a mean is told from rounded numbers, and the deviation would say that two are 0."""
    rows = told(tmp_path / "p", 20, 30, OF_WOMEN.format(measure="mean"), values, whole=False)
    assert rows.loc["standard deviation", "status"] == "not told"
    rows = told(tmp_path / "q", 20, 30, OF_WOMEN.format(measure="mean"), (0, 1, 2, 3), whole=False)
    assert rows.loc["standard deviation", "status"] == "rounded"


def yes_of(n, deviation):
    """The numbers of yes among n whose standard deviation is told as this."""
    low, high = (float(end) for end in told_as(str(deviation)))
    return [k for k in range(n + 1) if low <= math.sqrt(n / (n - 1) * (k / n) * (1 - k / n)) < high]


def test_such_an_attack_would_have_shown_it():
    """0.31 of 20 answers is 2 or 18 yes, and no other number."""
    assert yes_of(20, pd.Series([1] * 18 + [0] * 2).std().round(2)) == [2, 18]
