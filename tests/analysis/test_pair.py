"""Numbers that stand for several: a change must hold for every one of them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis.analysis.pair import Told, least_favourable
from ctanalysis.analysis.statistics import counts, shares


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
