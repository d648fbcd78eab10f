"""The evaluation questions, each with the answer of a period and the indicators on which it rests."""

from dataclasses import dataclass

from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.evidence import Evidence, evidence
from ctanalysis.project.judgements import Answer, Question, labels_of


@dataclass(frozen=True)
class Asked:
    """A question; its answer in a period, None where there is none; and the evidence, which may be none."""

    question: Question
    answer: Answer | None
    evidence: tuple[Evidence, ...]


def asked_in(evaluation: Evaluation) -> tuple[Asked, ...]:
    """Every question of the project, in the order of its file."""
    of, judged = evidence(evaluation), evaluation.project.judged
    labels = labels_of(evaluation.project.calendar, evaluation.period)
    answers = [(question, judged.answer(question.id, labels)) for question in judged.questions]
    return tuple(
        Asked(question, answer, tuple(map(of, answer.evidence if answer else ()))) for question, answer in answers
    )
