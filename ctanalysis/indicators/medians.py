"""The median and the quartiles of a column, in every window and category.

Quantiles are by definition 2 of Hyndman & Fan ("Sample quantiles in statistical packages", The American Statistician
50, 1996): of n values in their order, with n p = j + g, that at place j + 1 where g > 0, and the mean of those at j and
j + 1 where g = 0. So it is one of the values, or halfway between two: the median of 1, 2, 3, 10 is 2.5. Stata's
pctile does the same (stata.com/manuals/m-5quantile.pdf, "avg inv cdf").
"""

from collections.abc import Callable

import numpy as np

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators.counting import EXACT, Counted, Grid

QUARTERS = (1, 2, 3)  # the lower quartile, the median and the upper one, in fourths
Quantiles = Callable[[Integers | None, int], Floats]  # categories and how many -> (quarters, windows, categories)


def quartiles(grid: Grid, counted: Counted, numbers: Floats) -> Quantiles:
    """The three quartiles of rows in all windows of a grid, NaN where there are none.

    counted: the rows, all with a number. numbers: of each row of the table.
    """
    ordered = counted.only(np.argsort(numbers[counted.rows], kind="stable"))
    spans = list(zip(grid.starts[grid.start_of].tolist(), grid.ends[grid.end_of].tolist(), strict=True))

    def told(codes: Integers | None, size: int) -> Floats:
        found = np.full((len(QUARTERS), len(spans), size), np.nan)
        for place, span in enumerate(spans):
            rows = ordered.within(*span)
            groups = np.zeros(len(rows), np.int64) if codes is None else codes[rows]
            rows = rows[np.argsort(groups, kind="stable")]
            found[:, place] = _of_groups(numbers[rows], np.bincount(groups, minlength=size))
        return found

    return told


def _of_groups(numbers: Floats, counts: Integers) -> Floats:
    """The quartiles of groups of numbers that stand one behind the other, each in its order. counts: of each group."""
    found = np.full((len(QUARTERS), len(counts)), np.nan)
    there, first = np.flatnonzero(counts), np.cumsum(counts) - counts
    for place, quarter in enumerate(QUARTERS):
        whole, rest = np.divmod(counts[there] * quarter, 4)
        upper = first[there] + whole
        lower = np.where(rest == 0, upper - 1, upper)
        halfway = np.round(numbers[lower] * EXACT) + np.round(numbers[upper] * EXACT)  # no decimal is lost
        found[place, there] = halfway / (2 * EXACT)
    return found
