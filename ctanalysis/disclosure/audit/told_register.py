"""The register behind a breakdown that is told by the waiting rule: its years and quarters, its categories, its base.

Its units are the years between its nodes. Of a year in which it grew by as many people as were counted in it by then,
the quarters are units, whose totals are known. Coarse and fine categories are columns of one register, and so are the
totals. Groups of categories are asked for as well: "neither forced labour nor sexual exploitation" is one.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

import pandas as pd

from ctanalysis.disclosure.audit.linear_program import Program
from ctanalysis.disclosure.audit.printed import EXACT, ROUNDED
from ctanalysis.disclosure.audit.shapes import NOT_RECORDED, TOTAL, Column, Numbers, Same, Shape
from ctanalysis.disclosure.audit.told import RECORDED, Days, Print, Told, moved
from ctanalysis.disclosure.ledger import CELL, PRINTED
from ctanalysis.project.descriptor import COARSE

EVERY_GROUP = 5  # of so many categories every group is asked for; of more, each of them and all others
NOTHING = math.nan
Row = tuple[Days, Column, float, str]  # first and last day, cell, value and status


def program(told: Told, totals: pd.DataFrame) -> Program:
    """The linear program of a breakdown. totals: of its indicator, as printed, with `version`."""
    ways = [way for way in (told.name + COARSE, told.name) if any(way == of for of, _ in _columns(told))]
    shape = _shape(told, ways)
    rows = [*_rows(told, ways[0]), *_absent(told, ways), *_linked(told, totals, ways[0])]
    cells = [
        (told.sheet.code, *days, *column, value, NOTHING, NOTHING, status, 0) for days, column, value, status in rows
    ]
    return Program(shape, pd.DataFrame(cells, columns=[*CELL, *PRINTED, "version"]).drop_duplicates())


def _columns(told: Told) -> set[Column]:
    """The cells that are printed of any days."""
    return {column for table in told.cells.values() for column in table}


def _shape(told: Told, ways: Sequence[str]) -> Shape:
    """ways: coarse before fine, as far as they are told."""
    table = told.sheet.calculation.table
    fields = {way: told.project.package.locate(table, way).field for way in ways}
    labels = {way: tuple(field.labels or ()) for way, field in fields.items()}
    columns = [TOTAL, (ways[0], RECORDED), (ways[0], NOT_RECORDED)]
    columns += [(way, label) for way in ways for label in labels[way]]
    places = {column: number for number, column in enumerate(columns)}
    sums: list[Same] = [((0,), (1, 2))]
    sums += [((1,), tuple(places[way, label] for label in labels[way])) for way in ways]
    fine = fields[ways[-1]].categories or ()
    for broad in labels[ways[0]] if len(ways) > 1 else ():
        parts = tuple(places[ways[1], one.label] for one in fine if one.coarse == broad)
        sums.append(((places[ways[0], broad],), parts))
    groups = [group for way in ways for group in _groups([places[way, one] for one in labels[way]])]
    return Shape.of_people(told.sheet, told.rule, columns, sums, groups)


def _groups(places: Sequence[int]) -> Iterator[Numbers]:
    """The groups of categories that are asked for; never all of them."""
    sizes = range(1, len(places)) if len(places) <= EVERY_GROUP else (1, len(places) - 1)
    for size in sizes:
        yield from combinations(places, size)


def _rows(told: Told, first: str) -> Iterator[Row]:
    """What is printed, as bounds of the numbers; of a year only where it says more. first: the way of the base."""
    for days, table in told.cells.items():
        follows = days[0] != told.start and {(told.start, moved(days[0], -1)), (told.start, days[1])} <= {*told.cells}
        for (way, label), one in () if follows else table.items():
            if label != NOT_RECORDED:  # it may fall: see _linked
                yield days, (first if label == RECORDED else way, label), *_said(told, days, one)


def _said(told: Told, days: Days, one: Print) -> tuple[float, str]:
    """A print as it is read; of a year the number is the difference of two that were rounded."""
    if one.status != ROUNDED or days[0] == told.start:
        return one.value, one.status
    slack = told.rule.round_to - 1
    return NOTHING, f"{max(0, one.value - slack):.0f}–{one.value + slack:.0f}"


def _absent(told: Told, ways: Sequence[str]) -> Iterator[Row]:
    """Categories that were added: nobody was in them as long as everybody knows that they were not there."""
    for way in ways:
        field = told.project.package.locate(told.sheet.calculation.table, way).field
        since = {one.label: one.since.isoformat() for one in field.categories or () if one.since}
        for node in told.nodes:
            for label in (label for label, day in since.items() if day > node):
                yield (told.start, node), (way, label), 0.0, EXACT


def _linked(told: Told, totals: pd.DataFrame, first: str) -> Iterator[Row]:
    """The totals within each year in which as many were counted as the breakdown grew by, as they were printed then.

    first: the way of the base.
    """
    exact = totals[(totals["disaggregation"] == TOTAL[0]) & (totals["status"] == EXACT)]
    recorded, blank = told.grown(RECORDED), told.grown(NOT_RECORDED)
    for days in recorded:
        since, last = days
        then = exact[exact["version"] == _version(exact, told.version(last))]
        within = then[(then["start"] >= since) & (then["end"] <= last)]
        columns = (within[name].tolist() for name in ("start", "end", "value"))
        known = {(start, end): value for start, end, value in zip(*columns, strict=True)}
        number = blank.get(days, 0.0)
        if number >= 0 and known.get(days, _added(known, *days)) == recorded[days] + number:
            yield days, (first, NOT_RECORDED), number, EXACT
            yield from ((span, TOTAL, value, EXACT) for span, value in known.items())


def _version(exact: pd.DataFrame, version: int) -> int:
    """The last version of the totals up to this one."""
    return int(exact.loc[exact["version"] <= version, "version"].max()) if len(exact) else version


def _added(known: dict[Days, float], first: str, last: str) -> float:
    """The total of a year from spans within it that follow each other; not a number where there is a gap."""
    day, added = first, 0.0
    while day <= last:
        spans = {end: value for (start, end), value in known.items() if start == day}
        if not spans:
            return NOTHING
        end = min(spans)
        day, added = moved(end, 1), added + spans[end]
    return added
