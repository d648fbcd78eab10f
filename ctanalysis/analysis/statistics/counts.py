"""Counts: the exact interval of one, and the exact comparison of two rates given their total.

Of two Poisson counts with the exposures t, given their sum N, the first is binomial (N, t1 r / (t1 r + t0)), where r is
the ratio of their rates (Przyborowski and Wilenski, Biometrika 31, 1940, 313-323); the binomial interval is that of
Clopper and Pearson (Biometrika 26, 1934, 404-413) in its beta form, which takes numbers that are not whole, too.

Where the variance is `dispersion` times the mean, every count is divided by it: so many independent ones there are.
"""

import math

from ctanalysis.analysis.statistics.compared import INDEPENDENT, LEVEL, Compared, Spread, allowed_for, widened


def interval(count: float, spread: Spread = INDEPENDENT, level: float = LEVEL) -> tuple[float, float]:
    """The exact interval of the mean behind a count (Garwood, Biometrika 28, 1936, 437-442)."""
    from scipy.special import gammaincinv

    tail, number = widened(level, spread.degrees) / 2, count / spread.dispersion
    low = spread.dispersion * float(gammaincinv(number, tail)) if number > 0 else 0.0
    return low, spread.dispersion * float(gammaincinv(number + 1, 1 - tail))


def compared(
    now: float, before: float, exposure: float = 1.0, spread: Spread = INDEPENDENT, level: float = LEVEL
) -> Compared:
    """The ratio of the rates of two counts, its exact interval, and the p-value of their being equal.

    now, before: 0 or more; they need not be whole. exposure: that of now, where that of before is 1. The p-value is
    twice the smaller tail, so that it is below the level where 1 lies outside the interval, and only there.
    """
    ones, others = now / spread.dispersion, before / spread.dispersion
    if ones + others == 0:
        return Compared(math.nan, 0.0, math.inf, 1.0)
    size = (now / before if before else math.inf) / exposure
    low, high = (
        share / (1 - share) / exposure if share < 1 else math.inf
        for share in _shares(ones, others, widened(level, spread.degrees) / 2)
    )
    return Compared(size, low, high, allowed_for(_p(ones, others, exposure / (1 + exposure)), spread.degrees))


def _shares(ones: float, others: float, tail: float) -> tuple[float, float]:
    """The least and the most that the share of the first in the total can be."""
    from scipy.special import betaincinv

    low = float(betaincinv(ones, others + 1, tail)) if ones > 0 else 0.0
    return low, float(betaincinv(ones + 1, others, 1 - tail)) if others > 0 else 1.0


def _p(ones: float, others: float, share: float) -> float:
    """Twice the probability of so many or more, or of so few or fewer, whichever is less."""
    from scipy.special import betainc

    more = float(betainc(ones, others + 1, share)) if ones > 0 else 1.0
    fewer = float(betainc(others, ones + 1, 1 - share)) if others > 0 else 1.0
    return min(1.0, 2 * min(more, fewer))
