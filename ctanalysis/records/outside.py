"""Rows of days outside of the project: no period has them, so that nobody would miss them.

A day of 2004 for one of 2014 is in no quarter, and needs no rule to be seen. What stands since before the project
stands in its periods; what has ended before it, or begins after it, in none. Of a sheet with survey rounds a round may
be older than the project.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Level
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.arrays import Mask
from ctanalysis.records.columns import EPOCH, Columns
from ctanalysis.records.conditions import ruled_out
from ctanalysis.records.findings import LOOK, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.needed import indicators, own_and_link
from ctanalysis.records.whole_periods import first_days

OUTSIDE = "outside project"  # the rule
BEFORE = "is before the project's first day ({start}), so it is counted in no period"
AFTER = "is after the project's last day ({end}), so it is counted in no period"
DO = (
    "Correct the day; one that is right is not of the project's time: say so in judgements/accepted.toml, with this "
    "sentence as what"
)


def check(issues: TableIssues, project: Project, frames: Mapping[str, pd.DataFrame], unread: set[str]) -> None:
    """Adds the used rows that reference sheets mean, of days outside of the project.

    frames: of the used rows. unread: names of tables that could not be read; fields found there wait.
    """
    table, used = issues.gathered.table, np.flatnonzero(~issues.held)
    if not issues.gathered.readable or issues.held.all():
        return
    columns, facts = Columns(project.package, frames, table.name), project.facts
    found: dict[tuple[str, str], tuple[Mask, list[str]]] = {}
    for sheet in (part for whole in project.sheets for part in whole.by_table):
        calculation = sheet.calculation
        if calculation.table != table.name or unread & columns.leads_to([*calculation.chosen_by, *_days_of(sheet)]):
            continue
        for name, says, rows in _outside(columns, sheet, project):
            meant = rows & ~ruled_out(columns, calculation.where, calculation.any) if rows.any() else rows
            if meant.any():
                before, codes = found.get((name, says), (np.zeros(len(rows), bool), []))
                found[name, says] = before | meant, [*codes, sheet.code]
    for (name, says), (rows, codes) in found.items():
        own, link = own_and_link(project, table, name)
        text = f"{says.format(start=facts.start, end=facts.end)} ({indicators(codes)})"
        issues.add(Issue(LOOK, OUTSIDE, text, DO, own, link), used[rows])


def _days_of(sheet: Sheet) -> tuple[str, ...]:
    """The fields that say when a row counts: the day, or what it begins and ends with."""
    part = sheet.row_calculation
    return (part.start, part.end) if isinstance(part, Level) else (part.date,)


def _outside(columns: Columns, sheet: Sheet, project: Project) -> Iterator[tuple[str, str, Mask]]:
    """The rows that are before and after the project, each with the field that says so."""
    first, last = _days_of(sheet)[0], _days_of(sheet)[-1]
    (begun, has_begun), (ended, has_ended) = columns.days(first), columns.days(last)
    begun = first_days(columns.located(first).field, begun, project.facts)
    if not sheet.rounds:
        yield last, BEFORE, has_ended & (ended < project.facts.start.toordinal() - EPOCH)
    yield first, AFTER, has_begun & (begun > project.facts.end.toordinal() - EPOCH)
