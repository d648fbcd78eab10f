"""The marked copy of a partner's file, as a workbook: a summary, the findings, then the sheets that were read.

Every text is written as text, and a formula as the value that it had when it was checked: the copy
shows what was read, and nothing in it runs.
"""

import math
import re
from collections.abc import Collection, Mapping
from copy import copy
from pathlib import Path
from typing import Any, cast

import openpyxl
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.proxy import StyleProxy
from openpyxl.worksheet.worksheet import Worksheet

from ctanalysis.base.errors import Refused
from ctanalysis.base.workbooks import MAKER, as_text, put_text, workbook_bytes
from ctanalysis.intake.datacheck import cover, front, originals
from ctanalysis.intake.datacheck.appearance import Look
from ctanalysis.intake.datacheck.plans import LAST_ROW, Plan, SentFile, planned
from ctanalysis.intake.datacheck.severities import COLOURS, GREY
from ctanalysis.language import Speech
from ctanalysis.records.findings import Unreadable

NOT_IN_TITLES = re.compile(r"[\\*?:/\[\]]")
LONGEST_TITLE = 31  # of Excel
WIDE, LINE, LETTERS = 300, 17, 42  # of a comment: pixels across, pixels to a line, letters in a line


def marked_copy(folder: Path, sent: SentFile, private: Mapping[str, Collection[str]]) -> bytes:
    """The marked copy's bytes. private: by table, the fields whose values are left out.

    Of a long file rows are copied without their look, for that would have to be found for all of them. Refused: the
    file is no longer what was read, or cannot be copied.
    """
    where = f"{folder}/{sent.path}"
    for plain in (True,) if sent.is_long else (False, True):
        try:
            return _made(folder, sent, private, plain)
        except Unreadable:
            raise Refused(f"{where}: it changed while it was checked. Check it again.") from None
        except OSError:
            raise
        except Exception:  # whatever a workbook's look makes a parser do; its words might hold a cell's
            continue
    raise Refused(f"{where}: no marked copy of it can be made. Save its records as CSV UTF-8, and check that.")


def _made(folder: Path, sent: SentFile, private: Mapping[str, Collection[str]], plain: bool) -> bytes:
    with originals.opened(folder / sent.path, sent.tables, plain) as sheets_sent:
        speech = Speech(cover.language_of(sent, sheets_sent))
        sent = sent.told(speech)
        plans = [planned(original, sent, private, speech) for original in sheets_sent]
        wanted = [_title(plan.original.title) for plan in plans]
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        summary = book.create_sheet(front.title(cover.title(speech.code), wanted))
        first = book.create_sheet(front.title(speech.plain("copy.findings"), [*wanted, summary.title]))
        sheets = [book.create_sheet(title) for title in wanted]
        titles = {plan.original.sheet: sheet.title for plan, sheet in zip(plans, sheets, strict=True)}
        cover.write(summary, sent, plans, first.title, speech)
        front.write(first, sent, plans, titles, speech)
        for plan, sheet in zip(plans, sheets, strict=True):
            _copy(plan, sheet, speech.plain("copy.hidden"))
        return workbook_bytes(book)


def _title(name: str) -> str:
    return NOT_IN_TITLES.sub("_", as_text(name))[:LONGEST_TITLE].strip("'") or "Sheet"


def _copy(plan: Plan, sheet: Worksheet, hidden: str) -> None:
    """hidden: what is said of a cell whose value is left out."""
    paint, header = Paint(sheet, plan.original.look), plan.original.header
    plan.original.look.apply(sheet)
    last = max(plan.rows, default=header.row) if plan.rows is not None else LAST_ROW
    for number, cells in plan.original.rows:
        if number > last:
            break
        if plan.rows is None or number in plan.rows or number <= header.row:
            _copy_row(plan, paint, number, cells, hidden)


def _copy_row(plan: Plan, paint: "Paint", number: int, cells: originals.Cells, words: str) -> None:
    """Writes the cells of a row of the copy where they stand in the original."""
    alone = sum(value not in (None, "") for value, _ in cells) == 1
    cells = [*cells, *[(None, 0)] * (len(plan.original.header.cells) - len(cells))]
    for place, (value, style) in enumerate(cells):
        filled = value not in (None, "")
        hidden = filled and plan.leaves_out(number, place, alone)
        severity = plan.marks.severities.get((number, place))
        colour = COLOURS[severity] if severity else GREY if hidden else ""
        shows = filled and not hidden
        if shows or style or colour:
            cell = _filled(cast(Cell, paint.sheet.cell(number, place + 1)), value if shows else None)
            cell._style = paint.style(style, colour, hidden)  # type: ignore[attr-defined]  # no stub has it
            cell.comment = _comment(plan.marks.comments.get((number, place)), words * hidden)


def _filled(cell: Cell, value: Any) -> Cell:
    if isinstance(value, str):
        return put_text(cell, value)
    if isinstance(value, float) and not math.isfinite(value):  # no number that a workbook can hold
        return put_text(cell, str(value))
    cell.value = value
    return cell


def _comment(findings: str | None, hidden: str) -> Comment | None:
    if not findings:
        return None
    text = as_text(f"{findings}\n\n{hidden}" if hidden else findings)
    lines = sum(1 + len(line) // LETTERS for line in text.split("\n"))
    return Comment(text, MAKER, height=LINE * (lines + 1), width=WIDE)


class Paint:
    """The styles of a copy's sheet: each that the original has, as it is and in each colour, made once."""

    def __init__(self, sheet: Worksheet, look: Look) -> None:
        self.sheet, self.look = sheet, look
        self.made: dict[tuple[int, str, bool], Any] = {}

    def style(self, number: int, colour: str, hidden: bool) -> Any:
        """What openpyxl keeps of a style: the original's of this number, in this colour where one is named."""
        key = number, colour, hidden
        if key not in self.made:
            self.made[key] = self._made(*key)
        return self.made[key]

    def _made(self, number: int, colour: str, hidden: bool) -> Any:
        cell = WriteOnlyCell(self.sheet)
        for name, value in self.look.style(number).items():
            if not (hidden and name == "number_format"):  # a format can hold words
                setattr(cell, name, value)
        if colour:
            cell.fill = PatternFill("solid", fgColor=colour)
            cell.font = _dark(cell.font)
        return cell._style  # type: ignore[attr-defined]  # no stub has it


def _dark(font: StyleProxy) -> Font:
    """The font in the colour that can be read on every mark."""
    plain = cast(Font, copy(font))  # the copy of a proxy is a copy of what it stands for
    plain.color = None
    return plain
