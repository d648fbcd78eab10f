"""One value, or one breakdown, in the shape that sentences need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ctanalysis.disclosure.protected import Protected, only_protected
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet

AS_THEY_ARE = ["category", "status", "value", "numerator", "denominator"]  # columns, as in Value
Key = tuple[str, str, str]  # indicator, horizon, disaggregation


@dataclass(frozen=True)
class Value:
    """A value with its sheet. A number that must not be shown is not in it.

    status: as in the frame of an evaluation's values. value: a share is a fraction of 1. What there
    is no number for is NaN. lack: what is missing of the records behind it, in words.
    """

    sheet: Sheet
    horizon: str
    start: date
    end: date
    category: str
    status: str
    value: float
    numerator: float
    denominator: float
    lack: str = ""

    @property
    def shown(self) -> bool:
        """Whether there is a number to show."""
        return self.status in ("exact", "rounded")

    @property
    def small(self) -> bool:
        """Whether all that is shown is that it is below the policy's number."""
        return self.status.startswith("fewer than")

    @property
    def nothing(self) -> bool:
        """Whether there truly was none; never so for a value that is withheld."""
        return self.status == "no data" or (self.shown and not self.sheet.is_ratio and self.value == 0)

    @property
    def source(self) -> str:
        """Of which indicator, horizon and days it is: indicator 1.1, period (2014-10-01 to 2014-12-31)."""
        return f"indicator {self.sheet.code}, {self.horizon} ({self.start} to {self.end})"

    @property
    def singular(self) -> bool:
        """Whether it is one thing, written in the singular."""
        return self.shown and self.value == 1 and self.sheet.measure != "share"


def values_by_breakdown(
    protected: Protected, project: Project, lacks: Mapping[tuple[str, str, str], str]
) -> dict[Key, list[Value]]:
    """All Protected values as Values, by (indicator, horizon, disaggregation), in the order of categories.

    lacks: as an evaluation has them.
    """
    values_of: dict[Key, list[Value]] = {}
    rows = only_protected(protected)[["indicator", "disaggregation", "horizon", "start", "end", *AS_THEY_ARE]]
    row: tuple[Any, ...]
    for row in rows.itertuples(index=False, name=None):
        code, disaggregation, horizon, start, end = row[:5]
        first, last = (date.fromisoformat(day) for day in (start, end))
        lack = lacks.get((code, start, end), "")
        rest = dict(zip(AS_THEY_ARE, row[5:], strict=True))
        value = Value(project.sheet(code), horizon, first, last, **rest, lack=lack)
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
