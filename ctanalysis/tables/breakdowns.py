"""One indicator by one field as a table: its categories, of how many people it is, and the total."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from ctanalysis import quality
from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation
from ctanalysis.indicators.values import NOT_RECORDED
from ctanalysis.narrative.numbers import Marks, title_of
from ctanalysis.narrative.waiting import are_differences, told_breakdowns
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.numbers import number, several_note, whole, withheld_note
from ctanalysis.tables.table import Stack, Table

BY_THE_TOTAL = "The whole breakdown is withheld: beside the total, a small number could be worked out from it."
BY_THE_POLICY = "Of these days it is not told: for which it is follows from the policy alone, never from the numbers."
LAST = [RECORDED, NOT_RECORDED, "all"]  # the rows behind those of the categories, in this order


def breakdowns(evaluation: Evaluation, area: str) -> Stack:
    """Every one-way breakdown of an area's indicators, for the days for which there is one."""
    return Stack(
        tuple(
            breakdown(evaluation, sheet.code, field, horizon)
            for sheet in evaluation.project.sheets
            if sheet.area == area
            for field, horizon in told_breakdowns(evaluation, sheet)
        ),
        empty="These results are broken down to the end of each fiscal year, and no fiscal year of the project is "
        "complete yet.",
    )


def breakdown(evaluation: Evaluation, indicator: str, field: str, horizon: str = "period") -> Table:
    """One indicator by one field: a row for each category, and the total.

    horizon: as in the evaluation's values. Refused: an indicator, field or horizon that there is not.
    """
    sheet = evaluation.project.sheet(indicator)
    total = evaluation.by(indicator, "total", horizon)
    frame: pd.DataFrame = pd.concat([evaluation.by(indicator, field, horizon), total], ignore_index=True)
    frame = frame.sort_values("category", key=lambda names: names.map(_place), kind="stable", ignore_index=True)
    title = title_of(evaluation.project, sheet, field)
    mark, days = Marks(evaluation.project.facts.language), map(date.fromisoformat, total.loc[0, ["start", "end"]])
    when = mark.span(*days).striptags()
    rows = [_row(evaluation, sheet, row) for row in frame.itertuples(index=False)]
    if _is_withheld(frame):
        rows = [("Every category", *rows[0][1:]), rows[-1]]
    header = (title.capitalize(), sheet.unit.capitalize(), *(("Of",) if sheet.is_ratio else ()))
    return Table(f"{sheet.name} by {title}, {when}", header, tuple(rows), _notes(evaluation, sheet, frame))


def _place(category: str) -> int:
    return LAST.index(category) + 1 if category in LAST else 0


def _is_withheld(frame: pd.DataFrame) -> bool:
    """Whether nothing of a breakdown is shown: one row then stands for all its categories."""
    return bool((frame.loc[frame["category"] != "all", "status"] == "withheld").all())


def _row(evaluation: Evaluation, sheet: Sheet, row: Any) -> tuple[str, ...]:
    label = "Total" if row.category == "all" else row.category
    parts = [number(evaluation, sheet, row.value, row.status, row.high)]
    if sheet.is_ratio:
        parts.append(whole(row.denominator))
    return (label, *parts)


def _notes(evaluation: Evaluation, sheet: Sheet, frame: pd.DataFrame) -> tuple[str, ...]:
    rule = evaluation.project.disclosure_rule(sheet)
    caveat = (f"{evaluation.caveats[sheet.code]}.",) if sheet.code in evaluation.caveats else ()
    return (
        *several_note(evaluation.project, sheet, frame),
        *(_waiting(evaluation, rule, frame) if rule.audited else _by_itself(rule, frame)),
        *quality.lack_notes(evaluation.lacks, frame.head(1)),
        *caveat,
    )


def _by_itself(rule: DisclosureRule, frame: pd.DataFrame) -> Iterator[str]:
    """How to read a table that is judged by itself."""
    if (frame.loc[frame["category"] != "all", "status"] == "rounded").any() and rule.round_to > 1:
        yield f"Numbers in the breakdown are rounded to the nearest {rule.round_to} and may not add up to the total."
    yield from withheld_note(frame["status"])
    if _is_withheld(frame):
        yield BY_THE_TOTAL


def _waiting(evaluation: Evaluation, rule: DisclosureRule, frame: pd.DataFrame) -> Iterator[str]:
    """How to read a table that waits (see disclosure/waiting)."""
    parts = frame[frame["category"] != "all"]
    if _is_withheld(frame):
        yield BY_THE_POLICY
        return
    base = rule.round_to
    if are_differences(evaluation, parts):
        yield (
            f"Each number is the difference of two that were told to the nearest {base}, so it may be up to {base - 1} "
            "too high or too low; categories need not add up."
        )
    elif base > 1 and (parts["status"] == "rounded").any():
        yield f"Numbers are rounded to the nearest {base}; categories need not add up."
    if any(of_range(status) or status.startswith("fewer") for status in parts["status"]):
        yield (
            f"A range, or fewer than {rule.fewer_than}, is told until at least {rule.fewer_than} more people stand on "
            "either side of the line than when a number was last told. It follows from what was told before, never "
            "from the number itself."
        )
    known = parts.loc[parts["category"].isin(LAST), "value"].sum()
    if known != frame["value"].iloc[-1] and (parts["category"] == NOT_RECORDED).any():
        yield "Nobody leaves a breakdown: it is of those who were known when it was told, whatever the total is now."
