"""How a partner's sheet looks, and nothing else of it.

That is: widths, heights, titles across columns, frozen rows, formats of cells.

What is not named here does not travel into a copy: pictures, charts, pivot tables and their stored
values, lists of filters and of drop-downs, comments, links, names, headers and footers, the
authors, formulas. Any of them may hold a name or do something.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from ctanalysis.records.files import excel, limits
from ctanalysis.records.files.header import Header

PLAIN, HEADING = 0, 1  # the styles of a sheet made of a text file
FORMATS = ("font", "fill", "border", "alignment", "number_format")
WIDEST, NARROWEST = 60, 12


@dataclass
class Look:
    """widths: (first column, last column, width). heights: by row. merged: areas. frozen: the first cell that moves.

    style: from the number of a style to the formats of a cell, by the names of their attributes.
    """

    style: Callable[[int], dict[str, Any]]
    widths: list[tuple[int, int, float]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    frozen: str = ""

    def apply(self, sheet: Worksheet) -> None:
        """Makes a sheet look so."""
        for first, last, width in self.widths:
            letter = get_column_letter(first)
            sheet.column_dimensions[letter] = ColumnDimension(sheet, index=letter, min=first, max=last, width=width)
        for row, height in self.heights.items():
            sheet.row_dimensions[row].height = height
        for area in self.merged:
            sheet.merged_cells.add(area)
        if self.frozen:
            sheet.freeze_panes = self.frozen


MOST_MERGED = 100  # areas: of more, each is compared with all others, and a sheet has a title or two


def of_texts(header: Header) -> Look:
    """The Look of a sheet made of texts: columns as wide as their headings, which stay in sight."""
    widths: list[tuple[int, int, float]] = [
        (place, place, min(max(len(name) + 4, NARROWEST), WIDEST)) for place, name in enumerate(header.cells, 1)
    ]
    bold: dict[str, Any] = {"font": Font(name="Calibri", size=11, bold=True), "alignment": Alignment(vertical="top")}
    return Look({PLAIN: {}, HEADING: bold}.__getitem__, widths, frozen=f"A{header.row + 1}")


def of_sheet(path: Path, sheet: ReadOnlyWorksheet, header: Header, last: int) -> Look:
    """The Look of an openpyxl sheet, opened read-only, down to its last row.

    Of merged cells only areas above the records.
    """
    part = sheet._worksheet_path.lstrip("/")  # type: ignore[attr-defined]  # the name of its part; no stub has it
    scan = Scan()
    with zipfile.ZipFile(path) as archive:
        scan.read(excel.pieces(archive, archive.getinfo(part), [excel.MOST_INFLATED]))
    return Look(
        partial(_formats, sheet),
        scan.widths or of_texts(header).widths,
        {row: height for row, height in scan.heights.items() if row <= last},
        [area for area in scan.merged[:MOST_MERGED] if ":" in area and _last_row(area) <= header.row],
        scan.frozen or f"A{header.row + 1}",
    )


def _last_row(area: str) -> int:
    last = range_boundaries(area)[3]
    assert last is not None  # whole columns: no title; the copy is then made without the sheet's look
    return last


class Scan(excel.Scan):
    """Notes how a sheet looks, too."""

    def __init__(self) -> None:
        super().__init__(limits.ROWS, limits.COLUMNS)
        self.widths: list[tuple[int, int, float]] = []
        self.heights: dict[int, float] = {}
        self.frozen = ""

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Notes a column's width, a row's height, frozen rows; expat's StartElementHandler."""
        super().begin(name, attributes)
        name = name.rpartition(" ")[2]
        if name == "col" and "width" in attributes and int(attributes["min"]) <= limits.COLUMNS:
            self.widths.append(
                (int(attributes["min"]), min(int(attributes["max"]), limits.COLUMNS), float(attributes["width"]))
            )
        elif name == "row" and "ht" in attributes:
            self.heights[self.row] = float(attributes["ht"])
        elif name == "pane" and attributes.get("state", "").startswith("frozen"):
            across, down = (int(float(attributes.get(split, 0))) for split in ("xSplit", "ySplit"))
            self.frozen = f"{get_column_letter(across + 1)}{down + 1}"


def _formats(sheet: ReadOnlyWorksheet, number: int) -> dict[str, Any]:
    """The formats of a style by its number, as the cells of the sheet name it."""
    cell = ReadOnlyCell(sheet, 1, 1, None, style_id=number)
    return {name: getattr(cell, name) for name in FORMATS}
