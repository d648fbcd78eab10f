"""The six measures: which rows a calculation counts, and what is added up over them.

A result is a pair of arrays (windows, categories), numerator and denominator: for shares and
means both are given, for the others the denominator is None. NaN says that there is no data.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators.conditions import satisfied
from ctanalysis.indicators.counting import Counted, Grid, Placed
from ctanalysis.project.sheets import Calculation, Count, Level, Mean, People, Share, Sum
from ctanalysis.records.columns import ALWAYS, NEVER, Columns

Tally = Callable[[Integers | None, int], Floats]  # categories and how many there are -> (windows, categories)
Plain = Count | Sum | People | Level
EXACT = 10_000  # sums are kept in whole ten-thousandths, so that no decimal is lost (records.conversion.DECIMALS)


@dataclass(frozen=True)
class Measured:
    """A sheet's calculation on its records, ready to be broken down: call it with categories."""

    parts: tuple[Tally, ...]

    def __call__(self, codes: Integers | None = None, size: int = 1) -> tuple[Floats, Floats | None]:
        """Numerator and denominator by window and category; denominator None for plain measures."""
        first, *second = [part(codes, size) for part in self.parts]
        return first, second[0] if second else None


def measured(columns: Columns, calculation: Calculation, grid: Grid) -> Measured:
    """The calculation of a sheet over all windows of a grid."""
    return Measured(MEASURES[calculation.measure](columns, calculation, grid))


def _dated_rows(columns: Columns, calculation: Count | Sum | Mean | People) -> Counted:
    """The rows with a date that satisfy `where`."""
    days, there = columns.days(calculation.date)
    met = satisfied(columns, calculation.where)
    rows = np.flatnonzero(met.rows & there)
    known = days[rows] if met.known is None else np.maximum(days[rows], met.known[rows])
    return Counted(rows, days[rows], known, None if met.until is None else met.until[rows])


def in_each_category(columns: Columns, calculation: People, grid: Grid, categories: Integers) -> Measured:
    """A `people` calculation that counts a person in every category in which they have a row.

    categories: the category of each row of the table as a code, -1 where it has none.
    """
    return Measured((Placed.of(grid, _first_rows(columns, calculation, categories)).tally,))


def _first_rows(columns: Columns, calculation: People, categories: Integers | None = None) -> Counted:
    """One row for each person that counts: their first, or their first in each window.

    categories: of each row of the table, -1 where it has none; where given, a person's first row in each of them.
    """
    counted = _dated_rows(columns, calculation)
    people = columns.codes(calculation.person)
    if categories is not None:
        people = np.where(people < 0, -1, people * (categories.max(initial=-1) + 2) + categories + 1)
    counted = counted.only(people[counted.rows] >= 0)
    order = np.lexsort((columns.order()[counted.rows], counted.since, people[counted.rows]))
    counted = counted.only(order)
    same = np.diff(people[counted.rows], prepend=-1) == 0
    if calculation.counted == "once":
        return counted.only(~same)
    before = np.where(same, np.roll(counted.since, 1), ALWAYS)
    return Counted(counted.rows, counted.since, counted.known, after=before)


def _standing_rows(columns: Columns, calculation: Level) -> Counted:
    """The rows begun and not ended, of which each window sees those of its last day."""
    start, begun = columns.days(calculation.start)
    end, ended = columns.days(calculation.end)
    counted = Counted(
        np.flatnonzero(begun), np.full(begun.sum(), NEVER), start[begun], np.where(ended, end, NEVER)[begun]
    )
    return counted.narrowed(satisfied(columns, calculation.where))


def _sum(columns: Columns, placed: Placed, column: str) -> Tally:
    """Adds up a column; where there are rows but no values there is no data."""
    numbers = columns.numbers(column)
    there = ~np.isnan(numbers)
    exact = np.where(there, np.round(numbers * EXACT), 0)

    def total(codes: Integers | None, size: int) -> Floats:
        values, rows = placed.tally(codes, size, there.astype(float)), placed.tally(codes, size)
        return np.where((values == 0) & (rows > 0), np.nan, placed.tally(codes, size, exact) / EXACT)

    return total


def _plain(columns: Columns, calculation: Plain, grid: Grid) -> tuple[Tally, ...]:
    counted = COUNTED_ROWS[calculation.measure](columns, calculation)
    placed = Placed.of(grid, counted)
    column = getattr(calculation, "column", None)
    return (_sum(columns, placed, column) if column else placed.tally,)


def _share(columns: Columns, calculation: Share, grid: Grid) -> tuple[Tally, ...]:
    part = calculation.denominator
    denominator = COUNTED_ROWS[part.measure](columns, part)
    numerator = denominator.narrowed(satisfied(columns, calculation.numerator.where))
    column = getattr(part, "column", None)
    placed = [Placed.of(grid, numerator), Placed.of(grid, denominator)]
    return tuple(_sum(columns, place, column) if column else place.tally for place in placed)


def _mean(columns: Columns, calculation: Mean, grid: Grid) -> tuple[Tally, ...]:
    counted = _dated_rows(columns, calculation)
    valued = counted.only(~np.isnan(columns.numbers(calculation.column))[counted.rows])
    placed = Placed.of(grid, valued)
    return _sum(columns, placed, calculation.column), placed.tally


# by `measure`; each takes the calculations of its own kind
COUNTED_ROWS: dict[str, Callable[[Columns, Any], Counted]] = {
    "count": _dated_rows,
    "sum": _dated_rows,
    "people": _first_rows,
    "level": _standing_rows,
}
MEASURES: dict[str, Callable[[Columns, Any, Grid], tuple[Tally, ...]]] = {
    "count": _plain,
    "sum": _plain,
    "people": _plain,
    "level": _plain,
    "share": _share,
    "mean": _mean,
}
