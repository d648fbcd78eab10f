"""A sheet of instructions in one language: what each column means, how it is written, what is allowed.

The sheet's first cell says that it holds no records; no cell of it is only a column's name, so
that it is never taken for a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from openpyxl.styles import Alignment, Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ctanalysis.base.workbooks import put_text
from ctanalysis.intake.templates.advice import how_to_write
from ctanalysis.intake.templates.appearance import DARK, EDGE, LINE, WHITE, bold, filled, fit_to_width, plain, small
from ctanalysis.intake.templates.columns import Column, Lettered, word
from ctanalysis.intake.templates.words import general, has_words, phrase
from ctanalysis.project.descriptor import Table
from ctanalysis.records.files.workbook import NO_RECORDS

WIDTHS = (30, 36, 42, 16, 44)
TOP = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True)
class Places:
    """Places of the sheet for entry: the header's row, the first row for a record, the cell of the language or ""."""

    header: int
    first: int
    language: str


def title(language: str) -> str:
    """The name of the sheet: Instructions, Инструкция; with its code for a language that has no words here."""
    return phrase(language, "sheet") if has_words(language) else f"{phrase(language, 'sheet')} ({language})"


def add(book: Workbook, table: Table, columns: Lettered, language: str, places: Places) -> None:
    """Adds the sheet to an entry workbook."""
    sheet = book.create_sheet(title(language))
    for row, (text, font) in enumerate(_above(table, columns, language, places), 1):
        _across(sheet, row, text, font)
    _table(sheet, columns, language, sheet.max_row + 2)
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    fit_to_width(sheet)


def _above(table: Table, columns: Lettered, language: str, places: Places) -> Iterator[tuple[str, Font]]:
    """The texts above the list of columns, with their fonts."""
    yield NO_RECORDS.get(language, NO_RECORDS["en"]), small()
    yield word(table, language), bold(16)
    yield from ((text, plain()) for text in (table.description, "", *_sentences(columns, language, places)))


def _across(sheet: Worksheet, row: int, text: str, font: Font) -> None:
    """A text over the whole width, as many lines high as it needs."""
    cell = sheet.cell(row, 1)
    cell.font, cell.alignment = font, TOP
    if text:
        put_text(cell, text)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
    sheet.row_dimensions[row].height = _lines(text, sum(WIDTHS)) * LINE * font.size / 11


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in cells of this width; on the safe side."""
    return sum(max(ceil(len(line) * 1.1 / width), 1) for line in text.split("\n"))


def _sentences(columns: Lettered, language: str, places: Places) -> Iterator[str]:
    yield from general(language, header=places.header, first=places.first)
    if places.language:
        yield phrase(language, "lists", cell=places.language)
    if any(column.field.private for column, _ in columns):
        yield phrase(language, "people")


def _table(sheet: Worksheet, columns: Lettered, language: str, first: int) -> None:
    for place, key in enumerate(("column", "means", "how", "filled", "allowed"), 1):
        heading = put_text(sheet.cell(first, place), phrase(language, key))
        heading.font, heading.fill, heading.alignment = bold(11, WHITE), filled(DARK), TOP
    for row, (column, letter) in enumerate(columns, first + 1):
        texts = _row(column, letter, language)
        for place, text in enumerate(texts, 1):
            cell = put_text(sheet.cell(row, place), text) if text else sheet.cell(row, place)
            cell.font, cell.alignment, cell.border = bold() if place == 1 else plain(), TOP, EDGE
        sheet.row_dimensions[row].height = LINE * max(map(_lines, texts, WIDTHS))


def _row(column: Column, letter: str, language: str) -> tuple[str, ...]:
    sensitive = f"\n{phrase(language, 'sensitive')}" if column.field.private else ""
    return (
        f"{letter} · {column.word(language)}{sensitive}",
        column.field.description,
        how_to_write(column, language),
        phrase(language, "yes" if column.required else "no"),
        "\n".join(str(choice.written[language]) for choice in column.choices),
    )
