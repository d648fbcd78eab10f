"""Rows of any shape become pieces of even ones, with an issue for each row that was longer or shorter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TypeAlias

import pandas as pd

from ctanalysis.records.arrays import Codes, Objects
from ctanalysis.records.files.header import Header, letters
from ctanalysis.records.files.joining import Part
from ctanalysis.records.files.naming import Row
from ctanalysis.records.files.text import CutOff
from ctanalysis.records.findings import HELD_BACK, LOOK, PASSED, Issue

AT_A_TIME = 2_000  # rows: few enough to stay in the processor's cache, four times as fast as more
IssueRows: TypeAlias = dict[Issue, list[int]]  # the numbers of the rows that have an issue
# The numbers of some rows, the texts of each column, and what is wrong with which rows.
Column: TypeAlias = Sequence[str] | pd.Series | Part
Piece: TypeAlias = tuple[Sequence[int] | pd.Index | Codes, Sequence[Column], IssueRows]
CLEAR = "Name the column, or clear these cells"
SHORT = Issue(
    LOOK,
    "short row",
    "lacks its last cells, which may be empty, and was read without them",
    "Nothing, if they are empty",
)
DELETED = ("true", "1")
GONE = Issue(
    PASSED,
    "deleted",
    "was deleted where it was entered, as the column deleted says, and is not counted",
    "Nothing, if it was",
)
BEYOND = Issue(LOOK, "no heading", "has filled cells beyond the last heading, which were not read", CLEAR)


@dataclass
class _Late:
    """Rows of a text of which only its other rows tell what they are.

    short: they lack cells that may be empty; where another row has its empty last cell, the file leaves none out.
    beyond: they have cells below blank headings at the end; where another row leaves these out, a comma has moved them.
    """

    short: IssueRows = field(default_factory=dict)
    beyond: IssueRows = field(default_factory=dict)
    leaves_out: bool = True
    leaves_blank: bool = False

    def see(self, header: Header, rows: Sequence[Sequence[str]]) -> None:
        """Takes in what some rows tell of the others."""
        self.leaves_out = self.leaves_out and not any(_ends_empty(row, len(header.cells)) for row in rows)
        if header.length > len(header.cells) and not self.leaves_blank:
            self.leaves_blank = any(len(row) < header.length and any(map(str.strip, row)) for row in rows)

    def issues(self) -> IssueRows:
        """What is wrong with them."""
        short = {SHORT: sorted(chain(*self.short.values()))} if self.leaves_out and self.short else self.short
        beyond = (
            {BEYOND: sorted(chain(*self.beyond.values()))} if not self.leaves_blank and self.beyond else self.beyond
        )
        return short | beyond


def pieces(header: Header, rows: Iterator[Row], is_sheet: bool) -> Iterator[Piece]:
    """The rows below a header in pieces. is_sheet: they are of a workbook, where a row may be short or long.

    What is told of a row of a text only by its others comes last.
    """
    width, late = len(header.cells), _Late()
    while piece := list(islice(rows, AT_A_TIME)):
        issues: IssueRows = {}
        numbers, cells = [number for number, _ in piece], [cells for _, cells in piece]
        late.see(header, cells)
        if set(map(len, cells)) != {width}:
            cells = list(_evened(header, piece, is_sheet, issues, late))
        columns = list(zip(*cells, strict=True))
        issues |= _unnamed(header, numbers, columns)
        yield numbers, columns, issues if header.deleted is None else issues | gone(numbers, columns[header.deleted])
    if late.short or late.beyond:
        yield [], [[]] * width, late.issues()


def _ends_empty(cells: Sequence[str], width: int) -> bool:
    """Whether a row that is not blank has its last cell, and nothing in it."""
    return len(cells) >= width and not cells[width - 1].strip() and any(map(str.strip, cells))


def gone(numbers: Sequence[int] | Codes, cells: Sequence[str] | Objects) -> IssueRows:
    """An issue about the rows that were deleted, if any. cells: of the column that says so."""
    rows = [int(number) for number, cell in zip(numbers, cells, strict=True) if cell.strip().casefold() in DELETED]
    return {GONE: rows} if rows else {}


def _unnamed(header: Header, numbers: Sequence[int], columns: Sequence[Sequence[str]]) -> IssueRows:
    """An issue about the filled cells of each column that has no heading."""
    issues = {}
    for place in set(range(len(columns))) - header.read - header.added:
        rows = [number for number, cell in zip(numbers, columns[place], strict=True) if cell.strip()]
        if rows:
            says = f"column {letters(place)} has no heading, so its cells were not read"
            issues[Issue(LOOK, "no heading", says, CLEAR)] = rows
    return issues


def _evened(
    header: Header, piece: Sequence[Row], is_sheet: bool, issues: IssueRows, late: _Late
) -> Iterator[list[str]]:
    """Each row's cells, as many as there are headings; adds an issue of those that were more or fewer.

    late: takes those that lack only cells that may be empty, or have some below blank headings.
    """
    width = len(header.cells)
    for number, cells in piece:
        filled = len(cells) - next((place for place, cell in enumerate(reversed(cells)) if cell.strip()), len(cells))
        issue = _misshapen(header, len(cells), filled, is_sheet) if filled else None
        if issue:
            lacks_little = header.least <= len(cells) < width and not isinstance(cells, CutOff)
            is_beyond = len(cells) > width and len(cells) <= header.length and not is_sheet
            to = late.short if lacks_little else late.beyond if is_beyond else issues
            to.setdefault(issue, []).append(number)
        yield [*cells[:width], *[""] * (width - len(cells))]


def _misshapen(header: Header, cells: int, filled: int, is_sheet: bool) -> Issue | None:
    """The issue of a row that is not as long as its header. filled: its cells up to the last filled one."""
    width = len(header.cells)
    names = f"cells where row {header.row} names {width} columns"
    if filled > width and is_sheet:
        return BEYOND
    if filled > width:
        do = "A cell with the separator in it needs quotation marks around it; move back what has moved"
        return Issue(HELD_BACK, "too many cells", f"has {filled} {names}", do)
    if cells < width and not is_sheet:
        do = "Its end may be cut off: complete the row"
        return Issue(HELD_BACK, "too few cells", f"has {cells} {names}", do)
    return None
