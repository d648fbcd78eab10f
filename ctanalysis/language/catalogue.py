"""The messages of each language, read from its files once, and compiled when they are first said."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.numbers import format_decimal

from ctanalysis.base.errors import Refused

if TYPE_CHECKING:
    from jinja2 import Environment, Template

FOLDER = Path(__file__).with_name("words")
FIRST_LETTER = re.compile(r"^((?:<[^>]*>)*)(\w)")
FIGURE = re.compile(r"-?[0-9]{1,3}(,?[0-9]{3})*(\.[0-9]+)?")
FIRST = "en"  # which all others are compared with


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are words of, English first: each is a folder of words/ with files of messages."""
    found = sorted(path.name for path in FOLDER.iterdir() if any(path.glob("*.toml")))
    return (FIRST, *(code for code in found if code != FIRST))


@cache
def messages(language: str) -> Mapping[str, str]:
    """By key ("changes.same") the message of a language, Jinja2 texts. Refused: there are no words of the language."""
    if language not in languages():
        raise Refused(f"There are no words in the language '{language}'. There are: {', '.join(languages())}.")
    found: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        for key, text in _flat(tomllib.loads(path.read_text(encoding="utf-8"))):
            if key in found:
                raise ValueError(f"{path.name}: the message {key} stands twice")
            found[key] = text
    return found


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a file by their whole keys."""
    for name, inner in table.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{before}{name}.")
        else:
            yield f"{before}{name}", inner


@cache
def compiled(language: str, key: str, is_html: bool) -> "Template | str":
    """A message as a template, or as it is where it has no variable. KeyError: there is no such message."""
    text = messages(language)[key]
    return environment(language, is_html).from_string(text) if "{{" in text else text


@cache
def environment(language: str, is_html: bool) -> "Environment":
    """How messages of a language are read: strictly, and with the plural forms of the language."""
    from jinja2 import Environment, StrictUndefined  # with the first message, and not with the library

    made = Environment(autoescape=is_html, undefined=StrictUndefined)
    made.filters |= {"plural": Plural(language), "opening": opening, "inner": inner}
    made.filters["heard"] = lambda text: _heard(language, str(text))
    made.filters["figure"] = lambda text: _figure(language, str(text))
    made.filters["number"] = lambda number: format_decimal(number, "#,##0", locale=language)
    return made


def _figure(language: str, text: str) -> str:
    """A filter of messages: a number as English writes it, 1,233 or 11.8, as the language does; else the text."""
    return format_decimal(Decimal(text.replace(",", "")), locale=language) if FIGURE.fullmatch(text) else text


def _heard(language: str, text: str) -> str:
    """A filter of messages: a part that a check says, in the language."""
    from ctanalysis.language.hearing import heard  # which stands on this module

    return heard(language, text)


def opening(words: str) -> str:
    """Words as they open a sentence: About 84%. A filter of messages; its letter may stand in marks."""
    return type(words)(FIRST_LETTER.sub(lambda found: found[1] + found[2].upper(), str(words), count=1))


def inner(words: str) -> str:
    """Words as they stand within a sentence: no event was held. A filter of messages."""
    return type(words)(FIRST_LETTER.sub(lambda found: found[1] + found[2].lower(), str(words), count=1))


class Plural:
    """The filter of messages that chooses a word by a number: {{ n|plural(one="event", other="events") }}."""

    def __init__(self, language: str) -> None:
        self.rule = Locale.parse(language).plural_form
        self.forms = {*self.rule.tags, "other"}

    def __call__(self, number: float, **forms: str) -> str:
        """The form for a number. ValueError: not the very forms that the language has, by CLDR."""
        if forms.keys() != self.forms:
            raise ValueError(f"plural forms must be: {', '.join(sorted(self.forms))}")
        return forms[self.rule(abs(number))]
