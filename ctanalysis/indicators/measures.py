"""The measures: which rows a calculation counts, and what is added up over them.

A result is arrays (windows, categories): numerator and denominator (for shares and means both are given, for the
others the denominator is None; NaN says that there is no data), and the rows that count and that lack what is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators import extremes
from ctanalysis.indicators.counting import Counted, Grid, Placed
from ctanalysis.project.calculations import Count, Extreme, Level, Mean, People, Share, Sum
from ctanalysis.project.conditions import Condition
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.columns import ALWAYS, NEVER, Columns
from ctanalysis.records.conditions import satisfied
from ctanalysis.records.needed import lacking
from ctanalysis.records.typed import any_of

Tally = Callable[[Integers | None, int], Floats]  # categories and how many there are -> (windows, categories)
Plain = Count | Sum | People | Level
Parts = tuple[tuple[Tally, ...], Tally]  # numerator and, of ratios, denominator; and the rows that count
EXACT = 10_000  # sums are kept in whole ten-thousandths, so that no decimal is lost (records.conversion.DECIMALS)


class Numbers(NamedTuple):
    """What was calculated, each an array (windows, categories).

    denominator: None for plain measures. counted: the rows that count. lacking: those that lack what is needed.
    """

    numerator: Floats
    denominator: Floats | None
    counted: Floats
    lacking: Floats

    @property
    def first_category(self) -> "Numbers":
        """The numbers of the first category alone."""
        below = None if self.denominator is None else self.denominator[:, :1]
        return Numbers(self.numerator[:, :1], below, self.counted[:, :1], self.lacking[:, :1])


@dataclass(frozen=True)
class Measured:
    """A sheet's calculation on its records, ready to be broken down: call it with categories.

    parts: numerator, and denominator where there is one. counted, lacking: rows (see Numbers).
    """

    parts: tuple[Tally, ...]
    counted: Tally
    lacking: Tally

    def __call__(self, codes: Integers | None = None, size: int = 1) -> Numbers:
        """The Numbers by window and category."""
        first, *second = [part(codes, size) for part in self.parts]
        rows = [tally(codes, size) for tally in (self.counted, self.lacking)]
        return Numbers(first, second[0] if second else None, *rows)


def measured(columns: Columns, sheet: Sheet, grid: Grid) -> Measured:
    """The calculation of a sheet over all windows of a grid."""
    parts, counted = MEASURES[sheet.measure](columns, sheet.calculation, grid)
    return Measured(parts, counted, Placed.of(grid, _lacking_rows(columns, sheet)).tally)


def _lacking_rows(columns: Columns, sheet: Sheet) -> Counted:
    """The rows that lack what the sheet needs, by their day; those without a day are in no window."""
    part = sheet.row_calculation
    lack = any_of((mask for need, mask in lacking(columns, sheet) if not need.is_day), len(columns))
    whole = part.model_copy(update={"where": {}, "any": ()})
    rows = _standing_rows(columns, whole) if isinstance(whole, Level) else _dated_rows(columns, whole)
    return rows.only(lack[rows.rows])


def _dated_rows(columns: Columns, calculation: Count | Sum | Mean | Extreme | People) -> Counted:
    """The rows with a date that satisfy `where`."""
    days, there = columns.days(calculation.date)
    met = satisfied(columns, calculation.where, calculation.any)
    rows = np.flatnonzero(met.rows & there)
    known = days[rows] if met.known is None else np.maximum(days[rows], met.known[rows])
    return Counted(rows, days[rows], known, None if met.until is None else met.until[rows])


def in_each_category(columns: Columns, calculation: People, grid: Grid, categories: Integers) -> Tally:
    """A `people` calculation that counts a person in every category in which they have a row.

    categories: the category of each row of the table as a code, -1 where it has none.
    """
    return Placed.of(grid, _first_rows(columns, calculation, categories)).tally


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
    return counted.narrowed(satisfied(columns, calculation.where, calculation.any))


def _sum(columns: Columns, placed: Placed, column: str) -> Tally:
    """Adds up a column; where there are rows but no values there is no data."""
    numbers = columns.numbers(column)
    there = ~np.isnan(numbers)
    exact = np.where(there, np.round(numbers * EXACT), 0)

    def total(codes: Integers | None, size: int) -> Floats:
        values, rows = placed.tally(codes, size, there.astype(float)), placed.tally(codes, size)
        return np.where((values == 0) & (rows > 0), np.nan, placed.tally(codes, size, exact) / EXACT)

    return total


def _valued(columns: Columns, placed: Placed, column: str) -> Tally:
    """How many of the rows have a value in a column."""
    return partial(placed.tally, weights=(~np.isnan(columns.numbers(column))).astype(float))


def _plain(columns: Columns, calculation: Plain, grid: Grid) -> Parts:
    placed = Placed.of(grid, counted_rows(columns, calculation))
    column = getattr(calculation, "column", None)
    if column is None:
        return (placed.tally,), placed.tally
    return (_sum(columns, placed, column),), _valued(columns, placed, column)


def counted_rows(columns: Columns, calculation: Plain | Mean | Extreme) -> Counted:
    """The rows that a calculation counts."""
    return COUNTED_ROWS[calculation.measure](columns, calculation)


def parts_of_share(columns: Columns, calculation: Share) -> tuple[Counted, Counted]:
    """The rows of the numerator, and those of the denominator."""
    is_known = {name: Condition(present=True) for name in calculation.asked}  # people are as their first row says
    denominator = counted_rows(columns, calculation.denominator).narrowed(satisfied(columns, is_known))
    return denominator.narrowed(satisfied(columns, calculation.numerator.where)), denominator


def _share(columns: Columns, calculation: Share, grid: Grid) -> Parts:
    numerator, denominator = parts_of_share(columns, calculation)
    column = getattr(calculation.denominator, "column", None)
    above, below = Placed.of(grid, numerator), Placed.of(grid, denominator)
    if column is None:
        return (above.tally, below.tally), below.tally
    return (_sum(columns, above, column), _sum(columns, below, column)), _valued(columns, below, column)


def _mean(columns: Columns, calculation: Mean, grid: Grid) -> Parts:
    counted = _dated_rows(columns, calculation)
    valued = counted.only(~np.isnan(columns.numbers(calculation.column))[counted.rows])
    placed = Placed.of(grid, valued)
    return (_sum(columns, placed, calculation.column), placed.tally), placed.tally


def _extreme(columns: Columns, calculation: Extreme, grid: Grid) -> Parts:
    counted = _dated_rows(columns, calculation)
    part = extremes.Extremes(columns, calculation, counted, grid)
    return (part,), _valued(columns, Placed.of(grid, counted), calculation.column)


# by `measure`; each takes the calculations of its own kind
COUNTED_ROWS: dict[str, Callable[[Columns, Any], Counted]] = {
    "count": _dated_rows,
    "sum": _dated_rows,
    "people": _first_rows,
    "level": _standing_rows,
    "mean": _dated_rows,
    **dict.fromkeys(("max", "min", "last"), _dated_rows),
}
MEASURES: dict[str, Callable[[Columns, Any, Grid], Parts]] = {
    "count": _plain,
    "sum": _plain,
    "people": _plain,
    "level": _plain,
    "share": _share,
    "mean": _mean,
    **dict.fromkeys(("max", "min", "last"), _extreme),
}
