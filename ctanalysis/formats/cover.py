"""What a document or a workbook says of itself, so that a file that was sent on says what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from ctanalysis.evaluation import Evaluation
from ctanalysis.formats.characters import harmless
from ctanalysis.language import Speech

DIGITS = 8  # of the number of a draft


@dataclass(frozen=True)
class Cover:
    """Of which page of which report it is, in words of its language.

    days: the first and last of the period; state: draft or released, with its number or day; notice: of each page,
    empty where the records are real; through: the last day up to which they are complete.
    """

    title: str
    project: str
    period: str
    days: str
    state: str
    notice: str
    through: str
    speech: Speech

    @property
    def of(self) -> str:
        """The period, its days, and up to when the records are complete."""
        about = {"period": self.period, "days": self.days, "through": self.through}
        return self.speech.plain("document.of", **about)

    @property
    def short(self) -> str:
        """The state without what follows its first sentence."""
        return self.state.partition(". ")[0].rstrip(".")


def cover(evaluation: Evaluation, title: str, state: str) -> Cover:
    """The cover of a page, or of the workbook, of an evaluation."""
    facts, period, speech = evaluation.project.facts, evaluation.period, evaluation.project.speech
    return Cover(
        harmless(title),
        harmless(speech.plain("page.project", name=facts.name, country=facts.country)),
        period.label,
        speech.plain("document.days", start=period.start, end=period.end),
        state,
        speech.plain("document.synthetic") if facts.synthetic else "",
        facts.records_through.isoformat(),
        speech,
    )


def number(shown: Mapping[str, str] | str) -> str:
    """The number of a draft."""
    text = shown if isinstance(shown, str) else "".join(sorted(shown.values()))
    return sha256(text.encode()).hexdigest()[:DIGITS]
