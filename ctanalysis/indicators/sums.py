"""Sums of what rows add, in every window and category."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Term:
    """Rows, and what each row of their table adds; one where None. It is a Tally of it."""

    placed: Tallied
    weights: Floats | None = None

    def __call__(self, codes: Integers | None = None, size: int = 1) -> Floats:
        return self.placed.tally(codes, size, self.weights)


def terms(columns: Columns, rows: Rows, placed: Tallied) -> tuple[Term, ...]:
    """What has to be added up of placed rows of a calculation: one of each, or the sum of their columns.

    Of a sum: the numbers in whole ten-thousandths, the rows that have one, all rows; and of several columns the rows
    that have the whole of it.
    """
    return terms_of(placed, amounts(columns, rows)) if columns_of(rows) else (Term(placed),)


def terms_of(placed: Tallied, found: Amounts) -> tuple[Term, ...]:
    """The terms of a sum of numbers."""
    there = found.there
    exact = np.round(np.where(there, found.numbers, 0) * EXACT)
    whole = () if found.whole is None else (Term(placed, found.whole.astype(float)),)
    return Term(placed, exact), Term(placed, there.astype(float)), Term(placed), *whole


def added(sums: Sequence[Floats]) -> tuple[Floats, Floats]:
    """What terms come to, their number or the sum of their columns, and how many rows count.

    sums: of each of the terms. Where there are rows but no numbers there is no data.
    """
    if len(sums) == 1:
        return sums[0], sums[0]
    exact, valued, rows, *whole = sums
    return np.where((valued == 0) & (rows > 0), np.nan, exact / EXACT), whole[0] if whole else valued
