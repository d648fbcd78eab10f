"""Date fields that hold years, quarters or months: what their cells mean, and of which days their rows can tell.

A period is kept as its last day (that of the project, where the project ends within it). Its rows count in spans of
days that are made of whole such periods; of finer days, or of others, nothing can be told.
"""

import re
from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from ctanalysis.language import Speech, Worded
from ctanalysis.project.calculations import Share
from ctanalysis.project.days import PERIODS
from ctanalysis.project.facts import Facts
from ctanalysis.project.fields import Field
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Level
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.arrays import Codes, Mask

YEAR = "(?P<year>(?:19|20)[0-9]{2})"
SHAPES = {  # how a cell of each kind is written; the number is that of the quarter or the month in its year
    "year": YEAR,
    "quarter": f"{YEAR}-?Q(?P<number>[1-4])",
    "month": f"{YEAR}-?(?P<number>0[1-9]|1[0-2])",
    "fiscal year": f"(?:FY)?{YEAR}",
    "fiscal quarter": f"(?:FY)?{YEAR}-?Q(?P<number>[1-4])",
}
EXAMPLES = {
    "year": "2014",
    "quarter": "2014Q3",
    "month": "2014-07",
    "fiscal year": "FY2014",
    "fiscal quarter": "FY2014Q3",
}
OF_A_DAY = r"((?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?"
FROM_A_DAY = "is the first day of a period, and was read as the period"
EPOCH_MONTH = 1970 * 12  # months are counted from January 1970, as numpy does
JOINED = " and "


def read(field: Field, text: pd.Series, facts: Facts | None) -> tuple[pd.Series, dict[str, Mask]]:
    """The last day of each period that cells name, and which were read from a period's first day.

    facts: of the project; of none, fiscal years are calendar years.
    """
    size, offset = _months(field.period, facts.fiscal_year.first_month if facts else 1)
    parts = text.str.extract(f"^{SHAPES[field.period]}$")
    year = pd.to_numeric(parts["year"]).fillna(1970).to_numpy(np.int64)
    number = pd.to_numeric(parts["number"]).fillna(1).to_numpy(np.int64) if "number" in parts else 1
    named = year * 12 - EPOCH_MONTH - (12 - offset) % 12 + (number - 1) * size
    days = pd.to_datetime(text.str.extract(f"^{OF_A_DAY}$")[0], format="%Y-%m-%d", errors="coerce")
    months = days.fillna(pd.Timestamp(0)).to_numpy("datetime64[M]").astype(np.int64)
    from_day = days.dt.day.eq(1).to_numpy(bool) & ((months - offset) % size == 0)
    first = np.where(from_day, months, named)
    last = _within(_day(first), _day(first + size) - 1, facts)
    there = parts["year"].notna().to_numpy(bool) | from_day
    values = pd.Series(last.astype("datetime64[D]").astype("datetime64[s]"), index=text.index).where(there)
    return values, {FROM_A_DAY: from_day}


def _within(first: Codes, last: Codes, facts: Facts | None) -> Codes:
    """The last days of periods; of one in which the project ends, the project's."""
    if not facts:
        return last
    end = (facts.end - date(1970, 1, 1)).days
    return np.where(first <= end, np.minimum(last, end), last)


def first_days(field: Field, days: Codes, facts: Facts) -> Codes:
    """The first day of each period of a field, by the day as which it is kept (days since 1970); a day is its own."""
    if not field.period:
        return days
    size, offset = _months(field.period, facts.fiscal_year.first_month)
    sensible = np.where(np.abs(days) < 10**6, days, 0)  # of those that are not there, anything
    months = sensible.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return _day(months - (months - offset) % size)


def last_days(field: Field, days: Codes, facts: Facts) -> Codes:
    """The last day of the period of a field in which each day lies (days since 1970); a day is its own."""
    if not field.period:
        return days
    months = first_days(field, days, facts).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return _day(months + PERIODS[field.period]) - 1


def covered(field: Field, days: Codes, facts: Facts) -> Codes:
    """A day of every month of the periods that days stand for, and the days themselves."""
    if not field.period:
        return days
    firsts = first_days(field, days, facts)
    months = firsts.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    every = np.concatenate([_day(months + more) for more in range(PERIODS[field.period])])
    return np.concatenate([days, every[every <= np.tile(days, PERIODS[field.period])]])


def are_told(project: Project, sheet: Sheet, start: date, end: date) -> bool:
    """Whether the records know days as finely as those from start to end: these are made of whole periods."""
    return not [*_coarser(project, sheet, start, end)]


def too_fine(project: Project, sheet: Sheet, start: date, end: date) -> str:
    """Why a value of these days cannot be told, in words: its records are of whole calendar years; else empty."""
    periods = dict.fromkeys(_coarser(project, sheet, start, end))
    names = [Speech().worded(f"lack.{in_words(period)}") for period in periods]
    return Speech().worded("lack.too_fine", periods=Worded.joined(names, JOINED)) if names else ""


def in_words(period: str) -> str:
    """calendar years, fiscal quarters, months."""
    return f"{'calendar ' if period in ('year', 'quarter') else ''}{period}s"


def fits(field: Field, facts: Facts) -> bool:
    """Whether fiscal years or parts of them are made of a field's periods: those of October are of no calendar year."""
    size, offset = _months(field.period, facts.fiscal_year.first_month)
    return (facts.fiscal_year.first_month - 1 - offset) % size == 0


def _coarser(project: Project, sheet: Sheet, start: date, end: date) -> Iterator[str]:
    """The periods of the fields that a sheet counts and chooses by of which days are not made."""
    for one in sheet.by_table:
        yield from _coarser_of(project, one, start, end)


def _coarser_of(project: Project, sheet: Sheet, start: date, end: date) -> Iterator[str]:
    """Those of the rows that a sheet counts of its own table."""
    rows, facts = sheet.row_calculation, project.facts
    begins = set() if isinstance(rows, Level) else {rows.date}  # of a level, and of what is known, the last day decides
    numerator = sheet.calculation.inside if isinstance(sheet.calculation, Share) else {}
    ends = {rows.start, rows.end} if isinstance(rows, Level) else begins
    for name in dict.fromkeys([*sorted(ends), *rows.where, *numerator]):
        field = project.package.locate(rows.table, name).field
        if field.period:
            from_first = name not in begins or start <= facts.start or _edge(field, start, facts) == start
            after = date.fromordinal(end.toordinal() + 1)
            if not (from_first and (end >= facts.end or _edge(field, after, facts) == after)):
                yield field.period


def _edge(field: Field, day: date, facts: Facts) -> date:
    """The first day of the period of a field in which a day lies."""
    epoch = date(1970, 1, 1).toordinal()
    [first] = first_days(field, np.array([day.toordinal() - epoch]), facts).tolist()
    return date.fromordinal(first + epoch)


def _months(period: str, first_month: int) -> tuple[int, int]:
    """How many months a period has, and in which month (January is 0) one of them begins."""
    return PERIODS[period], (first_month - 1 if period.startswith("fiscal") else 0)


def _day(months: Codes) -> Codes:
    """The first day of months since January 1970, in days since then."""
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def advice(field: Field, word: str) -> str:
    """What to do about a cell that is no period of a field's kind."""
    if re.fullmatch(OF_A_DAY, word):
        return f'Write the {field.period} alone; where the column holds days, take "format" out of the field'
    other = kind_of(word)
    if other:
        return (
            f"It is a {other}, and the field holds {in_words(field.period)}: send periods of one kind, or say "
            f'"format": "{other}" for the field in datapackage.json'
        )
    return next((do for shape, do in OTHERS if re.fullmatch(shape, word)), "")


def kind_of(word: str) -> str:
    """Which kind of period a word names; empty for none."""
    plain = [kind for kind in ("year", "quarter", "month") if re.fullmatch(SHAPES[kind], word)]
    fiscal = [kind for kind in ("fiscal year", "fiscal quarter") if re.fullmatch(SHAPES[kind], word)]
    return next(iter([*plain, *fiscal]), "")


OTHERS = (
    (r"[0-9]{4}-?[0-9]{2}|(FY)?[0-9]{4}-?Q[0-9]+", "There is no such period: correct it"),
    (
        r"[0-9]{4}(Jan|April|July|Sep|Oct|Nov)",
        "It is named after the year in which it begins, and here a fiscal year after the one in which it ends: write "
        'it so, as FY2015 for October 2014 to September 2015, and say "format": "fiscal year" for the field',
    ),
    (
        r"[0-9]{4}[A-Za-z]*[WS-][0-9A-Za-z]+|[0-9]{6}B|[0-9]{4}BiW[0-9]+",
        "No period of a project is made of weeks, two months or half years of others: ask for months, quarters or "
        "years",
    ),
)
