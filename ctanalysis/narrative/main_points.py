"""The main points at the top of the evaluation: a sentence to each finding, the first of them by rank."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ctanalysis.analysis.change import LAST_YEAR, PREVIOUS, VERSUS, Outcome
from ctanalysis.analysis.explanations import Deviation
from ctanalysis.analysis.findings import MOST, Finding, main_points
from ctanalysis.analysis.outcomes import sides
from ctanalysis.analysis.results import Result
from ctanalysis.analysis.values import Value
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative import pace, signals
from ctanalysis.narrative.changes import Said
from ctanalysis.narrative.text import Text, fragment, rendered


@dataclass(frozen=True)
class Line:
    """A result with the words for it. verdict: "clear", "unclear", "few", "varies" or "none" (not compared).

    way: more, fewer or less than a year before, where that is clear; season: the same of the period before, where it
    was to be expected; fewest: the word for what no other quarter has less of; change: the year before, in words.
    """

    of: Result
    verdict: str
    way: str
    season: str
    fewest: str
    change: Said | None = None

    @property
    def same(self) -> bool:
        """Whether there are as many as a year before, and so few that nothing more is said of it."""
        return bool(self.change and self.change.kind == "same")

    @property
    def alike(self) -> tuple[int, str]:
        """What it may have in common with others: a record, and what the season does."""
        return self.of.record, self.season


@dataclass(frozen=True)
class Told:
    """A finding with words that other sentences lend it. before, after: of a gain, the shares it lies between."""

    finding: Finding
    words: Markup
    area: str = ""
    lines: tuple[Line, ...] = ()
    before: Value | None = None
    after: Value | None = None

    @property
    def groups(self) -> tuple[tuple[Line, ...], ...]:
        """The results, those together of which the same is to be said: a record, and that it is the season's."""
        return tuple(tuple(group) for _, group in groupby(self.lines, self._of_group))

    def _of_group(self, line: Line) -> tuple[object, ...]:
        return line.alike if self.together and any(line.alike) else (id(line),)

    @property
    def together(self) -> str:
        """What is said of all results of an area; empty where each has words of its own."""
        return together({line.verdict for line in self.lines})


def points(evaluation: Evaluation) -> Text:
    """The main points: at most six, ranked."""
    told = [_told(evaluation, one) for one in main_points(evaluation.findings)]
    return rendered("points", evaluation, "main_points", points=told)


def also_found(evaluation: Evaluation) -> Text:
    """What else deserves attention: the findings after the main points."""
    told = [_told(evaluation, one) for one in evaluation.findings[MOST:]]
    return rendered("watch", evaluation, "main_points", points=told)


def said(evaluation: Evaluation) -> dict[str, frozenset[str]]:
    """By code, of the indicators whose totals findings tell: beside which earlier ones (Change.versus).

    What the shares before and after a gain are beside is said by the gain.
    """
    told: dict[str, frozenset[str]] = {}
    for one in evaluation.findings:
        if one.kind == "results":
            told |= {result.current.sheet.code: _beside(result) for result in one.of}
        elif one.kind == "gain":
            both = [side.sheet.code for side in sides(evaluation.known, one.of.of.current.sheet) if side]
            told |= {one.of.code: frozenset()} | dict.fromkeys(both, frozenset(VERSUS))
    return told


def _beside(result: Result) -> frozenset[str]:
    year, before = result.change, result.season
    is_told = year and year.before and year.before.number and year.outcome != Outcome.NO_COMPARISON
    told = {LAST_YEAR} if is_told else set()
    return frozenset(told | ({PREVIOUS} if before else set()))


def sentence(evaluation: Evaluation, finding: Finding) -> Text:
    """What is said of one finding."""
    return rendered("points", evaluation, "main_points", points=[_told(evaluation, finding)])


def names(evaluation: Evaluation, finding: Finding) -> str:
    """What a finding is, and of which indicators, in a few words."""
    speech = evaluation.project.speech
    named = speech.series(dict.fromkeys(codes(finding)))
    said = str(fragment("kind", speech, "main_points", kind=finding.kind))
    return f"{said}: {named}" if named else said


def not_shown(evaluation: Evaluation, finding: Finding) -> str:
    """What a finding does not show, in a sentence."""
    return str(fragment("not_shown", evaluation.project.speech, "main_points", kind=finding.kind))


def codes(finding: Finding) -> Iterator[str]:
    """The codes of the indicators that a finding is of."""
    of = finding.of
    if finding.kind in ("gain", "pace", "signal"):
        yield of.code
    elif finding.kind in ("not received", "results", "differ", "explanation"):
        for one in of:
            yield getattr(one, "code", "") or _value(one).sheet.code
    elif finding.kind in ("standard", "restated"):
        yield from of
    elif finding.kind == "targets":
        worst = (*of.worst.paces, *filter(None, [of.worst.missing]))
        yield from (value.sheet.code for value, _ in of.shares)
        yield from (one.sheet.code for one in worst)
    elif finding.kind == "spending":
        yield of.to_date.sheet.code


def _value(one: Result | Deviation | Value) -> Value:
    if isinstance(one, Deviation):
        return one.value
    return one.current if isinstance(one, Result) else one


def together(verdicts: set[str]) -> str:
    """What results that are told together have in common: a verdict, or "few or varies"; empty where they differ."""
    if len(verdicts) == 1:
        return "".join(verdicts - {"clear"})
    if verdicts & {"clear", "none"}:
        return ""
    return "few or varies" if verdicts == {"few", "varies"} else "unclear"


def _line(evaluation: Evaluation, result: Result) -> Line:
    language, countable = evaluation.project.speech, evaluation.project.adds_whole_numbers(result.current.sheet)
    change, season = result.change, result.season
    beside = Said(change, result.clear, language) if change else None
    way = beside.word if beside and result.clear else ""
    usual = Said(season, False, language).word if season else ""
    fewest = "fewest" if countable else "least"
    return Line(result, _verdict(result), way, usual, fewest, beside)


def _verdict(result: Result) -> str:
    change = result.change
    if change is None or change.outcome == Outcome.NO_COMPARISON or change.current.high == change.difference == 0:
        return "none"
    if result.clear or change.outcome != Outcome.TOO_FEW:
        return "clear" if result.clear else "unclear"
    if not change.difference:
        return "none"
    return "varies" if change.test.varies else "few"


def _told(evaluation: Evaluation, finding: Finding) -> Told:
    language = evaluation.project.speech
    if finding.kind == "pace":
        return Told(finding, pace.sentence(finding.of.of, language))
    if finding.kind == "signal":
        return Told(finding, signals.sentence(finding.of.of, True, language))
    if finding.kind == "explanation":
        return Told(finding, pace.outstanding(evaluation, finding.of))
    if finding.kind == "results":
        area = evaluation.project.area(finding.of[0].current.sheet.area)
        return Told(finding, Markup(""), area.name, tuple(_line(evaluation, one) for one in finding.of))
    if finding.kind == "gain":
        before, after = sides(evaluation.known, finding.of.of.current.sheet)
        return Told(finding, Markup(""), before=before, after=after)
    return Told(finding, Markup(""))
