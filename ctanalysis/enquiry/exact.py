"""Exact values for those who may see the records: asked for in so many words, marked, and never on a page.

question ─▶ internal.exact (past the gate) ─▶ a tidy frame, every row and every number of it marked
"""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.base.made_page import made_page
from ctanalysis.enquiry.marked import ExactFrame, Q
from ctanalysis.enquiry.own import Chosen, Where, choice, conditioned, field_of
from ctanalysis.enquiry.reading import Reading
from ctanalysis.enquiry.tidy import PER_CENT, Asked, heading
from ctanalysis.enquiry.values import known_way, spans_of
from ctanalysis.project import MARKING

MOST = 2  # fields of a table
EXACT = "exact_"  # before the name of every number
ASK = (
    "Exact values are for those who may see the records, and for nobody else; a number may stand for one person. If "
    "you are one of them, say so: add i_may_see_the_records=True. What may be told to everybody is in values()."
)
ON_A_PAGE = (
    "The page {page} of a report asks for exact values (exact). They are never on one: ask for what may be told, "
    "values(), or look at exact values in a notebook that is no part of a report."
)


def check_may_see(may_see: bool) -> None:
    """Refused: who asks has not said that they may see the records, or a report's page is made."""
    if made_page():
        raise Refused(ON_A_PAGE.format(page=made_page()))
    if may_see is not True:
        raise Refused(ASK)


def exact_answer(read: Reading, asked: Asked, fields: Sequence[str], where: Where) -> ExactFrame:
    """The exact values of a question. fields: to break down by, declared or not. Refused: a field that there is not."""
    project, sheet = read.project, asked.sheet
    way = known_way(read, sheet, fields)
    if way is None:
        way = tuple(field_of(project, sheet, name, audited=True).name for name in fields)
    if len(way) > MOST:
        raise Refused(f"A table has {MOST} fields at most: name fewer, and put conditions into where.")
    chosen = [choice(field_of(project, sheet, name, audited=True), words) for name, words in where.items()]
    own = conditioned(sheet, chosen) if chosen else sheet
    if way != (sheet.beside[0],):
        own = own.model_copy(update={"disaggregations": (way,) if way else ()})
    question = replace(asked, sheet=own, way=way)
    return _marked(read, question, _numbers(read, question), chosen)


def _numbers(read: Reading, asked: Asked) -> pd.DataFrame:
    """The cells of a question with the label of their period."""
    from ctanalysis.internal.exact import numbers  # whoever makes a report does not come past it

    spans = spans_of(read.project, asked.periods, asked.horizon)
    found = numbers(read.project, read.rows, [*dict.fromkeys(spans.values())], [asked.sheet])
    found = found[found["disaggregation"] == (" × ".join(asked.way) or "total")]
    labels = pd.DataFrame({"period": [*spans], "end": [window.end.isoformat() for window in spans.values()]})
    return labels.merge(found, on="end", how="inner", sort=False)


def _marked(read: Reading, asked: Asked, found: pd.DataFrame, chosen: Chosen) -> ExactFrame:
    """The tidy frame: marking, indicator, name, unit, period, start, end, fields, exact_value ..., status."""
    sheet = asked.sheet
    parts = {name: found["category"].map(lambda label, at=at: label.split(" × ")[at]) for at, name in _fields(asked)}
    scale = PER_CENT if sheet.measure == "share" else 1
    numbers = {f"{EXACT}value": found["value"] * scale}
    if sheet.is_ratio:
        numbers |= {f"{EXACT}{name}": found[name] for name in ("numerator", "denominator")}
    first = {"marking": MARKING, "indicator": sheet.code, "name": sheet.name, "unit": sheet.unit}
    days = {name: pd.to_datetime(found[name]) for name in ("start", "end")}
    columns = {**first, "period": found["period"], **days, **parts, **numbers, "status": found["status"]}
    frame = ExactFrame(columns, index=found.index)
    only = "".join(f"; only {field.title}: {', '.join(labels)}" for field, labels in chosen)
    frame.attrs[Q] = f"{heading(read, [asked])}{only}"
    return frame


def _fields(asked: Asked) -> list[tuple[int, str]]:
    return [*enumerate(asked.columns)]
