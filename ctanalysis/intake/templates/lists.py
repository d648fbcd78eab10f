"""The hidden sheet with the words of every drop-down list, and the names under which cells find them.

A list inside a validation may be no longer than 255 characters; Excel drops a longer one and says
nothing. So each list stands on this sheet, a column for each language, and a name finds the column
of the language that is chosen on the sheet for entry.
"""

from collections.abc import Iterable, Sequence

from openpyxl.utils import absolute_coordinate, get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from ctanalysis.base.workbooks import put_text
from ctanalysis.intake.templates.columns import Column
from ctanalysis.intake.templates.words import own_name
from ctanalysis.records.files.workbook import NO_RECORDS

SHEET, FIRST = "lists", 2  # its first row says that it holds no records
LANGUAGES, CHOSEN = "list_languages", "list_language"


def add(book: Workbook, columns: Iterable[Column], languages: Sequence[str], chosen: str) -> dict[str, str]:
    """Adds the sheet, and returns the names of the lists by field.

    chosen: the cell of the sheet for entry in which the language is.
    """
    sheet = book.create_sheet(SHEET)
    sheet.sheet_state = "hidden"
    put_text(sheet["A1"], NO_RECORDS["en"])
    _fill(sheet, 1, [own_name(language) for language in languages])
    _name(book, LANGUAGES, _area(sheet, 1, 1, len(languages)))
    _name(book, CHOSEN, f"IFERROR(MATCH({chosen},{_area(sheet, 1, 1, len(languages))},0),1)")
    return {column.field.name: _list(book, sheet, column, languages) for column in columns if column.choices}


def _list(book: Workbook, sheet: Worksheet, column: Column, languages: Sequence[str]) -> str:
    """Writes a column's list in each language beside the others; returns its name."""
    first = sheet.max_column + 1
    for place, language in enumerate(languages):
        _fill(sheet, first + place, [choice.written[language] for choice in column.choices])
    name = f"list_{get_column_letter(first)}"
    _name(book, name, f"INDEX({_area(sheet, first, len(languages), len(column.choices))},0,{CHOSEN})")
    return name


def _fill(sheet: Worksheet, column: int, words: Iterable[str | int | float]) -> None:
    for row, word in enumerate(words, FIRST):
        cell = sheet.cell(row, column)
        if isinstance(word, str):
            put_text(cell, word)
        else:
            cell.value = word


def _area(sheet: Worksheet, column: int, columns: int, rows: int) -> str:
    corners = (f"{get_column_letter(column)}{FIRST}", f"{get_column_letter(column + columns - 1)}{FIRST + rows - 1}")
    return f"{quote_sheetname(sheet.title)}!" + ":".join(map(absolute_coordinate, corners))


def _name(book: Workbook, name: str, formula: str) -> None:
    book.defined_names[name] = DefinedName(name, attr_text=formula)
