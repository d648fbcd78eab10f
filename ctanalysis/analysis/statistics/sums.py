"""Sums of what rows add, such as the people who came to events: compared by how many equal events they are worth.

A sum S of independent events whose squares add up to Q varies like (S squared / Q) equal events: so large is the
effective number (Kish, Survey Sampling, 1965, section 11.7; as a scaled Poisson number: Bohm and Zech, Nuclear
Instruments and Methods A 748, 2014, 1-6). One event of 1,000 people is worth one event, and not 1,000 people.
"""

import math
from collections.abc import Iterable

from ctanalysis.analysis.statistics import counts
from ctanalysis.analysis.statistics.compared import INDEPENDENT, LEVEL, Compared, Spread

Total = tuple[float, float]  # a sum, and its effective number


def effective_number(parts: Iterable[float]) -> float:
    """How many equal parts vary as much as these do: (sum x) squared / sum of x squared; NaN where all are 0."""
    found = [*parts]
    squares = math.fsum(part * part for part in found)
    return math.fsum(found) ** 2 / squares if squares else math.nan


def compared(
    now: Total, before: Total, exposure: float = 1.0, spread: Spread = INDEPENDENT, level: float = LEVEL
) -> Compared:
    """The ratio of two sums by exposure, with the interval and p-value of their effective numbers.

    exposure: that of now, where that of before is 1. spread: by how much the variance of a sum exceeds what its
    own parts say, such as where the number of events varies more than chance would have it. A sum of 0 has no
    effective number: it is 0, in parts like the other's.
    """
    (one, of_one), (other, of_other) = now, before
    if one == other == 0:
        return Compared(math.nan, 0.0, math.inf, 1.0)
    mean = one / of_one if one else other / of_other
    beside = other / of_other if other else mean
    numbers = one / mean, other / beside
    return counts.compared(*numbers, exposure * beside / mean, spread, level)
