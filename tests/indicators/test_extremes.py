"""The largest, the smallest and the latest value of a column: by hand, by an oracle of loops, and of things only."""

from random import Random

import pytest

from ctanalysis import Refused
from ctanalysis.project import load
from ctanalysis.tables.sheets import calculation_in_words
from tests.generators import small

ROWS = """
day        sex amount
2013-10-05 F   7
2013-10-01 M   30
2013-10-05 F   9
2014-01-01 -   -
2014-02-01 M   -5
"""
Q1, Q2, Q3, YEAR = (
    ("2013-10-01", "2013-12-31"),
    ("2014-01-01", "2014-03-31"),
    ("2014-04-01", "2014-06-30"),
    ("2013-10-01", "2014-09-30"),
)


def calculation(measure):
    return f'measure = "{measure}"\ntable = "rows"\ndate = "day"\ncolumn = "amount"\ndisaggregate = ["sex"]'


@pytest.mark.parametrize(
    "measure, totals, women",
    [("max", [30, -5, None, 30], 9), ("min", [7, -5, None, -5], 7), ("last", [9, -5, None, -5], 9)],
)
def test_of_each_period_and_of_the_year(tmp_path, measure, totals, women):
    """A year has the value among its own rows; of two rows on its last day the later key is the latest."""
    found = small.values(small.write(tmp_path / "p", ROWS, calculation(measure)), Q1, Q2, Q3, YEAR)
    rows = [found[place, "total", "all"] for place in range(4)]
    assert [None if row.status == "no data" else row.value for row in rows] == totals
    assert found[3, "sex", "female"].value == women and found[1, "sex", "not recorded"].status == "no data"
    assert [(row.rows, row.lacking) for row in rows] == [(3, 0), (1, 1), (0, 0), (4, 1)]


def expected(measure, rows, start, end, sex=None):
    """Loops over the rows: (day, key, sex, amount)."""
    here = [row for row in rows if start <= row[0] <= end and row[3] is not None and sex in (None, row[2])]
    if not here:
        return None
    if measure == "last":
        return sorted(here)[-1][3]
    amounts = sorted(row[3] for row in here)
    return amounts[-1] if measure == "max" else amounts[0]


@pytest.mark.parametrize("measure", ["max", "min", "last"])
def test_random_rows_agree_with_the_oracle(tmp_path, measure):
    random = Random(4)
    rows = [
        (
            f"2014-0{random.randint(1, 9)}-0{random.randint(1, 3)}",
            f"r{key:04d}",
            random.choice("FM"),
            random.choice([None, *range(-3, 9)]),
        )
        for key in range(1, 61)
    ]
    lines = [f"{day} {sex} {'-' if amount is None else amount}" for day, _, sex, amount in rows]
    folder = small.write(tmp_path / "p", "\n".join(["day sex amount", *lines]), calculation(measure))
    windows = [(f"2014-0{first}-01", f"2014-0{last}-02") for first in range(1, 10) for last in range(first, 10)]
    found = small.values(folder, *windows)
    for place, days in enumerate(windows):
        for way, label, sex in (("total", "all", None), ("sex", "female", "F"), ("sex", "male", "M")):
            cell, want = found[place, way, label], expected(measure, rows, *days, sex)
            assert (None if cell.status == "no data" else cell.value) == want, (days, label)


def test_it_is_printed_as_it_is_calculated(tmp_path):
    found = load(small.write(tmp_path / "p", ROWS, calculation("last")))
    words = calculation_in_words(found, found.sheet("x"))
    assert words.startswith('Latest value of "amount" over rows of Rows (by "day") in the period.')


@pytest.mark.parametrize("disclosure", ["victims", "callers", "participants"])
def test_one_persons_value_is_never_told(tmp_path, disclosure):
    with pytest.raises(Refused, match="would be one person's value"):
        load(small.write(tmp_path / "p", ROWS, calculation("max"), disclosure=disclosure))
