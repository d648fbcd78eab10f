"""What is told where no number is: fewer than 10, a range, withheld, no data ... in a language."""

import re

from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.language import Speech

FEWER = re.compile(r"fewer than (\d+)(?: (people|in number))?")


def as_told(value: float, status: str, low: float, high: float) -> str:
    """The status as which a count is told: of a rounded number that lies outside what it can be, the range of that."""
    is_outside = status == "rounded" and low < high and not low <= value <= high
    return f"{low:.0f}–{high:.0f}" if is_outside else status


def state(status: str, speech: Speech) -> str:
    """What is told where no number is, in a language: fewer than 10, 18–27, 56–84%, withheld, no data ..."""
    if of_range(status):
        return status.replace(" %", speech.percent)
    few = FEWER.fullmatch(status)
    if few:
        return speech.plain(f"state.fewer {few[2] or 'than'}", number=few[1])
    return speech.plain(f"state.{status}")
