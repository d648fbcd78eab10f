"""What is the same word to a reader, however it was typed: spaces, dashes, invisible signs, letters that look alike.

    cleaned("Ош\\u00a0 ") == "Ош"          what nobody meant to type is taken away
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
LOOKALIKE = UPPER | str.maketrans("аеорсухіѕјһ", "aeopcyxisjh")


def cleaned(text: str) -> str:
    """The text in composed form, with plain spaces and dashes, nothing invisible, no blank at its ends."""
    if text.isascii() and text == text.strip() and "  " not in text and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text).translate(DASHES)
    seen = (
        character
        for character in composed
        if unicodedata.category(character) not in ("Cf", "Cc") or character.isspace()
    )
    return " ".join("".join(seen).split())


def ascii_joined(texts: Sequence[str]) -> NDArray[np.uint8] | None:
    """Many texts as one array of bytes, a zero before and after each; None where one is not plain ASCII or has a zero of its own."""
    joined = "\0".join(["", *texts, ""])
    letters = np.frombuffer(joined.encode("ascii"), np.uint8) if joined.isascii() else np.zeros(0, np.uint8)
    return letters if np.count_nonzero(letters == 0) == len(texts) + 1 else None


def all_clean(joined: NDArray[np.uint8] | None) -> bool:
    """Whether every text of an ascii_joined() is as cleaned() would leave it; asked of all at once, for it is asked of millions."""
    if joined is None or np.count_nonzero((joined < 32) | (joined == 127)) > np.count_nonzero(joined == 0):
        return False
    blank = np.flatnonzero(joined == 32)
    return not bool(np.isin(joined[blank + 1], (0, 32)).any() or (joined[blank - 1] == 0).any())


def lookalike(text: str) -> str:
    """The text with Latin letters for the Cyrillic ones that look like them; case matters. For keys."""
    return cleaned(text).translate(LOOKALIKE)


def skeleton(text: str) -> str:
    """What two spellings have in common that a reader would call the same; case does not matter. For closed lists."""
    return cleaned(text).upper().translate(UPPER)
