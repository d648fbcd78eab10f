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
from functools import cached_property
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
        """The chosen of these rows: a mask over them, or places among them."""
        places = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        if len(places) == len(self.rows) and chosen.dtype == bool:
            return self
        is_same = self.known is self.since  # then it is cut once
        skipped = ("known",) if is_same else ()
        there = {name: array for name, array in vars(self).items() if array is not None and name not in skipped}
        cut: dict[str, Any] = {name: array[places] for name, array in there.items()}
        return replace(self, **({"known": cut["since"]} | cut if is_same else cut))

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


def joined(parts: Sequence[Counted]) -> Counted:
    """Counted rows of several parts of a table, one after the other."""
    names = [name for name, array in vars(parts[0]).items() if array is not None]
    found = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names if name != "known"}
    is_same = all(part.known is part.since for part in parts)
    return Counted(**found, known=found["since"] if is_same else np.concatenate([part.known for part in parts]))


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

    @property
    def shape(self) -> tuple[int, int]:
        """How many places a row may have: by how many starts are on or before a day, and ends before one."""
        return len(self.starts) + 1, len(self.ends) + 1

    @property
    def size(self) -> int:
        """How many places there are."""
        return self.shape[0] * self.shape[1]

    @property
    def span_count(self) -> int:
        """How many spans there are between starts and ends."""
        return len(self._by_day[3])

    def starts_until(self, days: Integers) -> Integers:
        """How many starts are on or before each day."""
        return self._looked_up(self._by_day[0], days)

    def ends_before(self, days: Integers) -> Integers:
        """The place of the first end on or after each day."""
        return self._looked_up(self._by_day[1], days)

    def spans(self, days: Integers) -> tuple[Integers, Integers]:
        """The span between starts and ends in which each day is, as a number; and the place of each span."""
        return self._looked_up(self._by_day[2], days), self._by_day[3]

    def in_windows(self, counts: Floats) -> Floats:
        """Counts of places, an array (places, categories), as those of windows: (windows, categories)."""
        whole = counts.reshape(*self.shape, -1)
        running = np.cumsum(np.cumsum(whole[::-1], axis=0)[::-1], axis=1)
        return running[self.start_of + 1, self.end_of]

    @cached_property
    def _by_day(self) -> tuple[Integers, ...]:
        """Tables by day, from the day before the first start or end to the one after the last."""
        days = np.arange(self._first, max(self.starts[-1], self.ends[-1]) + 2)
        until, before = np.searchsorted(self.starts, days, side="right"), np.searchsorted(self.ends, days)
        places, spans = np.unique(until * self.shape[1] + before, return_inverse=True)
        return until, before, spans, places

    @property
    def _first(self) -> int:
        return int(min(self.starts[0], self.ends[0])) - 1

    def _looked_up(self, table: Integers, days: Integers) -> Integers:
        """What a table says of days: before its first day as of it, behind its last as of that."""
        last = self._first + len(table) - 1
        found: Integers = table[np.clip(days, self._first, last) - self._first]
        return found


@dataclass(frozen=True)
class Placed:
    """Counted rows with their places in the grid: a sign, for each corner of their ranges numbers, and their places."""

    grid: Grid
    rows: Integers
    corners: tuple[tuple[int, Integers, Integers], ...]

    @classmethod
    def of(cls, grid: Grid, counted: Counted) -> "Placed":
        """Rows in a grid: worked out once, tallied for every way to break them down."""
        corners = tuple((sign, *_places(grid, since, known)) for sign, since, known in _corners(counted))
        return cls(grid, counted.rows, corners)

    def tally(self, codes: Integers | None = None, size: int = 1, weights: Floats | None = None) -> Floats:
        """How much falls into each window and category: an array (windows, size) of float64.

        codes: the category (0 to size - 1) of each row of the table; all are one where None.
        weights: what each row of the table counts; one where None.
        """
        total = np.zeros((self.grid.size, size))
        self.add_to(total, codes, weights)
        return self.grid.in_windows(total)

    def add_to(self, total: Floats, codes: Integers | None = None, weights: Floats | None = None) -> None:
        """Adds what falls into each place and category to an array (places, categories).

        So a table can be added up in parts.
        """
        if not len(self.rows):
            return
        codes = None if codes is None else codes[self.rows]
        weights = None if weights is None else weights[self.rows]
        size = total.shape[1]
        for sign, numbers, places in self.corners:
            bins = numbers if codes is None else numbers * size + codes
            total[places] += sign * np.bincount(bins, weights, minlength=len(places) * size).reshape(len(places), size)

    def part(self, chosen: slice) -> "Placed":
        """Some of the rows, as those of a table of them alone."""
        corners = tuple((sign, numbers[chosen], places) for sign, numbers, places in self.corners)
        return Placed(self.grid, np.arange(len(self.rows[chosen])), corners)


def alike(grid: Grid, counted: Counted) -> Integers:
    """Of each counted row the number of its group, from 0 on: the rows of a group are in the same windows.

    For rows without a bound `after`. So what is asked of each group once is not asked in every window again.
    """
    numbers, places = _places(grid, counted.since, counted.known)
    numbers = places[numbers]
    if counted.until is not None:
        numbers = numbers * grid.shape[1] + grid.ends_before(counted.until)
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


def _places(grid: Grid, since: Integers, known: Integers) -> tuple[Integers, Integers]:
    """Each row's number, and the place of each number: how many starts are until `since`, and ends before `known`.

    Rows that are known on their day are of few places, those of the spans between starts and ends.
    """
    if since is known or np.array_equal(since, known):
        return grid.spans(since)
    return grid.starts_until(since) * grid.shape[1] + grid.ends_before(known), np.arange(grid.size)
