"""The median and the quartiles of a column, in every window and category.

Quantiles are by definition 2 of Hyndman & Fan ("Sample quantiles in statistical packages", The American Statistician
50, 1996): of n values in their order, with n p = j + g, that at place j + 1 where g > 0, and the mean of those at j and
j + 1 where g = 0. So it is one of the values, or halfway between two: the median of 1, 2, 3, 10 is 2.5. Stata's
pctile does the same (stata.com/manuals/m-5quantile.pdf, "avg inv cdf").
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from ctanalysis.base.arrays import Floats, Integers, Mask, in_order
from ctanalysis.indicators.counting import EXACT, Counted, Grid, alike

QUARTERS = (1, 2, 3)  # the lower quartile, the median and the upper one, in fourths
Quantiles = Callable[[Integers | None, int], Floats]  # categories and how many -> (quarters, windows, categories)
BLOCK, CELLS = 5_000, 4_000_000  # rows of a block at the least, and numbers in the table of counts at the most


def quartiles(grid: Grid, counted: Counted, numbers: Floats) -> Quantiles:
    """The three quartiles of rows in all windows of a grid, NaN where there are none.

    counted: the rows, all with a number. numbers: of each row of the table. The rows are sorted once; of blocks of them
    it is counted how many are of which group, so that of each window only one block is looked through. Those of all
    rows are worked out once: the median and what stands beside it ask for them.
    """
    ordered = counted.only(in_order(np.round(numbers[counted.rows] * EXACT).astype(np.int64)))
    groups = alike(grid, ordered)
    seen = _seen(grid, ordered, groups)

    def told(codes: Integers | None, size: int) -> Floats:
        own = np.zeros(len(groups), np.int64) if codes is None else codes[ordered.rows]
        blocks = _Blocks.of(groups, own, (seen.shape[1], size))
        found = np.full((len(QUARTERS), len(seen), size), np.nan)
        for window, inside in enumerate(seen):
            before = blocks.before(inside)
            for category in np.flatnonzero(before[-1]).tolist():
                for place, quarter in enumerate(QUARTERS):
                    whole, rest = divmod(int(before[-1, category]) * quarter, 4)
                    ranks = (whole,) if rest else (whole - 1, whole)
                    rows = [blocks.row(inside, category, before[:, category], rank) for rank in ranks]
                    values = np.round(numbers[ordered.rows[rows]] * EXACT)  # no decimal is lost halfway
                    found[place, window, category] = values.sum() / (len(rows) * EXACT)
        return found

    of_all = cache(lambda: told(None, 1))
    return lambda codes, size: of_all() if codes is None else told(codes, size)


def _seen(grid: Grid, counted: Counted, groups: Integers) -> Mask:
    """Which groups each window sees: an array (windows, groups)."""
    first = np.zeros(groups.max(initial=-1) + 1, np.int64)
    first[groups] = np.arange(len(groups))
    one_of_each = replace(counted.only(first), rows=np.arange(len(first)))
    found = np.zeros((len(grid.start_of), len(first)), bool)
    for window, (start, end) in enumerate(zip(grid.start_of, grid.end_of, strict=True)):
        found[window, one_of_each.within(int(grid.starts[start]), int(grid.ends[end]))] = True
    return found


@dataclass(frozen=True)
class _Blocks:
    """Rows in their order, cut into blocks of a length, with how many of each group and category are before each.

    counts: an array (blocks + 1, groups, categories).
    """

    groups: Integers
    categories: Integers
    length: int
    counts: Integers

    @classmethod
    def of(cls, groups: Integers, categories: Integers, shape: tuple[int, int]) -> "_Blocks":
        most = max(1, CELLS // max(1, shape[0] * shape[1]))
        length = max(BLOCK, -(-len(groups) // most))
        blocks = -(-len(groups) // length)
        bins = (np.arange(len(groups)) // length * shape[0] + groups) * shape[1] + categories
        counts = np.bincount(bins, minlength=blocks * shape[0] * shape[1]).reshape(blocks, *shape)
        return cls(groups, categories, length, np.concatenate([np.zeros((1, *shape), np.int64), counts.cumsum(axis=0)]))

    def before(self, inside: Mask) -> Integers:
        """How many rows of some groups are before each block, by category."""
        before: Integers = self.counts[:, inside].sum(axis=1)
        return before

    def row(self, inside: Mask, category: int, before: Integers, rank: int) -> int:
        """The place of the row of a rank, from 0 on, among those of some groups and a category."""
        block = int(np.searchsorted(before, rank, side="right")) - 1
        part = slice(block * self.length, (block + 1) * self.length)
        rows = np.flatnonzero(inside[self.groups[part]] & (self.categories[part] == category))
        return block * self.length + int(rows[rank - before[block]])
