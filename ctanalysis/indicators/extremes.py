"""The largest, the smallest and the latest value of a column in each window, of all rows and by category."""

from dataclasses import dataclass

import numpy as np

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators.counting import Counted, Grid, alike
from ctanalysis.project.row_calculations import Extreme
from ctanalysis.records.columns import Columns


@dataclass(frozen=True)
class Extremes:
    """A column's extremes, ready to be broken down: call it with categories. counted: rows that satisfy conditions."""

    columns: Columns
    calculation: Extreme
    counted: Counted
    grid: Grid

    def __call__(self, codes: Integers | None = None, size: int = 1) -> Floats:
        """An array (windows, size), NaN where no row has a value.

        codes: the category of each row of the table; all are one where None. The latest is that of the last day; of
        several rows on it, of the last by primary key.
        """
        grid, one = self.grid, np.zeros(len(self.columns), np.int64)
        codes = one if codes is None else codes
        numbers = self.columns.numbers(self.calculation.column)
        valued = self.counted.only(~np.isnan(numbers)[self.counted.rows])
        ranks = self._ranks(numbers, valued)
        first = _foremost(alike(grid, valued) * size + codes[valued.rows], ranks)
        valued = valued.only(first[np.argsort(ranks[first], kind="stable")])  # the row written last is the one meant
        found = np.full((len(grid.start_of), size), np.nan)
        for place, (first, last) in enumerate(zip(grid.start_of, grid.end_of, strict=True)):
            rows = valued.within(int(grid.starts[first]), int(grid.ends[last]))
            found[place, codes[rows]] = numbers[rows]
        return found

    def _ranks(self, numbers: Floats, valued: Counted) -> Floats:
        """Of each row with a value a number that is the largest for the one that is meant."""
        if self.calculation.measure == "last":
            return (valued.since * len(numbers) + self.columns.order()[valued.rows]).astype(np.float64)
        ranks: Floats = numbers[valued.rows] * (-1 if self.calculation.measure == "min" else 1)
        return ranks


def _foremost(groups: Integers, ranks: Floats) -> Integers:
    """The place of one row of the largest rank in each group that has any."""
    largest = np.full(groups.max(initial=-1) + 1, -np.inf)
    np.maximum.at(largest, groups, ranks)
    rows = np.flatnonzero(ranks == largest[groups])
    chosen = np.full(len(largest), -1)
    chosen[groups[rows]] = rows
    return chosen[chosen >= 0]
