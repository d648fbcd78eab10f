"""Medians and quartiles: examples worked by hand, to be read, and plain Python on random projects."""

import math
import random
from fractions import Fraction
from itertools import pairwise

import pytest

from ctanalysis import Refused, evaluate
from ctanalysis.project import load
from ctanalysis.tables.sheets import calculation_in_words
from tests.generators import small

MEDIAN = 'measure = "median"\ntable = "rows"\ndate = "day"\ncolumn = "amount"'
Q1 = ("2014-10-01", "2014-12-31")
WINDOWS = [*pairwise(["2013-10-01", "2013-12-31", "2014-03-31", "2014-12-31"]), ("2011-10-01", "2014-12-31")]


def quartiles_of(folder, numbers):
    text = "\n".join(["day amount", *(f"2014-11-01 {number}" for number in numbers)])
    cells = small.values(small.write(folder, text, MEDIAN), Q1)
    total, beside = cells[0, "total", "all"], [cells[0, "quartiles", f"{name} quartile"] for name in ("lower", "upper")]
    assert total.denominator == sum(number != "-" for number in numbers) and math.isnan(total.numerator)
    return beside[0].value, total.value, beside[1].value


@pytest.mark.parametrize(
    "numbers, expected",
    [
        # the median is the value in the middle, of an even number halfway between the two in the middle
        ([5, 3, 1], (1, 3, 5)),
        ([1, 2, 3, 10], (1.5, 2.5, 6.5)),
        # of eleven, the 3rd, 6th and 9th value: 11 / 4 = 2.75, 5.5 and 8.25 are no whole numbers, so the next place
        ([6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49], (15, 40, 43)),
        ([7, 15, 36, 39, 40, 41], (15, 37.5, 40)),
        ([4, 4, 4, 4, 9], (4, 4, 4)),  # ties count as often as they are there
        ([2, 2, 3, 3], (2, 2.5, 3)),
        ([8], (8, 8, 8)),
        ([8, "-", 10], (8, 9, 10)),  # what is not recorded is no 0
    ],
)
def test_worked_examples(tmp_path, numbers, expected):
    assert quartiles_of(tmp_path / "p", numbers) == expected


def test_of_no_rows_there_is_none(tmp_path):
    cells = small.values(small.write(tmp_path / "p", "day amount\n2014-11-01 -", MEDIAN), Q1)
    assert {row.status for row in cells.values()} == {"no data"}


def test_a_year_is_no_mean_of_its_quarters(tmp_path):
    """1, 2 and 90 in one quarter, 100 in the next: of the four it is 46, between 2 and 90; not (2 + 100) / 2."""
    text = "day amount\n2014-01-01 1\n2014-01-01 2\n2014-01-01 90\n2014-04-01 100"
    cells = small.values(small.write(tmp_path / "p", text, MEDIAN), ("2014-01-01", "2014-09-30"))
    assert cells[0, "total", "all"].value == 46


@pytest.mark.parametrize("disclosure", ["callers", "victims"])
def test_of_people_it_is_refused_and_what_is_possible_is_said(tmp_path, disclosure):
    with pytest.raises(Refused, match=rf"in class '{disclosure}' no median is told: it is one person's value.*share"):
        load(small.write(tmp_path / "p", "day amount\n2014-11-01 1", MEDIAN, disclosure=disclosure))


def test_the_sheet_says_what_is_done_with_an_even_number(tmp_path):
    project = load(small.write(tmp_path / "p", "day amount\n2014-11-01 1", MEDIAN))
    words = calculation_in_words(project, project.sheets[0])
    assert words.startswith('Median of "amount" over rows of Rows (by "day") in the period. Of an even number of rows')


def plain(numbers, quarter):
    """Definition 2 of Hyndman & Fan, from its words."""
    ordered, at = sorted(numbers), Fraction(len(numbers) * quarter, 4)
    if not ordered:
        return None
    if at == int(at):
        return (ordered[int(at) - 1] + ordered[int(at)]) / 2
    return ordered[int(at)]


def test_random_projects_agree_with_plain_python(tmp_path):
    labels = {"F": "female", "M": "male", "-": "not recorded"}
    for seed in range(6):
        draw = random.Random(seed)
        days = ["-", "2013-10-01", "2013-12-31", "2014-01-01", "2014-03-31", "2014-12-31"]
        rows = [
            (draw.choice(days), draw.choice("FM-"), draw.choice(["-", "1", "2.5", "7", "-4", "7"])) for _ in range(40)
        ]
        text = "\n".join(["day sex amount", *map(" ".join, rows)])
        cells = small.values(small.write(tmp_path / str(seed), text, f'{MEDIAN}\ndisaggregate = ["sex"]'), *WINDOWS)
        for place, (first, last) in enumerate(WINDOWS):
            used = [row for row in rows if row[0] != "-" and first <= row[0] <= last and row[2] != "-"]
            expected = {("total", "all"): [float(row[2]) for row in used]}
            expected |= {
                ("sex", name): [float(row[2]) for row in used if row[1] == sex] for sex, name in labels.items()
            }
            for cell, numbers in expected.items():
                row, wanted = cells[(place, *cell)], plain(numbers, 2)
                assert row.denominator == row.rows == len(numbers)
                assert math.isnan(row.value) if wanted is None else row.value == wanted
            for quarter, name in ((1, "lower quartile"), (3, "upper quartile")):
                wanted, value = plain(expected["total", "all"], quarter), cells[place, "quartiles", name].value
                assert math.isnan(value) if wanted is None else value == wanted


def test_what_stands_beside_a_total_is_no_quarter_of_its_own(tmp_path):
    """The series by quarter, which the figures draw, is of the totals alone."""
    folder = small.write(tmp_path / "p", "day amount\n2014-11-01 1\n2014-11-01 3", MEDIAN)
    series = evaluate("FY2015Q1", folder).history
    assert series["disaggregation"].unique().tolist() == ["total"] and series["value"].tolist()[-1] == 2
