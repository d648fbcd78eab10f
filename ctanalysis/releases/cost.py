"""What a release will cost, said before it is made: nothing is written, and nothing is decided.

evaluation ─▶ the breakdowns of audited indicators ─▶ told now · not told · told before, and no longer ─▶ in words
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from ctanalysis import reports
from ctanalysis.disclosure import ledger
from ctanalysis.evaluation import Evaluation, windows
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.releases import publishing

TABLE = ["indicator", "start", "end", "disaggregation"]
Table = tuple[str, str, str, str]  # the values of TABLE


def cost(period: str, day: str, project: str | Path = "") -> Iterator[str]:
    """What the release of a period as of a day would tell, and what it would not, in lines for the screen.

    Refused: what release() refuses before its audit.
    """
    given = reports.source(project)
    evaluation, earlier = publishing.checked(given, period, day), given.released
    cells = publishing.published_cells(evaluation)
    revision = earlier.revisions(evaluation.period.label)
    if revision:
        yield from _revision(evaluation, cells, revision)
    yield from _tables(evaluation, cells)
    if publishing.found_open(cells, earlier, given.project):
        yield "The audit of everything published to date would not pass: make release writes to internal/ where."
    else:
        yield "The audit of everything published to date passes."
    yield "DRY=1: nothing was written."


def _revision(evaluation: Evaluation, cells: pd.DataFrame, revision: int) -> Iterator[str]:
    """Of a period that was released before: how many values differ, and whether a reason is on the record."""
    there = evaluation.released.cells
    last = there[(there["release"] == evaluation.period.label) & (there["revision"] == revision - 1)]
    differ = len(ledger.changed(last, cells))
    if not differ:
        yield f"{evaluation.period} is released, and every value is as it was released: no revision is needed."
        return
    reason = publishing.on_record(evaluation, revision)
    yield f"{evaluation.period} would become revision {revision}: {differ} values differ from those released last."
    yield f"Its reason: {reason}" if reason else "judgements/restatements.toml has no reason for it yet."


def _tables(evaluation: Evaluation, cells: pd.DataFrame) -> Iterator[str]:
    """Which breakdowns are told, which not, which no longer, and where else the same tables stand."""
    project = evaluation.project
    now = _states(cells, project)
    before = {table for table, told in _states(evaluation.released.cells, project).items() if told}
    told = [table for table, is_told in now.items() if is_told]
    gone = [table for table, is_told in now.items() if not is_told]
    new = [table for table in told if table not in before]
    yield from _listed("Breakdowns of people told for the first time", new)
    yield from _listed("Told again, as they were told before or corrected", [one for one in told if one in before])
    yield from _listed("Not told", [one for one in gone if one not in before])
    yield from _listed("Told before, and with this release no longer", [one for one in gone if one in before])
    decided = [table for table in now if table not in _states(evaluation.released.cells, project)]
    labels = [period.label for period in _later(evaluation) if _tells(period, decided, project)]
    if labels:
        yield f"It decides these tables for other periods, which are not released yet: {', '.join(labels)}."


def _states(cells: pd.DataFrame, project: Project) -> dict[Table, bool]:
    """The tables by category of audited indicators for days for which the policy shows them: whether they are told.

    Of a table that was printed several times, as it was printed last.
    """
    rules = {sheet.code: project.disclosure_rule(sheet) for sheet in project.sheets}
    audited = [code for code, rule in rules.items() if rule.audited]
    asked = cells[cells["indicator"].isin(audited) & (cells["disaggregation"] != "total")]
    asked = asked[~asked["status"].isin(["not applicable", "not received"])]
    states = dict(zip(asked[TABLE].itertuples(index=False, name=None), asked["status"] != "withheld", strict=True))

    def is_shown(table: Table) -> bool:
        rule, days = rules[table[0]], [pd.Timestamp(day).date() for day in table[1:3]]
        spans = rule.two_way if "×" in table[3] else rule.one_way
        return bool(project.calendar.whole_spans(*days) & set(spans))

    return {table: told for table, told in states.items() if is_shown(table)}


def _listed(title: str, tables: Iterable[Table]) -> Iterator[str]:
    """The tables under a title, a line for each indicator and days."""
    by_days: dict[tuple[str, str, str], list[str]] = {}
    for code, start, end, way in tables:
        by_days.setdefault((code, start, end), []).append(way)
    if by_days:
        yield f"{title}:"
    for (code, start, end), ways in by_days.items():
        yield f"  {code}, {start} to {end}: by {', '.join(ways)}"


def _later(evaluation: Evaluation) -> list[Period]:
    """The periods that the records complete and that are not released, but for this one."""
    calendar = evaluation.project.calendar
    completed = [*calendar.completed("year"), *calendar.completed("half"), *calendar.completed("quarter")]
    every = sorted([*completed, calendar.life()], key=lambda period: (period.end, period.start))
    gone = {evaluation.period.label, *(name for name, *_ in evaluation.released.releases)}
    return [period for period in every if period.label not in gone]


def _tells(period: Period, tables: Iterable[Table], project: Project) -> bool:
    """Whether the report of a period has one of these tables."""
    days = {(window.start.isoformat(), window.end.isoformat()) for window in windows(project, period)}
    return any(table[1:3] in days for table in tables)
