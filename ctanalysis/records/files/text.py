"""CSV and TSV: Unicode with or without its mark, comma, semicolon or tab, rows one after the other.

Another encoding is read when datapackage.json says so, and is never guessed: bytes of CP1251 read
as something else look like words.
"""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd
from pandas.io.parsers import TextFileReader

from ctanalysis.project.descriptor import Table
from ctanalysis.records.files import encodings, limits
from ctanalysis.records.files.header import Header, find, not_found
from ctanalysis.records.files.naming import Row, heading
from ctanalysis.records.findings import Unreadable

DELIMITERS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
ANY_BETWEEN = "a comma, semicolon or tab between"
ROWS_AT_A_TIME = 20_000
SEPARATOR = re.compile("[Ss][Ee][Pp]=.?")  # a first line that names the delimiter; Excel shows no row for it
Chunk: TypeAlias = tuple[pd.Index, list[pd.Series]]  # the numbers of some rows, and the texts of each column


@contextmanager
def opened(path: Path, table: Table) -> Iterator[tuple[Header, Iterator[Row]]]:
    """The file's Header, and an iterator of (row as a spreadsheet shows it, cells) of the rows after it.

    Unreadable: too large, no text, another encoding, no header, and while iterating a row that
    cannot be split into cells.
    """
    limits.check_size(path, limits.TEXT_BYTES)
    encoding = encodings.declared(path, table)
    encodings.check(path, encoding)
    delimiter, header = _header(path, table, encoding)
    with open(path, encoding=encoding, newline="") as file:
        rows = _rows(Lines(file), delimiter, table)
        for number, _ in rows:
            if number == header.row:
                break
        yield header, (row for row in rows if row[0] not in header.below)


class CutOff(list[str]):
    """The cells of a last line that has no end: nobody can say whether it is whole."""


class Lines:
    """The lines of a file; no row of them may be so long that memory runs out before anyone sees it."""

    def __init__(self, file: TextIOWrapper) -> None:
        self.file, self.of_row, self.of_file = file, 0, 0  # characters of the row, and of the file
        self.ended = True  # whether the last line has an end

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.file.readline(limits.ROW_TEXT + 1)
        if not self.of_file and SEPARATOR.fullmatch(line.rstrip()):
            line = self.file.readline(limits.ROW_TEXT + 1)
        self.ended = line.endswith(("\n", "\r"))
        self.of_row += len(line)
        self.of_file += len(line)
        if self.of_row > limits.ROW_TEXT:
            raise csv.Error("row larger than limit")
        if self.of_file > limits.TEXT_BYTES:  # it has grown while it was read
            raise limits.too_large(limits.TEXT_BYTES)
        if not line:
            raise StopIteration
        return line


class NotPlain(Exception):
    """A file is not of the simplest kind after all."""


def plain(path: Path, table: Table) -> tuple[Header, Iterator[Chunk]]:
    """The Header of a file of the simplest kind, and its rows in Chunks.

    Its text is UTF-8 without quotation marks, and its rows are all of one length. Such files are
    read by pandas, much faster, to the same words (a test compares them). NotPlain, also while
    iterating: any other file, which `opened` reads, or refuses with what is wrong.
    """
    limits.check_size(path, limits.TEXT_BYTES)
    encoding = encodings.declared(path, table)
    delimiter, header = _header(path, table, encoding)
    width = len(header.cells)
    is_whole = header.row == 1 and len(header.fields) == width and not header.below
    if encoding != "utf-8-sig" or not is_whole or not _is_even(path, delimiter.encode(), width):
        raise NotPlain
    return header, _chunks(path, delimiter, width)


def _is_even(path: Path, delimiter: bytes, width: int) -> bool:
    """Whether a file has no quotation mark, whole line ends, and as many delimiters as its lines would have in all."""
    lines = delimiters = 0
    with open(path, "rb") as file:
        while piece := file.read(2**20):
            piece += file.read(1) if piece.endswith(b"\r") else b""
            ends = _count(piece, b"\n")
            if (
                (not lines and b"sep=" in piece[:7].lower())
                or b'"' in piece
                or b"\0" in piece
                or (b"\r" in piece and piece.count(b"\r") != piece.count(b"\r\n"))
                or (not ends and len(piece) > limits.ROW_TEXT // 2)
            ):
                return False
            lines, delimiters, last = lines + ends, delimiters + _count(piece, delimiter), piece[-1:]
    lines += last != b"\n"  # the last may have no end
    if lines > limits.TEXT_ROWS:
        raise limits.too_long()
    return delimiters == lines * (width - 1)


def _count(piece: bytes, sign: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(piece, np.uint8) == ord(sign)))  # bytes.count starts anew at each of them


def _chunks(path: Path, delimiter: str, width: int) -> Iterator[Chunk]:
    try:
        with _reader(path, delimiter, width) as chunks:
            for frame in chunks:
                if frame.shape[1] != width or not isinstance(frame.index, pd.RangeIndex):
                    raise NotPlain  # a row has more cells than there are headings
                yield frame.index + 2, [frame[place] for place in frame]
    except pd.errors.EmptyDataError:  # a first row and nothing after it
        return
    except (UnicodeError, pd.errors.ParserError):
        raise NotPlain from None


def _reader(path: Path, delimiter: str, width: int) -> TextFileReader:
    """Every cell to the letter: nothing is missing, no quotation mark means anything."""
    return pd.read_csv(
        path,
        encoding="utf-8",
        chunksize=ROWS_AT_A_TIME,
        header=None,
        skiprows=1,
        names=list(range(width)),
        sep=delimiter,
        dtype=object,
        na_filter=False,
        quoting=csv.QUOTE_NONE,
        skip_blank_lines=False,
        low_memory=False,
    )


def _header(path: Path, table: Table, encoding: str) -> tuple[str, Header]:
    """The delimiter with which a row names the columns, and that row."""
    declared = table.dialect.delimiter
    for delimiter in (declared,) if declared else DELIMITERS:
        header = find(table, first_rows(path, table, encoding, delimiter))
        if header:
            return delimiter, header
    if declared and (sign := _delimiter(path, table, encoding)):
        raise other_delimiter(declared, sign)
    between = f'{DELIMITERS[declared]} between, as "delimiter" in datapackage.json says' if declared else ANY_BETWEEN
    raise not_found(table, f"with {between}")


def _delimiter(path: Path, table: Table, encoding: str) -> str:
    """The delimiter with which a row names half of the columns; empty where none does."""
    rows = {sign: first_rows(path, table, encoding, sign) for sign in DELIMITERS}
    return next((sign for sign in DELIMITERS if heading(table, rows[sign])), "")


def other_delimiter(declared: str, found: str) -> Unreadable:
    """Of a file in which something else is between the cells than datapackage.json says."""
    meant = DELIMITERS[declared]
    return Unreadable(
        f'it has {DELIMITERS[found]} between its cells, and "delimiter" in datapackage.json says {meant}',
        f'Save it with {meant} between; or take "delimiter" out of the table\'s "dialect" there: what each file has is '
        "then seen",
    )


def first_rows(path: Path, table: Table, encoding: str, delimiter: str, most: int = limits.HEADER_WITHIN) -> list[Row]:
    """The first rows as this delimiter splits them, up to one that it cannot split."""
    first: list[Row] = []
    with open(path, encoding=encoding, newline="") as file:
        try:
            rows = enumerate(csv.reader(Lines(file), delimiter=delimiter, strict=True), 1)
            first.extend(row for row, _ in zip(rows, range(most), strict=False))
        except UnicodeError:
            raise encodings.undecoded(file, table) from None
        except csv.Error:
            pass  # another delimiter may split it; if none does, no header is found
    return first


def _rows(lines: Lines, delimiter: str, table: Table) -> Iterator[Row]:
    """The rows that are not blank, each with its number."""
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):
            lines.of_row = 0
            if number > limits.TEXT_ROWS:
                raise limits.too_long()
            if len(cells) > limits.TEXT_COLUMNS:
                many = f"row {number} has more than {limits.TEXT_COLUMNS} cells"
                raise Unreadable(many, "It is no table of records: send the right file")
            if cells:
                yield number, cells if lines.ended else CutOff(cells)
    except UnicodeError:
        raise encodings.undecoded(lines.file, table) from None
    except csv.Error as error:
        raise Unreadable(
            f"row {number + 1} cannot be read: {_reason(str(error))}", 'Close it, and write "" for one inside a cell'
        ) from None


def _reason(error: str) -> str:
    """What an error of the csv module means."""
    if "field larger" in error:
        return "a cell in it is longer than 131,072 characters; a quotation mark before it may not be closed"
    if "row larger" in error:
        return f"it is longer than {limits.ROW_TEXT:,} characters; a quotation mark in it may not be closed"
    return "a quotation mark in it is not closed, or one inside a cell is not doubled"
