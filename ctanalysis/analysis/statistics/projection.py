"""Where the sum of further quarters will lie, by the quarters so far: an interval for the outcome, not for a mean.

Quasi-Poisson: the sum of further quarters of total size E (seasonal indices, parts of quarters) has the mean level x E
and the variance  dispersion x mean x (1 + E / W), where W is the size of the quarters that the level is estimated from
(prediction of a count from a count: Hahn and Meeker, Statistical Intervals, 1991, chapter 7). Its form is the negative
binomial, which is a Poisson distribution for a dispersion of 1 and nearly a gamma distribution for sums of money.
Tails are those of Student's t, because the dispersion is an estimate.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ctanalysis.analysis.statistics.season import QUARTERS, Season, seasonal

FEWEST = 3  # quarters
COVERED = 0.8  # of outcomes, by the interval
STEADY = 4  # degrees of freedom given to a dispersion of 1, with which the estimate is averaged
CLEARLY = 3  # times what is explained: a level that wanders
TWO = 2  # fours of quarters, for a change
LEAST = 0.5  # of a count so far: nothing so far is not nothing for ever
STEPS = 60  # of a bisection
NEARLY = 1e-6


@dataclass(frozen=True)
class Projection:
    """The distribution of the sum of further quarters. whole: it is a number of things, so that limits are whole.

    season: what was seen of season and of over-dispersion in the quarters so far. dispersion: variance / mean of what
    comes. size, to_come: of the quarters that the level is from, and of those ahead (a mean quarter is 1). wandering:
    the variance that comes from the level's own way.
    """

    mean: float
    degrees: float
    whole: bool
    season: Season
    dispersion: float
    size: float
    to_come: float
    wandering: float

    @property
    def variance(self) -> float:
        """Of the sum about the mean: of what comes, of the level that is an estimate, and of one that wanders."""
        return self.dispersion * self.mean * (1 + self.to_come / self.size) + self.wandering

    @property
    def interval(self) -> tuple[float, float]:
        """The limits between which the sum lies with 80 %: at most 10 % are below, and as much above."""
        return self.quantile((1 - COVERED) / 2), self.quantile((1 + COVERED) / 2)

    def at_most(self, value: float) -> float:
        """How probable a sum up to this one is, if mean and variance were known."""
        from scipy.special import betainc, gammaincc

        if value < 0 or self.mean <= 0:
            return float(value >= 0)
        if self.variance <= self.mean * (1 + NEARLY):
            return float(gammaincc(value + 1, self.mean))
        failures = self.mean**2 / (self.variance - self.mean)
        return float(betainc(failures, value + 1, self.mean / self.variance))

    def quantile(self, probability: float) -> float:
        """The least sum that has at least this probability below it or at it, mean and variance being estimates."""
        from scipy.special import ndtr, stdtrit

        wanted = float(ndtr(stdtrit(self.degrees, probability)))
        low, high = 0.0, self.mean + 1
        if self.at_most(0) >= wanted:
            return 0.0
        while self.at_most(high) < wanted:
            high *= 2
        for _ in range(STEPS):
            middle = (low + high) / 2
            low, high = (low, middle) if self.at_most(middle) >= wanted else (middle, high)
        return float(math.ceil(high - NEARLY * (1 + high))) if self.whole else high

    def p_value(self, value: float) -> float:
        """Two-sided, of "the sum will be this value"."""
        from scipy.special import ndtri, stdtr

        below = value - 1 if self.whole else value
        tails = self.at_most(value), 1 - self.at_most(below)
        return min(1.0, 2 * min(float(stdtr(self.degrees, ndtri(tail))) for tail in tails))

    def p_of_pace(self, actual: float, so_far: float, target: float) -> float:
        """Two-sided, of "the pace is the target's": of a process that gives the target in all, and varies by chance.

        actual: to date; so_far: the size of those quarters. What has come by chance is carried on with the level: the
        projected whole has the variance  dispersion x target / (S + E) x (S + 2 E min(S, W) / W + E^2 / W), where S
        is so_far, E what is to come and W the size that the level is from. In the form of a scaled Poisson number.
        """
        from scipy.special import gammainc, gammaincc, ndtri, stdtr

        if target <= 0:
            return 1.0
        ahead, both = self.to_come, min(so_far, self.size) / self.size
        errors = so_far + 2 * ahead * both + ahead**2 / self.size
        scale = max(1.0, self.dispersion * errors / (so_far + ahead) + self.wandering / target)
        whole, mean = (actual + self.mean) / scale, target / scale
        tail = min(float(gammainc(whole, mean)) if whole > 0 else 1.0, float(gammaincc(whole + 1, mean)))
        return min(1.0, 2 * float(stdtr(self.degrees, ndtri(tail))))


def projected(
    values: Sequence[float], quarter_of_year: Sequence[int], ahead: Sequence[tuple[int, float]], of_counts: bool
) -> Projection | None:
    """The sum of quarters ahead: each with its quarter of the year, and which part of it is to come (1: all of it).

    values: of quarters in order (NaN is a gap). of_counts: they are counts of single things, so that the dispersion of
    a steady process is 1, with which the estimate is averaged: (degrees x dispersion + 4) / (degrees + 4). The level is
    that of the last four quarters that are known, season taken out where it shows, so that earlier growth and shocks do
    not count; how much it wanders from year to year does. None with fewer than three known quarters or values below 0.
    """
    pairs = zip(values, quarter_of_year, strict=True)
    known = [(float(value), quarter) for value, quarter in pairs if not math.isnan(value)]
    if len(known) < FEWEST or any(value < 0 for value, _ in known):
        return None
    season = seasonal(values, quarter_of_year)
    sized = [(value, season.index(quarter)) for value, quarter in known if season.index(quarter) > 0]
    steady = STEADY if of_counts else 0
    degrees = season.degrees + steady
    if degrees == 0:
        return None
    dispersion = (season.degrees * season.dispersion + steady) / degrees
    total, size = _sums(sized[-QUARTERS:])
    to_come = sum(season.index(quarter) * part for quarter, part in ahead)
    mean = max(total, LEAST if of_counts else 0.0) / size * to_come
    years = (QUARTERS + sum(part for _, part in ahead)) / 2 / QUARTERS  # between the middle of both
    wandering = mean**2 * _wander(sized, dispersion) * years
    return Projection(mean, float(degrees), of_counts, season, dispersion, size, to_come, wandering)


def _sums(sized: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(value for value, _ in sized), sum(size for _, size in sized)


def _wander(sized: Sequence[tuple[float, float]], dispersion: float) -> float:
    """How far the level moves in a year: half the mean square of the changes of its logarithm.

    The changes are those from four quarters to the next four, less what the dispersion explains of them (dispersion /
    total of each four); 0 where the mean square is not three times that. The half and the three are tuned by the
    backtest (docs/methods.md).
    """
    fours = [_sums(sized[end - QUARTERS : end]) for end in range(len(sized), QUARTERS - 1, -QUARTERS)]
    told = [(math.log(total / size), dispersion / total) for total, size in fours if total > 0]
    if len(told) < TWO:
        return 0.0
    pairs = list(pairwise(told))
    moved = sum((now - before) ** 2 for (now, _), (before, _) in pairs) / len(pairs)
    explained = sum(now + before for (_, now), (_, before) in pairs) / len(pairs)
    return (moved - explained) / 2 if moved > CLEARLY * explained else 0.0
