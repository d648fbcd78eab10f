"""The sentences of templates that are not a project's own, by language: words/en.toml, words/ru.toml ...

A project may translate its own words into any language; in one that has no file here these
sentences are in English.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

FOLDER = Path(__file__).with_name("words")


def phrase(language: str, key: str, **values: Any) -> str:
    """What stands under a key, in a language: a sentence or a word."""
    sentence: str = _words(language)[key]
    return sentence.format(**values)


def general(language: str, **values: Any) -> list[str]:
    """The sentences with which instructions begin."""
    return [sentence.format(**values) for sentence in _words(language)["general"]]


@cache
def _words(language: str) -> Mapping[str, Any]:
    path = FOLDER / f"{language}.toml"
    return tomllib.loads((path if path.is_file() else FOLDER / "en.toml").read_text(encoding="utf-8"))


def has_words(language: str) -> bool:
    """Whether there is a file of sentences in a language."""
    return (FOLDER / f"{language}.toml").is_file()


@cache
def own_name(language: str) -> str:
    """The language's name in itself: Русский; its code where Babel has no name for it."""
    try:
        name = Locale.parse(language).get_language_name(language)
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else language
