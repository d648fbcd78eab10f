"""A finding: one rule that rows of a sheet break, where, and what to do about it; and what a severity means."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ctanalysis.language import Speech

ENGLISH = Speech()
UNREAD = "cannot be read"  # the file as a whole; no report is made before it is mended
HELD_BACK = "held back"  # the row is not counted
PASSED = "passed over"  # the row is not counted, for it is no record, or not its last state: nothing is wrong with it
NOT_COUNTED = (HELD_BACK, PASSED)
REPAIRED = "repaired"  # the row is counted as it was meant
LOOK = "to be looked at"  # the row is counted as it is
ACCEPTED = "accepted"  # somebody has looked at it, and it is right: the row is counted, and nothing is held against it
STRUCK = "struck out"  # the rule of rows that judgements/corrections.toml takes out
EARLIER = "earlier delivery"  # the rule of rows that a later delivery has again, in a later state
ON_PURPOSE = (STRUCK, EARLIER)  # rules of rows that are not read because the project says so: nobody's fault
NO_RECORDS = "no rows"  # the rule of tables without a row
NO_CONSENT = "no consent"  # the rule of rows whose person did not agree to statistical use, and of rows about them
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # categories of Unicode
SEVERITIES = (UNREAD, HELD_BACK, REPAIRED, LOOK, PASSED, ACCEPTED)


@dataclass(frozen=True, order=True)
class Finding:
    """One rule broken in one column of one sheet.

    It never holds what a cell says, but for the name of a partner that sent nothing.

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
        return self.place_in(ENGLISH)

    def place_in(self, speech: Speech) -> str:
        """The same in a language."""
        words, plain = [self.path], speech.plain
        if self.sheet:
            words.append(plain("place.sheet", sheet=shown(self.sheet)))
        if self.field:
            key = "place.column" if self.column else "place.field"
            words.append(plain(key, letter=self.column, field=self.field))
        if self.whole and len(self.rows) > 1:
            words.append(plain("place.whole", n=len(self.rows), first=self.rows[0], last=self.rows[-1]))
        elif self.rows:
            words.append(listed(self.rows, speech=speech))
        return ", ".join(words)

    def told(self, speech: Speech) -> str:
        """All of it in a language."""
        return f"{self.place_in(speech)}: {closed(speech.heard(self.says))} {closed(speech.heard(self.do))}"

    def __str__(self) -> str:
        return self.told(ENGLISH)


def closed(text: str) -> str:
    """A text as a sentence: a question has its mark already."""
    return text if text.endswith("?") else f"{text}."


@dataclass(frozen=True)
class Issue:
    """What is wrong, wherever it is: how bad it is, the rule, the sentence about it, what to do, the field if any.

    link: where the field is one of another table, that which leads there. others: further fields of its own table that
    it is about. Who accepts the issue says what stands in all of them.
    """

    severity: str
    rule: str
    says: str
    do: str
    field: str = ""
    link: str = ""
    others: tuple[str, ...] = ()

    @property
    def fields(self) -> set[str]:
        """Every field of its own table that it is about."""
        return {self.field, self.link, *self.others} - {""}

    def at(self, table: str, path: str, sheet: str = "", column: str = "") -> Finding:
        """The Finding of the issue in a file, about no rows of it."""
        return Finding(table, path, sheet, column, self.field, self.rule, self.severity, self.says, self.do)


class Unreadable(Exception):
    """A file, or a sheet of it, that cannot be read: what is wrong with it, and what to do."""

    def __init__(self, says: str, do: str, sheet: str = "") -> None:
        super().__init__(says)
        self.says, self.do, self.sheet = says, do, sheet


def listed(rows: Sequence[int], most: int = 5, speech: Speech = ENGLISH) -> str:
    """rows 4, 5, 6, 8, 9 and 3 more"""
    first = ", ".join(map(str, rows[:most]))
    if len(rows) > most:
        return speech.plain("place.rows_and_more", rows=first, n=len(rows) - most)
    return speech.plain("place.rows" if len(rows) > 1 else "place.row", rows=first)


def shown(name: str) -> str:
    """The name of a file or sheet without what no screen shows or what would move the words around it."""
    return "".join("\ufffd" if unicodedata.category(sign) in UNSEEN else sign for sign in name)
