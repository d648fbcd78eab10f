"""What was to be expected of an indicator by a day, and by what that is known.

quarterly targets    those of the quarters so far, where each has one
yearly targets       of the project: those of the years so far, where they add up to the project's
seasonal pattern     the part of a year that comes by that day, by the earlier whole years, where there are two
share of the time    the part of the days that is over
target               of what does not add up, or of days that are over: the target itself
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from ctanalysis.analysis.series import Series, adds_up
from ctanalysis.analysis.targets import target_for
from ctanalysis.periods import Calendar, Period
from ctanalysis.project import Project
from ctanalysis.project.csv_files import Aim
from ctanalysis.project.sheets import Sheet

QUARTERLY, YEARLY, SEASONAL, TIME, ITSELF = (
    "quarterly targets",
    "yearly targets",
    "seasonal pattern",
    "share of the time",
    "target",
)
YEARS = 2  # whole earlier ones, the fewest that make a pattern
QUARTERS = 4
NEARLY = 1e-9


@dataclass(frozen=True)
class Expected:
    """What was to be expected: from low to high (the same of a level or a minimum), and by what.

    Of a maximum low is minus infinity: any less is as expected.
    """

    low: float
    high: float
    by: str

    def deviation(self, actual: float) -> float:
        """How far an actual value is from it, relative to the end that it is beyond; 0 within; NaN of an expected 0."""
        end = self.low if actual < self.low else self.high if actual > self.high else actual
        if actual == end:
            return 0.0
        return (actual - end) / end if end > 0 else math.nan


def part_over(calendar: Calendar, quarter: Period, day: date) -> float:
    """Which part of a quarter's days, of those in the project, is over at the end of a day: 0 to 1."""
    first, last = max(quarter.start, calendar.start), min(quarter.end, calendar.end)
    days = (last - first).days + 1
    return min(max((day - first).days + 1, 0), days) / ((quarter.end - quarter.start).days + 1)


def quarters_of(calendar: Calendar, start: date, end: date) -> list[Period]:
    """The quarters in which the days from start to end lie."""
    quarter, found = calendar.containing(start, "quarter"), list[Period]()
    while quarter.start <= end:
        found.append(quarter)
        quarter = calendar.containing(quarter.end + timedelta(days=1), "quarter")
    return found


def pattern(calendar: Calendar, series: Series, before: date) -> Mapping[int, float] | None:
    """Which part of a year each quarter makes, by the whole fiscal years before a day; None where there are not two.

    Of each quarter the median of its parts of these years, so that a first year that begins slowly weighs no more than
    another, made to add up to 1. Years of which nothing is counted say nothing.
    """
    years = dict[int, dict[int, float]]()
    for value, number in zip(series.values, series.numbers, strict=True):
        quarter = calendar.containing(value.end, "quarter")
        if quarter.end < before and not math.isnan(number):
            years.setdefault(quarter.year, {})[quarter.number] = number
    whole = [year for year in years.values() if len(year) == QUARTERS and sum(year.values()) > 0]
    if len(whole) < YEARS:
        return None
    middle = {number: median(year[number] / sum(year.values()) for year in whole) for number in range(1, QUARTERS + 1)}
    total = sum(middle.values())
    return {number: part / total for number, part in middle.items()} if total > 0 else None


@dataclass(frozen=True)
class Plan:
    """What is needed to say what was expected of an indicator at the end of a day."""

    project: Project
    series: Series
    day: date

    @property
    def has_come(self) -> bool:
        """Whether the records of the fiscal year have come, to the day: what lacks some is held against no plan."""
        year = self.project.calendar.containing(self.day, "year")
        return not any(value.unsent for value in self.series.values if year.start <= value.end <= self.day)

    @property
    def _sheet(self) -> Sheet:
        return self.series.sheet

    def of_year(self, aim: Aim) -> Expected | None:
        """Of the fiscal year of the day, with its target; None where nothing can be expected before its end."""
        year = self.project.calendar.containing(self.day, "year")
        return self._of(aim, year.start, year.end, self._quarterly(year))

    def of_project(self, aim: Aim) -> Expected | None:
        """Of the life of the project, with its target."""
        facts = self.project.facts
        start = max(facts.start, self._sheet.valid_from or facts.start)
        return self._of(aim, start, facts.end, self._yearly(aim))

    def _of(self, aim: Aim, start: date, end: date, targets: Expected | None) -> Expected | None:
        end = min(end, self.project.facts.end)
        if self.day >= end or not self._sheet.grows:
            return _times(aim, 1, ITSELF)
        if not (adds_up(self._sheet) or self._sheet.measure == "rate"):
            return None  # people who are counted in each period anew: half a year has more than half of a year's
        if targets:
            return targets
        return _times(aim, *self._part(max(start, self.project.facts.start), end))

    def _part(self, start: date, end: date) -> tuple[float, str]:
        """Which part of the days from start to end is over, by the pattern of earlier years or by time; and by what."""
        calendar = self.project.calendar
        year = calendar.containing(self.day, "year")
        seasons = pattern(calendar, self.series, year.start)
        if seasons is None:
            return calendar.percent_elapsed(start, end, self.day) / 100, TIME
        quarters = quarters_of(calendar, start, end)
        over, whole = (
            sum(seasons[quarter.number] * part_over(calendar, quarter, day) for quarter in quarters)
            for day in (self.day, end)
        )
        return (over / whole, SEASONAL) if whole > 0 else (calendar.percent_elapsed(start, end, self.day) / 100, TIME)

    def _quarterly(self, year: Period) -> Expected | None:
        """The targets of the year's quarters so far; None where one of them has none, or one is not over."""
        start = max(year.start, self.project.facts.start)
        quarters = quarters_of(self.project.calendar, start, self.day)
        if not self.project.calendar.is_quarter(max(quarters[-1].start, start), self.day):
            return None
        return _added(self._aim(quarter.label) for quarter in quarters)

    def _yearly(self, aim: Aim) -> Expected | None:
        """The targets of the years that are over, and what is expected of the present one; None where they differ."""
        facts, calendar = self.project.facts, self.project.calendar
        if self._sheet.valid_from and self._sheet.valid_from > facts.start:
            return None
        labels = [f"FY{number:04d}" for number in range(*self._years())]
        every, whole = _added(map(self._aim, labels), YEARLY), _times(aim, 1, YEARLY)
        if every is None or not math.isclose(every.low, whole.low) or not math.isclose(every.high, whole.high):
            return None
        now = calendar.containing(self.day, "year")
        past = [label for label in labels if label < now.label]
        present, own = self.of_year(self._aim(now.label) or aim), _added(map(self._aim, past), YEARLY)
        if present is None or (past and own is None):
            return None
        return present if own is None else Expected(own.low + present.low, own.high + present.high, YEARLY)

    def _years(self) -> tuple[int, int]:
        first, last = (
            self.project.calendar.containing(day, "year").year
            for day in (self.project.facts.start, self.project.facts.end)
        )
        return first, last + 1

    def _aim(self, label: str) -> Aim | None:
        target = target_for(self.project, self._sheet, label, self.day)
        return target.target if target else None


def _times(aim: Aim, part: float, by: str) -> Expected:
    """A part of a target."""
    low = aim.level if aim.level is not None else aim.low
    high = aim.level if aim.level is not None else aim.high if aim.high is not None else aim.low
    return Expected(-math.inf if low is None else low * part, math.inf if high is None else high * part, by)


def _added(aims: Iterator[Aim | None], by: str = QUARTERLY) -> Expected | None:
    """Several targets together; None where one is missing, or there is none."""
    parts = [None if aim is None else _times(aim, 1, by) for aim in aims]
    told = [part for part in parts if part is not None]
    if not told or len(told) < len(parts):
        return None
    return Expected(sum(part.low for part in told), sum(part.high for part in told), by)
