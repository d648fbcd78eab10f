"""Every comparison of an area's totals as a table: beside the same period last year, and beside the period before."""

from collections.abc import Iterator, Mapping

from markupsafe import escape

from ctanalysis.analysis.change import LAST_YEAR, PREVIOUS, Change
from ctanalysis.analysis.claims import FALSE
from ctanalysis.analysis.statistics.compared import LEVEL
from ctanalysis.analysis.statistics.power import NOTABLE
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.changes import Said, interval, verdict
from ctanalysis.tables.cells import Cell, Cells, stands
from ctanalysis.tables.numbers import EMPTY, cells_of, months, titled
from ctanalysis.tables.table import Stack, Table

VERSUS = {LAST_YEAR: "same_last_year", PREVIOUS: "previous"}
COLUMNS = ("then", "change", "words")  # of each
Compared = Mapping[str, Mapping[str, tuple[Change, bool]]]  # by indicator and versus


def changes(evaluation: Evaluation, area: str) -> Stack:
    """The comparisons of the indicators of an area, and which of them are clear among all that the report claims."""
    rows, speech = dict[str, dict[str, tuple[Change, bool]]](), evaluation.project.speech
    for change in evaluation.changes:
        if change.sheet.area == area:
            clear = evaluation.claims.is_clear("change", change.sheet.code, change.versus)
            rows.setdefault(change.sheet.code, {})[change.versus] = (change, clear)
    versus = [one for one in VERSUS if any(one in of for of in rows.values())]
    columns = [speech.plain(f"table.changes.{name}") for name in COLUMNS]
    header = (speech.plain("table.indicator"), str(evaluation.period), *columns * len(versus))
    spanners = (("", 1), *((_spanner(speech, one, rows), len(columns)) for one in versus))
    lines = tuple(_row(evaluation, [of.get(one) for one in versus]) for of in rows.values())
    caption = speech.plain("table.changes.caption", period=str(evaluation.period))
    notes = (_note(speech), *_lacks(speech, rows))
    table = Table(caption, header, lines, notes, spanners=spanners, speech=speech)
    return Stack((table,) if lines else (), speech.plain("table.changes.none"))


def _spanner(speech: Speech, versus: str, rows: Compared) -> str:
    """With what the columns below it compare, and its days."""
    name = speech.plain(f"table.changes.{VERSUS[versus]}")
    earlier = (of[versus][0].before for of in rows.values() if versus in of)
    days = next((months(speech, one.start, one.end) for one in earlier if one), None)
    return speech.plain("table.changes.versus", versus=name, days=days) if days else name


def _note(speech: Speech) -> str:
    """How to read it."""
    level, covered = (speech.per_cent(100 * part) for part in (FALSE, 1 - LEVEL))
    return speech.plain("table.changes.note", level=level, covered=covered, points=speech.number(100 * NOTABLE))


def _row(evaluation: Evaluation, compared: list[tuple[Change, bool] | None]) -> tuple[str, ...]:
    now = next(one[0].current for one in compared if one)
    cells = [_cells(evaluation, *one) if one else (EMPTY,) * len(COLUMNS) for one in compared]
    value = cells_of(evaluation, now.sheet).told(now)
    return (titled(evaluation, now.sheet), value, *(cell for of in cells for cell in of))


def _cells(evaluation: Evaluation, change: Change, clear: bool) -> tuple[str, str, str]:
    speech, of = evaluation.project.speech, cells_of(evaluation, change.sheet)
    then = of.told(change.before) if change.before else stands(EMPTY)
    return then, _size(of, Said(change, clear, speech)), of.words(verdict(change, clear, speech))


def _size(of: Cells, said: Said) -> Cell:
    """By how much it is more, with the interval of that; a dash where there is neither."""
    ranging, size = interval(said.change, of.speech), said.difference
    if said.change.season and ranging:
        ranging = of.speech.say("table.changes.season", interval=ranging)
    if size is None:
        return of.words(ranging or escape(EMPTY))
    number = of.signed(size, f"{said.change.current.source}, change")
    return of.words(of.speech.say("table.changes.sized", size=number, interval=ranging) if ranging else number)


def _lacks(speech: Speech, rows: Compared) -> Iterator[str]:
    """What is missing of the records behind the comparisons, once for each indicator."""
    for code, of in rows.items():
        lacks = dict.fromkeys(
            speech.plain("table.changes.lack", days=months(speech, one.start, one.end), lack=speech.label(one.lack))
            for change, _ in of.values()
            for one in change.lacking
        )
        if lacks:
            yield speech.plain("table.changes.lacks", code=code, lacks="; ".join(lacks))
