"""Results as tables: the indicator performance tracking table, of this year and of the life of the project."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from ctanalysis import quality
from ctanalysis.analysis.milestones import milestones
from ctanalysis.analysis.tracking import TO_DATE, YEAR_TO_DATE
from ctanalysis.analysis.values import days_told
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import UNTOLD, only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.indicators.archived import ARCHIVED
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.lines import EXPECTED_BY, LACKING, Line
from ctanalysis.tables.numbers import EMPTY, number, titled, withheld_note
from ctanalysis.tables.periods import life, this_year
from ctanalysis.tables.table import Stack, Table


def tracking(evaluation: Evaluation, area: str | None = None) -> Stack:
    """The indicator performance tracking table, of one area or of all: this year, and the life of the project."""
    every = evaluation.project.sheets
    frame = only_protected(evaluation.protected_tracking)
    by_code = {code: group.set_index("horizon").to_dict("index") for (code,), group in frame.groupby(["indicator"])}
    lines = [Line(evaluation, sheet, by_code[sheet.code]) for sheet in every if area in (None, sheet.area)]
    reached = [one for one in milestones(evaluation.project, evaluation.period) if area in (None, one.sheet.area)]
    notes = (*_tracking_notes(evaluation, frame, {line.sheet.code: line.sheet for line in lines}), *_of_lines(lines))
    tables = (this_year(evaluation, lines, reached), replace(life(evaluation, lines, reached), notes=notes))
    return Stack((*tables, *_archived(evaluation, area)))


def _archived(evaluation: Evaluation, area: str | None) -> Iterator[Table]:
    """The indicators that are told no more, with their last values; nothing where there are none."""
    values, rows = evaluation.known.by_key, []
    for sheet in evaluation.project.retired:
        if area in (None, sheet.area):
            told = next(iter(values.get((sheet.code, ARCHIVED, "total"), ())), None)
            last = number(evaluation, sheet, told.value, told.status, told.high) if told else EMPTY
            until = told.end.isoformat() if told else EMPTY
            rows.append((titled(evaluation, sheet), sheet.unit, last, until, sheet.retired_because or EMPTY))
    if rows:
        header = ("Indicator", "Unit", "Project to its last quarter", "Last day told", "Why it is told no more")
        yield Table("Archived indicators", header, tuple(rows))


def _of_lines(lines: list[Line]) -> Iterator[str]:
    """What the marks beside what was expected mean, when an explanation is asked for, and those that were given."""
    marks = dict.fromkeys(line.by(horizon) for line in lines for horizon in (YEAR_TO_DATE, TO_DATE))
    yield from (f"{EXPECTED_BY[mark][0]} {EXPECTED_BY[mark][1]}" for mark in EXPECTED_BY if mark in marks)
    if any(line.deviation(horizon) != EMPTY for line in lines for horizon in (YEAR_TO_DATE, TO_DATE)):
        tolerance = precision.as_shown(lines[0].evaluation.project.facts.tracking.tolerance * 100, "count")
        yield (
            f"A deviation of more than {tolerance}% of what was expected, above or below, asks for an explanation; one "
            f"of exactly {tolerance}% does not. Of a share it is per cent of the share, and not percentage points."
        )
    for line in lines:
        if line.explained:
            said = line.explained
            yield f"{line.sheet.code}: {said.text} What will be done: {said.action} ({said.role}, {said.date})"


def _tracking_notes(evaluation: Evaluation, frame: pd.DataFrame, sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    about = filter(None, [evaluation.project.facts.targets_note])
    shown = frame[frame["indicator"].isin([*sheets])]
    untold, some_days = shown.loc[shown["status"] == UNTOLD, "indicator"], days_told(evaluation.project)
    days = (f"{code}: {some_days[code]}." for code in dict.fromkeys(untold) if code in some_days)
    lacks = (f"{LACKING} {note}" for note in quality.lack_notes(evaluation.lacks, shown))
    return (*about, *withheld_note(shown["status"]), *days, *lacks)
