"""What an indicator rests on in a period: its table's rows, used and held back, and the rows that they refer to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ctanalysis.base.arrays import Integers, Mask
from ctanalysis.project import Project
from ctanalysis.project.calculations import Share
from ctanalysis.project.descriptor import Table
from ctanalysis.project.row_calculations import Level, columns_of
from ctanalysis.project.sheets import Sheet
from ctanalysis.quality.data import Data
from ctanalysis.records import Records
from ctanalysis.records.columns import ALWAYS, EPOCH, NEVER, Columns
from ctanalysis.records.conditions import is_missing, satisfied
from ctanalysis.records.dating import Dated, Steps
from ctanalysis.records.needed import lacking
from ctanalysis.records.typed import any_of
from ctanalysis.records.whole_periods import are_told


class Lack(NamedTuple):
    """What is lacked, by the title of its field, and which used rows lack it.

    before: where it is there and its day is before another one, so that the row is held out, the title of the other.
    """

    title: str
    rows: Mask
    before: str = ""


@dataclass(frozen=True, eq=False)
class Basis:
    """One sheet and the days from start to end, on the data."""

    data: Data
    sheet: Sheet
    start: date
    end: date

    @property
    def project(self) -> Project:
        """The project of the sheet."""
        return self.data.project

    @property
    def records(self) -> Records:
        """The project's records."""
        return self.data.records

    @property
    def table(self) -> Table:
        """The table that the sheet counts."""
        return self.project.package.tables[self.sheet.calculation.table]

    @cached_property
    def paths(self) -> tuple[Steps, ...]:
        """The ways along foreign keys to every table with a field that the sheet names; () is the way to its own."""
        return tuple(
            dict.fromkeys(
                path[:length]
                for path in (self._path(name) for name in named(self.sheet))
                for length in range(len(path) + 1)
            )
        )

    def _path(self, name: str) -> Steps:
        located = self.project.package.locate(self.table.name, name)
        other = self.project.package.tables[located.table].references.get(name)
        return located.steps + (((name, other),) if other else ())

    @cached_property
    def parts(self) -> tuple["Basis", ...]:
        """One for each part of the sheet, with a table of its own: both parts of a ratio, those in a cohort's state."""
        return tuple(Basis(self.data, part, self.start, self.end) for part in self.sheet.by_table)

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that the sheet counts and that the rows of this one refer to, its own first."""
        return tuple(dict.fromkeys(path[-1][1] if path else self.table.name for path in self.paths))

    @cached_property
    def used(self) -> Mask:
        """Which used rows of the table are of the period."""
        days, there = self.data.days(self.table.name, self._day)
        return self._of_period(np.where(there, days, NEVER), np.where(there, days, ALWAYS), self.data.days)

    @cached_property
    def held(self) -> Mask:
        """Which held-back rows are of the period, or may be where their day cannot be read."""
        spans = self._spans(held=True)
        return self.data.held_records(self.table.name) & self._of_period(*spans, self.data.held_days)

    @property
    def rows(self) -> int:
        """How many rows are of the period, used or held back."""
        return int(self.used.sum() + self.held.sum())

    @cached_property
    def lacking(self) -> list[Lack]:
        """Of each field that the sheet needs, which used rows of the period lack it, its day or beginning first.

        Those that lack their day are of the periods in which they may lie.
        """
        is_part = self.sheet != self.project.sheet(self.sheet.code)
        found = lacking(self._columns, self.sheet) if is_part else self.data.lacking(self.sheet.code)
        undated = self._of_period(*self._spans(held=False), self.data.days)
        titles = [[self._columns.located(name).field.title for name in need.fields] for need, _ in found]
        return [
            Lack(title, mask & (undated if need.is_day else self.used), *before)
            for (need, mask), (title, *before) in zip(found, titles, strict=True)
        ]

    @cached_property
    def counting(self) -> Mask:
        """Which used rows of the period satisfy the sheet's conditions, or would if what they lack were known."""
        part, end = self.sheet.row_calculation, self.end.toordinal() - EPOCH
        asked = satisfied(self._columns, part.where, part.any)
        rows = self.used & asked.rows
        rows &= True if asked.known is None else asked.known <= end
        rows &= True if asked.until is None else asked.until > end
        return any_of([rows, *(lack.rows for lack in self.lacking)], len(rows))

    @cached_property
    def missing(self) -> list[Lack]:
        """Of each field that the sheet needs or is broken down by, which rows of `counting` lack it."""
        names = self.sheet.fields_broken_down
        return self.lacking + [
            Lack(self._columns.located(name).field.title, self.counting & is_missing(self._columns, name))
            for name in names
        ]

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self.project.package, self.records, self.table.name)

    @property
    def _day(self) -> str:
        """The field by which the sheet counts."""
        part = self.sheet.row_calculation
        return part.start if isinstance(part, Level) else part.date

    def _spans(self, held: bool) -> tuple[Integers, Integers]:
        """The first and the last day on which each used, or held-back, row may lie."""
        chosen = self.records.places[self.table.name]["held"].to_numpy(bool) == held
        first, last = self.data.spans(self.table.name, self._day)
        return first[chosen], last[chosen]

    def _of_period(self, first: Integers, last: Integers, days_of: Callable[[str, str], Dated]) -> Mask:
        """Which rows, each of which lies between a first and a last day, are of the period."""
        part = self.sheet.row_calculation
        start, end = (day.toordinal() - EPOCH for day in (self.start, self.end))
        if not are_told(self.project, self.sheet, self.start, self.end):  # rows of longer periods are of none within
            return np.zeros(len(first), bool)
        if not isinstance(part, Level):
            return (first <= end) & (last >= start)
        until, ended = days_of(self.table.name, part.end)
        stands_until = np.maximum(first, start) if part.over else end  # of a mean over days, on any of them
        return (first <= end) & ~(ended & (until <= stands_until))

    def bearing(self, marked: Callable[[str], Mask]) -> Mask:
        """Which used rows of the table are marked, or refer to one that is.

        marked: a table's name -> a mask of its used rows.
        """
        bearing = np.zeros(len(self.records[self.table.name]), bool)
        for path in self.paths:
            rows, there = self._rows_at(path)
            mask = marked(path[-1][1] if path else self.table.name)
            bearing |= there & mask[rows] if len(mask) else False
        return bearing

    def _rows_at(self, path: Steps) -> tuple[Integers, Mask]:
        """For each used row the row that it refers to along a path, and whether there is one."""
        table = self.table.name
        rows: Integers = np.arange(len(self.records[table]))
        there = np.ones(len(rows), bool)
        for key, other in path:
            codes = self.records[table][key].cat.codes.to_numpy()
            rows = codes[rows] if len(codes) else rows
            there &= rows >= 0
            rows, table = np.where(there, rows, 0), other
        return rows, there


def named(sheet: Sheet) -> list[str]:
    """The fields that a sheet names: by which it counts, chooses and breaks down."""
    calculation = sheet.calculation
    keys = ("date", "start", "end", "person", "before", "after", "different")
    own: list[str | None] = [getattr(sheet.row_calculation, name, None) for name in keys]
    numerator = calculation.inside if isinstance(calculation, Share) else {}
    return [
        *filter(None, own),
        *([sheet.rounds.field] if sheet.rounds else []),
        *columns_of(sheet.row_calculation),
        *sheet.days,
        *calculation.chosen_by,
        *numerator,
        *sheet.fields_broken_down,
    ]
