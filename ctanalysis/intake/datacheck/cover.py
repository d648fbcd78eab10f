"""The covering sheet of a marked copy: in short, what is wrong with the file, in the language of its headings.

The sheet of findings, in the same language, names every cell.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ctanalysis.base.spelling import skeleton
from ctanalysis.base.workbooks import put_text
from ctanalysis.intake.datacheck.originals import Original
from ctanalysis.intake.datacheck.plans import Plan, SentFile
from ctanalysis.intake.datacheck.screen import COUNTS
from ctanalysis.intake.datacheck.severities import COLOURS, problem, urgency
from ctanalysis.language import Speech
from ctanalysis.records import Finding

FOLDER = Path(__file__).with_name("words")
ENGLISH = "en"
WIDTHS = (34, 18, 24, 60, 10)  # characters
LINE, SIZE, TITLE_SIZE, TALLEST = 15, 11, 15, 409  # points; Excel has no taller rows
THIN = Side("thin", color="BFBFBF")
Line = tuple[str, str, str, str, int]  # severity, sheet, column, what is wrong, rows


def language_of(sent: SentFile, originals: Iterable[Original]) -> str:
    """The language in which most headings of a file are written, of those that this sheet has words in."""
    counts: Counter[str] = Counter()
    tables = {table.name: table for table in sent.tables}
    for original in originals:
        for name, header in original.headers.items():
            for field, place in header.fields.items():
                heading = skeleton(header.cells[place])
                spelt = tables[name].fields[field].translations.items()
                counts.update(language for language, word in spelt if skeleton(word) == heading)
    known = [language for language, _ in counts.most_common() if (FOLDER / f"{language}.toml").is_file()]
    return known[0] if known else ENGLISH


def title(language: str) -> str:
    """What the sheet is called."""
    return str(_words(language)["sheet"])


def write(sheet: Worksheet, sent: SentFile, plans: Sequence[Plan], findings: str, speech: Speech) -> None:
    """Writes it. findings: what the sheet of findings is called."""
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    words = _words(speech.code)
    sheet.append([_plain(sheet, words["title"].format(file=sent.path.rpartition("/")[2]), bold=True, size=TITLE_SIZE)])
    sheet.append([_plain(sheet, words["request"].format(findings=findings), bold=True)])
    for name, *rows, passed in sent.tally[["sheet", *COUNTS]].itertuples(index=False, name=None):
        where = words["of_sheet"].format(sheet=name) if name else ""
        counts = dict(zip(("read", "used", "held"), (f"{number:,}" for number in rows), strict=True))
        more = f" {words['passed'].format(passed=f'{passed:,}')}" if passed else ""
        sheet.append([_plain(sheet, where + words["balance"].format(**counts) + more)])
    if any(plan.rows is not None for plan in plans):
        sheet.append([_plain(sheet, words["only"])])
    sheet.append([])
    sheet.append([_cell(sheet, word, bold=True) for word in words["columns"]])
    for severity, *texts, number in _lines(sent, plans, words, speech):
        row = [words["severities"][severity], *texts, f"{number:,}" if number else ""]
        sheet.append([_cell(sheet, text, colour=COLOURS[severity] * (not place)) for place, text in enumerate(row)])
        broken = max(1 + len(text) // width for text, width in zip(row, WIDTHS, strict=True))
        sheet.row_dimensions[sheet.max_row].height = min(LINE * broken, TALLEST)


def _lines(sent: SentFile, plans: Iterable[Plan], words: Mapping[str, Any], speech: Speech) -> Iterator[Line]:
    """A line for each thing that is wrong in a column of a sheet, the most pressing and most frequent first."""
    headings = {
        (plan.original.sheet, field): plan.original.header.cells[place]
        for plan in plans
        for field, place in plan.original.header.fields.items()
    }
    rows: dict[tuple[int, str, str, str, str], set[int]] = {}
    for finding in sent.findings:
        column = headings.get((finding.sheet, finding.field), "")
        says = _says(finding, words, speech)
        key = urgency(finding), finding.severity, finding.sheet, column, says
        rows.setdefault(key, set()).update(finding.rows)
    for (_, *texts), named in sorted(rows.items(), key=lambda item: (item[0][0], -len(item[1]), item[0])):
        severity, name, column, says = texts
        yield severity, name, column, says, len(named)


def _says(finding: Finding, words: Mapping[str, Any], speech: Speech) -> str:
    said = problem(finding, speech)
    return str(words.get("rules", {}).get(finding.rule, said[:1].upper() + said[1:]))


@cache
def _words(language: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def _plain(sheet: Worksheet, text: str, **how: Any) -> Cell:
    """A cell above the table: its text runs on over the empty cells beside it."""
    cell = put_text(WriteOnlyCell(sheet), text)
    cell.font = Font(name="Calibri", **{"size": SIZE} | how)
    return cell


def _cell(sheet: Worksheet, text: str, colour: str = "", bold: bool = False) -> Cell:
    """A cell of the table: its text is broken at the width of its column."""
    cell = _plain(sheet, text, bold=bold) if text else WriteOnlyCell(sheet)
    cell.border, cell.alignment = Border(THIN, THIN, THIN, THIN), Alignment(wrap_text=True, vertical="top")
    if colour:
        cell.fill = PatternFill("solid", fgColor=colour)
    return cell
