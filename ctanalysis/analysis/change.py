"""What changed: every total against that of the same period last year, and against that of the period before.

    two totals ─▶ may they be compared? ─▶ the test of their measure ─▶ Change ─▶ claims.clear over a whole report

A change is said of the numbers as they are told: of one that stands for several, only where it holds for all of them.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ctanalysis.analysis.known import Known, once
from ctanalysis.analysis.pair import Pair, changed
from ctanalysis.analysis.spread import Steps
from ctanalysis.analysis.statistics import pairs
from ctanalysis.analysis.statistics.compared import KNOWN, Compared
from ctanalysis.analysis.tested import DIFFERENCE, LEAST_N, Tested, Why, tested
from ctanalysis.analysis.values import Value
from ctanalysis.indicators.evidence import DESIGN_EFFECT, UNITS
from ctanalysis.project.sheets import Sheet

LAST_YEAR, PREVIOUS = "same period last year", "previous period"
ALL = "all"  # the category of a total
VERSUS = (LAST_YEAR, PREVIOUS)  # in the order in which they are told


class Outcome(StrEnum):
    """What can be said of a comparison before all of a report's are counted as many (see claims)."""

    TO_TEST = "to test"
    TOO_FEW = "too few"
    NO_COMPARISON = "no comparison"


@dataclass(frozen=True)
class Change:
    """A total beside an earlier one of the same indicator.

    before: None where the project has no such period. versus: LAST_YEAR or PREVIOUS. test: the comparison with its
    interval and p-value, its method and what it allows for (see tested.Tested). why: what keeps the two from being
    compared or tested; PART_MISSING leaves them tested, NOT_SENT compared only. countable: whether there are fewer of
    them, and not less.
    """

    current: Value
    before: Value | None
    versus: str
    test: Tested
    why: Why | None = None
    countable: bool = True

    @property
    def sheet(self) -> Sheet:
        """The indicator."""
        return self.current.sheet

    @property
    def outcome(self) -> Outcome:
        """TOO_FEW where a notable change would not be seen; one that is clear nevertheless may be told of few, too."""
        if self.test.few:
            return Outcome.TOO_FEW
        return Outcome.TO_TEST if self.test.found else Outcome.NO_COMPARISON

    @property
    def p(self) -> float:
        """The two-sided p-value; NaN where nothing is tested, and nothing can be claimed."""
        return self.test.found.p if self.test.found else math.nan

    @property
    def difference(self) -> float:
        """By how much the total is above the earlier one (a share's in fractions of 1); NaN where one has no number."""
        return self.current.value - self.before.value if self.before else math.nan

    @property
    def season(self) -> Steps | None:
        """Of the period before, where the series shows season, how the step went in earlier years."""
        return self.test.season

    @property
    def expected_by_season(self) -> bool:
        """Whether the same step was seen in every earlier year between these two quarters of the year."""
        return bool(self.season and self.season.expected)

    @property
    def lacking(self) -> tuple[Value, ...]:
        """Those of the two of whose records something is missing."""
        return tuple(one for one in (self.current, self.before) if one and one.lack)


@dataclass(frozen=True)
class Gained:
    """What the same people gained within the period: McNemar's test of those who got better and worse.

    found: the gain in percentage points with its interval, and the p-value; None where it is not tested, for the reason
    why. effect: the design effect that it allows for.
    """

    current: Value
    found: Compared | None
    effect: float = 1.0
    why: Why | None = None
    method: str = "McNemar"

    @property
    def p(self) -> float:
        """The two-sided p-value; NaN where nothing is tested."""
        return self.found.p if self.found else math.nan


@once
def changes(known: Known) -> tuple[Change, ...]:
    """Every comparison of the totals that are told of the period, in the order of the sheets and of VERSUS.

    With days before the project's first nothing is compared.
    """
    return tuple(one for sheet in known.project.sheets for one in _of_sheet(known, sheet))


def _of_sheet(known: Known, sheet: Sheet) -> Iterator[Change]:
    now = known.total(sheet.code)
    if now is None or not now.told or known.period.kind == "project":
        return
    seen = set[tuple[str, str]]()
    for versus in VERSUS:
        before = known.total(sheet.code, versus)
        if before and before.end < known.project.facts.start:
            continue
        days = (before.start.isoformat(), before.end.isoformat()) if before else ("", "")
        if days not in seen:
            yield _change(known, now, before, versus)
        seen.add(days)


def compared(known: Known, now: Value, before: Value, versus: str) -> Change:
    """The comparison of two values of one indicator, of the period of `known` and of an earlier one.

    versus: LAST_YEAR where both are of the same time of the year, so that no season lies between them; else PREVIOUS.
    known: with the quarters before the period, and the evidence of both under the horizons of the values. Of part of a
    breakdown there is no evidence; a count of it is tested with the spread and the season of the total.
    """
    if now.category != ALL and now.sheet.measure not in ("count", "people"):
        countable = known.project.adds_whole_numbers(now.sheet) and not now.sheet.is_ratio
        return Change(now, before, versus, Tested(DIFFERENCE, None), _why_not(now, before) or Why.OF_A_PART, countable)
    return _change(known, now, before, versus)


def _change(known: Known, now: Value, before: Value | None, versus: str) -> Change:
    countable = known.project.adds_whole_numbers(now.sheet) and not now.sheet.is_ratio
    why = _why_not(now, before) if before else Why.NO_VALUE
    if before is None or why:
        return Change(now, before, versus, Tested(DIFFERENCE, None), why, countable)
    if now.unsent or before.unsent:  # what is not there may be all the difference
        return Change(now, before, versus, Tested(DIFFERENCE, None), Why.NOT_SENT, countable)
    test = tested(Pair(known, now, before), versus == PREVIOUS and known.period.kind != "year")
    lacks = Why.PART_MISSING if now.lack or before.lack else None
    return Change(now, before, versus, test, test.why or lacks, countable)


def _why_not(now: Value, before: Value) -> Why | None:
    """Why two totals cannot be compared, whatever their measure."""
    since = now.sheet.valid_from
    if since and before.start < since <= now.start and before.status == "not applicable":
        return Why.DEFINITION
    if before.status == "not received":
        return Why.NOT_RECEIVED
    if before.status in ("no data", "not applicable", "not this fine"):
        return Why.NO_VALUE
    return None if before.told and not math.isnan(before.low) else Why.WITHHELD


@once
def gains(known: Known) -> tuple[Gained, ...]:
    """Of every gain of yes and no that is told of the period, whether more got better than worse."""
    told = [known.total(sheet.code) for sheet in known.project.sheets if sheet.measure == "gain"]
    return tuple(_gained(known, now) for now in told if now is not None and now.number)


def _gained(known: Known, now: Value) -> Gained:
    """Tested where those who got better and worse, and what is told beside them, leave it the least sure."""
    of, evidence = changed(known, now), known.evidence(now.sheet.code)
    if now.denominator < LEAST_N:
        return Gained(now, None, why=Why.N_BELOW_FIVE)
    degrees = evidence[UNITS].low - 1 if UNITS in evidence else KNOWN
    if of is None or DESIGN_EFFECT not in evidence or degrees <= 0:
        return Gained(now, None, why=Why.FEW_UNITS)
    effect = max(1.0, evidence[DESIGN_EFFECT].high)
    fewest, most = (end.independent(effect) for end in of)
    found = pairs.gained(fewest, most, degrees=degrees)
    return Gained(now, Compared(now.value, 100 * found.low, 100 * found.high, found.p), effect)
