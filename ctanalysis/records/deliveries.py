"""What was sent of each table, quarter by quarter, and what never came: what was not sent is not zero.

    deliveries.csv ─▶ who sends each table, from the first quarter that each sent ─┐
    the rows of each table, by the days that reference sheets count them by ───────┴▶ Missing, by table and quarter

A table is due as often as datapackage.json says (`due`). Where somebody is known to send it, deliveries decide, and
a delivery without a row is a true 0. Where nobody is, a quarter in which no row is dated may never have been sent.
A file that has rows, none of which can be used, has not come: of what nobody could read nothing is 0.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from ctanalysis.periods import Period
from ctanalysis.project.calculations import Count, Extreme, Level, Mean, People, Sum
from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.arrays import Codes
from ctanalysis.records.columns import EPOCH, Columns
from ctanalysis.records.whole_periods import covered

Frames = Mapping[str, pd.DataFrame]
Calculation = Count | Sum | Mean | Extreme | People | Level


@dataclass(frozen=True)
class Missing:
    """Records of a quarter that did not come. partners: who used to send the table, and sent nothing of the quarter.

    is_whole: nothing of the table came. Without partners, nobody is known to send it, and no row is dated in it.
    unusable: those of the partners who sent something, of which no row can be used.
    """

    quarter: Period
    partners: tuple[str, ...] = ()
    is_whole: bool = True
    unusable: tuple[str, ...] = ()

    @property
    def silent(self) -> tuple[str, ...]:
        """Those of the partners who sent nothing."""
        return tuple(name for name in self.partners if name not in self.unusable)


ByTable = Mapping[str, Sequence[Missing]]
Files = Mapping[str, Collection[str]]  # by table, files


@dataclass(frozen=True)
class Sent:
    """A delivery of a table: who sent it, of which period, in which file, on which day."""

    table: str
    partner: str
    period: Period
    file: str
    day: date

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
    for one in (one for one in project.deliveries if one.period):  # none: of a file that is only tried
        period = project.calendar.named(one.period)
        if one.sent >= min(period.end, project.facts.end):
            tables = (table for table in project.package.resources if is_of(one.file, table))
            found += [Sent(table.name, one.partner, period, one.file, one.sent) for table in tables]
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
    counted = {part.calculation.table for sheet in project.sheets for part in sheet.parts}
    counted |= {one.table for one in deliveries}
    return [table for table in project.package.resources if table.name in counted and table.due != "never"]


def unlisted(project: Project, read: Files) -> dict[str, str]:
    """By file, the table that is due and is read from it, of files that deliveries.csv lacks.

    Of a table of which no delivery is listed nothing is lacking: make check says so of the table. read: the files that
    each table is read from.
    """
    known, listed = {one.file for one in project.deliveries}, sent(project)
    due = [table for table in due_tables(project, listed) if any(one.table == table.name for one in listed)]
    return {path: table.name for table in reversed(due) for path in read[table.name] if path not in known}


def missing(
    project: Project, used: Frames, held: Frames, unread: Collection[str], unusable: Files
) -> dict[str, tuple[Missing, ...]]:
    """By table that is due, what did not come of each complete quarter.

    used, held: the rows used; those held back, but for what stands in unusable files. unread: the tables that could not
    be read, of whose rows nothing is known. unusable: the files that have rows, none of which can be used.
    """
    found, deliveries = {}, sent(project)
    for table in due_tables(project, deliveries):
        listed = [one for one in deliveries if one.table == table.name]
        days = _days(project, table, used, held, unread)
        days = days if listed else _standing(project, table, days)
        found[table.name] = tuple(_missing(project, table, listed, days, unusable[table.name]))
    return found


def is_received(project: Project, missing: ByTable, sheet: Sheet, start: date, end: date) -> bool:
    """Whether anything came of the records that a sheet's value of these days is calculated from.

    Of a level only the quarter of the last day counts. missing: as missing() gives it.
    """
    if len(sheet.parts) > 1:
        return all(is_received(project, missing, part, start, end) for part in sheet.parts)
    gone = [one.quarter for one in lacking(missing, sheet, start, end) if one.is_whole]
    if not gone:
        return True
    first = _first(sheet, start, end)
    return any(_overlaps(q, first, end) and q not in gone for q in project.calendar.completed("quarter"))


def lacking(missing: ByTable, sheet: Sheet, start: date, end: date) -> tuple[Missing, ...]:
    """What did not come of the records that a sheet's value of these days is calculated from."""
    parts = [(part.calculation.table, _first(part, start, end)) for part in sheet.parts]
    return tuple(one for table, first in parts for one in within(missing.get(table, ()), first, end))


def within(missing: Sequence[Missing], start: date, end: date) -> tuple[Missing, ...]:
    """Those of a table's Missing that are of these days."""
    return tuple(one for one in missing if _overlaps(one.quarter, start, end))


def _first(sheet: Sheet, start: date, end: date) -> date:
    return end if sheet.row_calculation.measure == "level" else start


def _overlaps(quarter: Period, start: date, end: date) -> bool:
    return quarter.start <= end and quarter.end >= start


def _missing(
    project: Project, table: Table, listed: list[Sent], days: Codes, unusable: Collection[str]
) -> Iterator[Missing]:
    first: dict[str, date] = {}
    for one in listed:
        first[one.partner] = min(one.period.start, first.get(one.partner, one.period.start))
    for quarter in project.calendar.completed("quarter"):
        unit = quarter if table.due == "quarter" else project.calendar.containing(quarter.end, table.due)  # type: ignore[arg-type]
        here = [one for one in listed if one.period.start <= unit.end and unit.start <= one.period.end]
        came = {one.partner for one in here if one.file not in unusable}
        known = {name for name, day in first.items() if day <= quarter.end}
        gone = sorted(name for name in known - came if project.quality.expects(name, quarter.start))
        is_whole = bool(gone) and not came if known else not came and not _is_dated(unit, days)
        if gone or is_whole:
            lost = {one.partner for one in here}
            yield Missing(quarter, tuple(gone), is_whole, tuple(name for name in gone if name in lost))


def _is_dated(unit: Period, days: Codes) -> bool:
    low, high = (day.toordinal() - EPOCH for day in (unit.start, unit.end + timedelta(1)))
    return bool(np.searchsorted(days, low) < np.searchsorted(days, high))


def _days(project: Project, table: Table, used: Frames, held: Frames, unread: Collection[str]) -> Codes:
    """The days of a table's rows, as reference sheets count them, in their order: days since 1970."""
    columns = Columns(project.package, used, table.name)
    days: list[Codes] = [np.zeros(0, np.int64)]
    for name in (
        name for name in counted_days(project, table.name) if not {table.name, *columns.leads_to([name])} & {*unread}
    ):
        values, there = columns.days(name)
        dated = [values[there]]
        if name in held.get(table.name, ()) and table.name in project.open_tables:  # else 0 would tell of a held row
            dated.append(pd.to_datetime(held[table.name][name]).dropna().to_numpy("datetime64[D]").astype(np.int64))
        days.append(covered(columns.located(name).field, np.unique(np.concatenate(dated)), project.facts))
    return np.unique(np.concatenate(days))


def _standing(project: Project, table: Table, days: Codes) -> Codes:
    """The days; of a table of which only levels are counted, every day from the first on: what stands goes on."""
    if not len(days) or not all(isinstance(part, Level) for part in _parts(project, table.name)):
        return days
    return np.arange(days[0], max(project.facts.records_through.toordinal() - EPOCH, days[0]) + 1)


def counted_days(project: Project, table: str) -> list[str]:
    """The date fields by which reference sheets count a table's rows, those of the first sheet first."""
    parts = _parts(project, table)
    return list(dict.fromkeys(part.start if isinstance(part, Level) else part.date for part in parts))


def _parts(project: Project, table: str) -> list[Calculation]:
    parts = [part.row_calculation for sheet in project.sheets for part in sheet.parts]
    return [part for part in parts if part.table == table]
