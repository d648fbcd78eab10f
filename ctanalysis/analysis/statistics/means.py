"""Means of different numbers with different spreads (Welch, Biometrika 34, 1947, 28-35)."""

import math
from typing import NamedTuple

from ctanalysis.analysis.statistics.compared import LEVEL, Compared, quantile, two_sided


class Mean(NamedTuple):
    """A mean, the standard deviation about it (with number - 1), and of how many independent numbers it is."""

    mean: float
    deviation: float
    number: float

    @property
    def variance(self) -> float:
        """That of the mean."""
        return self.deviation**2 / self.number


def compared(now: Mean, before: Mean, level: float = LEVEL) -> Compared:
    """The difference of two means, its interval and p-value, of two numbers or more each.

    Where neither varies at all, any difference is beyond chance.
    """
    size, variance = now.mean - before.mean, now.variance + before.variance
    if not variance:
        return Compared(size, size, size, 0.0 if size else 1.0)
    degrees = variance**2 / sum(one.variance**2 / (one.number - 1) for one in (now, before))
    half = quantile(level, degrees) * math.sqrt(variance)
    return Compared(size, size - half, size + half, two_sided(size / math.sqrt(variance), degrees))
