"""The entry workbook of a table: a sheet to write in, instructions in each language, and the hidden lists.

    row 1   what the table is
    row 2   the language of the lists, what * means, where more is said
    row 3   the columns' words in the other languages, * before those that must be filled
    row 4   the columns' names, by which the sheet is read
    row 5   the first record

No cell above the fourth row is only a column's name, so that it is the first row that names them.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ctanalysis.base.spelling import skeleton
from ctanalysis.base.workbooks import as_text, put_text, workbook_bytes
from ctanalysis.intake.templates import instructions, lists
from ctanalysis.intake.templates.appearance import (
    DARK,
    EDGE,
    LIGHT,
    LINE,
    WHITE,
    YELLOW,
    bold,
    filled,
    fit_to_width,
    small,
)
from ctanalysis.intake.templates.columns import Column, Lettered, word
from ctanalysis.intake.templates.columns import columns as columns_of
from ctanalysis.intake.templates.columns import languages as languages_of
from ctanalysis.intake.templates.validating import Cells, painting, validation
from ctanalysis.intake.templates.words import own_name, phrase
from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table

TITLE, CHOICE, WORDS, HEADER, FIRST = 1, 2, 3, 4, 5
ROWS = 5000  # that are ready to be filled
LANGUAGE = "$B$2"
FORMATS = {"date": "yyyy-mm-dd", "integer": "0", "number": "General"}  # of all others: text, so that 007 stays 007
WIDEST, NARROWEST_FIRST = 48, 26  # characters; the first column also holds the word for "language"


def workbook(project: Project, table: Table) -> bytes:
    """The bytes of the entry workbook of a table."""
    book, languages = Workbook(), languages_of(project, table)
    columns = [(column, get_column_letter(place)) for place, column in enumerate(columns_of(project, table), 1)]
    entry = book.worksheets[0]
    entry.title = sheet_name(table)
    choosing = len(languages) > 1 and any(column.choices for column, _ in columns)
    places = instructions.Places(HEADER, FIRST, LANGUAGE.replace("$", "") if choosing else "")
    for language in languages:
        instructions.add(book, table, columns, language, places)
    names = lists.add(book, [column for column, _ in columns], languages, f"{quote_sheetname(entry.title)}!{LANGUAGE}")
    letters = {column.field.name: letter for column, letter in columns}
    cells = Cells(letters, FIRST, FIRST + ROWS - 1, names)
    _above(entry, table, languages, choosing)
    for column, letter in columns:
        _name(entry, table, column, letter, languages)
        _check(entry, column, cells, languages)
    _appearance(entry, columns)
    return workbook_bytes(book)


def sheet_name(table: Table) -> str:
    """The sheet that datapackage.json names; otherwise the table's title, without what no sheet's name may have."""
    return re.sub(r"[\\*?:/\[\]]|^'|'$", "-", as_text(table.dialect.sheet_name or table.title)[:31])


def _above(sheet: Worksheet, table: Table, languages: Sequence[str], choosing: bool) -> None:
    """The rows above the columns' names."""
    title = _in_each(languages, lambda language: word(table, language), " · ")
    put_text(sheet.cell(TITLE, 1), _unlike_headings(table, title)).font = bold(14)
    must = _in_each(languages, lambda language: phrase(language, "must"))
    see = _in_each(languages, lambda language: phrase(language, "see", sheet=instructions.title(language)))
    put_text(sheet.cell(CHOICE, 3), f"* {must}; {see}").font = small()
    if choosing:
        choose = _in_each(languages, lambda language: phrase(language, "language"))
        put_text(sheet.cell(CHOICE, 1), _unlike_headings(table, choose))
        cell = put_text(sheet.cell(CHOICE, 2), own_name(languages[0]))
        cell.font, cell.fill, cell.border = bold(11, DARK), filled(YELLOW), EDGE
        choice = DataValidation(type="list", formula1=lists.LANGUAGES, allow_blank=True, showErrorMessage=True)
        choice.add(cell.coordinate)
        sheet.add_data_validation(choice)


def _in_each(languages: Sequence[str], wording: Callable[[str], str], between: str = " / ") -> str:
    """The wording in each of the languages, one after the other; each wording once."""
    return between.join(dict.fromkeys(map(wording, languages)))


def _name(sheet: Worksheet, table: Table, column: Column, letter: str, languages: Sequence[str]) -> None:
    """The column's words, and its name as the reading of records finds it."""
    title = column.field.title
    others = [other for other in dict.fromkeys(column.word(language) for language in languages) if other != title]
    above, text = sheet[f"{letter}{WORDS}"], ("* " if column.required else "") + "\n".join(others)
    if text:
        put_text(above, _unlike_headings(table, text))
    above.alignment = Alignment(wrap_text=True, vertical="bottom")
    above.font = bold(10, DARK) if column.required else small(DARK)
    name = put_text(sheet[f"{letter}{HEADER}"], title)
    name.font = bold(11, WHITE if column.required else DARK)
    name.fill, name.border = filled(DARK if column.required else LIGHT), EDGE
    sheet.column_dimensions[letter].width = _width(column, [title, *others])


def _unlike_headings(table: Table, text: str) -> str:
    """The text so that nobody, person or program, takes it for the name of a column."""
    names = {skeleton(heading) for field in table.fields.values() for heading in field.headings}
    return f"· {text}" if skeleton(text) in names else text


def _width(column: Column, words: Iterable[str]) -> int:
    written = [str(text) for choice in column.choices for text in choice.written.values()]
    return min(max(map(len, [*words, *written])) + 4, WIDEST)


def _check(sheet: Worksheet, column: Column, cells: Cells, languages: Sequence[str]) -> None:
    sheet.add_data_validation(validation(column, cells, languages))
    for area, rule in painting(column, cells):
        sheet.conditional_formatting.add(area, rule)


def _appearance(sheet: Worksheet, columns: Lettered) -> None:
    for column, letter in columns:
        sheet.column_dimensions[letter].number_format = FORMATS.get(column.kind, "@")
    first = sheet.column_dimensions["A"]
    first.width = max(first.width, NARROWEST_FIRST)
    most = max(len(column.field.translations) for column, _ in columns)
    sheet.row_dimensions[WORDS].height = LINE * max(most, 1)
    sheet.freeze_panes = sheet.cell(FIRST, 2).coordinate
    sheet.auto_filter.ref = f"A{HEADER}:{columns[-1][1]}{HEADER + ROWS}"
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
    fit_to_width(sheet)
