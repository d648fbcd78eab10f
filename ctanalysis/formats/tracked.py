"""The indicator performance tracking table as donors lay it out: a row for each indicator, numbers as numbers."""

import math
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from ctanalysis.analysis.milestones import Milestone, milestones
from ctanalysis.analysis.tracking import TO_DATE, YEAR_TO_DATE
from ctanalysis.base import precision
from ctanalysis.evaluation import Evaluation
from ctanalysis.formats import shorthand
from ctanalysis.formats.workbook import WHOLE, Content, Number, Sheet
from ctanalysis.project.sheets import Sheet as ReferenceSheet
from ctanalysis.tables.numbers import EMPTY
from ctanalysis.tables.shorthand import SHORT

NOT_APPLICABLE = SHORT["not applicable"]
NOTES = (
    "A share is a fraction of one. What is rounded stands as the number to which it was rounded.",
    "Per cent of target: value / target × 100, where that says how near it is. Deviation: from what was expected by "
    "now, as a fraction of it.",
)
PER_CENT = "0%"
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
    told = {end: _told(sheet, value, status) for end, value, status in own[["end", "value", "status"]].values}
    facts = (sheet.code, sheet.name, sheet.level, sheet.unit, sheet.direction)
    spans = (cell for horizon in (YEAR_TO_DATE, TO_DATE) for cell in _span(sheet, rows[horizon]))
    baseline = _number(rows["period"]["baseline"], _shown(sheet))
    return (*facts, baseline, *(told.get(end, EMPTY) for end in quarters.values()), *spans)


def _span(sheet: ReferenceSheet, row: Row) -> Iterator[Content]:
    """To date, target, per cent of it, expected by now, deviation."""
    low, high = row["expected"], row["expected_high"]
    level = low if low == high or math.isnan(high) else math.nan
    yield _told(sheet, row["actual"], row["status"])
    yield _aim(sheet, row["target"], row["target_low"], row["target_high"])
    yield _number(row["percent_of_target"], WHOLE)
    yield _aim(sheet, level, low, high)
    yield _number(row["deviation"], PER_CENT)


def _shown(sheet: ReferenceSheet, status: str = "rounded") -> str:
    """How numbers of an indicator are shown: with the decimals that sentences have."""
    places = precision.decimals(sheet.measure, status)
    return (
        ("0" if sheet.measure == "share" else WHOLE)
        + "." * bool(places)
        + "0" * places
        + "%" * (sheet.measure == "share")
    )


def _told(sheet: ReferenceSheet, value: float, status: str) -> Content:
    return shorthand.sign(status) or Number(float(value), _shown(sheet, status))


def _number(number: float, shown: str) -> Content:
    return EMPTY if math.isnan(number) else Number(float(number), shown)


def _aim(sheet: ReferenceSheet, level: float, low: float, high: float) -> Content:
    """A level as a number; at least, at most or from one to another in words."""
    if not math.isnan(level):
        return Number(float(level), _shown(sheet))
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
