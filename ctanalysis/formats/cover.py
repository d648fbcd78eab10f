"""What a document or a workbook says of itself, so that a file that was sent on says what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from ctanalysis.evaluation import Evaluation
from ctanalysis.formats.characters import harmless

DIGITS = 8  # of the number of a draft
SYNTHETIC = "Synthetic records"
CONTENTS = "Contents"


@dataclass(frozen=True)
class Cover:
    """Of which page of which report it is, in words.

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
    language: str

    @property
    def of(self) -> str:
        """The period, its days, and up to when the records are complete."""
        return f"Reporting period {self.period}: {self.days}. Records complete through {self.through}."

    @property
    def short(self) -> str:
        """The state without what follows its first sentence."""
        return self.state.partition(". ")[0].rstrip(".")


def cover(evaluation: Evaluation, title: str, state: str) -> Cover:
    """The cover of a page, or of the workbook, of an evaluation."""
    facts, period = evaluation.project.facts, evaluation.period
    return Cover(
        harmless(title),
        harmless(f"{facts.name} in {facts.country}"),
        period.label,
        f"{period.start} to {period.end}",
        state,
        SYNTHETIC if facts.synthetic else "",
        facts.records_through.isoformat(),
        facts.language,
    )


def draft(shown: Mapping[str, str] | str) -> str:
    """What a draft says of its state: a number, which another draft of other content does not have.

    shown: the public hash of what a page shows, or those of all pages.
    """
    return f"Draft {number(shown)}. It is not released."


def number(shown: Mapping[str, str] | str) -> str:
    """The number of a draft."""
    text = shown if isinstance(shown, str) else "".join(sorted(shown.values()))
    return sha256(text.encode()).hexdigest()[:DIGITS]
