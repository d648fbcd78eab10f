"""What a release will cost, said before it is made: nothing is written, and nothing is decided.

evaluation ─▶ the breakdowns of people that wait ─▶ told now · not told · who stands in them from now on ─▶ in words
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from ctanalysis import reports
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.waiting.named import waiting
from ctanalysis.evaluation import Evaluation
from ctanalysis.indicators.values import NO_NUMBER
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
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
    yield f"Its reason: {reason}" if reason else "judgements/restatements.toml has no reason for it yet; it is printed."


def _tables(evaluation: Evaluation, cells: pd.DataFrame) -> Iterator[str]:
    """Which breakdowns are told, which not, and who from now on stands in them."""
    project = evaluation.project
    now = _states(cells, project)
    before = {table for table, told in _states(evaluation.released.cells, project).items() if told}
    told = [table for table, is_told in now.items() if is_told]
    yield from _listed("Breakdowns of people told for the first time", [one for one in told if one not in before])
    yield from _listed("Told again, as they were told before", [one for one in told if one in before])
    yield from _listed("Not told", [table for table, is_told in now.items() if not is_told])
    yield from _fixed(evaluation)


def _fixed(evaluation: Evaluation) -> Iterator[str]:
    """The days up to which the release fixes who stands in breakdowns."""
    known = ledger.standing(evaluation.project, evaluation.released)
    fixed = {
        day for key, nodes in evaluation.standing.items() for day, _ in nodes if day not in dict(known.get(key, ()))
    }
    for day in sorted(fixed):
        yield (
            f"It fixes who stands in breakdowns up to {day}: a record that is entered, corrected or taken out later "
            "changes totals, and breakdowns from the next year's end on."
        )


def _states(cells: pd.DataFrame, project: Project) -> dict[Table, bool]:
    """The tables of breakdowns that wait, of a year or up to the end of one: whether they are told."""
    waits = {(one.sheet, way) for one in waiting(project) for way in (one.by, one.by.removesuffix(COARSE))}
    keys = zip(cells["indicator"], cells["disaggregation"], strict=True)
    asked = cells[np.array([key in waits for key in keys], bool)]
    asked = asked[~asked["status"].isin(NO_NUMBER)]
    told = ~asked["status"].isin(ledger.NOT_TOLD)
    states = dict(zip(asked[TABLE].itertuples(index=False, name=None), told, strict=True))

    def is_whole(table: Table) -> bool:
        first, last = (date.fromisoformat(day) for day in table[1:3])
        return bool(project.calendar.whole_spans(first, last))

    return {table: told for table, told in states.items() if is_whole(table)}


def _listed(title: str, tables: Iterable[Table]) -> Iterator[str]:
    """The tables under a title, a line for each indicator and days."""
    by_days: dict[tuple[str, str, str], list[str]] = {}
    for code, start, end, way in tables:
        by_days.setdefault((code, start, end), []).append(way)
    if by_days:
        yield f"{title}:"
    for (code, start, end), ways in by_days.items():
        yield f"  {code}, {start} to {end}: " + ("in all" if ways == ["total"] else f"by {', '.join(ways)}")
