"""One indicator by one field as a table: its categories, of how many people it is, and the total."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from ctanalysis import quality
from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import UNTOLD, WITHHELD
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.narrative.numbers import APART, TOGETHER, WORKED_OUT, Marks, title_of
from ctanalysis.narrative.residents import illustrative_residents
from ctanalysis.narrative.waiting import told_breakdowns
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.row_calculations import CHANGE
from ctanalysis.project.sheets import MEAN_LEVEL, Sheet
from ctanalysis.quality import MARK
from ctanalysis.tables.numbers import EMPTY, as_heading, number, several_note, whole, withheld_note
from ctanalysis.tables.table import Stack, Table

BY_THE_TOTAL = f"The whole breakdown is withheld: {WORKED_OUT}."
BY_THE_SHARES = f"The whole breakdown is withheld: {TOGETHER}."
BY_THE_POLICY = "Of these days it is not told: for which it is follows from the policy alone, never from the numbers."
OF_NUMBERS = "“About” is calculated from numbers to the nearest {}."  # shares, means and gains
OF_A_NUMBER = "“About” is the rate of a number to the nearest {}. Categories need not add up."
EVERY = "Every category"
_OF = {"rate": "Residents", MEAN_LEVEL: "Days"}  # by measure, what stands above the denominators
LAST = [RECORDED, NOT_RECORDED, "all"]  # the rows behind those of the categories, in this order


def breakdowns(evaluation: Evaluation, area: str) -> Stack:
    """Every one-way breakdown of an area's indicators, for the days for which there is one.

    How to read them stands above all, once.
    """
    tables = [
        breakdown(evaluation, sheet.code, field, horizon)
        for sheet in evaluation.project.sheets
        if sheet.area == area
        for field, horizon in told_breakdowns(evaluation, sheet)
    ]
    states = pd.Series(["rounded", "fewer"])
    how = {note for rule in evaluation.project.policy.rules.values() for note in reading(rule, states)}
    once = dict.fromkeys(note for table in tables for note in table.notes if note in how)
    shown = [one for one in tables if one.rows[0][0] != EVERY]
    return Stack(
        tuple(replace(one, notes=tuple(note for note in one.notes if note not in once)) for one in shown),
        notes=(*once, *_without(one for one in tables if one not in shown)),
        empty="These results are broken down to the end of each fiscal year, and no fiscal year of the project is "
        "complete yet.",
    )


def _without(tables: Iterable[Table]) -> Iterator[str]:
    """One line for all tables of which no category is told, by the reason."""
    reasons: dict[str, list[str]] = {}
    for one in tables:
        reasons.setdefault(one.notes[0] if one.notes else one.rows[0][1], []).append(
            one.caption.removesuffix(f" {MARK}")
        )
    for reason, captions in reasons.items():
        yield f"No table of {'; '.join(captions)}. {reason}"


def breakdown(evaluation: Evaluation, indicator: str, field: str, horizon: str = "period") -> Table:
    """One indicator by one field: a row for each category, and the total.

    horizon: as in the evaluation's values. Refused: an indicator, field or horizon that there is not.
    """
    sheet = evaluation.project.sheet(indicator)
    total = evaluation.by(indicator, "total", horizon)
    frame: pd.DataFrame = pd.concat([evaluation.by(indicator, field, horizon), total], ignore_index=True)
    frame = frame.sort_values("category", key=lambda names: names.map(_place), kind="stable", ignore_index=True)
    title = title_of(evaluation.project, sheet, field)
    days = str(total.loc[0, "start"]), str(total.loc[0, "end"])
    when = Marks(evaluation.project.facts.language).span(*map(date.fromisoformat, days)).striptags()
    mark = quality.mark(evaluation.caveats_beside(*days), indicator)
    waits = bool((frame["category"] == RECORDED).any())
    rows = [_row(evaluation, sheet, row, waits) for row in frame.itertuples(index=False)]
    if _is_of(frame[frame["category"] != "all"], UNTOLD, WITHHELD):
        rows = [(EVERY, *rows[0][1:]), rows[-1]]
    beside = (_OF.get(sheet.measure, "Of"),) if sheet.is_ratio else ("At least", "At most") if waits else ()
    unit = sheet.unit
    if field == CHANGE:  # how many got better and worse is a number, and the gain of all is none of them
        unit, rows, beside = "number", [row[:2] for row in rows[:-1]], ()
    header = (as_heading(title), as_heading(unit), *beside)
    return Table(f"{sheet.name} by {title}, {when}{mark}", header, tuple(rows), _notes(evaluation, sheet, frame))


def _place(category: str) -> int:
    return LAST.index(category) + 1 if category in LAST else 0


def _is_of(parts: pd.DataFrame, *states: str) -> bool:
    """Whether all categories are in such states: one row then stands for all of them. parts: their cells."""
    return bool(parts["status"].isin(states).all())


def _row(evaluation: Evaluation, sheet: Sheet, row: Any, waits: bool) -> tuple[str, ...]:
    """waits: its breakdown does, so that a rounded number has a least and a most of its own."""
    label = "Total" if row.category == "all" else row.category
    parts = [number(evaluation, sheet, row.value, row.status, row.high)]
    if sheet.is_ratio:
        parts.append(whole(row.denominator))
    elif waits:
        parts += [EMPTY if row.status == "exact" else whole(end) for end in (row.low, row.high)]
    return (label, *parts)


def _notes(evaluation: Evaluation, sheet: Sheet, frame: pd.DataFrame) -> tuple[str, ...]:
    rule = evaluation.project.disclosure_rule(sheet)
    parts, total = frame[frame["category"] != "all"], frame["value"].iloc[-1]
    how = _waiting(rule, parts, total) if rule.audited else _by_itself(sheet, rule, parts)
    return (
        *several_note(evaluation.project, sheet, frame),
        *((BY_THE_POLICY,) if _is_of(parts, UNTOLD) else how),
        *illustrative_residents(evaluation.project, sheet, *frame.loc[0, ["start", "end"]]),
        *quality.lack_notes(evaluation.lacks, frame.head(1)),
    )


def _by_itself(sheet: Sheet, rule: DisclosureRule, parts: pd.DataFrame) -> Iterator[str]:
    """How to read a table that is judged by itself. parts: its categories."""
    if _is_of(parts, WITHHELD):
        yield BY_THE_SHARES if sheet.measure == "share" else BY_THE_TOTAL
    else:
        yield from withheld_note(parts["status"])
        yield from _of_rates(rule, parts) if sheet.measure == "rate" else _of_others(sheet, rule, parts)


def _of_others(sheet: Sheet, rule: DisclosureRule, parts: pd.DataFrame) -> Iterator[str]:
    """How to read a table of numbers, or of what is calculated from two of them. parts: its categories."""
    of_numbers = sheet.is_ratio and parts["disaggregation"].iloc[0] != sheet.beside[0]
    if of_numbers and rule.round_to > 1 and (parts["status"] == "rounded").any():
        yield OF_NUMBERS.format(rule.round_to)
    yield from reading(rule, parts["status"].replace("rounded", "") if of_numbers else parts["status"])


def _of_rates(rule: DisclosureRule, parts: pd.DataFrame) -> Iterator[str]:
    """How to read a table of rates. parts: its categories."""
    if rule.round_to > 1 and (parts["status"] == "rounded").any():
        yield OF_A_NUMBER.format(rule.round_to)
    yield from reading(rule, parts["status"].replace("rounded", ""))
    if (parts["category"] == NOT_RECORDED).any():
        yield APART


def _waiting(rule: DisclosureRule, parts: pd.DataFrame, total: float) -> Iterator[str]:
    """How to read a table that waits (see disclosure/waiting)."""
    yield from reading(rule, parts["status"])
    known = parts.loc[parts["category"].isin(LAST), "value"].sum()
    if known != total and (parts["category"] == NOT_RECORDED).any():
        yield "Nobody leaves a breakdown: it is of those who were known when it was told, whatever the total is now."


def reading(rule: DisclosureRule, states: "pd.Series[str]") -> Iterator[str]:
    """How to read the numbers of any table of a class in which there are such."""
    if rule.round_to > 1 and (states == "rounded").any():
        year = "; of a year it is the difference of two such numbers" if rule.nodes else ""
        yield f"“About” is a number to the nearest {rule.round_to}{year}. Categories need not add up."
    if not any(of_range(status) or status.startswith("fewer") for status in states):
        return
    if rule.nodes:
        yield (
            f"A range, or fewer than {rule.fewer_than}, is told until at least {rule.fewer_than} more people stand on "
            "either side of the line than when a number was last told. It follows from what was told before, never "
            "from the number itself."
        )
    else:
        yield f"Fewer than {rule.fewer_than} may be none."
