"""The same word however it was typed: spaces, dashes, invisible characters, letters that look alike.

    cleaned("Ош\\u00a0 ") == "Ош"          what nobody meant to type is removed
    skeleton("Oш") == skeleton("ОШ")       a Latin O in a Cyrillic word, and case, make no difference

Source of the look-alikes: Unicode Technical Standard 39, confusables, for the letters that Russian
and Kyrgyz share in shape with the Latin ones.
"""

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
UPPER = str.maketrans("АВЕЁКМНОРСТУҮХІЅЈҺ", "ABEEKMHOPCTYYXISJH")
BLANK, DELETE = 0x20, 0x7F  # the ASCII codes between which every character can be printed
LOOKALIKE = UPPER | str.maketrans("аеорсухіѕјһ", "aeopcyxisjh")


def cleaned(text: str) -> str:
    """The text in composed form (NFC), with plain single spaces and dashes, nothing invisible, no blank at its ends."""
    if text.isascii() and text == text.strip() and "  " not in text and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text).translate(DASHES)
    visible = (
        character
        for character in composed
        if unicodedata.category(character) not in ("Cf", "Cc") or character.isspace()
    )
    return " ".join("".join(visible).split())


def ascii_joined(texts: Sequence[str]) -> NDArray[np.uint8] | None:
    """Many texts as one array of bytes, with a zero before and after each.

    None where a text is not plain ASCII or contains a zero itself.
    """
    joined = "\0".join(["", *texts, ""])
    letters = np.frombuffer(joined.encode("ascii"), np.uint8) if joined.isascii() else np.zeros(0, np.uint8)
    return letters if np.count_nonzero(letters == 0) == len(texts) + 1 else None


def all_clean(joined: NDArray[np.uint8] | None) -> bool:
    """Whether cleaned() would change none of the texts of an ascii_joined(); False for None.

    All texts are looked at together, because a table can have millions of cells.
    """
    if joined is None or np.count_nonzero((joined < BLANK) | (joined == DELETE)) > np.count_nonzero(joined == 0):
        return False
    blank = np.flatnonzero(joined == BLANK)
    return not bool(np.isin(joined[blank + 1], (0, BLANK)).any() or (joined[blank - 1] == 0).any())


def lookalike(text: str) -> str:
    """The cleaned text with Latin letters for the Cyrillic ones that look like them. Case matters. For keys."""
    plain = cleaned(text)
    return plain if plain.isascii() else plain.translate(LOOKALIKE)


def skeleton(text: str) -> str:
    """A text that is the same for all spellings that a reader would call the same. Case does not matter.

    For words of closed lists: headings and categories.
    """
    return cleaned(text).upper().translate(UPPER)
