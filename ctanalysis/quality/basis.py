"""What an indicator rests on in a period: its table's rows, used and held back, and the rows that they refer to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

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
from ctanalysis.records.dating import Dated, Steps
from ctanalysis.records.needed import lacking
from ctanalysis.records.whole_periods import are_told


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
    def tables(self) -> tuple[str, ...]:
        """The names of all tables that it rests on, its own first."""
        own = (path[-1][1] if path else self.table.name for path in self.paths)
        return tuple(dict.fromkeys([*own, *(one.calculation.table for one in self.sheet.by_table)]))

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
    def lacking(self) -> list[tuple[str, Mask]]:
        """By the title of each field that the sheet needs, which used rows of the period lack it.

        Those that lack their day are of the periods in which they may lie.
        """
        columns = Columns(self.project.package, self.records, self.table.name)
        is_part = self.sheet != self.project.sheet(self.sheet.code)
        found = lacking(columns, self.sheet) if is_part else self.data.lacking(self.sheet.code)
        undated = self._of_period(*self._spans(held=False), self.data.days)
        return [(need.title(columns), mask & (undated if need.is_day else self.used)) for need, mask in found]

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
        return (first <= end) & ~(ended & (until <= end))

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
        *columns_of(sheet.row_calculation),
        *sheet.days,
        *calculation.chosen_by,
        *numerator,
        *sheet.fields_broken_down,
    ]
