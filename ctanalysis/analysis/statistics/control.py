"""Control charts: the limits within which a steady process varies, and the rules by which it does not.

Sources: Shewhart 1931; Western Electric, Statistical Quality Control Handbook, 1956 (a point beyond three standard
deviations; eight in a row on one side); Nelson 1984 has nine, and NHS England's Making Data Count seven in a row.
Wheeler 1993 (XmR charts); Laney 2002 (u' and p' charts: points of different size, with over-dispersion); Montgomery,
Introduction to Statistical Quality Control. Whatever judges a point is calculated from other, earlier points: with the
point among them, three standard deviations cannot be reached by ten points or fewer.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIGMAS = 3
TAIL = 0.0013498980316300933  # the part of a normal distribution beyond three standard deviations, on one side
RUN = 8  # in a row on one side of the centre: Western Electric
FEWEST = 6  # earlier points, for limits
SMALL = 10  # a mean below it: Poisson limits
TO_SIGMA = 1.128  # d2 of two: the mean moving range of a normal process in standard deviations
EFFICIENCY = 0.62  # degrees of freedom of the mean moving range for each of the points but one (Wheeler, table 4.3)
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Limits:
    """The centre of a point and its limits; degrees: the freedom of what they are calculated from."""

    centre: float
    lower: float
    upper: float
    degrees: float = math.inf

    def beyond(self, value: float) -> bool:
        """Whether a value is outside of the limits; a value that equals one is not."""
        return not self.lower <= value <= self.upper


@dataclass(frozen=True)
class Process:
    """A steady process as earlier points show it: point i has the mean level x size(i), the variance spread² x size(i).

    sizes: seasonal indices of counts, the number asked of shares; 1 for a plain XmR chart. same: how many of the points
    an estimate of the mean of one point rests on (with season those of its own quarter of the year).
    """

    level: float
    spread: float
    degrees: float
    points: int

    def limits(self, size: float = 1.0) -> Limits:
        """level x size ± 3 x spread x sqrt(size): of XmR the mean ± 2.66 mean moving ranges."""
        width = SIGMAS * self.spread * math.sqrt(size)
        return Limits(self.level * size, self.level * size - width, self.level * size + width, self.degrees)

    def p_value(self, value: float, size: float = 1.0, same: float | None = None) -> float:
        """Two-sided, of a further point: Student's t with the error of the centre, relative to `same` sizes before."""
        from scipy.special import stdtr

        off = value - self.level * size
        error = self.spread * math.sqrt(size + size**2 / (same or self.points))
        if self.degrees <= 0 or error == 0:
            return 1.0 if self.degrees <= 0 or off == 0 else 0.0
        return float(min(1.0, 2 * stdtr(self.degrees, -abs(off) / error)))


def individuals(values: Sequence[float], sizes: Sequence[float] | None = None, used: int = 0) -> Process:
    """An XmR chart's process, of points in order (NaN is a gap): z = (value - level x size) / sqrt(size).

    spread = mean |z(i) - z(i-1)| / 1.128, times sqrt((n - 1) / (n - 1 - used)): used are the degrees of freedom that a
    season estimated from the same points has taken (3). Points of size 0 say nothing.
    """
    found, size = np.asarray(values, dtype=float), np.asarray(sizes or [1.0] * len(values), dtype=float)
    known = ~np.isnan(found) & (size > 0)
    found, size = found[known], size[known]
    left = len(found) - 1 - used
    level = float(found.sum() / size.sum()) if len(found) else 0.0
    if left < 1:
        return Process(level, math.inf, 0.0, len(found))
    ranges = np.abs(np.diff((found - level * size) / np.sqrt(size)))
    spread = float(ranges.mean()) / TO_SIGMA * math.sqrt((len(found) - 1) / left)
    return Process(level, spread, EFFICIENCY * left, len(found))


def shares(numerators: Sequence[float], denominators: Sequence[float]) -> Process:
    """A p' chart's process (Laney 2002), as individuals() with sizes = denominators; spread at least the binomial one.

    Of a share of 0 or 1 the binomial spread is 0: half a count is added to each side (Agresti and Coull 1998).
    """
    process = individuals(numerators, denominators)
    total = sum(size for size in denominators if size > 0)
    part = (process.level * total + 0.5) / (total + 1) if total else 0.5
    binomial = math.sqrt(part * (1 - part))
    return Process(process.level, max(binomial, process.spread), process.degrees, process.points)


def share_limits(process: Process, denominator: float) -> Limits:
    """The limits of a share: those of its numerator over its denominator, within 0 and 1."""
    found = process.limits(denominator)
    low, high = max(0.0, found.lower / denominator), min(1.0, found.upper / denominator)
    return Limits(process.level, low, high, process.degrees)


def poisson_limits(mean: float, dispersion: float = 1.0) -> Limits:
    """The exact limits of small counts: at most 0.135 % of a Poisson count of this mean is below, and as much above.

    With over-dispersion those of count / dispersion, whose mean is mean / dispersion (real-valued quantiles).
    """
    from scipy.special import pdtr, pdtrik

    scaled = mean / dispersion
    if scaled <= 0:
        return Limits(0.0, 0.0, 0.0)
    none = math.exp(-scaled)  # how probable a count of 0 is
    low, high = (max(0.0, float(pdtrik(tail, scaled))) if tail > none else 0.0 for tail in (TAIL, 1 - TAIL))
    if dispersion > 1:  # of counts so few that most are 0, at least one cluster is usual
        return Limits(mean, low * dispersion, max(1.0, high) * dispersion)
    lower, upper = math.floor(low), math.ceil(high)
    lower += bool(pdtr(lower, scaled) <= TAIL)
    return Limits(mean, float(lower), float(upper))


def poisson_p(  # noqa: PLR0913, PLR0917  two counts and their sizes
    value: float, size: float, before: float, sizes: float, dispersion: float = 1.0, degrees: float = math.inf
) -> float:
    """Two-sided, of a count of one size after `before` in sizes: the conditional test of two Poisson rates.

    Given value + before, value is binomial with size / (size + sizes) (Przyborowski and Wilenski 1940); its tails are
    incomplete beta functions, so that value / dispersion may be taken for over-dispersed counts. degrees: of a
    dispersion that is estimated, and above 1; the tails are then those of Student's t.
    """
    from scipy.special import betainc, ndtri, stdtr

    if size <= 0 or sizes <= 0 or value + before <= 0:
        return 1.0
    part, now, then = size / (size + sizes), value / dispersion, before / dispersion
    at_least = float(betainc(now, then + 1, part)) if now > 0 else 1.0
    at_most = float(betainc(then, now + 1, 1 - part)) if then > 0 else 1.0
    tail = min(at_least, at_most)
    if dispersion > 1 and degrees < math.inf:
        tail = float(stdtr(degrees, ndtri(tail)))
    return min(1.0, 2 * tail)


def last_run(values: Sequence[float], centres: Sequence[float]) -> int:
    """How many points at the end are on one side of their centres: +8 above, -8 below; a gap or a tie ends a run."""
    length = 0
    for value, centre in zip(reversed(values), reversed(centres), strict=True):
        side = (value > centre) - (value < centre)
        if not side or side * length < 0:
            break
        length += side
    return length


def run_p(length: int, before: int) -> float:
    """Two-sided, of `length` further points all on one side of the median of `before` points, whatever they are like.

    Of exchangeable points, the lowest `before` // 2 of all are then among the earlier ones: a product of hypergeometric
    steps (the precedence test; Balakrishnan and Ng 2006).
    """
    low = before // 2
    return min(1.0, 2 * math.prod((before - i) / (before + length - i) for i in range(low)))
