"""The sheets of a partner's file, read once more as they were checked, to be copied with marks.

A workbook gives what it was checked for: each formula its stored value, no sheet that was not
read. Where openpyxl cannot read how a workbook looks, only the checked texts are copied.
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from ctanalysis.intake.datacheck import appearance
from ctanalysis.project.descriptor import Table
from ctanalysis.records.files import columnar, limits, paths, text, workbook
from ctanalysis.records.files.header import Header
from ctanalysis.records.files.workbook import Sheet

Cells = list[tuple[Any, int]]  # the value, which is whatever openpyxl gives, and the number of the style
SHEET = "Rows"  # what the sheet made of a text file is called


@dataclass(frozen=True)
class Original:
    """A sheet of the file, with an empty name where the file is a text.

    headers: by the name of each table that it was read for. rows: (row as a spreadsheet shows it, cells).
    """

    sheet: str
    headers: dict[str, Header]
    rows: Iterable[tuple[int, Cells]]
    look: appearance.Look

    @property
    def title(self) -> str:
        """What its copy is called."""
        return self.sheet or SHEET

    @property
    def header(self) -> Header:
        """The Header by which it is copied: that of the first table."""
        return next(iter(self.headers.values()))


@contextmanager
def opened(path: Path, tables: Sequence[Table], plain: bool = False) -> Iterator[list[Original]]:
    """The Originals of a file that was read for these tables. plain: without its look.

    Unreadable: it is not what was read before.
    """
    if path.suffix.lower() in paths.PARQUET:
        heading, texts = columnar.rows_of(path, tables[0])
        yield [_of_texts("", {table.name: heading for table in tables}, texts)]
        return
    if path.suffix.lower() not in paths.WORKBOOK:
        with text.opened(path, tables[0]) as (header, rows):
            yield [_of_texts("", {table.name: header for table in tables}, rows)]
        return
    by_sheet: dict[str, list[tuple[str, Sheet]]] = {}
    for table in tables:
        for sheet in workbook.sheets(path, table)[0]:
            by_sheet.setdefault(sheet.name, []).append((table.name, sheet))
    if plain:
        yield [_of_texts(name, _headers(sheets), sheets[0][1].rows) for name, sheets in by_sheet.items()]
    else:
        with _quietly(path) as book:
            yield [
                _of_sheet(path, sheet, by_sheet[sheet.title]) for sheet in book.worksheets if sheet.title in by_sheet
            ]


@contextmanager
def _quietly(path: Path) -> Iterator[Workbook]:
    """The workbook, without openpyxl's warnings: some repeat what a cell says."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            if len({sheet.title for sheet in book.worksheets}) < len(book.worksheets):
                raise ValueError("two sheets have one name")
            yield book
        finally:
            book.close()


def _headers(sheets: Iterable[tuple[str, Sheet]]) -> dict[str, Header]:
    return {table: sheet.header for table, sheet in sheets}


def _of_texts(name: str, headers: dict[str, Header], rows: Iterable[tuple[int, Sequence[str]]]) -> Original:
    header = next(iter(headers.values()))
    heading: tuple[int, Cells] = (header.row, [(cell, appearance.HEADING) for cell in header.cells])
    plain: Iterator[tuple[int, Cells]] = (
        (number, [(cell, appearance.PLAIN) for cell in cells]) for number, cells in rows
    )
    return Original(name, headers, chain([heading], plain), appearance.of_texts(header))


def _of_sheet(path: Path, sheet: ReadOnlyWorksheet, sheets: Sequence[tuple[str, Sheet]]) -> Original:
    headers, read = _headers(sheets), sheets[0][1]
    last = read.rows[-1][0] if read.rows else read.header.row
    look = appearance.of_sheet(path, sheet, read.header, last)
    return Original(sheet.title, headers, _rows(sheet, last, len(read.header.cells)), look)


def _rows(sheet: ReadOnlyWorksheet, last: int, width: int) -> Iterator[tuple[int, Cells]]:
    """The rows down to the last that was read.

    Of each the cells to the last filled one, or as many as there are headings.
    """
    sheet.reset_dimensions()
    for number, cells in zip(range(1, last + 1), sheet.rows, strict=False):
        row = [(cell.value, getattr(cell, "_style_id", 0)) for cell in cells[: limits.COLUMNS]]
        filled = max((place for place, (value, _) in enumerate(row, 1) if value not in (None, "")), default=0)
        yield number, row[: max(filled, width)]
