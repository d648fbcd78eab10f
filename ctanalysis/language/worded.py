"""Words that a room early in the flow says in English, and that a later one can say in another language."""

from typing import Any


class Worded(str):
    """A text in English that knows from which message and parts it was made. See worded().

    It is that text for all who read, compare or write it.
    """

    key: str
    parts: dict[str, Any]

    def __new__(cls, text: str, key: str, parts: dict[str, Any]) -> "Worded":
        made = super().__new__(cls, text)
        made.key, made.parts = key, parts
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Worded, (str(self), self.key, self.parts)
