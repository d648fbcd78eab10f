"""Rates, tests and intervals by region and by sex, from their definitions: plain Python and published functions."""

from datetime import date, timedelta

from scipy.stats import binom, norm, poisson
from scipy.stats import t as student
from statsmodels.stats.proportion import proportion_confint


def mean_residents(by_year, start, end):
    """by_year: residents by calendar year. Each day has the residents of its year; the mean of all days."""
    days = [start + timedelta(number) for number in range((end - start).days + 1)]
    return sum(by_year[day.year] for day in days) / len(days)


def two_sided(now, before, residents, others, degrees=None):
    """Of the total, the region's part is binomial by its residents: twice the smaller tail.

    degrees: of the variance, where it was estimated; the p-value is then that of Student's t.
    """
    part, total = residents / (residents + others), now + before
    p = min(1.0, 2 * min(binom.sf(now - 1, total, part), binom.cdf(now, total, part)))
    return p if degrees is None or p == 1 else 2 * student.sf(norm.isf(p / 2), degrees)


def limits(mean):
    """The last count that 0.135 % or less are below, and the first that as little are above."""
    tail = norm.sf(3)
    return max(0, poisson.ppf(tail, mean)), poisson.ppf(1 - tail, mean)


def wilson(count, number):
    return proportion_confint(count, number, method="wilson")


DAYS = date(2011, 10, 1), date(2012, 9, 30)
