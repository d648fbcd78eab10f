"""What people say of a period, beside its numbers and as theirs: word for word, with role and day.

What is said of a period is in its report, whenever it was said. What became of an action or a recommendation is told as
it stood on the period's last day, so that a report made again says the same.
"""

from collections.abc import Iterable

from ctanalysis.analysis.following_up import Standing, decided_before, decided_for
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.asked import asked_in
from ctanalysis.narrative.evidence import Evidence, evidence
from ctanalysis.narrative.text import Text, rendered
from ctanalysis.project.judgements import FollowedUp, Judged, labels_of


def context(evaluation: Evaluation) -> Text:
    """What happened around the project, each with its source."""
    of = evidence(evaluation)
    entries = [(one, of(one.indicator) if one.indicator else None) for one in _said(evaluation).context]
    return rendered("context", evaluation, entries=entries)


def explanations(evaluation: Evaluation) -> Text:
    """Why values are not what was expected, and what will be done, in the order of the indicators."""
    of, codes = evidence(evaluation), [*evaluation.project.files]
    said = sorted(_said(evaluation).explanations, key=lambda one: codes.index(one.indicator))
    return rendered("explanations", evaluation, entries=[(one, of(one.indicator)) for one in said])


def actions(evaluation: Evaluation) -> Text:
    """What was decided to be done, and what became of what was decided before."""
    return _to_be_done("actions", evaluation, evaluation.project.judged.actions)


def lessons(evaluation: Evaluation) -> Text:
    """What was learned."""
    return rendered("lessons", evaluation, entries=_said(evaluation).lessons)


def recommendations(evaluation: Evaluation) -> Text:
    """What is recommended to whom, and what became of what was recommended before."""
    return _to_be_done("recommendations", evaluation, evaluation.project.judged.recommendations)


def questions(evaluation: Evaluation) -> Text:
    """The evaluation questions with the answers of the period; those of a criterion are answered by criteria()."""
    asked = asked_in(evaluation)
    return rendered(
        "questions",
        evaluation,
        asked=[one for one in asked if not one.question.criterion],
        elsewhere=[one for one in asked if one.question.criterion],
    )


def _to_be_done(section: str, evaluation: Evaluation, every: Iterable[FollowedUp]) -> Text:
    of, every = evidence(evaluation), tuple(every)

    def beside(standing: Standing) -> tuple[Standing, Evidence | None]:
        return standing, of(standing.what.indicator) if standing.what.indicator else None

    labels = labels_of(evaluation.project.calendar, evaluation.period)
    decided = [*map(beside, decided_for(every, evaluation.period, labels))]
    earlier = [*map(beside, decided_before(every, evaluation.period, labels))]
    return rendered(section, evaluation, decided=decided, earlier=earlier)


def _said(evaluation: Evaluation) -> Judged:
    return evaluation.project.judged.for_period(labels_of(evaluation.project.calendar, evaluation.period))
