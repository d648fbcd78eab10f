"""The units of work of many reports: each is the report of a period in all its languages, put there at once."""

from collections.abc import Sequence

from ctanalysis.periods import Period
from ctanalysis.reports import making
from ctanalysis.reports.languages import NOTHING, Asked
from ctanalysis.reports.made_from import Source
from ctanalysis.reports.planning import plan, reason


def stale(chosen: Sequence[Period], given: Source, asked: Asked = NOTHING) -> dict[str, str]:
    """Of these periods, those whose report is not what its inputs say today, or lacks what is asked: why, by label."""
    return {period.label: why for period in chosen if (why := reason(given, period.label, asked))}


def make(given: Source, label: str, asked: Asked, at_once: int) -> list[str]:
    """Makes the report of a period, as far as something in it has changed, and returns what was made, in words.

    at_once: how many of its pages. Refused: what build() refuses.
    """
    evaluation = given.evaluation(label)
    planned = plan(given, evaluation, asked)
    making.build(given, evaluation, planned, at_once)
    return planned.told


def told(given: Source, label: str, asked: Asked, at_once: int) -> list[str]:
    """What make() would make. at_once: as there."""
    return plan(given, given.evaluation(label), asked).told
