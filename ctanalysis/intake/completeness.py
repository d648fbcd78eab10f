"""Whether all that is due of a quarter has come: what each partner has sent before is due from it again."""

from collections.abc import Mapping
from dataclasses import dataclass

from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.records import deliveries

Due = tuple[str, str]  # partner, table


@dataclass(frozen=True)
class Arrived:
    """Of a quarter: the tables that are due, what has come, what is due and has not, and what nobody ever sent.

    unusable: what was sent of it without a row that can be used; it has not come, and is due.
    """

    quarter: Period
    due: list[str]
    come: list[Due]
    missing: list[Due]
    unusable: set[Due]
    never: list[str]
    is_first: bool  # nothing was sent of an earlier quarter, so nothing says what is due

    @property
    def is_complete(self) -> bool:
        """Whether nothing that is due is missing."""
        return bool(self.come) and not self.missing


def arrived(project: Project, quarter: Period, came: Mapping[str, deliveries.Came]) -> Arrived:
    """What has Arrived of a quarter. What was sent before it was over does not count: its end is not in it.

    came: by table, what Came of it; files that are not there, or whose rows of it cannot be used, have not come either.
    """
    listed = deliveries.sent(project)
    sent = [(one.partner, one.table, one.period) for one in listed]
    of_quarter = [one for one in listed if one.period.start <= quarter.end <= one.period.end]
    here = [one for one in of_quarter if came[one.table].has(one)]
    usable = {(one.partner, one.table) for one in here if not came[one.table].is_lost(one.file, quarter)}
    lost = {(one.partner, one.table) for one in here} - usable
    before = {(partner, table) for partner, table, period in sent if period.start < quarter.start}
    tables = [table.name for table in deliveries.due_tables(project, listed)]
    due = {(one.partner, one.table) for one in of_quarter}
    due |= {(partner, table) for partner, table in before if project.quality.expects(partner, quarter.start)}
    ever = {table for _, table, _ in sent}
    never = [table for table in tables if table not in ever]
    return Arrived(quarter, tables, sorted(usable), sorted(due - usable), lost, never, not before)


def quarters_to(project: Project, period: Period) -> list[Period]:
    """The quarters that become complete when the records are complete through a period's end."""
    calendar, through = project.calendar, project.facts.records_through
    quarter = calendar.containing(min(period.end, project.facts.end), "quarter")
    quarters = [quarter]
    while (earlier := calendar.previous(quarters[0])) and earlier.end > through and earlier.end >= project.facts.start:
        quarters.insert(0, earlier)
    return quarters
