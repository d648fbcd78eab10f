"""Two totals of one indicator that may be compared, with what a test needs beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ctanalysis.analysis.known import Known
from ctanalysis.analysis.statistics.compared import Compared
from ctanalysis.analysis.statistics.pairs import Pairs
from ctanalysis.analysis.values import Value
from ctanalysis.indicators.evidence import EVIDENCE, Behind, behind, tested
from ctanalysis.project.calculations import Rate
from ctanalysis.project.row_calculations import CHANGE, CHANGES
from ctanalysis.project.sheets import Sheet


class Told(NamedTuple):
    """A number with the least and the most for which it stands; where only these are told, the middle of them."""

    low: float
    number: float
    high: float

    @classmethod
    def of(cls, value: Value) -> "Told":
        """A total; of a rate its number."""
        calculation, middle = value.sheet.calculation, (value.low + value.high) / 2
        unit = value.denominator / calculation.per if isinstance(calculation, Rate) else 1.0
        return cls(value.low * unit, (value.value if value.number else middle) * unit, value.high * unit)


@dataclass(frozen=True)
class Pair:
    """Two totals: of the period, and of the one before it that it is compared with, under its horizon."""

    known: Known
    current: Value
    before: Value

    @property
    def sheet(self) -> Sheet:
        """What is tested: the sheet of both; of a rate, that of its number."""
        return tested(self.current.sheet)

    @cached_property
    def behind(self) -> Behind | None:
        """What the rows come in."""
        return behind(self.known.project, self.sheet)

    @property
    def exposure(self) -> float:
        """How many days the period has for each one of that before; of a rate, how many days of residents."""
        return days(self.current) / days(self.before) * self.residents

    @property
    def residents(self) -> float:
        """How many residents there are for each one before; 1 of what is no rate."""
        return self.current.denominator / self.before.denominator if self.current.sheet.measure == "rate" else 1.0

    def ends(self, what: str) -> tuple[Told, Told] | None:
        """What is told of a piece of evidence for both; None where it is not told for both."""
        found = [
            self.known.categories(self.current.sheet.code, EVIDENCE, one.horizon) for one in (self.current, self.before)
        ]
        now, before = (of.get(what) for of in found)
        return (_told(now), _told(before)) if now and before and now.shown and before.shown else None


def _told(value: Value) -> Told:
    return Told(value.low, value.value, value.high)


def changed(known: Known, value: Value) -> tuple[Pairs, Pairs] | None:
    """The fewest and the most who got better and worse behind a gain; None where it is not told."""
    found = known.categories(value.sheet.code, CHANGE, value.horizon)
    better, worse = (found.get(CHANGES[place]) for place in (0, 2))
    if better is None or worse is None or not better.shown:
        return None
    number = value.denominator
    return Pairs(better.low, worse.low, number), Pairs(better.high, worse.high, number)


def days(value: Value) -> int:
    """How many days a value is of."""
    return span(value.start, value.end)


def span(start: date, end: date) -> int:
    """How many days there are from one to another, both inclusive."""
    return (end - start).days + 1


def least_favourable(compare: Callable[[float, float], Compared], now: Told, before: Told, null: float) -> Compared:
    """A comparison of numbers that may stand for several: a change only if it holds for every one of them.

    compare: of two numbers; its size is `null` (1 of a ratio, 0 of a difference) where they are the same. The interval
    reaches from the least to the most that any two of the numbers allow, and the p-value is that of the two that are
    nearest to each other.
    """
    told, nearer = compare(now.number, before.number), compare(now.low, before.high)
    farther = compare(now.high, before.low)
    is_above, is_below = nearer.size > null, farther.size < null
    p = nearer.p if is_above else farther.p if is_below else 1.0
    return Compared(told.size, nearer.low, farther.high, p)
