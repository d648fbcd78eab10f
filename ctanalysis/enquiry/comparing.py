"""Two periods beside each other: the test of the measure, and its sentence, as a report has them.

two windows ─▶ values and evidence through the gate ─▶ analysis.change ─▶ narrative.changes
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from ctanalysis import indicators
from ctanalysis.analysis import claims
from ctanalysis.analysis.change import LAST_YEAR, PREVIOUS, Change, compared
from ctanalysis.analysis.known import Known
from ctanalysis.analysis.values import Value
from ctanalysis.base.cards import Card
from ctanalysis.base.errors import Refused
from ctanalysis.disclosure.protected import only_protected
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.enquiry.answer import Answer
from ctanalysis.enquiry.question import Question
from ctanalysis.enquiry.reading import Reading
from ctanalysis.enquiry.tidy import PER_CENT, SYNTHETIC
from ctanalysis.enquiry.values import spans_of
from ctanalysis.indicators import Window
from ctanalysis.indicators.evidence import EVIDENCE
from ctanalysis.indicators.horizons import windows
from ctanalysis.narrative.changes import Said, sentence, verdict
from ctanalysis.narrative.numbers import in_words
from ctanalysis.narrative.text import Text
from ctanalysis.periods import Period
from ctanalysis.project.sheets import Sheet

CLEAR = (
    "Clear: at 5%, among all comparisons of this answer (Benjamini and Hochberg). Who asks many questions finds "
    "something clear by chance: what a report claims is counted as many."
)


@dataclass(frozen=True)
class Two:
    """A period and the earlier one that it is held beside."""

    later: Period
    earlier: Period

    @property
    def versus(self) -> str:
        """How the comparison is treated: whether a season may lie between the two."""
        return LAST_YEAR if self.later.number == self.earlier.number else PREVIOUS

    def check(self) -> None:
        """Refused: the two are no earlier and later period of one kind."""
        if "project" in (self.later.kind, self.earlier.kind) or self.later.kind != self.earlier.kind:
            raise Refused(
                f"{self.later} and {self.earlier} are not alike: compare two quarters, two halves or two years."
            )
        if self.earlier.end >= self.later.start:
            raise Refused(f"Name the later period first: {self.earlier} is not before {self.later}.")


def comparison(read: Reading, sheet: Sheet, two: Two, way: Sequence[str]) -> Answer:
    """The total of a period beside that of an earlier one, and each category of a breakdown; with its question."""
    two.check()
    known = _known(read, two, sheet)
    found = [_change(known, sheet, two, "total"), *_categories(known, sheet, two, " × ".join(way))]
    clear = claims.clear([1.0 if math.isnan(one.p) else one.p for one in found])
    rows = [_row(read, one, is_clear) for one, is_clear in zip(found, clear, strict=True)]
    frame = pd.DataFrame(rows).assign(indicator=sheet.code, name=sheet.name, unit=sheet.unit)
    names = ["indicator", "name", "unit"]
    frame = frame[[*names, *(name for name in frame.columns if name not in names)]]
    asked = {"code": sheet.code, "period": two.later.label, "with_period": two.earlier.label, "by": list(way)}
    return Answer.of(frame, _card(read, sheet, two, frame), Question("compare", asked))


def cells_behind(read: Reading, sheet: Sheet, two: Two, way: Sequence[str]) -> pd.DataFrame:
    """Every cell from which a comparison follows: both periods' values and evidence, and the quarters until then."""
    known = _known(read, two, sheet)
    ways = {"total", " × ".join(way), EVIDENCE}
    both, quarters = (only_protected(one) for one in (known.values, known.history))
    parts = both[both["disaggregation"].isin(ways)], quarters[quarters["end"] <= two.later.end.isoformat()]
    every = pd.concat(parts, ignore_index=True)
    return every[every["indicator"] == sheet.code].reset_index(drop=True)


def _known(read: Reading, two: Two, sheet: Sheet) -> Known:
    """What is told of an indicator in the two periods, with its evidence, and of all quarters."""
    project = read.project
    spans = [_as(two.later, read, "period"), _as(two.earlier, read, two.versus)]
    exact = indicators.with_people(project, read.rows, spans, [sheet])
    beside = indicators.evidence(replace(project, sheets=(sheet,)), read.rows, spans)
    both = read.telling(project, pd.concat([one for one in (exact, beside) if len(one)], ignore_index=True))
    series = read.told([*spans_of(project, project.calendar.completed("quarter"), "period").values()])
    history = series.values.where(disaggregation="total")
    nothing = history.where(horizon="none")
    return Known(project, two.later, both.values, history, nothing, nothing, {**both.lacks, **series.lacks})


def _as(period: Period, read: Reading, horizon: str) -> Window:
    """The window of a period's own days under another horizon."""
    own = next(one for one in windows(read.project, period) if one.horizon == "period")
    return Window(horizon, own.start, own.end)


def _change(known: Known, sheet: Sheet, two: Two, way: str, category: str = "all") -> Change:
    now, before = (known.categories(sheet.code, way, horizon)[category] for horizon in ("period", two.versus))
    return compared(known, now, before, two.versus)


def _categories(known: Known, sheet: Sheet, two: Two, way: str) -> list[Change]:
    labels = known.categories(sheet.code, way) if way else {}
    return [_change(known, sheet, two, way, label) for label in labels if label != RECORDED]


def _row(read: Reading, change: Change, clear: bool) -> Mapping[str, object]:
    """A comparison as a row: both values, the difference as told, the size with its interval, and what is said."""
    now, before, found = change.current, change.before, change.test.found
    scale = PER_CENT if now.sheet.measure == "share" else 1
    said = Said(change, clear, read.project.facts.language)
    size = (found.size, found.low, found.high) if found else (math.nan,) * 3
    size_scale = 1 if change.test.of == "ratio" else scale
    row: dict[str, object] = {"category": now.category, **_told(read, now, ""), **_told(read, before, "before_")}
    row |= {"value": now.value * scale, "before_value": before.value * scale if before else math.nan}
    row |= {"difference": float(said.difference) if said.difference is not None else math.nan}
    row |= {"size_is": change.test.of if found else "", "method": change.test.method}
    row |= dict(zip(("size", "low", "high"), (one * size_scale for one in size), strict=True))
    row |= {"p": change.p, "clear": clear, "verdict": Text(verdict(change, clear, said.language)).plain}
    return row | {"sentence": Text(sentence(change, clear, said.language)).plain}


def _told(read: Reading, value: Value | None, prefix: str) -> dict[str, object]:
    if value is None:
        return {}
    language = read.project.facts.language
    words = in_words(value.sheet, value.value, value.status, language, value.high)
    return {
        f"{prefix}start": pd.Timestamp(value.start),
        f"{prefix}end": pd.Timestamp(value.end),
        f"{prefix}told": words,
    }


def _card(read: Reading, sheet: Sheet, two: Two, frame: pd.DataFrame) -> Card:
    header = ("", str(two.later), str(two.earlier), "In words")
    columns = (frame[name] for name in ("category", "told", "before_told", "sentence"))
    rows = [("Total" if label == "all" else label, *rest) for label, *rest in zip(*columns, strict=True)]
    notes = [CLEAR, *([SYNTHETIC] if read.project.facts.synthetic else [])]
    return Card(f"{sheet.code} {sheet.name} ({sheet.unit}): {two.later} beside {two.earlier}", header, rows, notes)
