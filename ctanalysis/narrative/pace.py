"""Where what adds up will stand, and which explanations are outstanding: in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ctanalysis.analysis.expected import QUARTERLY, SEASONAL, TIME, YEARLY
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
VERDICTS = (  # in the order in which they are told; above: ahead, of what neither rise nor fall is aimed at
    "out of reach", "missed", "exceeded", "at risk", "on track", "above", "ahead", "reached", "too few quarters",
)  # fmt: skip


@dataclass(frozen=True)
class _Told:
    """A Pace as its sentence needs it. by: the key of the words for what something was expected by; or empty."""

    of: Pace
    by: str
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
    """By verdict the indicators that add up, held against their targets for the life of the project.

    Sheets that neither rise nor fall is aimed at are not ahead where they are projected above their target.
    """
    groups = dict[str, list[Sheet]]()
    for pace in (one for one in paces_of(evaluation.known) if one.horizon == "project"):
        aimless = pace.verdict == "ahead" and pace.sheet.direction == "none"
        groups.setdefault("above" if aimless else pace.verdict, []).append(pace.sheet)
    in_order = [(verdict, groups[verdict]) for verdict in VERDICTS if verdict in groups]
    return rendered("outlook", evaluation, "pace", groups=in_order, left_out=without_pace(evaluation.known))


def sentence(pace: Pace, language: str | Speech = "en") -> Markup:
    """What a Pace says: so far, expected by now, where it will be, the verdict, and what is needed."""
    return Markup(render("sentence", language, "pace", p=_told(pace)).html)


def outstanding(evaluation: Evaluation, found: Sequence[tuple[Sheet, float]]) -> Markup:
    """The deviations that ask for an explanation that nobody has given, as a sentence. found: sheets with theirs."""
    project = evaluation.project
    tolerance = project.facts.tracking.tolerance * 100
    return fragment("outstanding", project.speech, "pace", outstanding=found, tolerance=tolerance)


def _told(pace: Pace) -> _Told:
    by = WORDS.get(pace.expected.by, "") if pace.expected and pace.deviation is not None else ""
    deviation = round(abs(pace.deviation or 0) * 100)
    return _Told(pace, by, deviation, 0, f"{pace.actual.source}, projection")
