"""What one file of a project folder names, another must have: tables, fields, categories, indicators, periods."""

from collections.abc import Iterator, Sequence

from ctanalysis.base.errors import Refused
from ctanalysis.project import words
from ctanalysis.project.agreement import (
    asked,
    breakdowns,
    figures,
    judgements,
    milestones,
    population,
    rules,
    said,
    sheets,
    tables,
)
from ctanalysis.project.project import Project
from ctanalysis.project.sheets import Printed


def check(project: Project, files: Sequence[tuple[Printed, str]]) -> None:
    """Refused with every disagreement, a sentence to each. files: every sheet with the name of its file, in order.

    Sheets are looked at only when the tables that they name agree among themselves, and what is about sheets and tables
    only when each sheet has its table.
    """
    faults = [*tables.faults(project), *population.faults(project)] or [*_of_sheets(project, files)]
    if faults:
        raise Refused("\n".join(f"{project.folder}/{fault}" for fault in faults))


def _of_sheets(project: Project, files: Sequence[tuple[Printed, str]]) -> Iterator[str]:
    yield from sheets.faults(project, files)
    yield from figures.faults(project)
    yield from milestones.faults(project)
    yield from said.faults(project)
    if {sheet.calculation.table for sheet in project.sheets} <= {*project.package.tables}:
        yield from asked.faults(project)
        yield from breakdowns.faults(project)
        yield from rules.faults(project)
        yield from judgements.faults(project)
        yield from words.faults(project)
