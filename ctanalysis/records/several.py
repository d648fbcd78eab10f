"""What to do about a cell with several values, in a field that takes one."""

import re
from collections.abc import Collection

from ctanalysis.base.nearness import Nearness
from ctanalysis.base.spelling import skeleton
from ctanalysis.records.delimiters import NAMES, delimiter_of

SEVERAL = (
    'It holds several of them, and the field takes one: where a row may have several, say "type": "list" and '
    '"delimiter": "{between}" for the field in datapackage.json; or write a row of its own for each. As an alternative '
    "spelling of one, it would lose the others"
)
PERHAPS_SEVERAL = (
    'It may hold several of them, and the field takes one: where a row may have several, say "type": "list" and '
    '"delimiter": "{between}" for the field in datapackage.json, with each of them in its "categories"; where it is '
    'another spelling of one, list it in its "alternatives" there; else correct it'
)
LONGEST = 60  # characters: a longer cell is a sentence


def of_known(word: str, known: Collection[str]) -> str:
    """Of a word that is several known spellings; empty where it is none. known: their skeletons."""
    if not _are_known(word, known):
        return ""
    return SEVERAL.format(between=(delimiter_of(word, known) or ";").replace("\n", "\\n"))


def _are_known(word: str, known: Collection[str]) -> bool:
    """Whether a word is several known spellings, with blanks, commas or such between."""
    for between in (r"[,;|/+&\n]", r"[,;|/+&\s]"):
        parts = {skeleton(part) for part in re.split(between, word)} - {""}
        if len(parts) > 1 and parts <= {*known}:
            return True
    return False


def perhaps(word: str, known: Collection[str], near: Nearness) -> str:
    """Of a word with a delimiter, or with blanks where a part is known or near to a known one, or nothing is.

    known: as of of_known.
    """
    between = next((sign for sign in NAMES if len([*filter(str.strip, word.split(sign))]) > 1), "")
    if not between or len(word) > LONGEST:
        return ""
    if between == " " and near.of(word) and not {*map(skeleton, word.split())} & {*known}:
        each = [near.of(part) for part in word.split()]
        if any(len(names) != 1 for names in each) or len({name for names in each for name in names}) == 1:
            return ""
    return PERHAPS_SEVERAL.format(between=between.replace("\n", "\\n"))
