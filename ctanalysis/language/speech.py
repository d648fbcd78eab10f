"""Who speaks: a language, with the words that a project has in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from babel import Locale
from babel.lists import format_list
from markupsafe import Markup

from ctanalysis.base import precision
from ctanalysis.language.catalogue import FIRST, compiled, messages
from ctanalysis.language.hearing import heard
from ctanalysis.language.worded import Worded


@dataclass(frozen=True)
class Speech:
    """A language by its code, and the project's labels in it: pairs of the label in its first language and in this.

    written: the project's first language, in which people write.
    """

    code: str = FIRST
    written: str = FIRST
    labels: tuple[tuple[str, str], ...] = ()

    @cached_property
    def called(self) -> Mapping[str, str]:
        """The labels by those of the first language."""
        return dict(self.labels)

    @cached_property
    def percent(self) -> str:
        """The sign behind a number of per cent, with the space that the language has before it."""
        return str(Locale.parse(self.code).percent_formats[None].suffix[0])

    def number(self, number: float, places: int = 0) -> str:
        """A number with so many decimals, halves up, as the language writes it: 1,234.5; with a true minus sign."""
        exact = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0
        return precision.text(exact, self.code)

    def per_cent(self, number: float, places: int = 0) -> str:
        """The same with the sign of per cent: 56%."""
        return self.number(number, places) + self.percent

    def say(self, key: str, **parts: Any) -> Markup:
        """A message with its parts, as HTML. KeyError: no such message; jinja2.UndefinedError: a part is missing."""
        message = compiled(self.code, key, True)
        return Markup(message if isinstance(message, str) else message.render(parts))

    def plain(self, key: str, **parts: Any) -> str:
        """The same as plain text."""
        message = compiled(self.code, key, False)
        return message if isinstance(message, str) else message.render(parts)

    def worded(self, key: str, **parts: Any) -> Worded:
        """The same, to be said again in another language."""
        return Worded(self.plain(key, **{name: self._part(part) for name, part in parts.items()}), key, parts)

    def label(self, text: Any) -> str:
        """A word of the project, or what an earlier room said, in this language; as it is where it has no other.

        Of the library's own categories ("not recorded") the catalogue has it.
        """
        if isinstance(text, Worded) and self.code != FIRST:
            if "either" in text.parts:
                return self.series(map(self.label, text.parts["either"]), "or")
            if not text.key:
                return str(text.parts["between"]).join(map(self.label, text.parts["words"]))
            return self.plain(text.key, **{name: self._part(part) for name, part in text.parts.items()})
        return self.called.get(text) or messages(self.code).get(f"category.{text}") or str(text)

    def heard(self, text: str) -> str:
        """What a check says in English, in this language; see hearing."""
        return heard(self.code, str(text))

    def _part(self, part: Any) -> Any:
        if isinstance(part, (list, tuple)):
            return self.series(map(self.label, part))
        return self.label(part) if isinstance(part, str) else part

    def series(self, items: Any, style: Any = "standard") -> str:
        """Texts as a list: a, b and c."""
        return format_list([*map(str, items)], style, locale=self.code)


def speech_of(language: "str | Speech") -> Speech:
    """The Speech of a language without words of a project; as it is where it is one."""
    return Speech(language) if isinstance(language, str) else language
