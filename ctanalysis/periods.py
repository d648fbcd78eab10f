"""A reporting period of a fiscal calendar: FY2015Q1, FY2014, FY2014H1, LOP; or one of its months, 2014-12.

A fiscal year begins on the first day of the calendar's first month and is named after the
calendar year in which it ends, as fiscal years of USAID are. Nothing here reads the clock: up to which
day the records are complete is a fact of the project.
"""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache
from typing import Literal

from ctanalysis.base.cards import Card
from ctanalysis.base.errors import Refused

Kind = Literal["month", "quarter", "half", "year"]
MONTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
FISCAL_FORM = "FY([0-9]{4})(?:(Q)([1-4])|(H)([12]))?"
MONTH_FORM = "([0-9]{4})-(0[1-9]|1[0-2])"
LEGAL_FORMS = (
    "Legal forms: FY2015Q1 (a quarter), FY2014H1 (a half), FY2014 (a fiscal year), "
    "2014-12 (a calendar month), LOP (the life of the project to date)."
)
REASONS = (  # why a text is no label, in words, by its form
    (r"[0-9]{4}(?:Q[1-4]|H[12])?", r"a calendar or a fiscal year? Write FY\g<0> for the fiscal one."),
    (r"FY[0-9]{4}Q[0-9]+", "a fiscal year has four quarters."),
    (r"FY[0-9]{4}H[0-9]+", "a fiscal year has two halves."),
    (r"([0-9]{4})-?(0[1-9]|1[0-2])(?:-[0-9]{1,2})?", r"a month is written \1-\2."),
    (r"([0-9]{4})-([1-9])", r"a month is written \1-0\2."),
    (r"[0-9]{4}-[0-9]+", "a year has the months 01 to 12."),
)


@dataclass(frozen=True)
class Period:
    """A span of whole days, both inclusive, with its label and its kind.

    kind: "month", "quarter", "half", "year" or "project"; year and number place it in its fiscal calendar
    (number 1-12 for months, 1-4 for quarters, 1-2 for halves, 1 otherwise; year 0 for "project").
    """

    label: str
    kind: Literal[Kind, "project"]
    start: date
    end: date
    year: int = 0
    number: int = 1

    def __str__(self) -> str:
        return self.label

    def _repr_html_(self) -> str:
        return Card(self.label, sentences=(f"{self.start} to {self.end}, a {self.kind}",)).html


@dataclass(frozen=True)
class Calendar:
    """A fiscal calendar and the part of it that one project covers.

    first_month: 1-12. start, end: the project's first and last day. records_through: the last day up to
    which its records are complete.
    """

    first_month: int
    start: date
    end: date
    records_through: date

    def period(self, kind: Kind, year: int, number: int = 1) -> Period:
        """The month, quarter, half or year with this number in this fiscal year."""
        months = MONTHS[kind]
        first = self._year_start(year)
        start = _add_months(first, (number - 1) * months)
        end = _add_months(first, number * months) - timedelta(days=1)
        mark = {"quarter": f"Q{number}", "half": f"H{number}"}.get(kind, "")
        label = f"{start.year:04d}-{start.month:02d}" if kind == "month" else f"FY{year:04d}{mark}"
        return Period(label, kind, start, end, year, number)

    def containing(self, day: date, kind: Kind) -> Period:
        """The month, quarter, half or year to which a day belongs."""
        year = day.year + (self.first_month > 1 and day.month >= self.first_month)
        months_in = (day.month - self.first_month) % 12
        return self.period(kind, year, months_in // MONTHS[kind] + 1)

    def life(self) -> Period:
        """The life of the project to date: its first day to the last complete one."""
        return Period("LOP", "project", self.start, min(self.end, self.records_through))

    def previous(self, period: Period) -> Period | None:
        """The period of the same kind just before; None for the life of the project."""
        if period.kind == "project":
            return None
        return self.containing(period.start - timedelta(days=1), period.kind)

    def same_last_year(self, period: Period) -> Period | None:
        """The same month, quarter, half or year of the fiscal year before; None for the life of the project."""
        if period.kind == "project":
            return None
        return self.period(period.kind, period.year - 1, period.number)

    def year_start(self, day: date) -> date:
        """The first day of the fiscal year to which a day belongs."""
        return self.containing(day, "year").start

    def last_year_end(self, day: date) -> Period | None:
        """The last fiscal year that is over at the end of a day; None before the project has one."""
        year = self.containing(day, "year")
        year = year if year.end == day else self.period("year", year.year - 1)
        return year if year.end >= self.start else None

    def whole_spans(self, start: date, end: date) -> frozenset[str]:
        """Which spans of the policy the days from start to end are: a set of "year", "project", "whole"; may be empty.

        "year" is a fiscal year. "project" is from the project's first day to the end of a fiscal year or
        of the project. "whole" is all days of the project.
        """
        year = self.containing(end, "year")
        spans = {"year"} if (year.start, year.end) == (start, end) else set()
        ends_whole = end in (year.end, self.end)
        whole = {"whole"} if (start, end) == (self.start, self.end) else set()
        return frozenset(spans | whole | ({"project"} if start == self.start and ends_whole else set()))

    def is_quarter(self, start: date, end: date) -> bool:
        """Whether the days from start to end are one quarter, or what the project has of it."""
        quarter = self.containing(end, "quarter")
        return start == max(quarter.start, self.start) and end in (quarter.end, self.end)

    def is_of_months(self, start: date, end: date, valid_from: date | None = None) -> bool:
        """Whether the days from start to end are whole months of the project; they may begin as is_whole says."""
        after = end + timedelta(days=1)
        return (start.day == 1 or start in (self.start, valid_from)) and (after.day == 1 or end == self.end)

    def is_whole(self, start: date, end: date, valid_from: date | None = None) -> bool:
        """Whether the days from start to end are whole quarters of the project.

        They may also begin on the day on which a definition became valid.
        """
        begins = start in (self.start, valid_from, self.containing(start, "quarter").start)
        return begins and end in (self.end, self.containing(end, "quarter").end)

    @staticmethod
    def percent_elapsed(start: date, end: date, day: date) -> float:
        """How much of the days from start to end has passed at the end of a day, in per cent (at most 100)."""
        return 100 * min(1, ((day - start).days + 1) / ((end - start).days + 1))

    @cache  # noqa: B019  # asked for each value that may not have come; calendars are few, and frozen
    def completed(self, kind: Kind) -> tuple[Period, ...]:
        """All periods of a kind for which the records are complete, in order.

        The first is the one in which the project begins, the last the one in which it ends.
        """
        period = self.containing(self.start, kind)
        completed = []
        while min(period.end, self.end) <= self.records_through and period.start <= self.end:
            completed.append(period)
            period = self.containing(period.end + timedelta(days=1), kind)
        return tuple(completed)

    def latest(self) -> Period:
        """The last quarter for which the records are complete. Refused: there is none yet."""
        quarters = self.completed("quarter")
        if not quarters:
            raise Refused(
                f"No quarter is complete yet: the records are complete through {self.records_through} "
                "(records_through in project.toml)."
            )
        return quarters[-1]

    def parse(self, text: str) -> Period:
        """The period that a label names, if it can be reported.

        Refused: not a label, outside the project, or the records are not complete up to its end.
        """
        period = self.named(in_capitals(text))
        self._check_reportable(period)
        return period

    def named(self, text: str) -> Period:
        """The period that a label names, complete or not. Refused: not a label, or outside the project.

        Labels in files are compared letter by letter, so small letters are taken only where a person types (parse).
        """
        if text == "LOP":
            return self.life()
        period = self._fiscal(text) or self._month(text)
        if not period:
            raise Refused(f"'{text}' is not a reporting period: {_reason(text)} {LEGAL_FORMS}")
        if period.end < self.start:
            raise Refused(f"{_days(period)}; the project begins on {self.start}. {LEGAL_FORMS}")
        if period.start > self.end:
            raise Refused(f"{_days(period)}; the project ends on {self.end}. {LEGAL_FORMS}")
        return period

    def delivered(self, text: str) -> Period:
        """The period that a label names of what is sent, complete or published: no month. Refused as by named()."""
        period = self.named(text)
        if period.kind == "month":
            quarter = self.containing(period.end, "quarter")
            raise Refused(
                f"{text} is a month: records are sent, and reports are released, of quarters or longer. "
                f"Write {quarter}."
            )
        return period

    def _fiscal(self, text: str) -> Period | None:
        """The quarter, half or year of this label; None if it is none."""
        match = re.fullmatch(FISCAL_FORM, text)
        if not match or not MINYEAR < int(match[1]) < MAXYEAR:
            return None
        kind: Kind = "quarter" if match[2] else "half" if match[4] else "year"
        return self.period(kind, int(match[1]), int(match[3] or match[5] or 1))

    def _month(self, text: str) -> Period | None:
        """The calendar month of this label; None if it is none."""
        match = re.fullmatch(MONTH_FORM, text)
        if not match or not MINYEAR < int(match[1]) < MAXYEAR - 1:  # the fiscal year of which it is ends a year later
            return None
        return self.containing(date(int(match[1]), int(match[2]), 1), "month")

    def _year_start(self, year: int) -> date:
        return date(year if self.first_month == 1 else year - 1, self.first_month, 1)

    def _check_reportable(self, period: Period) -> None:
        if self.records_through < self.start:
            raise Refused("Nothing can be reported: records_through in project.toml is before the project's start.")
        if min(period.end, self.end) > self.records_through:
            raise Refused(
                f"{_days(period)}, but the records are complete only through {self.records_through}. "
                f"When later records are in, move records_through in project.toml. {LEGAL_FORMS}"
            )


def in_capitals(text: str) -> str:
    """A label as it is written: fy2014q3 is FY2014Q3. A text of another form stays as it is."""
    return text.upper() if text.isascii() and _has_form(text.upper()) else text


def _add_months(first_of_month: date, months: int) -> date:
    index = first_of_month.year * 12 + first_of_month.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _days(period: Period) -> str:
    return f"{period.label} is {period.start} to {period.end}"


def _has_form(text: str) -> bool:
    return re.fullmatch(f"{FISCAL_FORM}|{MONTH_FORM}|LOP", text) is not None


def _reason(text: str) -> str:
    if text != text.strip().upper() and _has_form(text.strip().upper()):
        return f"write {text.strip().upper()}."
    if _has_form(text):
        return "there is no such year."
    found = ((re.fullmatch(form, text), words) for form, words in REASONS)
    other = "it has another form." if text else "it is empty."
    return next((match.expand(words) for match, words in found if match), other)
