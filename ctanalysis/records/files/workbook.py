"""Excel workbooks: every sheet that has a table's columns, read by a process that may fail alone."""

import gc
import json
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias, TypedDict

from ctanalysis.project.descriptor import Table
from ctanalysis.records.files import header, limits
from ctanalysis.records.files.naming import Row
from ctanalysis.records.files.workbook_issues import CELLS, HIDDEN_ROW, HIDDEN_SHEET, is_of
from ctanalysis.records.findings import Issue, Unreadable

READER = Path(__file__).with_name("excel")
SECONDS = 90
KEPT = 32  # workbooks that are read once and used twice
OLE = b"\xd0\xcf\x11\xe0"  # how an encrypted workbook and an old .xls begin
NO_RECORDS = {  # what the first cell of a sheet says, in a language, that is in a workbook beside its records
    "en": "No records on this sheet: it is not read.",
    "ru": "На этом листе нет записей: он не читается.",
    "ky": "Бул баракта жазуулар жок: ал окулбайт.",
}
OTHER_SHEET = (
    '; where this sheet holds no records, name the one that does in datapackage.json: "dialect": {"sheetName": ...}'
)

Cells: TypeAlias = list[tuple[int, int]]  # (row, column), both from 1
SheetIssue: TypeAlias = tuple[Issue, list[int]]  # with the rows as a spreadsheet shows them


class RawSheet(TypedDict):
    """A sheet as excel/__main__.py gives it."""

    name: str
    hidden: bool
    rows: list[tuple[int, list[str]]]
    errors: Cells
    days: Cells
    long: Cells
    typed: Cells
    masked: Cells
    shown: list[tuple[int, int, str]]
    hidden_rows: list[int]
    uncalculated: Cells
    merged: Cells


@dataclass(frozen=True)
class Sheet:
    """A sheet with the table's columns: its Header, its rows after it, and what only a workbook can have.

    days, typed: by field, the rows with a real day, and with a number or truth value that is Excel's own.
    """

    name: str
    header: header.Header
    rows: list[tuple[int, list[str]]]
    issues: list[SheetIssue]
    days: dict[str, list[int]]
    typed: dict[str, list[int]]


def sheets(path: Path, table: Table) -> tuple[list[Sheet], list[str]]:
    """The sheets of a table in a workbook, and the names of those that hold something else.

    Unreadable: too large, damaged, locked, harmful; no sheet with the columns.
    """
    read: list[Sheet] = []
    passed: list[str] = []
    given = raw_sheets(path, table.dialect.sheet_name)
    for sheet in given:
        rows = [(number, cells) for number, cells in sheet["rows"]]
        is_meant = table.dialect.sheet_name in ("", sheet["name"])
        heading = _heading(table, sheet["name"], rows, len(given)) if is_meant else None
        if heading:
            _spell(table, heading, dict(rows), sheet)
            records = [row for row in rows if row[0] > heading.row and row[0] not in heading.below]
            kinds = (_rows_of(sheet[kind], heading) for kind in ("days", "typed"))
            read.append(Sheet(sheet["name"], heading, records, list(_issues(sheet, heading, table)), *kinds))
        elif rows and rows[0][1][0] not in NO_RECORDS.values():
            passed.append(sheet["name"])
    if not read and table.dialect.sheet_name:
        raise Unreadable(
            "it has no such sheet with the table's columns",
            "datapackage.json names the sheet: correct one of them",
            table.dialect.sheet_name,
        )
    if not read:
        raise header.not_found(table)
    return read, passed


def _heading(table: Table, name: str, rows: Sequence[Row], sheets: int) -> header.Header | None:
    """The Header of a sheet. Unreadable: with what to do where another sheet of the workbook holds the records."""
    try:
        return header.find(table, rows, name)
    except Unreadable as fault:
        if sheets > 1 and not table.dialect.sheet_name:
            fault.do += OTHER_SHEET
        raise


def _spell(table: Table, heading: header.Header, rows: dict[int, list[str]], sheet: RawSheet) -> None:
    """Writes Excel's own fractions and truth values as the table's files spell them, and codes as shown: 007, A007.

    A cell's type says what it is, whatever the language of the file.
    """
    by_column = {place + 1: table.fields[field] for field, place in heading.fields.items()}
    for row, column, said in sheet["shown"]:
        if row > heading.row and column in by_column and by_column[column].type == "string":
            rows[row][column - 1] = said
    for row, column in sheet["typed"]:
        field, text = by_column.get(column) if row > heading.row else None, rows[row][column - 1]
        if field and field.type == "number":
            rows[row][column - 1] = text.replace(".", field.decimal_char)
        elif field and field.type == "boolean" and text in ("true", "false"):
            rows[row][column - 1] = (field.true_values if text == "true" else field.false_values)[0]


def _rows_of(cells: Cells, heading: header.Header) -> dict[str, list[int]]:
    """By field, the rows of those of the cells that are below its heading."""
    by_column = {place + 1: field for field in heading.fields for place in heading.places(field)}
    rows: dict[str, list[int]] = {}
    for row, column in cells:
        if row > heading.row and column in by_column:
            rows.setdefault(by_column[column], []).append(row)
    return rows


def _check_kind(path: Path) -> None:
    """Unreadable: its first bytes are not those of an Excel workbook."""
    with open(path, "rb") as file:
        start = file.read(4)
    if not start:
        raise Unreadable("the file is empty", "Send it again")
    if start == OLE:
        raise Unreadable(
            "it is protected with a password, or a workbook of an old Excel",
            "Save it as .xlsx without a password, and send it on a safe way",
        )
    if start[:2] != b"PK":
        raise Unreadable("it is no Excel workbook, whatever its name says", "Send the workbook itself, saved as .xlsx")


def raw_sheets(path: Path, sheet: str = "") -> list[RawSheet]:
    """A workbook's sheets as excel/__main__.py gives them. sheet: the only one that is meant, where one is.

    Unreadable: too large, damaged, locked, harmful.
    """
    limits.check_size(path, limits.WORKBOOK_BYTES)
    _check_kind(path)
    content = sha256(path.read_bytes()).digest()
    try:
        given = _parsed(_process(path, sheet, (limits.ROWS, limits.COLUMNS), content))
    except (subprocess.TimeoutExpired, ValueError):
        raise Unreadable(
            "it takes too long, or too much memory, to open", "Copy the filled rows into a new workbook"
        ) from None
    if "fault" in given:
        raise Unreadable(*given["fault"])
    read: list[RawSheet] = given["sheets"]
    return read


def _parsed(packed: bytes) -> dict[str, Any]:
    """The JSON. Rows refer to nothing: looking through them for what could be freed takes longer than to read them."""
    text, was_on = zlib.decompress(packed), gc.isenabled()
    gc.disable()
    try:
        parsed: dict[str, Any] = json.loads(text)
        return parsed
    finally:
        if was_on:
            gc.enable()


@lru_cache(KEPT)
def _process(path: Path, sheet: str, most: tuple[int, int], _: bytes) -> bytes:
    """What excel/__main__.py writes, packed: a file with findings is read to be checked, and again to be copied.

    most: rows and columns. _: stands for what is in the file, so that of one that has changed nothing kept is used.
    """
    command = [sys.executable, "-I", str(READER), str(path), *map(str, most), sheet]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=False,  # a process that failed has written no JSON
    )
    return zlib.compress(done.stdout, 1)


def _issues(sheet: RawSheet, heading: header.Header, table: Table) -> Iterator[SheetIssue]:
    """Issues that only a workbook can have."""
    if sheet["hidden"]:
        yield HIDDEN_SHEET, []
    hidden = [row for row in sheet["hidden_rows"] if row > heading.row]
    if hidden:
        yield HIDDEN_ROW, hidden
    for cells, issue in CELLS:
        found = _rows_of(sheet[cells], heading)
        for field in (name for name in heading.fields if name in found):
            if is_of(cells, table.fields[field].type):
                yield replace(issue, field=field), sorted({*found[field]})
