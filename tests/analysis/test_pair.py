"""Numbers that stand for several: a change must hold for every one of them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis.analysis.pair import Told, least_favourable
from ctanalysis.analysis.statistics import counts, pairs, shares
from ctanalysis.analysis.statistics.compared import KNOWN
from ctanalysis.analysis.statistics.pairs import Pairs


@st.composite
def told(draw):
    low = draw(st.integers(0, 60))
    high = low + draw(st.integers(0, 6))
    return Told(low, draw(st.integers(low, high)), high)


@settings(max_examples=60, deadline=None)  # the first one imports scipy
@given(told(), told(), st.floats(0.5, 2))
def test_no_numbers_that_are_meant_are_less_sure(now, before, exposure):
    """Every whole number within both is tried: none has a larger p-value, or an interval that reaches further."""
    found = least_favourable(lambda one, other: counts.compared(one, other, exposure), now, before, 1.0)
    every = [
        counts.compared(one, other, exposure)
        for one in range(now.low, now.high + 1)
        for other in range(before.low, before.high + 1)
    ]
    assert found.p >= max(one.p for one in every) - 1e-12
    assert found.low <= min(one.low for one in every) + 1e-9
    assert found.high >= max(one.high for one in every) - 1e-9 or math.isinf(found.high)


def test_by_hand():
    """84 % of 255 stands for 83.5 to 84.3, 80 % of 458 for 79.3 to 80.1: tested as 83.5 against 80.1."""

    def compare(now, before):
        return shares.compared((255 * now, 255), (458 * before, 458))

    now, before = Told(213 / 255, 215 / 255, 217 / 255), Told(363 / 458, 365 / 458, 367 / 458)
    found = least_favourable(compare, now, before, 0.0)
    assert found.p == compare(213 / 255, 367 / 458).p > compare(215 / 255, 365 / 458).p
    assert found.low == compare(213 / 255, 367 / 458).low
    assert found.high == compare(217 / 255, 363 / 458).high
    assert found.size == pytest.approx(215 / 255 - 365 / 458)


def test_numbers_that_overlap_are_no_change():
    """18–27 and 25–31 can both be 26."""
    assert least_favourable(counts.compared, Told(18, 22, 27), Told(25, 28, 31), 1.0).p == 1


@settings(max_examples=80, deadline=None)
@given(told(), told(), st.integers(0, 200), st.floats(1, 4), st.sampled_from([1, 3, 12, KNOWN]))
def test_no_pairs_that_are_meant_are_less_sure_of_a_gain(better, worse, stayed, effect, degrees):
    """A gain is said of rounded numbers of who got better and worse: every two of them are tried."""
    number = better.high + worse.high + max(1, stayed)
    fewest, most = Pairs(better.low, worse.low, number), Pairs(better.high, worse.high, number)
    found = pairs.gained(fewest.independent(effect), most.independent(effect), degrees=degrees)
    every = [
        pairs.gained(Pairs(one, other, number).independent(effect), degrees=degrees)
        for one in range(better.low, better.high + 1)
        for other in range(worse.low, worse.high + 1)
    ]
    assert found.p >= max(one.p for one in every) - 1e-12
    assert found.low <= min(one.low for one in every) + 1e-9
    assert found.high >= max(one.high for one in every) - 1e-9


@given(told(), told(), told())
def test_no_pairs_that_are_meant_have_a_larger_error(better, worse, stayed):
    """What two gains are compared by: the error is that of the two numbers that leave it largest, or more."""
    number = better.high + worse.high + stayed.high + 1
    most = pairs.error(Pairs(better.low, worse.low, number), Pairs(better.high, worse.high, number))
    for one in (better.low, better.number, better.high):
        for other in (worse.low, worse.number, worse.high):
            assert most >= pairs.error(Pairs(one, other, number)) - 1e-12


def test_a_gain_by_hand():
    """About 30 of 100 got better (28 to 32) and about 15 worse (13 to 17): 28 against 17 is no clear gain.

    Of 45 who changed 28 or more would get better by chance with p = 0.068, so twice that is 0.135; 32 against 17 (the
    most of both), which is what standard errors take, has 0.044. The interval reaches from 11 / 100 to 19 / 100 and, by
    Bonett and Price, as many standard errors beyond.
    """
    found = pairs.gained(Pairs(28, 13, 100), Pairs(32, 17, 100))
    chance = 2 * sum(math.comb(45, number) for number in range(28, 46)) / 2**45
    assert found.p == pytest.approx(chance) and 0.13 < found.p < 0.14
    half = 1.959964 * math.sqrt((51 / 102 - (11 / 102) ** 2) / 102)
    assert (found.size, found.low, found.high) == pytest.approx((0.15, 11 / 102 - half, 19 / 102 + half), abs=1e-6)


def test_who_got_better_and_worse_may_be_as_many():
    """About 20 and about 18: both may be 19."""
    assert pairs.gained(Pairs(18, 16, 100), Pairs(22, 20, 100)).p == 1
