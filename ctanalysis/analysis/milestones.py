"""Milestones: whether something has come about by the end of a period, as somebody decided, with the evidence.

They are judgements and no numbers: told as they are, and never added, averaged or held against a per cent.
"""

from dataclasses import dataclass
from datetime import date

from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.judgements import ReachedMilestone
from ctanalysis.project.sheets import MilestoneSheet


@dataclass(frozen=True)
class Milestone:
    """A milestone at the end of a period. reached: None where it was not by then; due: the day of its target."""

    sheet: MilestoneSheet
    reached: ReachedMilestone | None
    due: date | None
    end: date

    @property
    def state(self) -> str:
        """ "reached", "not yet reached", or "overdue": not reached by the day on which it was due."""
        if self.reached:
            return "reached"
        return "overdue" if self.due and self.due <= self.end else "not yet reached"

    @property
    def late(self) -> bool:
        """Whether it was reached after the day on which it was due."""
        return bool(self.reached and self.due and self.reached.reached > self.due)


def milestones(project: Project, period: Period) -> tuple[Milestone, ...]:
    """The milestones of a project at the end of a period, in the order of their sheets.

    What was reached later is not reached yet: a report for an old period, made today, is the report of that period.
    """
    by_code = {one.indicator: one for one in project.reached if one.reached <= period.end}
    return tuple(
        Milestone(sheet, by_code.get(sheet.code), _due(project, sheet, period.end), period.end)
        for sheet in project.milestones
    )


def _due(project: Project, sheet: MilestoneSheet, day: date) -> date | None:
    """The last day of the period of the target that is in force on a day."""
    targets = [t for t in project.targets if t.indicator == sheet.code and (t.valid_from or date.min) <= day]
    latest = max(targets, key=lambda target: target.valid_from or date.min, default=None)
    if latest is None:
        return None
    of = project.calendar.named(latest.period)
    return project.facts.end if of.kind == "project" else min(of.end, project.facts.end)
