"""The headline results: what the findings have not said of them already, so that nothing is said twice.

told by a finding     beside what earlier days it has not been held yet, and of whom it is
all others            the result, beside its earlier days
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ctanalysis.analysis.change import LAST_YEAR, Change
from ctanalysis.analysis.milestones import milestones
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.changes import Said, verdict
from ctanalysis.narrative.main_points import said
from ctanalysis.narrative.results import results as results_of
from ctanalysis.narrative.text import Text, rendered


@dataclass(frozen=True)
class Beside:
    """Comparisons of which the same is to be said: of the same earlier days, with the same verdict."""

    days: tuple[date, date]
    verdict: Markup
    compared: tuple[Said, ...]


def headlines(evaluation: Evaluation) -> Text:
    """The headline results, as far as main_points.points and main_points.also_found do not tell them."""
    told, project, period = said(evaluation), evaluation.project, evaluation.period
    every = results_of(evaluation, lambda sheet: sheet.headline)
    year_before = project.calendar.same_last_year(period)
    return rendered(
        "headlines",
        evaluation,
        results=[one for one in every if one.sheet.code not in told],
        told=[one for one in every if one.sheet.code in told],
        beside=_beside(evaluation, told),
        milestones=[one for one in milestones(project, period) if one.sheet.headline],
        since=project.facts.start if year_before and year_before.end < project.facts.start else None,
    )


def _beside(evaluation: Evaluation, told: dict[str, frozenset[str]]) -> list[Beside]:
    """What the results that findings tell are beside other days: last year first, the verdicts as they come."""
    language, groups = evaluation.project.speech, dict[tuple[tuple[date, date], Markup], list[Said]]()
    for change, clear in sorted(_left(evaluation, told), key=lambda one: one[0].versus != LAST_YEAR):
        if change.before:
            key = (change.before.start, change.before.end), verdict(change, clear, language)
            groups.setdefault(key, []).append(Said(change, clear, language))
    return [Beside(*key, tuple(compared)) for key, compared in groups.items()]


def _left(evaluation: Evaluation, told: dict[str, frozenset[str]]) -> Iterator[tuple[Change, bool]]:
    """The comparisons of these results that no finding tells, each with whether it is clear."""
    for change in evaluation.changes:
        if change.versus not in told.get(change.sheet.code, {change.versus}):
            yield change, evaluation.claims.is_clear("change", change.sheet.code, change.versus)
