"""One value, or one breakdown, in the shape that sentences need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import Protected, only_protected
from ctanalysis.disclosure.waiting.named import waiting
from ctanalysis.project import Project
from ctanalysis.project.policy import TOTAL
from ctanalysis.project.sheets import Sheet

AS_THEY_ARE = ["category", "status", "value", "low", "high", "numerator", "denominator"]  # columns, as in Value
Key = tuple[str, str, str]  # indicator, horizon, disaggregation


@dataclass(frozen=True)
class Value:
    """A value with its sheet. A number that must not be shown is not in it.

    status: as in the frame of an evaluation's values. value: a share is a fraction of 1. low, high: the numbers
    for which it stands. What there is no number for is NaN. lack: what is missing of the records behind it, in words.
    waits: whether what is not told of these days is told to the ends of fiscal years.
    """

    sheet: Sheet
    horizon: str
    start: date
    end: date
    category: str
    status: str
    value: float
    low: float
    high: float
    numerator: float
    denominator: float
    lack: str = ""
    waits: bool = False

    @property
    def shown(self) -> bool:
        """Whether there is a number to show."""
        return self.status in ("exact", "rounded")

    @property
    def small(self) -> bool:
        """Whether all that is shown is that it is below the policy's number."""
        return self.status.startswith("fewer than")

    @property
    def ranged(self) -> bool:
        """Whether what is told is a range; so it is where two numbers that were rounded to the same differ by 0."""
        return of_range(self.status) is not None or (self.status == "rounded" and self.value == 0 < self.high)

    @property
    def anything(self) -> bool:
        """Whether the range is that of any share, so that nothing is told."""
        return self.ranged and self.sheet.measure == "share" and (self.low, self.high) == (0, 1)

    @property
    def number(self) -> bool:
        """Whether what is told is a number."""
        return self.shown and not self.ranged

    @property
    def told(self) -> bool:
        """Whether anything is told of the number behind it."""
        return self.shown or self.small or (self.ranged and not self.anything)

    @property
    def nothing(self) -> bool:
        """Whether there truly was none; never so for a value that is withheld."""
        return self.status == "no data" or (self.shown and not self.sheet.is_ratio and self.value == 0)

    @property
    def of_parts(self) -> bool:
        """Whether the numerator and denominator of a share are told."""
        return not pd.isna(self.numerator)

    @property
    def of_whole(self) -> bool:
        """Whether the denominator of a share is told, at the least."""
        return not pd.isna(self.denominator)

    @property
    def measure(self) -> str:
        """What kind of number it is: that of its sheet, but for the counts in the table beside a total."""
        return "count" if self.sheet.measure == "gain" and self.category in self.sheet.beside[1] else self.sheet.measure

    @property
    def source(self) -> str:
        """Of which indicator, horizon and days it is: indicator 1.1, period (2014-10-01 to 2014-12-31)."""
        return f"indicator {self.sheet.code}, {self.horizon} ({self.start} to {self.end})"

    @property
    def singular(self) -> bool:
        """Whether it is one thing, written in the singular."""
        return self.shown and self.value == 1 and self.sheet.measure != "share"


def told_yearly(project: Project) -> set[str]:
    """The codes of the sheets whose totals are told to the ends of fiscal years, and of no other days or few.

    These are shares that wait, and people who are counted in each period anew.
    """
    shares = {one.sheet for one in waiting(project) if one.by == TOTAL and not one.ended}
    anew = {sheet.code for sheet in project.sheets if sheet.measure == "people" and not sheet.adds_up}
    return shares | {code for code in anew if project.disclosure_rule(project.sheet(code)).nodes}


def values_by_breakdown(
    protected: Protected, project: Project, lacks: Mapping[tuple[str, str, str], str]
) -> dict[Key, list[Value]]:
    """All Protected values as Values, by (indicator, horizon, disaggregation), in the order of categories.

    lacks: as an evaluation has them.
    """
    values_of, yearly = dict[Key, list[Value]](), told_yearly(project)
    rows = only_protected(protected)[["indicator", "disaggregation", "horizon", "start", "end", *AS_THEY_ARE]]
    row: tuple[Any, ...]
    for row in rows.itertuples(index=False, name=None):
        code, disaggregation, horizon, start, end = row[:5]
        first, last = (date.fromisoformat(day) for day in (start, end))
        rest = dict(zip(AS_THEY_ARE, row[5:], strict=True))
        lack, waits = lacks.get((code, start, end), ""), code in yearly
        value = Value(project.sheet(code), horizon, first, last, **rest, lack=lack, waits=waits)
        values_of.setdefault((code, horizon, disaggregation), []).append(value)
    return values_of


@dataclass(frozen=True)
class Tracked:
    """A row of the tracking table; what is empty there is None here."""

    actual: float | None
    target: float | None
    percent_of_target: float | None
    change: float | None
    change_on_last_year: float | None


def tracked_by_horizon(tracking: Protected) -> dict[tuple[str, str], Tracked]:
    """The rows of a tracking table as Tracked, by (indicator, horizon)."""
    names = list(Tracked.__dataclass_fields__)
    return {
        (row["indicator"], row["horizon"]): Tracked(*(None if pd.isna(row[name]) else row[name] for name in names))
        for row in only_protected(tracking).to_dict("records")
    }
