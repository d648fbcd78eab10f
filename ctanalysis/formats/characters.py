"""Characters that would do harm, or show as nothing, in one format or another."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from html import escape, unescape
from pathlib import Path

TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # the direction of what follows
VARIANTS = range(0xFE00, 0xFE10)  # which of its forms the sign before takes, as in emojis
UNSEEN = ("Cc", "Cf", "Mn", "Me", "Cs", "Co", "Cn")  # what has no sign of its own
TAG = re.compile(r"(<[^>]*>)")
LONG = re.compile(r"[^\s\u200b]{25}(?=[^\s\u200b]{5})")
BREAK = "\N{ZERO WIDTH SPACE}"


def harmless(text: str) -> str:
    """A text without the marks that turn the direction of the writing around what is beside them."""
    return TURNING.sub("", text)


def breakable(text: str) -> str:
    """A text in which a long word can be broken, where a line does not break it by itself."""
    return LONG.sub(lambda found: found[0] + BREAK, text)


def named(text: str) -> str:
    """A text with the name in brackets of each character that the fonts of a PDF have no sign for."""
    return text if text.isascii() else "".join(map(_named, text))


def in_texts(change: Callable[[str], str], html: str) -> str:
    """HTML with a change made to its texts, and none to its tags."""
    parts = TAG.split(html)
    parts[::2] = [escape(change(unescape(part)), quote=False) for part in parts[::2]]
    return "".join(parts)


def fonts() -> Path:
    """The folder of the fonts that come with matplotlib."""
    import matplotlib

    return Path(matplotlib.get_data_path(), "fonts", "ttf")


@cache
def _named(character: str) -> str:
    if ord(character) in VARIANTS:
        return ""
    if character.isascii() or character == BREAK or ord(character) in _covered():
        return character
    if unicodedata.category(character) in UNSEEN:
        return ""
    return f"[{unicodedata.name(character, 'unknown sign').lower()}]"


@cache
def _covered() -> frozenset[int]:
    """What DejaVu Sans has a sign for; typst falls back on it."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(fonts() / "DejaVuSans.ttf")).get_charmap())
