"""Whether the latest quarters are within what the series vary by: in sentences."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ctanalysis.analysis.signals import CLASSED, NO_PARTS, NOT_INDEPENDENT, Signal
from ctanalysis.analysis.signals import signals as signals_of
from ctanalysis.analysis.statistics.chart import FEW, GAP, NO_VARIATION
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.text import Text, render

WHY = {
    FEW: "Too few quarters to say what is usual: six before it are needed.",
    GAP: "The latest quarter is not told, or lacks some of its records, so it is not judged.",
    NO_VARIATION: "All earlier quarters are alike, so that they show no usual variation.",
    CLASSED: "Some quarters are told as classes only, so that limits would be those of a selection.",
    NO_PARTS: "Of how many it is a share is not told, so there are no limits.",
    NOT_INDEPENDENT: "It carries over from quarter to quarter, or is of other units each time: it has no usual limits.",
}
KIND = "signal"


@dataclass(frozen=True)
class _Told:
    """A Signal as its sentence needs it; low and high are the limits of the latest quarter."""

    of: Signal
    clear: bool
    why: str
    low: float | None
    high: float | None
    unit: str
    places: int
    source: str
    last: int = -1


def signals(evaluation: Evaluation) -> Text:
    """What the control chart of every quarterly series says."""
    facts, clear = evaluation.project.facts, evaluation.claims.by_code(KIND)
    told = [_told(signal, signal.sheet.code in clear) for signal in signals_of(evaluation.known)]
    no_run = any(("run", FEW) in one.of.not_applied for one in told)
    context: dict[str, Any] = {"no_run": no_run, "facts": facts, "period": evaluation.period}
    return render("signals", facts.language, "signals", signals=told, **context)


def sentence(signal: Signal, clear: bool, language: str = "en") -> Markup:
    """What a Signal says. clear: whether it is claimed when everything in the report is counted as many."""
    return Markup(render("sentence", language, "signals", s=_told(signal, clear)).html)


def _told(signal: Signal, clear: bool) -> _Told:
    limits = signal.limits[-1] if signal.judged else None
    share = signal.sheet.measure == "share"
    low, high = (limits.lower, limits.upper) if limits else (None, None)
    if share and low is not None and high is not None:
        low, high = low * 100, high * 100
    rules = dict(signal.not_applied)
    source = f"{signal.latest.source}, control chart"
    return _Told(signal, clear, WHY.get(rules.get("all", ""), ""), low, high, "%" if share else "", 0, source)
