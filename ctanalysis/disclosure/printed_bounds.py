"""For which numbers a printed value stands: its columns low and high, from the value, its status and the policy.

    exact 35 ─▶ 35 to 35      rounded 40 ─▶ 35 to 44      18–27 ─▶ 18 to 27      fewer than 10 ─▶ 0 to 9

Of a rounded number they are less where the rest of its table leaves less.

Everything in them follows from what is printed. The auditor reads prints by itself, and shares nothing with this.
"""

import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ctanalysis.disclosure import evidence, rates
from ctanalysis.disclosure.breakdowns import conditioned
from ctanalysis.disclosure.protected import Protected
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.indicators.evidence import EVIDENCE
from ctanalysis.indicators.known_people import begins
from ctanalysis.project import Project
from ctanalysis.project.calculations import Rate
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.sheets import Sheet

BOUNDS = ["low", "high"]
HALF = 0.005  # of a per cent, to which the shares of the waiting rule are rounded
RANGE = re.compile(r"(\d+)–(\d+)( ?%)?")  # of the waiting rule, of people or in per cent
_READ = ["indicator", "start", "category", "value", "numerator", "denominator", "status"]
_TABLE = ["indicator", "start", "end", "disaggregation"]
_UNKNOWN = (math.nan, math.nan)
Pair = tuple[float, float]


def bounded(values: Protected, project: Project) -> Protected:
    """What the gate returns with the columns low and high behind value (see with_bounds)."""
    return values.derive(lambda frame: with_bounds(frame, project))


def with_bounds(values: pd.DataFrame, project: Project) -> pd.DataFrame:
    """Printed values with the columns low and high behind value, NaN where the print says nothing of the number.

    values: with the columns of indicators.values.COLUMNS, as the gate returns them.
    """
    narrowed = conditioned(project)
    readers = {sheet.code: _reader(project, sheet, sheet.code in narrowed) for sheet in project.sheets}
    rows = values[_READ].itertuples(index=False, name=None)
    pairs = np.array([readers[code].bounds(*row) for code, *row in rows], float).reshape(-1, 2)
    beside = values["disaggregation"].eq(EVIDENCE).to_numpy(bool)
    if beside.any():
        told = values.loc[beside, ["indicator", "category", "value", "status"]].itertuples(index=False, name=None)
        pairs[beside] = [evidence.bounds(one, state, evidence.steps(project, *of)) for *of, one, state in told]
    place = [*values.columns].index("value") + 1
    names = [*values.columns[:place], *BOUNDS, *values.columns[place:]]
    return _together(values.assign(low=pairs[:, 0], high=pairs[:, 1]))[names]


def _reader(project: Project, sheet: Sheet, narrowed: bool) -> "_Reader | _OfRate":
    if isinstance(sheet.calculation, Rate):
        return _OfRate(_Reader.of(project, sheet.parts[0], narrowed), sheet.calculation.per)
    return _Reader.of(project, sheet, narrowed)


def _together(bounds: pd.DataFrame) -> pd.DataFrame:
    """The bounds with those of rounded numbers as narrow as their breakdown makes them.

    Where it prints of how many people it is, its categories add up to that: 115 to 124 and 10 to 14 of 128 are 115 to
    118 and 10 to 13.
    """
    table = [*_TABLE, "horizon"]
    bases = bounds[bounds["category"] == RECORDED].drop_duplicates(table).set_index(table)["value"]
    base = bounds[table].join(bases.rename("base"), on=table)["base"]
    part = base.notna() & ~bounds["category"].isin([RECORDED, NOT_RECORDED])
    low, high = bounds["low"].fillna(0).where(part, 0), bounds["high"].fillna(base).where(part, 0)
    least, most = (side.groupby([bounds[name] for name in table]).transform("sum") - side for side in (low, high))
    rounded = part & (bounds["status"] == "rounded")
    return bounds.assign(
        low=bounds["low"].mask(rounded, np.maximum(low, base - most)),
        high=bounds["high"].mask(rounded, np.minimum(high, base - least)),
    )


def of_range(status: str) -> Pair | None:
    """The least and the most of a status such as "18–27" or "56–84 %"; per cents as fractions of 1; None of others."""
    found = RANGE.fullmatch(status)
    if not found:
        return None
    least, most = float(found[1]), float(found[2])
    return (least / 100, most / 100) if found[3] else (least, most)


@dataclass(frozen=True)
class _Reader:
    """What has to be known of a sheet to read its prints.

    things: services or money, whose numbers may be smaller than those of the people behind them. whole: its values are
    whole numbers. narrowed: its totals are part of a breakdown. start: the first day, where the class waits: a number
    that does not begin on it is the difference of two prints.
    """

    sheet: Sheet
    rule: DisclosureRule
    things: bool
    whole: bool
    narrowed: bool
    start: str

    @classmethod
    def of(cls, project: Project, sheet: Sheet, narrowed: bool) -> "_Reader":
        rule = project.disclosure_rule(sheet)
        whole = project.adds_whole_numbers(sheet)
        start = begins(project, sheet).isoformat() if rule.nodes else ""
        return cls(sheet, rule, project.counts_things(sheet), whole, narrowed, start)

    def bounds(self, start: str, category: str, value: float, *parts: float | str) -> Pair:
        """parts: numerator, denominator, status."""
        numerator, denominator, status = parts
        if status == "exact":
            return value, value
        if self.sheet.measure == "gain" and category not in self.sheet.beside[1]:  # that people are few says nothing
            return self._gain(float(numerator), float(denominator)) if status == "rounded" else _UNKNOWN
        if status == "rounded" and self.sheet.is_ratio and category not in self.sheet.beside[1]:
            exact = category == "all" and not self.narrowed
            return self._ratio(value, float(numerator), float(denominator), exact)
        if status == "rounded":
            is_difference = self.start not in ("", start)
            return self._difference(value) if is_difference else self._rounded(value, not self.things)
        if status == f"fewer than {self.rule.fewer_than}":
            of_people = not self.sheet.is_ratio or category in self.sheet.beside[1]  # of a share it says nothing
            return (0.0, self.rule.fewer_than - 1.0) if of_people else _UNKNOWN
        return of_range(str(status)) or _UNKNOWN

    def _difference(self, value: float) -> Pair:
        """The numbers for which the difference of two numbers to the nearest round_to stands."""
        return max(0.0, value - self.rule.round_to + 1), value + self.rule.round_to - 1

    def _rounded(self, value: float, of_people: bool = True) -> Pair:
        """Those for which a number to the nearest round_to stands, halves up; of people it is never a small one."""
        low, high = value - self.rule.round_to / 2, value + self.rule.round_to / 2
        if self.whole:
            low, high = float(math.ceil(low)), math.ceil(high) - 1.0
        small = of_people and low < self.rule.fewer_than <= high
        return (float(self.rule.fewer_than) if small else low), high

    def _gain(self, points: float, pairs: float) -> Pair:
        """Of percentage points: the difference of two rounded numbers, over a number that may be rounded, too."""
        off, least = 100 * (self.rule.round_to - 1), max(pairs - self.rule.round_to // 2, 1)
        quotients = [(points + side) / of for side in (-off, off) for of in (least, pairs + self.rule.round_to // 2)]
        return max(-100.0, min(quotients)), min(100.0, max(quotients))

    def _ratio(self, value: float, numerator: float, denominator: float, is_exact: bool) -> Pair:
        """Of rounded numbers; where the numerator is not printed, the share itself is to the nearest per cent."""
        if math.isnan(numerator):
            return max(0.0, value - HALF), min(1.0, value + HALF)
        above, below = self._rounded(numerator), (denominator, denominator) if is_exact else self._rounded(denominator)
        quotients = [one / other for one in above for other in below]
        return min(quotients), min(1.0 if self.sheet.measure == "share" else math.inf, max(quotients))


@dataclass(frozen=True)
class _OfRate:
    """What has to be known to read the prints of a rate: of its number, and for how many residents it is."""

    number: _Reader
    per: int

    def bounds(self, start: str, category: str, _: float, numerator: float, denominator: float, status: str) -> Pair:
        """The rates of the least and the most for which the number that is told stands."""
        nan = math.nan
        told = self.number.bounds(start, category, numerator, nan, nan, status.removesuffix(rates.IN_NUMBER))
        return rates.bounds(told, self.per, denominator)
