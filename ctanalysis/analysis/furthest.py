"""What stands worst against its target: of what adds up by its pace, of shares and the like by how far they are short.

A share is held against the target of the fiscal year to date; where the year is not told yet, of the last one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ctanalysis.analysis.known import Known, once
from ctanalysis.analysis.pace import PROJECT, Goal, Pace, paces
from ctanalysis.analysis.series import adds_up
from ctanalysis.analysis.targets import target_for
from ctanalysis.analysis.tracking import YEAR_TO_DATE
from ctanalysis.analysis.values import Value
from ctanalysis.base import precision
from ctanalysis.project.sheets import Sheet

WORST_FIRST = ("missed", "exceeded", "out of reach", "at risk")
LAST_YEAR = "last fiscal year"


@dataclass(frozen=True)
class Beyond:
    """A value that does not add up and is beyond its goal: a share, a mean, a rate. part: how far, relative to it."""

    value: Value
    goal: Goal
    part: float

    @property
    def sheet(self) -> Sheet:
        """Of what indicator."""
        return self.value.sheet


@dataclass(frozen=True)
class Furthest:
    """The paces with the worst verdict on the project, and the value furthest from its goal; none where none is."""

    paces: tuple[Pace, ...]
    missing: Beyond | None

    @property
    def found(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.paces or self.missing)


@once
def furthest(known: Known) -> Furthest:
    """What is worst of a period."""
    of_project = [one for one in paces(known) if one.horizon == PROJECT and one.verdict in WORST_FIRST]
    worst = min((WORST_FIRST.index(one.verdict) for one in of_project), default=-1)
    alike = tuple(one for one in of_project if WORST_FIRST.index(one.verdict) == worst)
    found = (one for sheet in known.project.sheets if not adds_up(sheet) for one in _missing(known, sheet))
    return Furthest(alike, max(found, key=lambda one: one.part, default=None))


def _missing(known: Known, sheet: Sheet) -> Iterator[Beyond]:
    """A sheet's value of this year, or else of the last, where it is beyond its goal, and is shown so."""
    calendar, day = known.project.calendar, known.period.end
    for horizon in (YEAR_TO_DATE, LAST_YEAR):
        value = known.total(sheet.code, horizon)
        if value is None or not value.number or value.unsent:
            continue
        year = calendar.containing(value.end, "year")
        target = target_for(known.project, sheet, year.label, day)
        if target and (value.end == year.end or not sheet.grows):
            yield from _beyond(value, Goal.of(sheet, target.target))
            return


def _beyond(value: Value, goal: Goal) -> Iterator[Beyond]:
    ends = ((goal.floor, value.high, -1), (goal.ceiling, value.low, 1))
    for number, nearest, sign in ends:
        if number and sign * (nearest - number) > 0 and _shown(value, value.value) != _shown(value, number):
            yield Beyond(value, goal, sign * (value.value - number) / number)


def _shown(value: Value, number: float) -> object:
    return precision.as_shown(number, value.measure, "rounded")
