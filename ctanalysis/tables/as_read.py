"""A reference sheet as it is read: what is printed, the calculation in words, and its first values past the gate."""

from collections.abc import Iterator
from typing import Any

from ctanalysis import records
from ctanalysis.analysis.milestones import milestones
from ctanalysis.analysis.tracking import TRACKED
from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import Evaluation, evaluated
from ctanalysis.narrative.waiting import told_breakdowns
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.sheets import MilestoneSheet, Sheet
from ctanalysis.tables.breakdowns import breakdown
from ctanalysis.tables.numbers import months, number
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
    speech = project.speech
    yield speech.plain("table.sheet.first_values", period=str(period))
    if isinstance(sheet, MilestoneSheet):
        for one in (one for one in milestones(project, period) if one.sheet == sheet):
            yield f"  {speech.plain(f'milestone.state.{one.state}')}"
        return
    try:
        evaluation = evaluated(project, records.read(project), period)
    except Refused as refusal:
        yield f"  {speech.plain('table.sheet.none_yet', why=str(refusal))}"
        return
    if sheet in evaluation.project.retired:
        yield f"  {speech.plain('table.sheet.retired', day=sheet.retired)}"
        return
    yield from _totals(evaluation, sheet)
    for way, horizon in told_breakdowns(evaluation, sheet):
        yield f"\n{breakdown(evaluation, sheet.code, way, horizon).plain}"


def _totals(evaluation: Evaluation, sheet: Sheet) -> Iterator[str]:
    row: Any
    for horizon in TRACKED:
        [row] = evaluation.by(sheet.code, "total", horizon).itertuples(index=False)
        days = months(evaluation.project.speech, row.start, row.end)
        caveat = f" ({row.caveat})" if row.caveat else ""
        yield f"  {horizon}, {days}: {number(evaluation, sheet, row.value, row.status, row.high)}{caveat}"
