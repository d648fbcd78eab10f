"""What reading gives: the frames of the rows that are used, and a finding for everything that was not as it should be."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from ctanalysis.records.arrays import Mask

UNREAD = "cannot be read"  # the file as a whole; no report is made before it is mended
HELD_BACK = "held back"  # the row is not counted
REPAIRED = "repaired"  # the row is counted as it was meant
LOOK = "to be looked at"  # the row is counted as it is
NO_CONSENT = "no consent"  # the rule of rows whose person did not agree to statistical use, and of rows about them
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # categories of Unicode
SEVERITIES = (UNREAD, HELD_BACK, REPAIRED, LOOK)


@dataclass(frozen=True, order=True)
class Finding:
    """One rule broken in one column of one sheet. Never holds what a cell says, but for the name of a partner that sent nothing.

    path: inside the project folder. sheet: of a workbook, or empty. column: its letter in a
    spreadsheet, empty where the finding is about whole rows. rows: as a spreadsheet shows them;
    none where it is about the whole file. whole: every filled cell of the column breaks the rule.
    """

    table: str
    path: str
    sheet: str
    column: str
    field: str
    rule: str
    severity: str
    says: str
    do: str
    rows: tuple[int, ...] = ()
    whole: bool = False

    @property
    def place(self) -> str:
        """records/events.xlsx, sheet 'March', column C 'date', rows 4, 5"""
        words = [self.path]
        if self.sheet:
            words.append(f"sheet '{shown(self.sheet)}'")
        if self.field:
            words.append(f"column {self.column} '{self.field}'" if self.column else f"column '{self.field}'")
        if self.whole and len(self.rows) > 1:
            words.append(f"all {len(self.rows)} filled cells, rows {self.rows[0]} to {self.rows[-1]}")
        elif self.rows:
            words.append(listed(self.rows))
        return ", ".join(words)

    def __str__(self) -> str:
        return f"{self.place}: {self.says}. {self.do}."


def listed(rows: Sequence[int], most: int = 5) -> str:
    """rows 4, 5, 6, 8, 9 and 3 more"""
    first = ", ".join(map(str, rows[:most])) + (f" and {len(rows) - most} more" if len(rows) > most else "")
    return f"row{'s' if len(rows) > 1 else ''} {first}"


def shown(name: str) -> str:
    """A name that somebody gave a file or sheet, without what no screen shows or what would move the words around it."""
    return "".join("\ufffd" if unicodedata.category(sign) in UNSEEN else sign for sign in name)


@dataclass(frozen=True, repr=False)
class Records(Mapping[str, pd.DataFrame]):
    """The records of a project: by table, the typed frame of its used rows (see reading.survey).

    findings: in the order of tables, files, sheets and columns. tally: a row for each file and
    sheet: table, path, sheet, read, held_back, used. places: by table, a row for each row read:
    path, sheet, row, held. flags: by table and rule, which of the used rows a finding names.
    held: by table, a frame of the rows that are held back, in their order, as far as they can be
    read; what refers to another table is the text that stands there, and of rows without consent
    nothing is. No frame has identifying fields.
    """

    frames: dict[str, pd.DataFrame]
    findings: tuple[Finding, ...] = ()
    tally: pd.DataFrame = field(default_factory=pd.DataFrame)
    places: dict[str, pd.DataFrame] = field(default_factory=dict)
    flags: dict[str, dict[str, Mask]] = field(default_factory=dict)
    held: dict[str, pd.DataFrame] = field(default_factory=dict)

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.frames[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)

    def __repr__(self) -> str:
        return f"<Records: {', '.join(self.frames)}>"

    def of(self, severity: str) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)


class Unreadable(Exception):
    """A file, or a sheet of it, that cannot be read: what is wrong with it, and what to do."""

    def __init__(self, says: str, do: str, sheet: str = "") -> None:
        super().__init__(says)
        self.says, self.do, self.sheet = says, do, sheet
