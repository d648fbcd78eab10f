"""Whether all that is due of a quarter has come: what each partner has sent before is due from it again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.descriptor import Table
from ctanalysis.records import deliveries
from ctanalysis.records.deliveries import Came, Sent
from ctanalysis.records.missing import overlaps, partners_of
from ctanalysis.records.not_due import due_with

Due = tuple[str, str]  # partner, table


@dataclass(frozen=True)
class Arrived:
    """Of a quarter: the tables that are due, what has come, what is due and has not, and what nobody ever sent.

    unusable: what was sent of it without a row that can be used; it has not come, and is due. What came in part has
    come, and is missing.
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
        return bool(self.come or not self.due) and not self.missing


def arrived(project: Project, quarter: Period, came: Mapping[str, Came]) -> Arrived:
    """What has Arrived of a quarter. What was sent before it was over does not count: its end is not in it.

    A table that is due by halves or years is due in the last quarter of each, with all of it.
    came: by table, what Came of it; files that are not there, or whose rows of it cannot be used, have not come either.
    """
    listed = deliveries.sent(project)
    every = deliveries.due_tables(project, listed)
    tables = [one for one in every if _end(project, due_with(project, one, quarter.end)) <= quarter.end]
    come: set[Due] = set()
    missing: set[Due] = set()
    unusable: set[Due] = set()
    for table in tables:
        whole, part, lost = _of_table(project, table, [one for one in listed if one.table == table.name], quarter, came)
        come |= {(partner, table.name) for partner in whole | part}
        missing |= {(partner, table.name) for partner in part | lost.keys()}
        unusable |= {(partner, table.name) for partner, is_unusable in lost.items() if is_unusable}
    never = [table.name for table in every if table.name not in {one.table for one in listed}]
    is_first = not any(one.period.start < quarter.start for one in listed)
    return Arrived(quarter, [one.name for one in tables], sorted(come), sorted(missing), unusable, never, is_first)


def _of_table(
    project: Project, table: Table, listed: list[Sent], quarter: Period, came: Mapping[str, Came]
) -> tuple[set[str], set[str], dict[str, bool]]:
    """Partners of whom all came with which a table is due, of whom a part, and of whom nothing (whether rows did)."""
    unit = due_with(project, table, quarter.end)
    found = [partners_of(table, listed, came[table.name], one, unit) for one in _quarters(project, unit, quarter)]
    of_unit = {one.partner for one in listed if overlaps(one.period, unit.start, unit.end)}
    before = {one.partner for one in listed if one.period.start < unit.start}
    due = of_unit | {partner for partner in before if project.quality.expects(partner, quarter.start)}
    whole = {partner for partner in due if all(partner in one.whole for one in found)}
    come = {partner for partner in due if any(partner in one.come for one in found)}
    lost = {partner: any(partner in one.unusable for one in found) for partner in due - come}
    return whole, come - whole, lost


def _quarters(project: Project, unit: Period, last: Period) -> Iterator[Period]:
    """The quarters of a half or a year up to its last in the project, from that back to the project's first."""
    quarter: Period | None = last
    while quarter and quarter.start >= unit.start and quarter.end >= project.facts.start:
        yield quarter
        quarter = project.calendar.previous(quarter)


def _end(project: Project, period: Period) -> date:
    return min(period.end, project.facts.end)


def quarters_to(project: Project, period: Period) -> list[Period]:
    """The quarters that become complete when the records are complete through a period's end."""
    calendar, through = project.calendar, project.facts.records_through
    quarter = calendar.containing(min(period.end, project.facts.end), "quarter")
    quarters = [quarter]
    while (earlier := calendar.previous(quarters[0])) and earlier.end > through and earlier.end >= project.facts.start:
        quarters.insert(0, earlier)
    return quarters
