"""What stands in a cell where no number does: a sign in brackets for each reason, explained once in each workbook."""

from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import UNTOLD, WITHHELD
from ctanalysis.indicators.values import NO_NUMBER
from ctanalysis.tables.shorthand import SHORT

SMALL, RANGE = "[c]", "[r]"
WORDS = {
    SMALL: "A small number: fewer than the policy shows of those whom it is about, as the status beside it says.",
    RANGE: "A range: the number is not less than low and not more than high.",
    "[w]": "Withheld to protect people: it would give a small number away. Withheld is not zero.",
    "[p]": "Not told: the policy tells it of no such days, whatever it is.",
    "[n]": "Not received: the records of these days are due and never came.",
    "[x]": "No data: there is nothing to add up, or a share of nothing.",
    "[f]": "Not this fine: the records know longer periods only.",
    "[z]": "Not applicable: the project has no such days, or no such number.",
}
assert set(SHORT) == {WITHHELD, UNTOLD, *NO_NUMBER}


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
