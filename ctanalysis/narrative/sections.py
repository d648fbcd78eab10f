"""The sections of the narrative: which values each one needs, handed to its sentences."""

from collections.abc import Mapping

from ctanalysis.analysis.milestones import Milestone, milestones
from ctanalysis.analysis.series import adds_up
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.place import place_of
from ctanalysis.narrative.results import results as results_of
from ctanalysis.narrative.results import titles
from ctanalysis.narrative.text import Text, render, rendered
from ctanalysis.project import Project
from ctanalysis.project.facts import Statement
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.sheets import Printed
from ctanalysis.quality import last_quarter


def notice(evaluation: Evaluation) -> Text:
    """What is real and what is not. Stands first on every page."""
    return rendered("notice", evaluation)


def introduction(evaluation: Evaluation) -> Text:
    """What the project and the period are."""
    place, arrival = place_of(evaluation), evaluation.arrival
    return rendered("introduction", evaluation, place=place, arrival=arrival, statements=_statements(evaluation, ""))


def progress(evaluation: Evaluation, area: str = "") -> Text:
    """How far the fiscal year's and the project's targets are reached: of the headlines, or of an area's indicators.

    Of an area what adds up is left out: its pace says it (see pace.paces).
    """
    wanted = {"area": evaluation.project.area(area).code} if area else {"headline": True}
    results = results_of(evaluation, lambda sheet: _is_of(sheet, wanted) and not (area and adds_up(sheet)))
    year = evaluation.project.calendar.containing(evaluation.period.end, "year")
    reached = [one for one in milestones(evaluation.project, evaluation.period) if _is_of(one.sheet, wanted)]
    place, untold = place_of(evaluation), [one for one in results if one.untold_to_date]
    told = [one for one in results if not one.untold_to_date]
    return rendered("progress", evaluation, results=told, untold=untold, milestones=reached, year=year, place=place)


def _is_of(sheet: Printed, wanted: Mapping[str, object]) -> bool:
    return all(getattr(sheet, name) == value for name, value in wanted.items())


def area(evaluation: Evaluation, code: str) -> Text:
    """Every indicator of an area: result, change, total to date, breakdowns, published figure; and its milestones.

    code: of one of the project's areas (Refused otherwise).
    """
    part = evaluation.project.area(code)
    statements = _statements(evaluation, code)
    results, reached = results_of(evaluation, lambda sheet: sheet.area == code), _milestones(evaluation, code)
    return rendered("area", evaluation, area=part, statements=statements, results=results, milestones=reached)


def indicator(evaluation: Evaluation, code: str) -> Text:
    """One indicator, as its area tells it: result, change, total to date, breakdowns, published figure.

    code: of one of the project's indicators; of a milestone there is its own sentence in its area.
    """
    (result,) = results_of(evaluation, lambda sheet: sheet.code == code)
    return render("indicator", evaluation.project.speech, r=result)


def limits(evaluation: Evaluation) -> Text:
    """What the data cannot say: of the project, of people known by several codes, of each headline indicator."""
    project, of_sheets = evaluation.project, dict[str, list[str]]()
    for sheet in (*project.sheets, *project.milestones):
        if sheet.headline:
            of_sheets.setdefault(sheet.limitations, []).append(sheet.name)
    unmatchable = [judged.unmatchable for judged in project.same_people if judged.unmatchable]
    return rendered("limits", evaluation, of_sheets=of_sheets.items(), unmatchable=unmatchable)


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
    """What the disclosure policy does, in words and from the policy's own numbers; of classes with one rule once."""
    project, alike = evaluation.project, dict[tuple[object, ...], list[DisclosureRule]]()
    for rule in (one for one in project.policy.rules.values() if one.protects):
        alike.setdefault(_said(rule), []).append(rule)
    rules = [
        (one, project.speech.series(rule.describes for rule in (one, *others)), _broken_down(project, one))
        for one, *others in alike.values()
    ]
    return rendered("protection_of_people", evaluation, rules=rules)


def _said(rule: DisclosureRule) -> tuple[object, ...]:
    """What is said of a rule; those of which the same is said are said together."""
    spans = frozenset(rule.one_way), frozenset(rule.two_way)
    numbers = rule.fewer_than, rule.round_to, rule.share_within
    return *numbers, *spans, rule.audited, bool(rule.person), rule.breakdowns


def _statements(evaluation: Evaluation, area: str) -> list[Statement]:
    """What was published of an area by the period's end; of the whole project, the area is empty."""
    return [s for s in evaluation.project.facts.statements if s.area == area and s.as_of <= evaluation.period.end]


def _broken_down(project: Project, rule: DisclosureRule) -> list[tuple[str, list[str]]]:
    """By what the policy tells each indicator: its code, and the titles of the fields."""
    told = [one for one in rule.breakdowns if not one.ended]
    codes = dict.fromkeys(one.sheet for one in told)
    named = {code: titles(project, project.sheet(code)) for code in codes}
    return [(code, [named[code][one.by] for one in told if one.sheet == code]) for code in codes]


def _milestones(evaluation: Evaluation, area: str) -> list[Milestone]:
    return [one for one in milestones(evaluation.project, evaluation.period) if one.sheet.area == area]
