"""What is told where no number is: fewer than 10, a range, withheld, no data ... in a language."""

import re

from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.language import Speech

FEWER = re.compile(r"fewer than (\d+)(?: (people|in number))?")


def state(status: str, speech: Speech) -> str:
    """What is told where no number is, in a language: fewer than 10, 18–27, 56–84%, withheld, no data ..."""
    if of_range(status):
        return status.replace(" %", speech.percent)
    few = FEWER.fullmatch(status)
    if few:
        return speech.plain(f"state.fewer {few[2] or 'than'}", number=few[1])
    return speech.plain(f"state.{status}")
