"""The quarter that is not over: nothing of it is due yet, and of its months only what came can be told.

Of a month rows say that something came; that there is none may mean that nothing happened, or that nothing was sent.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date

from ctanalysis.periods import Period
from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project


def not_due(project: Project, day: date) -> Period | None:
    """The quarter to which a day belongs, where it is not complete; else None."""
    quarter = project.calendar.containing(day, "quarter")
    return quarter if is_open(project, quarter) else None


def is_open(project: Project, period: Period) -> bool:
    """Whether the records of a period are not complete, so that nothing of it is due."""
    return min(period.end, project.facts.end) > project.facts.records_through


def due_with(project: Project, table: Table, day: date) -> Period:
    """The period of a day with whose end the records of a table are due: its quarter, or its half or year."""
    return project.calendar.containing(day, "quarter" if table.due == "never" else table.due)


def empty_months(project: Project, table: Table, is_dated: Callable[[Period], bool]) -> Iterator[Period]:
    """The complete months of the quarter that is not complete of which no row of a table that can be used came.

    is_dated: whether such a row is dated in a period. Of a table that is due by halves or years, a row of any month of
    these is enough. None of a class that is audited: of its months nothing is told, nor that they are empty.
    """
    if project.policy.rules[table.disclosure].audited:
        return
    for month in project.calendar.completed("month"):
        due = month if table.due in ("quarter", "never") else due_with(project, table, month.end)
        if not_due(project, min(month.end, project.facts.end)) and not is_dated(due):
            yield month


def are_empty(project: Project, months: Collection[Period], start: date, end: date) -> bool:
    """Whether the days from start to end are all of these months, the empty ones."""
    if not months:
        return False
    all_months = project.calendar.completed("month")
    return end <= all_months[-1].end and all(m in months for m in all_months if m.start <= end and m.end >= start)
