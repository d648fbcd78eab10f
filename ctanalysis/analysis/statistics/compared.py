"""What every comparison of two numbers says, and how it allows for a variance that was itself estimated."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

LEVEL = 0.05  # of a test by itself; its interval holds 95 %
KNOWN = math.inf  # the degrees of freedom of a variance that is known, and not estimated


class Spread(NamedTuple):
    """The variance of counts over their mean, and the degrees of freedom from which it was estimated."""

    dispersion: float = 1.0
    degrees: float = KNOWN


INDEPENDENT = Spread()  # events that have nothing to do with each other: Poisson's distribution


@dataclass(frozen=True)
class Compared:
    """A comparison: its size (a ratio, or a difference), the interval that goes with it, and the two-sided p-value.

    size and an end may be infinite (something against nothing). NaN: nothing against nothing has no ratio.
    """

    size: float
    low: float
    high: float
    p: float


def covering(found: Sequence[Compared]) -> Compared:
    """What holds whatever a rounded number is: the size of the first, the widest ends, the highest p-value."""
    lows, highs, ps = ([getattr(one, name) for one in found] for name in ("low", "high", "p"))
    return Compared(found[0].size, min(lows), max(highs), max(ps))


def widened(level: float, degrees: float) -> float:
    """The level at which a normal interval is as wide as that of Student's t with so many degrees of freedom.

    An over-dispersion that is estimated from few quarters may be too small by chance; t, in place of the normal
    distribution, allows for it (McCullagh and Nelder, Generalized Linear Models, 2nd edition, 1989, section 4.5.2).
    """
    from scipy.special import ndtr, stdtrit

    return level if degrees == KNOWN else float(2 * ndtr(-stdtrit(degrees, 1 - level / 2)))


def allowed_for(p: float, degrees: float) -> float:
    """A normal two-sided p-value as that of Student's t with so many degrees of freedom (see widened)."""
    from scipy.special import ndtri, stdtr

    return p if degrees == KNOWN or p <= 0 else min(1.0, float(2 * stdtr(degrees, ndtri(p / 2))))


def quantile(level: float, degrees: float = KNOWN) -> float:
    """How many standard errors an interval of 1 - level reaches to either side: 1.96 where the variance is known."""
    from scipy.special import ndtri, stdtrit

    return float(ndtri(1 - level / 2) if degrees == KNOWN else stdtrit(degrees, 1 - level / 2))


def two_sided(z: float, degrees: float = KNOWN) -> float:
    """The two-sided p-value of a difference of so many standard errors."""
    from scipy.special import ndtr, stdtr

    return float(2 * (ndtr(-abs(z)) if degrees == KNOWN else stdtr(degrees, -abs(z))))
