"""What a printed value says of the number behind it: at least so much, at most so much."""

import math
import re

from ctanalysis.disclosure.audit.solving import NotAudited
from ctanalysis.project.policy import DisclosureRule

EXACT, ROUNDED = "exact", "rounded"
SAYS_NOTHING = ("withheld", "not told", "no data")
Bounds = tuple[float, float]
CLASS = re.compile("([0-9]+)–([0-9]+)")  # of the waiting rule: from the first to the second
NOTHING_SAID: Bounds = (0.0, math.inf)


def interval(value: float | None, status: str, rule: DisclosureRule, of_things: bool, whole: bool = True) -> Bounds:
    """The least and the most that a printed number can stand for.

    rule: of policy.toml. of_things: the number is of services or money, and small where few people
    stand behind it, so that a hidden one may be large. whole: only whole numbers occur.
    NotAudited: a status that is none of the gate's, or a status that does not go with the value.
    """
    small = {
        f"fewer than {rule.fewer_than}": (0.0, rule.fewer_than - 1.0),
        f"fewer than {rule.fewer_than} people": NOTHING_SAID,
    }
    number = math.nan if value is None else value
    there = not math.isnan(number)
    if status in (EXACT, ROUNDED) and there:
        return (number, number) if status == EXACT else _rounded(number, rule, whole)
    if status in small and not there and of_things == status.endswith("people"):
        return small[status]
    if status in SAYS_NOTHING and not there:
        return NOTHING_SAID
    if not there and (of_class := CLASS.fullmatch(status)):
        return float(of_class[1]), float(of_class[2])
    raise NotAudited(f"a value is printed as '{status}', which is none of the states that the policy knows")


def is_small(status: str, rule: DisclosureRule) -> bool:
    """Whether a cell is printed as one of few people."""
    return status.startswith(f"fewer than {rule.fewer_than}")


def _rounded(value: float, rule: DisclosureRule, whole: bool) -> Bounds:
    """Halves are rounded up; what is printed is never one of the small numbers."""
    low, high = value - rule.round_to / 2, value + rule.round_to / 2
    if whole:
        low, high = math.ceil(low), math.ceil(high) - 1
    return float(max(low, rule.fewer_than) if high >= rule.fewer_than else low), float(
        high
    )  # a sum may be less than the people behind it
