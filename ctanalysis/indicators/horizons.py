"""The windows of days that a report has values of, each under its horizon."""

from datetime import date

from ctanalysis.indicators.windows import Window
from ctanalysis.periods import Period
from ctanalysis.project import Project

QUARTER = "quarter"  # the horizon of history
YEAR = "fiscal year"  # and of its years


def windows(project: Project, period: Period) -> list[Window]:
    """The windows of days of an evaluation, each under its horizon."""
    calendar, start, end = project.calendar, project.facts.start, period.end
    spans = [
        _within(project, "period", period),
        Window("fiscal year to date", max(calendar.year_start(end), start), end),
        Window("project to date", start, end),
    ]
    others = {"previous period": calendar.previous(period), "same period last year": calendar.same_last_year(period)}
    spans += [_within(project, horizon, other) for horizon, other in others.items() if other]
    year = calendar.last_year_end(end)
    if year:
        spans += [_within(project, "last fiscal year", year), Window("project to last year end", start, year.end)]
    published = sorted({figure.as_of for figure in project.published if figure.as_of <= end})
    return spans + [Window("as published", start, day) for day in published]


def year_ends(project: Project, period: Period) -> list[date]:
    """The last day of every complete fiscal year, and of the project, up to the period's last day."""
    ends = {min(year.end, project.facts.end) for year in project.calendar.completed("year")} | {project.facts.end}
    return sorted(day for day in ends if day <= period.end)


def quarters(project: Project, period: Period) -> list[Window]:
    """Every complete quarter from the project's first to the period's last day."""
    return [_within(project, QUARTER, q) for q in project.calendar.completed("quarter") if q.end <= period.end]


def years(project: Project, period: Period) -> list[Window]:
    """Every complete fiscal year, or what of it is in the project, up to the period's last day."""
    return [_within(project, YEAR, year) for year in project.calendar.completed("year") if year.end <= period.end]


def _within(project: Project, horizon: str, period: Period) -> Window:
    """The window of a period; of one that began before the project, the project's days only."""
    start = period.start if period.end < project.facts.start else max(period.start, project.facts.start)
    return Window(horizon, start, period.end)
