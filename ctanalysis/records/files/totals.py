"""Words by which a row says that it is a total, in the languages of this region."""

import re

from ctanalysis.base.spelling import skeleton

TOTALS = (
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sub-total",
    "итого",
    "всего",
    "итог",
    "итоги",
    "подитог",
    "жыйынтыгы",
    "бардыгы",
    "баары",
    "жалпы",
    "ҷамъ",
    "ҳамагӣ",
    "jami",
    "барлығы",
)
OF_WHAT = ("for", "of", "in", "за", "по", "на", "в", "боюнча")  # as in "Total for March"
LONGEST = 60  # characters: a longer text is no heading and no total
WORDS = {skeleton(word) for word in TOTALS}
FIRST = {word[0] for word in WORDS}
BEGINNINGS = {letter for letter in map(chr, range(0x530)) if skeleton(letter) in FIRST}  # of Latin and Cyrillic
BETWEEN = {skeleton(word) for word in OF_WHAT}


def is_total(word: str, is_key: bool = False) -> bool:
    """Whether a word is one for a total; a key needs only begin with one, as in 'Total March'."""
    if word.lstrip()[:1] not in BEGINNINGS or len(word) > LONGEST:  # a table can have a million words
        return False
    plain = skeleton(word).rstrip(":.= ")
    first, *others = re.split("[ :.=]+", plain)
    return plain in WORDS or (first in WORDS and (is_key or (others[:1] != [] and others[0] in BETWEEN)))
