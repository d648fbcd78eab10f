"""Pace and projection: where what adds up will stand at the end of the fiscal year and of the project.

actual to date + projection of the quarters ahead (80 %) ─▶ verdict against the target

    reached        it is there already              ahead         the interval lies above the target
    on track       neither of these:                above         the same of what no rise is aimed at
    at risk        one of these: the interval lies below the target; each quarter needs more than the best so far
    out of reach   both of these                    missed        the days are over, and it is not reached
    exceeded       of a maximum: more already       of a maximum, all the other way round: to stay below is ahead
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ctanalysis.analysis.expected import Expected, Plan, part_over, quarters_of
from ctanalysis.analysis.known import Known, once
from ctanalysis.analysis.series import Series, adds_up, quarterly
from ctanalysis.analysis.statistics.projection import Projection, projected
from ctanalysis.analysis.targets import target_for
from ctanalysis.analysis.values import Value
from ctanalysis.project.csv_files import Aim
from ctanalysis.project.sheets import Sheet

Verdict = Literal[
    "reached", "ahead", "above", "on track", "at risk", "out of reach", "missed", "exceeded",
    "no target", "too few quarters",
]  # fmt: skip
YEAR, PROJECT = "fiscal year", "project"
VERDICTS = ("ahead", "above", "on track", "at risk", "out of reach")  # of what is to come, and so to be claimed


@dataclass(frozen=True)
class Goal:
    """What a target asks of the whole: at least floor, at most ceiling; None where it does not ask that."""

    floor: float | None
    ceiling: float | None

    @classmethod
    def of(cls, sheet: Sheet, aim: Aim | None) -> "Goal":
        """A level is a floor, and a ceiling of what is to decrease."""
        if aim is None:
            return cls(None, None)
        if aim.level is None:
            return cls(aim.low, aim.high)
        return cls(None, aim.level) if sheet.direction == "decrease" else cls(aim.level, None)

    @property
    def number(self) -> float | None:
        """The number that the outcome is held against."""
        return self.ceiling if self.floor is None else self.floor


@dataclass(frozen=True)
class Outlook:
    """What a verdict follows from. actual: to date, the least and the most; remaining: quarters ahead, with parts.

    interval: of the whole outcome, 80 %; None where there is none. most, least: of the whole quarters so far.
    """

    actual: tuple[float, float]
    remaining: float
    interval: tuple[float, float] | None
    most: float
    least: float

    def needed(self, number: float) -> float:
        """What each remaining quarter needs (of a maximum: may have); NaN where none remains."""
        return (number - self.actual[0]) / self.remaining if self.remaining > 0 else math.nan


@dataclass(frozen=True)
class Pace:
    """How an indicator that adds up stands in the fiscal year ("fiscal year") or the life of the project ("project").

    start, end: the days of the whole. actual: to date. goal: of the whole; expected: by now, and by what; deviation:
    relative to that. projected: the mean of the outcome; lower, upper: its 80 % interval. verdict: see above. needed:
    by each remaining quarter; best: the best quarter so far (of a maximum the least). p_value: two-sided, of "the
    pace is the target's"; 1 where nothing is estimated. adjusted: whether season was seen and taken into
    account. What there is not is None.
    """

    sheet: Sheet
    horizon: str
    start: date
    end: date
    actual: Value
    goal: Goal
    expected: Expected | None
    deviation: float | None
    projected: float | None
    lower: float | None
    upper: float | None
    verdict: Verdict
    remaining: float
    needed: float | None
    best: Value | None
    p_value: float
    adjusted: bool


@once
def paces(known: Known) -> tuple[Pace, ...]:
    """The Pace of each indicator that adds up and whose number to date is told, of the year and of the project.

    Of a year of which records have not come there is none: they would count as nothing.
    """
    return tuple(pace for sheet in known.project.sheets if adds_up(sheet) for pace in _of_sheet(known, sheet))


def verdict(goal: Goal, outlook: Outlook) -> Verdict:
    """The verdict of an outlook against a goal."""
    low, _ = outlook.actual
    if goal.number is None:
        return "no target"
    if goal.ceiling is not None and low > goal.ceiling:
        return "exceeded"
    reached = goal.floor is None or low >= goal.floor
    if outlook.remaining <= 0:
        return "reached" if reached else "missed"
    if reached and goal.ceiling is None:
        return "reached"
    if outlook.interval is None:
        return "too few quarters"
    return _of_interval(goal, outlook, *outlook.interval)


def _of_interval(goal: Goal, outlook: Outlook, low: float, high: float) -> Verdict:
    """By two questions: whether the interval misses the target, and whether each quarter needs more than the best."""
    floor, ceiling, signs = goal.floor, goal.ceiling, (False, False)
    if floor is not None and low <= floor:
        signs = (high < floor, outlook.needed(floor) > outlook.most)
    if ceiling is not None and high >= ceiling and not any(signs):
        signs = (low > ceiling, outlook.needed(ceiling) < outlook.least)
    if any(signs):
        return "out of reach" if all(signs) else "at risk"
    if floor is None or ceiling is None:
        ahead = low > floor if floor is not None else high < (ceiling or 0)
        return "ahead" if ahead else "on track"
    return "on track"


@once
def without_pace(known: Known) -> tuple[Sheet, ...]:
    """Those that add up, with a number to date and a target, of which not all records of the fiscal year have come."""
    told = {pace.sheet.code for pace in paces(known)}
    left = (sheet for sheet in known.project.sheets if adds_up(sheet) and sheet.code not in told)
    rows = ((sheet, known.tracked.get((sheet.code, "project to date"))) for sheet in left)
    return tuple(sheet for sheet, row in rows if row and row.percent_of_target is not None)


def _of_sheet(known: Known, sheet: Sheet) -> Iterator[Pace]:
    facts, series = known.project.facts, quarterly(known, sheet)
    if not Plan(known.project, series, known.period.end).has_come:
        return
    year = known.project.calendar.containing(known.period.end, "year")
    first = max(facts.start, sheet.valid_from or facts.start)
    spans = ((YEAR, year.label, max(year.start, first), min(year.end, facts.end)), (PROJECT, "LOP", first, facts.end))
    for horizon, label, start, end in spans:
        actual = known.total(sheet.code, f"{horizon} to date")
        if actual is not None and actual.number:
            yield _pace(known, series, actual, (horizon, label, start, end))


def _pace(known: Known, series: Series, actual: Value, span: tuple[str, str, date, date]) -> Pace:
    horizon, label, start, end = span
    sheet, day = series.sheet, known.period.end
    target = target_for(known.project, sheet, label, day)
    aim = target.target if target else None
    goal, plan = Goal.of(sheet, aim), Plan(known.project, series, day)
    expected = None if aim is None else plan.of_year(aim) if horizon == YEAR else plan.of_project(aim)
    ahead = _ahead(known, end)
    found = None
    if ahead and not series.classed:
        found = projected(series.numbers, series.quarters, ahead, sheet.measure in ("count", "people"))
    outlook = _outlook(series, actual, sum(part for _, part in ahead), found)
    so_far = sum(part * (found.season.index(number) if found else 1) for number, part in _over(known, start, end))
    needed, best = _needed(goal, outlook), _best(series, goal)
    told = _aimed(sheet, verdict(goal, outlook))
    return Pace(
        sheet, horizon, start, end, actual, goal, expected,
        deviation=_deviation(expected, actual),
        projected=actual.value + found.mean if found else None,
        lower=outlook.interval[0] if outlook.interval else None,
        upper=outlook.interval[1] if outlook.interval else None,
        verdict=told,
        remaining=outlook.remaining,
        needed=needed if told in (*VERDICTS, "too few quarters") else None,
        best=best,
        p_value=_p_value(goal, outlook, found, so_far) if told in VERDICTS else 1.0,
        adjusted=bool(found and found.season.indices),
    )  # fmt: skip


def _aimed(sheet: Sheet, found: Verdict) -> Verdict:
    """What neither a rise nor a fall is aimed at is not ahead of its target, but above it."""
    return "above" if found == "ahead" and sheet.direction == "none" else found


def _ahead(known: Known, end: date) -> list[tuple[int, float]]:
    """The quarters from the period's last day to an end: which of the year each is, and which part is to come."""
    calendar, day = known.project.calendar, known.period.end
    quarters = quarters_of(calendar, day, end)
    parts = [(q.number, part_over(calendar, q, end) - part_over(calendar, q, day)) for q in quarters]
    return [(number, part) for number, part in parts if part > 0]


def _over(known: Known, start: date, end: date) -> list[tuple[int, float]]:
    """The quarters from a start to the period's last day: which of the year each is, and which part is over."""
    calendar, day = known.project.calendar, min(known.period.end, end)
    return [(q.number, part_over(calendar, q, day)) for q in quarters_of(calendar, start, day)]


def _outlook(series: Series, actual: Value, remaining: float, found: Projection | None) -> Outlook:
    numbers = [value.value for value in series.known]
    low, high = (actual.low, actual.high) if actual.low < actual.high else (actual.value, actual.value)
    interval = None
    if found:
        lower, upper = found.interval
        interval = (low + lower, high + upper)
    return Outlook((low, high), remaining, interval, max(numbers, default=math.nan), min(numbers, default=math.nan))


def _needed(goal: Goal, outlook: Outlook) -> float | None:
    if goal.number is None or outlook.remaining <= 0:
        return None
    return max(0.0, outlook.needed(goal.number))


def _best(series: Series, goal: Goal) -> Value | None:
    """The quarter with the most so far, the latest of several; of a maximum alone that with the least."""
    sign = -1 if goal.floor is None and goal.ceiling is not None else 1
    return max(series.known, key=lambda value: (sign * value.value, value.start), default=None)


def _deviation(expected: Expected | None, actual: Value) -> float | None:
    found = math.nan if expected is None else expected.deviation(actual.value)
    return None if math.isnan(found) else found


def _p_value(goal: Goal, outlook: Outlook, found: Projection | None, so_far: float) -> float:
    """Of the nearest number of the goal, for whatever the actual value stands for; within a range 1.

    Claimed is only what is beyond chance both of the quarters ahead and of those so far, which may have brought more or
    less than their pace (see Projection.p_of_pace). so_far: the size of these.
    """
    if found is None or goal.number is None:
        return 1.0
    middle = outlook.actual[0] + found.mean
    if goal.floor is not None and goal.ceiling is not None:
        if goal.floor <= middle <= goal.ceiling:
            return 1.0
        number = goal.floor if middle < goal.floor else goal.ceiling
    else:
        number = goal.number
    ahead = max(found.p_value(number - actual) for actual in outlook.actual)
    return max(ahead, *(found.p_of_pace(actual, so_far, number) for actual in outlook.actual))
