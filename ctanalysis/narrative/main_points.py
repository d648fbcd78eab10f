"""The main points at the top of the evaluation: a sentence to each finding, the first of them by rank."""

from dataclasses import dataclass

from markupsafe import Markup

from ctanalysis.analysis.change import Outcome
from ctanalysis.analysis.findings import MOST, Finding, Result, main_points
from ctanalysis.analysis.outcomes import sides
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative import pace, signals
from ctanalysis.narrative.text import Text, render


@dataclass(frozen=True)
class Told:
    """A finding with words that other sentences lend it. before, after: of a gain, the shares it lies between."""

    finding: Finding
    words: Markup
    area: str = ""
    before: object = None
    after: object = None


def points(evaluation: Evaluation) -> Text:
    """The main points: at most six, ranked."""
    told = [_told(evaluation, one) for one in main_points(evaluation.findings)]
    return _render("points", evaluation, points=told)


def also_found(evaluation: Evaluation) -> Text:
    """What else deserves attention: the findings after the main points, and what failed, is outstanding or overdue."""
    told = [_told(evaluation, one) for one in evaluation.findings[MOST:]]
    return _render("watch", evaluation, points=told, failed=_failed(evaluation), restated=_restated(evaluation))


def verdicts(results: tuple[Result, ...]) -> str:
    """What the results of an area have in common beside a year before: "few", "unclear" or "none".

    Empty where one of them is clear, so that each has its own words.
    """
    kinds = {verdict(one) for one in results}
    if "clear" in kinds:
        return "" if len(kinds) > 1 else "clear"
    return kinds.pop() if len(kinds) == 1 else "unclear"


def verdict(result: Result) -> str:
    """Of one: whether its change is clear, not clear, of too few to say, or none."""
    if result.change is None or result.change.outcome == Outcome.NO_COMPARISON:
        return "none"
    if result.clear:
        return "clear"
    return "few" if result.change.outcome == Outcome.TOO_FEW else "unclear"


def _told(evaluation: Evaluation, finding: Finding) -> Told:
    language = evaluation.project.facts.language
    if finding.kind == "pace":
        return Told(finding, pace.sentence(finding.of.of, language))
    if finding.kind == "signal":
        return Told(finding, signals.sentence(finding.of.of, True, language))
    if finding.kind == "results":
        area = evaluation.project.area(finding.of[0].current.sheet.area)
        return Told(finding, Markup(""), area.name)
    if finding.kind == "gain":
        before, after = sides(evaluation.known, finding.of.of.current.sheet)
        return Told(finding, Markup(""), "", before, after)
    return Told(finding, Markup(""))


def _failed(evaluation: Evaluation) -> list[str]:
    """The headline indicators whose data of the period failed a standard."""
    return [sheet.code for sheet in evaluation.project.sheets if sheet.headline and sheet.code in evaluation.caveats]


def _restated(evaluation: Evaluation) -> list[str]:
    frame = evaluation.restated
    return list(dict.fromkeys(frame["indicator"])) if len(frame) else []


def _render(section: str, evaluation: Evaluation, **context: object) -> Text:
    facts = evaluation.project.facts
    shared = {"facts": facts, "period": evaluation.period, "verdict": verdict, "verdicts": verdicts}
    return render(section, facts.language, "main_points", **shared, **context)
