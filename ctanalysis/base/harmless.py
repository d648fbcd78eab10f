"""A cell as a spreadsheet can do no harm with it."""

import re
from typing import TypeVar

T = TypeVar("T")
FORMULA = re.compile(r"[\t\r\n]|[ \n]*[=+\-@＝＋－＠]")


def harmless(cell: T) -> T | str:
    """The cell as a spreadsheet can do no harm with it.

    A text that it would run has an apostrophe before it; a CR, at which readers of CSV end the row, is replaced.
    """
    if not isinstance(cell, str):
        return cell
    return ("'" if FORMULA.match(cell) else "") + cell.replace("\r", "\ufffd")
