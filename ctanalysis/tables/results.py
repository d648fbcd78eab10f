"""Results as tables: the indicator performance tracking table, of this year and of the life of the project."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from ctanalysis.analysis.milestones import milestones
from ctanalysis.analysis.tracking import TO_DATE, YEAR_TO_DATE
from ctanalysis.disclosure.protected import UNTOLD, only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.indicators.archived import ARCHIVED
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.cells import Cell, day, stands, written
from ctanalysis.tables.lines import EXPECTED_BY, LACKING, Line
from ctanalysis.tables.numbers import EMPTY, cells_of, lack_notes, titled, withheld_note
from ctanalysis.tables.periods import life, this_year
from ctanalysis.tables.table import Stack, Table


def tracking(evaluation: Evaluation, area: str | None = None) -> Stack:
    """The indicator performance tracking table, of one area or of all: this year, and the life of the project."""
    every = evaluation.project.sheets
    frame = only_protected(evaluation.protected_tracking)
    by_code = {code: group.set_index("horizon").to_dict("index") for (code,), group in frame.groupby(["indicator"])}
    lines = [Line(evaluation, sheet, by_code[sheet.code]) for sheet in every if area in (None, sheet.area)]
    reached = [one for one in milestones(evaluation.project, evaluation.period) if area in (None, one.sheet.area)]
    said = () if area is None else _explained(lines)  # the evaluation has them in a section of their own
    about = _tracking_notes(evaluation, frame, {line.sheet.code: line.sheet for line in lines})
    notes = (*about, *_of_lines(lines), *said)
    tables = (this_year(evaluation, lines, reached), replace(life(evaluation, lines, reached), notes=notes))
    return Stack((*tables, *_archived(evaluation, area)))


def _archived(evaluation: Evaluation, area: str | None) -> Iterator[Table]:
    """The indicators that are told no more, with their last values; nothing where there are none."""
    values, rows, speech = evaluation.known.by_key, [], evaluation.project.speech
    for sheet in evaluation.project.retired:
        if area in (None, sheet.area):
            value = next(iter(values.get((sheet.code, ARCHIVED, "total"), ())), None)
            last = cells_of(evaluation, sheet).told(value) if value else stands(EMPTY)
            until = day(speech, value.end) if value else EMPTY
            why = written(speech, sheet.retired_because) if sheet.retired_because else EMPTY
            rows.append((titled(evaluation, sheet), sheet.unit, last, until, why))
    if rows:
        names = ("tracking.last_quarter", "tracking.last_day", "tracking.why")
        header = tuple(speech.plain(f"table.{name}") for name in ("indicator", "unit", *names))
        yield Table(speech.plain("table.tracking.archived"), header, tuple(rows), speech=speech)


def _of_lines(lines: Sequence[Line]) -> Iterator[str]:
    """What the marks beside what was expected mean, and when an explanation is asked for."""
    horizons = (YEAR_TO_DATE, TO_DATE)
    marks = dict.fromkeys(line.by(horizon) for line in lines for horizon in horizons)
    yield from (f"{sign} {lines[0].say(f'by.{mark}')}" for mark, sign in EXPECTED_BY.items() if mark in marks)
    if any(line.deviation(horizon) != EMPTY for line in lines for horizon in horizons):
        tolerance = lines[0].evaluation.project.facts.tracking.tolerance
        yield lines[0].say("tolerance", tolerance=lines[0].speech.per_cent(tolerance * 100))


def _explained(lines: Sequence[Line]) -> Iterator[str]:
    """The explanations that were given, as who gave them wrote them."""
    for line in lines:
        said, speech = line.explained, line.speech
        if said:
            texts = {"text": written(speech, said.text), "action": written(speech, said.action)}
            made_up = f"; {speech.plain('people.illustrative')}" if said.illustrative else ""
            about = {"role": speech.label(said.role), "day": day(speech, said.date), "made_up": made_up}
            yield Cell(speech.say("table.tracking.explained", name=line.title, **texts, **about))


def _tracking_notes(evaluation: Evaluation, frame: pd.DataFrame, sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    speech, about = evaluation.project.speech, filter(None, [evaluation.project.facts.targets_note])
    shown = frame[frame["indicator"].isin([*sheets])]
    untold, some_days = shown.loc[shown["status"] == UNTOLD, "indicator"], evaluation.known.days_told
    days = (
        speech.plain("table.tracking.days_told", code=code, days=speech.label(some_days[code]))
        for code in dict.fromkeys(untold)
        if code in some_days
    )
    lacks = (f"{LACKING} {note}" for note in lack_notes(evaluation, shown))
    return (*about, *withheld_note(shown["status"], speech), *days, *lacks)
