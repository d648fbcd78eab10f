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


def gained(pairs: Pairs, most: Pairs | None = None, level: float = LEVEL, degrees: float = KNOWN) -> Compared:
    """The gain as a difference of shares, its interval, and the p-value of McNemar's exact test.

    pairs: where the numbers stand for several, the fewest who got better and worse; most: the most of both. What is
    found then holds for all between: the p-value is that of the two numbers that are nearest to each other, 1 where
    they may be the same, and the interval reaches as far as that of any two. The interval is that of Bonett and Price
    (Journal of Educational and Behavioral Statistics 37, 2012, 479-488): half a pair is added to each of the four
    groups.
    """
    most = most or pairs
    least, largest = Pairs(pairs.better, most.worse, pairs.number), Pairs(most.better, pairs.worse, pairs.number)
    nearest = least if least.gain > 0 else largest if largest.gain < 0 else None
    p = counts.compared(nearest.better, nearest.worse, spread=Spread(degrees=degrees)).p if nearest else 1.0
    number, half = pairs.number + 2, quantile(level, degrees) * error(pairs, most)
    low, high = ((end.better - end.worse) / number for end in (least, largest))
    return Compared((least.gain + largest.gain) / 2, max(-1.0, low - half), min(1.0, high + half), p)


def compared(now: Pairs, before: Pairs, level: float = LEVEL, degrees: float = KNOWN) -> Compared:
    """The difference of two gains, its interval and p-value, by the standard errors that the pairs have."""
    return differing(now.gain - before.gain, math.hypot(error(now), error(before)), level, degrees)


def differing(size: float, error: float, level: float = LEVEL, degrees: float = KNOWN) -> Compared:
    """A difference of two gains with its standard error, its interval and p-value."""
    half = quantile(level, degrees) * error
    return Compared(size, max(-2.0, size - half), min(2.0, size + half), two_sided(size / error, degrees))


def error(pairs: Pairs, most: Pairs | None = None) -> float:
    """The standard error of a gain, with half a pair in each of the four groups, so that it is never 0.

    Of numbers that stand for several (see gained) no less than that of any two: it grows with how many changed, and
    falls with how far apart they are.
    """
    most, number = most or pairs, pairs.number + 2
    changed = (most.better + most.worse + 2) / number
    apart = max(0.0, pairs.better - most.worse, pairs.worse - most.better) / number
    return math.sqrt(max(0.0, changed - apart**2) / number)
