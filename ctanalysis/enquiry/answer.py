"""What a question is answered with: an ordinary tidy frame that shows itself as a card."""

from collections.abc import Container
from typing import Any, ClassVar

import pandas as pd

from ctanalysis.base.cards import Card
from ctanalysis.enquiry.question import MARK, Question


class Answer(pd.DataFrame):
    """A frame, and the card as which it is shown. Whatever is made of it (filtered, sorted) is an ordinary frame.

    card: its title, texts as they are told, and notes that say what is withheld and why. question: which a sheet
    declares, by which it can be asked for again; None of a question of one's own.

    >>> from ctanalysis.base.cards import Card
    >>> Answer.of(pd.DataFrame({"value": [3]}), Card("Events", ("Quarter", "Told"), (("FY2015Q1", "3"),)))
    Events
    Quarter   Told
    FY2015Q1  3
    """

    _metadata: ClassVar[list[str]] = ["card", "question"]
    card: Card
    question: Question | None

    @classmethod
    def of(cls, frame: pd.DataFrame, card: Card, question: Question | None = None) -> "Answer":
        """The frame with its card, and the question that a sheet declares.

        >>> from ctanalysis.base.cards import Card
        >>> Answer.of(pd.DataFrame({"value": [3]}), Card("Events"))["value"].tolist()
        [3]
        """
        found = cls(frame)
        object.__setattr__(found, "card", card)
        object.__setattr__(found, "question", question)
        return found

    def asked(self, question: Question) -> "Answer":
        """The same with the question that it answers.

        >>> from ctanalysis.base.cards import Card
        >>> Answer.of(pd.DataFrame({"value": [3]}), Card("Events")).asked(Question("track", {})).question.word
        'track'
        """
        return Answer.of(self, self.card, question)

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        mark = {MARK: self.question.mark} if self.question else {}
        return {"text/html": self._repr_html_(), "text/plain": repr(self)}, mark

    def _repr_html_(self) -> str:
        return self.card.html

    def __repr__(self) -> str:
        return self.card.plain
