"""The largest, the smallest and the latest number in each window, of all rows and by category."""

from dataclasses import dataclass

import numpy as np

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators.counting import Counted, Grid, alike


@dataclass(frozen=True)
class Extremes:
    """Extremes of numbers, ready to be broken down: call it with categories.

    measure: "max", "min" or "last". numbers, order: of each row of the table its number, and its place by primary key.
    counted: the rows that have a number and count.
    """

    measure: str
    numbers: Floats
    order: Integers
    counted: Counted
    grid: Grid

    def __call__(self, codes: Integers | None = None, size: int = 1) -> Floats:
        """An array (windows, size), NaN where no row has a value.

        codes: the category of each row of the table; all are one where None. The latest is that of the last day; of
        several rows on it, of the last by primary key.
        """
        valued, numbers, grid = self.counted, self.numbers, self.grid
        codes = np.zeros(len(numbers), np.int64) if codes is None else codes
        ranks = self._ranks()
        first = _foremost(alike(grid, valued) * size + codes[valued.rows], ranks)
        valued = valued.only(first[np.argsort(ranks[first], kind="stable")])  # the row written last is the one meant
        found = np.full((len(grid.start_of), size), np.nan)
        for place, (first, last) in enumerate(zip(grid.start_of, grid.end_of, strict=True)):
            rows = valued.within(int(grid.starts[first]), int(grid.ends[last]))
            found[place, codes[rows]] = numbers[rows]
        return found

    def _ranks(self) -> Floats:
        """Of each row that counts a number that is the largest for the one that is meant."""
        rows = self.counted.rows
        if self.measure == "last":
            return (self.counted.since * len(self.numbers) + self.order[rows]).astype(np.float64)
        ranks: Floats = self.numbers[rows] * (-1 if self.measure == "min" else 1)
        return ranks


def _foremost(groups: Integers, ranks: Floats) -> Integers:
    """The place of one row of the largest rank in each group that has any."""
    largest = np.full(groups.max(initial=-1) + 1, -np.inf)
    np.maximum.at(largest, groups, ranks)
    rows = np.flatnonzero(ranks == largest[groups])
    chosen = np.full(len(largest), -1)
    chosen[groups[rows]] = rows
    return chosen[chosen >= 0]
