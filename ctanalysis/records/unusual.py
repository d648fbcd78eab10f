"""Numbers of a partner that are not as its numbers usually are. They are counted all the same.

usual    the modified z-score of a value among those of the same partner, from its median, is beyond 3.5
         (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993); of at least 5 values. Where
         none of the partner's values is negative, of log(1 + value): counts and money are skewed, and
         a slip is one of tenfold
heaping  of at least 20 whole numbers from 10 upwards, those that end in 0 or 5 are so many more than
         one in five as chance would give to any partner of one project in a thousand (one-sided normal
         test, the level divided by the number of partners)

A value is compared with those of its own delivery and of the deliveries before it. Whether numbers are heaped is asked
of each delivery by itself; where it has fewer than 20, the partner's latest ones before it count too, until there are
20. Partners are those with rows up to then.
"""

from collections.abc import Iterator
from statistics import NormalDist

import numpy as np

from ctanalysis.project.rules import ByPartner, Heaping, Usual
from ctanalysis.records.arrays import Codes, Floats, Mask
from ctanalysis.records.arrivals import Arrivals
from ctanalysis.records.columns import Columns

FAR, FEW_VALUES = 3.5, 5
HEAPED, FEW_NUMBERS, SMALLEST = 0.001, 20, 10


def far_off(rule: Usual, columns: Columns, arrived: Arrivals) -> Mask:
    """Which rows have a value far outside what the same partner usually reports."""
    values = columns.numbers(rule.field)
    far = np.zeros(len(values), bool)
    for own, earlier in _deliveries(rule, columns, arrived):
        known = np.concatenate([values[own], *(values[rows] for rows in earlier)])
        far[own] = _scores(values[own], known[~np.isnan(known)]) > FAR
    return far


def _scores(values: Floats, known: Floats) -> Floats:
    """The modified z-score of each value among those that are known, NaN of none; 0 where these are too few."""
    if len(known) < FEW_VALUES:
        return np.zeros(len(values))
    if known.min() >= 0:
        values, known = np.log1p(values), np.log1p(known)
    median = np.median(known)
    distances = np.abs(known - median)
    middle, mean = np.median(distances), distances.mean()
    unit = middle / 0.6745 if middle > 0 else 1.253314 * mean
    return np.abs(values - median) / unit if unit > 0 else np.zeros(len(values))


def heaped(rule: Heaping, columns: Columns, arrived: Arrivals) -> Mask:
    """Which rows have a number that ends in 0 or 5, where far too many of the same partner do."""
    values, partner = columns.numbers(rule.field), columns.codes(rule.by)
    counts = (values >= SMALLEST) & (values % 1 == 0)
    round_ones = counts & (values % 5 == 0)
    limits = _limits(partner, arrived)
    named = np.zeros(len(values), bool)
    for own, earlier in _deliveries(rule, columns, arrived):
        of, ending = counts[own].sum(), round_ones[own].sum()
        for rows in earlier:
            if of >= FEW_NUMBERS:
                break
            of, ending = of + counts[rows].sum(), ending + round_ones[rows].sum()
        if of >= FEW_NUMBERS and (ending - 0.2 * of) / np.sqrt(0.16 * of) > limits[arrived.of[own[0]]]:
            named[own] = round_ones[own]
    return named


def _limits(partner: Codes, arrived: Arrivals) -> list[float]:
    """By delivery, the standard deviations beyond which its numbers are heaped."""
    partners = [set(partner[arrived.of == number].tolist()) - {-1} for number in range(len(arrived.before))]
    up_to = [partners[number].union(*map(partners.__getitem__, before)) for number, before in enumerate(arrived.before)]
    return [NormalDist().inv_cdf(1 - HEAPED / max(len(known), 1)) for known in up_to]


def _deliveries(rule: ByPartner, columns: Columns, arrived: Arrivals) -> Iterator[tuple[Codes, list[Codes]]]:
    """The rows of each partner in each delivery, and in each before it, the latest first."""
    partner = columns.codes(rule.by)
    order = np.lexsort((arrived.of, partner))
    edges = np.flatnonzero(np.diff(partner[order], prepend=-1) | np.diff(arrived.of[order], prepend=-1))
    groups = {(int(partner[rows[0]]), int(arrived.of[rows[0]])): rows for rows in np.split(order, edges) if len(rows)}
    for (who, number), own in groups.items():
        if who >= 0:
            yield own, [groups[who, other] for other in arrived.before[number] if (who, other) in groups]
