"""How often a comparison claims a change where nothing changed, and how often it sees one: of simulated series."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace

import numpy as np
import pytest

from ctanalysis import project
from ctanalysis.analysis import tested as tests_of
from ctanalysis.analysis.pair import Pair
from ctanalysis.analysis.values import Value
from tests.generators import small

SEASON = np.array([1.4, 0.9, 1.2, 0.5])
QUARTERS = 13


@cache
def loaded():
    calculation = 'measure = "count"\ntable = "rows"\ndate = "day"'
    return project.load(small.write(Path(mkdtemp()) / "p", "day\n2011-11-01", calculation))


def known_of(numbers):
    """What an analysis would know of a project with these numbers in its first thirteen quarters."""
    found = loaded()
    periods = found.calendar.completed("quarter")[:QUARTERS]
    values = tuple(
        Value(found.sheets[0], "quarter", one.start, one.end, "all", "exact", *[float(number)] * 3, np.nan, np.nan)
        for one, number in zip(periods, numbers, strict=True)
    )
    return SimpleNamespace(project=found, period=periods[-1], series={found.sheets[0].code: values}), values


def p_values(mean, dispersion, times, chance):
    """Of one series of thirteen quarters: p against the same quarter last year, and against the quarter before."""
    means = mean * np.resize(SEASON, QUARTERS) * np.where(np.arange(QUARTERS) == QUARTERS - 1, times, 1)
    if dispersion > 1:
        means = chance.gamma(means / (dispersion - 1), dispersion - 1)
    known, values = known_of(chance.poisson(means))
    return [tests_of.tested(Pair(known, values[-1], values[place]), place == -2).found.p for place in (-5, -2)]


def claimed(mean, dispersion, times=1.0, tries=600):
    chance = np.random.default_rng(14)
    found = np.array([p_values(mean, dispersion, times, chance) for _ in range(tries)])
    return (found < 0.05).mean(axis=0)


@pytest.mark.long
@pytest.mark.parametrize(("mean", "dispersion"), [(8, 1), (80, 1), (80, 4), (400, 12)])
def test_where_nothing_changed_few_series_claim_it(mean, dispersion):
    """With season and over-dispersion, at most 7 of 100 comparisons by themselves are below 5 %."""
    assert (claimed(mean, dispersion) < 0.07).all()


@pytest.mark.long
def test_a_doubling_of_independent_events_is_seen():
    """From 112 events in October–December to 224: in 95 of 100 series against the same quarter last year."""
    assert claimed(80, 1, times=2)[0] > 0.95
