"""The sheet of findings of a marked copy: what to do, what colours mean, and each finding with a link to its cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ctanalysis.base.workbooks import put_text
from ctanalysis.intake.datacheck.marks import MOST_COMMENTS
from ctanalysis.intake.datacheck.plans import Plan, SentFile
from ctanalysis.intake.datacheck.screen import COUNTS, balance, counted
from ctanalysis.intake.datacheck.severities import COLOURS, GREY, MEANINGS, problem, to_do, urgency
from ctanalysis.records import PASSED, Finding

TITLE = "Findings"
COLUMNS = {"Severity": 14, "Sheet": 16, "Cells": 20, "Column": 18, "What is wrong": 46, "What to do": 46}
LINE, SIZE, TITLE_SIZE = 15, 11, 15  # points
REQUEST = (
    "Please correct your own file, not this copy, and send it again. "
    "Marked cells have a comment; the cells named below are links."
)
LEFT_OUT = "Filled, but left out of this copy, to protect people. It stands in your own file."
OUTSIDE = ("no heading", "too many cells")  # the rules about cells outside the columns, which are left out
MOST_CELLS = 6
THIN = Side("thin", color="BFBFBF")


def title(wanted: str, others: Iterable[str]) -> str:
    """A name for a sheet that none of the others has: the wanted one, or with a number behind it."""
    taken, name, number = {other.casefold() for other in others}, wanted, 2
    while name.casefold() in taken:
        name, number = f"{wanted} {number}", number + 1
    return name


def write(sheet: Worksheet, sent: SentFile, plans: Sequence[Plan], titles: Mapping[str, str]) -> None:
    """Writes it. titles: by the sheet of a finding, what it is called in the copy."""
    for letter, width in zip("ABCDEF", COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for number, row in enumerate(_rows(sheet, sent, plans, titles), 1):
        sheet.row_dimensions[number].height = _height(row)
        sheet.append(row)
        for cell in row:
            if cell.hyperlink:
                cell.hyperlink.ref = cell.coordinate  # append() puts the cell where it stands, and not its link


def _rows(sheet: Worksheet, sent: SentFile, plans: Sequence[Plan], titles: Mapping[str, str]) -> Iterator[list[Cell]]:
    yield [_cell(sheet, f"What was found in {sent.path.rpartition('/')[2]}", _font(bold=True, size=TITLE_SIZE))]
    yield [_cell(sheet, REQUEST, _font(bold=True))]
    for line in (*_balances(sent), *_notes(plans)):
        yield [_cell(sheet, line)]
    yield []
    for label, colour, meaning in _legend(sent, plans):
        yield [_cell(sheet, label, colour=colour, boxed=True), _cell(sheet, meaning)]
    yield []
    headings = {
        (plan.original.sheet, field): plan.original.header.cells[place]
        for plan in plans
        for field, place in plan.original.header.fields.items()
    }
    yield [_cell(sheet, name, _font(bold=True, color="FFFFFF"), "44546A", True) for name in COLUMNS]
    for finding in sorted(sent.findings, key=urgency):
        yield _line(sheet, finding, titles, headings)


def _height(row: Sequence[Cell]) -> float:
    """In points: texts are broken at the width of their columns, and not every program finds the height by itself."""
    if len(row) < len(COLUMNS):
        return 1.5 * LINE if row and row[0].font.size > SIZE else LINE
    widths = zip(row, COLUMNS.values(), strict=True)
    return LINE * max(1 + len(str(cell.value or "")) // width for cell, width in widths)


def _font(**how: Any) -> Font:
    return Font(name="Calibri", **{"size": SIZE} | how)


def _balances(sent: SentFile) -> Iterator[str]:
    for sheet, *rows in sent.tally[["sheet", *COUNTS]].itertuples(index=False, name=None):
        yield (f"Sheet '{sheet}': " if sheet else "") + balance(*rows)


def _notes(plans: Iterable[Plan]) -> Iterator[str]:
    for plan in plans:
        if plan.rows is not None:
            rows = counted(len(plan.rows), "row")
            yield f"Only {rows} with findings are copied, in the rows where they stand in your file."
        if plan.marks.uncommented:
            cells, more = counted(MOST_COMMENTS, "cell"), f"{plan.marks.uncommented:,}"
            yield f"Sheet '{plan.original.title}': {cells} have a comment; {more} more have the colour only."


def _legend(sent: SentFile, plans: Iterable[Plan]) -> Iterator[tuple[str, str, str]]:
    for severity, meaning in MEANINGS.items():
        if severity != PASSED or any(finding.severity == PASSED for finding in sent.findings):
            yield severity, COLOURS[severity], meaning
    whole_columns = any(table.places for plan in plans for table in plan.left_out)
    if whole_columns or any(finding.rule in OUTSIDE for finding in sent.findings):
        yield "left out", GREY, LEFT_OUT


def _line(
    sheet: Worksheet, finding: Finding, titles: Mapping[str, str], headings: Mapping[tuple[str, str], str]
) -> list[Cell]:
    """A row of the table for a finding. headings: by sheet and field, what the file calls the column."""
    cells = _cell(sheet, _cells(finding), boxed=True)
    title = titles.get(finding.sheet)
    if finding.rows and title:
        cells.hyperlink = Hyperlink("", location=f"{quote_sheetname(title)}!{finding.column or 'A'}{finding.rows[0]}")
        cells.font = _font(color="0563C1", underline="single")
    column = headings.get((finding.sheet, finding.field), finding.field)
    return [
        _cell(sheet, finding.severity, colour=COLOURS[finding.severity], boxed=True),
        _cell(sheet, title or finding.sheet, boxed=True),
        cells,
        *(_cell(sheet, text, boxed=True) for text in (column, _capitalized(problem(finding)), to_do(finding))),
    ]


def _capitalized(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _cells(finding: Finding) -> str:
    """C5, C9 and 3 more; row 5, row 9 where the finding is about whole rows; C5 to C120 for a column as a whole."""
    names = [f"{finding.column}{row}" if finding.column else f"row {row}" for row in finding.rows]
    if finding.whole:
        return f"{names[0]} to {names[-1]}: the whole column"
    return ", ".join(names[:MOST_CELLS]) + (f" and {len(names) - MOST_CELLS:,} more" if len(names) > MOST_CELLS else "")


def _cell(sheet: Worksheet, text: str, font: Font | None = None, colour: str = "", boxed: bool = False) -> Cell:
    cell = put_text(WriteOnlyCell(sheet), text) if text else WriteOnlyCell(sheet)
    cell.font = font or _font()
    if colour:
        cell.fill = PatternFill("solid", fgColor=colour)
    if boxed:
        cell.border = Border(THIN, THIN, THIN, THIN)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
