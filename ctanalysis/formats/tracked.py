"""The indicator performance tracking table as donors lay it out: a row for each indicator, numbers as numbers."""

import math
from collections.abc import Hashable, Iterator, Mapping
from functools import partial
from typing import Any

from babel.numbers import format_decimal

from ctanalysis.analysis.explanations import of_few
from ctanalysis.analysis.milestones import Milestone, milestones
from ctanalysis.analysis.tracking import TO_DATE, YEAR_TO_DATE
from ctanalysis.base import precision
from ctanalysis.evaluation import Evaluation
from ctanalysis.formats import shorthand
from ctanalysis.formats.workbook import WHOLE, Content, Number, Sheet
from ctanalysis.language import Speech
from ctanalysis.project.sheets import Sheet as ReferenceSheet
from ctanalysis.tables.numbers import EMPTY
from ctanalysis.tables.shorthand import SHORT

NOT_APPLICABLE = SHORT["not applicable"]
PER_CENT = "0%"
FACTS = ("indicator", "name", "level", "unit", "direction", "baseline")
WHAT = ("to_date", "target", "percent", "expected", "deviation")
Row = Mapping[Hashable, Any]


def tracked(evaluation: Evaluation, notes: tuple[str, ...]) -> Sheet:
    """The tracking table: baseline, the quarters of the year, and the year and the project beside their targets."""
    year, say = evaluation.project.calendar.containing(evaluation.period.end, "year"), evaluation.project.speech.plain
    quarters = _quarters(evaluation)
    of = (year.label, say("workbook.tracking.project"))
    header = [*(say(f"workbook.head.{name}") for name in FACTS), *quarters]
    header += [say(f"workbook.tracking.{what}", of=one) for one in of for what in WHAT]
    frame = evaluation.tracking
    by_code = {code: group.set_index("horizon").to_dict("index") for (code,), group in frame.groupby(["indicator"])}
    rows = [_line(evaluation, sheet, by_code[sheet.code], quarters) for sheet in evaluation.project.sheets]
    milestone = partial(_milestone, evaluation.project.speech, quarters=len(quarters))
    rows += map(milestone, milestones(evaluation.project, evaluation.period))
    about = filter(
        None, [say("workbook.shares"), say("workbook.per_cent", whole=100), evaluation.project.facts.targets_note]
    )
    title = say("workbook.title.tracking", period=evaluation.period.label)
    return Sheet(say("workbook.tab.tracking"), title, (*notes, *about), tuple(header), rows, first=2)


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
    speech = evaluation.project.speech
    level, direction = (
        speech.plain(f"table.sheet.word.{sheet.level}"),
        speech.plain(f"table.sheet.word.{sheet.direction}"),
    )
    facts = (sheet.code, sheet.name, level, sheet.unit, direction)
    spans = (cell for horizon in (YEAR_TO_DATE, TO_DATE) for cell in _span(speech, sheet, rows[horizon]))
    baseline = _number(rows["period"]["baseline"], _shown(sheet))
    return (*facts, baseline, *(told.get(end, EMPTY) for end in quarters.values()), *spans)


def _span(speech: Speech, sheet: ReferenceSheet, row: Row) -> Iterator[Content]:
    """To date, target, per cent of it, expected by now, deviation."""
    low, high = row["expected"], row["expected_high"]
    level = low if low == high or math.isnan(high) else math.nan
    yield _told(sheet, row["actual"], row["status"])
    yield _aim(speech, sheet, row["target"], (row["target_low"], row["target_high"]))
    yield _number(row["percent_of_target"], WHOLE)
    yield _aim(speech, sheet, level, (low, high))
    yield _few(row["actual"], low) if of_few(sheet, low) else _number(row["deviation"], PER_CENT)


def _few(actual: float, expected: float) -> Content:
    """A deviation from so few things that it is one of things, and in no per cent."""
    return _number(actual - expected, "0.0")


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


def _aim(speech: Speech, sheet: ReferenceSheet, level: float, ends: tuple[float, float]) -> Content:
    """A level as a number; at least, at most or from one to another in words."""
    if not math.isnan(level):
        return Number(float(level), _shown(sheet))
    low, high = ("" if math.isnan(end) else format_decimal(end, "#,##0.###", locale=speech.code) for end in ends)
    if low and high:
        return speech.plain("number.range", low=low, high=high)
    if low:
        return speech.plain("number.at_least", number=low)
    return speech.plain("number.at_most", number=high) if high else EMPTY


def _milestone(speech: Speech, one: Milestone, quarters: int) -> tuple[Content, ...]:
    """A milestone among the numbers: whether it is reached, and by when it is due."""
    say = speech.plain
    reached = one.reached
    state = say("workbook.tracking.reached", day=reached.reached) if reached else say(f"milestone.state.{one.state}")
    due = say("workbook.tracking.by", day=one.due) if one.due else EMPTY
    kind, unit = say("workbook.tracking.milestone"), say("workbook.tracking.yes_or_no")
    year = (NOT_APPLICABLE,) * (quarters + len(WHAT))
    return (one.sheet.code, one.sheet.name, kind, unit, EMPTY, EMPTY, *year, state, due, *(NOT_APPLICABLE,) * 3)
