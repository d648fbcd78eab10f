"""What a release tells of people, in lines for the screen: which breakdowns, which not, who stands in them from now on.

cells (see publishing.published_cells) ─▶ the breakdowns that wait ─▶ told now · told again · not told
"""

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
import pandas as pd

from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.waiting.named import waiting
from ctanalysis.evaluation import Evaluation
from ctanalysis.indicators.values import NO_NUMBER
from ctanalysis.narrative.numbers import title_of
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import TOTAL

TABLE = ["indicator", "start", "end", "disaggregation"]
Table = tuple[str, str, str, str]  # the values of TABLE


def told(evaluation: Evaluation, cells: pd.DataFrame) -> Iterator[str]:
    """Which breakdowns are told, which not, and who from now on stands in them."""
    project = evaluation.project
    now = _states(cells, project)
    before = {table for table, told in _states(evaluation.released.cells, project).items() if told}
    tell = [table for table, is_told in now.items() if is_told]
    for heading, tables in (
        ("Breakdowns of people told for the first time", [one for one in tell if one not in before]),
        ("Told again, as they were told before", [one for one in tell if one in before]),
        ("Not told, by the policy", [table for table, is_told in now.items() if not is_told]),
    ):
        yield from _listed(project, heading, tables)
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


def title(project: Project, code: str, way: str) -> str:
    """What a breakdown is by, as a reader knows it: sex and age group."""
    return " and ".join(title_of(project, project.sheet(code), name) for name in way.split(" × "))


def _listed(project: Project, heading: str, tables: Iterable[Table]) -> Iterator[str]:
    """The tables under a heading, a line for each indicator and days."""
    by_days: dict[tuple[str, str, str], list[str]] = {}
    for code, start, end, way in tables:
        by_days.setdefault((code, start, end), []).append(TOTAL if way == TOTAL else title(project, code, way))
    if by_days:
        yield f"{heading}:"
    for (code, start, end), ways in by_days.items():
        yield f"  {code}, {start} to {end}: " + ("in all" if ways == [TOTAL] else f"by {', '.join(ways)}")
