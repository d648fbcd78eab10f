"""What is said of a comparison: as much as its evidence bears, and no more.

clear change · no clear change · as in every earlier year · too few, or too varied, to say · no comparison, and why
"""

import math
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from ctanalysis.analysis.change import Change, Outcome
from ctanalysis.analysis.statistics.compared import KNOWN
from ctanalysis.analysis.tested import RATIO, Why
from ctanalysis.base import precision
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import in_words
from ctanalysis.narrative.text import fragment

MANY_TIMES = 3.0  # from so many times as many on, no per cent is said
MEASURED = ("share", "mean", "gain", "median", "ratio", "rate", "mean level", "max", "min", "last")
OF_NUMBERS = (Why.QUOTIENT, Why.ORDER, Why.MEAN_LEVEL, Why.ROUND, Why.BELOW_ZERO)
UNTESTED = (*OF_NUMBERS, Why.SEASON_UNKNOWN, Why.OF_A_PART)  # told all the same


@dataclass(frozen=True)
class End:
    """An end of an interval: its size without a sign, its unit ("%", "times", "points"), and which way it lies."""

    size: float
    unit: str
    rises: bool

    @property
    def places(self) -> int:
        """The decimals that it is told with: of points none, else one."""
        return 0 if self.unit == "points" else 1


@dataclass(frozen=True)
class Said:
    """A comparison with what its sentence asks for. clear: whether it is, among all that the report compares."""

    change: Change
    clear: bool
    language: str | Speech = "en"

    @property
    def kind(self) -> str:
        """Which sentence is said of it."""
        change = self.change
        if change.test.found is None:
            return "few units" if change.test.few else "state" if change.why == Why.STATE else "none"
        if self.clear or change.expected_by_season:
            return "clear" if self.clear else "season"
        if change.outcome == Outcome.TOO_FEW:
            return "same" if self.difference == 0 else "varies" if change.test.varies else "few"
        return "unclear"

    @property
    def difference(self) -> Decimal | None:
        """By how much it is more, as both numbers are shown; None where one is not shown as a number."""
        now, before = self.change.current, self.change.before
        if before is None or not now.number or not before.number:
            return None
        rougher = "exact" if now.status == before.status == "exact" else "rounded"
        shown = [precision.as_shown(one.value, one.measure, rougher) for one in (now, before)]
        return shown[0] - shown[1]

    @property
    def word(self) -> str:
        """The way that it went: more, fewer, less, higher or lower; empty where both are shown as the same."""
        size = self.difference
        return self.way(size > 0) if size else self.way(self.rises) if size is None and self.clear else ""

    @property
    def rises(self) -> bool:
        """Whether what was tested lies above the earlier total: days, residents and season taken out."""
        found = self.change.test.found
        return found is not None and found.size > (1 if self.change.test.of == RATIO else 0)

    @property
    def against_season(self) -> bool:
        """Whether it went the other way than it would seem, once the season is taken out."""
        return bool(self.change.season and self.difference and (self.difference > 0) != self.rises)

    def way(self, rises: bool) -> str:
        """The word for more or less of what it measures."""
        if self.change.sheet.measure in MEASURED:
            return "higher" if rises else "lower"
        return "more" if rises else "fewer" if self.change.countable else "less"

    @property
    def ends(self) -> tuple[End, End] | None:
        """Both ends of the interval, of a clear fall the nearer one first; None where there is none, or no most."""
        found = self.change.test.found
        if found is None or math.isinf(found.high) or math.isnan(found.size):
            return None
        low, high = self._end(found.low), self._end(found.high)
        return (high, low) if not high.rises else (low, high)

    def _end(self, number: float) -> End:
        if self.change.test.of == RATIO:
            if number >= MANY_TIMES:
                return End(number, "times", True)
            return End(abs(100 * (number - 1)), "%", number >= 1)
        scale = 100 if self.change.sheet.measure == "share" else 1
        return End(abs(number * scale), "points" if self.change.sheet.measure in ("share", "gain") else "", number >= 0)

    @property
    def least(self) -> float:
        """The smallest rise, in per cent or percentage points, that would have shown; NaN where none is known."""
        least = self.change.test.least
        if self.change.test.of == RATIO:
            return 100 * (least - 1)
        return least * 100 if self.change.sheet.measure == "share" else least

    @property
    def many_times(self) -> bool:
        """Whether the smallest rise that would have shown is so large that it is told as times, and in no per cent."""
        return self.change.test.least >= MANY_TIMES

    @property
    def decimals(self) -> int:
        """Those of the smallest difference that would have shown."""
        return 0 if self.change.sheet.measure in ("share", "gain") else 1

    @property
    def clusters(self) -> bool:
        """Whether it was allowed for that what is counted clusters, or varies more than chance alone has it."""
        test = self.change.test
        return max(test.effects) > 1 or test.spread.degrees != KNOWN or test.method == "variance from units"

    @property
    def before(self) -> str:
        """The earlier total in words: its number, its range, or what stands for it."""
        value = self.change.before
        return in_words(value.sheet, value.value, value.status, self.language, value.high) if value else ""

    @property
    def source(self) -> str:
        """Of what its numbers are."""
        before = self.change.before
        since = f" since {before.start} to {before.end}" if before else ""
        return f"{self.change.current.source}, change{since}"


def sentence(change: Change, clear: bool, language: str | Speech = "en") -> Markup:
    """What is said of a comparison, to stand behind a number and a comma: "10 more than in July–September 2013 (113)".

    clear: whether it is clear among all that the report compares (analysis.claims).
    """
    return fragment("sentence", language, "changes", said=Said(change, clear, language), change=change)


def interval(change: Change, language: str | Speech = "en") -> Markup:
    """The 95 % interval of a change in words: "between 4% and 30% more"; empty where there is none."""
    return fragment("interval", language, "changes", said=Said(change, True, language), change=change)


def verdict(change: Change, clear: bool, language: str | Speech = "en") -> Markup:
    """The same in few words, for a table: "no clear change", "too few to say"."""
    return fragment("verdict", language, "changes", said=Said(change, clear, language), change=change)


def short(change: Change, clear: bool, language: str | Speech = "en") -> Markup:
    """The earlier total and the verdict, to stand behind a number: "113 in October–December 2013, no clear change"."""
    return fragment("short", language, "changes", said=Said(change, clear, language), change=change)
