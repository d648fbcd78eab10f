"""A project as it is read now, and every value that is asked of it: one calculation, one gate.

folder ─▶ project, records, ledger ─▶ many windows at once ─▶ disclosure.protect ─▶ Protected
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import pandas as pd

from ctanalysis import indicators, quality, records
from ctanalysis.disclosure import Protected, ledger, protect
from ctanalysis.disclosure.printed_bounds import bounded
from ctanalysis.disclosure.standing import standing
from ctanalysis.disclosure.waiting import Standing
from ctanalysis.evaluation import Evaluation, evaluated
from ctanalysis.indicators import Window
from ctanalysis.indicators.horizons import year_ends
from ctanalysis.periods import Period
from ctanalysis.project import Project, load
from ctanalysis.project.folder import output_folder
from ctanalysis.project.sheets import Sheet

# folders of what is made from a project, and of what is asked of it
MADE = ("reports", "releases", "internal", "templates", "notebooks")
Signature = tuple[tuple[str, str], ...]


def signature(folder: Path) -> Signature:
    """What differs where a project's file does, or its ledger: the path of each, and a hash of what is in it."""
    files = [path for path in folder.rglob("*") if path.is_file() and not {*path.relative_to(folder).parts} & {*MADE}]
    files += [path for path in [output_folder(folder, "releases") / ledger.LEDGER] if path.is_file()]
    return tuple((str(path), blake2b(path.read_bytes()).hexdigest()) for path in sorted(files))


@dataclass(frozen=True, repr=False)
class Told:
    """What may be told. lacks: by indicator, first and last day, what is missing of the records behind it."""

    values: Protected
    lacks: Mapping[tuple[str, str, str], str]


@dataclass(frozen=True, repr=False)
class Reading:
    """A project with its records as they were read, and what was released. The answers of it are kept."""

    whole: Project
    rows: records.Records
    released: ledger.Ledger
    kept: dict[tuple[Window, ...], Told] = field(default_factory=dict)
    evaluations: dict[str, Evaluation] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> "Reading":
        """That of a folder. Refused: records or sheets at fault."""
        project = load(folder)
        return cls(project, records.read(project), ledger.read(project))

    @cached_property
    def project(self) -> Project:
        """The project as a report to its last complete day has it, without retired indicators."""
        return self.whole.reporting(self.whole.calendar.life().end)

    @cached_property
    def printed(self) -> Sequence[pd.DataFrame]:
        """The cells that were published."""
        return ledger.printed(self.project, self.released)

    @cached_property
    def standing(self) -> Standing:
        """Who stands in each breakdown that waits, at each node to the last complete day; it is never shown."""
        project = self.project
        return standing(project, self.rows, year_ends(project, project.calendar.life()), self.released)

    def told(self, windows: Sequence[Window]) -> Told:
        """What may be told of all indicators in windows, with all their breakdowns: calculated once, and kept."""
        key = tuple(dict.fromkeys(windows))
        if key not in self.kept:
            self.kept[key] = self.of_sheets(self.project, key)
        return self.kept[key]

    def of_sheets(self, project: Project, windows: Sequence[Window], sheets: Sequence[Sheet] | None = None) -> Told:
        """The same of some sheets, or of all, of a project that may have others beside its own; not kept."""
        return self.telling(project, indicators.with_people(project, self.rows, windows, sheets))

    def telling(self, project: Project, exact: pd.DataFrame) -> Told:
        """Exact values through the only gate, as an evaluation's go, with the numbers for which they stand."""
        values = bounded(protect(exact, project, self.standing, self.printed), project)
        return Told(values, quality.lacks(project, self.rows, values))

    def evaluation(self, period: Period) -> Evaluation:
        """The evaluation of a period, kept."""
        if period.label not in self.evaluations:
            self.evaluations[period.label] = evaluated(self.whole, self.rows, period, self.released)
        return self.evaluations[period.label]

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """What a report of the last complete quarter says of the quality of data."""
        return quality.of_report(self.project, self.rows, self.project.calendar.latest())
