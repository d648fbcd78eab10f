"""One indicator by one field as a table: its categories, of how many people it is, and the total."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import UNTOLD, WITHHELD
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import title_of
from ctanalysis.narrative.residents import illustrative_residents
from ctanalysis.narrative.states import as_told
from ctanalysis.narrative.waiting import told_breakdowns
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.row_calculations import CHANGE
from ctanalysis.project.sheets import MEAN_LEVEL, Sheet
from ctanalysis.quality import MARK
from ctanalysis.tables.cells import marked
from ctanalysis.tables.numbers import EMPTY, as_heading, cells_of, lack_notes, months, several_note, withheld_note
from ctanalysis.tables.table import Stack, Table

_OF = {"rate": "residents", MEAN_LEVEL: "days"}  # by measure, what stands above the denominators
LAST = [RECORDED, NOT_RECORDED, "all"]  # the rows behind those of the categories, in this order


def breakdowns(evaluation: Evaluation, area: str) -> Stack:
    """Every one-way breakdown of an area's indicators, for the days for which there is one.

    How to read them stands above all, once.
    """
    speech = evaluation.project.speech
    tables = [
        breakdown(evaluation, sheet.code, field, horizon)
        for sheet in evaluation.project.sheets
        if sheet.area == area
        for field, horizon in told_breakdowns(evaluation, sheet)
    ]
    states = pd.Series(["rounded", "fewer"])
    how = {note for rule in evaluation.project.policy.rules.values() for note in reading(rule, states, speech)}
    once = dict.fromkeys(note for table in tables for note in table.notes if note in how)
    shown = [one for one in tables if one.rows[0][0] != speech.plain("table.breakdown.every")]
    return Stack(
        tuple(replace(one, notes=tuple(note for note in one.notes if note not in once)) for one in shown),
        notes=(*once, *_without(speech, (one for one in tables if one not in shown))),
        empty=speech.plain("table.breakdown.none_yet"),
    )


def _without(speech: Speech, tables: Iterable[Table]) -> Iterator[str]:
    """One line for all tables of which no category is told, by the reason."""
    reasons: dict[str, list[str]] = {}
    for one in tables:
        reasons.setdefault(one.notes[0] if one.notes else one.rows[0][1], []).append(
            one.caption.removesuffix(f"\u00a0{MARK}")
        )
    for reason, captions in reasons.items():
        yield speech.plain("table.breakdown.no_table", captions="; ".join(captions), reason=reason)


def breakdown(evaluation: Evaluation, indicator: str, field: str, horizon: str = "period") -> Table:
    """One indicator by one field: a row for each category, and the total.

    horizon: as in the evaluation's values. Refused: an indicator, field or horizon that there is not.
    """
    sheet, speech = evaluation.project.sheet(indicator), evaluation.project.speech
    total = evaluation.by(indicator, "total", horizon)
    frame: pd.DataFrame = pd.concat([evaluation.by(indicator, field, horizon), total], ignore_index=True)
    frame = frame.sort_values("category", key=lambda names: names.map(_place), kind="stable", ignore_index=True)
    title = title_of(evaluation.project, sheet, field)
    days = str(total.loc[0, "start"]), str(total.loc[0, "end"])
    is_marked = indicator in evaluation.caveats_beside(*days)
    waits = bool((frame["category"] == RECORDED).any())
    rows = [_row(evaluation, sheet, row, waits) for row in frame.itertuples(index=False)]
    if _is_of(frame[frame["category"] != "all"], UNTOLD, WITHHELD):
        rows = [(speech.plain("table.breakdown.every"), *rows[0][1:]), rows[-1]]
    beside = (_OF.get(sheet.measure, "of"),) if sheet.is_ratio else ("at_least", "at_most") if waits else ()
    unit = sheet.unit
    if field == CHANGE:  # how many got better and worse is a number, and the gain of all is none of them
        unit, rows, beside = speech.plain("table.breakdown.number"), [row[:2] for row in rows[:-1]], ()
    header = (as_heading(title), as_heading(unit), *(speech.plain(f"table.breakdown.{name}") for name in beside))
    parts = {"name": cells_of(evaluation, sheet).name(), "title": title, "days": months(speech, *days)}
    caption = marked(speech, speech.say("table.breakdown.caption", **parts), is_marked)
    return Table(caption, header, tuple(rows), _notes(evaluation, sheet, frame), speech=speech)


def _place(category: str) -> int:
    return LAST.index(category) + 1 if category in LAST else 0


def _is_of(parts: pd.DataFrame, *states: str) -> bool:
    """Whether all categories are in such states: one row then stands for all of them. parts: their cells."""
    return bool(parts["status"].isin(states).all())


def _row(evaluation: Evaluation, sheet: Sheet, row: Any, waits: bool) -> tuple[str, ...]:
    """waits: its breakdown does, so that a rounded number has a least and a most of its own."""
    speech, of = evaluation.project.speech, cells_of(evaluation, sheet)
    label = speech.plain("table.total") if row.category == "all" else speech.label(row.category)
    source, status = of.source(row), as_told(row.value, row.status, row.low, row.high) if waits else row.status
    parts = list[str]([of.value(row.value, status, source, row.high)])
    if sheet.is_ratio:
        parts.append(EMPTY if pd.isna(row.denominator) else of.whole(row.denominator, source))
    elif waits:
        ends = ((row.low, "at least"), (row.high, "at most"))
        told = row.status != "exact"
        parts += [of.whole(end, f"{source}, {which}") if told and not pd.isna(end) else EMPTY for end, which in ends]
    return (label, *parts)


def _notes(evaluation: Evaluation, sheet: Sheet, frame: pd.DataFrame) -> tuple[str, ...]:
    rule, speech = evaluation.project.disclosure_rule(sheet), evaluation.project.speech
    parts, total = frame[frame["category"] != "all"], frame["value"].iloc[-1]
    how = _waiting(speech, rule, parts, total) if rule.audited else _by_itself(speech, sheet, rule, parts)
    return (
        *several_note(evaluation.project, sheet, frame),
        *((speech.plain("table.breakdown.by_the_policy"),) if _is_of(parts, UNTOLD) else how),
        *map(speech.label, illustrative_residents(evaluation.project, sheet, *frame.loc[0, ["start", "end"]])),
        *lack_notes(evaluation, frame.head(1)),
    )


def _by_itself(speech: Speech, sheet: Sheet, rule: DisclosureRule, parts: pd.DataFrame) -> Iterator[str]:
    """How to read a table that is judged by itself. parts: its categories."""
    if _is_of(parts, WITHHELD):
        yield why_withheld(sheet, speech)
    else:
        yield from withheld_note(parts["status"], speech)
        of = _of_rates(speech, rule, parts) if sheet.measure == "rate" else _of_others(speech, sheet, rule, parts)
        yield from of


def why_withheld(sheet: Sheet, speech: Speech) -> str:
    """Why a whole breakdown of a sheet is withheld."""
    why = "breakdown.together" if sheet.measure == "share" else "breakdown.worked_out"
    return speech.plain("table.breakdown.by_the_total", why=speech.plain(why))


def _of_others(speech: Speech, sheet: Sheet, rule: DisclosureRule, parts: pd.DataFrame) -> Iterator[str]:
    """How to read a table of numbers, or of what is calculated from two of them. parts: its categories."""
    of_numbers = sheet.is_ratio and parts["disaggregation"].iloc[0] != sheet.beside[0]
    if of_numbers and rule.round_to > 1 and (parts["status"] == "rounded").any():
        yield speech.plain("table.breakdown.of_numbers", nearest=rule.round_to)
    yield from reading(rule, parts["status"].replace("rounded", "") if of_numbers else parts["status"], speech)


def _of_rates(speech: Speech, rule: DisclosureRule, parts: pd.DataFrame) -> Iterator[str]:
    """How to read a table of rates. parts: its categories."""
    yield from reading_of_rates(rule, parts["status"], speech)
    if (parts["category"] == NOT_RECORDED).any():
        yield speech.plain("table.breakdown.without_rate")


def reading_of_rates(rule: DisclosureRule, states: "pd.Series[str]", speech: Speech) -> Iterator[str]:
    """How to read the rates of any table of a class."""
    if rule.round_to > 1 and (states == "rounded").any():
        yield speech.plain("table.breakdown.of_a_number", nearest=rule.round_to)
    yield from reading(rule, states.replace("rounded", ""), speech)


def _waiting(speech: Speech, rule: DisclosureRule, parts: pd.DataFrame, total: float) -> Iterator[str]:
    """How to read a table that waits (see disclosure/waiting)."""
    yield from reading(rule, parts["status"], speech)
    known = parts.loc[parts["category"].isin(LAST), "value"].sum()
    if known != total and (parts["category"] == NOT_RECORDED).any():
        yield speech.plain("table.breakdown.nobody_leaves")


def reading(rule: DisclosureRule, states: "pd.Series[str]", speech: Speech) -> Iterator[str]:
    """How to read the numbers of any table of a class in which there are such."""
    if rule.round_to > 1 and (states == "rounded").any():
        yield speech.plain(f"table.breakdown.nearest{'_of_years' if rule.nodes else ''}", nearest=rule.round_to)
    if any(of_range(status) or status.startswith("fewer") for status in states):
        yield speech.plain(f"table.breakdown.{'range' if rule.nodes else 'may_be_none'}", fewer=rule.fewer_than)
