"""The data on which verdicts rest: a project's records, and what of them is the same for all sheets and periods.

What several sheets or periods ask for is worked out once, when it is first asked for.
"""

from collections.abc import Callable
from functools import cache, cached_property, partial

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Integers, Mask
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.rules import Gap
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import NO_CONSENT, NOT_COUNTED, ON_PURPOSE, Records
from ctanalysis.records.columns import Columns
from ctanalysis.records.deliveries import Sent, sent
from ctanalysis.records.findings import Finding
from ctanalysis.records.gaps import quarters_without_rows
from ctanalysis.records.needed import Need, lacking

NO_RECORDS = (
    "total",
    "columns again",
    NO_CONSENT,
    *ON_PURPOSE,
)  # rows held back for these are no records of anything, or none that may be counted

Steps = tuple[tuple[str, str], ...]  # the foreign keys to follow, each with the table that it refers to
Dated = tuple[Integers, Mask]  # days since 1970, and which of them are there
Name = tuple[str, str, str]  # file, partner and period of a delivery


class Data:
    """A project and its records.

    days(table, name), held_days(table, name): Dated of the used, and of the held-back rows of a table.
    held_records(table): which of a table's held-back rows are records that may be counted.
    gaps(rule): (partner, quarter without a row) as a rule `gap` finds them.
    lacking(code): as records.needed gives it of an indicator.
    """

    def __init__(self, project: Project, records: Records) -> None:
        self.project, self.records = project, records
        self.days = cache(lambda table, name: Columns(project.package, records, table).days(name))
        self.held_days = cache(partial(_held_days, project, records))
        self.held_records = cache(lambda table: ~held_for(records, table, lambda finding: finding.rule in NO_RECORDS))
        self.gaps = cache(partial(_gaps, project, records))
        self.lacking = cache(lambda code: _lacking(project, records, project.sheet(code)))

    @cached_property
    def deliveries(self) -> tuple[Sent, ...]:
        """Every delivery of every table."""
        return tuple(sent(self.project))


def _lacking(project: Project, records: Records, sheet: Sheet) -> list[tuple[Need, Mask]]:
    return lacking(Columns(project.package, records, sheet.calculation.table), sheet)


def _gaps(project: Project, records: Records, rule: Gap) -> list[tuple[str, Period]]:
    columns = Columns(project.package, records, rule.table)
    found = quarters_without_rows(rule, columns, project)
    return [(partner, quarter) for partner, quarters in found for quarter in quarters]


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
