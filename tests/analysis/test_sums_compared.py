"""Two sums compared by how many equal parts they are worth."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis.analysis.statistics import counts, sums
from ctanalysis.analysis.statistics.compared import Spread

parts = st.lists(st.integers(0, 500), min_size=1, max_size=60)


def test_effective_number_by_hand():
    """Four events of 25 are worth four; 97, 1, 1 and 1 are worth hardly more than one (Kish 1965)."""
    assert sums.effective_number([25, 25, 25, 25]) == 4
    assert sums.effective_number([97, 1, 1, 1]) == pytest.approx(10_000 / 9_412)
    assert math.isnan(sums.effective_number([0, 0]))


@given(parts)
def test_effective_number_is_at_most_the_number_of_parts(found):
    worth = sums.effective_number(found)
    assert math.isnan(worth) or 1 - 1e-9 <= worth <= sum(part > 0 for part in found) + 1e-9


@settings(deadline=None)  # the first one imports scipy
@given(st.integers(0, 200), st.integers(0, 200), st.floats(0.5, 400), st.floats(0.5, 2), st.floats(1, 5))
def test_equal_parts_are_compared_as_their_number(now, before, size, exposure, dispersion):
    """So many events of 30 people each say of people what they say of events."""
    of_events = counts.compared(now, before, exposure, Spread(dispersion))
    worth = [number or math.nan for number in (now, before)]
    of_people = sums.compared((now * size, worth[0]), (before * size, worth[1]), exposure, Spread(dispersion))
    assert of_people.p == pytest.approx(of_events.p, rel=1e-6)
    assert (of_people.low, of_people.high) == pytest.approx((of_events.low, of_events.high), rel=1e-6)


def test_one_event_of_a_thousand_is_no_thousand():
    """1,200 people in 20 events against 200 in 20: clear; with 1,000 of them in one event, not."""
    assert sums.compared((1200, 20), (200, 20)).p < 0.001
    of_one = sums.effective_number([1000, *[200 / 19] * 19])
    assert sums.compared((1200, of_one), (200, 20)).p > 0.01


def test_a_sum_of_nothing():
    nothing = sums.compared((0, math.nan), (0, math.nan))
    assert math.isnan(nothing.size) and nothing.p == 1
    gone = sums.compared((0, math.nan), (600, 20))
    assert gone.size == gone.low == 0
    assert gone.p == counts.compared(0, 20).p
    assert sums.compared((600, 20), (0, math.nan)).size == math.inf


def test_where_nothing_changed_few_tests_claim_it():
    """Of 2,000 pairs of sums of Poisson numbers of events with skew sizes (seed 14), at most 6 % are below 5 %."""
    chance = np.random.default_rng(14)

    def quarter():
        sizes = chance.lognormal(4, 0.8, chance.poisson(40))
        return float(sizes.sum()), sums.effective_number(sizes)

    false = sum(sums.compared(quarter(), quarter()).p < 0.05 for _ in range(2000))
    assert 0.01 * 2000 < false < 0.06 * 2000
