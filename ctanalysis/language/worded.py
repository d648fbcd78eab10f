"""Words that a room early in the flow says in English, and that a later one can say in another language."""

from collections.abc import Iterable
from typing import Any

from babel.lists import format_list


class Worded(str):
    """A text in English that knows from which message and parts it was made. See Speech.worded().

    It is that text for all who read, compare or write it.
    """

    key: str
    parts: dict[str, Any]

    def __new__(cls, text: str, key: str, parts: dict[str, Any]) -> "Worded":
        made = super().__new__(cls, text)
        made.key, made.parts = key, parts
        return made

    @classmethod
    def joined(cls, words: Iterable[str], between: str = "; ") -> "Worded":
        """Several texts as one, each to be said again by itself."""
        kept = [one for one in words if one]
        return cls(between.join(kept), "", {"between": between, "words": kept})

    @classmethod
    def either(cls, words: Iterable[str]) -> "Worded":
        """The same with an or before the last: a, b, or c."""
        kept = [*words]
        return cls(format_list(kept, "or", locale="en"), "", {"either": kept})

    @property
    def messages(self) -> frozenset[str]:
        """The keys of all messages that it is made of."""
        parts = [one for one in self.parts.get("words", ()) if isinstance(one, Worded)]
        return frozenset({self.key} - {""}).union(*(one.messages for one in parts))

    def __reduce__(self) -> tuple[Any, ...]:
        return Worded, (str(self), self.key, self.parts)
