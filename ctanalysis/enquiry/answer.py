"""What a question is answered with: an ordinary tidy frame that shows itself as a card."""

from typing import ClassVar

import pandas as pd

from ctanalysis.base.cards import Card


class Answer(pd.DataFrame):
    """A frame, and the card as which it is shown. Whatever is made of it (filtered, sorted) is an ordinary frame.

    card: its title, texts as they are told, and notes that say what is withheld and why.

    >>> from ctanalysis.base.cards import Card
    >>> Answer.of(pd.DataFrame({"value": [3]}), Card("Events", ("Quarter", "Told"), (("FY2015Q1", "3"),)))
    Events
    Quarter   Told
    FY2015Q1  3
    """

    _metadata: ClassVar[list[str]] = ["card"]
    card: Card

    @classmethod
    def of(cls, frame: pd.DataFrame, card: Card) -> "Answer":
        """The frame with its card.

        >>> from ctanalysis.base.cards import Card
        >>> Answer.of(pd.DataFrame({"value": [3]}), Card("Events"))["value"].tolist()
        [3]
        """
        found = cls(frame)
        object.__setattr__(found, "card", card)
        return found

    def _repr_html_(self) -> str:
        return self.card.html

    def __repr__(self) -> str:
        return self.card.plain
