"""The projects of a page: each with its own period of the same days and its evaluation, or why it has none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure import ledger
from ctanalysis.evaluation import Evaluation, evaluate
from ctanalysis.periods import Calendar, Kind, Period, in_capitals
from ctanalysis.project import Project, load
from ctanalysis.project.facts import Facts

KINDS: tuple[Kind, ...] = ("quarter", "half", "year")
FEWEST = 2  # projects of a page
OTHER_CALENDAR, BEFORE, AFTER, INCOMPLETE = "calendar", "before", "after", "incomplete"  # why nothing is laid beside

REFUSED = {  # the same for the screen
    OTHER_CALENDAR: "its calendar has no such days (first_month = {facts.fiscal_year.first_month} in project.toml)",
    BEFORE: "it begins on {facts.start}",
    AFTER: "it ended on {facts.end}",
    INCOMPLETE: "its records are complete only through {facts.records_through} (records_through in project.toml)",
}


@dataclass(frozen=True, eq=False)
class Member:
    """A project of the page. period: its own, of the page's days; evaluation: of that; None where lacking says why.

    lacking: "calendar" (no period of its calendar has these days), "before" (they end before it began), "after",
    "incomplete" (its records are not complete up to their end); else empty.
    """

    project: Project
    period: Period | None
    evaluation: Evaluation | None
    lacking: str = ""

    @property
    def facts(self) -> Facts:
        return self.project.facts

    @property
    def last_release(self) -> tuple[str, int, str] | None:
        """The last release of the period: its name, revision and day; None where it was not released."""
        if self.evaluation is None:
            return None
        own = [one for one in self.evaluation.released.releases if one[0] == self.evaluation.period.label]
        return own[-1] if own else None

    @property
    def released_on(self) -> date | None:
        """The day of that release."""
        return date.fromisoformat(self.last_release[2]) if self.last_release else None

    @property
    def as_released(self) -> bool:
        """Whether no value is otherwise than in the last release of the period."""
        if self.evaluation is None or self.last_release is None:
            return False
        name, revision, _ = self.last_release
        cells: Any = self.evaluation.released.cells
        own = cells[(cells["release"] == name) & (cells["revision"] == revision)]
        return not len(ledger.changed(own, self.evaluation.printed))


@dataclass(frozen=True)
class Days:
    """The days of a page. label: as they were named; by: the month in which the fiscal year begins that is meant."""

    label: str
    kind: Kind
    start: date
    end: date
    by: int


def loaded(folders: Sequence[Path]) -> list[Project]:
    """The projects in the folders. Refused: what one of them is refused for, with its name."""
    return [_named(folder, load, folder) for folder in folders]


def members(projects: Sequence[Project], label: str) -> tuple[Days, tuple[Member, ...]]:
    """Projects, all evaluated for the same days. label: of a quarter, half or fiscal year.

    The days are those that the label has in most of the projects' calendars, where as many have others, in that of the
    first. Refused: no such label, and whatever one project is refused for, with its name.
    """
    days = _days([project.calendar for project in projects], label)
    found = tuple(_member(project, days) for project in projects)
    _check_there_are_two(found, days)
    return days, found


def _check_there_are_two(found: Sequence[Member], days: Days) -> None:
    """Refused: fewer than two projects can be evaluated for these days; with why not."""
    if sum(not member.lacking for member in found) < FEWEST:
        lacking = [
            f"  {member.project.folder}: {REFUSED[member.lacking].format(facts=member.facts)}"
            for member in found
            if member.lacking
        ]
        raise Refused(
            f"{days.label} is {days.start} to {days.end}, and fewer than two of these projects can be told of it:\n"
            + "\n".join(lacking)
        )


def _days(calendars: Sequence[Calendar], label: str) -> Days:
    if not label:
        raise Refused("No period is named: make region PROJECTS='projects/*' PERIOD=FY2015Q1.")
    wide = [replace(one, start=date.min, end=date.max, records_through=date.max) for one in calendars]
    meant = [(one.named(in_capitals(label)), one.first_month) for one in wide]
    [(most, _)] = Counter(meant).most_common(1)
    period, month = most
    if period.kind not in KINDS:
        raise Refused(f"{label}: side by side are quarters, halves or fiscal years. To date is on each page of them.")
    return Days(period.label, period.kind, period.start, period.end, month)


def _member(project: Project, days: Days) -> Member:
    calendar, facts = project.calendar, project.facts
    own = calendar.containing(days.end, days.kind)
    lacking = (
        OTHER_CALENDAR
        if (own.start, own.end) != (days.start, days.end)
        else BEFORE
        if own.end < facts.start
        else AFTER
        if own.start > facts.end
        else INCOMPLETE
        if min(own.end, facts.end) > facts.records_through
        else ""
    )
    if lacking:
        return Member(project, None, None, lacking)
    return Member(project, own, _named(project.folder, evaluate, own.label, project.folder))


def _named(folder: Path, what: Any, *arguments: Any) -> Any:
    """What a function gives of a project. Refused: what it refuses, with the project's folder before it."""
    try:
        return what(*arguments)
    except Refused as refusal:
        raise Refused(f"No page was made, because of the project in {folder}:\n{refusal}") from None
