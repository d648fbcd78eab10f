"""The results by the criteria of the OECD-DAC, where a project asks for them: what is evidence, and what there is not.

The questions are those of 2019 (OECD-DAC, adopted on 10 December). Evaluations before that had five criteria, without
coherence; a project names its own in project.toml.
"""

from dataclasses import dataclass
from datetime import date

from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.asked import Asked, asked_in
from ctanalysis.narrative.evidence import Evidence, evidence
from ctanalysis.narrative.text import Text, rendered

ADOPTED = date(2019, 12, 10)


@dataclass(frozen=True)
class Part:
    """One criterion: its evidence, a sentence on the evidence that there is not, and its questions."""

    name: str
    missing: str
    evidence: tuple[Evidence, ...]
    asked: tuple[Asked, ...]


def criteria(evaluation: Evaluation) -> Text:
    """Every criterion that the project asks for, under a heading of its own; empty where it asks for none."""
    facts, of, asked = evaluation.project.facts, evidence(evaluation), asked_in(evaluation)
    parts = [
        Part(
            one.name,
            one.missing,
            tuple(map(of, one.indicators)),
            tuple(each for each in asked if each.question.criterion == one.name),
        )
        for one in facts.criteria
    ]
    if not parts:
        return Text("")
    return rendered("criteria", evaluation, adopted=ADOPTED, parts=parts)
