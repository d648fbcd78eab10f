"""What a template says of its own accord, in the languages that it can speak: words/en.toml, words/ru.toml ...

A project may translate its own words into any language; in one that has no file here these
sentences are in English.
"""

import tomllib
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

FOLDER = Path(__file__).with_name("words")


def said(language, key, **values):
    """The sentence of a key; a list of sentences for "general"."""
    text = _words(language)[key]
    return text.format(**values) if isinstance(text, str) else [sentence.format(**values) for sentence in text]


@cache
def _words(language):
    path = FOLDER / f"{language}.toml"
    return tomllib.loads((path if path.is_file() else FOLDER / "en.toml").read_text(encoding="utf-8"))


def has_words(language):
    return (FOLDER / f"{language}.toml").is_file()


@cache
def own_name(language):
    """The language's name in itself: Русский; its code where nobody has told us."""
    try:
        name = Locale.parse(language).get_language_name(language)
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else language
