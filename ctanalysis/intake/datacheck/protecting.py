"""What a marked copy leaves out, because it is or may be the value of a sensitive field.

Left out are sensitive fields, the keys through which their values stand in other tables, columns
without a heading, and columns that nobody reads. In a table with a sensitive field so is every cell
that does not fit its column, and a row that looks shifted: a name may have got into it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ctanalysis.records import HELD_BACK, Finding
from ctanalysis.records.files.header import Header

MISFITS = {"type", "category", "enum", "pattern", "key", "missing code", "minimum", "maximum", "required"}
SHIFTED = {
    "too many cells",
    "too few cells",
    "total",
    "columns again",
    "after other columns",
    "uncalculated",
    "errors",
    "merged",
}  # the rules about rows whose cells have moved
BEYOND = "no heading"  # the rule about cells beyond the headings
SIGNS = 2  # so many cells that do not fit, or are beyond the headings: the row looks shifted


@dataclass(frozen=True)
class LeftOut:
    """Which cells of a sheet are left out: places are counted from 0, rows as a spreadsheet shows them."""

    header: Header
    places: frozenset[int]
    cells: frozenset[tuple[int, int]]
    rows: frozenset[int]

    @property
    def fields(self) -> list[str]:
        """The fields that are left out as a whole."""
        return [name for name, place in self.header.fields.items() if place in self.places]

    def leaves_out(self, row: int, place: int, alone: bool) -> bool:
        """Whether a filled cell is left out.

        alone: no other cell of the row is filled, as in a title above the columns.
        """
        if row == self.header.row:
            return False
        if place in self.header.added:  # nobody has said what is in it
            return row > self.header.row
        if place in self.places or place not in self.header.read:
            return row > self.header.row or not alone
        return row in self.rows or (row, place) in self.cells


def left_out(header: Header, private: Iterable[str], findings: Sequence[Finding]) -> LeftOut:
    """What a sheet with this Header leaves out. private: names of fields; findings: those of the sheet."""
    places = frozenset(place for name in private for place in header.places(name))
    if not places:
        return LeftOut(header, places, frozenset(), frozenset())
    misfits = [finding for finding in findings if finding.severity == HELD_BACK and finding.rule in MISFITS]
    cells = frozenset(
        (row, place) for finding in misfits for row in finding.rows for place in header.places(finding.field)
    )
    return LeftOut(header, places, cells, _shifted(findings, misfits))


def _shifted(findings: Iterable[Finding], misfits: Sequence[Finding]) -> frozenset[int]:
    """The rows that are shifted or look so. A column that is wrong as a whole says nothing of one row."""
    rows = {row for finding in findings if finding.rule in SHIFTED for row in finding.rows}
    signs: Counter[int] = Counter()
    for field in {finding.field for finding in misfits}:
        signs.update(
            {row for finding in misfits if finding.field == field and not finding.whole for row in finding.rows}
        )
    signs.update({row for finding in findings if finding.rule == BEYOND for row in finding.rows})
    return frozenset(rows | {row for row, number in signs.items() if number >= SIGNS})
