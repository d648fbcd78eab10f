"""INTERNAL-working-tables.xlsx: a sheet that says what it is, then one for each grid; every printed page is marked."""

from collections.abc import Sequence
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ctanalysis.base import precision
from ctanalysis.base.workbooks import put_text, workbook_bytes
from ctanalysis.intake.templates.appearance import (
    DARK,
    EDGE,
    FACE,
    LIGHT,
    LINE,
    WHITE,
    bold,
    filled,
    fit_to_width,
    plain,
    small,
)
from ctanalysis.internal import front
from ctanalysis.internal.exact import Exact
from ctanalysis.internal.grid import Grid, Row
from ctanalysis.project import MARKING

FRONT, RED = "About", "9C0006"
HEAD = 4  # the row of a grid's headings
LABEL, PART, NUMBER, TEXT = 34, 14, 17, 110  # widths, in letters
WRAPPED, RIGHT = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top", horizontal="right")
MIDDLE = Alignment(vertical="center")


def workbook(exact: Exact, grids: Sequence[Grid]) -> bytes:
    """The bytes of the workbook."""
    book = Workbook()
    cover = book.worksheets[0]
    cover.title = _free(FRONT, grids)
    _write_front(cover, exact, grids)
    for grid in grids:
        _write_grid(book.create_sheet(grid.tab), grid)
    for sheet in book.worksheets:
        _mark(sheet)
    return workbook_bytes(book)


def _free(name: str, grids: Sequence[Grid]) -> str:
    taken = {grid.tab.casefold() for grid in grids}
    return next(
        free
        for free in (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
        if free.casefold() not in taken
    )


def _mark(sheet: Worksheet) -> None:
    """The mark in the first row and at the top and foot of each printed page."""
    _put(sheet, 1, 1, MARKING, bold(12, WHITE))
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 1.3 * LINE, 2 * LINE
    for place in range(1, sheet.max_column + 1):
        sheet.cell(1, place).fill = filled(RED)
    # the stubs: a sheet may be without them; those that openpyxl makes have both
    header, footer = cast(HeaderFooterItem, sheet.oddHeader), cast(HeaderFooterItem, sheet.oddFooter)
    for edge in (header, footer):
        edge.center.text, edge.center.size, edge.center.font, edge.center.color = MARKING, 11, f"{FACE},Bold", RED
    footer.left.text, footer.right.text = "&A", "&P / &N"
    fit_to_width(sheet)


def _write_front(sheet: Worksheet, exact: Exact, grids: Sequence[Grid]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, TEXT
    _put(sheet, 2, 1, front.title(exact), bold(16, DARK)).alignment = MIDDLE
    for number, (heading, text) in enumerate(front.words(exact), 4):
        _put(sheet, number, 1, heading, bold()).alignment = WRAPPED
        _put(sheet, number, 2, text).alignment = WRAPPED
        sheet.row_dimensions[number].height = LINE * _lines(text, TEXT)
    below = sheet.max_row + 2
    _put(sheet, below, 1, "Sheets", bold(12, DARK))
    for number, grid in enumerate(grids, below + 1):
        _link(_put(sheet, number, 1, grid.tab), grid.tab)
        _put(sheet, number, 2, grid.title).alignment = WRAPPED
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"


def _link(cell: Cell, tab: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{tab}'!A1")
    cell.font = Font(FACE, 11, underline="single", color=DARK)


def _write_grid(sheet: Worksheet, grid: Grid) -> None:
    labels = [grid.corner, *(["Part"] if grid.has_parts else [])]
    across = len(labels) + len(grid.columns)
    _put(sheet, 2, 1, grid.title, bold(14, DARK)).alignment = MIDDLE
    _write_head(sheet, labels, grid)
    _note(sheet, 3, grid.caveat, across)
    number = HEAD
    for heading, rows in grid.groups:
        number += 1
        _write_heading(sheet, number, heading, across)
        for row in rows:
            number += 1
            _write_row(sheet, number, row, len(labels))
    _note(sheet, number + 2, grid.calculation, across)
    sheet.freeze_panes = sheet.cell(HEAD + 1, len(labels) + 1).coordinate
    sheet.print_title_rows = f"1:{HEAD}"


def _write_head(sheet: Worksheet, labels: Sequence[str], grid: Grid) -> None:
    """The row that stays in sight, and the widths of the columns."""
    for place, text in enumerate((*labels, *grid.columns), 1):
        cell = _put(sheet, HEAD, place, text, bold(11, WHITE))
        cell.fill, cell.border = filled(DARK), EDGE
        cell.alignment = Alignment(
            wrap_text=True, vertical="center", horizontal="left" if place <= len(labels) else "right"
        )
    for place, width in enumerate((LABEL, PART)[: len(labels)] + (NUMBER,) * len(grid.columns), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.row_dimensions[HEAD].height = LINE * max(_lines(text, NUMBER) for text in grid.columns) + 6


def _write_heading(sheet: Worksheet, number: int, text: str, across: int) -> None:
    _put(sheet, number, 1, text, bold())
    for place in range(1, across + 1):
        sheet.cell(number, place).fill = filled(LIGHT)


def _write_row(sheet: Worksheet, number: int, row: Row, labels: int) -> None:
    font = small() if row.below else bold() if row.whole else plain()
    for place, text in enumerate((row.label, row.part)[:labels], 1):
        label = _put(sheet, number, place, text, font)
        label.alignment, label.border = WRAPPED, EDGE
    sheet.row_dimensions[number].height = LINE * _lines(row.label, LABEL)
    for place, value in enumerate(row.cells, labels + 1):
        cell = (
            put_text(sheet.cell(number, place), value) if isinstance(value, str) else sheet.cell(number, place, value)
        )
        cell.font, cell.border, cell.alignment = small() if isinstance(value, str) else font, EDGE, RIGHT
        cell.number_format = _number_format(row)


def _number_format(row: Row) -> str:
    places = precision.decimals(row.measure) if row.measure else row.places
    return "#,##0" + ("." + "0" * places if places else "") + ("%" if row.measure == "share" else "")


def _note(sheet: Worksheet, number: int, text: str, across: int) -> None:
    """A text across all columns, broken into lines."""
    _put(sheet, number, 1, text, small()).alignment = WRAPPED
    sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=across)
    wide = sum(sheet.column_dimensions[get_column_letter(place)].width for place in range(1, across + 1))
    sheet.row_dimensions[number].height = LINE * _lines(text, wide)


def _put(sheet: Worksheet, number: int, place: int, text: str, font: Font | None = None) -> Cell:
    cell = put_text(sheet.cell(number, place), text)
    cell.font = font or plain()
    return cell


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: not every program finds it by itself."""
    return sum(1 + int(len(line) / width) for line in text.split("\n"))
