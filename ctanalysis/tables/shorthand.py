"""What stands in a cell, or in a figure, for a number that is not there: shorthand in brackets, explained once.

The signs are those of the workbook (formats.shorthand): brackets, as the UK's Government Analysis Function has them
(symbols in tables), and not signs like a dagger.
"""

from collections.abc import Iterable

from ctanalysis.disclosure.protected import UNTOLD, WITHHELD

SHORT = {
    WITHHELD: "[w]",
    "not received": "[n]",
    "no data": "[x]",
    UNTOLD: "[p]",
    "not this fine": "[f]",
    "not applicable": "[z]",
}
MEANS = {
    "[w]": "[w] withheld to protect people, and not zero.",
    "[n]": "[n] not received: due, and not delivered.",
    "[x]": "[x] no data: nothing to calculate it from.",
    "[p]": "[p] not told of these days, by the policy.",
    "[f]": "[f] the records do not know days as fine as these.",
    "[z]": "[z] not applicable: the project, or the indicator, has no such days.",
}
IN_CELLS = ("[w]", "[n]")  # the others stand in cells in words


def shortened(text: str) -> str:
    """A cell with shorthand for what is withheld or not received; anything else as it is."""
    return SHORT[text] if text in SHORT and SHORT[text] in IN_CELLS else text


def explained(cells: Iterable[str]) -> tuple[str, ...]:
    """What the shorthand in some texts means, each once, in its order; nothing where there is none."""
    found = " ".join(cells)
    return tuple(words for short, words in MEANS.items() if short in found)
