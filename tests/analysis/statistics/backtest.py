"""Simulated projects of sixteen quarters, and how often the projection's interval holds what comes.

Written from the shapes that the issue names; a project is a list of quarterly counts and the quarter at which one
stands. Everything but the shape is drawn at random: the level (8 to 400 a quarter), mild season and over-dispersion in
half of the projects.
"""

import math

import numpy as np

from ctanalysis.analysis.statistics.projection import projected

QUARTERS = 16
SHAPES = ("season", "ramp-up", "over-dispersion", "short histories", "past shocks")


def simulated(rng, shape):
    """The counts of sixteen quarters, and how many of them are over."""
    level, over = math.exp(rng.uniform(math.log(8), math.log(400))), int(rng.integers(5, QUARTERS))
    season, course, dispersion = np.ones(4), np.ones(QUARTERS), 1.0
    if shape == "season" or rng.random() < 0.5:
        season = np.exp(rng.normal(0, 0.4 if shape == "season" else 0.2, 4))
        season /= season.mean()
    if rng.random() < 0.5:
        dispersion = rng.uniform(1, 3)
    if shape == "season":  # two years or more, so that it can show
        over = int(rng.integers(8, QUARTERS))
    elif shape == "ramp-up":
        quarters, first = int(rng.integers(3, 7)), rng.uniform(0.15, 0.5)
        course = np.minimum(1, first + (1 - first) * np.arange(QUARTERS) / quarters)
    elif shape == "over-dispersion":
        dispersion = rng.uniform(2, 10)
    elif shape == "short histories":
        over = int(rng.integers(3, 7))
    elif shape == "past shocks":
        for _ in range(int(rng.integers(1, 3))):
            course[rng.integers(0, over)] = rng.choice([rng.uniform(0, 0.5), rng.uniform(1.5, 2.5)])
    elif shape == "future shock":
        course[rng.integers(over, QUARTERS)] = 0.2
    elif shape == "growth that goes on":
        course = 1 + 0.05 * np.arange(QUARTERS)
    return counts(rng, level * course * np.tile(season, 4), dispersion), over


def counts(rng, means, dispersion):
    """Poisson counts, or negative binomial ones whose variance is dispersion x mean."""
    if dispersion <= 1:
        return rng.poisson(means).astype(float)
    return rng.negative_binomial(np.maximum(means, 1e-9) / (dispersion - 1), 1 / dispersion).astype(float)


def covered(rng, shape, projects):
    """Which part of the outcomes, at the end of the year and of the project, lie in the 80 % intervals."""
    held = []
    for _ in range(projects):
        values, over = simulated(rng, shape)
        for end in {-(-over // 4) * 4, QUARTERS} - {over}:
            ahead = [(place % 4 + 1, 1.0) for place in range(over, end)]
            found = projected(values[:over], [place % 4 + 1 for place in range(over)], ahead, of_counts=True)
            low, high = found.interval
            held.append(low <= values[over:end].sum() <= high)
    return sum(held) / len(held)
