"""Season and over-dispersion of a quarterly series of counts or sums.

Model: the quarter q of the twelve months y has the mean  a(y) x s(q)  and the variance  dispersion x mean  (quasi-
Poisson; McCullagh and Nelder, Generalized Linear Models, 2nd edition, 1989, chapters 6 and 9). Its levels a(y) are
those of four quarters each, counted back from the last one, so that growth from year to year is neither season nor
over-dispersion; where they do not differ, dispersion is that about one level, which leaves more to estimate it from.
Fitted by proportional scaling (Deming and Stephan 1940), which is maximum likelihood for such a model.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

QUARTERS = 4
YEARS = 2  # whole ones, the fewest that can show season
LEVEL = 0.05  # of the test that decides whether season shows
ROUNDS = 500  # at most; a whole table needs one
NEARLY = 1e-12  # what a computer adds
Numbers = NDArray[np.float64]
Places = NDArray[np.int_]


@dataclass(frozen=True)
class Season:
    """What a quarterly series shows of season and of variation about it.

    indices: of the quarters 1-4 of a year, with mean 1: 1.2 is a fifth above the year's mean; None where there are
    not two whole years, or where season does not show. dispersion: variance / mean about the model, at least 1.
    degrees: the degrees of freedom from which it is estimated; 0 where nothing can be said of it, and it is 1.
    level: the mean of a quarter in the last four, season taken out. p_value: of the test for season; NaN without one.
    """

    indices: tuple[float, ...] | None
    dispersion: float
    degrees: int
    level: float
    p_value: float = math.nan

    def index(self, quarter: int) -> float:
        """The seasonal index of a quarter of the year (1-4); 1 where there is no season."""
        return self.indices[quarter - 1] if self.indices else 1.0


@dataclass(frozen=True)
class _Fit:
    """A fitted model: the means, the deviance and Pearson's chi-square, and the degrees of freedom left."""

    levels: Numbers
    indices: Numbers
    deviance: float
    pearson: float
    degrees: int

    @property
    def dispersion(self) -> float:
        found = self.pearson / self.degrees if self.degrees > 0 else 1.0
        return found if found > 1 + NEARLY else 1.0


def seasonal(values: Sequence[float], quarter_of_year: Sequence[int]) -> Season:
    """The season of a series: values of quarters in order (NaN is a gap), and which quarter of its year each one is.

    Season shows where there are two whole years (eight quarters, each of the four at least twice) and the quarters of
    the year differ at 5 %: F = (difference of deviances / 3) / dispersion, with 3 and `degrees` degrees of freedom.
    Where it does not show, dispersion is that about the levels alone; in the same way the levels of years count only
    where they differ. Values below 0 (money paid back) have no season.
    """
    found = np.asarray(values, dtype=float)
    quarters = np.asarray(quarter_of_year, dtype=int)
    if not len(found):
        return Season(None, 1.0, 0, 0.0)
    years = _years_back(quarters)[~np.isnan(found)]
    quarters, found = quarters[~np.isnan(found)] - 1, found[~np.isnan(found)]
    if not len(found) or not found.sum() > 0:
        return Season(None, 1.0, 0, 0.0)
    if (found < 0).any():
        return _without_model(found)
    plain = _fitted(found, years, np.zeros_like(quarters))
    if len(found) < YEARS * QUARTERS or np.bincount(quarters, minlength=QUARTERS).min() < YEARS:
        return _season(_about_one_level(plain, found, years, np.zeros_like(quarters)), years)
    full = _fitted(found, years, quarters)
    p_value = _p_of(plain, full)
    chosen = (full, quarters) if p_value < LEVEL else (plain, np.zeros_like(quarters))
    return _season(_about_one_level(chosen[0], found, years, chosen[1]), years, p_value)


def _years_back(quarters: Places) -> Places:
    """For each quarter, of which four it is, counted back from the last one: 0 for the last four."""
    steps = (np.diff(quarters) - 1) % QUARTERS + 1  # the same quarter again is a year later
    place = np.concatenate([[0], np.cumsum(steps)])[: len(quarters)]
    back: Places = (place.max() - place) // QUARTERS
    return back


def _fitted(values: Numbers, years: Places, quarters: Places) -> _Fit:
    """The model with levels by year and indices by quarter; all quarters 0: without season."""
    indices, levels = np.ones(QUARTERS), np.zeros(years.max() + 1)
    for _ in range(ROUNDS):
        before = levels
        levels = _ratio(np.bincount(years, values), np.bincount(years, indices[quarters]))
        indices = _ratio(np.bincount(quarters, values, QUARTERS), np.bincount(quarters, levels[years], QUARTERS))
        if (abs(levels - before) <= NEARLY * levels).all():
            break
    means = levels[years] * indices[quarters]
    counted = means > 0
    used = len(set(years[counted])) + len(set(quarters[counted])) - 1
    return _Fit(
        levels,
        indices,
        _deviance(values[counted], means[counted]),
        float(((values - means)[counted] ** 2 / means[counted]).sum()),
        int(counted.sum()) - used,
    )


def _ratio(above: NDArray[Any], below: NDArray[Any]) -> Numbers:
    found: Numbers = np.zeros(len(above))
    np.divide(above, below, out=found, where=below > 0)
    return found


def _deviance(values: Numbers, means: Numbers) -> float:
    """2 x sum(value log(value / mean) - (value - mean)), where 0 log 0 is 0."""
    some = values > 0
    logs = np.log(np.where(some, values, 1)) - np.log(np.where(some, means, 1))  # no ratio, which may be 0
    return float(2 * (values * logs - (values - means)).sum())


def _about_one_level(fit: _Fit, values: Numbers, years: Places, quarters: Places) -> _Fit:
    """A fit with the variation about one level for all years, where theirs do not differ at LEVEL."""
    if not years.any():
        return fit
    steady = _fitted(values, np.zeros_like(years), quarters)
    differ = _p_of(steady, fit) < LEVEL
    return fit if differ else replace(fit, pearson=steady.pearson, degrees=steady.degrees)


def _p_of(plain: _Fit, full: _Fit) -> float:
    """How probable it is that a model fits so much better than a plainer one of which it says no more."""
    from scipy.special import fdtrc

    used = plain.degrees - full.degrees
    if full.degrees < 1 or used < 1:
        return 1.0
    return float(fdtrc(used, full.degrees, max(0.0, plain.deviance - full.deviance) / used / full.dispersion))


def _season(fit: _Fit, years: Places, p_value: float = math.nan) -> Season:
    """The season of a fitted model. p_value: where it is below LEVEL, the model has one."""
    shows = p_value < LEVEL
    mean = float(fit.indices.mean()) if shows else float(fit.indices[0])
    indices = tuple(float(index / mean) for index in fit.indices) if shows else None
    return Season(indices, fit.dispersion, max(0, fit.degrees), float(fit.levels[years.min()] * mean), p_value)


def _without_model(values: Numbers) -> Season:
    """Of values below 0 among others: no season, and the variance of all of them about their mean."""
    mean, degrees = float(values.mean()), len(values) - 1
    return Season(None, max(1.0, float(values.var(ddof=1)) / mean), degrees, mean)
