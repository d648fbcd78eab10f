"""Lines of deliveries.csv that say otherwise than their files: which of them are right nobody knows but who sent them.

    deliveries.csv ─▶ file, period, rows = none ─┐
    what Came of each file ──────────────────────┴▶ a file without a row of its period, one with rows though there were
                                                    none, one with rows of days before all of its periods

What is counted does not change: a file without a row of its period is a true 0, which is asked about.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from ctanalysis.periods import Period
from ctanalysis.project.project import Project
from ctanalysis.records.columns import EPOCH
from ctanalysis.records.counted import counted_days
from ctanalysis.records.dating import days
from ctanalysis.records.deliveries import Came, Sent, sent
from ctanalysis.records.findings import LOOK, Finding, Issue
from ctanalysis.records.result import Records

WITHOUT = Issue(
    LOOK,
    "empty delivery",
    "is listed for {period} (row {line} of deliveries.csv) and has no row of it",
    "Ask whether nothing happened: where so, write none into the column rows of that line (add rows to the first line, "
    "where it is not there); else correct its period, or ask for the right file",
)
WITH = Issue(
    LOOK,
    "unexpected rows",
    "is listed for {period} with rows = none (row {line} of deliveries.csv), and has rows of it",
    "Ask which is so: take none out of that line, or the rows out of the file",
)
BEFORE = Issue(
    LOOK,
    "earlier rows",
    "has rows of days before {period}, the first period that deliveries.csv lists it for (number of rows: {rows})",
    "Ask whether they came late: where so, say it in judgements/accepted.toml, with the file and this sentence as "
    "what; else correct the days, or the period in deliveries.csv",
)
RULES = (WITHOUT.rule, WITH.rule, BEFORE.rule)


def findings(project: Project, records: Records, came: Mapping[str, Came]) -> Iterator[Finding]:
    """A Finding for each line of deliveries.csv, and each file, that says otherwise. came: by table, what Came of it.

    Nothing is said of files of which no day can be read, and of tables of which only levels are counted.
    """
    lines: dict[int, list[Sent]] = {}
    for one in sent(project):
        lines.setdefault(one.line, []).append(one)
    whole = [of for of in lines.values() if all(came[one.table].knows_days for one in of)]
    with_rows = {(of[0].file, of[0].period) for of in whole if not of[0].is_none}
    for of in whole:
        yield from _of_line(of, came, with_rows)
    for table in project.package.resources:
        if came[table.name].knows_days and not table.repeated:
            yield from _before(project, records, table.name, came[table.name])


def _of_line(of: Sequence[Sent], came: Mapping[str, Came], with_rows: set[tuple[str, Period]]) -> Iterator[Finding]:
    """of: what a line says, of each table that is read from its file. with_rows: what other lines list with rows."""
    one = of[0]
    has_row = any(came[each.table].has_row(each.file, each.period) for each in of)
    is_told = any(each.file in came[each.table].unusable or each.file in came[each.table].spared for each in of)
    if one.is_none and has_row and (one.file, one.period) not in with_rows:
        yield _of(WITH, one.table, one.file, period=one.period.label, line=one.line)
    elif not one.is_none and not has_row and not is_told and any(each.file in came[each.table].files for each in of):
        yield _of(WITHOUT, one.table, one.file, period=one.period.label, line=one.line)


def _before(project: Project, records: Records, table: str, came: Came) -> Iterator[Finding]:
    """A Finding for each file of a table with rows all of whose days are before the first period of its lines."""
    firsts: dict[str, tuple[date, str]] = {}
    for one in (one for one in project.deliveries if one.period):
        begins = (project.calendar.named(one.period).start, one.period)
        firsts[one.file] = min(begins, firsts.get(one.file, begins))
    early = [file for file, known in came.good.items() if file in firsts and any(known[:1] < _number(firsts[file][0]))]
    if not early:
        return
    used = ~records.places[table]["held"].to_numpy(bool)
    path = records.places[table]["path"].to_numpy()
    dates = [days(project, records, table, name) for name in counted_days(project, table)]
    for file in early:
        first = _number(firsts[file][0])
        is_late = np.logical_or.reduce([there & (known >= first) for known, there in dates])
        is_dated = np.logical_or.reduce([there for _, there in dates])
        rows = int((used & (path == file) & is_dated & ~is_late).sum())
        if rows:
            yield _of(BEFORE, table, file, period=firsts[file][1], rows=rows)


def _number(day: date) -> int:
    return day.toordinal() - EPOCH


def _of(issue: Issue, table: str, file: str, **parts: object) -> Finding:
    return Issue(issue.severity, issue.rule, issue.says.format(**parts), issue.do).at(table, file)
