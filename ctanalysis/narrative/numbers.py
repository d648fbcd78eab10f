"""A value in plain words, for a table's cell and a chart's label: its number, or the state that stands for it."""

from ctanalysis.base import precision
from ctanalysis.project.sheets import Sheet


def in_words(sheet: Sheet, value: float, status: str, language: str) -> str:
    """1,234, about 84%, or, where no number is shown, the status: fewer than 10, withheld, no data ...

    value, status: as in the frame of an evaluation's values; a share is a fraction of 1.
    """
    if status not in ("exact", "rounded"):
        return status
    about, unit = "about " if status == "rounded" else "", "%" if sheet.measure == "share" else ""
    return f"{about}{precision.text(precision.as_shown(value, sheet.measure, status), language)}{unit}"
