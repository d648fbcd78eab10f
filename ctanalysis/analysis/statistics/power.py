"""How large a change has to be to be seen: in four of five cases, at the level of a test.

Both by the transformation that gives the number the same variance whatever its mean: the square root of a count
(Bartlett, Supplement to the Journal of the Royal Statistical Society 3, 1936, 68-78), the arcsine of the root of a
share (Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd edition, 1988, chapter 6).
"""

import math

from ctanalysis.analysis.statistics.compared import LEVEL, quantile

SEEN = 0.8  # in four of five cases
DOUBLING = 2.0
NOTABLE = 0.2  # a difference of shares: twenty percentage points


def least_ratio_seen(count: float, dispersion: float = 1.0, level: float = LEVEL, exposure: float = 1.0) -> float:
    """The smallest rise, as a ratio, that would be seen from a count: 2 is a doubling; infinite from nothing.

    count: that before. dispersion: variance / mean. exposure: that of now, where that of before is 1.
    """
    if count <= 0:
        return math.inf
    steps = _errors(level) * math.sqrt((1 + 1 / exposure) / 4)
    return (1 + steps / math.sqrt(count / dispersion)) ** 2


def least_difference_seen(share: float, now: float, before: float, level: float = LEVEL) -> float:
    """The smallest difference of two shares that would be seen, towards the middle; 1 where none would.

    share: that before. now, before: of how many independent answers the two are.
    """
    step = _errors(level) * math.sqrt(1 / now + 1 / before)
    angle = 2 * math.asin(math.sqrt(min(share, 1 - share))) + step
    return 1.0 if angle >= math.pi else math.sin(angle / 2) ** 2 - min(share, 1 - share)


def _errors(level: float) -> float:
    """How many standard errors a change must be large, so that it is seen in SEEN of all cases."""
    return quantile(level) + quantile(2 * (1 - SEEN))
