"""What the earlier quarters of a series say of its variation and of its season, for the test of a change."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ctanalysis.analysis.known import Known
from ctanalysis.analysis.pair import Pair, Told, days, span
from ctanalysis.analysis.statistics.compared import INDEPENDENT, Spread
from ctanalysis.analysis.statistics.season import Season, seasonal
from ctanalysis.analysis.values import Value
from ctanalysis.project.sheets import Sheet

QUARTERS = 4
TWO_YEARS = 2 * QUARTERS
STARTING = 2 / 3  # of the second year's number: less is a first year of starting up


@dataclass(frozen=True)
class Steps:
    """How the same step went in earlier years: between the same two quarters of the year.

    current, before: the seasonal indices of the two, 1 being a year's mean. years: in how many earlier years it was
    seen, and same: in how many of them it went the way in which it went now.
    """

    current: float
    before: float
    years: int
    same: int

    @property
    def expected(self) -> bool:
        """Whether it went so in every earlier year, of which there are two or more."""
        return self.same == self.years > 1


@dataclass(frozen=True)
class Earlier:
    """The quarters of a series that were over when the period began.

    values: those from which variation and season are told. every: all of them.
    """

    known: Known
    values: tuple[Value, ...]
    every: tuple[Value, ...]

    @classmethod
    def than(cls, known: Known, sheet: Sheet) -> "Earlier":
        """Those of a sheet. The period itself is not among them, so that a change does not hide itself.

        Nor is the first year where two more are there and it came to less than two thirds of the next: a project that
        starts up says nothing of how it varies later.
        """
        every = tuple(one for one in known.series.get(sheet.code, ()) if one.end < known.period.start)
        first, second = (sum(map(number, every[place : place + QUARTERS])) for place in (0, QUARTERS))
        starts_up = len(every) >= QUARTERS + TWO_YEARS and first < STARTING * second
        return cls(known, every[QUARTERS:] if starts_up else every, every)

    @property
    def numbers(self) -> list[float]:
        """The number of each quarter, NaN where none is told."""
        return [*map(number, self.values)]

    @cached_property
    def season(self) -> Season:
        return seasonal(self.numbers, [self.quarter(one) for one in self.values])

    @property
    def told(self) -> int:
        """How many of the quarters are told."""
        return sum(not math.isnan(number) for number in self.numbers)

    @property
    def knows_season(self) -> bool:
        """Whether there are two years, so that season would show."""
        return self.told >= TWO_YEARS

    def quarter(self, value: Value) -> int:
        """Which quarter of its fiscal year a value of a quarter is of."""
        return self.known.project.calendar.containing(value.start, "quarter").number

    def spread(self, per_unit: float = 1.0) -> Spread:
        """Variance / mean about the season, and its degrees of freedom; never less than that of independent units.

        per_unit: what it is where they are: 1 of a count, of a sum the mean size of its units.
        """
        found = self.season.dispersion / per_unit
        return Spread(found, self.season.degrees) if found > 1 and self.season.degrees else INDEPENDENT

    def quarters_of(self, value: Value) -> Sequence[int]:
        """The quarters of the year that a value is of; none where it is not of whole ones."""
        calendar = self.known.project.calendar
        first, last = (calendar.containing(day, "quarter") for day in (value.start, value.end))
        begins = max(first.start, self.known.project.facts.start)
        whole = (value.start, value.end) == (begins, last.end) and first.year == last.year
        return range(first.number, last.number + 1) if whole else ()

    def index(self, value: Value) -> float:
        """What season makes of a value: the indices of its quarters, of one that the project began in by its days."""
        quarters = self.quarters_of(value)
        calendar = self.known.project.calendar
        first, last = (calendar.containing(day, "quarter") for day in (value.start, value.end))
        return sum(map(self.season.index, quarters)) * days(value) / span(first.start, last.end)

    def of_these_quarters(self, value: Value) -> float:
        """What the series has in the same quarters of all years: from so much their indices are known."""
        quarters = self.quarters_of(value)
        both = zip(self.values, self.numbers, strict=True)
        return sum(number for one, number in both if self.quarter(one) in quarters and not math.isnan(number))

    def steps(self, pair: Pair) -> Steps | None:
        """How the step to the period from the one before it went in earlier years; None where no season shows."""
        if self.season.indices is None or not self.quarters_of(pair.current):
            return None
        went = _sign(Told.of(pair.current).number - Told.of(pair.before).number)
        quarter = self.quarters_of(pair.current)
        ends = [place for place, one in enumerate(self.every) if place and [*quarter] == [self.quarter(one)]]
        steps = [_sign(number(self.every[place]) - number(self.every[place - 1])) for place in ends]
        seen = [step for step in steps if step is not None]
        return Steps(self.index(pair.current), self.index(pair.before), len(seen), sum(step == went for step in seen))


def number(value: Value) -> float:
    """The number of a total, of a rate that of what it is of; NaN where none is told."""
    return Told.of(value).number if value.number else math.nan


def _sign(difference: float) -> int | None:
    return None if math.isnan(difference) else (difference > 0) - (difference < 0)
