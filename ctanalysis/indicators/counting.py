"""Counting into a small dense array: every window and every category at once.

Each row that a measure counts belongs to the windows [start, end] with

    after < start <= since   and   known <= end < until

so all measures are one sum over two ranges. The rows are counted into a grid of (distinct
starts) x (distinct ends) x (categories) at the corners of their ranges, and running sums fill
the rest; the work grows with rows plus windows, not with rows times windows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

import numpy as np

from ctanalysis.base.arrays import Floats, Integers, Mask
from ctanalysis.records.columns import EPOCH
from ctanalysis.records.conditions import Satisfied

EXACT = 10_000  # sums are kept in whole ten-thousandths, so that no decimal is lost (records.conversion.DECIMALS)


@dataclass(frozen=True)
class Counted:
    """The rows that a measure counts, and each one's range of windows (days, int64).

    rows: positions in the table. after and until are None where no row has such a bound.
    """

    rows: Integers
    since: Integers
    known: Integers
    until: Integers | None = None
    after: Integers | None = None

    def only(self, chosen: Mask | Integers) -> "Counted":
        """The chosen of these rows (a mask over them)."""
        cut: dict[str, Any] = {name: None if array is None else array[chosen] for name, array in vars(self).items()}
        return replace(self, **cut)

    def within(self, start: int, end: int) -> Integers:
        """The rows that a window from a first to a last day (since 1970) sees."""
        seen = (self.since >= start) & (self.known <= end)
        if self.until is not None:
            seen &= end < self.until
        if self.after is not None:
            seen &= self.after < start
        return self.rows[seen]

    def narrowed(self, satisfied: Satisfied) -> "Counted":
        """Those of these rows that satisfy conditions as well, with their bounds tightened."""
        kept = self.only(satisfied.rows[self.rows])
        known, until = kept.known, kept.until
        if satisfied.known is not None:
            known = np.maximum(known, satisfied.known[kept.rows])
        if satisfied.until is not None:
            later = satisfied.until[kept.rows]
            until = later if until is None else np.minimum(until, later)
        return replace(kept, known=known, until=until)


class Days(Protocol):
    """A window: from its first day to its last, both inclusive."""

    @property
    def start(self) -> date: ...

    @property
    def end(self) -> date: ...


@dataclass(frozen=True)
class Grid:
    """The distinct first and last days of windows (days since 1970), and the places of each window's among them."""

    starts: Integers
    ends: Integers
    start_of: Integers
    end_of: Integers

    @classmethod
    def of(cls, windows: Sequence[Days]) -> "Grid":
        """The grid of some windows, in their order."""
        starts, start_of = np.unique([w.start.toordinal() - EPOCH for w in windows], return_inverse=True)
        ends, end_of = np.unique([w.end.toordinal() - EPOCH for w in windows], return_inverse=True)
        return cls(starts, ends, start_of, end_of)


@dataclass(frozen=True)
class Placed:
    """Counted rows with their places in the grid: one array of places, and a sign, for each corner of their ranges."""

    grid: Grid
    rows: Integers
    corners: tuple[tuple[int, Integers], ...]

    @classmethod
    def of(cls, grid: Grid, counted: Counted) -> "Placed":
        """Rows in a grid: worked out once, tallied for every way to break them down."""
        corners = tuple((sign, _places(grid, since, known)) for sign, since, known in _corners(counted))
        return cls(grid, counted.rows, corners)

    def tally(self, codes: Integers | None = None, size: int = 1, weights: Floats | None = None) -> Floats:
        """How much falls into each window and category: an array (windows, size) of float64.

        codes: the category (0 to size - 1) of each row of the table; all are one where None.
        weights: what each row of the table counts; one where None.
        """
        if not len(self.rows):
            return np.zeros((len(self.grid.start_of), size))
        grid, codes = self.grid, None if codes is None else codes[self.rows]
        weights = None if weights is None else weights[self.rows]
        shape = (len(grid.starts) + 1, len(grid.ends) + 1, size)
        total = np.zeros(shape)
        for sign, places in self.corners:
            bins = places if codes is None else places * size + codes
            total += sign * np.bincount(bins, weights, minlength=total.size).reshape(shape)
        running = np.cumsum(np.cumsum(total[::-1], axis=0)[::-1], axis=1)
        return running[grid.start_of + 1, grid.end_of]


def alike(grid: Grid, counted: Counted) -> Integers:
    """Of each counted row the number of its group, from 0 on: the rows of a group are in the same windows.

    For rows without a bound `after`. So what is asked of each group once is not asked in every window again.
    """
    numbers = _places(grid, counted.since, counted.known)
    if counted.until is not None:
        numbers = numbers * (len(grid.ends) + 1) + np.searchsorted(grid.ends, counted.until)
    there = np.bincount(numbers) > 0
    groups: Integers = (np.cumsum(there) - 1)[numbers]
    return groups


def _corners(counted: Counted) -> Iterator[tuple[int, Integers, Integers]]:
    """Inclusion and exclusion: the whole quarter plane of each row, less what lies beyond its bounds."""
    since, known, until, after = counted.since, counted.known, counted.until, counted.after
    yield 1, since, known
    if until is not None:
        yield -1, since, np.maximum(known, until)
    if after is not None:
        yield -1, after, known
    if until is not None and after is not None:
        yield 1, after, np.maximum(known, until)


def _places(grid: Grid, since: Integers, known: Integers) -> Integers:
    """Each row's place: how many starts are on or before `since`, and the first end on or after `known`."""
    row = np.searchsorted(grid.starts, since, side="right")
    return row * (len(grid.ends) + 1) + np.searchsorted(grid.ends, known)
