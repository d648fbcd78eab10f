"""How the cells of a date field are written: days in a format of their own, or periods in the place of days."""

import re
from datetime import date

PERIODS = {  # what a date field may hold in the place of days, in months
    "year": 12,
    "quarter": 3,
    "month": 1,
    "fiscal year": 12,
    "fiscal quarter": 3,
}
PERIOD_TYPES = {"year": "year", "yearmonth": "month"}  # of Table Schema
FORMAT = (
    "only a date has a format, and it names %d, %m and %Y once each, with - . / a blank or nothing between, such as "
    '"%d.%m.%Y" or "%Y%m%d"; a column of no days says what it holds, without a %: '
    + ", ".join(f'"{name}"' for name in PERIODS)
)
TURNED = "%Y-%d-%m"
TURNED_SAYS = (
    f'"{TURNED}" has the day where 2014-12-31 has the month, and every date field takes days as 2014-12-31, too: '
    "2014-05-01 could be either. Have the days written as 2014-12-31, and take the format out; or have them written "
    'with another sign, as in "%Y.%d.%m"'
)


def is_format(text: str) -> bool:
    """Whether a text is a format of days: %d, %m and %Y once each."""
    parts = re.findall("%[dmY]", text)
    return sorted(parts) == ["%Y", "%d", "%m"] and bool(re.fullmatch(r"(%[dmY][-./ ]?){2}%[dmY]", text))


def check_days(*bounds: float | str | None) -> None:
    """ValueError: one of the bounds is no day."""
    for bound in bounds:
        if bound is not None and not (isinstance(bound, str) and _is_day(bound)):
            raise ValueError("a day is written like 2014-12-31")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
