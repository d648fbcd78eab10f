"""All rows of a table: each column's different words once, and for each row the number of its word.

A table of a million rows has few different words in most of its columns; whatever is asked of a
word is asked once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from ctanalysis.project.descriptor import Table
from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.files.header import Header
from ctanalysis.records.files.words import Words
from ctanalysis.records.findings import UNREAD, Finding, Issue


@dataclass
class Source:
    """A file, or a sheet of a workbook: where its columns are, and its rows as a spreadsheet shows them.

    rows: arrays of row numbers. days, typed: of a sheet, by field, the rows with a real day, and with a number or
    truth value that is Excel's own; of a text file days is None, for nothing is known of them. of_days, of_numbers: of
    a Parquet file, the fields whose whole column is one of days, or of numbers or truth values. totals: by
    the text that has a word for a total, in a column that is not read, the rows that have it.
    """

    path: str
    sheet: str
    header: Header
    rows: list[Codes] = field(default_factory=list)
    days: dict[str, list[int]] | None = None
    typed: dict[str, list[int]] = field(default_factory=dict)
    totals: dict[str, list[int]] = field(default_factory=dict)
    of_days: frozenset[str] = frozenset()
    of_numbers: frozenset[str] = frozenset()

    def tells_days(self, name: str) -> bool:
        """Whether the file itself says which cells of a field are days."""
        return bool(self.sheet) or name in self.of_days


IssuesOfRows: TypeAlias = Iterator[tuple[Source, Issue, Sequence[int]]]


@dataclass
class Gathered:
    """A table's rows as coded words, with what was found on the way.

    words: by field, Words. codes: by field, for each row the number of its word. source, row: of
    each row. issues: each with its source and rows as a spreadsheet shows them. findings: about
    whole files.
    """

    table: Table
    sources: list[Source] = field(default_factory=list)
    words: dict[str, Words] = field(default_factory=dict)
    codes: dict[str, Codes] = field(default_factory=dict)
    source: Codes = field(default_factory=lambda: np.zeros(0, np.int32))
    row: Codes = field(default_factory=lambda: np.zeros(0, np.int32))
    issues: list[tuple[Source, Issue, Sequence[int]]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def readable(self) -> bool:
        """Whether every file of the table could be read."""
        return not any(finding.severity == UNREAD for finding in self.findings)

    def __len__(self) -> int:
        return len(self.row)

    def places(self, source: Source, rows: Sequence[int]) -> Codes:
        """The positions of rows of a source, by their numbers as a spreadsheet shows them."""
        number = next(number for number, other in enumerate(self.sources) if other is source)
        start, stop = np.searchsorted(self.source, [number, number + 1]).tolist()
        positions: Codes = np.flatnonzero(np.isin(self.row[start:stop], rows)) + start
        return positions

    def rows_with(self, name: str, chosen: Sequence[bool] | Mask) -> Mask:
        """Which rows have a chosen word in a field. chosen: for each of the field's words, whether it is."""
        return np.array(chosen, bool)[self.codes[name]] if len(chosen) else np.zeros(len(self), bool)

    def by_source(self) -> Iterator[tuple[Source, slice]]:
        """Each file or sheet, with where its rows are."""
        edges = np.searchsorted(self.source, np.arange(len(self.sources) + 1)).tolist()
        for source, start, stop in zip(self.sources, edges[:-1], edges[1:], strict=True):
            yield source, slice(start, stop)

    def found(self, source: Source, rows: slice, issue: Issue, found: Mask) -> IssuesOfRows:
        """An issue with the rows of a source in which it was found, if any. found: which of these rows."""
        if found.any():
            yield source, issue, self.row[rows][found].tolist()

    def real_days(self, source: Source, rows: slice, name: str) -> Mask:
        """Which of the rows of a source may have a real day in a field: of a text file, and a column of days, all."""
        if source.days is None:
            return np.ones(rows.stop - rows.start, bool)
        return np.isin(self.row[rows], source.days.get(name, []))
