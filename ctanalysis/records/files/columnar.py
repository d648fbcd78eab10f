"""Parquet: the columns of a table that are needed, as the types that they have; read by a process that may fail alone.

The names of its columns are its row 1, as in a CSV file of the same records; the first record is row 2. No other column
is opened. But where a row lacks its key, it may be a total, and the word for it may stand in a column that is not read:
of such a file, and of no other, the columns of texts are looked at too.
"""

import contextlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from ctanalysis.project.descriptor import Table
from ctanalysis.project.fields import Field
from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.files import cells, header, limits
from ctanalysis.records.files.header import Header
from ctanalysis.records.files.joining import Part
from ctanalysis.records.files.naming import Row
from ctanalysis.records.files.unread_columns import DELETED
from ctanalysis.records.findings import Unreadable

READER = Path(__file__).with_name("parquet")
TOLD_DELETED = Field(name=DELETED, type="boolean", title=DELETED)
MAGIC, SHUT = b"PAR1", b"PARE"
INDEX = re.compile("__index_level_[0-9]+__")  # a frame's index without a name: the rows that were left of a longer one
SLOW = "it takes too long, or too much memory, to open", "Send it in parts, as several files in the table's folder"


@dataclass
class Columns:
    """The columns of a table in a file: where they are named, and pieces of rows, each column by its place a Part.

    indexes: the places of a frame's index. days, typed: the fields whose column holds real days, and numbers or truth
    values. lost: by field, the rows with a code that has lost digits. All but indexes are complete when all is read.
    """

    header: Header
    pieces: Iterator[tuple[Codes, dict[int, Part]]]
    indexes: frozenset[int] = frozenset()
    days: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    lost: dict[str, list[int]] = field(default_factory=dict)


@contextlib.contextmanager
def opened(path: Path, table: Table) -> Iterator[Columns]:
    """The Columns of a table. Unreadable: too large, damaged, locked, other columns; while iterating, no values."""
    with _process(path) as process:
        names, indexes = _first_row(process)
        heading = header.find(table, [(1, names)])
        if not heading:
            raise header.not_found(table)
        by_place = {place: table.fields[name] for name in heading.fields for place in heading.places(name)}
        by_place |= {place: table.fields[name] for name, copies in heading.copies.items() for place in copies}
        if heading.deleted is not None:
            by_place[heading.deleted] = TOLD_DELETED
        found = Columns(heading, iter(()), indexes)
        batches = _batches(process, sorted(by_place))
        first = next(batches, None)
        if first:
            found.header = _with_rows_below(table, heading, names, first, by_place)
        found.pieces = _pieces(found, by_place, first, batches)
        yield found


def rows_of(path: Path, table: Table) -> tuple[Header, list[Row]]:
    """The Header of a file, and its rows as texts; empty in columns that are not read."""
    with opened(path, table) as columns:
        rows, width = list[Row](), len(columns.header.cells)
        for numbers, parts in columns.pieces:
            texts = [parts[place].texts if place in parts else [""] * len(numbers) for place in range(width)]
            rows += zip(numbers.tolist(), map(list, zip(*texts, strict=True)), strict=True)
    return columns.header, rows


def names_of(path: Path) -> list[Row]:
    """The row that names a file's columns."""
    with _process(path) as process:
        return [(1, _first_row(process)[0])]


def unread_texts(path: Path, heading: Header, rows: Codes) -> Iterator[tuple[int, str]]:
    """Of some rows, by number, the texts in the columns that are not read."""
    for place in (place for place in range(heading.length) if place not in heading.read and len(rows)):
        with contextlib.suppress(Unreadable), _process(path) as process:  # where it holds no words, none is a total
            _first_row(process)
            for numbers, batch in _batches(process, [place]):
                there = np.flatnonzero(np.isin(numbers, rows))
                if pa.types.is_large_string(batch[place].dictionary.type):
                    texts = batch[place].take(pa.array(there)).to_pylist()
                    yield from (
                        (number, text or "") for number, text in zip(numbers[there].tolist(), texts, strict=True)
                    )


@contextlib.contextmanager
def _process(path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """parquet/__main__.py, which is ended when it is no longer needed. Unreadable: no such file, by its first bytes."""
    limits.check_size(path, limits.PARQUET_BYTES)
    _check_kind(path)
    command = [sys.executable, "-I", str(READER), str(path), str(limits.TEXT_ROWS), str(limits.TEXT_COLUMNS)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, **pipes)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(BrokenPipeError):  # it has failed, and reads no more
                pipe.close()
        process.wait()


def _check_kind(path: Path) -> None:
    """Unreadable: its first bytes are not those of a Parquet file."""
    with open(path, "rb") as file:
        start = file.read(4)
    if not start:
        raise Unreadable("the file is empty", "Send it again")
    if start == SHUT:
        raise Unreadable("it is encrypted", "Write it without encryption, and send it on a safe way")
    if start != MAGIC:
        raise Unreadable("it is no Parquet file, whatever its name says", "Send the file itself, written as Parquet")


def _answer(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    """The next line. Unreadable: what it says is wrong, or there is none."""
    line = process.stdout.readline() if process.stdout else b""
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError:
        raise Unreadable(*SLOW) from None
    if "fault" in told:
        says, do = told["fault"]
        raise Unreadable(says.replace("{column}", header.letters(told["place"])), do)
    return told


def _first_row(process: "subprocess.Popen[bytes]") -> tuple[list[str], frozenset[int]]:
    """The names of the columns, "" for an index that pandas has written; and the places of these."""
    names = _answer(process)["names"]
    indexes = frozenset(place for place, name in enumerate(names) if INDEX.fullmatch(name))
    return ["" if place in indexes else name for place, name in enumerate(names)], indexes


def _batches(
    process: "subprocess.Popen[bytes]", places: Sequence[int]
) -> Iterator[tuple[Codes, dict[int, pa.DictionaryArray]]]:
    """The numbers of some rows, and their cells by place."""
    assert process.stdin and process.stdout
    try:
        process.stdin.write(json.dumps([*places]).encode() + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        raise Unreadable(*SLOW) from None
    row = 2
    while "bytes" in (told := _answer(process)):
        packed = process.stdout.read(told["bytes"])
        if len(packed) < told["bytes"]:
            raise Unreadable(*SLOW)
        batch = pa.ipc.open_stream(packed).read_next_batch()
        numbers: Codes = np.arange(row, row + len(batch), dtype=np.int32)
        row += len(batch)
        yield numbers, {place: batch.column(at) for at, place in enumerate(places)}


def _with_rows_below(
    table: Table,
    heading: Header,
    names: Sequence[str],
    first: tuple[Codes, dict[int, pa.DictionaryArray]],
    by_place: dict[int, Field],
) -> Header:
    """The Header that knows of rows right below it that name the columns once more."""
    few = {place: column.slice(0, limits.HEADER_WITHIN) for place, column in first[1].items()}
    texts = {place: _part(by_place[place], column).texts for place, column in few.items()}
    rows: list[Row] = [(1, names)]
    for at, number in enumerate(first[0][: limits.HEADER_WITHIN].tolist()):
        rows.append((number, [str(texts[place][at]) if place in texts else "" for place in range(len(names))]))
    again = header.find(table, rows)
    return again if again and again.row == 1 else heading


def _pieces(
    found: Columns, by_place: dict[int, Field], first: Any, batches: Iterator[Any]
) -> Iterator[tuple[Codes, dict[int, Part]]]:
    """The rows that are below the headings."""
    batch = first
    while batch:
        numbers, columns = batch
        kept = ~np.isin(numbers, found.header.below)
        parts = {place: _part(by_place[place], column, kept) for place, column in columns.items()}
        for place, column in columns.items():
            _note(found, by_place[place], numbers, column)
        yield numbers[kept], parts
        batch = next(batches, None)


def _note(found: Columns, field: Field, numbers: Codes, column: pa.DictionaryArray) -> None:
    """Notes of what type a column is, and the codes in it that have lost digits."""
    kind, types = column.type.value_type, pa.types
    if types.is_date(kind) or types.is_timestamp(kind):
        found.days.add(field.name)
    elif types.is_floating(kind) or types.is_decimal(kind) or types.is_integer(kind) or types.is_boolean(kind):
        found.typed.add(field.name)
    if field.type == "string" and types.is_floating(kind):
        codes = np.asarray(column.indices.fill_null(-1))
        lost = np.append(cells.lost_digits(column.dictionary), False)[codes]
        if lost.any():
            found.lost.setdefault(field.name, []).extend(numbers[lost].tolist())


def _part(field: Field, column: pa.DictionaryArray, kept: Mask | None = None) -> Part:
    """A piece of a column: each different word once, in the order of its rows."""
    codes = np.asarray(column.indices.fill_null(len(column.dictionary)))
    codes, used = pd.factorize(codes if kept is None else codes[kept])
    entries = pa.concat_arrays([column.dictionary, pa.nulls(1, column.dictionary.type)]).take(pa.array(used))
    texts, values = cells.texts_and_values(field, entries)
    again, words = pd.factorize(texts)
    if len(words) < len(texts):
        first = np.unique(again, return_index=True)[1]
        codes, values = again[codes], None if values is None else values[first]
    return Part(codes.astype(np.int32), words, values)
