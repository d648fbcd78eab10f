"""The quarterly series of an indicator as an analysis may use it: of one definition, gaps where part is missing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ctanalysis.analysis.known import Known
from ctanalysis.analysis.values import Value
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet


@dataclass(frozen=True)
class Series:
    """The totals of consecutive quarters of one definition, in order, to the last one that the records complete.

    numbers: the same as numbers; NaN (a gap) where a quarter is not told, has not arrived, lacks some of its records or
    is no whole quarter of the project. quarters: which of its fiscal year each is (1-4).
    """

    sheet: Sheet
    values: tuple[Value, ...]
    numbers: tuple[float, ...]
    quarters: tuple[int, ...]

    @property
    def classed(self) -> bool:
        """Whether some quarters are told as classes only, so that the numbers of the others are a selection."""
        return any(value.small or value.ranged for value in self.values)

    @property
    def known(self) -> tuple[Value, ...]:
        """The quarters that are no gaps."""
        pairs = zip(self.values, self.numbers, strict=True)
        return tuple(value for value, number in pairs if not math.isnan(number))


def quarterly(known: Known, sheet: Sheet) -> Series:
    """The series of an indicator; empty where it has none."""
    return series_of(known.project, sheet, known.series.get(sheet.code, ()))


def series_of(project: Project, sheet: Sheet, totals: Sequence[Value]) -> Series:
    """The series of an indicator from its totals of every quarter, in order."""
    calendar = project.calendar
    first = sheet.valid_from
    values = tuple(value for value in totals if first is None or value.end >= first)
    places = [calendar.containing(value.end, "quarter") for value in values]
    whole = [(place.start, place.end) == (one.start, one.end) for place, one in zip(places, values, strict=True)]
    numbers = tuple(
        value.value if is_whole and value.number and not value.lack else math.nan
        for value, is_whole in zip(values, whole, strict=True)
    )
    return Series(sheet, values, numbers, tuple(place.number for place in places))


def adds_up(sheet: Sheet) -> bool:
    """Whether an indicator's quarters add up to its years and to the project: numbers of rows, people, amounts."""
    return sheet.counts_up and sheet.adds_up
