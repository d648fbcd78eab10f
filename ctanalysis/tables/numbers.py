"""A value as the cell of a table shows it, and the notes below a table."""

import math

import pandas as pd

from ctanalysis import quality
from ctanalysis.disclosure.protected import WITHHELD
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.numbers import SEVERAL, in_words, is_list
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet

EMPTY = "–"


def number(evaluation: Evaluation, sheet: Sheet, value: float, status: str, high: float = math.nan) -> str:
    """The number as it is shown, or what stands for it. value, status, high: as in the evaluation's values."""
    return in_words(sheet, value, status, evaluation.project.facts.language, high)


def titled(evaluation: Evaluation, sheet: Sheet) -> str:
    """The indicator's code and name, marked where it has a caveat, which stands at the page's end."""
    return f"{sheet.code} {sheet.name}{quality.mark(evaluation.caveats, sheet.code)}"


def several_note(project: Project, sheet: Sheet, frame: pd.DataFrame) -> tuple[str, ...]:
    """What a table says of a breakdown by a list. frame: with its disaggregation."""
    return (f"{SEVERAL}.",) if any(is_list(project, sheet, way) for way in frame["disaggregation"].unique()) else ()


def whole(value: float) -> str:
    """A count without a state: 1,234, or a dash where there is none."""
    return EMPTY if pd.isna(value) else f"{value:,.0f}"


def withheld_note(status: "pd.Series[str]") -> tuple[str, ...]:
    """What a table says of the numbers that it withholds; nothing if there is none."""
    hidden = int((status == WITHHELD).sum())
    if not hidden:
        return ()
    return (
        f"{hidden} {'number is' if hidden == 1 else 'numbers are'} withheld to protect people; withheld is not zero.",
    )


def as_heading(text: str) -> str:
    """A text with a capital letter at its beginning, and the others as they are: US dollars, Age group."""
    return text[:1].upper() + text[1:]
