"""Values against baseline and targets: the indicator performance tracking table.

It comes after the gate: a per cent of target, or a change, is calculated from what is published.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ctanalysis.analysis import attainment
from ctanalysis.analysis.expected import Expected, Plan
from ctanalysis.analysis.series import adds_up, series_of
from ctanalysis.analysis.targets import target_for
from ctanalysis.analysis.values import Value
from ctanalysis.base.precision import as_shown
from ctanalysis.disclosure import Protected
from ctanalysis.disclosure.protected import only_protected
from ctanalysis.indicators import BASELINE
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.csv_files import Target
from ctanalysis.project.row_calculations import Level
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
    "against_baseline",
    "change_on_baseline",
    "target",
    "target_low",
    "target_high",
    "target_by",
    "against_target",
    "percent_of_target",
    "percent_of_way",
    "target_rationale",
    "previous",
    "change",
    "last_year",
    "change_on_last_year",
    "adds",
    "quarter_1",
    "quarter_2",
    "quarter_3",
    "quarter_4",
    "expected",
    "expected_high",
    "expected_by",
    "deviation",
]
ADDS, AT_END, ANEW = "adds up", "state at the end", "recalculated"
Cell = Any  # a row of itertuples, whose columns the stubs do not know
Cells = dict[tuple[str, str], Cell]  # by indicator and horizon
YEAR_TO_DATE, TO_DATE = "fiscal year to date", "project to date"
NO_QUARTERS: Mapping[str, Sequence[Value]] = MappingProxyType({})


class Baseline(NamedTuple):
    """A baseline, and the least and the most that it stands for; NaN where there is none."""

    value: float
    low: float
    high: float


NO_BASELINE = Baseline(np.nan, np.nan, np.nan)
TRACKED = ("period", YEAR_TO_DATE, TO_DATE)


def track(
    values: Protected,
    project: Project,
    period: Period,
    baselines: Protected | None = None,
    quarters: Mapping[str, Sequence[Value]] = NO_QUARTERS,
) -> Protected:
    """The tracking table of a period.

    values: with the horizons of an evaluation. baselines: those of survey rounds, as an evaluation has them. quarters:
    by indicator, its totals of every quarter, as Known.series.
    Returns Protected with COLUMNS: one row for each indicator and tracked horizon (TRACKED). The target is that of the
    period, of the fiscal year, and of the life of the project, and target_by the last of its days: target where it is a
    level, target_low and target_high where it is a minimum, a maximum or a range. against_target and against_baseline
    are "below", "at", "within" or "above", and what the per cents are says analysis.attainment. previous and last_year
    are the values of the period before and of the same one last year, changes the differences of the numbers as they
    are shown (percentage points for shares); all empty where one side is. A number that grows with its days is held
    against a baseline, which is a year's, for a whole fiscal year only, unless the baseline is 0; of survey rounds,
    whose baseline is that of a whole round, to date only.

    adds: "adds up" of quarters that do, "state at the end" of what is one, "recalculated" of all other longer periods.
    quarter_1 ... quarter_4: in the row of the fiscal year, its quarters so far. expected, expected_high: what was to be
    expected of the target by now (the same but for a range; a maximum has the latter only), and expected_by what that
    follows (analysis.expected). deviation: of the actual value from it, relative to it. Of a year of which not all
    records have come nothing is expected by now.
    """
    rounds = None if baselines is None else only_protected(baselines)
    return values.derive(lambda frame: _table(pd.concat([frame, rounds]), project, period, quarters))


def _table(
    values: pd.DataFrame, project: Project, period: Period, quarters: Mapping[str, Sequence[Value]]
) -> pd.DataFrame:
    totals = values[values["disaggregation"] == "total"]
    cells: Cells = {(str(row.indicator), str(row.horizon)): row for row in totals.itertuples(index=False)}
    plans = [
        Plan(project, series_of(project, sheet, quarters.get(sheet.code, ())), period.end) for sheet in project.sheets
    ]
    rows = [
        [*_row(project, period, sheet, horizon, cells), *_on_the_way(plan, horizon, cells[sheet.code, horizon])]
        for sheet, plan in zip(project.sheets, plans, strict=True)
        for horizon in TRACKED
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(project: Project, period: Period, sheet: Sheet, horizon: str, cells: Cells) -> list[str | float]:
    cell = cells[sheet.code, horizon]
    target = target_for(project, sheet, _target_label(project, period, horizon), period.end)
    facts = [sheet.code, sheet.name, sheet.unit, sheet.direction, horizon, cell.start, cell.end]
    baseline = _baseline(sheet, cells)
    before = baseline if _is_comparable(project, sheet, cell, baseline) else NO_BASELINE
    compared = [
        attainment.against_baseline(_actual(cell), before.low, before.high),
        _difference(sheet, cell, before.value),
    ]
    way_from = before.value if before.low == before.high else np.nan
    against = _against(sheet, cell, target, way_from, _last_day(project, period, horizon))
    return [*facts, baseline.value, cell.value, cell.status, *compared, *against, *_changes(sheet, horizon, cells)]


def _baseline(sheet: Sheet, cells: Cells) -> Baseline:
    """The baseline of a sheet: what it says, or what the baseline round says."""
    if sheet.rounds:
        cell = cells.get((sheet.code, BASELINE))
        return Baseline(cell.value, cell.low, cell.high) if cell else NO_BASELINE
    if sheet.baseline.value is None:
        return NO_BASELINE
    value = float(sheet.baseline.value)
    return Baseline(value, value, value)


def _is_comparable(project: Project, sheet: Sheet, cell: Cell, baseline: Baseline) -> bool:
    """Whether a value of these days can be held against a baseline."""
    if sheet.rounds:
        return not sheet.counts_up or cell.horizon == TO_DATE
    year = project.calendar.containing(date.fromisoformat(cell.end), "year")
    is_year = (cell.start, cell.end) == (year.start.isoformat(), year.end.isoformat())
    return is_year or not (sheet.grows and baseline.value)


def _last_day(project: Project, period: Period, horizon: str) -> date:
    """The last of the days of a horizon's target."""
    year = project.calendar.containing(period.end, "year")
    last = {"period": period, "fiscal year to date": year}.get(horizon)
    return min(last.end, project.facts.end) if last else project.facts.end


def _target_label(project: Project, period: Period, horizon: str) -> str:
    if horizon == TO_DATE:
        return "LOP"
    return period.label if horizon == "period" else project.calendar.containing(period.end, "year").label


def _against(sheet: Sheet, cell: Cell, target: Target | None, baseline: float, last: date) -> list[str | float]:
    if target is None:
        return [np.nan, np.nan, np.nan, "", "", np.nan, np.nan, ""]
    aim, actual = target.target, _actual(cell)
    return [
        *(np.nan if number is None else number for number in (aim.level, aim.low, aim.high)),
        last.isoformat(),
        attainment.against_target(actual, aim),
        attainment.percent_of_target(sheet, actual, aim),
        attainment.percent_of_way(sheet, actual, aim, baseline),
        target.rationale,
    ]


def _actual(cell: Cell) -> attainment.Actual:
    return attainment.Actual(cell.value, cell.low, cell.high)


def _changes(sheet: Sheet, horizon: str, cells: Cells) -> list[float]:
    if horizon != "period":
        return [np.nan] * 4
    now = cells[sheet.code, "period"]
    before = [cells.get((sheet.code, other)) for other in ("previous period", "same period last year")]
    return [number for cell in before for number in (np.nan if cell is None else cell.value, _change(sheet, now, cell))]


def _change(sheet: Sheet, now: Cell, before: Cell | None) -> float:
    """The difference of two values as they are shown; NaN where there is none of either."""
    if before is None:
        return np.nan
    return _difference(sheet, now, before.value, before.status)


def adds(sheet: Sheet) -> str:
    """Whether an indicator's quarters add up, its values are states on a day, or longer periods are recalculated."""
    if adds_up(sheet):
        return ADDS
    return AT_END if isinstance(sheet.calculation, Level) and not sheet.is_ratio else ANEW


def _on_the_way(plan: Plan, horizon: str, cell: Cell) -> list[str | float]:
    """Whether it adds up, the quarters of the fiscal year, what was expected by now, and the deviation from that."""
    sheet = plan.series.sheet
    quarters = _quarters(plan) if horizon == YEAR_TO_DATE else [np.nan] * 4
    expected = _expected(plan, sheet, horizon, cell)
    if expected is None:
        return [adds(sheet), *quarters, np.nan, np.nan, "", np.nan]
    told = cell.status in ("exact", "rounded") and not pd.isna(cell.value)
    ends = (number if np.isfinite(number) else np.nan for number in (expected.low, expected.high))
    return [adds(sheet), *quarters, *ends, expected.by, expected.deviation(cell.value) if told else np.nan]


def _expected(plan: Plan, sheet: Sheet, horizon: str, cell: Cell) -> Expected | None:
    period = plan.project.calendar.containing(plan.day, "year")
    label = {YEAR_TO_DATE: period.label, TO_DATE: "LOP"}.get(horizon)
    target = target_for(plan.project, sheet, label, plan.day) if label else None
    if target is None or not plan.has_come:
        return None
    return plan.of_year(target.target) if horizon == YEAR_TO_DATE else plan.of_project(target.target)


def _quarters(plan: Plan) -> list[float]:
    """The numbers of the fiscal year's quarters so far, as they are told; NaN of those without."""
    calendar = plan.project.calendar
    year, found = calendar.containing(plan.day, "year"), [np.nan] * 4
    for value in plan.series.values:
        quarter = calendar.containing(value.end, "quarter")
        if quarter.year == year.year and value.number:
            found[quarter.number - 1] = value.value
    return found


def _difference(sheet: Sheet, now: Cell, before: float, status: str = "exact") -> float:
    if pd.isna(now.value) or pd.isna(before):
        return np.nan
    rougher = "exact" if now.status == status == "exact" else "rounded"
    return float(as_shown(now.value, sheet.measure, rougher) - as_shown(before, sheet.measure, rougher))
