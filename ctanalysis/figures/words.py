"""A value as a chart's labels and alternative text say it."""

from typing import Any

from ctanalysis.base import precision
from ctanalysis.project.sheets import Sheet


def said(sheet: Sheet, row: Any, language: str) -> str:
    """The number as told, or the state that stands for it. row: value, status."""
    if row.status not in ("exact", "rounded"):
        return row.status
    text = precision.text(precision.as_shown(row.value, sheet.measure, row.status), language)
    return ("about " if row.status == "rounded" else "") + text + ("%" if sheet.measure == "share" else "")
