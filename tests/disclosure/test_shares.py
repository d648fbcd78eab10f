"""Shares are calculated from the published numbers, and withheld where they would give one away.

Of a class without the audit (see cells); those of an audited class wait (test_shares_that_wait).
"""

from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis import indicators, records
from ctanalysis.disclosure import protect, small_cells
from ctanalysis.project import load
from tests.disclosure.cells import QUARTER, share, table_by_table
from tests.generators import small


def test_a_share_is_calculated_from_the_released_numbers():
    """33 of 47 is told as about 35 of 47, and the share is that of 35."""
    found = share(33, 47)
    assert (found.numerator, found.denominator, found.value, found.status) == (35, 47, 35 / 47, "rounded")


@pytest.mark.parametrize("numerator, denominator", [(9, 47), (0, 47), (38, 47), (47, 47), (43, 50)])
def test_nearly_all_or_nearly_none_is_withheld(numerator, denominator):
    """43 of 50 says that about 7 were not; 9 of 47 says that a few were."""
    found = share(numerator, denominator)
    assert found.status == "withheld"
    assert pd.isna([found.value, found.numerator, found.denominator]).all()


@pytest.mark.parametrize(
    "numerator, denominator, told", [(20, 41, True), (20, 39, False), (15, 30, False), (100, 400, True)]
)
def test_a_share_that_rounding_can_move_far_is_withheld(numerator, denominator, told):
    """About 20 of 39 could be 18 or 22, more than five percentage points either way:
    of so few people there is no share.
    """
    assert (share(numerator, denominator).status == "rounded") is told


def frame(numerators, denominators, narrow, round_to, within):
    cells = pd.DataFrame({"n": numerators, "d": denominators}, dtype="float64")
    return cells.assign(narrow=narrow, round_to=round_to, share_within=within)


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("round_to", [1, 3, 5, 10])
@pytest.mark.parametrize("within", [1, 2, 5, 10, 20, 100])
def test_how_far_rounding_moves_a_share_is_compared_exactly(narrow, round_to, within):
    """Every share of numbers to 120, as fractions of whole numbers say it: those that are moved by exactly so many
    percentage points are told.
    """
    pairs = [(n, d) for d in range(0, 121) for n in range(0, d + 1, 3)]
    cells = frame(*zip(*pairs, strict=True), narrow, round_to, within)
    half = (round_to - 1) // 2
    slack = half if narrow else 0

    def is_near(n, d):
        if d <= slack:
            return False
        share = Fraction(n, d)
        moved = max(Fraction(n + half, d - slack) - share, share - Fraction(n - half, d + slack))
        return moved <= Fraction(within, 100)

    assert small_cells._is_near(cells["n"], cells["d"], cells).tolist() == [is_near(n, d) for n, d in pairs]


def test_a_share_that_is_moved_by_exactly_five_points_is_told():
    """About 30 of exactly 40: 32 at the most, 80% beside 75%. In a computer's numbers that is more than 5 points
    (32/40 - 30/40 > 0.05), for which no share may be withheld.
    """
    assert 32 / 40 - 30 / 40 > 0.05
    cells = frame([30], [40], False, 5, 5)
    assert small_cells._is_near(cells["n"], cells["d"], cells).tolist() == [True]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400), st.integers(1, 400))
def test_a_told_share_is_near_the_true_one(numerator, denominator):
    """Whatever the share, what is told is within five percentage points of the truth,
    and neither part nor rest is small.
    """
    numerator = min(numerator, denominator)
    found = share(numerator, denominator)
    if found.status == "rounded":
        assert abs(found.value - numerator / denominator) <= 0.05
        assert numerator >= 10 and denominator - numerator >= 8


def test_a_share_about_people_is_not_told_for_a_quarter():
    """The numerator is a group within a group, so it is told as a breakdown is: of this class, once a year."""
    assert share(33, 47, days=QUARTER).status == "not told"


def test_a_condition_on_people_makes_the_total_a_breakdown(tmp_path):
    """A sheet that counts only women is a breakdown by sex, whatever it calls itself."""
    folder = small.write(
        tmp_path / "p",
        "day person sex\n2013-10-05 a F",
        (
            'measure = "people"\ntable = "rows"\nperson = "person"\ndate = "day"\nwhere = { sex = "F" }\n'
            'disaggregate = ["sex"]'
        ),
        disclosure="victims",
    )
    found = load(folder)
    exact = indicators.calculate(
        found, records.read(found), [indicators.Window("period", date(2013, 10, 1), date(2013, 12, 31))]
    )
    assert protect(exact, found).values["status"].tolist() == ["not told"] * 4


def test_a_share_with_nothing_to_divide_hides_that_in_a_breakdown(tmp_path):
    """In a breakdown about people "no data" would say that there was nobody: a published zero."""
    folder = small.write(
        tmp_path / "p",
        "day sex done\n" + "2013-10-05 M true\n" * 20 + "2013-10-05 M false\n" * 20,
        """
        measure = "share"
        disaggregate = ["sex"]
        [calculation.denominator]
        measure = "count"
        table = "rows"
        date = "day"
        [calculation.numerator]
        where = { done = true }
    """,
        disclosure="victims",
    )
    found = table_by_table(load(folder))
    exact = indicators.with_people(
        found, records.read(found), [indicators.Window("period", date(2013, 10, 1), date(2014, 9, 30))]
    )
    assert "no data" in exact["status"].tolist()
    assert "no data" not in protect(exact, found).values["status"].tolist()
