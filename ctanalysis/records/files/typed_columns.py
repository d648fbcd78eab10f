"""The pieces of a Parquet file as the gathering of a table takes them; and what is known of its columns at the end."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from ctanalysis.project.descriptor import Table
from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.files import columnar
from ctanalysis.records.files.gathered import Gathered, Source
from ctanalysis.records.files.header import letters
from ctanalysis.records.files.joining import Part
from ctanalysis.records.files.pieces import Piece, gone
from ctanalysis.records.files.totals import with_total
from ctanalysis.records.findings import HELD_BACK, LOOK, Issue

LOST = Issue(
    HELD_BACK,
    "long code",
    "is a code in a column of numbers with a point, and so long that its last digits may be lost",
    "Write the codes as texts, from their source",
)
NAME_IT = "Name the column, or send the table without it"
NOTHING = Part(np.zeros(0, np.int32), ())  # of a column that is not read
MOSTLY = 4  # of so many other texts and days of a row one may be filled in a total (records/shape.py)


def pieces(columns: columnar.Columns, table: Table, keyless: list[Codes]) -> Iterator[Piece]:
    """The Pieces of a file. keyless: takes the numbers of the rows that may be totals."""
    for numbers, parts in columns.pieces:
        may_be = _may_be_totals(table, columns, parts, len(numbers))
        keyless.append(numbers[may_be])
        given = [parts.get(place, NOTHING) for place in range(len(columns.header.cells))]
        at = columns.header.deleted
        yield numbers, given, {} if at is None else gone(numbers, given[at].texts)


def complete(path: Path, source: Source, columns: columnar.Columns, gathered: Gathered, keyless: Codes) -> None:
    """Adds what is known when a file was read to its end. keyless: the rows that may be totals."""
    heading = columns.header
    source.of_days, source.of_numbers = frozenset(columns.days), frozenset(columns.typed)
    told = columnar.unread_texts(path, heading, keyless)
    for number, text in told:
        if with_total([text]):
            source.totals.setdefault(text, []).append(number)
    gathered.issues += [(source, replace(LOST, field=name), rows) for name, rows in columns.lost.items()]
    for place in sorted(set(range(heading.length)) - heading.read - heading.added - columns.indexes):
        says = f"column {letters(place)} has no heading, so its cells were not read"
        gathered.issues.append((source, Issue(LOOK, "no heading", says, NAME_IT), []))


def _may_be_totals(table: Table, columns: columnar.Columns, parts: dict[int, Part], rows: int) -> Mask:
    """Which rows lack a field of the key; in a table without one, those of which nearly all texts are empty."""
    places, fields = columns.header.fields, table.fields
    names = table.keys or [name for name, field in fields.items() if field.type in ("string", "date", "list")]
    empty = [_blank(parts[places[name]]) for name in names]
    if table.keys:
        lacking: Mask = np.logical_or.reduce([np.zeros(rows, bool), *empty])
        return lacking
    filled = len(names) - np.sum([np.zeros(rows, int), *empty], axis=0)
    sparse: Mask = filled * MOSTLY <= len(names)
    return sparse


def _blank(part: Part) -> Mask:
    blank = np.array(list(map(len, map(str.strip, part.words))), np.int64) == 0
    return blank[part.codes] if len(blank) else np.zeros(len(part.codes), bool)
