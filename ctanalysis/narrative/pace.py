"""Where what adds up will stand, and which explanations are outstanding: in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ctanalysis.analysis.expected import QUARTERLY, SEASONAL, TIME, YEARLY
from ctanalysis.analysis.explanations import Deviation, of_few
from ctanalysis.analysis.pace import Pace, without_pace
from ctanalysis.analysis.pace import paces as paces_of
from ctanalysis.analysis.statistics.projection import COVERED
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.text import Text, fragment, render, rendered
from ctanalysis.project.sheets import Sheet

WORDS = {
    QUARTERLY: "quarters",
    YEARLY: "years",
    SEASONAL: "season",
    TIME: "time",
}
VERDICTS = (  # in the order in which they are told
    "out of reach", "missed", "exceeded", "at risk", "on track", "above", "ahead", "reached", "too few quarters",
)  # fmt: skip


@dataclass(frozen=True)
class _Told:
    """A Pace as its sentence needs it. by: the key of the words for what something was expected by; or empty.

    few: so few things that were expected that they are told, and no per cent of them; None where there are more.
    """

    of: Pace
    by: str
    few: float | None
    deviation: int
    places: int
    source: str


def paces(evaluation: Evaluation, area: str) -> Text:
    """Under a heading, the pace of each indicator of an area that adds up, of the fiscal year and of the project.

    Empty where the area has none.
    """
    told = [_told(pace) for pace in paces_of(evaluation.known) if pace.sheet.area == area]
    return rendered("paces", evaluation, "pace", paces=told, covered=COVERED * 100) if told else Text("")


def outlook(evaluation: Evaluation) -> Text:
    """By verdict the indicators that add up, held against their targets for the life of the project."""
    groups = dict[str, list[Sheet]]()
    for pace in (one for one in paces_of(evaluation.known) if one.horizon == "project"):
        groups.setdefault(pace.verdict, []).append(pace.sheet)
    in_order = [(verdict, groups[verdict]) for verdict in VERDICTS if verdict in groups]
    return rendered("outlook", evaluation, "pace", groups=in_order, left_out=without_pace(evaluation.known))


def sentence(pace: Pace, language: str | Speech = "en") -> Markup:
    """What a Pace says: so far, expected by now, where it will be, the verdict, and what is needed."""
    return Markup(render("sentence", language, "pace", p=_told(pace)).html)


def outstanding(evaluation: Evaluation, found: Sequence[Deviation]) -> Markup:
    """The deviations that ask for an explanation that nobody has given, as a sentence."""
    project = evaluation.project
    tolerance = project.facts.tracking.tolerance * 100
    furthest = sorted(found, key=lambda one: -abs(one.part))
    return fragment("outstanding", project.speech, "pace", outstanding=furthest, tolerance=tolerance)


def _told(pace: Pace) -> _Told:
    by = WORDS.get(pace.expected.by, "") if pace.expected and pace.deviation is not None else ""
    deviation = round(abs(pace.deviation or 0) * 100)
    expected = _expected(pace)
    few = expected if expected is not None and of_few(pace.sheet, expected) else None
    return _Told(pace, by, few, deviation, 0, f"{pace.actual.source}, projection")


def _expected(pace: Pace) -> float | None:
    """The number that a pace deviates from; None where it does not."""
    if pace.expected is None or not pace.deviation:
        return None
    return pace.expected.low if pace.deviation < 0 else pace.expected.high
