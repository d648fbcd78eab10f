"""Where what adds up will stand, and which explanations are outstanding: in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ctanalysis.analysis.expected import QUARTERLY, SEASONAL, TIME, YEARLY
from ctanalysis.analysis.explanations import outstanding as not_explained
from ctanalysis.analysis.pace import Pace
from ctanalysis.analysis.pace import paces as paces_of
from ctanalysis.analysis.statistics.projection import COVERED
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.text import Text, render
from ctanalysis.project.sheets import Sheet

WORDS = {
    QUARTERLY: "now, by the targets of the quarters",
    YEARLY: "now, by the targets of the years",
    SEASONAL: "now, by the pattern of earlier years",
    TIME: "now, by the time that is over",
}


@dataclass(frozen=True)
class _Told:
    """A Pace as its sentence needs it. by: by when and by what something was expected; empty where nothing was."""

    of: Pace
    by: str
    deviation: int
    places: int
    source: str


@dataclass(frozen=True)
class _Outstanding:
    sheet: Sheet
    deviation: float
    percent: int
    by: str


def paces(evaluation: Evaluation) -> Text:
    """The pace of every indicator that adds up, of the fiscal year and of the project."""
    told = [_told(pace) for pace in paces_of(evaluation.known)]
    return _render("paces", evaluation, paces=told, covered=COVERED * 100)


def sentence(pace: Pace, language: str = "en") -> Markup:
    """What a Pace says: so far, expected by now, where it will be, the verdict, and what is needed."""
    return Markup(render("sentence", language, "pace", p=_told(pace)).html)


def outstanding(evaluation: Evaluation) -> Text:
    """The deviations that ask for an explanation that nobody has given; empty where there are none."""
    known, tracked = evaluation.known, evaluation.known.tracked
    found = [
        _Outstanding(sheet, deviation, round(abs(deviation) * 100), _by(tracked, sheet))
        for sheet, deviation in not_explained(known)
    ]
    tolerance = evaluation.project.facts.tracking.tolerance * 100
    return _render("outstanding", evaluation, outstanding=found, tolerance=tolerance)


def _by(tracked: Any, sheet: Sheet) -> str:
    rows: Sequence[Any] = [tracked[sheet.code, horizon] for horizon in ("fiscal year to date", "project to date")]
    return next((WORDS.get(row.expected_by, "") for row in rows if row.expected_by), "")


def _told(pace: Pace) -> _Told:
    by = WORDS.get(pace.expected.by, "") if pace.expected and pace.deviation is not None else ""
    deviation = round(abs(pace.deviation or 0) * 100)
    return _Told(pace, by, deviation, 0, f"{pace.actual.source}, projection")


def _render(section: str, evaluation: Evaluation, **context: Any) -> Text:
    facts = evaluation.project.facts
    return render(section, facts.language, "pace", facts=facts, period=evaluation.period, **context)
