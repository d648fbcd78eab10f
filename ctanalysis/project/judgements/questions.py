"""The evaluation questions of a project, and what can be answered in a period, from which evidence."""

from typing import Self

from pydantic import model_validator

from ctanalysis.project.judgements.public import PublicText
from ctanalysis.project.judgements.said import Said
from ctanalysis.project.strict import Code, Strict


class Question(Strict):
    """A question that the evaluation is to answer. criterion: the one of project.toml to which it belongs, if any."""

    id: Code
    text: PublicText
    criterion: str = ""
    illustrative: bool = False


class Answer(Said):
    """What can be answered in a period: from evidence, the codes of indicators, or from none.

    no_evidence: a sentence that says which evidence is missing.
    """

    question: str
    evidence: tuple[str, ...] = ()
    no_evidence: PublicText = ""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if bool(self.evidence) == bool(self.no_evidence):
            raise ValueError(
                f"the answer to '{self.question}' needs either evidence, at least one indicator, or no_evidence, a "
                "sentence that says which evidence is missing"
            )
        return self


class Questions(Strict):
    """judgements/questions.toml."""

    question: tuple[Question, ...] = ()
    answer: tuple[Answer, ...] = ()
