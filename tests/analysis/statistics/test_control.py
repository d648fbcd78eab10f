"""Control charts beside published worked examples, exact distributions and statsmodels; and what they cannot see."""

import math
from itertools import combinations, pairwise
from statistics import fmean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from ctanalysis.analysis.statistics.chart import charted
from ctanalysis.analysis.statistics.control import (
    TAIL,
    individuals,
    last_run,
    poisson_limits,
    poisson_p,
    run_p,
    share_limits,
    shares,
)

VISCOSITY = [33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84]
ORANGE_JUICE = [
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
]
QUARTERS = [1, 2, 3, 4] * 6


def test_the_viscosity_of_aircraft_primer_paint():
    """Montgomery's worked example of an individuals chart: centre 33.52, limits 32.24 and 34.80."""
    limits = individuals(VISCOSITY).limits()
    assert limits.centre == pytest.approx(33.52, abs=0.005)
    assert (limits.lower, limits.upper) == (pytest.approx(32.24, abs=0.02), pytest.approx(34.80, abs=0.02))


def test_cans_of_frozen_orange_juice():
    """Montgomery's worked example of a p chart: 347 of 1,500, centre 0.2313, limits 0.0524 and 0.4102.

    That is for a binomial spread; as the cans vary a little more from sample to sample, ours are wider by that much.
    """
    process = shares(ORANGE_JUICE, [50] * 30)
    p = 347 / 1500
    z = [(count - 50 * p) / math.sqrt(50 * p * (1 - p)) for count in ORANGE_JUICE]
    more = fmean(abs(b - a) for a, b in pairwise(z)) / 1.128
    limits = share_limits(process, 50)
    assert limits.centre == pytest.approx(0.2313, abs=5e-5) and more > 1
    assert (limits.upper - p) / more == pytest.approx(0.4102 - 0.2313, abs=5e-4)
    assert share_limits(shares([12, 12, 11, 11, 12, 12], [50] * 6), 50).upper == pytest.approx(0.4109, abs=5e-3)


@given(st.floats(0.01, 300))
def test_poisson_limits_leave_what_they_say_outside(mean):
    """At most 0.135 % is below, as much above; one step further in is too many."""
    limits = poisson_limits(mean)
    assert poisson.cdf(limits.lower - 1, mean) <= TAIL < poisson.cdf(limits.lower, mean)
    assert poisson.sf(limits.upper, mean) <= TAIL < poisson.sf(limits.upper - 1, mean)


@given(st.integers(0, 60), st.floats(0.2, 3), st.integers(0, 300), st.integers(2, 15))
def test_a_count_after_others_beside_statsmodels(now, size, before, quarters):
    """Twice the smaller of the two exact conditional tails."""
    if now + before == 0:
        assert poisson_p(now, size, before, quarters) == 1
        return
    tails = [
        poisson_test(now, size, before, quarters, method="exact-cond", alternative=side).pvalue
        for side in ("larger", "smaller")
    ]
    assert poisson_p(now, size, before, quarters) == pytest.approx(min(1, 2 * min(tails)), rel=1e-6, abs=1e-12)


def test_over_dispersed_counts_are_worth_fewer():
    """Twenty after 100 in ten is as ten after 50 in ten where the variance is twice the mean."""
    assert poisson_p(20, 1, 100, 10, dispersion=2) == pytest.approx(poisson_p(10, 1, 50, 10))
    few = poisson_p(20, 1, 100, 10, dispersion=2, degrees=5)
    assert few > poisson_p(20, 1, 100, 10, dispersion=2)  # where that the variance is twice the mean is a guess itself


@pytest.mark.parametrize("length, before", [(4, 3), (5, 4), (3, 6)])
def test_a_run_by_counting_every_order(length, before):
    """Of all places that the earlier points can have among all, those where every later one is above their middle."""
    low, total = before // 2, before + length
    orders = list(combinations(range(total), before))
    hits = sum(list(order[:low]) == list(range(low)) for order in orders)
    assert run_p(length, before) == pytest.approx(min(1, 2 * hits / len(orders)))


@pytest.mark.parametrize(
    "values, length",
    [([], 0), ([6], 1), ([4, 6, 7], 2), ([6, 4, 4], -2), ([6, 5], 0), ([6, math.nan], 0), ([6, math.nan, 7], 1)],
)
def test_runs_end_at_a_tie_and_at_a_gap(values, length):
    """Beside a centre of 5."""
    assert last_run(values, [5] * len(values)) == length


def test_among_ten_points_none_can_be_three_deviations_away():
    """100 after nine fives is 2.85 sample deviations of all ten: a chart with the point among them never fires."""
    values = [5, 4, 6, 5, 7, 3, 5, 6, 4, 100]
    assert (100 - fmean(values)) / stdev(values) < 3
    assert charted("counts", values, QUARTERS[:10]).rule == "beyond limits"


FEW, NO_LOWER = {"run": "too few quarters"}, {"below": "no lower limit"}
CASES = [  # situation, kind, series, rule, side, why a rule is not applied
    ("as always", "counts", [40, 44, 38, 41, 45, 39, 42], "", 0, FEW),
    ("twice as many", "counts", [40, 44, 38, 41, 45, 39, 84], "beyond limits", 1, FEW),
    ("hardly any", "counts", [40, 44, 38, 41, 45, 39, 5], "beyond limits", -1, FEW),
    ("five earlier quarters", "counts", [40, 44, 38, 41, 45, 90], "", 0, {"all": "too few quarters"}),
    ("not told now", "counts", [40, 44, 38, 41, 45, 39, math.nan], "", 0, {"all": "not told"}),
    ("small, and none", "counts", [3, 2, 4, 1, 3, 2, 0], "", 0, FEW | NO_LOWER),
    ("small, and twelve", "counts", [3, 2, 4, 1, 3, 2, 12], "beyond limits", 1, FEW | NO_LOWER),
    ("amounts alike", "amounts", [50, 50, 50, 50, 50, 50, 51], "", 0, {"all": "no variation"}),
    ("nothing at all", "counts", [0, 0, 0, 0, 0, 0, 0], "", 0, FEW | NO_LOWER),
    ("nothing, then two", "counts", [0, 0, 0, 0, 0, 0, 2], "beyond limits", 1, FEW | NO_LOWER),
    ("eight a little above", "counts", [40, 44, 38, 41, 45, 39, 46, 44, 45, 47, 43, 46, 44, 45], "run", 1, {}),
    ("seven a little above", "counts", [40, 44, 38, 41, 45, 39, 46, 44, 45, 47, 43, 46, 44], "", 0, FEW),
    ("summer as every summer", "counts", [60, 62, 61, 20, 58, 63, 60, 22, 61, 60, 59, 21], "", 0, FEW),
    ("no summer break", "counts", [60, 62, 61, 20, 58, 63, 60, 22, 61, 60, 59, 64], "beyond limits", 1, FEW),
]  # fmt: skip


@pytest.mark.parametrize("_, kind, values, rule, side, skipped", CASES, ids=[case[0] for case in CASES])
def test_what_the_latest_quarter_is(_, kind, values, rule, side, skipped):
    """Situation by situation: which rule fires, on which side, and which is not applied."""
    found = charted(kind, values, QUARTERS[: len(values)])
    assert (found.rule, found.side, dict(found.not_applied)) == (rule, side, skipped)
    assert math.isnan(found.p_value) == ("all" in skipped)


def test_after_a_shift_the_limits_are_new():
    """Ten quarters at 40 and ten at 80: the last is usual again, by limits that begin with the shift."""
    found = charted(
        "counts", [40, 44, 38, 41, 45, 39, 42, 40, 43, 38, *[80, 84, 78, 81, 85, 79, 82, 80, 83, 78]], QUARTERS[:20]
    )
    assert found.rule == "" and found.shifts == (10,) and found.base == (10, 18)
    assert found.limits[0].centre == pytest.approx(41) and found.limits[19].centre == pytest.approx(81.3, abs=0.1)


def test_limits_are_frozen_after_twelve_quarters():
    """What comes later does not move them."""
    base = [40, 44, 38, 41, 45, 39, 42, 40, 43, 38, 41, 42]
    found = charted("amounts", [*base, 60, 20, 61, 41], QUARTERS[:16])
    assert found.base == (0, 11) and found.limits[-1].centre == pytest.approx(fmean(base))


def test_a_share_of_few_has_wide_limits():
    """80 % of 100 in every quarter: 60 % of 300 is below, 60 % of 10 is within."""
    before, numbers = [80, 82, 78, 81, 79, 80], [100] * 6
    assert charted("shares", [*before, 180], QUARTERS[:7], [*numbers, 300]).side == -1
    assert charted("shares", [*before, 6], QUARTERS[:7], [*numbers, 10]).rule == ""


@pytest.mark.parametrize("kind", ["counts", "amounts", "shares"])
def test_where_nothing_changes_few_are_surprising(kind):
    """Of 400 series of 13 quarters, at most 8 % have p below 0.05, and at most 2 % below 0.01."""
    rng, found = np.random.default_rng(5), []
    for _ in range(400):
        asked = rng.integers(50, 300, 13)
        values = {"counts": rng.poisson(4, 13), "amounts": rng.normal(5e4, 5e3, 13), "shares": rng.binomial(asked, 0.8)}
        numbers = [float(number) for number in values[kind]]
        found.append(charted(kind, numbers, QUARTERS[:13], [float(one) for one in asked]).p_value)
    assert sum(p < 0.05 for p in found) <= 32 and sum(p < 0.01 for p in found) <= 8


@given(st.lists(st.floats(0, 1e9) | st.just(math.nan), max_size=18), st.sampled_from(["counts", "amounts"]))
def test_whatever_the_series(values, kind):
    """A limit for each point or none, ends in order, p between 0 and 1, and a rule only where it was judged."""
    found = charted(kind, values, QUARTERS[: len(values)])
    assert len(found.limits) == len(values)
    assert all(one is None or one.lower <= one.centre <= one.upper for one in found.limits)
    assert math.isnan(found.p_value) or 0 <= found.p_value <= 1
    assert not found.rule or (found.judged and found.side)
