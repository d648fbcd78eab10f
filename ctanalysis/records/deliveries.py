"""What was sent of each table, by deliveries.csv, and what came of it, by the files (see missing for what did not).

A file that has rows of a quarter, none of which can be used, has not come: of what nobody could read nothing is 0.
Nor has one that deliveries.csv lists and nobody put there.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from ctanalysis.periods import Period
from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.records.arrays import Codes
from ctanalysis.records.columns import EPOCH
from ctanalysis.records.counted import rows_of


@dataclass(frozen=True)
class Came:
    """Of a table. files: those there are. unusable: those that cannot be read, or have rows, none of which can be used.

    good: by file, the days of the rows that can be used, since 1970, in their order. bad: by file, the first and the
    last day of each row that cannot be believed (an array of two columns). spared: files with rows that are left out on
    purpose. knows_days: whether a file without such days has no row of them.
    """

    unusable: Collection[str] = ()
    good: Mapping[str, Codes] = field(default_factory=dict)
    bad: Mapping[str, Codes] = field(default_factory=dict)
    files: Collection[str] = ()
    spared: Collection[str] = ()
    knows_days: bool = False

    def has_row(self, file: str, period: Period) -> bool:
        """Whether a file has rows of a period, or may have."""
        return _is_dated(self.good.get(file), period) or _any_within(self.bad.get(file), period)

    def has(self, one: "Sent") -> bool:
        """Whether the file of a delivery is there, or it says that there was nothing to record."""
        return one.is_none or one.file in self.files

    def is_lost(self, file: str, period: Period) -> bool:
        """Whether a file has rows of a period, or may have, and none of them can be used."""
        bad = _any_within(self.bad.get(file), period)
        return file in self.unusable or (bad and not _is_dated(self.good.get(file), period))

    def is_dated(self, period: Period) -> bool:
        """Whether any row that can be used is dated in a period."""
        return any(_is_dated(known, period) for known in self.good.values())

    def is_doubted(self, period: Period) -> bool:
        """Whether a row that cannot be believed is of a period, or may be."""
        return any(_any_within(known, period) for known in self.bad.values())


Files = Mapping[str, Collection[str]]  # by table, files


@dataclass(frozen=True)
class Sent:
    """A delivery of a table: who sent it, of which period, in which file, on which day; and whether rows = none.

    line: its row of deliveries.csv.
    """

    table: str
    partner: str
    period: Period
    file: str
    day: date
    is_none: bool = False
    line: int = 0

    @property
    def days(self) -> int:
        """How many days after the end of its period it was sent."""
        return (self.day - self.period.end).days

    @property
    def name(self) -> tuple[str, str, str]:
        """File, partner and period: what is one delivery, of however many tables."""
        return self.file, self.partner, self.period.label


def sent(project: Project) -> list[Sent]:
    """Every delivery of every table. What was sent of a period before it was over is not yet its delivery."""
    found = []
    lines = [(line, one) for line, one in enumerate(project.deliveries, 2) if one.period]  # none: a file only tried
    for line, one in lines:
        period = project.calendar.named(one.period)
        if one.sent >= min(period.end, project.facts.end):
            tables = (table for table in project.package.resources if is_of(one.file, table))
            is_none = one.rows == "none"
            found += [Sent(table.name, one.partner, period, one.file, one.sent, is_none, line) for table in tables]
    return found


def last_sent(project: Project) -> dict[str, date]:
    """By file, the day on which it was last sent."""
    last: dict[str, date] = {}
    for delivery in project.deliveries:
        last[delivery.file] = max(delivery.sent, last.get(delivery.file, delivery.sent))
    return last


def is_of(file: str, table: Table) -> bool:
    """Whether a file of deliveries.csv is one that a table is read from."""
    return any(file == path or file.startswith(f"{path.rstrip('/')}/") for path in table.paths)


def due_tables(project: Project, deliveries: list[Sent]) -> list[Table]:
    """The tables that are due: those that a reference sheet counts rows of, or that are listed as delivered."""
    counted = {part.table for sheet in project.sheets for part in rows_of(sheet)} | {one.table for one in deliveries}
    return [table for table in project.package.resources if table.name in counted and table.due != "never"]


def unlisted(project: Project, read: Files) -> dict[str, str]:
    """By file, the table that is due and is read from it, of files that deliveries.csv lacks.

    Of a table of which no delivery is listed nothing is lacking: make check says so of the table. read: the files that
    each table is read from.
    """
    known, listed = {one.file for one in project.deliveries}, sent(project)
    due = [table for table in due_tables(project, listed) if any(one.table == table.name for one in listed)]
    return {path: table.name for table in reversed(due) for path in read[table.name] if path not in known}


def _bounds(period: Period) -> tuple[int, int]:
    return period.start.toordinal() - EPOCH, (period.end + timedelta(1)).toordinal() - EPOCH


def _is_dated(known: Codes | None, period: Period) -> bool:
    low, high = _bounds(period)
    return known is not None and bool(np.searchsorted(known, low) < np.searchsorted(known, high))


def _any_within(known: Codes | None, period: Period) -> bool:
    low, high = _bounds(period)
    return known is not None and bool(((known[:, 0] < high) & (known[:, 1] >= low)).any())
