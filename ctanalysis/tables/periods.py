"""The two tables of indicator performance tracking: this year, and the life of the project."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from ctanalysis.analysis.milestones import Milestone
from ctanalysis.analysis.pace import PROJECT, Pace, paces
from ctanalysis.analysis.statistics.projection import COVERED
from ctanalysis.analysis.tracking import TO_DATE, YEAR_TO_DATE
from ctanalysis.disclosure.protected import UNTOLD
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.states import state
from ctanalysis.periods import Period
from ctanalysis.tables.cells import Cell, day, stands
from ctanalysis.tables.lines import Line
from ctanalysis.tables.numbers import EMPTY
from ctanalysis.tables.table import Table


def _say(speech: Speech, name: str, **parts: Any) -> str:
    return speech.plain(f"table.tracking.{name}", **parts)


def this_year(evaluation: Evaluation, lines: Sequence[Line], reached: Sequence[Milestone]) -> Table:
    """The fiscal year: its quarters so far, to date, target, what was expected by now, deviation and explanation.

    In its first quarter the year to date is that quarter, and stands once.
    """
    year, speech = evaluation.project.calendar.containing(evaluation.period.end, "year"), evaluation.project.speech
    quarters, period = _quarters(evaluation, year), _own(evaluation, lines)
    first = evaluation.period.kind == "quarter" and [quarter.start for quarter in quarters] == [year.start]
    rows = [_of_year(line, quarters, period) for line in lines]
    rows += [_milestone_of_year(evaluation, one, quarters, period, year) for one in reached]
    told = [*(quarter.label for quarter in quarters), *period, _say(speech, "to_date_of", year=year.label)]
    if first:
        untold = state(UNTOLD, speech)
        rows = [_once(row, 2, 3 + len(period), untold) for row in rows]
        told = [quarters[0].label, *period]
    names = ("percent", "expected", "deviation", "explanation")
    against = [_say(speech, "target_of", period=year.label), *(_say(speech, name) for name in names)]
    over_year, over_target = _say(speech, "fiscal_year", year=year.year), _say(speech, "against_year")
    spanners = (("", 1), (over_year, len(told)), (over_target, len(against)))
    header = (speech.plain("table.indicator"), speech.plain("table.unit"), *told, *against)
    groups = _areas(evaluation, lines, reached)
    caption = _say(speech, "year", year=year.label)
    return Table(caption, header, tuple(rows), spanners=spanners, groups=groups, speech=speech)


def _once(row: tuple[str, ...], quarter: int, to_date: int, untold: str) -> tuple[str, ...]:
    """A row without its year to date, which stands for a quarter that is not told: it says when it will be."""
    told = row[to_date] if row[quarter] == untold else row[quarter]
    return (*row[:quarter], told, *row[quarter + 1 : to_date], *row[to_date + 1 :])


def _areas(evaluation: Evaluation, lines: Sequence[Line], reached: Sequence[Milestone]) -> tuple[tuple[str, int], ...]:
    """The areas of the rows, with how many rows each has; none where all are of one."""
    names = {area.code: area.name for area in evaluation.project.facts.areas}
    found = [(names[code], len([*of])) for code, of in groupby(line.sheet.area for line in lines)]
    found += [(_say(evaluation.project.speech, "milestones"), len(reached))] if reached else []
    return tuple(found) if len(found) > 1 else ()


def life(evaluation: Evaluation, lines: Sequence[Line], reached: Sequence[Milestone]) -> Table:
    """The life of the project: baseline, to date, target, expected by now, and where it will stand at its end."""
    speech = evaluation.project.speech
    before = [_say(speech, name) for name in ("direction", "longer")]
    names = ("baseline", "to_date", "target_life", "percent", "expected", "deviation")
    against = [_say(speech, name) for name in names]
    ahead = [_say(speech, "projected", covered=speech.per_cent(100 * COVERED)), _say(speech, "verdict")]
    found = {pace.sheet.code: pace for pace in paces(evaluation.known) if pace.horizon == PROJECT}
    rows = [_of_life(line, found.get(line.sheet.code)) for line in lines]
    rows += [_milestone_of_life(evaluation.project.speech, one) for one in reached]
    over = [_say(speech, name) for name in ("meant", "life_of_project", "at_end")]
    spanners = tuple(zip(over, map(len, (before, against, ahead)), strict=True))
    header = (speech.plain("table.indicator"), *before, *against, *ahead)
    groups = _areas(evaluation, lines, reached)
    return Table(_say(speech, "life"), header, tuple(rows), spanners=spanners, groups=groups, speech=speech)


def _quarters(evaluation: Evaluation, year: Period) -> list[Period]:
    """The quarters of the year that are complete, of those that the project has."""
    completed = evaluation.project.calendar.completed("quarter")
    return [quarter for quarter in completed if quarter.year == year.year and quarter.end <= evaluation.period.end]


def _own(evaluation: Evaluation, lines: Sequence[Line]) -> list[str]:
    """The headers of the period's own value, where no other has it, and of its target, where one has one."""
    period, speech = evaluation.period, evaluation.project.speech
    if period.kind in ("year", "project"):
        return [period.label] if period.kind == "project" else []
    own = [] if period.kind == "quarter" else [period.label]
    has_target = any(line.rows["period"]["target_by"] for line in lines)
    names = ("target_of", "percent_of") if has_target else ()
    return own + [_say(speech, name, period=str(period)) for name in names]


def _of_year(line: Line, quarters: Sequence[Period], period: Sequence[str]) -> tuple[str, ...]:
    values = {value.end: value for value in line.evaluation.known.series.get(line.sheet.code, ())}
    told = [line.quarter(values[one.end]) if one.end in values else EMPTY for one in quarters]
    by_header = (line.aim("period"), line.attained("period"))
    own = [line.actual("period") if one == line.evaluation.period.label else "" for one in period]
    targets = iter(by_header)
    own = [cell or next(targets) for cell in own]
    to_date = (line.actual(YEAR_TO_DATE), line.aim(YEAR_TO_DATE), line.attained(YEAR_TO_DATE))
    expected = (line.expected(YEAR_TO_DATE), line.deviation(YEAR_TO_DATE), line.explanation)
    return (line.title, line.unit, *told, *own, *to_date, *expected)


def _of_life(line: Line, pace: Pace | None) -> tuple[str, ...]:
    facts = (line.title, line.direction, line.adds, line.baseline)
    to_date = (line.actual(TO_DATE), line.aim(TO_DATE), line.attained(TO_DATE))
    return (*facts, *to_date, line.expected(TO_DATE), line.deviation(TO_DATE), *_projected(line, pace))


def _projected(line: Line, pace: Pace | None) -> tuple[str, str]:
    if pace is None:
        return EMPTY, EMPTY
    told = stands(EMPTY)
    if pace.lower is not None and pace.upper is not None:
        source = f"{pace.actual.source}, projection"
        ends = {"low": (pace.lower, "at least"), "high": (pace.upper, "at most")}
        marks = {name: line.of.value(end, "exact", f"{source}, {which}") for name, (end, which) in ends.items()}
        told = line.of.message("table.tracking.range", **marks)
    return told, line.say(f"verdicts.{pace.verdict}")


def _target(speech: Speech, one: Milestone) -> tuple[str, str]:
    """By when a milestone is due, and how it stands, in a word."""
    standing = _say(speech, "late") if one.late else speech.plain(f"milestone.state.{one.state}")
    return _on(speech, "by_day", one.due) if one.due else EMPTY, stands(standing)


def _on(speech: Speech, name: str, of: date) -> Cell:
    """A message with a day."""
    return Cell(speech.say(f"table.tracking.{name}", day=day(speech, of)), is_number=True)


def _milestone_of_year(
    evaluation: Evaluation, one: Milestone, quarters: Sequence[Period], period: Sequence[str], year: Period
) -> tuple[str, ...]:
    """A milestone in the table of numbers: when it was reached and due, and no number."""
    speech = evaluation.project.speech

    def within(start: date, end: date) -> str:
        is_reached = one.reached and start <= one.reached.reached <= end
        return stands(speech.plain("milestone.state.reached")) if is_reached else EMPTY

    def target(start: date, end: date) -> tuple[str, str]:
        is_due = one.due is not None and start <= one.due <= end
        return _target(speech, one) if is_due else (stands(_say(speech, "no_target")), EMPTY)

    own = iter((*target(evaluation.period.start, evaluation.period.end),))
    cells = [
        within(evaluation.period.start, one.end) if name == evaluation.period.label else next(own) for name in period
    ]
    told = [within(quarter.start, quarter.end) for quarter in quarters]
    to_date = (within(year.start, one.end), *target(year.start, year.end))
    title = f"{one.sheet.code} {one.sheet.name}"
    return (title, _say(speech, "milestone"), *told, *cells, *to_date, EMPTY, EMPTY, EMPTY)


def _milestone_of_life(speech: Speech, one: Milestone) -> tuple[str, ...]:
    to_date = stands(speech.plain(f"milestone.state.{one.state}"))
    if one.reached:
        to_date = _on(speech, "reached_on", one.reached.reached)
    target = _target(speech, one) if one.due else (stands(_say(speech, "no_target")), EMPTY)
    title = f"{one.sheet.code} {one.sheet.name}"
    return (title, EMPTY, _say(speech, "milestone"), EMPTY, to_date, *target, EMPTY, EMPTY, EMPTY, EMPTY)
