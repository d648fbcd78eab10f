"""What stands between several values of one cell."""

from collections.abc import Collection

from ctanalysis.base.spelling import skeleton

NAMES = {
    ",": "a comma",
    ";": "a semicolon",
    "|": "a bar",
    "/": "a slash",
    "+": "a plus",
    "&": "an ampersand",
    "\n": "a line end",
    " ": "a blank",
}


def delimiter_of(word: str, known: Collection[str]) -> str:
    """The delimiter with which a word is several known spellings; empty where it is none. known: their skeletons."""
    for delimiter in NAMES:
        parts = {skeleton(part) for part in word.split(delimiter)} - {""}
        if len(parts) > 1 and parts <= {*known}:
            return delimiter
    return ""
