"""What stands in a cell where no number does: a sign in brackets for each reason, explained once in each workbook."""

from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import UNTOLD, WITHHELD
from ctanalysis.indicators.values import NO_NUMBER
from ctanalysis.language import Speech
from ctanalysis.tables.shorthand import SHORT

SMALL, RANGE = "[c]", "[r]"
assert set(SHORT) == {WITHHELD, UNTOLD, *NO_NUMBER}


def words(speech: Speech) -> dict[str, str]:
    """What each sign means, in a language."""
    return {one: speech.plain(f"workbook.sign.{one[1]}") for one in (SMALL, RANGE, *SHORT.values())}


def sign(status: str) -> str:
    """The sign for a status; empty where there is a number. ValueError: a status that there is not."""
    if status in ("exact", "rounded"):
        return ""
    if status in SHORT:
        return SHORT[status]
    if status.startswith("fewer than "):
        return SMALL
    if of_range(status):
        return RANGE
    raise ValueError(f"no shorthand for the status {status!r}")
