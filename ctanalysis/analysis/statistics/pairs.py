"""Before and after in the same answers: who got better and who got worse.

Whoever stayed as they were says nothing of a change (McNemar, Psychometrika 12, 1947, 153-157): of those who changed,
as many would have got better as worse by chance, which is a binomial test (exact, twice the smaller tail).
"""

import math
from typing import NamedTuple

from ctanalysis.analysis.statistics import counts
from ctanalysis.analysis.statistics.compared import KNOWN, LEVEL, Compared, Spread, quantile, two_sided


class Pairs(NamedTuple):
    """How many got better, how many got worse, and of how many it is known how they were before and after."""

    better: float
    worse: float
    number: float

    def independent(self, design_effect: float) -> "Pairs":
        """The pairs of clustered answers as fewer independent ones."""
        return Pairs(*(count / design_effect for count in self))

    @property
    def gain(self) -> float:
        """The share after less the share before."""
        return (self.better - self.worse) / self.number


def gained(pairs: Pairs, level: float = LEVEL, degrees: float = KNOWN) -> Compared:
    """The gain as a difference of shares, its interval, and the p-value of McNemar's exact test.

    The interval is that of Bonett and Price (Journal of Educational and Behavioral Statistics 37, 2012, 479-488): half
    a pair is added to each of the four groups.
    """
    p = counts.compared(pairs.better, pairs.worse, spread=Spread(degrees=degrees)).p
    number = pairs.number + 2
    better, worse = (pairs.better + 1) / number, (pairs.worse + 1) / number
    half = quantile(level, degrees) * math.sqrt((better + worse - (better - worse) ** 2) / number)
    return Compared(pairs.gain, max(-1.0, better - worse - half), min(1.0, better - worse + half), p)


def compared(now: Pairs, before: Pairs, level: float = LEVEL, degrees: float = KNOWN) -> Compared:
    """The difference of two gains, its interval and p-value, by the standard errors that the pairs have."""
    size = now.gain - before.gain
    error = math.hypot(_error(now), _error(before))
    half = quantile(level, degrees) * error
    return Compared(size, max(-2.0, size - half), min(2.0, size + half), two_sided(size / error, degrees))


def _error(pairs: Pairs) -> float:
    """The standard error of a gain, with half a pair in each of the four groups, so that it is never 0."""
    number = pairs.number + 2
    better, worse = (pairs.better + 1) / number, (pairs.worse + 1) / number
    return math.sqrt((better + worse - (better - worse) ** 2) / number)
