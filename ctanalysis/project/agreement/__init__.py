"""What one file of a project folder names, another must have: tables, fields, categories, indicators, periods."""

from collections.abc import Sequence

from ctanalysis.base.errors import Refused
from ctanalysis.project.agreement import breakdowns, figures, judgements, rules, sheets, tables
from ctanalysis.project.project import Project


def check(project: Project, files: Sequence[str]) -> None:
    """Refused with every disagreement, a sentence to each. files: the names of the sheets' files, in their order.

    Sheets are looked at only when the tables that they name agree among themselves.
    """
    faults = [*tables.faults(project)] or [
        *sheets.faults(project, files),
        *figures.faults(project),
        *breakdowns.faults(project),
        *rules.faults(project),
        *judgements.faults(project),
    ]
    if faults:
        raise Refused("\n".join(f"{project.folder}/{fault}" for fault in faults))
