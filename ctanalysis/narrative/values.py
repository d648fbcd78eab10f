"""One value, or one breakdown, in the shape that sentences need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ctanalysis.disclosure.breakdowns import says_who_stayed
from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import UNTOLD, Protected, only_protected
from ctanalysis.disclosure.waiting.named import is_reached_later, waiting
from ctanalysis.project import Project
from ctanalysis.project.policy import TOTAL
from ctanalysis.project.sheets import Sheet

AS_THEY_ARE = ["category", "status", "value", "low", "high", "numerator", "denominator"]  # columns, as in Value
TO_YEAR_ENDS = "told for fiscal years, and of the project to the end of each"
OF_ONE_YEAR = "told of each fiscal year by itself, and not to date"
OF_PERIODS = "told for quarters, for fiscal years, and of the project to the end of a year"
Key = tuple[str, str, str]  # indicator, horizon, disaggregation


@dataclass(frozen=True)
class Value:
    """A value with its sheet. A number that must not be shown is not in it.

    status: as in the frame of an evaluation's values. value: a share is a fraction of 1. low, high: the numbers
    for which it stands. What there is no number for is NaN. lack: what is missing of the records behind it, in words.
    days_told: of which days it is told, where the policy tells it of some only; in words.
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
    days_told: str = ""

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
    def untold(self) -> bool:
        """Whether the policy tells it of no such days, whatever it is."""
        return self.status == UNTOLD

    @property
    def rough(self) -> bool:
        """Whether what is told is a number that stands for several."""
        return self.number and self.low < self.high and self.sheet.measure != "share"

    def against(self, target: float | None) -> str:
        """How all that it can be stands to a target: "below", "at or above"; empty where it can be either."""
        return against(self.low, self.high, target)

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
    def source(self) -> str:
        """Of which indicator, horizon and days it is: indicator 1.1, period (2014-10-01 to 2014-12-31)."""
        return f"indicator {self.sheet.code}, {self.horizon} ({self.start} to {self.end})"

    @property
    def singular(self) -> bool:
        """Whether it is one thing, written in the singular."""
        return self.shown and self.value == 1 and self.sheet.measure != "share"


def against(low: float, high: float, target: float | None) -> str:
    """How the numbers from low to high stand to a target: "below", "at or above"; empty where some are either."""
    if target is None or not low <= high:
        return ""
    return "below" if high < target else "at or above" if low >= target else ""


def days_told(project: Project) -> dict[str, str]:
    """By code of the sheets whose totals the policy tells of some days only, of which; in words.

    These are shares that wait, and people who are counted in each period anew.
    """
    shares = [project.sheet(one.sheet) for one in waiting(project) if one.by == TOTAL and not one.ended]
    found = {sheet.code: OF_ONE_YEAR if is_reached_later(project, sheet) else TO_YEAR_ENDS for sheet in shares}
    return found | {sheet.code: OF_PERIODS for sheet in project.sheets if says_who_stayed(project, sheet)}


def values_by_breakdown(
    protected: Protected, project: Project, lacks: Mapping[tuple[str, str, str], str]
) -> dict[Key, list[Value]]:
    """All Protected values as Values, by (indicator, horizon, disaggregation), in the order of categories.

    lacks: as an evaluation has them.
    """
    values_of, some_days = dict[Key, list[Value]](), days_told(project)
    rows = only_protected(protected)[["indicator", "disaggregation", "horizon", "start", "end", *AS_THEY_ARE]]
    row: tuple[Any, ...]
    for row in rows.itertuples(index=False, name=None):
        code, disaggregation, horizon, start, end = row[:5]
        first, last = (date.fromisoformat(day) for day in (start, end))
        rest = dict(zip(AS_THEY_ARE, row[5:], strict=True))
        lack, told = lacks.get((code, start, end), ""), some_days.get(code, "")
        value = Value(project.sheet(code), horizon, first, last, **rest, lack=lack, days_told=told)
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
