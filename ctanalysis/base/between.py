"""What stands between the cells of a small CSV file that a spreadsheet has saved with something else than commas."""

from collections.abc import Sequence

SIGNS = {";": "semicolons", "\t": "tabs"}


def between(first: Sequence[str], needed: Sequence[str]) -> str:
    """What is between the columns that a first row names; empty where it is commas, or where it names others.

    first: its cells as commas split it. needed: the columns that it must name.
    """
    whole = ",".join(first)
    return next((name for sign, name in SIGNS.items() if {*needed} <= {*map(str.strip, whole.split(sign))}), "")
