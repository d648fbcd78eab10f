"""Two counts compared: against statsmodels, published tables and the binomial distribution worked out by hand."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson, test_poisson_2indep

from ctanalysis.analysis.statistics import counts
from ctanalysis.analysis.statistics.compared import Spread

test_poisson_2indep.__test__ = False  # it is no test of pytest's

number = st.integers(0, 400)
exposure = st.floats(0.2, 5)


def tails(now, before, share):
    """The probabilities of so many or more, and of so few or fewer, added up one by one; share a Fraction."""
    total = now + before
    terms = [math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(total + 1)]
    return sum(terms[now:]), sum(terms[: now + 1])


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (20, 12.217, 30.888)],
)
def test_interval_of_published_tables(count, low, high):
    """Garwood 1936; as printed in Ulm, American Journal of Epidemiology 131, 1990, 373-375."""
    assert counts.interval(count) == pytest.approx((low, high), abs=0.001)


@given(number)
def test_interval_is_that_of_statsmodels(count):
    theirs = confint_poisson(count, 1, method="exact-c")
    assert counts.interval(count) == pytest.approx([0 if math.isnan(end) else end for end in theirs], rel=1e-9)


def test_published_example():
    """60 of 51,477.5 against 30 of 54,308.7 person-years (Gu, Ng, Tang and Schucany, Biometrical Journal 50, 2008)."""
    found = counts.compared(60, 30, 51477.5 / 54308.7)
    assert found.size == pytest.approx(2.11, abs=0.005)
    assert found.p == pytest.approx(2 * 0.000428, rel=1e-3)  # each tail as statsmodels has it
    assert (found.low, found.high) == pytest.approx((1.340, 3.388), abs=0.001)


@given(number, number, exposure)
def test_each_tail_is_that_of_statsmodels(now, before, exposed):
    if now + before == 0:
        return
    tail = [
        test_poisson_2indep(now, exposed, before, 1, method="exact-cond", alternative=side).pvalue
        for side in ("larger", "smaller")
    ]
    assert counts.compared(now, before, exposed).p == pytest.approx(min(1, 2 * min(tail)), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(("now", "before"), [(0, 6), (1, 0), (3, 3), (10, 2), (16, 14), (27, 108), (40, 0)])
def test_by_hand(now, before):
    """With equal exposures each of the counted things falls on either side like a coin."""
    more, fewer = tails(now, before, Fraction(1, 2))
    assert counts.compared(now, before).p == pytest.approx(float(min(1, 2 * min(more, fewer))), rel=1e-9)


@given(number, number, exposure, st.floats(1, 20), st.sampled_from([math.inf, 3, 6, 40]))
def test_interval_and_p_say_the_same(now, before, exposed, dispersion, degrees):
    """1 is outside the interval where p is below 5 %, and only there."""
    found = counts.compared(now, before, exposed, Spread(dispersion, degrees))
    assert 0 <= found.p <= 1
    if abs(found.p - 0.05) > 1e-6:
        assert (found.low <= 1 <= found.high) == (found.p > 0.05)
    assert now + before == 0 or found.low <= found.size <= found.high


@given(number, number, st.floats(1, 20))
def test_more_spread_is_never_more_sure(now, before, dispersion):
    plain, spread = counts.compared(now, before), counts.compared(now, before, spread=Spread(dispersion))
    estimated = counts.compared(now, before, spread=Spread(dispersion, 6))
    assert plain.p <= spread.p + 1e-12 <= estimated.p + 2e-12
    assert spread.low <= plain.low + 1e-9
    assert plain.high <= spread.high + 1e-9 or math.isinf(plain.high)


@given(number, number, exposure)
def test_the_other_way_round(now, before, exposed):
    one, other = counts.compared(now, before, exposed), counts.compared(before, now, 1 / exposed)
    assert one.p == pytest.approx(other.p, rel=1e-9)
    assert one.low == pytest.approx(1 / other.high if other.high else math.inf, rel=1e-6)


def test_edges():
    """Nothing against nothing says nothing; something against nothing has no most; millions still count."""
    nothing = counts.compared(0, 0)
    assert (math.isnan(nothing.size), nothing.low, nothing.high, nothing.p) == (True, 0, math.inf, 1)
    first = counts.compared(12, 0)
    assert (first.size, first.high) == (math.inf, math.inf)
    assert first.low > 1 and first.p == pytest.approx(2 * 0.5**12)
    assert counts.compared(0, 12).low == counts.compared(0, 12).size == 0
    huge = counts.compared(10_000_000, 10_020_000)
    assert huge.p == pytest.approx(math.erfc(20_000 / math.sqrt(20_020_000) / math.sqrt(2)), rel=0.01)
    assert counts.compared(500, 500).p == 1
