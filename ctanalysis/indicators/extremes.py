"""The largest, the smallest and the latest number in each window, of all rows and by category."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators.counting import Counted, Grid


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
        ranks: NDArray[Any] = numbers[valued.rows]
        if self.measure == "last":
            ranks = np.lexsort((self.order[valued.rows], valued.since)).argsort().astype(float)
        sign = -1 if self.measure == "min" else 1
        valued = valued.only(np.argsort(sign * ranks, kind="stable"))  # the row that is written last is the one meant
        found = np.full((len(grid.start_of), size), np.nan)
        for place, (first, last) in enumerate(zip(grid.start_of, grid.end_of, strict=True)):
            rows = valued.within(int(grid.starts[first]), int(grid.ends[last]))
            found[place, codes[rows] if codes is not None else np.zeros(len(rows), np.int64)] = numbers[rows]
        return found
