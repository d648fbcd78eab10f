"""All rows of a table, from all of its files: each column's different words once, and for each row their numbers.

A table of a million rows has few different words in most of its columns; whatever is asked of a
word is asked once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import ParamSpec, TypeAlias, TypeVar

import numpy as np
import pandas as pd

from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.records.arrays import Codes, Objects
from ctanalysis.records.files import paths, text, workbook
from ctanalysis.records.files.header import Header, Row, letters
from ctanalysis.records.files.words import Words
from ctanalysis.records.found import HELD_BACK, LOOK, UNREAD, Finding, Unreadable, shown

MANY_WORDS = 100_000  # of the pieces of a column, before those that are the same are put together
AT_A_TIME = 2_000  # rows: few enough to stay in the processor's cache, four times as fast as more

Note: TypeAlias = tuple[str, str, str, str]  # severity, rule, says, do
Piece: TypeAlias = tuple[
    Codes, Sequence[str] | Objects
]  # for some rows of a column the number of each one's word, and the words
Rows: TypeAlias = tuple[Sequence[int] | pd.Index, Sequence[Sequence[str] | pd.Series], dict[Note, list[int]]]
Given = TypeVar("Given")
Arguments = ParamSpec("Arguments")


@dataclass
class Source:
    """A file, or a sheet of a workbook: where its columns are, and its rows as a spreadsheet shows them."""

    path: str
    sheet: str
    header: Header
    rows: list[Codes] = field(default_factory=list)  # arrays of row numbers


@dataclass
class Gathered:
    """A table's rows as coded words, with what was found on the way.

    words: by field, Words. codes: by field, for each row the number of its word. source, row: of
    each row. notes: (source, severity, rule, field, rows, says, do), rows as a spreadsheet shows
    them. findings: about whole files.
    """

    table: Table
    sources: list[Source] = field(default_factory=list)
    words: dict[str, Words] = field(default_factory=dict)
    codes: dict[str, Codes] = field(default_factory=dict)
    source: Codes = field(default_factory=lambda: np.zeros(0, np.int32))
    row: Codes = field(default_factory=lambda: np.zeros(0, np.int32))
    notes: list[tuple[Source, str, str, str, Sequence[int], str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def readable(self) -> bool:
        return not any(finding.severity == UNREAD for finding in self.findings)

    def __len__(self) -> int:
        return len(self.row)

    def places(self, source: Source, rows: Sequence[int]) -> Codes:
        """The positions of rows of a source, by their numbers as a spreadsheet shows them."""
        number = next(number for number, other in enumerate(self.sources) if other is source)
        start, stop = np.searchsorted(self.source, [number, number + 1]).tolist()
        positions: Codes = np.flatnonzero(np.isin(self.row[start:stop], rows)) + start
        return positions


def gather(project: Project, table: Table) -> Gathered:
    """The Gathered rows of a table; a file that cannot be read is a finding, and the others are read all the same."""
    found = Gathered(table)
    pieces: dict[str, list[Piece]] = {name: [] for name in table.fields}  # by field, (codes, words) of some rows
    for name in table.paths:
        for path in _attempt(found, name, paths.of, project.folder, table, name) or ():
            _attempt(found, path, _read_still, project.folder, path, found, pieces)
    for name in table.fields:
        found.codes[name], found.words[name] = _joined(
            pieces.pop(name)
        )  # a column's pieces go before the next is joined
    sizes = [sum(map(len, source.rows)) for source in found.sources]
    found.source = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    found.row = np.concatenate([rows for source in found.sources for rows in source.rows] or [np.zeros(0, np.int32)])
    _drop_empty(found)
    return found


def _joined(parts: list[Piece]) -> tuple[Codes, Words]:
    """The pieces of a column as one: its codes, and its Words."""
    if len(parts) <= 1:
        codes, words = parts[0] if parts else (np.zeros(0, np.int32), ())
        return codes, Words(words)
    numbers, words = pd.factorize(np.concatenate([words for _, words in parts]))
    starts = np.cumsum([0, *(len(words) for _, words in parts)])
    codes = np.concatenate(
        [numbers[start : start + len(words)].astype(np.int32)[part] for (part, words), start in zip(parts, starts)]
    )
    return codes, Words(words)


def _drop_empty(found: Gathered) -> None:
    """Leaves out the rows without any text, but for those of which a workbook tells that they should have one."""
    empty = np.ones(len(found.row), bool)
    for name, codes in found.codes.items():
        blank = found.words[name].blank
        empty &= np.isin(codes, blank) if blank else False
        if not empty.any():
            return
    for source, severity, _, _, rows, _, _ in found.notes:
        if severity == HELD_BACK:
            empty[found.places(source, rows)] = False
    found.source, found.row = found.source[~empty], found.row[~empty]
    found.codes = {name: codes[~empty] for name, codes in found.codes.items()}


def _attempt(
    found: Gathered,
    path: str,
    reading: Callable[Arguments, Given],
    *arguments: Arguments.args,
    **named: Arguments.kwargs,
) -> Given | None:
    """What reading gives; what cannot be read is a finding about the file, and gives None."""
    try:
        return reading(*arguments, **named)
    except Unreadable as error:
        reason = error
    except OSError as error:
        reason = Unreadable(f"it cannot be read ({error.strerror})", "See whether it is open elsewhere")
    name = found.table.name
    found.findings.append(Finding(name, shown(path), reason.sheet, "", "", "file", UNREAD, reason.says, reason.do))
    return None


def _read_still(folder: Path, name: str, found: Gathered, pieces: dict[str, list[Piece]]) -> None:
    """Reads a file. Unreadable: somebody wrote into it meanwhile, so its end may be missing."""
    paths.check(folder, name)
    before = (folder / name).stat()
    _read(folder, name, found, pieces)
    after = (folder / name).stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Unreadable("it was written while it was read", "Close it where it is open, and run this again")


def _read(folder: Path, name: str, found: Gathered, pieces: dict[str, list[Piece]]) -> None:
    path = folder / name
    if path.suffix.lower() in paths.WORKBOOK:
        sheets, passed = workbook.sheets(path, found.table)
        for sheet in sheets:
            source = Source(name, sheet.name, sheet.header)
            _take(source, _pieces(source, iter(sheet.rows)), found, pieces)
            found.notes += [
                (source, severity, rule, field, rows, says, do) for rule, severity, rows, field, says, do in sheet.marks
            ]
        for title in passed:
            why = (
                "is not the one that datapackage.json names"
                if found.table.dialect.sheet_name
                else "has none of the table's columns"
            )
            found.findings.append(
                Finding(
                    found.table.name,
                    name,
                    title,
                    "",
                    "",
                    "unread sheet",
                    LOOK,
                    f"the sheet {why}, and was not read",
                    "Nothing, if it holds no records",
                )
            )
        return
    try:
        header, read = text.plain(path, found.table)
        _take(Source(name, "", header), ((numbers, columns, {}) for numbers, columns in read), found, pieces)
    except text.NotPlain:
        with text.opened(path, found.table) as (header, rows):
            source = Source(name, "", header)
            _take(source, _pieces(source, rows), found, pieces)


def _take(source: Source, read: Iterable[Rows], found: Gathered, pieces: dict[str, list[Piece]]) -> None:
    """Codes the rows of a source, piece by piece; only a source read to its end is kept.

    read: (row numbers, a sequence of texts for each column, the numbers of the rows of each note).
    """
    places = {name: source.header.fields[name] for name in found.table.fields}
    kept: dict[str, list[Piece]] = {name: [] for name in places}
    notes: dict[Note, list[int]] = {}
    all_different: set[str] = set()
    for numbers, columns, noted in read:
        for name, place in places.items():
            column = np.asarray(columns[place], dtype=object)
            codes, words = (np.arange(len(column)), column) if name in all_different else pd.factorize(column)
            kept[name].append((codes.astype(np.int32), words))
            if name not in all_different:
                _thin(kept, name, all_different)
        source.rows.append(np.asarray(numbers, np.int32))
        for note, rows in noted.items():
            notes.setdefault(note, []).extend(rows)
    found.sources.append(source)
    found.notes += [(source, severity, rule, "", rows, says, do) for (severity, rule, says, do), rows in notes.items()]
    for name in places:
        pieces[name] += kept[name]


def _thin(kept: dict[str, list[Piece]], name: str, all_different: set[str]) -> None:
    """Puts the pieces of a column together when they hold many words that are the same; a column of keys only once, in vain."""
    count = sum(len(words) for _, words in kept[name])
    if count - len(kept[name][0][1]) > max(MANY_WORDS, 2 * len(kept[name][0][1])):
        kept[name] = [_joined(kept[name])]
        if len(kept[name][0][1]) > 0.8 * count:
            all_different.add(name)


def _pieces(source: Source, rows: Iterator[Row]) -> Iterator[Rows]:
    """Rows of any shape as pieces of even ones."""
    width = len(source.header.cells)
    while piece := list(islice(rows, AT_A_TIME)):
        notes: dict[Note, list[int]] = {}
        cells = [cells for _, cells in piece]
        numbers = [number for number, _ in piece]
        if set(map(len, cells)) != {width}:
            cells = list(_evened(source, piece, width, notes))
        columns = list(zip(*cells))
        yield numbers, columns, notes | _unnamed(source, numbers, columns)


def _unnamed(source: Source, numbers: Sequence[int], columns: Sequence[Sequence[str]]) -> dict[Note, list[int]]:
    """A note about the filled cells of each column that has no heading."""
    notes = {}
    for place in set(range(len(columns))) - {*source.header.fields.values()} - source.header.added:
        rows = [number for number, cell in zip(numbers, columns[place]) if cell.strip()]
        if rows:
            notes[
                LOOK,
                "no heading",
                f"column {letters(place)} has no heading, so its cells were not read",
                "Name the column, or clear these cells",
            ] = rows
    return notes


def _evened(source: Source, piece: Sequence[Row], width: int, notes: dict[Note, list[int]]) -> Iterator[list[str]]:
    """Each row's cells, as many as there are headings; notes those that were more or fewer."""
    for number, cells in piece:
        filled = len(cells) - next((place for place, cell in enumerate(reversed(cells)) if cell.strip()), len(cells))
        note = filled and _misshapen(source, len(cells), filled, width)
        if note:
            notes.setdefault(note, []).append(number)
        yield [*cells[:width], *[""] * (width - len(cells))]


def _misshapen(source: Source, there: int, filled: int, width: int) -> Note | None:
    """The note about a row that is not as long as the row that names the columns."""
    names = f"cells where row {source.header.row} names {width} columns"
    if filled > width and source.sheet:
        return (
            LOOK,
            "no heading",
            "has filled cells beyond the last heading, which were not read",
            "Name the column, or clear these cells",
        )
    if filled > width:
        return (
            HELD_BACK,
            "too many cells",
            f"has {filled} {names}",
            "A cell with the separator in it needs quotation marks around it; move back what has moved",
        )
    if there < width and not source.sheet:
        return HELD_BACK, "too few cells", f"has {there} {names}", "Its end may be cut off: complete the row"
    return None
