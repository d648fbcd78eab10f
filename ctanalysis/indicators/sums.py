"""Sums of what rows add, in every window and category."""

from collections.abc import Callable
from functools import partial

import numpy as np

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators.counting import EXACT, Placed
from ctanalysis.records.amounts import Amounts

Tally = Callable[[Integers | None, int], Floats]  # categories and how many there are -> (windows, categories)


def summed(placed: Placed, found: Amounts) -> Tally:
    """Adds up numbers; where there are rows but no numbers there is no data."""
    there = found.there
    exact = np.where(there, np.round(found.numbers * EXACT), 0)

    def total(codes: Integers | None, size: int) -> Floats:
        values, rows = placed.tally(codes, size, there.astype(float)), placed.tally(codes, size)
        return np.where((values == 0) & (rows > 0), np.nan, placed.tally(codes, size, exact) / EXACT)

    return total


def valued(placed: Placed, found: Amounts) -> Tally:
    """How many of the rows have a number, of several columns the whole of it."""
    whole = found.there if found.whole is None else found.whole
    return partial(placed.tally, weights=whole.astype(float))
