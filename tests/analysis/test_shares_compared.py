"""Shares: one with its interval, two with that of their difference, against published examples and statsmodels."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from ctanalysis.analysis.statistics import shares


@st.composite
def share(draw, most=400):
    number = draw(st.integers(1, most))
    return draw(st.integers(0, number)), number


@pytest.mark.parametrize(
    ("found", "low", "high"),
    [((81, 263), 0.2553, 0.3662), ((15, 148), 0.0624, 0.1605), ((0, 20), 0, 0.1611), ((1, 29), 0.0061, 0.1718)],
)
def test_published_intervals_of_one_share(found, low, high):
    """Newcombe, Statistics in Medicine 17, 1998, 857-872, table I, method 3 (Wilson)."""
    assert shares.wilson(found) == pytest.approx((low, high), abs=0.00006)


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1),
        ((10, 10), (0, 10), 0.6075, 1),
    ],
)
def test_published_intervals_of_a_difference(now, before, low, high):
    """Newcombe, Statistics in Medicine 17, 1998, 873-890, table II, method 10."""
    found = shares.compared(now, before)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00006)


@given(share())
def test_one_share_is_that_of_statsmodels(found):
    theirs = proportion_confint(*found, method="wilson")
    assert shares.wilson(found) == pytest.approx(theirs, abs=1e-9)


@given(share(), share())
def test_a_difference_is_that_of_statsmodels(now, before):
    theirs = confint_proportions_2indep(*now, *before, method="newcomb")
    found = shares.compared(now, before)
    assert (found.low, found.high) == pytest.approx((max(-1, theirs[0]), min(1, theirs[1])), abs=1e-8)


@given(share(), share(), st.sampled_from([math.inf, 5, 18, 100]))
def test_interval_and_p_say_the_same(now, before, degrees):
    found = shares.compared(now, before, degrees=degrees)
    assume(abs(found.p - 0.05) > 1e-6)
    assert (found.low <= 0 <= found.high) == (found.p > 0.05)
    assert found.low <= found.size <= found.high
    assert shares.compared(before, now, degrees=degrees).p == pytest.approx(found.p, abs=1e-9)


@given(share(), share(), st.floats(1, 30))
def test_clustered_answers_are_never_more_sure(now, before, effect):
    plain = shares.compared(now, before)
    clustered = shares.compared(shares.independent(*now, effect), shares.independent(*before, effect))
    assert clustered.p >= plain.p - 1e-9


def test_clusters_by_hand():
    """3,560 answers in 150 events with a design effect of 4 are worth 890: twice as wide."""
    plain = shares.wilson((1780, 3560))
    clustered = shares.wilson(shares.independent(1780, 3560, 4))
    assert (clustered[1] - clustered[0]) / (plain[1] - plain[0]) == pytest.approx(2, abs=0.01)


def test_edges():
    """The same shares; all against none; a million answers."""
    assert shares.compared((7, 20), (7, 20)).p == 1
    assert shares.compared((0, 5), (0, 5)).p == 1
    assert shares.compared((500, 500), (0, 500)).p < 1e-100
    huge = shares.compared((500_000, 1_000_000), (501_500, 1_000_000))
    assert huge.p == pytest.approx(math.erfc(0.0015 / math.sqrt(0.5 / 1_000_000) / math.sqrt(2)), rel=0.01)
