"""A value as the cell of a table shows it, days in words, and the notes below a table."""

import math
from datetime import date, timedelta

import pandas as pd

from ctanalysis import quality
from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import WITHHELD
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import Marks, in_words, is_list
from ctanalysis.narrative.states import state
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.cells import Cell, Cells, day

EMPTY = "–"


def number(evaluation: Evaluation, sheet: Sheet, value: float, status: str, high: float = math.nan) -> str:
    """The number as it is shown, or what stands for it. value, status, high: as in the evaluation's values."""
    return in_words(sheet, value, status, evaluation.project.speech, high)


def kind(status: str, speech: Speech) -> str:
    """Of what kind a number is, by its status: exact, rounded, a range, fewer than 10, withheld ..."""
    return speech.plain("table.states.range") if of_range(status) else state(status, speech)


def cells_of(evaluation: Evaluation, sheet: Sheet, page: str = "") -> Cells:
    """The cells of an indicator, in the language of an evaluation. page: as Cells has it."""
    return Cells(evaluation.project.speech, sheet, page)


def titled(evaluation: Evaluation, sheet: Sheet, page: str = "") -> Cell:
    """The indicator's code and name, marked where it has a caveat, which stands at the page's end."""
    return cells_of(evaluation, sheet, page).title(is_marked=sheet.code in evaluation.caveats)


def months(speech: Speech, start: date | str, end: date | str) -> Cell:
    """Days from a first to a last one, by their months: October–December 2014; by themselves where they are not whole.

    start, end: days, or ISO texts of them.
    """
    first, last = (one if isinstance(one, date) else date.fromisoformat(one) for one in (start, end))
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return Cell(Marks(speech).span(first, last))
    return Cell(speech.say("table.from_to", start=day(speech, first), end=day(speech, last)))


def lack_notes(evaluation: Evaluation, frame: pd.DataFrame) -> tuple[str, ...]:
    """What is missing of the records behind values, each once. frame: indicator, start and end of each."""
    speech, alike = evaluation.project.speech, quality.lacking_alike(evaluation.lacks, frame)
    return tuple(
        speech.plain(
            "table.lack",
            indicators=speech.series(codes),
            days=months(speech, start, end),
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
