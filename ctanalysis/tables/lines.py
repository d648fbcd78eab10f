"""A line of the indicator performance tracking table: its cells."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from ctanalysis.analysis.attainment import REACHED
from ctanalysis.analysis.expected import ITSELF, QUARTERLY, SEASONAL, TIME, YEARLY
from ctanalysis.analysis.explanations import deviates, deviation, of_few
from ctanalysis.analysis.values import OF_ONE_YEAR, OF_QUARTERS, Value, source_of
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import UNTOLD, only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.states import state
from ctanalysis.project.judgements import Explanation
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.cells import Cell, Cells, stands
from ctanalysis.tables.numbers import EMPTY, cells_of, titled

LACKING = "[m]"  # missing: behind a number of whose records something is missing
EXPECTED_BY = {QUARTERLY: "[q]", YEARLY: "[y]", SEASONAL: "[s]", TIME: "[t]"}  # what marks what was expected
DIRECTIONS = {"increase": "up", "decrease": "down"}
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

    @cached_property
    def of(self) -> Cells:
        """The cells of its indicator."""
        return cells_of(self.evaluation, self.sheet)

    def say(self, name: str, **parts: Any) -> str:
        """A message of the tracking table."""
        return self.speech.plain(f"table.tracking.{name}", **parts)

    def _message(self, name: str, **parts: Any) -> Cell:
        """The same with numbers in it."""
        return self.of.message(f"table.tracking.{name}", **parts)

    @property
    def title(self) -> str:
        return titled(self.evaluation, self.sheet)

    @property
    def unit(self) -> str:
        """Of what its numbers are."""
        return Cell(self.of.marks.words(self.sheet.unit))

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
        source = f"{self._source('period')}, baseline"
        if self.sheet.rounds is None:
            return self._set(self.rows["period"]["baseline"], source) or stands(self.say("none"))
        frame = only_protected(self.evaluation.protected_baselines.where(indicator=self.sheet.code))
        rows = frame[["value", "status", "high"]].itertuples(index=False, name=None)
        return next(
            (self.of.value(one, status, source, high) for one, status, high in rows), stands(self.say("no_data"))
        )

    def actual(self, horizon: str) -> str:
        row = self.rows[horizon]
        if row["status"] == UNTOLD:
            return self._untold(horizon)
        return self._marked(row, self.of.value(row["actual"], row["status"], self._source(horizon)))

    def aim(self, horizon: str) -> str:
        """What the target asks for."""
        source = f"{self._source(horizon)}, target"
        level, low, high = (
            self._set(self.rows[horizon][name], source) for name in ("target", "target_low", "target_high")
        )
        if low and high:
            return self.of.message("number.to", low=low, high=high)
        if level:
            return level
        least = self._message("at_least", number=low) if low else stands(self.say("no_target"))
        return self._message("at_most", number=high) if high else least

    def attained(self, horizon: str) -> str:
        row = self.rows[horizon]
        return self._marked(row, self._attained(row, self._source(horizon)))

    def quarter(self, value: Value) -> str:
        """A quarter of the year."""
        if value.status == UNTOLD:
            return self._untold("period")
        told = self.of.told(value)
        return self._with(told, LACKING) if value.lack and _ends_with_number(told) else told

    def by(self, horizon: str) -> str:
        """By what it is known what was to be expected; empty where nothing was."""
        return str(self.rows[horizon]["expected_by"])

    def expected(self, horizon: str) -> str:
        """What was to be expected by now, with the mark of what that follows."""
        row, source = self.rows[horizon], f"{self._source(horizon)}, expected"
        low, high = (self._expected(float(row[name]), source) for name in ("expected", "expected_high"))
        if not low and not high:
            return EMPTY
        told = low or self._message("at_most", number=high)
        if low and high and low != high:
            told = self.of.message("number.to", low=low, high=high)
        return told if self.by(horizon) == ITSELF else self._with(told, EXPECTED_BY[self.by(horizon)])

    def _expected(self, number: float, source: str) -> Cell | None:
        """A number that was expected; a small one of things with a decimal, for half a thing is not none."""
        if number > 0 and of_few(self.sheet, number):
            return self.of.number(self.of.marks.things(number, source))
        return self._set(number, source)

    def deviation(self, horizon: str) -> str:
        """The deviation from it, in per cent of it; of few things in things; a dash where there is none."""
        found, source = deviation(self.evaluation.known, self.sheet, horizon), f"{self._source(horizon)}, deviation"
        if found is None:
            return EMPTY
        if found.few:
            size = precision.as_shown(found.value.value - found.expected, "mean")
            return self.of.number(self.of.signed(size, source))
        return self.of.number(self.of.signed(precision.as_shown(found.part * 100, "count"), source, "%"))

    @cached_property
    def explained(self) -> Explanation | None:
        """The explanation that somebody gave of this period."""
        return self.evaluation.project.explanation(self.sheet.code, self.evaluation.period)

    @property
    def explanation(self) -> str:
        """Whether an explanation is given, or asked for and outstanding."""
        if self.explained:
            return self.say("given")
        return EMPTY if deviates(self.evaluation.known, self.sheet) is None else self.say("outstanding")

    def _source(self, horizon: str) -> str:
        """Of what the numbers of a row are."""
        row = self.rows[horizon]
        return source_of(self.sheet.code, horizon, row["start"], row["end"])

    def _marked(self, row: Row, cell: Cell) -> Cell:
        lacks = self.evaluation.lacks.get((self.sheet.code, row["start"], row["end"]))
        return self._with(cell, LACKING) if lacks and _ends_with_number(cell) else cell

    def _with(self, cell: Cell, sign: str) -> Cell:
        """A number with a sign in brackets behind it."""
        return self.of.number(Markup("{} {}").format(cell, sign), cell)

    def _set(self, value: float, source: str) -> Cell | None:
        """A number that was set, and not calculated; nothing where there is none."""
        if math.isnan(value):
            return None
        unit = "%" if self.sheet.measure == "share" else ""
        return self.of.number(
            self.of.marks.data(precision.as_shown(value, self.sheet.measure, "rounded"), source, unit)
        )

    def _attained(self, row: Row, source: str) -> Cell:
        """How a value stands against its target: in per cent, where one says something, else where it lies."""
        rounded, place = row["status"] == "rounded", row["against_target"]
        percent, way, most = (float(row[name]) for name in ("percent_of_target", "percent_of_way", "target_high"))
        if not math.isnan(percent):
            told = self.of.number(self.of.marks.percent(percent, f"{source}, per cent of target"))
            return self._message("about", percent=told) if rounded else told
        if not math.isnan(way) and place not in REACHED:
            told = self.of.number(self.of.marks.percent(way, f"{source}, per cent of the way to the target"))
            return self._message("about_way" if rounded else "way", percent=told)
        by_place = self.sheet.direction == "decrease" or not math.isnan(most) or math.isnan(row["actual"])
        so_far = self.sheet.grows and row["end"] < row["target_by"] and place != "above"
        words = self.say(f"{'so_far' if so_far else 'place'}.{place}") if by_place and place else EMPTY
        return stands(words)

    def _untold(self, horizon: str) -> Cell:
        """What stands for a value that the policy does not tell of these days: when it is told, if it will be."""
        days = self.evaluation.known.days_told.get(self.sheet.code, "")
        kind = self.evaluation.period.kind
        if not days or (horizon == "period" and kind != "project"):
            return stands(state(UNTOLD, self.speech))
        if days == OF_QUARTERS:
            return stands(self.say("untold_quarter"))
        never = days == OF_ONE_YEAR and (horizon == "project to date" or kind == "project")
        return stands(self.say("untold_to_date" if never else "untold_year"))


def _ends_with_number(text: str) -> bool:
    return text[-1:].isdigit() or text.endswith("%")
