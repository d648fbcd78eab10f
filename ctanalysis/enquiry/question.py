"""The mark of an answer: the question that a sheet declares, by which anybody can ask for the same again.

    p.values("1.3", by="sex") ─▶ an output in a notebook, with the mark {"ask": "values", "of": {"1.3": ["sex"]}, ...}

A question of one's own and an exact value have none. What carries a mark can be asked again and compared, word for
word; so a mark that somebody has written by hand can say nothing but what the library says.
"""

from base64 import b64encode
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import Chart
from ctanalysis.narrative.text import Text

MARK = "ctanalysis"  # of an output's metadata
Bundle = dict[str, str]  # by MIME type, what a notebook keeps of an answer


@dataclass(frozen=True)
class Question:
    """A word of the vocabulary and what it was given.

    ways: of values, by indicator the fields that it was broken down by; empty of all others.
    """

    word: str
    given: Mapping[str, Any]
    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, word: str, evaluation: Evaluation, **given: object) -> "Question":
        """A question of the period of an evaluation."""
        return cls(word, {**given, "period": evaluation.period.label})

    @property
    def mark(self) -> dict[str, Any]:
        """What stands in an output's metadata.

        >>> Question("track", {"period": "FY2014"}).mark
        {'ask': 'track', 'period': 'FY2014'}
        """
        return {"ask": self.word, **self.given}


@dataclass(frozen=True)
class Sentence(Text):
    """What a report says of an indicator, with its mark."""

    question: Question

    def __repr__(self) -> str:
        return self.plain

    def _repr_mimebundle_(  # type: ignore[override]  # with metadata
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        return super()._repr_mimebundle_(include, exclude), {MARK: self.question.mark}


@dataclass(frozen=True)
class Drawing(Chart):
    """A figure with its mark."""

    question: Question | None = None

    def __repr__(self) -> str:
        return self.plain

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> tuple[dict[str, str | bytes], dict[str, Any]]:
        data, about = super()._repr_mimebundle_(include, exclude)
        return data, about | ({MARK: self.question.mark} if self.question else {})


def kept(answer: Any) -> tuple[Bundle, dict[str, Any]]:
    """What a notebook keeps of an answer, a sentence or a figure: by MIME type its text, and what is said of it."""
    data, about = answer._repr_mimebundle_()
    return {kind: b64encode(one).decode() if isinstance(one, bytes) else one for kind, one in data.items()}, about
