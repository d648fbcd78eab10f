"""The issues of a table's rows while it is checked, and how they become findings: by file, sheet, column and rule."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.files import Gathered
from ctanalysis.records.findings import HELD_BACK, LOOK, NOT_COUNTED, PASSED, REPAIRED, STRUCK, Finding, Issue

WHOLE_FROM = 5  # rows: of fewer, every one is named


@dataclass
class TableIssues:
    """A Gathered table with the rows that are not counted so far, and the issues with the rows that have them.

    Rows are positions in the table. filled: by field, which rows have a value in it. shaped: which
    rows are records of the right shape, whose cells are checked. struck: rows that are taken out on the record, or
    for what another delivery says; nothing more is said of them. records: rows that somebody found to be records,
    though they look like totals.
    """

    gathered: Gathered
    held: Mask
    entries: list[tuple[Issue, Codes]] = field(default_factory=list)
    filled: dict[str, Mask] = field(default_factory=dict)
    shaped: Mask = field(default_factory=lambda: np.zeros(0, bool))
    struck: Codes = field(default_factory=lambda: np.zeros(0, np.int64))
    records: Codes = field(default_factory=lambda: np.zeros(0, np.int64))

    def add(self, issue: Issue, rows: Mask | Codes | Sequence[int]) -> None:
        """Adds an issue of rows (a mask, or positions); rows that it has not counted are held from now on."""
        is_mask = isinstance(rows, np.ndarray) and rows.dtype == bool
        positions = np.flatnonzero(rows) if is_mask else np.asarray(rows, np.int64)
        positions = positions[~np.isin(positions, self.struck)] if len(self.struck) else positions
        if len(positions):
            self.entries.append((issue, positions))
            if issue.severity in NOT_COUNTED:
                self.held[positions] = True

    def findings(self) -> list[Finding]:
        """The Findings of the table, whole files first."""
        return [
            *self.gathered.findings,
            *sorted(finding for entry in self.entries for finding in self._by_source(*entry)),
        ]

    def flags(self) -> dict[str, Mask]:
        """By rule, which of the used rows have an issue of it."""
        flags: dict[str, Mask] = {}
        for issue, rows in self.entries:
            if issue.severity in (REPAIRED, LOOK):
                flags.setdefault(issue.rule, np.zeros(len(self.held), bool))[rows] = True
        return {rule: rows[~self.held] for rule, rows in flags.items()}

    def under(self, rule: str, field: str | None = None) -> Mask:
        """Which rows have an issue of the rule; of a field, where one is named."""
        return self._of(
            rows for issue, rows in self.entries if issue.rule == rule and (field is None or issue.field == field)
        )

    def passed(self) -> Mask:
        """Which rows are passed over, and not held back: nothing is wrong with them."""
        return self.held & ~self._of(rows for issue, rows in self.entries if issue.severity == HELD_BACK)

    def _of(self, positions: Iterable[Codes]) -> Mask:
        named = np.zeros(len(self.held), bool)
        for rows in positions:
            named[rows] = True
        return named

    def _by_source(self, issue: Issue, rows: Codes) -> Iterator[Finding]:
        """A Finding for each file or sheet that has some of the rows."""
        sources, table = self.gathered.source[rows], self.gathered.table.name
        for number in np.unique(sources):
            source, here = self.gathered.sources[number], np.sort(rows[sources == number])
            finding = issue.at(table, source.path, source.sheet, source.header.letters.get(issue.field, ""))
            whole = len(here) >= WHOLE_FROM and np.array_equal(here, self._filled(issue.field, number))
            yield replace(finding, rows=tuple(self.gathered.row[here].tolist()), whole=whole)

    def _filled(self, name: str, source: int) -> Codes:
        """The rows of a source that have a value in a field; none for no field."""
        filled = self.filled.get(name)
        return np.zeros(0, np.int64) if filled is None else np.flatnonzero(filled & (self.gathered.source == source))


STRUCK_OUT = Issue(PASSED, STRUCK, "is struck out on the record (judgements/corrections.toml)", "Nothing")


def issues_of_files(
    gathered: Gathered,
    corrected: Collection[tuple[str, int]] = (),
    struck: Sequence[int] = (),
    out: Mapping[Issue, Codes] | None = None,
) -> TableIssues:
    """The TableIssues of a table as gathered: what was already seen in its files.

    corrected: (field, row) of cells that were corrected on the record; issues of these are gone. struck: rows that were
    struck out. out: rows that are not read for another reason, by its issue.
    """
    issues = TableIssues(gathered, np.zeros(len(gathered), bool))
    issues.add(STRUCK_OUT, struck)
    for issue, positions in (out or {}).items():
        issues.add(issue, positions)
    issues.struck = np.concatenate([np.asarray(struck, np.int64), *(out or {}).values()])
    for source, issue, numbers in gathered.issues:
        rows = gathered.places(source, numbers)
        rows = rows[~np.isin(rows, [row for name, row in corrected if name == issue.field])] if len(rows) else rows
        if len(rows):
            issues.add(issue, rows)
        elif not len(numbers):
            gathered.findings.append(issue.at(gathered.table.name, source.path, source.sheet))
    return issues
