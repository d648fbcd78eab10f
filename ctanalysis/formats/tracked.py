"""The indicator performance tracking table as donors lay it out: a row for each indicator, numbers as numbers."""

import math
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from ctanalysis.analysis.milestones import Milestone, milestones
from ctanalysis.analysis.tracking import TO_DATE, YEAR_TO_DATE
from ctanalysis.evaluation import Evaluation
from ctanalysis.formats import shorthand
from ctanalysis.formats.workbook import Content, Sheet
from ctanalysis.project.sheets import Sheet as ReferenceSheet
from ctanalysis.tables.numbers import EMPTY

NOT_APPLICABLE = shorthand.SIGNS["not applicable"]
NOTES = (
    "A share is a fraction of one. What is rounded stands as the number to which it was rounded.",
    "Per cent of target: value / target × 100, where that says how near it is. Deviation: from what was expected by "
    "now, as a fraction of it.",
)
WHAT = ("to date", "target", "per cent of target", "expected by now", "deviation")
Row = Mapping[Hashable, Any]


def tracked(evaluation: Evaluation, notes: tuple[str, ...]) -> Sheet:
    """The tracking table: baseline, the quarters of the year, and the year and the project beside their targets."""
    year = evaluation.project.calendar.containing(evaluation.period.end, "year")
    quarters = _quarters(evaluation)
    header = ["Indicator", "Name", "Level", "Unit", "Desired direction", "Baseline", *quarters]
    header += [f"{of} {what}" for of in (year.label, "Project") for what in WHAT]
    frame = evaluation.tracking
    by_code = {code: group.set_index("horizon").to_dict("index") for (code,), group in frame.groupby(["indicator"])}
    rows = [_line(evaluation, sheet, by_code[sheet.code], quarters) for sheet in evaluation.project.sheets]
    rows += [_milestone(one, len(quarters)) for one in milestones(evaluation.project, evaluation.period)]
    about = tuple(filter(None, [evaluation.project.facts.targets_note]))
    title = f"Indicator performance tracking: {evaluation.period.label}"
    return Sheet("Tracking", title, (*notes, *NOTES, *about), tuple(header), rows, first=2)


def _quarters(evaluation: Evaluation) -> dict[str, str]:
    """The quarters of the year up to the end of the period, by label their last day (ISO)."""
    year, end = evaluation.project.calendar.containing(evaluation.period.end, "year"), evaluation.period.end
    completed = evaluation.project.calendar.completed("quarter")
    return {one.label: one.end.isoformat() for one in completed if one.year == year.year and one.end <= end}


def _line(
    evaluation: Evaluation, sheet: ReferenceSheet, rows: Mapping[Hashable, Row], quarters: Mapping[str, str]
) -> tuple[Content, ...]:
    history = evaluation.history
    own = history[(history["indicator"] == sheet.code) & (history["disaggregation"] == "total")]
    told = {end: _number(value, status) for end, value, status in own[["end", "value", "status"]].values}
    baseline = rows["period"]["baseline"]
    facts = (sheet.code, sheet.name, sheet.level, sheet.unit, sheet.direction or "none", _or_empty(baseline))
    spans = (cell for horizon in (YEAR_TO_DATE, TO_DATE) for cell in _span(rows[horizon]))
    return (*facts, *(told.get(end, EMPTY) for end in quarters.values()), *spans)


def _span(row: Row) -> Iterator[Content]:
    """To date, target, per cent of it, expected by now, deviation."""
    yield _number(row["actual"], row["status"])
    yield _aim(row["target"], row["target_low"], row["target_high"])
    yield _or_empty(row["percent_of_target"])
    yield _aim(*((row["expected"], math.nan, math.nan) if _same(row) else (math.nan, *_expected(row))))
    yield _or_empty(row["deviation"])


def _expected(row: Row) -> tuple[float, float]:
    return row["expected"], row["expected_high"]


def _same(row: Row) -> bool:
    low, high = _expected(row)
    return low == high or (not math.isnan(low) and math.isnan(high))


def _number(value: float, status: str) -> Content:
    return shorthand.sign(status) or float(value)


def _or_empty(number: float) -> Content:
    return EMPTY if math.isnan(number) else float(number)


def _aim(level: float, low: float, high: float) -> Content:
    """A level as a number; at least, at most or from one to another in words."""
    if not math.isnan(level):
        return float(level)
    if math.isnan(low) and math.isnan(high):
        return EMPTY
    if math.isnan(high):
        return f"at least {low:g}"
    return f"at most {high:g}" if math.isnan(low) else f"{low:g} to {high:g}"


def _milestone(one: Milestone, quarters: int) -> tuple[Content, ...]:
    """A milestone among the numbers: whether it is reached, and by when it is due."""
    state = f"reached on {one.reached.reached}" if one.reached else one.state
    due = f"by {one.due}" if one.due else EMPTY
    facts = (one.sheet.code, one.sheet.name, "milestone", "yes or no", EMPTY, EMPTY)
    year = (NOT_APPLICABLE,) * (quarters + len(WHAT))
    return (*facts, *year, state, due, *(NOT_APPLICABLE,) * 3)
