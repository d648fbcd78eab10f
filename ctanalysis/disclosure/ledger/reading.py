"""The ledger as a whole, checked from its first line."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure.ledger.folders import check_folders, folder_of, folders
from ctanalysis.disclosure.ledger.lines import Release, framed, heads_of, read_bytes, read_lines
from ctanalysis.disclosure.ledger.pending import LEDGER, alone, check_head, is_pending, settle, workshop
from ctanalysis.disclosure.ledger.relabelled import relabelled
from ctanalysis.project import Project


@dataclass(frozen=True)
class Ledger:
    """What was released of a project.

    releases: (name, revision, date) in their order. cells: the ledger's lines as a frame with COLUMNS,
    value, numerator and denominator float64, revision int64. head: the last line's hash.
    """

    releases: tuple[Release, ...]
    cells: pd.DataFrame
    head: str

    def frames(self) -> list[pd.DataFrame]:
        """The cells of each release, in their order."""
        cells = dict(iter(self.cells.groupby(["release", "revision"], sort=False)))
        return [cells[name, revision] for name, revision, _ in self.releases]

    def until(self, head: str) -> "Ledger | None":
        """The ledger as it was when this was its head, empty before the first release; None where it never was."""
        if not head:
            return Ledger((), self.cells.iloc[:0], "")
        ends = (self.cells["chain"] == head).to_numpy().nonzero()[0]
        if not len(ends):
            return None
        cells = self.cells.iloc[: int(ends[0]) + 1]
        there = set(zip(cells["release"], cells["revision"], strict=True))
        return Ledger(tuple(one for one in self.releases if one[:2] in there), cells, head)

    def revisions(self, name: str) -> int:
        """How many times a period was released."""
        return sum(release == name for release, _, _ in self.releases)


def read(project: Project) -> Ledger:
    """The Ledger of a project, checked from its first line. Refused: it, or a released folder, was changed.

    What is refused is looked at once more when nobody is publishing: a release that was interrupted then stands whole.
    """
    if not is_pending(project):
        try:
            return _read(project)
        except Refused:
            if not workshop(project).is_dir():
                raise
    with alone(project):
        settle(project)
        return _read(project)


def _read(project: Project) -> Ledger:
    folder = folder_of(project)
    path = folder / LEDGER
    if not path.exists() and not folders(folder):
        check_head(project, ())
        return Ledger((), framed([]), "")
    found, heads = parsed(read_bytes(path), path, project)
    check_folders(folder, heads, path)
    check_head(project, heads.values())
    return found


def parsed(content: bytes, path: Path, project: Project) -> tuple[Ledger, dict[tuple[str, int], str]]:
    """What a ledger says, and by release and revision the hash of the last line. Refused: a line is not as it was."""
    lines = read_lines(content, path)
    heads = heads_of(lines, path)
    days = {(line["release"], int(line["revision"])): line["date"] for line in lines}
    releases = tuple((*key, days[key]) for key in heads)
    return Ledger(releases, relabelled(framed(lines), project), lines[-1]["chain"] if lines else ""), heads
