"""What an indicator rests on in a period: its table's rows, used and held back, and the rows that they refer to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from ctanalysis.base.arrays import Integers, Mask
from ctanalysis.project import Project
from ctanalysis.project.calculations import Level, Share
from ctanalysis.project.descriptor import Table
from ctanalysis.project.sheets import Sheet
from ctanalysis.quality.data import Data, Dated, Steps
from ctanalysis.records import Records
from ctanalysis.records.columns import EPOCH, Columns
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
        return tuple(dict.fromkeys(path[-1][1] if path else self.table.name for path in self.paths))

    @cached_property
    def used(self) -> Mask:
        """Which used rows of the table are of the period."""
        return self._of_period(self.data.days)

    @cached_property
    def held(self) -> Mask:
        """Which held-back rows are of the period, those whose day cannot be read among them."""
        return self.data.held_records(self.table.name) & self._of_period(self.data.held_days, unread=True)

    @property
    def rows(self) -> int:
        """How many rows are of the period, used or held back."""
        return int(self.used.sum() + self.held.sum())

    @cached_property
    def lacking(self) -> list[tuple[str, Mask]]:
        """By the title of each field that the sheet needs, which used rows of the period lack it.

        Those that lack their day are of every period.
        """
        columns = Columns(self.project.package, self.records, self.table.name)
        is_part = self.sheet.measure != self.project.sheet(self.sheet.code).measure  # of a ratio
        found = lacking(columns, self.sheet) if is_part else self.data.lacking(self.sheet.code)
        return [(columns.located(need.field).field.title, mask & (need.is_day | self.used)) for need, mask in found]

    def _of_period(self, days_of: Callable[[str, str], Dated], unread: bool = False) -> Mask:
        part, table = self.sheet.row_calculation, self.table.name
        first, last = (day.toordinal() - EPOCH for day in (self.start, self.end))
        if not are_told(self.project, self.sheet, self.start, self.end):  # rows of longer periods are of none within
            return np.zeros(len(days_of(table, part.start if isinstance(part, Level) else part.date)[0]), bool)
        if not isinstance(part, Level):
            days, there = days_of(table, part.date)
            return there & (days >= first) & (days <= last) | (~there & unread)
        (start, begun), (end, ended) = days_of(table, part.start), days_of(table, part.end)
        return begun & (start <= last) & ~(ended & (end <= last)) | (~begun & unread)

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
    own = [getattr(sheet.row_calculation, name, None) for name in ("date", "start", "end", "person", "column")]
    numerator = calculation.numerator.where if isinstance(calculation, Share) else {}
    return [
        *filter(None, own),
        *calculation.chosen_by,
        *numerator,
        *(name for fields in sheet.disaggregations for name in fields),
    ]
