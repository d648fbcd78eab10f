"""The days that the records cover, and how much happens on each.

A project has seasons: it starts slowly, rests at New Year and in the school holidays, and works
little at weekends.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

# The first day of the project, and the day as of which its figures were published.
FIRST = date(2011, 10, 1)
LAST = date(2014, 12, 31)

FRIDAY = 4  # of weekday()

# Month and day of New Year's break and of the public holidays that fall on fixed days.
HOLIDAYS = (
    (12, 31), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 7),
    (3, 8), (3, 21), (5, 1), (5, 5), (5, 9), (8, 31), (11, 7),
)  # fmt: skip


def quarter(day: date) -> int:
    """The number of the day's quarter: 0 for the project's first."""
    return (day.year - FIRST.year) * 4 + (day.month - FIRST.month) // 3


def weights(months: Sequence[int], quarters: Sequence[int], week: Sequence[int]) -> dict[date, int]:
    """How much falls on each day: by month from January, quarter of the project, and weekday."""
    span = range((LAST - FIRST).days + 1)
    return {
        day: months[day.month - 1] * quarters[quarter(day)] * week[day.weekday()] * _pace(day)
        for day in (FIRST + timedelta(days) for days in span)
    }


def _pace(day: date) -> int:
    """Next to nothing happens on a holiday."""
    return 1 if _holiday(day) else 40


def _holiday(day: date) -> bool:
    return (day.month, day.day) in HOLIDAYS


def working_day(day: date, step: int = 1) -> date:
    """The day itself, or the next working day; with a step of -1, the one before."""
    while day.weekday() > FRIDAY or _holiday(day):
        day += timedelta(step)
    return day


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_ends(first: date, last: date) -> list[date]:
    """The last day of every month from the first day's to the last day's."""
    ends = [month_end(first)]
    while ends[-1] < month_end(last):
        ends.append(month_end(ends[-1] + timedelta(1)))
    return ends


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
