"""Before and after in the same answers, and the difference of two gains."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar

from ctanalysis.analysis.statistics import pairs
from ctanalysis.analysis.statistics.pairs import Pairs


@st.composite
def answers(draw):
    better, worse, stayed = (draw(st.integers(0, 120)) for _ in range(3))
    return Pairs(better, worse, better + worse + max(stayed, 1))


@given(answers())
def test_p_is_that_of_statsmodels(found):
    table = [[found.number - found.better - found.worse, found.worse], [found.better, 0]]
    assert pairs.gained(found).p == pytest.approx(mcnemar(table, exact=True).pvalue, rel=1e-9)


def test_published_example():
    """Approval of the prime minister, 1,600 people asked twice: 150 lost it and 86 gained it.

    Agresti, Categorical Data Analysis, 2nd edition, 2002, table 10.1: z = -4.17, difference -0.04 with a 95 % interval
    from -0.06 to -0.02.
    """
    found = pairs.gained(Pairs(86, 150, 1600))
    assert found.size == -0.04
    assert (round(found.low, 2), round(found.high, 2)) == (-0.06, -0.02)
    assert found.p == pytest.approx(math.erfc(4.17 / math.sqrt(2)), rel=0.3)


def test_interval_by_hand():
    """9 of 50 got better and 1 worse: 10 / 52 less 2 / 52, with half a pair in each group (Bonett and Price 2012)."""
    found = pairs.gained(Pairs(9, 1, 50))
    middle, half = 8 / 52, 1.959964 * math.sqrt((12 / 52 - (8 / 52) ** 2) / 52)
    assert (found.size, found.low, found.high) == pytest.approx((0.16, middle - half, middle + half), abs=1e-6)
    assert found.p == pytest.approx(22 / 1024)


@given(answers(), answers())
def test_a_change_of_gains(now, before):
    found, other = pairs.compared(now, before), pairs.compared(before, now)
    assert found.low <= found.size <= found.high
    assert (found.size, found.p) == pytest.approx((-other.size, other.p))
    if abs(found.p - 0.05) > 1e-9:
        assert (found.low <= 0 <= found.high) == (found.p > 0.05)


def test_a_change_of_gains_by_hand():
    def variance(better, worse, number):
        better, worse, number = better + 1, worse + 1, number + 2
        return ((better + worse) / number - ((better - worse) / number) ** 2) / number

    found = pairs.compared(Pairs(110, 10, 255), Pairs(190, 15, 458))
    z = (100 / 255 - 175 / 458) / math.sqrt(variance(110, 10, 255) + variance(190, 15, 458))
    assert found.p == pytest.approx(math.erfc(abs(z) / math.sqrt(2)))


@given(answers(), st.floats(1, 20))
def test_clustered_pairs_are_never_more_sure(found, effect):
    assert pairs.gained(found.independent(effect)).p >= pairs.gained(found).p - 1e-12


def test_edges():
    """Nobody changed; everybody got better."""
    assert pairs.gained(Pairs(0, 0, 10)).p == 1
    every = pairs.gained(Pairs(20, 0, 20))
    assert (every.size, every.high, every.p) == (1, 1, 2 * 0.5**20)
