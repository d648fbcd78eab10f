"""A table is gathered from all of its files: each is read to its end, or is a finding."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np
import pandas as pd

from ctanalysis.project.descriptor import Table
from ctanalysis.project.fields import Field
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Level, People, Rows
from ctanalysis.records.arrays import Codes, Objects
from ctanalysis.records.files import (
    altered,
    columnar,
    joining,
    paths,
    people,
    split_columns,
    text,
    typed_columns,
    workbook,
)
from ctanalysis.records.files.gathered import Gathered, Source
from ctanalysis.records.files.joining import Part, Parts
from ctanalysis.records.files.passing import numbered_rows, passed_over, running_numbers
from ctanalysis.records.files.pieces import Column, IssueRows, Piece, pieces
from ctanalysis.records.files.totals import with_total
from ctanalysis.records.findings import HELD_BACK, LOOK, UNREAD, Issue, Unreadable, shown

UNREAD_SHEET = "unread sheet"  # the rule of sheets that a table has not read
Given = TypeVar("Given")
Arguments = ParamSpec("Arguments")


def gather(project: Project, table: Table) -> Gathered:
    """The Gathered rows of a table; a file that cannot be read is a finding, and the others are read all the same."""
    gathered = Gathered(table)
    parts: Parts = {name: [] for name in table.fields}
    for name in table.paths:
        for path in _attempt(gathered, name, paths.files_of, project.folder, table, name) or ():
            _attempt(gathered, path, _read_still, project.folder, path, gathered, parts)
    for name in table.fields:  # a column's parts go before the next is joined
        gathered.codes[name], gathered.words[name] = joining.column_of(parts.pop(name))
    sources = gathered.sources
    sizes = [sum(map(len, source.rows)) for source in sources]
    gathered.source = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    gathered.row = np.concatenate([rows for source in sources for rows in source.rows] or [np.zeros(0, np.int32)])
    gathered.findings += passed_over(gathered)
    known_by = _people(project, table)
    for name in known_by | _different(project, table):
        gathered.words[name].are_codes = True
    altered.add_issues(gathered, known_by)
    people.add_issues(gathered, known_by)
    _drop_empty(gathered)
    return gathered


def _people(project: Project, table: Table) -> set[str]:
    """The names of the fields of a table by which its disclosure class, or a reference sheet, knows people."""
    rule = project.policy.rules.get(table.disclosure)
    counting = _named(project, table, (People, Level), "person")
    return {name for name in table.fields if name in counting or (rule and name == rule.person)}


def _different(project: Project, table: Table) -> set[str]:
    """The names of the fields of a table of which reference sheets ask how many different values people have."""
    return _named(project, table, (People,), "different")


def _named(project: Project, table: Table, kinds: tuple[type[Rows], ...], key: str) -> set[str]:
    """The names of a table's fields that sheets name under a key of such calculations, from whatever table."""
    counted = [one.row_calculation for sheet in project.sheets for one in sheet.by_table]
    asked = [(part.table, getattr(part, key)) for part in counted if isinstance(part, kinds)]
    places = [project.package.locate(home, name) for home, name in asked if name]
    return {place.field.name for place in places if place.table == table.name}


def _drop_empty(gathered: Gathered) -> None:
    """Leaves out the rows without any text but a running number, and a no to all of a list.

    Not those of which a workbook tells that they should have one.
    """
    key, beside = gathered.table.key, np.ones(len(gathered), bool)
    for name, codes in gathered.codes.items():
        words = gathered.words[name]
        none = [words.index(split_columns.NONE)] if split_columns.NONE in words else []
        blank = [*words.blank, *none] if name != key else None
        if blank is not None:
            beside &= np.isin(codes, blank) if blank else False
        if not beside.any():
            return
    for source, issue, rows in gathered.issues:
        if issue.severity == HELD_BACK:
            beside[gathered.places(source, rows)] = False
    numbered = beside & numbered_rows(gathered)
    gathered.findings += running_numbers(gathered, numbered)
    dropped = numbered | (beside & np.isin(gathered.codes[key], gathered.words[key].blank) if key else beside)
    gathered.source, gathered.row = gathered.source[~dropped], gathered.row[~dropped]
    gathered.codes = {name: codes[~dropped] for name, codes in gathered.codes.items()}


def _attempt(
    gathered: Gathered,
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
    issue = Issue(UNREAD, "file", reason.says, reason.do)
    gathered.findings.append(issue.at(gathered.table.name, shown(path), reason.sheet))
    return None


def _read_still(folder: Path, name: str, gathered: Gathered, parts: Parts) -> None:
    """Reads a file. Unreadable: somebody wrote into it meanwhile, so its end may be missing."""
    paths.check(folder, name)
    before = (folder / name).stat()
    _read(folder, name, gathered, parts)
    after = (folder / name).stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Unreadable("it was written while it was read", "Close it where it is open, and run this again")


def _read(folder: Path, name: str, gathered: Gathered, parts: Parts) -> None:
    path, table = folder / name, gathered.table
    if path.suffix.lower() in paths.WORKBOOK:
        _read_workbook(path, name, gathered, parts)
        return
    if path.suffix.lower() in paths.PARQUET:
        _read_parquet(path, name, gathered, parts)
        return
    try:
        header, chunks = text.plain(path, table)
        _take(Source(name, "", header), ((numbers, columns, {}) for numbers, columns in chunks), gathered, parts)
    except text.NotPlain:
        with text.opened(path, table) as (header, rows):
            _take(Source(name, "", header), pieces(header, rows, is_sheet=False), gathered, parts)


def _read_workbook(path: Path, name: str, gathered: Gathered, parts: Parts) -> None:
    sheets, others = workbook.sheets(path, gathered.table)
    for sheet in sheets:
        source = Source(name, sheet.name, sheet.header, days=sheet.days, typed=sheet.typed)
        _take(source, pieces(sheet.header, iter(sheet.rows), is_sheet=True), gathered, parts)
        gathered.issues += [(source, issue, rows) for issue, rows in sheet.issues]
    is_named = gathered.table.dialect.sheet_name
    why = "is not the one that datapackage.json names" if is_named else "has none of the table's columns"
    unread = Issue(LOOK, UNREAD_SHEET, f"the sheet {why}, and was not read", "Nothing, if it holds no records")
    gathered.findings += [unread.at(gathered.table.name, name, title) for title in others]


def _read_parquet(path: Path, name: str, gathered: Gathered, parts: Parts) -> None:
    with columnar.opened(path, gathered.table) as columns:
        source = Source(name, "", columns.header)
        keyless: list[Codes] = []
        _take(source, typed_columns.pieces(columns, gathered.table, keyless), gathered, parts)
    typed_columns.complete(path, source, columns, gathered, np.concatenate([np.zeros(0, np.int32), *keyless]))


def _take(source: Source, read: Iterable[Piece], gathered: Gathered, parts: Parts) -> None:
    """Codes the rows of a source, piece by piece; only a source read to its end is kept."""
    places = {name: source.header.fields[name] for name in gathered.table.fields}
    kept: Parts = {name: [] for name in places}
    issues: IssueRows = {}
    all_different: set[str] = set()
    for numbers, columns, of_piece in read:
        for name, place in places.items():
            column = _column(source, gathered.table.fields[name], columns, place)
            joining.add(kept[name], column, name, all_different)
        source.rows.append(np.asarray(numbers, np.int32))
        for word, rows in _totals(numbers, columns, {*places.values()}):
            source.totals.setdefault(word, []).extend(rows)
        for issue, rows in of_piece.items():
            issues.setdefault(issue, []).extend(rows)
    gathered.sources.append(source)
    gathered.issues += [(source, issue, rows) for issue, rows in issues.items()]
    for name in places:
        parts[name] += kept[name]


def _column(source: Source, field: Field, columns: Sequence[Column], place: int) -> Objects | Part:
    """The cells of a field; of a list that has a column for each of its categories, what these say together."""
    split, copies = source.header.split.get(field.name, {}), source.header.copies.get(field.name, {})
    if split:
        return split_columns.joined(field, [(value, _texts(columns[at])) for at, value in split.items()])
    own = columns[place]
    if isinstance(own, Part) and not copies:
        return own
    column = np.asarray(_texts(own), dtype=object)
    others = [(value, _texts(columns[at])) for at, value in copies.items()]
    return split_columns.agreed(field, column, others) if copies else column


def _texts(column: Column) -> Sequence[str] | pd.Series | Objects:
    return column.texts if isinstance(column, Part) else column


def _totals(
    numbers: Sequence[int] | pd.Index | Codes, columns: Sequence[Column], read: Collection[int]
) -> Iterator[tuple[str, list[int]]]:
    """The words for a total in columns of a piece that are not read, each with the rows that have it."""
    for place, column in enumerate(columns):
        if place not in read and not isinstance(column, Part):
            texts = _texts(column)
            rows: dict[str, list[int]] = {word: [] for word in with_total({*texts})}
            for number, text in zip(numbers, texts, strict=True) if rows else ():
                if text in rows:
                    rows[text].append(int(number))
            yield from rows.items()
