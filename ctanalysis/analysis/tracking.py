"""Values against baseline and targets: the indicator performance tracking table.

It comes after the gate: a per cent of target, or a change, is calculated from what is published.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ctanalysis.base.precision import as_shown
from ctanalysis.disclosure import Protected
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.csv_files import Target
from ctanalysis.project.sheets import Sheet

COLUMNS = [
    "indicator",
    "name",
    "unit",
    "direction",
    "horizon",
    "start",
    "end",
    "baseline",
    "actual",
    "status",
    "target",
    "percent_of_target",
    "target_rationale",
    "previous",
    "change",
    "last_year",
    "change_on_last_year",
]
Cell = Any  # a row of itertuples, whose columns the stubs do not know
Cells = dict[tuple[str, str], Cell]  # by indicator and horizon
TRACKED = ("period", "fiscal year to date", "project to date")


def track(values: Protected, project: Project, period: Period) -> Protected:
    """The tracking table of a period.

    values: with the horizons of an evaluation. Returns Protected with COLUMNS: one row for each
    indicator and tracked horizon (TRACKED). target is that of the period, of the fiscal year, and
    of the life of the project; percent_of_target is actual / target x 100. previous and last_year
    are the values of the period before and of the same one last year, change the differences of
    the numbers as they are shown (percentage points for shares); all empty where one side is.
    """
    return values.derive(lambda frame: _table(frame[frame["disaggregation"] == "total"], project, period))


def _table(totals: pd.DataFrame, project: Project, period: Period) -> pd.DataFrame:
    cells: Cells = {(str(row.indicator), str(row.horizon)): row for row in totals.itertuples(index=False)}
    rows = [_row(project, period, sheet, horizon, cells) for sheet in project.sheets for horizon in TRACKED]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(project: Project, period: Period, sheet: Sheet, horizon: str, cells: Cells) -> list[str | float]:
    cell = cells[sheet.code, horizon]
    target = target_for(project, sheet, _target_label(project, period, horizon), period.end)
    baseline = np.nan if sheet.baseline.value is None else float(sheet.baseline.value)
    facts = [
        sheet.code,
        sheet.name,
        sheet.unit,
        sheet.direction,
        horizon,
        cell.start,
        cell.end,
        baseline,
        cell.value,
        cell.status,
    ]
    return [*facts, *_against(cell, target), *_changes(sheet, horizon, cells)]


def _target_label(project: Project, period: Period, horizon: str) -> str:
    if horizon == "project to date":
        return "LOP"
    return period.label if horizon == "period" else project.calendar.containing(period.end, "year").label


def target_for(project: Project, sheet: Sheet, label: str, day: date) -> Target | None:
    """The target of an indicator for a period, as in force on a day; None if there is none."""
    targets = [
        t
        for t in project.targets
        if (t.indicator, t.period) == (sheet.code, label) and (t.valid_from or date.min) <= day
    ]
    return max(targets, key=lambda target: target.valid_from or date.min, default=None)


def _against(cell: Cell, target: Target | None) -> tuple[float, float, str]:
    if target is None:
        return np.nan, np.nan, ""
    per_cent = cell.value * 100 / target.target if target.target else np.nan
    return target.target, per_cent, target.rationale


def _changes(sheet: Sheet, horizon: str, cells: Cells) -> list[float]:
    if horizon != "period":
        return [np.nan] * 4
    now = cells[sheet.code, "period"]
    before = [cells.get((sheet.code, other)) for other in ("previous period", "same period last year")]
    return [number for cell in before for number in (np.nan if cell is None else cell.value, _change(sheet, now, cell))]


def _change(sheet: Sheet, now: Cell, before: Cell | None) -> float:
    """The difference of two values as they are shown; NaN where there is none of either."""
    if before is None or pd.isna(now.value) or pd.isna(before.value):
        return np.nan
    rougher = "exact" if now.status == before.status == "exact" else "rounded"
    return float(as_shown(now.value, sheet.measure, rougher) - as_shown(before.value, sheet.measure, rougher))
