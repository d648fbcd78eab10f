"""A line of the indicator performance tracking table: its cells, in words."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ctanalysis.analysis.attainment import REACHED
from ctanalysis.analysis.expected import ITSELF, QUARTERLY, SEASONAL, TIME, YEARLY
from ctanalysis.analysis.explanations import deviates
from ctanalysis.analysis.values import OF_ONE_YEAR, OF_QUARTERS, Value, days_told
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import UNTOLD, only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.project.judgements import Explanation
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.numbers import EMPTY, number, titled

LACKING = "[m]"  # missing: behind a number of whose records something is missing
EXPECTED_BY = {  # what marks what was expected, and what the mark means
    QUARTERLY: ("[q]", "Expected by the targets of the quarters so far."),
    YEARLY: ("[y]", "Expected by the targets of the years so far, and of this year as it is expected by now."),
    SEASONAL: ("[s]", "Expected by the part of a year that came by now in the earlier years: their seasonal pattern."),
    TIME: ("[t]", "Expected by the part of the time that is over."),
}
OUTSTANDING, GIVEN = "outstanding", "given below"
FEW = 10  # expected things, told with a decimal
NUMBERS_END, MINUS = "0123456789%", "\N{MINUS SIGN}"
Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Line:
    """An indicator in the tracking table. rows: its row of the frame at each horizon."""

    evaluation: Evaluation
    sheet: Sheet
    rows: Mapping[Hashable, Row]

    @property
    def title(self) -> str:
        return titled(self.evaluation, self.sheet)

    @property
    def adds(self) -> str:
        """Whether it adds up."""
        return str(self.rows["period"]["adds"])

    @property
    def direction(self) -> str:
        """In which direction it is meant to go, in a word."""
        return {"increase": "up", "decrease": "down"}.get(self.sheet.direction, "none")

    @property
    def baseline(self) -> str:
        return _baseline(self.evaluation, self.sheet, self.rows["period"]["baseline"])

    def actual(self, horizon: str) -> str:
        if self.rows[horizon]["status"] == UNTOLD:
            return _untold(self.evaluation, self.sheet, horizon)
        row = self.rows[horizon]
        return self._marked(row, number(self.evaluation, self.sheet, row["actual"], row["status"]))

    def aim(self, horizon: str) -> str:
        return _aim(self.evaluation, self.sheet, self.rows[horizon]) or "no target"

    def attained(self, horizon: str) -> str:
        row = self.rows[horizon]
        return self._marked(row, _attained(self.sheet, row))

    def quarter(self, value: Value) -> str:
        """A quarter of the year."""
        if value.status == UNTOLD:
            return _untold(self.evaluation, self.sheet, "period")
        told = number(self.evaluation, self.sheet, value.value, value.status, value.high)
        return f"{told} {LACKING}" if value.lack and told[-1] in NUMBERS_END else told

    def by(self, horizon: str) -> str:
        """By what it is known what was to be expected; empty where nothing was."""
        return str(self.rows[horizon]["expected_by"])

    def expected(self, horizon: str) -> str:
        """What was to be expected by now, with the mark of what that follows."""
        row = self.rows[horizon]
        low, high = (self._expected(float(row[name])) for name in ("expected", "expected_high"))
        if not low and not high:
            return EMPTY
        words = low if low == high else f"{low} to {high}" if low else f"at most {high}"
        return words if self.by(horizon) == ITSELF else f"{words} {EXPECTED_BY[self.by(horizon)][0]}"

    def _expected(self, number: float) -> str:
        """A number that was expected; a small one of things with a decimal, for half a thing is not none."""
        if 0 < number < FEW and self.sheet.counts_up and number != int(number):
            return f"{number:.1f}"
        return _set(self.evaluation, self.sheet, number)

    def deviation(self, horizon: str) -> str:
        """The deviation from it, in per cent of it; a dash where there is none."""
        found = float(self.rows[horizon]["deviation"])
        if math.isnan(found):
            return EMPTY
        size = precision.as_shown(abs(found) * 100, "count")
        return f"{'+' if found > 0 else MINUS}{size}%" if size else "0%"

    @cached_property
    def explained(self) -> Explanation | None:
        """The explanation that somebody gave of this period."""
        return self.evaluation.project.explanation(self.sheet.code, self.evaluation.period.label)

    @property
    def explanation(self) -> str:
        """Whether an explanation is given, or asked for and outstanding."""
        if self.explained:
            return GIVEN
        return EMPTY if deviates(self.evaluation.known, self.sheet) is None else OUTSTANDING

    def _marked(self, row: Row, text: str) -> str:
        lacks = self.evaluation.lacks.get((self.sheet.code, row["start"], row["end"]))
        return f"{text} {LACKING}" if lacks and text[-1] in NUMBERS_END else text


def _baseline(evaluation: Evaluation, sheet: Sheet, value: float) -> str:
    """A baseline as the sheet has it, or as the gate told that of the baseline round."""
    if sheet.rounds is None:
        return _set(evaluation, sheet, value) or "none"
    frame = only_protected(evaluation.protected_baselines.where(indicator=sheet.code))
    told = frame[["value", "status", "high"]].itertuples(index=False, name=None)
    return next((number(evaluation, sheet, *one) for one in told), "no data")


def _set(evaluation: Evaluation, sheet: Sheet, value: float) -> str:
    """A number that was set, and not calculated; nothing where there is none."""
    return "" if pd.isna(value) else number(evaluation, sheet, value, "rounded").removeprefix("about ")


def _aim(evaluation: Evaluation, sheet: Sheet, row: Mapping[Hashable, Any]) -> str:
    """What the target of a row asks for; nothing where it has none."""
    level, low, high = (_set(evaluation, sheet, row[name]) for name in ("target", "target_low", "target_high"))
    if low and high:
        return f"{low} to {high}"
    return level or (f"at least {low}" if low else f"at most {high}" if high else "")


def _attained(sheet: Sheet, row: Mapping[Hashable, Any]) -> str:
    """How a row's value stands against its target: in per cent, where one says something, else where it lies."""
    about, place = "about " if row["status"] == "rounded" else "", row["against_target"]
    if not pd.isna(row["percent_of_target"]):
        return f"{about}{precision.as_shown(row['percent_of_target'], 'count')}%"
    if not pd.isna(row["percent_of_way"]) and place not in REACHED:
        return f"{about}{precision.as_shown(row['percent_of_way'], 'count')}% of the way"
    by_place = sheet.direction == "decrease" or not pd.isna(row["target_high"]) or pd.isna(row["actual"])
    so_far = sheet.grows and row["end"] < row["target_by"] and place != "above"
    return f"{'so far ' if so_far else ''}{place} it" if by_place and place else EMPTY


def _untold(evaluation: Evaluation, sheet: Sheet, horizon: str) -> str:
    """What stands for a value that the policy does not tell of these days: when it is told, if it will be."""
    days = days_told(evaluation.project).get(sheet.code, "")
    if not days or (horizon == "period" and evaluation.period.kind != "project"):
        return UNTOLD
    if days == OF_QUARTERS:
        return "at quarter's end"
    never = days == OF_ONE_YEAR and (horizon == "project to date" or evaluation.period.kind == "project")
    return "not told to date" if never else "at year's end"
