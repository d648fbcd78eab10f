"""What stands in a cell, or in a figure, for a number that is not there: shorthand in brackets, explained once.

The signs are those of the workbook (formats.shorthand), the same in every language: brackets, as the UK's Government
Analysis Function has them (symbols in tables), and not signs like a dagger.
"""

from collections.abc import Iterable, Mapping

from ctanalysis.disclosure.protected import UNTOLD, WITHHELD
from ctanalysis.language import Speech

SHORT = {
    WITHHELD: "[w]",
    "not received": "[n]",
    "no data": "[x]",
    UNTOLD: "[p]",
    "not this fine": "[f]",
    "not applicable": "[z]",
}
IN_CELLS = (WITHHELD, "not received")  # the others stand in cells in words
ENGLISH = Speech()


def meanings(speech: Speech = ENGLISH) -> Mapping[str, str]:
    """By sign, the line that says what it means."""
    return {sign: f"{sign} {speech.plain(f'table.short.{status}')}" for status, sign in SHORT.items()}


def shortened(text: str, speech: Speech = ENGLISH) -> str:
    """A cell with shorthand for what is withheld or not received; anything else as it is."""
    return next((SHORT[one] for one in IN_CELLS if text == speech.plain(f"state.{one}")), text)


def explained(cells: Iterable[str], speech: Speech = ENGLISH) -> tuple[str, ...]:
    """What the shorthand in some texts means, each once, in its order; nothing where there is none."""
    found = " ".join(cells)
    return tuple(words for short, words in meanings(speech).items() if short in found)
