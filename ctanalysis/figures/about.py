"""What stands around every figure of an evaluation: where and when, from what, and its caveats."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from ctanalysis import quality
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures.style import BLUE, GREY, MEN, WOMEN
from ctanalysis.figures.words import CROSS, say
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.narrative.numbers import Marks, in_words
from ctanalysis.narrative.states import as_told
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.shorthand import IN_CELLS, SHORT

NUMBERS = ("exact", "rounded")


def told(evaluation: Evaluation, sheet: Sheet, row: Any) -> str:
    """The value of a row (value, status, low, high) as the report says it."""
    status = as_told(row.value, row.status, row.low, row.high) if sheet.counts_up else row.status
    return in_words(sheet, row.value, status, evaluation.project.speech, row.high)


def short(evaluation: Evaluation, sheet: Sheet, row: Any) -> str:
    """The same, or the sign of what is withheld or not received."""
    return SHORT[row.status] if row.status in IN_CELLS else told(evaluation, sheet, row)


def cells(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame of values, each with its columns by name."""
    return [*frame.itertuples()]


def days_of(evaluation: Evaluation, frame: pd.DataFrame) -> str:
    """The days of a frame of values that all have the same."""
    first = cells(frame)[0]
    return days(evaluation, date.fromisoformat(first.start), date.fromisoformat(first.end))


def days(evaluation: Evaluation, start: date, end: date) -> str:
    """October–December 2014."""
    return str(Marks(evaluation.project.speech).span(start, end).striptags())


def until(evaluation: Evaluation) -> str:
    """The days of the project to the end of the period."""
    return days(evaluation, evaluation.project.facts.start, evaluation.period.end)


def subtitle(evaluation: Evaluation, measure: str, when: str) -> str:
    """What is measured, where and when."""
    return say(
        evaluation.project.speech, "subtitle", measure=measure, place=evaluation.project.facts.country, when=when
    )


def source(evaluation: Evaluation, codes: Iterable[str]) -> str:
    """From which indicators a figure is; of none, nothing."""
    named = [*dict.fromkeys(codes)]
    key = "source" if len(named) > 1 else "source_one"
    return say(evaluation.project.speech, key, codes=named) if named else ""


def caveats(evaluation: Evaluation, codes: Iterable[str]) -> tuple[str, ...]:
    """Which of its indicators have a caveat, in the order of the sheets, and where it stands."""
    named = {*codes}
    return marked(evaluation, evaluation.caveats, (one.code for one in evaluation.project.sheets if one.code in named))


def marked(evaluation: Evaluation, caveats: Mapping[str, str], codes: Iterable[str]) -> tuple[str, ...]:
    """Which of some indicators have one of these caveats, and where it stands; nothing where none has."""
    found = [code for code in dict.fromkeys(codes) if code in caveats]
    return (say(evaluation.project.speech, "caveat", mark=quality.MARK, codes=found),) if found else ()


def caveat(evaluation: Evaluation, code: str, start: date, end: date) -> str:
    """What stands beside a number of an indicator in the files: its caveat, and what is missing behind it."""
    span = (start.isoformat(), end.isoformat())
    words = (evaluation.caveats_beside(*span).get(code, ""), evaluation.lacks.get((code, *span), ""))
    return "; ".join(filter(None, words))


def colour(evaluation: Evaluation, sheet: Sheet, category: str) -> str:
    """The colour of a category, the same everywhere: of women and of men one each, of what is not recorded grey."""
    fairness = evaluation.project.facts.fairness
    if NOT_RECORDED in category:
        return GREY
    if fairness is None or not any(fairness.field in fields for fields in sheet.disaggregations):
        return BLUE
    labels = {one.value: one.label for one in evaluation.project.field(sheet, fairness.field).categories or ()}
    own = category.split(CROSS)
    return WOMEN if labels.get(fairness.share_of) in own else MEN if labels.get(fairness.beside) in own else BLUE
