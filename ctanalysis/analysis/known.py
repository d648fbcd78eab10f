"""What an analysis knows: the values of a period that passed the gate, and nothing else.

Protected values and history ─▶ Known ─▶ change · signals · pace · reach · pathway · cost ─▶ findings
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, TypeVar

from ctanalysis.analysis.values import Key, Tracked, Value, days_told, tracked_by_horizon, values_by_breakdown
from ctanalysis.disclosure import Protected
from ctanalysis.indicators.evidence import EVIDENCE
from ctanalysis.periods import Period
from ctanalysis.project import Project

TOTAL = "total"
Found = TypeVar("Found")


@dataclass(frozen=True, repr=False)
class Known:
    """The protected values of one period of a project, in the shapes that analyses ask for.

    values, history, years: Protected, as an Evaluation has them. tracking: Protected, as tracking.track makes it.
    lacks: by indicator, first and last day (ISO), what is missing of the records behind a value, in words. failed: the
    indicators and days whose data failed a standard.
    """

    project: Project
    period: Period
    values: Protected
    history: Protected
    years: Protected
    tracking: Protected
    lacks: Mapping[tuple[str, str, str], str]
    failed: Collection[tuple[str, str, str]] = ()

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What analyses have found in it, by their names (see once)."""
        return {}

    @cached_property
    def days_told(self) -> dict[str, str]:
        """By code of the sheets whose totals are told of some days only, of which; in words."""
        return days_told(self.project)

    @cached_property
    def by_key(self) -> dict[Key, list[Value]]:
        """The values by (indicator, horizon, disaggregation), in the order of their categories."""
        return values_by_breakdown(self.values, self.project, self.lacks, self.failed)

    @cached_property
    def tracked(self) -> dict[tuple[str, str], Tracked]:
        """The rows of the tracking table by (indicator, horizon)."""
        return tracked_by_horizon(self.tracking)

    @cached_property
    def series(self) -> dict[str, tuple[Value, ...]]:
        """By indicator, its totals of every quarter from the project's first, in order; whatever their status is."""
        return in_order(self.history, self.project, self.lacks, self.failed)

    @cached_property
    def by_year(self) -> dict[str, tuple[Value, ...]]:
        """By indicator, its totals of every complete fiscal year, in order."""
        return in_order(self.years, self.project, self.lacks, self.failed)

    def total(self, code: str, horizon: str = "period") -> Value | None:
        """The total of an indicator over a horizon; None where there is no such row."""
        return next(iter(self.by_key.get((code, horizon, TOTAL), ())), None)

    def categories(self, code: str, way: str, horizon: str = "period") -> dict[str, Value]:
        """The values of a breakdown by category; none where the horizon has no such breakdown."""
        return {value.category: value for value in self.by_key.get((code, horizon, way), ())}

    def evidence(self, code: str, horizon: str = "period") -> dict[str, Value]:
        """By name, what a test needs beside a value ("units", "effective number", "design effect" ...), where told.

        It is rounded: a test takes the end (low or high) that leaves it the least sure.
        """
        return {name: value for name, value in self.categories(code, EVIDENCE, horizon).items() if value.shown}


def in_order(
    totals: Protected,
    project: Project,
    lacks: Mapping[tuple[str, str, str], str],
    failed: Collection[tuple[str, str, str]] = (),
) -> dict[str, tuple[Value, ...]]:
    """By indicator, the totals of consecutive quarters (or years), in order."""
    found = values_by_breakdown(totals, project, lacks, failed)
    return {code: tuple(sorted(row, key=lambda value: value.start)) for (code, _, _), row in found.items()}


def once(analysis: Callable[[Known], Found]) -> Callable[[Known], Found]:
    """An analysis that is made once for each Known, and kept with it: claims, findings and sentences ask the same."""

    @wraps(analysis)
    def kept(known: Known) -> Found:
        name = f"{analysis.__module__}.{analysis.__name__}"
        if name not in known.kept:
            known.kept[name] = analysis(known)
        found: Found = known.kept[name]
        return found

    return kept
