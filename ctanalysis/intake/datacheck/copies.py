"""The marked copy of a partner's file, as a workbook of its own: what was found on a first sheet, then the sheets that were read.

Every text is written as text, and a formula as the value that it had when it was checked: the copy
shows what was read, and nothing in it runs.
"""

import math
import re
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from ctanalysis.base.errors import Refused
from ctanalysis.base.workbooks import MAKER, as_text, put, saved
from ctanalysis.intake.datacheck import front, originals
from ctanalysis.intake.datacheck.marks import Marks, marked
from ctanalysis.intake.datacheck.protecting import left_out
from ctanalysis.intake.datacheck.severities import COLOURS, GREY, pressing
from ctanalysis.records import NO_CONSENT
from ctanalysis.records.files import limits
from ctanalysis.records.found import Unreadable

NOT_IN_TITLES = re.compile(r"[\\*?:/\[\]]")
LONGEST_TITLE, LAST_ROW = 31, 1_048_576  # of Excel
MOST_ROWS = limits.ROWS  # of a longer file, only rows that were found fault with
HIDDEN = "What the cell says is left out of this copy, to protect people."
WIDE, LINE, LETTERS = 300, 17, 42  # of a comment: pixels across, pixels to a line, letters in a line


@dataclass(frozen=True)
class Sent:
    """A file that somebody sent: its path in the project folder, the tables that it was read for, its findings, its part of the tally.

    about_people: of a table whose class in policy.toml knows people; then only rows with findings are copied.
    """

    path: str
    tables: list
    findings: list
    tally: object
    about_people: bool = False


@dataclass(frozen=True)
class Plan:
    """A sheet to be copied: the original, what is left out, what is marked, the rows that are copied (None: all)."""

    original: originals.Original
    out: list
    marks: Marks
    shown: set | None

    def leaves_out(self, row, place, alone):
        return any(out.leaves_out(row, place, alone) for out in self.out)


def copied(folder, sent, private):
    """The marked copy's bytes. private: by table, the fields whose values are left out.

    Refused: the file is no longer what was read, or cannot be copied.
    """
    where = f"{folder}/{sent.path}"
    for plain in (False, True):
        try:
            return _made(folder, sent, private, plain)
        except Unreadable:
            raise Refused(f"{where}: it changed while it was checked. Check it again.") from None
        except OSError:
            raise
        except Exception:  # whatever a workbook's look makes a parser do; its words might hold a cell's
            continue
    raise Refused(f"{where}: no marked copy of it can be made. Save its records as CSV UTF-8, and check that.")


def _made(folder, sent, private, plain):
    with originals.opened(folder / sent.path, sent.tables, plain) as found:
        plans = [_plan(original, sent, private) for original in found]
        wanted = [_title(plan.original.title) for plan in plans]
        with _begun() as book:
            cover = book.create_sheet(front.title(wanted))
            sheets = [book.create_sheet(title) for title in wanted]
            front.write(cover, sent, plans, {plan.original.sheet: sheet.title for plan, sheet in zip(plans, sheets)})
            for plan, sheet in zip(plans, sheets):
                _copy(plan, sheet)
            return saved(book)


@contextmanager
def _begun():
    """A write-only Workbook; where it cannot be finished, what it has put on the disk goes."""
    book = openpyxl.Workbook(write_only=True)
    try:
        yield book
    except BaseException:
        for sheet in book.worksheets:
            with suppress(Exception):
                sheet.close()
            with suppress(Exception):
                sheet._writer.cleanup()
        raise


def _title(name):
    return NOT_IN_TITLES.sub("_", as_text(name))[:LONGEST_TITLE].strip("'") or "Sheet"


def _plan(original, sent, private):
    findings = [finding for finding in sent.findings if finding.sheet == original.sheet and finding.rows]
    out, shown = [], _shown(sent, findings)
    for table, header in original.headers.items():
        out.append(left_out(header, private[table], [finding for finding in findings if finding.table == table]))
    return Plan(original, out, marked(findings, original.header, out[0], shown), shown)


def _shown(sent, findings):
    """The rows to copy of a file about people, or too long for a workbook that anybody could work with: those with the most pressing findings.

    Never a row without consent: it is named, which is enough.
    """
    without = {row for finding in findings if finding.rule == NO_CONSENT for row in finding.rows}
    if not sent.about_people and not without and sent.tally["read"].sum() <= MOST_ROWS:
        return None
    shown = dict.fromkeys(
        row
        for finding in sorted(findings, key=pressing)
        for row in finding.rows
        if row <= LAST_ROW and row not in without
    )
    return set(list(shown)[:MOST_ROWS])


def _copy(plan, sheet):
    paint, header, at = Paint(sheet, plan.original.look), plan.original.header, 1
    plan.original.look.give(sheet)
    last = max(plan.shown, default=header.row) if plan.shown is not None else LAST_ROW
    for number, cells in plan.original.rows:
        if number > last:
            break
        if plan.shown is None or number in plan.shown or number <= header.row:
            for _ in range(at, number):
                sheet.append([])
            sheet.append(list(_row(plan, paint, number, cells)))
            at = number + 1


def _row(plan, paint, number, cells):
    """The cells of a row of the copy."""
    alone = sum(value not in (None, "") for value, _ in cells) == 1
    cells = [*cells, *[(None, 0)] * (len(plan.original.header.cells) - len(cells))]
    for place, (value, style) in enumerate(cells):
        hidden = value not in (None, "") and plan.leaves_out(number, place, alone)
        severity = plan.marks.severities.get((number, place))
        colour = COLOURS[severity] if severity else GREY if hidden else ""
        value = None if hidden or value == "" else value
        cell = None
        if value is not None or style or colour:
            cell = _filled(WriteOnlyCell(paint.sheet), value)
            cell._style = paint.style(style, colour, hidden)
            cell.comment = _comment(plan.marks.comments.get((number, place)), hidden)
        yield cell


def _filled(cell, value):
    if isinstance(value, str):
        return put(cell, value)
    if isinstance(value, float) and not math.isfinite(value):  # no number that a workbook can hold
        return put(cell, str(value))
    cell.value = value
    return cell


def _comment(words, hidden):
    if not words:
        return None
    words = as_text(f"{words}\n\n{HIDDEN}" if hidden else words)
    lines = sum(1 + len(line) // LETTERS for line in words.split("\n"))
    return Comment(words, MAKER, height=LINE * (lines + 1), width=WIDE)


class Paint:
    """The styles of a copy's sheet: each that the original has, as it is and in each colour, made once."""

    def __init__(self, sheet, look):
        self.sheet, self.look, self.made = sheet, look, {}

    def style(self, number, colour, hidden):
        key = number, colour, hidden
        if key not in self.made:
            self.made[key] = self._made(*key)
        return self.made[key]

    def _made(self, number, colour, hidden):
        cell = WriteOnlyCell(self.sheet)
        for name, value in self.look.style(number).items():
            if not (hidden and name == "number_format"):  # a format can hold words
                setattr(cell, name, value)
        if colour:
            cell.fill = PatternFill("solid", fgColor=colour)
            cell.font = _dark(cell.font)
        return cell._style


def _dark(font):
    """The font in the colour that can be read on every mark."""
    plain = copy(font)
    plain.color = None
    return plain
