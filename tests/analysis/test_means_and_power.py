"""Means by Welch's test; how large a change must be to be seen; and claims counted as many."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson, ttest_ind_from_stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower

from ctanalysis.analysis import claims
from ctanalysis.analysis.statistics import counts, means, power
from ctanalysis.analysis.statistics.means import Mean

mean = st.builds(Mean, st.floats(-100, 100), st.floats(0.1, 50), st.integers(2, 300))


@given(mean, mean)
def test_welch_is_that_of_scipy(now, before):
    theirs = ttest_ind_from_stats(*now, *before, equal_var=False)
    assert means.compared(now, before).p == pytest.approx(theirs.pvalue, rel=1e-6, abs=1e-12)


@given(mean, mean)
def test_interval_and_p_say_the_same(now, before):
    found = means.compared(now, before)
    if abs(found.p - 0.05) > 1e-9:
        assert (found.low <= 0 <= found.high) == (found.p > 0.05)


def test_means_that_do_not_vary():
    assert means.compared(Mean(5, 0, 6), Mean(5, 0, 6)).p == 1
    assert means.compared(Mean(6, 0, 6), Mean(5, 0, 6)).p == 0


def seen(count, ratio):
    """The exact power of the exact test: every total, and every way in which it can fall on both sides."""
    found = 0.0
    for total in range(int(poisson.ppf(1e-6, count * (1 + ratio))), int(poisson.ppf(1 - 1e-6, count * (1 + ratio)))):
        more = total - int(binom.ppf(0.025, total, 0.5)) + 1  # from so many on p is below 5 %
        more += counts.compared(more, total - more).p >= 0.05
        found += poisson.pmf(total, count * (1 + ratio)) * binom.sf(more - 1, total, ratio / (1 + ratio))
    return found


@pytest.mark.parametrize("count", [8, 16, 27, 60, 113, 500])
def test_what_would_be_seen_is_seen_in_about_four_of_five_cases(count):
    """The exact test is a little less sure than its approximation, the less the smaller the counts are."""
    assert 0.70 < seen(count, power.least_ratio_seen(count)) < 0.85


def test_doublings():
    """From 16 people a doubling would not be seen, from 30 events it would."""
    assert power.least_ratio_seen(16) > 2 > power.least_ratio_seen(30)
    assert power.least_ratio_seen(0) == math.inf
    assert power.least_ratio_seen(30, dispersion=4) == pytest.approx(power.least_ratio_seen(7.5))


@pytest.mark.parametrize("number", [25, 63, 392])
def test_differences_of_shares_are_those_of_statsmodels(number):
    """Cohen 1988, table 6.4.1: 392, 63 and 25 in each group for effects of 0.2, 0.5 and 0.8."""
    size = power.least_difference_seen(0.3, number, number)
    effect = 2 * math.asin(math.sqrt(0.3 + size)) - 2 * math.asin(math.sqrt(0.3))
    assert NormalIndPower().power(effect, number, 0.05) == pytest.approx(0.8, abs=0.001)
    assert round(effect, 1) == {392: 0.2, 63: 0.5, 25: 0.8}[number]


PUBLISHED = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]


def test_published_claims():
    """Benjamini and Hochberg 1995, section 3.2: of 15 comparisons, the four smallest are clear."""
    assert claims.clear(PUBLISHED) == [True] * 4 + [False] * 11
    assert claims.clear(PUBLISHED[::-1]) == [False] * 11 + [True] * 4


@given(st.lists(st.floats(0, 1), max_size=60), st.sampled_from([0.01, 0.05, 0.2]))
def test_claims_are_those_of_statsmodels(found, level):
    theirs = multipletests(found, level, "fdr_bh")[0].tolist() if found else []
    assert claims.clear(found, level) == theirs


def test_no_claims():
    assert claims.clear([]) == []
    assert claims.clear([0.06]) == [False]
    assert claims.clear([0.05]) == [True]
