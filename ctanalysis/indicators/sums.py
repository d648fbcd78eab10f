"""Sums of what rows add, in every window and category."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

import numpy as np

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators.counting import EXACT
from ctanalysis.project.row_calculations import Rows, columns_of
from ctanalysis.records.amounts import Amounts, amounts
from ctanalysis.records.columns import Columns

Tally = Callable[[Integers | None, int], Floats]  # categories and how many there are -> (windows, categories)


class Tallied(Protocol):
    """Rows whose number, or whatever each of them counts, is added up by window and category, as by Placed."""

    def tally(self, codes: Integers | None = None, size: int = 1, weights: Floats | None = None) -> Floats:
        """As Placed.tally."""


def summed(placed: Tallied, found: Amounts) -> Tally:
    """Adds up numbers; where there are rows but no numbers there is no data."""
    there = found.there
    exact = np.where(there, np.round(found.numbers * EXACT), 0)

    def total(codes: Integers | None, size: int) -> Floats:
        values, rows = placed.tally(codes, size, there.astype(float)), placed.tally(codes, size)
        return np.where((values == 0) & (rows > 0), np.nan, placed.tally(codes, size, exact) / EXACT)

    return total


def tallies(columns: Columns, rows: Rows, placed: Tallied) -> tuple[Tally, Tally]:
    """What placed rows of a calculation come to, their number or the sum of their columns, and how many count."""
    if not columns_of(rows):
        return placed.tally, placed.tally
    found = amounts(columns, rows)
    return summed(placed, found), _valued(placed, found)


def _valued(placed: Tallied, found: Amounts) -> Tally:
    """How many of the rows have a number, of several columns the whole of it."""
    whole = found.there if found.whole is None else found.whole
    return partial(placed.tally, weights=whole.astype(float))
