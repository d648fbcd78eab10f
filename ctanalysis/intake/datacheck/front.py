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
from ctanalysis.intake.datacheck.screen import COUNTS, balance, called
from ctanalysis.intake.datacheck.severities import COLOURS, GREY, MEANT, problem, to_do, urgency
from ctanalysis.language import Speech
from ctanalysis.records import PASSED, Finding
from ctanalysis.records.findings import ENGLISH

COLUMNS = {"severity": 14, "sheet": 16, "cells": 20, "column": 18, "wrong": 46, "do": 46}  # with their widths
LINE, SIZE, TITLE_SIZE = 15, 11, 15  # points
OUTSIDE = ("no heading", "too many cells")  # the rules about cells outside the columns, which are left out
MOST_CELLS = 6
THIN = Side("thin", color="BFBFBF")


def title(wanted: str, others: Iterable[str]) -> str:
    """A name for a sheet that none of the others has: the wanted one, or with a number behind it."""
    taken, name, number = {other.casefold() for other in others}, wanted, 2
    while name.casefold() in taken:
        name, number = f"{wanted} {number}", number + 1
    return name


def write(
    sheet: Worksheet, sent: SentFile, plans: Sequence[Plan], titles: Mapping[str, str], speech: Speech = ENGLISH
) -> None:
    """Writes it in a language. titles: by the sheet of a finding, what it is called in the copy."""
    for letter, width in zip("ABCDEF", COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for number, row in enumerate(_rows(sheet, sent, plans, titles, speech), 1):
        sheet.row_dimensions[number].height = _height(row)
        sheet.append(row)
        for cell in row:
            if cell.hyperlink:
                cell.hyperlink.ref = cell.coordinate  # append() puts the cell where it stands, and not its link


def _rows(
    sheet: Worksheet, sent: SentFile, plans: Sequence[Plan], titles: Mapping[str, str], speech: Speech
) -> Iterator[list[Cell]]:
    plain = speech.plain
    file = sent.path.rpartition("/")[2]
    yield [_cell(sheet, plain("copy.title", file=file), _font(bold=True, size=TITLE_SIZE))]
    yield [_cell(sheet, plain("copy.request"), _font(bold=True))]
    for line in (*_balances(sent, speech), *_notes(plans, speech)):
        yield [_cell(sheet, line)]
    yield []
    for label, colour, meaning in _legend(sent, plans, speech):
        yield [_cell(sheet, label, colour=colour, boxed=True), _cell(sheet, meaning)]
    yield []
    headings = {
        (plan.original.sheet, field): plan.original.header.cells[place]
        for plan in plans
        for field, place in plan.original.header.fields.items()
    }
    heads = [plain(f"copy.{name}") for name in COLUMNS]
    yield [_cell(sheet, head, _font(bold=True, color="FFFFFF"), "44546A", True) for head in heads]
    for finding in sorted(sent.findings, key=urgency):
        yield _line(sheet, finding, titles, headings, speech)


def _height(row: Sequence[Cell]) -> float:
    """In points: texts are broken at the width of their columns, and not every program finds the height by itself."""
    if len(row) < len(COLUMNS):
        return 1.5 * LINE if row and row[0].font.size > SIZE else LINE
    widths = zip(row, COLUMNS.values(), strict=True)
    return LINE * max(1 + len(str(cell.value or "")) // width for cell, width in widths)


def _font(**how: Any) -> Font:
    return Font(name="Calibri", **{"size": SIZE} | how)


def _balances(sent: SentFile, speech: Speech) -> Iterator[str]:
    for sheet, *rows in sent.tally[["sheet", *COUNTS]].itertuples(index=False, name=None):
        said = balance(*rows, speech=speech)
        yield speech.plain("copy.of_sheet", sheet=sheet, balance=said) if sheet else said


def _notes(plans: Iterable[Plan], speech: Speech) -> Iterator[str]:
    for plan in plans:
        if plan.rows is not None:
            yield speech.plain("copy.only", n=len(plan.rows))
        if plan.marks.uncommented:
            named = {"sheet": plan.original.title, "n": MOST_COMMENTS, "more": plan.marks.uncommented}
            yield speech.plain("copy.colour_only", **named)


def _legend(sent: SentFile, plans: Iterable[Plan], speech: Speech) -> Iterator[tuple[str, str, str]]:
    plain = speech.plain
    for severity in MEANT:
        if severity != PASSED or any(finding.severity == PASSED for finding in sent.findings):
            yield called(severity, speech), COLOURS[severity], plain(f"copy.means.{severity}")
    whole_columns = any(table.places for plan in plans for table in plan.left_out)
    if whole_columns or any(finding.rule in OUTSIDE for finding in sent.findings):
        yield plain("copy.left_out"), GREY, plain("copy.left_out_means")


def _line(
    sheet: Worksheet,
    finding: Finding,
    titles: Mapping[str, str],
    headings: Mapping[tuple[str, str], str],
    speech: Speech,
) -> list[Cell]:
    """A row of the table for a finding. headings: by sheet and field, what the file calls the column."""
    cells = _cell(sheet, _cells(finding, speech), boxed=True)
    title = titles.get(finding.sheet)
    if finding.rows and title:
        cells.hyperlink = Hyperlink("", location=f"{quote_sheetname(title)}!{finding.column or 'A'}{finding.rows[0]}")
        cells.font = _font(color="0563C1", underline="single")
    column = headings.get((finding.sheet, finding.field), finding.field)
    texts = (column, _capitalized(problem(finding, speech)), to_do(finding, speech))
    return [
        _cell(sheet, called(finding.severity, speech), colour=COLOURS[finding.severity], boxed=True),
        _cell(sheet, title or finding.sheet, boxed=True),
        cells,
        *(_cell(sheet, text, boxed=True) for text in texts),
    ]


def _capitalized(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _cells(finding: Finding, speech: Speech) -> str:
    """C5, C9 and 3 more; row 5, row 9 where the finding is about whole rows; C5 to C120 for a column as a whole."""
    plain, column = speech.plain, finding.column
    names = [f"{column}{row}" if column else plain("copy.row", row=row) for row in finding.rows]
    if finding.whole:
        return plain("copy.whole_column", first=names[0], last=names[-1])
    first, left = ", ".join(names[:MOST_CELLS]), len(names) - MOST_CELLS
    return plain("copy.and_more", cells=first, n=left) if left > 0 else first


def _cell(sheet: Worksheet, text: str, font: Font | None = None, colour: str = "", boxed: bool = False) -> Cell:
    cell = put_text(WriteOnlyCell(sheet), text) if text else WriteOnlyCell(sheet)
    cell.font = font or _font()
    if colour:
        cell.fill = PatternFill("solid", fgColor=colour)
    if boxed:
        cell.border = Border(THIN, THIN, THIN, THIN)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
