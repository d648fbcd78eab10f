"""A workbook of plain tables, as people and machines read them: one table a sheet, named, nothing merged.

Follows "Releasing statistics in spreadsheets" (UK Government Analysis Function): a title and notes above the table, one
row of headings, no empty cell, row or column within it, shorthand in brackets, the first column kept in view.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from ctanalysis.base.workbooks import MAKER, THEN, as_text
from ctanalysis.formats.characters import harmless


class Number(NamedTuple):
    """A number and how a spreadsheet shows it, such as 0%."""

    value: float
    shown: str


Content = str | float | Number
DARK, PALE = "#1F5A8A", "#F3F6F8"
LONGEST, FOOT = 32_767, 200  # characters that a cell can hold, and the foot of a page beside the number of the page
WIDE, NARROW, LETTERS = 60, 9, 1.1  # widths of columns
A4 = 9
FACE = {"font_name": "Arial", "font_size": 10, "valign": "top"}
LOOKS = {
    "title": {"font_name": "Arial", "font_size": 14, "bold": True, "font_color": DARK},
    "note": {"font_name": "Arial", "font_size": 10},
    "head": FACE | {"bold": True, "bg_color": PALE, "text_wrap": True},
    "text": FACE | {"text_wrap": True},
    "sign": FACE | {"align": "right"},
    "link": FACE | {"underline": 1, "font_color": DARK},
}
NONE, WHOLE = "–", "#,##0"
SIGN = re.compile(r"\[\w\]|–")
IN_MEMORY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


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


def workbook(sheets: Sequence[Sheet], foot: str, title: str, listed: str) -> bytes:
    """The bytes of a workbook. foot: what is printed at the foot of each page; title: of the file; listed: of the list
    of its sheets.
    """
    from xlsxwriter import Workbook

    with Workbook(made := BytesIO(), IN_MEMORY) as book:
        book.set_properties({"title": as_text(title), "author": MAKER, "created": datetime(*THEN)})
        writer = _Writer(book)
        for sheet in sheets:
            writer.write(sheet, foot)
        writer.link(sheets, listed)
    return made.getvalue()


class _Writer:
    """Writes sheets into a workbook of xlsxwriter, whose formats are made once for each look."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.looks = {name: book.add_format(look) for name, look in LOOKS.items()}

    def write(self, sheet: Sheet, foot: str) -> None:
        """The title, the notes and the table."""
        written = self.book.add_worksheet(sheet.tab)
        self.put(written, 0, 0, sheet.title, "title")
        for row, note in enumerate(sheet.notes, 1):
            self.put(written, row, 0, note, "note")
        head = len(sheet.notes) + 1
        for place, text in enumerate(sheet.header):
            self.put(written, head, place, text, "head")
            written.set_column(place, place, _width(sheet, place))
        for row, cells in enumerate(sheet.rows, head + 1):
            for place, content in enumerate(cells):
                self._fill(written, row, place, content)
        if sheet.rows:  # a spreadsheet knows no table without rows
            self._name(written, sheet, head)
        written.freeze_panes(head + 1, sheet.first)
        written.repeat_rows(head)
        _print(written, foot)

    def put(self, written: Any, row: int, place: int, text: str, look: str) -> None:
        """A text as a text, whatever it begins with."""
        written.write_string(row, place, _cell_text(text), self.looks[look])

    def link(self, sheets: Sequence[Sheet], listed: str) -> None:
        """On the first sheet, below its table, links to the others."""
        first, written = sheets[0], self.book.worksheets()[0]
        row = len(first.notes) + len(first.rows) + 3
        self.put(written, row, 0, listed, "title")
        for number, sheet in enumerate(sheets[1:], row + 1):
            written.write_url(number, 0, f"internal:'{sheet.tab}'!A1", self.looks["link"], sheet.tab)
            self.put(written, number, 1, sheet.title, "note")

    def _fill(self, written: Any, row: int, place: int, content: Content) -> None:
        """A number as a number, a text as a text; a dash where there is nothing, for no cell of a table is empty."""
        if isinstance(content, str):
            text = content or NONE
            self.put(written, row, place, text, "sign" if SIGN.fullmatch(text) else "text")
        else:
            number = content if isinstance(content, Number) else Number(content, _usual(content))
            written.write_number(row, place, number.value, self._shown(number.shown))

    def _shown(self, shown: str) -> Any:
        if shown not in self.looks:
            self.looks[shown] = self.book.add_format(FACE | {"num_format": shown, "align": "right"})
        return self.looks[shown]

    def _name(self, written: Any, sheet: Sheet, head: int) -> None:
        """The table under a name of its own, with a filter on each column."""
        columns = [{"header": _cell_text(text), "header_format": self.looks["head"]} for text in sheet.header]
        about = {"name": name_of(sheet.tab), "columns": columns, "style": "Table Style Light 1", "banded_rows": False}
        written.add_table(head, 0, head + len(sheet.rows), len(columns) - 1, about)


def name_of(tab: str) -> str:
    """The name of the table of a sheet: letters, digits and underscores."""
    return re.sub(r"\W+", "_", tab.casefold())


def _cell_text(text: str) -> str:
    """What of a text a cell can hold."""
    return as_text(harmless(text))[:LONGEST]


def _usual(number: float) -> str:
    return WHOLE if number == int(number) else "#,##0.0##"


def _width(sheet: Sheet, place: int) -> float:
    texts = (one if isinstance(one := cells[place], str) else f"{_number(one):,.1f}" for cells in sheet.rows)
    heading = max(map(len, sheet.header[place].split()), default=0) + 3  # the button of the filter
    return min(WIDE, max(NARROW, heading, *(min(len(text), WIDE) * LETTERS for text in texts), 0))


def _number(content: float | Number) -> float:
    return content.value if isinstance(content, Number) else content


def _print(written: Any, foot: str) -> None:
    """How the sheet is printed: across, as wide as a page."""
    written.set_landscape()
    written.set_paper(A4)
    written.fit_to_pages(1, 0)
    written.set_footer(f"&L{foot.replace('&', '&&')[:FOOT]}&R&P / &N")
