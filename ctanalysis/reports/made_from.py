"""What the reports of a project are made from: the project, its records, what was published, and all inputs' hashes."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ctanalysis import records
from ctanalysis.disclosure import ledger
from ctanalysis.disclosure.ledger import Ledger
from ctanalysis.evaluation import Evaluation, evaluated
from ctanalysis.project import SHIPPED, Project, load, output_folder
from ctanalysis.records import Records
from ctanalysis.reports import notebooks
from ctanalysis.reports.inputs import Inputs, inputs


@dataclass(frozen=True)
class Source:
    """What the reports of a project are made from: the project, its records, read once, and the hashes of all inputs.

    given: the project's folder as it was named; empty for the shipped project. released: what was published of it.
    """

    project: Project
    given: str | Path
    inputs: Inputs
    released: Ledger

    @cached_property
    def records(self) -> Records:
        return records.read(self.project)

    def evaluation(self, label: str) -> Evaluation:
        """The evaluation of a period."""
        return evaluated(self.project, self.records, self.project.calendar.parse(label), self.released)

    def until(self, head: str) -> "Source | None":
        """The same as of the time when this was the ledger's head; None where it never was."""
        then = self.released.until(head)
        if then is None:
            return None
        kinds = self.inputs.kinds | {"ledger": {"head": head} if head else {}}
        earlier = replace(self, released=then, inputs=Inputs(kinds))
        vars(earlier)["records"] = self.records  # which need not be read again
        return earlier

    def folder(self, label: str) -> Path:
        """Where the report of a period stands."""
        return self.reports / label

    @property
    def reports(self) -> Path:
        """Where the reports stand: beside the library, or in the folder of another project."""
        return output_folder(self.project.folder, "reports")


def source(project: str | Path = "") -> Source:
    """The Source of a project. Refused: what load() refuses, a ledger that was changed."""
    folder = load(project or SHIPPED)
    released = ledger.read(folder)
    hashed = inputs(folder, notebooks.chosen(folder), released.head)
    loaded = load(project or SHIPPED)  # again: what is read before its hash is taken might be what stood there before
    return Source(loaded, project, hashed, released)
