"""What is to be copied of each sheet of a file that somebody sent: which rows, which cells not, which with a mark."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from ctanalysis.intake.datacheck.marks import Marks, marked
from ctanalysis.intake.datacheck.originals import Original
from ctanalysis.intake.datacheck.protecting import LeftOut, left_out
from ctanalysis.intake.datacheck.severities import urgency
from ctanalysis.language import Speech
from ctanalysis.project.descriptor import Table
from ctanalysis.records import NO_CONSENT, Finding
from ctanalysis.records.files import limits
from ctanalysis.records.findings import ENGLISH

LAST_ROW = 1_048_576  # of Excel
MOST_ROWS = limits.ROWS  # of a copy
WHOLE = 2_000  # rows: of a longer file only those with findings are copied, as they were read


@dataclass(frozen=True)
class SentFile:
    """A file that somebody sent, with its findings.

    path: in the project folder. tables: those that it was read for. tally: its part of the records'. about_people: of
    a table whose class in policy.toml knows people; then only rows with findings are copied. worded: gives a finding in
    a language, in words for the file's partner.
    """

    path: str
    tables: list[Table]
    findings: list[Finding]
    tally: pd.DataFrame
    about_people: bool = False
    worded: Callable[[Finding, Speech], Finding] = lambda finding, _: finding

    def told(self, speech: Speech) -> "SentFile":
        """The same with its findings in a language."""
        return replace(self, findings=[self.worded(finding, speech) for finding in self.findings])

    @property
    def is_long(self) -> bool:
        """Whether it has more rows than anybody looks through: then only rows with findings are copied."""
        return bool(self.tally["read"].sum() > min(WHOLE, MOST_ROWS))


@dataclass(frozen=True)
class Plan:
    """A sheet to be copied. left_out: by each of its tables. rows: those that are copied; None: all."""

    original: Original
    left_out: list[LeftOut]
    marks: Marks
    rows: set[int] | None

    def leaves_out(self, row: int, place: int, alone: bool) -> bool:
        """Whether a filled cell is left out for the sake of any of the tables (see LeftOut)."""
        return any(table.leaves_out(row, place, alone) for table in self.left_out)


def planned(
    original: Original, sent: SentFile, private: Mapping[str, Collection[str]], speech: Speech = ENGLISH
) -> Plan:
    """The Plan of a sheet. private: by table, the fields whose values are left out; speech: of its comments."""
    findings = [finding for finding in sent.findings if finding.sheet == original.sheet and finding.rows]
    rows = _rows(sent, findings)
    hidden = [
        left_out(header, private[table], [finding for finding in findings if finding.table == table])
        for table, header in original.headers.items()
    ]
    return Plan(original, hidden, marked(findings, original.header, hidden[0], rows, speech), rows)


def _rows(sent: SentFile, findings: Iterable[Finding]) -> set[int] | None:
    """The rows to copy: those with the most pressing findings, or all (None).

    Not all of a file about people, nor of a long one. Never a row without consent: it is named, which is enough.
    """
    without = {row for finding in findings if finding.rule == NO_CONSENT for row in finding.rows}
    if not sent.about_people and not without and not sent.is_long:
        return None
    pressing = dict.fromkeys(
        row
        for finding in sorted(findings, key=urgency)
        for row in finding.rows
        if row <= LAST_ROW and row not in without
    )
    return set(list(pressing)[:MOST_ROWS])
