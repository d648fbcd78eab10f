"""One value, or one breakdown, in the shape that sentences need."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from ctanalysis.analysis.attainment import REACHED
from ctanalysis.disclosure.breakdowns import conditioned, says_who_stayed, tells_months
from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import UNTOLD, Protected, only_protected
from ctanalysis.disclosure.waiting.named import is_reached_later, waiting
from ctanalysis.language import Speech, Worded
from ctanalysis.project import Project
from ctanalysis.project.policy import TOTAL
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.needed import needs

AS_THEY_ARE = ["category", "status", "value", "low", "high", "numerator", "denominator"]  # columns, as in Value
UNSENT = {f"lack.{name}" for name in ("some", "doubted", "one_part", "without", "partners", "partner", "ended")}
TO_YEAR_ENDS = Speech().worded("days_told.year_ends")
OF_ONE_YEAR = Speech().worded("days_told.one_year")
OF_QUARTERS = Speech().worded("days_told.quarters")
Key = tuple[str, str, str]  # indicator, horizon, disaggregation


@dataclass(frozen=True)
class Value:
    """A value with its sheet. A number that must not be shown is not in it.

    status: as in the frame of an evaluation's values. value: a share is a fraction of 1. low, high: the numbers
    for which it stands. What there is no number for is NaN. lack: what is missing of the records behind it, in words.
    days_told: of which days it is told, where the policy tells it of some only; in words.
    unsure: whether rows may lack what it needs, and in public nobody says whether there are such. failed: whether the
    data of its days failed a standard, so that it is told with a caveat. asked_of: of a total of those who were asked,
    the total of all (see Sheet.asked_of), where it is told.
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
    unsure: bool = False
    failed: bool = False
    asked_of: "Value | None" = field(default=None, repr=False)

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
        """Whether there truly was none; never so for a value that is withheld, or where rows lack what it needs."""
        none = self.status == "no data" and not self.lack and not self.unsure
        return none or (self.shown and self.value == 0 and (not self.sheet.is_ratio or self.sheet.measure == "rate"))

    @property
    def unsent(self) -> bool:
        """Whether records that were due have not come: those of a quarter of its days, or of some partners."""
        words = self.lack.messages if isinstance(self.lack, Worded) else frozenset[str]()
        return self.status == "not received" or bool(words & UNSENT)

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
        return source_of(self.sheet.code, self.horizon, self.start, self.end)

    @property
    def singular(self) -> bool:
        """Whether it is one thing, written in the singular."""
        return self.shown and self.value == 1 and self.sheet.measure != "share"


def source_of(code: str, horizon: str, start: date | str, end: date | str) -> str:
    """Of which indicator, horizon and days a value is: indicator 1.1, period (2014-10-01 to 2014-12-31)."""
    return f"indicator {code}, {horizon} ({start} to {end})"


def days_told(project: Project) -> dict[str, str]:
    """By code of the sheets whose totals the policy tells of some days only, of which; in words.

    These are shares that wait, people who are counted in each period anew, and those of which no month is told.
    """
    shares = [project.sheet(one.sheet) for one in waiting(project) if one.by == TOTAL and not one.ended]
    found: dict[str, str] = {
        sheet.code: OF_ONE_YEAR if is_reached_later(project, sheet) else TO_YEAR_ENDS for sheet in shares
    }
    found |= {sheet.code: TO_YEAR_ENDS for sheet in project.sheets if says_who_stayed(project, sheet)}
    of_quarters: dict[str, str] = dict.fromkeys(_of_quarters(project), OF_QUARTERS)
    return of_quarters | found


def _of_quarters(project: Project) -> Iterator[str]:
    """The codes of the sheets whose totals are told of quarters, and not of a month."""
    never = conditioned(project)
    for sheet in project.sheets:
        is_told = sheet.measure not in ("share", "mean", "gain") or "any" in project.disclosure_rule(sheet).one_way
        if is_told and sheet.code not in never and not tells_months(project, sheet):
            yield sheet.code


def _unsure(project: Project) -> set[str]:
    """The codes of the sheets of tables about people of whose rows a field that is needed may be missing."""
    closed = [sheet for sheet in project.sheets if sheet.calculation.table not in project.open_tables]
    locate = project.package.locate
    return {
        sheet.code
        for sheet in closed
        if any(locate(sheet.calculation.table, one.field).may_be_missing for one in needs(sheet) if not one.is_day)
    }


def values_by_breakdown(
    protected: Protected,
    project: Project,
    lacks: Mapping[tuple[str, str, str], str],
    failed: Collection[tuple[str, str, str]] = (),
) -> dict[Key, list[Value]]:
    """All Protected values as Values, by (indicator, horizon, disaggregation), in the order of categories.

    lacks, failed: as an evaluation has them.
    """
    values_of, some_days, unsure = dict[Key, list[Value]](), days_told(project), _unsure(project)
    rows = only_protected(protected)[["indicator", "disaggregation", "horizon", "start", "end", *AS_THEY_ARE]]
    row: tuple[Any, ...]
    for row in rows.itertuples(index=False, name=None):
        code, disaggregation, horizon, start, end = row[:5]
        first, last = (date.fromisoformat(day) for day in (start, end))
        days, may_lack = (code, start, end), code in unsure
        rest: tuple[Any, ...] = (*row[5:], lacks.get(days, ""), some_days.get(code, ""), may_lack, days in failed)
        value = Value(project.sheet(code), horizon, first, last, *rest)
        values_of.setdefault((code, horizon, disaggregation), []).append(value)
    for key in [key for key in values_of if key[2] == TOTAL and project.sheet(key[0]).asked_of]:
        values_of[key] = [_of_all(value, values_of) for value in values_of[key]]
    return values_of


def _of_all(asked: Value, values_of: Mapping[Key, list[Value]]) -> Value:
    """A total of those who were asked with that of all, where both numbers are told and of the same days."""
    every = values_of.get((str(asked.sheet.asked_of), asked.horizon, TOTAL), ())
    same = [one for one in every if one.number and (one.start, one.end) == (asked.start, asked.end)]
    return replace(asked, asked_of=same[0]) if same and asked.of_whole else asked


@dataclass(frozen=True)
class Tracked:
    """A row of the tracking table; what is empty there is None here."""

    direction: str
    actual: float | None
    baseline: float | None
    against_baseline: str
    change_on_baseline: float | None
    target: float | None
    target_low: float | None
    target_high: float | None
    target_by: str
    against_target: str
    percent_of_target: float | None
    percent_of_way: float | None
    change: float | None
    change_on_last_year: float | None
    adds: str
    expected: float | None
    expected_high: float | None
    expected_by: str
    deviation: float | None

    @property
    def has_target(self) -> bool:
        """Whether there is a target of these days."""
        return bool(self.target_by)

    @property
    def on_the_way(self) -> bool:
        """Whether it is told how far the value has come from its baseline to a target that it has not reached."""
        return self.percent_of_way is not None and self.against_target not in REACHED

    @property
    def by_place(self) -> bool:
        """Whether it is told where the value stands, for a per cent of the target would say nothing."""
        return self.direction == "decrease" or self.target_high is not None


TRACKED = [*Tracked.__dataclass_fields__]


def tracked_by_horizon(tracking: Protected) -> dict[tuple[str, str], Tracked]:
    """The rows of a tracking table as Tracked, by (indicator, horizon)."""
    rows = only_protected(tracking)[["indicator", "horizon", *TRACKED]].to_dict("records")
    told: list[dict[Any, Any]] = [{name: None if pd.isna(cell) else cell for name, cell in row.items()} for row in rows]
    return {(row.pop("indicator"), row.pop("horizon")): Tracked(**row) for row in told}
