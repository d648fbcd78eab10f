"""A value as the cell of a table shows it, days in words, and the notes below a table."""

import math
from datetime import date

import pandas as pd

from ctanalysis import quality
from ctanalysis.analysis.values import Value
from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import WITHHELD
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import Marks, in_words, is_list
from ctanalysis.narrative.states import state
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet

EMPTY = "–"


def number(evaluation: Evaluation, sheet: Sheet, value: float, status: str, high: float = math.nan) -> str:
    """The number as it is shown, or what stands for it. value, status, high: as in the evaluation's values."""
    return in_words(sheet, value, status, evaluation.project.speech, high)


def told(evaluation: Evaluation, value: Value) -> str:
    """The same of a Value."""
    return number(evaluation, value.sheet, value.value, value.status, value.high)


def kind(status: str, speech: Speech) -> str:
    """Of what kind a number is, by its status: exact, rounded, a range, fewer than 10, withheld ..."""
    return speech.plain("table.states.range") if of_range(status) else state(status, speech)


def titled(evaluation: Evaluation, sheet: Sheet) -> str:
    """The indicator's code and name, marked where it has a caveat, which stands at the page's end."""
    return f"{sheet.code} {sheet.name}{quality.mark(evaluation.caveats, sheet.code)}"


def months(speech: Speech, start: str, end: str) -> str:
    """Days from a first to a last one (ISO), by their months: October–December 2014."""
    return Marks(speech).span(date.fromisoformat(start), date.fromisoformat(end)).striptags()


def lack_notes(evaluation: Evaluation, frame: pd.DataFrame) -> tuple[str, ...]:
    """What is missing of the records behind values, each once. frame: indicator, start and end of each."""
    speech, alike = evaluation.project.speech, quality.lacking_alike(evaluation.lacks, frame)
    return tuple(
        speech.plain(
            "table.lack",
            indicators=speech.series(codes),
            days=speech.plain("table.from_to", start=start, end=end),
            lack=speech.label(lack),
        )
        for (start, end, lack), codes in alike.items()
    )


def several_note(project: Project, sheet: Sheet, frame: pd.DataFrame) -> tuple[str, ...]:
    """What a table says of a breakdown by a list. frame: with its disaggregation."""
    if not any(is_list(project, sheet, way) for way in frame["disaggregation"].unique()):
        return ()
    return (project.speech.plain("table.several", several=project.speech.plain("breakdown.several")),)


def whole(value: float, speech: Speech) -> str:
    """A count without a state: 1,234, or a dash where there is none."""
    return EMPTY if pd.isna(value) else speech.number(value)


def withheld_note(status: "pd.Series[str]", speech: Speech) -> tuple[str, ...]:
    """What a table says of the numbers that it withholds; nothing if there is none."""
    hidden = int((status == WITHHELD).sum())
    return (speech.plain("table.withheld", n=hidden),) if hidden else ()


def as_heading(text: str) -> str:
    """A text with a capital letter at its beginning, and the others as they are: US dollars, Age group."""
    return text[:1].upper() + text[1:]
