"""What one file of a project folder names, another must have: tables, fields, categories, indicators, periods."""

from collections.abc import Sequence

from ctanalysis.base.errors import Refused
from ctanalysis.project.agreement import breakdowns, figures, judgements, milestones, rules, sheets, tables
from ctanalysis.project.project import Project
from ctanalysis.project.sheets import Printed


def check(project: Project, files: Sequence[tuple[Printed, str]]) -> None:
    """Refused with every disagreement, a sentence to each. files: every sheet with the name of its file, in order.

    Sheets are looked at only when the tables that they name agree among themselves.
    """
    faults = [*tables.faults(project)] or [
        *sheets.faults(project, files),
        *figures.faults(project),
        *milestones.faults(project),
        *breakdowns.faults(project),
        *rules.faults(project),
        *judgements.faults(project),
    ]
    if faults:
        raise Refused("\n".join(f"{project.folder}/{fault}" for fault in faults))
