"""What people say is about periods, indicators, questions and criteria that there are, once each, and not too early."""

from collections.abc import Iterable, Iterator

from ctanalysis.base.errors import Refused
from ctanalysis.project.agreement import entries
from ctanalysis.project.judgements import Answer, Explanation, Said
from ctanalysis.project.project import Project

EXPLANATIONS, CONTEXT, ACTIONS, LESSONS, RECOMMENDATIONS, QUESTIONS = (
    f"judgements/{name}.toml"
    for name in ("explanations", "context", "actions", "lessons", "recommendations", "questions")
)
AFTER = (Explanation, Answer)  # what is said of a whole period, and so not before its last day


def faults(project: Project) -> Iterator[str]:
    """A sentence to each entry that is about nothing, too early or twice there, and to each criterion of nothing."""
    judged, codes = project.judged, _codes(project)
    for file, said in _by_file(project):
        for number, one in enumerate(said, 1):
            where = f"{file}, {type(one).__name__.lower()} {number}"
            yield from (f"{where}: {fault}" for fault in _of_period(one, project))
            yield from (f"{where}: {fault}" for fault in _of_indicators(one, codes))
    yield from _twice(project)
    yield from _of_questions(project)
    for criterion in project.facts.criteria:
        yield from (
            f"project.toml, criterion '{criterion.name}': {fault}" for fault in _unknown(criterion.indicators, codes)
        )
    asked = [question.id for question in judged.questions]
    for number, answer in enumerate(judged.answers, 1):
        if answer.question not in asked:
            yield f"{QUESTIONS}, answer {number}: there is no question '{answer.question}'. {_there(asked)}"


def _by_file(project: Project) -> Iterator[tuple[str, Iterable[Said]]]:
    judged = project.judged
    yield from ((EXPLANATIONS, judged.explanations), (CONTEXT, judged.context), (ACTIONS, judged.actions))
    yield from ((LESSONS, judged.lessons), (RECOMMENDATIONS, judged.recommendations), (QUESTIONS, judged.answers))


def _codes(project: Project) -> list[str]:
    return list(dict.fromkeys(sheet.code for sheet in (*project.sheets, *project.milestones)))


def _of_period(one: Said, project: Project) -> Iterator[str]:
    """Whether the period is one of the project's, and the day not too early for what is said of it.

    The project to date (LOP) ends later with each quarter, so of it something may have been said on any of its days.
    """
    try:
        period = project.calendar.delivered(one.period)
    except Refused as refusal:
        yield str(refusal)
        return
    end = min(period.end, project.facts.end)
    if isinstance(one, AFTER) and period.kind != "project" and one.date < end:
        yield (
            f"its date, {one.date}, is before the last day of {period}, {end}: what is not over cannot be judged yet."
        )
    elif one.date < max(period.start, project.facts.start):
        yield f"its date, {one.date}, is before the first day of {period}, {period.start}."


def _of_indicators(one: Said, codes: list[str]) -> Iterator[str]:
    named = one.evidence if isinstance(one, Answer) else filter(None, [getattr(one, "indicator", "")])
    yield from _unknown(named, codes)


def _unknown(named: Iterable[str], codes: list[str]) -> Iterator[str]:
    yield from (f"there is no indicator '{code}'. {_there(codes)}" for code in named if code not in codes)


def _there(names: list[str]) -> str:
    return f"There are: {', '.join(names)}." if names else "There is none."


def _twice(project: Project) -> Iterator[str]:
    """A sentence where two entries say the same thing, or of the same thing."""
    judged = project.judged
    yield from entries.repeated(EXPLANATIONS, ((f"{one.indicator} in {one.period}",) for one in judged.explanations))
    yield from entries.repeated(QUESTIONS, ((f"{one.question} in {one.period}",) for one in judged.answers))
    for file, named in (
        (ACTIONS, judged.actions),
        (RECOMMENDATIONS, judged.recommendations),
        (QUESTIONS, judged.questions),
    ):
        yield from entries.repeated(file, ((one.id,) for one in named))
    yield from entries.repeated(CONTEXT, ((one.period, one.indicator, one.text) for one in judged.context))
    yield from entries.repeated(LESSONS, ((one.period, one.text) for one in judged.lessons))


def _of_questions(project: Project) -> Iterator[str]:
    """A sentence to each question of a criterion that the project does not ask for."""
    criteria = [one.name for one in project.facts.criteria]
    for question in project.judged.questions:
        if question.criterion and question.criterion not in criteria:
            yield (
                f"{QUESTIONS}, question '{question.id}': the project does not ask for the criterion "
                f"'{question.criterion}' ([[criteria]] in project.toml). {_there([*criteria])}"
            )
