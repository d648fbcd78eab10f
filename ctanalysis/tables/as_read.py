"""A reference sheet as it is read: what is printed, the calculation in words, and its first values past the gate."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ctanalysis import records
from ctanalysis.analysis.milestones import milestones
from ctanalysis.analysis.tracking import TRACKED
from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import Evaluation, evaluated
from ctanalysis.narrative.numbers import Marks
from ctanalysis.narrative.waiting import told_breakdowns
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.sheets import MilestoneSheet, Sheet
from ctanalysis.tables.breakdowns import breakdown
from ctanalysis.tables.numbers import number
from ctanalysis.tables.sheets import reference_sheet


def as_read(project: Project, code: str, period: Period) -> str:
    """The sheet of an indicator as plain text. Refused: there is no such indicator.

    What its values are is what a report of the period may tell, and nothing else. Where the records cannot be read yet,
    it says so, and the sheet is shown all the same.
    """
    found = next((sheet for sheet in project.milestones if sheet.code == code), None) or project.sheet(code)
    title, *rows = _described(project, found)
    return "\n".join([title, *rows, "", *_first_values(project, found, period)])


def _described(project: Project, sheet: Sheet | MilestoneSheet) -> Iterator[str]:
    table = reference_sheet(project, sheet)
    yield table.caption
    yield from (f"  {title}: {text}" for title, text in table.rows)


def _first_values(project: Project, sheet: Sheet | MilestoneSheet, period: Period) -> Iterator[str]:
    yield f"First values, as a report of {period} may tell them"
    if isinstance(sheet, MilestoneSheet):
        yield from (f"  {one.state}" for one in milestones(project, period) if one.sheet == sheet)
        return
    try:
        evaluation = evaluated(project, records.read(project), period)
    except Refused as refusal:
        yield f"  none yet: {refusal}"
        return
    if sheet in evaluation.project.retired:
        yield f"  none: it is reported up to {sheet.retired} only"
        return
    yield from _totals(evaluation, sheet)
    for way, horizon in told_breakdowns(evaluation, sheet):
        yield f"\n{breakdown(evaluation, sheet.code, way, horizon).plain}"


def _totals(evaluation: Evaluation, sheet: Sheet) -> Iterator[str]:
    marks = Marks(evaluation.project.facts.language)
    row: Any
    for horizon in TRACKED:
        [row] = evaluation.by(sheet.code, "total", horizon).itertuples(index=False)
        days = marks.span(date.fromisoformat(row.start), date.fromisoformat(row.end)).striptags()
        caveat = f" ({row.caveat})" if row.caveat else ""
        yield f"  {horizon}, {days}: {number(evaluation, sheet, row.value, row.status, row.high)}{caveat}"
