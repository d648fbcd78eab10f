"""The sections of the narrative: which values each one needs, handed to its sentences."""

from ctanalysis.analysis.milestones import Milestone, milestones
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.place import place_of
from ctanalysis.narrative.results import results as results_of
from ctanalysis.narrative.results import titles
from ctanalysis.narrative.text import Text, render, rendered
from ctanalysis.project import Project
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.quality import last_quarter


def notice(evaluation: Evaluation) -> Text:
    """What is real and what is not. Stands first on every page."""
    return rendered("notice", evaluation)


def introduction(evaluation: Evaluation) -> Text:
    """What the project and the period are."""
    return rendered("introduction", evaluation, place=place_of(evaluation), arrival=evaluation.arrival)


def headlines(evaluation: Evaluation) -> Text:
    """The headline results with their changes since the previous period and the same one last year."""
    results, reached = results_of(evaluation, lambda sheet: sheet.headline), _milestones(evaluation, headline=True)
    return rendered("headlines", evaluation, results=results, milestones=reached)


def progress(evaluation: Evaluation, area: str = "") -> Text:
    """How far the fiscal year's and the project's targets are reached: of an area's indicators, or of the headlines."""
    wanted = {"area": evaluation.project.area(area).code} if area else {"headline": True}
    results = results_of(evaluation, lambda sheet: all(getattr(sheet, name) == one for name, one in wanted.items()))
    year = evaluation.project.calendar.containing(evaluation.period.end, "year")
    reached = _milestones(evaluation, **wanted)
    return rendered("progress", evaluation, results=results, milestones=reached, year=year, place=place_of(evaluation))


def area(evaluation: Evaluation, code: str) -> Text:
    """Every indicator of an area: result, change, total to date, breakdowns, published figure; and its milestones.

    code: of one of the project's areas (Refused otherwise).
    """
    part = evaluation.project.area(code)
    statements = [s for s in evaluation.project.facts.statements if s.area == code and s.as_of <= evaluation.period.end]
    results, reached = results_of(evaluation, lambda sheet: sheet.area == code), _milestones(evaluation, area=code)
    return rendered("area", evaluation, area=part, statements=statements, results=results, milestones=reached)


def indicator(evaluation: Evaluation, code: str) -> Text:
    """One indicator, as its area tells it: result, change, total to date, breakdowns, published figure.

    code: of one of the project's indicators; of a milestone there is its own sentence in its area.
    """
    (result,) = results_of(evaluation, lambda sheet: sheet.code == code)
    return render("indicator", evaluation.project.speech, r=result)


def limits(evaluation: Evaluation) -> Text:
    """What the data cannot say: of the project, of people known by several codes, of each headline indicator."""
    results = results_of(evaluation, lambda sheet: sheet.headline)
    unmatchable = [judged.unmatchable for judged in evaluation.project.same_people if judged.unmatchable]
    reached = _milestones(evaluation, headline=True)
    return rendered("limits", evaluation, results=results, milestones=reached, unmatchable=unmatchable)


def quality(evaluation: Evaluation) -> Text:
    """The five data quality standards: what was asked, and which indicators' data did not meet it."""
    verdicts = {
        standard: rows.groupby("verdict")["indicator"].apply(list).to_dict()
        for standard, rows in evaluation.quality.groupby("standard")
    }
    is_month, quarter = evaluation.period.kind == "month", last_quarter(evaluation.project, evaluation.period)
    audited = [rule.describes for rule in evaluation.project.policy.rules.values() if rule.audited] if is_month else []
    return rendered(
        "quality", evaluation, asked=evaluation.project.quality, verdicts=verdicts, audited=audited, quarter=quarter
    )


def protection_of_people(evaluation: Evaluation) -> Text:
    """What the disclosure policy does, in words and from the policy's own numbers."""
    project = evaluation.project
    rules = [(rule, _broken_down(project, rule)) for rule in project.policy.rules.values() if rule.protects]
    return rendered("protection_of_people", evaluation, rules=rules)


def _broken_down(project: Project, rule: DisclosureRule) -> list[tuple[str, list[str]]]:
    """By what the policy tells each indicator: its code, and the titles of the fields."""
    told = [one for one in rule.breakdowns if not one.ended]
    codes = dict.fromkeys(one.sheet for one in told)
    named = {code: titles(project, project.sheet(code)) for code in codes}
    return [(code, [named[code][one.by] for one in told if one.sheet == code]) for code in codes]


def _milestones(evaluation: Evaluation, **wanted: object) -> list[Milestone]:
    """The milestones whose sheets say what is wanted."""
    every = milestones(evaluation.project, evaluation.period)
    return [one for one in every if all(getattr(one.sheet, name) == value for name, value in wanted.items())]
