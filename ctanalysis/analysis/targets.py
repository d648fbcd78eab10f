"""The target that is in force."""

from datetime import date

from ctanalysis.project import Project
from ctanalysis.project.csv_files import Target
from ctanalysis.project.sheets import Sheet


def target_for(project: Project, sheet: Sheet, label: str, day: date) -> Target | None:
    """The target of an indicator for a period, as in force on a day; None if there is none."""
    targets = [
        t
        for t in project.targets
        if (t.indicator, t.period) == (sheet.code, label) and (t.valid_from or date.min) <= day
    ]
    return max(targets, key=lambda target: target.valid_from or date.min, default=None)
