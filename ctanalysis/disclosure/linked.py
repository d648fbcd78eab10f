"""The same breakdown of several years and of the project to date, laid side by side.

A reader subtracts: the project to the end of one year less that of another is what lies between.
So a breakdown of the project to a year's end is told only if, from it and from all years and
years' ends before it, no reader can show that any cell of any span of years is 1 to 9 people.
"""

import numpy as np

NONE_LESS, NO_MORE = 0.0, np.inf


def told_ends(years, ends, rule):
    """Which tables of the project to the end of each year may be told, in the order of the years.

    years, ends: for each fiscal year the printed cells of the year and of the project to its end,
    arrays (years, cells), NaN where a cell is hidden and all NaN where the table is not told
    anyway. Returns a list of bool. Years decide before ends, earlier ends before later ones, so
    that what was told once is told again.
    """
    told = []
    for count in range(1, len(years) + 1):
        trial = [*told, True]
        shown = [table if keep else np.full_like(table, np.nan) for keep, table in zip(trial, ends)]
        possible = not np.isnan(ends[count - 1]).all()
        told.append(possible and all(_safe(_ranges(years[:count], cell, rule), _ranges(shown, cell, rule), rule) for cell in range(years[0].size)))
    return told


def _ranges(tables, cell, rule):
    """What a reader knows of one cell in each table: at least, at most."""
    half = (rule.round_to - 1) // 2
    for table in tables:
        if np.isnan(table).all():
            yield NONE_LESS, NO_MORE
        elif np.isnan(table[cell]):
            yield NONE_LESS, rule.fewer_than - 1
        else:
            yield max(table[cell] - half, rule.fewer_than), table[cell] + half


def _safe(years, ends, rule):
    """Whether every span of years may still be none, or be as large as what is not hidden.

    The sums up to each year's end are points, and what is known are bounds on their differences;
    the tightest bounds that follow are shortest paths (Floyd and Warshall).
    """
    years, ends = list(years), list(ends)
    size = len(years) + 1
    most = np.full((size, size), NO_MORE)  # most[a, b]: at most so much lies between the ends of years a and b
    np.fill_diagonal(most, 0)
    for place, (low, high) in enumerate(years):
        most[place, place + 1], most[place + 1, place] = high, -low
    for place, (low, high) in enumerate(ends, 1):
        most[0, place], most[place, 0] = min(most[0, place], high), min(most[place, 0], -low)
    for middle in range(size):
        most = np.minimum(most, most[:, [middle]] + most[[middle], :])
    spans = [(-most[b, a], most[a, b]) for a in range(size) for b in range(a + 1, size)]
    consistent = (np.diag(most) >= 0).all()
    return bool(consistent) and not any(low >= 1 and high < rule.fewer_than for low, high in spans)
