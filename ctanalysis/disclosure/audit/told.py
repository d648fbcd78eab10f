"""Breakdowns that are told by the waiting rule, as they are printed: checked against what such a breakdown may say.

It prints its own base, the people whose category is recorded, to each node; nobody leaves it, and nobody changes sides.
So a cell is printed in one way for ever, and what is printed of a year is what follows from both its ends.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from ctanalysis.disclosure.audit.printed import EXACT, Bounds, interval
from ctanalysis.disclosure.audit.shapes import Column
from ctanalysis.disclosure.audit.solving import NotAudited
from ctanalysis.disclosure.audit.versions import SAYS_NOTHING
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.sheets import Sheet

RECORDED = "recorded"
Days = tuple[str, str]  # first and last, ISO


class Print(NamedTuple):
    """A cell as it is printed, and the first version of the indicator that printed it."""

    value: float
    status: str
    version: int

    def bounds(self, rule: DisclosureRule) -> Bounds:
        """The numbers for which it stands."""
        return interval(self.value, self.status, rule, of_things=False)


def told_fields(printed: pd.DataFrame) -> list[str]:
    """The fields by which an indicator's printed cells are broken down by the waiting rule: with their own base."""
    bases = printed.loc[says(printed) & (printed["category"] == RECORDED), "disaggregation"]
    return list(dict.fromkeys(way.removesuffix(COARSE) for way in bases))


def is_by(printed: pd.DataFrame, name: str) -> pd.Series:
    """Which cells are broken down by a field, coarse or fine."""
    return printed["disaggregation"].isin([name, name + COARSE])


def says(printed: pd.DataFrame) -> pd.Series:
    """Which cells say anything."""
    return ~printed["status"].isin(SAYS_NOTHING)


@dataclass(frozen=True)
class Told:
    """A breakdown of an indicator by a field, coarse or fine. cells: what is printed, by first and last day."""

    project: Project
    sheet: Sheet
    name: str
    cells: dict[Days, dict[Column, Print]]

    @classmethod
    def of(cls, project: Project, sheet: Sheet, name: str, printed: pd.DataFrame) -> "Told":
        """printed: all cells of the indicator, with `version`. NotAudited: no such breakdown may be printed so."""
        told = cls(project, sheet, name, {})
        rows = printed[is_by(printed, name) & says(printed)].sort_values("version", kind="stable")
        columns = ("start", "end", "disaggregation", "category", "value", "status", "version")
        for start, end, way, label, value, status, version in zip(*(rows[c].tolist() for c in columns), strict=True):
            one = Print(float(value), status, version)
            there = told.cells.setdefault((start, end), {}).setdefault((way, label), one)
            if (there.status, str(there.value)) != (one.status, str(one.value)):
                raise NotAudited(f"{told} is printed in two ways; what was told of it stays as it was told")
        told._check_days()
        for days in told.cells:
            told._check_base(days)
        for year in told.cells:
            told._check_year(year)
        return told

    def __str__(self) -> str:
        return f"indicator {self.sheet.code} by {self.name}"

    @property
    def rule(self) -> DisclosureRule:
        """What the policy does to the class of the indicator."""
        return self.project.disclosure_rule(self.sheet)

    @property
    def start(self) -> str:
        """The first day of all that is told to date."""
        return max(self.project.facts.start, self.sheet.valid_from or self.project.facts.start).isoformat()

    @cached_property
    def nodes(self) -> list[str]:
        """The days to which it is told, by itself or as the day before a year that is told."""
        days = {day for start, end in self.cells for day in (moved(start, -1), end)}
        return sorted(days - {moved(self.start, -1)})

    @cached_property
    def years(self) -> list[Days]:
        """First and last day from each node to the next, from the start to the first one first."""
        ends = [moved(self.start, -1), *self.nodes]
        return [(moved(before, 1), day) for before, day in pairwise(ends)]

    def grown(self, label: str) -> dict[Days, float]:
        """How much the number of one category, which is told exactly, grew from each node to the next, where known."""
        counts = {
            days: one.value for days, table in self.cells.items() for (_, of), one in table.items() if of == label
        }
        to_date = {moved(self.start, -1): 0.0} | {end: of for (start, end), of in counts.items() if start == self.start}
        for start, end in [*self.years, *self.years[::-1]]:
            before, of = moved(start, -1), counts.get((start, end), math.nan)
            if not math.isnan(of):
                to_date = ({end: to_date[before] + of} if before in to_date else {}) | to_date
                to_date = ({before: to_date[end] - of} if end in to_date else {}) | to_date
        pairs = {days: (moved(days[0], -1), days[1]) for days in self.years}
        known = {days: pair for days, pair in pairs.items() if {*pair} <= to_date.keys()}
        return {days: to_date[end] - to_date[before] for days, (before, end) in known.items()}

    def version(self, node: str) -> int:
        """The first version of the indicator in which anything was told of days up to a node, or from it."""
        tables = [table for (start, end), table in self.cells.items() if node in (end, moved(start, -1))]
        return min(one.version for table in tables for one in table.values())

    def _check_days(self) -> None:
        """NotAudited: it is told of other days than those of a year, or all to its end, or to that of the project."""
        facts, calendar = self.project.facts, self.project.calendar
        for start, end in self.cells:
            last = date.fromisoformat(end)
            ends = last in (facts.end, *facts.former_ends) or calendar.year_start(last + timedelta(1)) > last
            if not ends or start not in (self.start, calendar.year_start(last).isoformat()):
                raise NotAudited(f"{self} is told of days that are neither a year nor all up to the end of one")

    def _check_base(self, days: Days) -> None:
        """NotAudited: a table has no exact base of its own from the first, as those of an older policy."""
        table = self.cells[days]
        bases = {(one.value, one.status) for (_, label), one in table.items() if label == RECORDED}
        ways = {way for (way, label) in table if label == RECORDED}
        first = min((one.version for (_, label), one in table.items() if label == RECORDED), default=math.inf)
        earlier = any(one.version < first for one in table.values())
        if earlier or ways != {way for way, _ in table}:
            raise NotAudited(
                f'{self} was released under an older policy. Write ended = "the reason, which is printed" into its '
                "entry in policy.toml: what was told of it stays, and its totals go on"
            )
        if len(bases) != 1 or {status for _, status in bases} != {EXACT}:
            raise NotAudited(f"{self} has no exact number of those who are recorded")

    def _check_year(self, year: Days) -> None:
        """NotAudited: what is printed of a year does not follow from what is printed to its two ends, where it is."""
        earlier, later = (self.cells.get((self.start, end)) for end in (moved(year[0], -1), year[1]))
        if year[0] == self.start or not earlier or not later:
            return
        ways, grown = {way for way, _ in earlier}, self.grown(RECORDED)[year]
        for (way, label), one in self.cells[year].items():
            if way not in ways or (way, label) not in later:
                raise NotAudited(f"{self} is told of a year without being told to both its ends")
            added = Print(0.0, EXACT, 0)  # a category that was added since
            if not self._follows(one, earlier.get((way, label), added), later[way, label], grown):
                raise NotAudited(f"{self} says of a year what does not follow from what it says to both its ends")

    def _follows(self, one: Print, earlier: Print, later: Print, grown: float) -> bool:
        """Whether a year is printed as the difference of two prints. grown: its base in that year."""
        if grown == 0 and (one.value, one.status) == (0, EXACT):
            return True
        if math.isnan(earlier.value) or math.isnan(later.value):
            (before, until), (low, high) = earlier.bounds(self.rule), later.bounds(self.rule)
            follows = max(0.0, low - until), min(grown, high - before)
            return math.isnan(one.value) and one.bounds(self.rule) == follows
        exact = earlier.status == later.status == EXACT
        return one.value == max(0.0, later.value - earlier.value) and (exact or one.status != EXACT)


def moved(day: str, by: int) -> str:
    """A day (ISO) so many days later."""
    return (date.fromisoformat(day) + timedelta(by)).isoformat()
