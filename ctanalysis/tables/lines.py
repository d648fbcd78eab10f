"""A line of the indicator performance tracking table: its cells, in words."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ctanalysis.analysis.attainment import REACHED
from ctanalysis.analysis.expected import ITSELF, QUARTERLY, SEASONAL, TIME, YEARLY
from ctanalysis.analysis.explanations import deviates
from ctanalysis.analysis.values import OF_ONE_YEAR, OF_QUARTERS, Value, days_told
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import UNTOLD, only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.states import state
from ctanalysis.project.judgements import Explanation
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.numbers import EMPTY, number, titled, told

LACKING = "[m]"  # missing: behind a number of whose records something is missing
EXPECTED_BY = {QUARTERLY: "[q]", YEARLY: "[y]", SEASONAL: "[s]", TIME: "[t]"}  # what marks what was expected
DIRECTIONS = {"increase": "up", "decrease": "down"}
FEW = 10  # expected things, told with a decimal
Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class Line:
    """An indicator in the tracking table. rows: its row of the frame at each horizon."""

    evaluation: Evaluation
    sheet: Sheet
    rows: Mapping[Hashable, Row]

    @property
    def speech(self) -> Speech:
        """The language in which it is told."""
        return self.evaluation.project.speech

    def say(self, name: str, **parts: Any) -> str:
        """A message of the tracking table."""
        return self.speech.plain(f"table.tracking.{name}", **parts)

    @property
    def title(self) -> str:
        return titled(self.evaluation, self.sheet)

    @property
    def adds(self) -> str:
        """Whether it adds up."""
        return self.say(f"adds.{self.rows['period']['adds']}")

    @property
    def direction(self) -> str:
        """In which direction it is meant to go, in a word."""
        return self.say(DIRECTIONS.get(self.sheet.direction, "neither"))

    @property
    def baseline(self) -> str:
        """A baseline as the sheet has it, or as the gate told that of the baseline round."""
        if self.sheet.rounds is None:
            return self._set(self.rows["period"]["baseline"]) or self.say("none")
        frame = only_protected(self.evaluation.protected_baselines.where(indicator=self.sheet.code))
        rows = frame[["value", "status", "high"]].itertuples(index=False, name=None)
        return next((number(self.evaluation, self.sheet, *one) for one in rows), self.say("no_data"))

    def actual(self, horizon: str) -> str:
        row = self.rows[horizon]
        if row["status"] == UNTOLD:
            return self._untold(horizon)
        return self._marked(row, number(self.evaluation, self.sheet, row["actual"], row["status"]))

    def aim(self, horizon: str) -> str:
        """What the target asks for."""
        level, low, high = (self._set(self.rows[horizon][name]) for name in ("target", "target_low", "target_high"))
        if low and high:
            return self.speech.plain("number.to", low=low, high=high)
        if level:
            return level
        return (
            self.say("at_least", number=low)
            if low
            else self.say("at_most", number=high)
            if high
            else self.say("no_target")
        )

    def attained(self, horizon: str) -> str:
        row = self.rows[horizon]
        return self._marked(row, self._attained(row))

    def quarter(self, value: Value) -> str:
        """A quarter of the year."""
        if value.status == UNTOLD:
            return self._untold("period")
        words = told(self.evaluation, value)
        return f"{words} {LACKING}" if value.lack and _ends_with_number(words) else words

    def by(self, horizon: str) -> str:
        """By what it is known what was to be expected; empty where nothing was."""
        return str(self.rows[horizon]["expected_by"])

    def expected(self, horizon: str) -> str:
        """What was to be expected by now, with the mark of what that follows."""
        row = self.rows[horizon]
        low, high = (self._expected(float(row[name])) for name in ("expected", "expected_high"))
        if not low and not high:
            return EMPTY
        if low == high:
            words = low
        else:
            words = self.speech.plain("number.to", low=low, high=high) if low else self.say("at_most", number=high)
        return words if self.by(horizon) == ITSELF else f"{words} {EXPECTED_BY[self.by(horizon)]}"

    def _expected(self, number: float) -> str:
        """A number that was expected; a small one of things with a decimal, for half a thing is not none."""
        if 0 < number < FEW and self.sheet.counts_up and number != int(number):
            return self.speech.number(number, 1)
        return self._set(number)

    def deviation(self, horizon: str) -> str:
        """The deviation from it, in per cent of it; a dash where there is none."""
        found = float(self.rows[horizon]["deviation"])
        if math.isnan(found):
            return EMPTY
        size = float(precision.as_shown(found * 100, "count"))
        return f"{'+' if size > 0 else ''}{self.speech.per_cent(size)}"

    @cached_property
    def explained(self) -> Explanation | None:
        """The explanation that somebody gave of this period."""
        return self.evaluation.project.explanation(self.sheet.code, self.evaluation.period.label)

    @property
    def explanation(self) -> str:
        """Whether an explanation is given, or asked for and outstanding."""
        if self.explained:
            return self.say("given")
        return EMPTY if deviates(self.evaluation.known, self.sheet) is None else self.say("outstanding")

    def _marked(self, row: Row, text: str) -> str:
        lacks = self.evaluation.lacks.get((self.sheet.code, row["start"], row["end"]))
        return f"{text} {LACKING}" if lacks and _ends_with_number(text) else text

    def _set(self, value: float) -> str:
        """A number that was set, and not calculated; nothing where there is none."""
        if math.isnan(value):
            return ""
        shown = precision.text(precision.as_shown(value, self.sheet.measure, "rounded"), self.speech.code)
        return shown + (self.speech.percent if self.sheet.measure == "share" else "")

    def _attained(self, row: Row) -> str:
        """How a value stands against its target: in per cent, where one says something, else where it lies."""
        rounded, place = row["status"] == "rounded", row["against_target"]
        percent, way, most = (float(row[name]) for name in ("percent_of_target", "percent_of_way", "target_high"))
        if not math.isnan(percent):
            words = self._per_cent(percent)
            return self.say("about", percent=words) if rounded else words
        if not math.isnan(way) and place not in REACHED:
            return self.say("about_way" if rounded else "way", percent=self._per_cent(way))
        by_place = self.sheet.direction == "decrease" or not math.isnan(most) or math.isnan(row["actual"])
        so_far = self.sheet.grows and row["end"] < row["target_by"] and place != "above"
        return self.say(f"{'so_far' if so_far else 'place'}.{place}") if by_place and place else EMPTY

    def _per_cent(self, number: float) -> str:
        return self.speech.per_cent(float(precision.as_shown(number, "count")))

    def _untold(self, horizon: str) -> str:
        """What stands for a value that the policy does not tell of these days: when it is told, if it will be."""
        days = days_told(self.evaluation.project).get(self.sheet.code, "")
        kind = self.evaluation.period.kind
        if not days or (horizon == "period" and kind != "project"):
            return state(UNTOLD, self.speech)
        if days == OF_QUARTERS:
            return self.say("untold_quarter")
        never = days == OF_ONE_YEAR and (horizon == "project to date" or kind == "project")
        return self.say("untold_to_date" if never else "untold_year")


def _ends_with_number(text: str) -> bool:
    return text[-1:].isdigit() or text.endswith("%")
