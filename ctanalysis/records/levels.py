"""Levels whose beginnings or ends are whole years, quarters or months: when they are told, and rows that never stand.

What stands is told on the last day of a period of each of the two fields, and on the project's last day. A row that
begins and ends between two such days is in no number.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from ctanalysis.project.days import PERIODS
from ctanalysis.project.facts import Facts
from ctanalysis.project.fields import Field
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Level
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.columns import EPOCH, Columns
from ctanalysis.records.conditions import ruled_out
from ctanalysis.records.findings import LOOK, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.needed import cells_of
from ctanalysis.records.whole_periods import first_days, in_words, last_days

ONLY_LEVEL = "is of {periods}, of which no fiscal year of the project is made: {when}"
NO_PERIOD = (
    "is of {periods}, of which no quarter, half or fiscal year of the project is made, so the row counts in the whole "
    "project only"
)
AT_THE_END = "what stands is told on 31 December, so of periods that end then, such as Q{number} of each fiscal year"
NEVER_STANDS = Issue(
    LOOK,
    "never stands",
    "begins and ends within one {period}, so it stands at the end of none, and is in no number",
    "Ask for the days or the months of both, where what stood in between is to count",
)
DECEMBER, QUARTER = 12, 3


def of_no_period(project: Project, table: str, field: Field) -> str:
    """What becomes of rows whose field holds periods of which no fiscal year is made, in words."""
    levels, others = _uses(project, table, field.name)
    months = (DECEMBER - project.facts.fiscal_year.first_month) % DECEMBER + 1  # up to December, from the year's first
    periods = in_words(field.period)
    if not levels or field.period != "year" or months % QUARTER:
        return NO_PERIOD.format(periods=periods)
    when = AT_THE_END.format(number=months // QUARTER)
    return f"{NO_PERIOD.format(periods=periods)}; {when}" if others else ONLY_LEVEL.format(periods=periods, when=when)


def _uses(project: Project, table: str, name: str) -> tuple[bool, bool]:
    """Whether a field says when something began or ended of which a level is told, and whether rows are dated by it."""
    parts = [one.row_calculation for sheet in project.sheets for one in sheet.by_table]
    stands = [(part.table, day) for part in parts if isinstance(part, Level) for day in (part.start, part.end)]
    dated = [(part.table, part.date) for part in parts if not isinstance(part, Level)]

    def is_meant(days: list[tuple[str, str]]) -> bool:
        places = (project.package.locate(*day) for day in days)
        return any((place.table, place.field.name) == (table, name) for place in places)

    return is_meant(stands), is_meant(dated)


def check(issues: TableIssues, project: Project, frames: Mapping[str, pd.DataFrame], unread: Collection[str]) -> None:
    """Adds the used rows that begin and end within one period, so that no level has them.

    frames: of the used rows. unread: names of tables that could not be read; fields found there wait.
    """
    table, used = issues.gathered.table, np.flatnonzero(~issues.held)
    if not issues.gathered.readable or issues.held.all():
        return
    columns = Columns(project.package, frames, table.name)
    for sheet, part in _levels(project, table.name):
        fields = [columns.located(name).field for name in (part.start, part.end)]
        kinds = sorted((field.period for field in fields if field.period), key=PERIODS.__getitem__)
        if not kinds or {*unread} & columns.leads_to([part.start, part.end, *part.chosen_by]):
            continue
        never = _never_stands(columns, part, fields, project.facts) & ~ruled_out(columns, part.where, part.any)
        says = NEVER_STANDS.says.format(period=in_words(kinds[-1]).removesuffix("s"))
        own = part.end if part.end in table.fields else ""
        issue = replace(NEVER_STANDS, says=f"{says} (indicator {sheet.code})", field=own)
        issues.add(replace(issue, others=cells_of(project, table, (part.start, part.end))), used[never])


def _levels(project: Project, table: str) -> Iterator[tuple[Sheet, Level]]:
    for sheet in project.sheets:
        if isinstance(sheet.calculation, Level) and sheet.calculation.table == table:
            yield sheet, sheet.calculation


def _never_stands(columns: Columns, part: Level, fields: list[Field], facts: Facts) -> Mask:
    """Which rows have ended by the first day after their beginning on which it is told what stands."""
    (start, begun), (end, ended) = columns.days(part.start), columns.days(part.end)
    last = facts.end.toordinal() - EPOCH
    there = begun & ended & (first_days(fields[0], start, facts) <= end) & (start <= last)
    told = _first_told(fields, np.where(there, start, last), facts, last)
    never: Mask = there & (end <= told)
    return never


def _first_told(fields: list[Field], days: Codes, facts: Facts, last: int) -> Codes:
    """For each day the first one, from it on, that is the last of a period of each field, or of the project."""
    before = days - 1
    while (before != days).any():  # a calendar year and a fiscal year have no last day in common
        before = days
        for field in fields:
            days = np.minimum(last_days(field, days, facts), last)
    return days
