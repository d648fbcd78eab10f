"""One value, or one breakdown, in the shape that sentences need."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ctanalysis.disclosure.protected import Protected, only_protected
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet

AS_THEY_ARE = ["category", "status", "value", "numerator", "denominator"]  # columns, as in Told
Key = tuple[str, str, str]  # indicator, horizon, disaggregation


@dataclass(frozen=True)
class Told:
    """A value with its sheet. What it may not tell, it does not hold."""

    sheet: Sheet
    horizon: str
    start: date
    end: date
    category: str
    status: str
    value: float
    numerator: float
    denominator: float

    @property
    def shown(self) -> bool:
        """Whether there is a number to tell."""
        return self.status in ("exact", "rounded")

    @property
    def small(self) -> bool:
        """Whether all that is told is that it is below the policy's number."""
        return self.status.startswith("fewer than")

    @property
    def nothing(self) -> bool:
        """Whether there truly was none; never so for a value that may not be told."""
        return self.status == "no data" or (self.shown and not self.sheet.is_ratio and self.value == 0)

    @property
    def source(self) -> str:
        return f"indicator {self.sheet.code}, {self.horizon} ({self.start} to {self.end})"

    @property
    def singular(self) -> bool:
        return self.shown and self.value == 1 and self.sheet.measure != "share"


def told_values(values: Protected, project: Project) -> dict[Key, list[Told]]:
    """All values of Protected as Told, by (indicator, horizon, disaggregation), in the order of categories."""
    found: dict[Key, list[Told]] = {}
    rows = only_protected(values)[["indicator", "disaggregation", "horizon", "start", "end", *AS_THEY_ARE]]
    for code, disaggregation, horizon, start, end, *rest in rows.itertuples(index=False, name=None):
        days = date.fromisoformat(start), date.fromisoformat(end)
        one = Told(project.sheet(code), horizon, *days, *rest)
        found.setdefault((code, horizon, disaggregation), []).append(one)
    return found


@dataclass(frozen=True)
class Tracked:
    """A row of the tracking table; what is empty there is None here."""

    actual: float | None
    target: float | None
    percent_of_target: float | None
    change: float | None
    change_on_last_year: float | None


def tracked_values(tracking: Protected) -> dict[tuple[str, str], Tracked]:
    """The rows of a tracking table as Tracked, by (indicator, horizon)."""
    names = list(Tracked.__dataclass_fields__)
    return {
        (row["indicator"], row["horizon"]): Tracked(*(None if pd.isna(row[name]) else row[name] for name in names))
        for row in only_protected(tracking).to_dict("records")
    }
