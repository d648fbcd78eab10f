"""Whether the latest quarters are within what the series vary by: in sentences."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ctanalysis.analysis.signals import CLASSED, NO_PARTS, NOT_INDEPENDENT, Signal
from ctanalysis.analysis.signals import signals as signals_of
from ctanalysis.analysis.statistics.chart import FEW, GAP, NO_VARIATION
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.text import Text, render, rendered

WHY = {
    FEW: Speech().worded("signals.too_few"),
    GAP: Speech().worded("signals.gap"),
    NO_VARIATION: Speech().worded("signals.no_variation"),
    CLASSED: Speech().worded("signals.classed"),
    NO_PARTS: Speech().worded("signals.no_parts"),
    NOT_INDEPENDENT: Speech().worded("signals.not_independent"),
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


def signals(evaluation: Evaluation, area: str) -> Text:
    """Under a heading, what the control chart of each quarterly series of an area says.

    Those that are not judged are named together, by the reason. Empty where the area has no series.
    """
    clear = evaluation.claims.by_code(KIND)
    every = [signal for signal in signals_of(evaluation.known) if signal.sheet.area == area]
    told = [_told(signal, signal.sheet.code in clear) for signal in every]
    unjudged: dict[str, list[str]] = {}
    for one in (one for one in told if not one.of.judged):
        unjudged.setdefault(one.why, []).append(one.of.sheet.code)
    judged = [one for one in told if one.of.judged]
    no_run = any(("run", FEW) in one.of.not_applied for one in judged)
    context: dict[str, Any] = {"no_run": no_run, "unjudged": unjudged}
    return rendered("signals", evaluation, "signals", signals=judged, **context) if told else Text("")


def sentence(signal: Signal, clear: bool, language: str | Speech = "en") -> Markup:
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
