"""The rows of indicators.csv as a sheet for people: in the words of a language, with signs where no number is."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ctanalysis.evaluation import Evaluation
from ctanalysis.figures.words import CROSS, category
from ctanalysis.formats import shorthand
from ctanalysis.formats.workbook import Content
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import title_of
from ctanalysis.narrative.states import state
from ctanalysis.project.sheets import Sheet

EVIDENCE, TOTAL = "evidence", "total"


def values(evaluation: Evaluation) -> tuple[tuple[str, ...], list[tuple[Content, ...]]]:
    """The headings and the rows: the values, and the evidence beside totals; what is missing is an empty text."""
    frame = pd.concat([evaluation.values, evaluation.evidence], ignore_index=True)
    speech, sheets = evaluation.project.speech, {sheet.code: sheet for sheet in evaluation.project.every_sheet}
    names = ["indicator", "name", *frame.columns[1:]]
    whole = frame.astype(object).where(frame.notna(), "").to_dict("records")
    rows = [tuple(_told(evaluation, sheets[str(row["indicator"])], row)[name] for name in names) for row in whole]
    return tuple(speech.plain(f"workbook.column.{name}") for name in names), rows


def _told(evaluation: Evaluation, sheet: Sheet, row: Mapping[Any, Any]) -> dict[str, Content]:
    """A row in words."""
    speech, status, way = evaluation.project.speech, row["status"], row["disaggregation"]
    words = {
        "name": sheet.name,
        "horizon": speech.plain(f"workbook.horizon.{row['horizon']}"),
        "disaggregation": _way(evaluation, sheet, way),
        "category": _category(speech, way, row["category"]),
        "value": shorthand.sign(status) or row["value"],
        "status": state(status, speech),
        "caveat": _caveat(evaluation, sheet, (row["start"], row["end"])),
    }
    return {**row, **words}


def _way(evaluation: Evaluation, sheet: Sheet, way: str) -> str:
    """By what a value is broken down."""
    speech = evaluation.project.speech
    if way == EVIDENCE:
        return speech.plain("workbook.evidence.evidence")
    if way == TOTAL:
        return speech.label(TOTAL)
    return CROSS.join(title_of(evaluation.project, sheet, one) for one in way.split(CROSS))


def _category(speech: Speech, way: str, name: str) -> str:
    return speech.plain(f"workbook.evidence.{name}") if way == EVIDENCE else category(speech, name)


def _caveat(evaluation: Evaluation, sheet: Sheet, days: tuple[str, str]) -> str:
    """What stands beside numbers of these days, and what is missing behind this one."""
    words = (evaluation.caveats_beside(*days).get(sheet.code, ""), evaluation.lacks.get((sheet.code, *days), ""))
    return "; ".join(map(evaluation.project.speech.label, filter(None, words)))
