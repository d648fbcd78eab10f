"""What reading gives: by table the frame of the rows that are used, and everything that was not as it should be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from ctanalysis.records.arrays import Mask
from ctanalysis.records.deliveries import Came
from ctanalysis.records.findings import Finding
from ctanalysis.records.missing import Missing


@dataclass(frozen=True, repr=False)
class Records(Mapping[str, pd.DataFrame]):
    """The records of a project: by table, the typed frame of its used rows (see reading.survey).

    findings: in the order of tables, files, sheets and columns. tally: a row for each file and
    sheet: table, path, sheet, read, held_back, passed_over, used. places: by table, a row for each row read:
    path, sheet, row, held (or passed over). flags: by table and rule, which of the used rows a finding names.
    held: by table, a frame of the rows that are held back, in their order, as far as they can be
    read. In it, a foreign key is the text that stands in the file, and rows without consent are
    empty. missing: by table that is due, the quarters of which records did not come (see deliveries).
    judged: by table, which of the used rows a correction names. came: by table, what Came of it, file by file. No
    frame has identifying fields.
    """

    frames: dict[str, pd.DataFrame]
    findings: tuple[Finding, ...] = ()
    tally: pd.DataFrame = field(default_factory=pd.DataFrame)
    places: dict[str, pd.DataFrame] = field(default_factory=dict)
    flags: dict[str, dict[str, Mask]] = field(default_factory=dict)
    held: dict[str, pd.DataFrame] = field(default_factory=dict)
    missing: dict[str, tuple[Missing, ...]] = field(default_factory=dict)
    judged: dict[str, Mask] = field(default_factory=dict)
    came: dict[str, Came] = field(default_factory=dict)

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
