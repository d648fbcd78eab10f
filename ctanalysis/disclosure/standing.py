"""Who stands in each breakdown that waits: as it was told and, from then on, as the records have it.

For the gate, which tells of them, and for a release, which remembers them. Names people; it never leaves the house.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from ctanalysis import indicators
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.disclosure.waiting import People, Standing, at_nodes
from ctanalysis.disclosure.waiting.named import is_told_once, waiting
from ctanalysis.project import Project
from ctanalysis.project.policy import Breakdown
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import Records


def standing(project: Project, rows: Records, days: Sequence[date], released: Ledger) -> Standing:
    """Who stands in each breakdown that waits, at each of its nodes.

    days: those that may be nodes. released: with which the breakdowns were told so far. Refused: who stood in one when
    it was told is not known any more.
    """
    told = ledger.standing(project, released)
    known = {
        (one.sheet, one.by): _with_last(
            one, indicators.known(project, rows, sheet, one.by, _days(project, sheet, days))
        )
        for one, sheet in ((one, project.sheet(one.sheet)) for one in waiting(project))
        if not one.ended
    }
    return at_nodes(told, known)


def _days(project: Project, sheet: Sheet, days: Sequence[date]) -> list[date]:
    """Those of the days to which a sheet's breakdowns are told."""
    return [day for day in days if day >= project.facts.end or not is_told_once(sheet)]


def _with_last(breakdown: Breakdown, by_day: Mapping[str, People]) -> Mapping[str, People]:
    """People by day, those whose category is blank in the last one where the policy says that a blank is an answer."""
    if breakdown.not_recorded == "apart":
        return by_day
    return {day: {who: label or breakdown.last for who, label in people.items()} for day, people in by_day.items()}
