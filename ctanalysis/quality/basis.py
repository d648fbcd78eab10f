"""What an indicator rests on in a period: its table's rows, used and held back, and the rows that they refer to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Integers, Mask
from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table
from ctanalysis.project.sheets import Level, Share, Sheet
from ctanalysis.records import HELD_BACK, NO_CONSENT, Records
from ctanalysis.records.columns import EPOCH, Columns
from ctanalysis.records.findings import Finding

NO_RECORDS = (
    "total",
    "columns again",
    NO_CONSENT,
)  # rows held back for these are no records of anything, or none that may be counted


Steps = tuple[tuple[str, str], ...]  # the foreign keys to follow, each with the table that it refers to
Dated = tuple[Integers, Mask]  # days since 1970, and which of them are there


@dataclass(frozen=True, eq=False)
class Basis:
    """One sheet and the days from start to end, on the records."""

    project: Project
    records: Records
    sheet: Sheet
    start: date
    end: date

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

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of all tables that it rests on, its own first."""
        return tuple(dict.fromkeys(path[-1][1] if path else self.table.name for path in self.paths))

    @cached_property
    def used(self) -> Mask:
        """Which used rows of the table are of the period."""
        columns = Columns(self.project.package, self.records, self.table.name)
        return self._of_period(columns.days)

    @cached_property
    def held(self) -> Mask:
        """Which held-back rows are of the period, those whose day cannot be read among them."""
        records = ~held_for(self.records, self.table.name, lambda finding: finding.rule in NO_RECORDS)
        return records & self._of_period(
            lambda name: _held_days(self.project, self.records, self.table.name, name), unread=True
        )

    @property
    def rows(self) -> int:
        """How many rows are of the period, used or held back."""
        return int(self.used.sum() + self.held.sum())

    def _of_period(self, days_of: Callable[[str], Dated], unread: bool = False) -> Mask:
        first, last = (day.toordinal() - EPOCH for day in (self.start, self.end))
        if not isinstance(self.sheet.row_calculation, Level):
            days, there = days_of(self.sheet.row_calculation.date)
            return there & (days >= first) & (days <= last) | (~there & unread)
        (start, begun), (end, ended) = (
            days_of(self.sheet.row_calculation.start),
            days_of(self.sheet.row_calculation.end),
        )
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
        *calculation.where,
        *numerator,
        *(name for fields in sheet.disaggregations for name in fields),
    ]


def held_for(records: Records, table: str, chosen: Callable[[Finding], bool]) -> Mask:
    """Which of a table's held-back rows are held back by one of the chosen findings (Finding -> bool)."""
    rows = {
        (finding.path, finding.sheet, row)
        for finding in records.of(HELD_BACK)
        if finding.table == table and chosen(finding)
        for row in finding.rows
    }
    places = records.places[table]
    held = places[places["held"]]
    return np.array([place in rows for place in zip(held["path"], held["sheet"], held["row"], strict=True)], bool)


def _held_days(project: Project, records: Records, table: str, name: str) -> Dated:
    """A date field of a table's held-back rows as whole days since 1970, and which can be read.

    A day for which its row is held back cannot be read, whatever it says.
    """
    located = project.package.locate(table, name)
    home, wrong = located.table, held_for(records, located.table, lambda finding: finding.field == name)
    used, held = records[home][name].astype(object), records.held[home][name].astype(object).mask(wrong)
    if located.steps:
        held = _keys(project, records, table, located.steps).map(_by_key(project, records, home, [used, held]))
    days = pd.to_datetime(held).to_numpy("datetime64[D]")
    return days.astype(np.int64), ~np.isnat(days)


def _keys(project: Project, records: Records, table: str, steps: Steps) -> pd.Series:
    """For a table's held-back rows, the primary keys to which the steps lead in the last table."""
    (first, here), *others = steps
    keys = records.held[table][first].astype(object)
    for key, other in others:
        entries = [frames[here][key].astype(object) for frames in (records, records.held)]
        keys, here = keys.map(_by_key(project, records, here, entries)), other
    return keys


def _by_key(project: Project, records: Records, table: str, entries: list[pd.Series]) -> pd.Series:
    """Entries of a table's used and held-back rows, by primary key; a key that stands twice is that of the first."""
    key = project.package.tables[table].key
    both: pd.Series = pd.concat(entries)
    both.index = pd.Index(pd.concat([frames[table][key].astype(object) for frames in (records, records.held)]))
    return both.loc[~both.index.duplicated()]
