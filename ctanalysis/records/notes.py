"""What is noted of a table's rows while it is checked, and how notes become findings: by file, sheet, column and rule."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.files import Gathered
from ctanalysis.records.found import HELD_BACK, LOOK, REPAIRED, Finding

WHOLE_FROM = 5  # rows: of fewer, every one is named


@dataclass
class Notes:
    """A Gathered table with the rows that are held back so far, and what was noted of which rows.

    rows are positions in the table. filled: by field, which rows have a value in it. shaped: which
    rows are records of the right shape, whose cells are checked.
    """

    gathered: Gathered
    held: Mask
    entries: list[tuple[str, str, str, Codes, str, str]] = field(default_factory=list)
    filled: dict[str, Mask] = field(default_factory=dict)
    shaped: Mask = field(default_factory=lambda: np.zeros(0, bool))

    def add(self, severity: str, rule: str, name: str, rows: Mask | Codes | Sequence[int], says: str, do: str) -> None:
        """Notes a rule about rows (a mask, or positions); rows that it holds back are held from now on."""
        rows = np.flatnonzero(rows) if getattr(rows, "dtype", None) == bool else np.asarray(rows, np.int64)
        if len(rows):
            self.entries.append((severity, rule, name, rows, says, do))
            if severity == HELD_BACK:
                self.held[rows] = True

    def findings(self) -> list[Finding]:
        """The Findings of the table, whole files first."""
        return [
            *self.gathered.findings,
            *sorted(finding for entry in self.entries for finding in self._by_source(*entry)),
        ]

    def flags(self) -> dict[str, Mask]:
        """By rule, which of the used rows something was noted of."""
        flags: dict[str, Mask] = {}
        for severity, rule, _, rows, _, _ in self.entries:
            if severity in (REPAIRED, LOOK):
                flags.setdefault(rule, np.zeros(len(self.held), bool))[rows] = True
        return {rule: rows[~self.held] for rule, rows in flags.items()}

    def under(self, rule: str) -> Mask:
        """Which rows something was noted of under the rule."""
        found = np.zeros(len(self.held), bool)
        for rows in (rows for _, other, _, rows, _, _ in self.entries if other == rule):
            found[rows] = True
        return found

    def _by_source(self, severity: str, rule: str, name: str, rows: Codes, says: str, do: str) -> Iterator[Finding]:
        of = self.gathered.source[rows]
        for number in np.unique(of):
            source, here = self.gathered.sources[number], rows[of == number]
            whole = (
                len(here) >= WHOLE_FROM
                and name in self.filled
                and np.array_equal(np.sort(here), np.flatnonzero(self.filled[name] & (self.gathered.source == number)))
            )
            shown = tuple(self.gathered.row[np.sort(here)].tolist())
            column = source.header.letters.get(name, "")
            yield Finding(
                self.gathered.table.name,
                source.path,
                source.sheet,
                column,
                name,
                rule,
                severity,
                says,
                do,
                shown,
                bool(whole),
            )


def begun(gathered: Gathered, corrected: Collection[tuple[str, int]] = ()) -> Notes:
    """The Notes of a table as gathered: with what its files' shapes have already told.

    corrected: (field, row) of cells that were corrected on the record; of them nothing is told.
    """
    notes = Notes(gathered, np.zeros(len(gathered), bool))
    for source, severity, rule, name, rows, says, do in gathered.notes:
        here = gathered.places(source, rows)
        here = here[~np.isin(here, [row for field, row in corrected if field == name])] if len(here) else here
        if len(here):
            notes.add(severity, rule, name, here, says, do)
        elif not len(rows):
            gathered.findings.append(
                Finding(gathered.table.name, source.path, source.sheet, "", name, rule, severity, says, do)
            )
    return notes
