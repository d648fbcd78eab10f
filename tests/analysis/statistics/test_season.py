"""Season and over-dispersion: by hand, beside a Poisson regression of statsmodels, and at the edges."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import f

from ctanalysis.analysis.statistics.season import seasonal

YEARS = [1, 2, 3, 4] * 4


def test_ten_twenty_thirty_forty_every_year():
    """A year of 100: its quarters are 0.4, 0.8, 1.2 and 1.6 times the mean of 25, and nothing varies beyond that."""
    found = seasonal([10, 20, 30, 40] * 3, YEARS[:12])
    assert found.indices == pytest.approx((0.4, 0.8, 1.2, 1.6))
    assert (found.dispersion, found.degrees, found.level) == (1, 8, pytest.approx(25))


def test_growth_from_year_to_year_is_no_season_and_no_variation():
    """The same shape at 25, 50 and 100: the season is the same, and the level is that of the last year."""
    found = seasonal([k * x for k in (1, 2, 4) for x in (10, 20, 30, 40)], YEARS[:12])
    assert found.indices == pytest.approx((0.4, 0.8, 1.2, 1.6)) and found.dispersion == 1
    assert found.level == pytest.approx(100)


def test_levels_of_years_count_only_where_they_differ():
    """12 quarters less 4 of one level and season leave 8; years that double leave the 6 of levels of their own."""
    steady = seasonal([11, 20, 30, 39, 9, 21, 30, 41, 10, 19, 31, 40], YEARS[:12])
    doubling = seasonal([11, 20, 30, 39, 19, 41, 60, 81, 40, 79, 121, 160], YEARS[:12])
    assert (steady.degrees, doubling.degrees) == (8, 6) and steady.indices and doubling.indices


def test_the_years_are_counted_back_from_the_last_quarter():
    """13 quarters that end in a first one: the last four are a level, the lone first quarter one of its own."""
    found = seasonal([1000, 20, 30, 40, *([10, 20, 30, 40] * 2), 10], [1, *YEARS[1:12], 1])
    assert found.indices == pytest.approx((0.4, 0.8, 1.2, 1.6)) and found.level == pytest.approx(25)


@pytest.mark.parametrize(
    "values, expected",
    [
        pytest.param([], (None, 1, 0, 0), id="empty"),
        pytest.param([math.nan] * 9, (None, 1, 0, 0), id="nothing told"),
        pytest.param([7], (None, 1, 0, 7), id="one quarter"),
        pytest.param([0] * 12, (None, 1, 0, 0), id="always none"),
        pytest.param([5] * 12, (None, 1, 11, 5), id="always the same"),
        pytest.param([10, 20, 30, 40, 10, 20, 30], (None, 200 / 25, 6, 25), id="not two years"),
        pytest.param([10, 20, 30, 40] * 2, ((0.4, 0.8, 1.2, 1.6), 1, 4, 25), id="two years"),
    ],
)
def test_at_the_edges(values, expected):
    """What can be said of few quarters, and of quarters that do not vary."""
    found = seasonal(values, YEARS[: len(values)])
    indices, dispersion, degrees, level = expected
    assert (found.indices is None) == (indices is None)
    assert indices is None or found.indices == pytest.approx(indices)
    assert found.degrees == degrees
    if len(values) != 7:  # whose levels are those of four and of three quarters
        assert (found.dispersion, found.level) == (pytest.approx(dispersion), pytest.approx(level))


def test_a_quarter_that_is_not_told_is_a_gap():
    """The summer of the second year did not come: the others show the same season."""
    values = [10, 20, 30, 40, 10, 20, 30, math.nan, 10, 20, 30, 40]
    found = seasonal(values, YEARS[:12])
    assert found.indices == pytest.approx((0.4, 0.8, 1.2, 1.6)) and found.degrees == 7
    without = [value for value in values if not math.isnan(value)]
    assert seasonal(without, [*YEARS[:7], *YEARS[8:12]]).indices == pytest.approx(found.indices)


def test_money_paid_back_has_no_season():
    """-10 among others is no count: no season, and the variance of all about their mean."""
    found = seasonal([100, 120, -10, 90] * 3, YEARS[:12])
    assert found.indices is None and found.degrees == 11 and found.dispersion == pytest.approx(30300 / 11 / 75)


@pytest.mark.parametrize("seed", range(12))
def test_beside_statsmodels(seed):
    """Pearson's chi-square / degrees of freedom and the F tests of a Poisson regression on year and quarter."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(8, 17))
    quarters = np.array(YEARS[:count])
    year = (count - 1 - np.arange(count)) // 4
    values = rng.negative_binomial(5, 0.1, count) * rng.integers(1, 4, 4)[quarters - 1] + 1
    dummies = [(year == one).astype(float) for one in np.unique(year)]
    plain = sm.GLM(values, np.column_stack(dummies), family=sm.families.Poisson()).fit()
    seasons = [(quarters == one).astype(float) for one in (2, 3, 4)]
    full = sm.GLM(values, np.column_stack(dummies + seasons), family=sm.families.Poisson()).fit()
    p_value = p_of(plain, full)
    found, in_season = seasonal(values, quarters), seasons if p_value < 0.05 else []
    model = full if p_value < 0.05 else plain
    steady = sm.GLM(values, np.column_stack([np.ones(count), *in_season]), family=sm.families.Poisson()).fit()
    model = model if p_of(steady, model) < 0.05 else steady
    assert found.p_value == pytest.approx(p_value, rel=1e-5) and (found.indices is not None) == (p_value < 0.05)
    assert found.degrees == model.df_resid
    assert found.dispersion == pytest.approx(max(1, model.pearson_chi2 / model.df_resid), rel=1e-5)


def p_of(plain, full):
    """The F test of a model within a fuller one of statsmodels."""
    dispersion, used = max(1, full.pearson_chi2 / full.df_resid), plain.df_resid - full.df_resid
    return f.sf((plain.deviance - full.deviance) / used / dispersion, used, full.df_resid)


@given(st.lists(st.floats(0, 1e12) | st.just(math.nan), max_size=16), st.integers(0, 3))
def test_whatever_the_series(values, first):
    """Indices have the mean 1, the dispersion is at least 1, and everything is a number."""
    found = seasonal(values, [(first + i) % 4 + 1 for i in range(len(values))])
    assert found.dispersion >= 1 and math.isfinite(found.dispersion) and found.degrees >= 0 and found.level >= 0
    assert found.indices is None or (sum(found.indices) == pytest.approx(4) and min(found.indices) >= 0)


def test_where_there_is_no_season_few_series_show_one():
    """Of 400 series without season, over-dispersed or not, at most 7 % seem to have one (5 % are meant)."""
    rng = np.random.default_rng(7)
    series = [rng.negative_binomial(20, 0.25, 13) if i % 2 else rng.poisson(20, 13) for i in range(400)]
    assert sum(seasonal(one, YEARS[:13]).indices is not None for one in series) <= 28
