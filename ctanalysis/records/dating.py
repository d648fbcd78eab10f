"""The days of rows: of those that are used, of those that are held back, and in which days an undated row may lie.

A row whose day is empty or cannot be believed stands among others: it may lie in the days from that of the nearest
dated row above it, in its file or sheet, to that of the nearest one below. At the top and at the end of a file it is
the days of its deliveries that end them, and where none is listed nothing does.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Mask
from ctanalysis.project.project import Project
from ctanalysis.records.arrays import Codes
from ctanalysis.records.columns import EPOCH, Columns
from ctanalysis.records.findings import NOT_COUNTED, Finding
from ctanalysis.records.result import Records

Steps = tuple[tuple[str, str], ...]  # the foreign keys to follow, each with the table that it refers to
Dated = tuple[Codes, Mask]  # days since 1970, and which of them are there
FIRST, LAST = -EPOCH, 3_000_000  # days since 1970 before and after which no day lies


def days(project: Project, records: Records, table: str, name: str) -> Dated:
    """A date field of all rows of a table that were read, in the order of records.places."""
    held = records.places[table]["held"].to_numpy(bool)
    if not held.any():
        return Columns(project.package, records, table).days(name)
    found, there = np.zeros(len(held), np.int64), np.zeros(len(held), bool)
    found[~held], there[~held] = Columns(project.package, records, table).days(name)
    found[held], there[held] = held_days(project, records, table, name)
    return found, there


def spans(project: Project, records: Records, table: str, name: str) -> tuple[Codes, Codes]:
    """The first and the last day on which each row of a table that was read may lie, by a date field."""
    known, there = days(project, records, table, name)
    if there.all():
        return known, known
    codes, paths = by_path(records.places[table])
    sheets = pd.factorize(records.places[table]["sheet"])[0]
    ends = _delivered(project)
    first, last = (np.array([of.get(path, far) for path in paths]) for of, far in zip(ends, (FIRST, LAST), strict=True))
    above = _filled(known, there, codes, sheets, first)
    below = _filled(known[::-1], there[::-1], codes[::-1], sheets[::-1], last)[::-1]
    return np.minimum(above, below), np.maximum(above, below)


def by_path(places: pd.DataFrame) -> tuple[Codes, list[str]]:
    """For each row that was read the number of its file, and the files."""
    codes, paths = pd.factorize(places["path"])
    return codes, [str(path) for path in paths]


def _filled(known: Codes, there: Mask, codes: Codes, sheets: Codes, before: Codes) -> Codes:
    """The days, each that is not there as the one before it in its file and sheet; before: of a file, if none is."""
    rows, begins = np.arange(len(known)), np.ones(len(known), bool)
    begins[1:] = (codes[1:] != codes[:-1]) | (sheets[1:] != sheets[:-1])
    start, dated = (np.maximum.accumulate(np.where(mask, rows, -1)) for mask in (begins, there))
    return np.where(dated >= start, known[dated], before[codes])


def _delivered(project: Project) -> tuple[dict[str, int], dict[str, int]]:
    """By file of deliveries.csv, the first and the last day of what was sent in it."""
    first, last = dict[str, int](), dict[str, int]()
    for one in (one for one in project.deliveries if one.period):
        period = project.calendar.named(one.period)
        low, high = period.start.toordinal() - EPOCH, period.end.toordinal() - EPOCH
        first[one.file] = min(low, first.get(one.file, low))
        last[one.file] = max(high, last.get(one.file, high))
    return first, last


def held_for(records: Records, table: str, chosen: Callable[[Finding], bool]) -> Mask:
    """Which of a table's held-back rows are held back by one of the chosen findings (Finding -> bool)."""
    rows = {
        (finding.path, finding.sheet, row)
        for finding in records.findings
        if finding.severity in NOT_COUNTED and finding.table == table and chosen(finding)
        for row in finding.rows
    }
    places = records.places[table]
    held = places[places["held"]]
    return np.array([place in rows for place in zip(held["path"], held["sheet"], held["row"], strict=True)], bool)


def held_days(project: Project, records: Records, table: str, name: str) -> Dated:
    """A date field of a table's held-back rows, and which can be read.

    A day for which its row is held back cannot be read, whatever it says.
    """
    located = project.package.locate(table, name)
    home, wrong = located.table, held_for(records, located.table, lambda finding: finding.field == name)
    held = records.held[home][name].astype(object).mask(wrong)
    if located.steps:
        used = records[home][name].astype(object)
        held = _keys(project, records, table, located.steps).map(_by_key(project, records, home, [used, held]))
    found = pd.to_datetime(held).to_numpy("datetime64[D]")
    return found.astype(np.int64), ~np.isnat(found)


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
