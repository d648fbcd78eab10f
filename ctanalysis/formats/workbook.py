"""A workbook of plain tables, as people and machines read them: one table a sheet, named, nothing merged.

Follows "Releasing statistics in spreadsheets" (UK Government Analysis Function): a title and notes above the table, one
row of headings, no empty cell, row or column within it, shorthand in brackets, the first column kept in view.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from ctanalysis.base.workbooks import put_text, workbook_bytes
from ctanalysis.formats.characters import harmless


class Number(NamedTuple):
    """A number and how a spreadsheet shows it, such as 0%."""

    value: float
    shown: str


Content = str | float | Number
FACE, DARK, PALE = "Arial", "1F5A8A", "F3F6F8"
LONGEST = 32_767  # characters that a cell can hold
WIDE, NARROW, LETTERS = 60, 9, 1.1  # widths of columns
LINE = 15  # points
WRAPPED, RIGHT = Alignment(wrap_text=True, vertical="top"), Alignment(horizontal="right", vertical="top")
_PLAIN = Font(FACE, 10)
NONE, WHOLE = "–", "#,##0"


@dataclass(frozen=True)
class Sheet:
    """A sheet with one table: its tab, title, notes, the headings of the table, and its rows.

    first: how many columns are kept in view. A number without a format is shown as 1,234 or 1,234.5.
    """

    tab: str
    title: str
    notes: tuple[str, ...]
    header: tuple[str, ...]
    rows: Sequence[Sequence[Content]]
    first: int = 1


def workbook(sheets: Sequence[Sheet], foot: str, title: str) -> bytes:
    """The bytes of a workbook. foot: what is printed at the foot of each page; title: of the file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = title
    for number, sheet in enumerate(sheets):
        written = book.create_sheet(sheet.tab)
        _write(written, sheet)
        if number == 0:
            _link(written, sheets[1:])
        _print(written, foot)
    return workbook_bytes(book)


def _write(written: Worksheet, sheet: Sheet) -> None:
    _put(written, 1, 1, sheet.title).font = Font(FACE, 14, bold=True, color=DARK)
    for row, note in enumerate(sheet.notes, 2):
        _put(written, row, 1, note).font = Font(FACE, 10)
    head = len(sheet.notes) + 2
    for place, text in enumerate(sheet.header, 1):
        cell = _put(written, head, place, text)
        cell.font, cell.fill = Font(FACE, 10, bold=True), PatternFill("solid", fgColor=PALE)
        cell.alignment = WRAPPED
    for row, cells in enumerate(sheet.rows, head + 1):
        for place, content in enumerate(cells, 1):
            _fill(written, row, place, content)
    _name(written, sheet, head)
    written.freeze_panes = written.cell(head + 1, sheet.first + 1).coordinate
    written.print_title_rows = f"{head}:{head}"
    for place in range(1, len(sheet.header) + 1):
        written.column_dimensions[get_column_letter(place)].width = _width(sheet, place - 1)


def _fill(written: Worksheet, row: int, place: int, content: Content) -> None:
    """A number as a number, a text as a text; a dash where there is nothing, for no cell of a table is empty."""
    if isinstance(content, str):
        cell = _put(written, row, place, content or NONE)
        cell.alignment = RIGHT if re.fullmatch(r"\[\w\]|–", str(cell.value)) else WRAPPED
    else:
        number = content if isinstance(content, Number) else Number(content, _usual(content))
        cell = written.cell(row, place, number.value)
        cell.number_format, cell.alignment = number.shown, RIGHT
    cell.font = _PLAIN


def _usual(number: float) -> str:
    return WHOLE if number == int(number) else "#,##0.0##"


def _put(written: Worksheet, row: int, place: int, text: str) -> Cell:
    return put_text(written.cell(row, place), harmless(text)[:LONGEST])


def _name(written: Worksheet, sheet: Sheet, head: int) -> None:
    """The table under a name of its own, with a filter on each column; a spreadsheet knows none without rows."""
    if sheet.rows:
        end = f"{get_column_letter(len(sheet.header))}{head + len(sheet.rows)}"
        table = Table(displayName=name_of(sheet.tab), ref=f"A{head}:{end}")
        table.tableStyleInfo = TableStyleInfo("TableStyleLight1", showRowStripes=False)
        written.add_table(table)


def name_of(tab: str) -> str:
    """The name of the table of a sheet: letters, digits and underscores."""
    return re.sub(r"\W+", "_", tab.casefold())


def _width(sheet: Sheet, place: int) -> float:
    texts = (one if isinstance(one := cells[place], str) else f"{_number(one):,.1f}" for cells in sheet.rows)
    heading = max(map(len, sheet.header[place].split()), default=0) + 3  # the button of the filter
    return min(WIDE, max(NARROW, heading, *(min(len(text), WIDE) * LETTERS for text in texts), 0))


def _number(content: float | Number) -> float:
    return content.value if isinstance(content, Number) else content


def _link(written: Worksheet, others: Iterable[Sheet]) -> None:
    """On the first sheet, below its table, links to the others."""
    row = written.max_row + 2
    _put(written, row, 1, "Sheets").font = Font(FACE, 12, bold=True, color=DARK)
    for number, sheet in enumerate(others, row + 1):
        cell = _put(written, number, 1, sheet.tab)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet.tab}'!A1")
        cell.font = Font(FACE, 10, underline="single", color=DARK)
        _put(written, number, 2, sheet.title).font = _PLAIN


def _print(written: Worksheet, foot: str) -> None:
    """How the sheet is printed: across, as wide as a page."""
    written.page_setup.orientation, written.page_setup.paperSize = "landscape", 9  # A4
    written.page_setup.fitToWidth, written.page_setup.fitToHeight = 1, 0
    written.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # openpyxl makes one
    footer = cast(HeaderFooterItem, written.oddFooter)  # the stubs: a sheet may be without one
    footer.left.text, footer.right.text = foot.replace("&", "&&"), "&P / &N"
