"""The two tables of indicator performance tracking: this year, and the life of the project."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from ctanalysis.analysis.milestones import Milestone
from ctanalysis.analysis.pace import PROJECT, Pace, paces
from ctanalysis.analysis.tracking import TO_DATE, YEAR_TO_DATE
from ctanalysis.disclosure.protected import UNTOLD
from ctanalysis.evaluation import Evaluation
from ctanalysis.periods import Period
from ctanalysis.tables.lines import Line
from ctanalysis.tables.numbers import EMPTY, number
from ctanalysis.tables.table import Table


def this_year(evaluation: Evaluation, lines: Sequence[Line], reached: Sequence[Milestone]) -> Table:
    """The fiscal year: its quarters so far, to date, target, what was expected by now, deviation and explanation.

    In its first quarter the year to date is that quarter, and stands once.
    """
    year = evaluation.project.calendar.containing(evaluation.period.end, "year")
    quarters, period = _quarters(evaluation, year), _own(evaluation, lines)
    first = evaluation.period.kind == "quarter" and [quarter.start for quarter in quarters] == [year.start]
    rows = [_of_year(line, quarters, period) for line in lines]
    rows += [_milestone_of_year(evaluation, one, quarters, period, year) for one in reached]
    told = [*(quarter.label for quarter in quarters), *period, f"{year.label} to date"]
    if first:
        rows = [_once(row, 2, 3 + len(period)) for row in rows]
        told = [quarters[0].label, *period]
    against = [f"Target {year.label}", "% of target", "Expected by now", "Deviation", "Explanation"]
    spanners = (("", 1), (f"Fiscal year {year.year}", len(told)), ("Against the year's target", len(against)))
    header = ("Indicator", "Unit", *told, *against)
    caption = f"Indicator performance tracking: {year.label}"
    return Table(caption, header, tuple(rows), spanners=spanners, groups=_areas(evaluation, lines, reached))


def _once(row: tuple[str, ...], quarter: int, to_date: int) -> tuple[str, ...]:
    """A row without its year to date, which stands for a quarter that is not told: it says when it will be."""
    told = row[to_date] if row[quarter] == UNTOLD else row[quarter]
    return (*row[:quarter], told, *row[quarter + 1 : to_date], *row[to_date + 1 :])


def _areas(evaluation: Evaluation, lines: Sequence[Line], reached: Sequence[Milestone]) -> tuple[tuple[str, int], ...]:
    """The areas of the rows, with how many rows each has; none where all are of one."""
    names = {area.code: area.name for area in evaluation.project.facts.areas}
    found = [(names[code], len([*of])) for code, of in groupby(line.sheet.area for line in lines)]
    found += [("Milestones", len(reached))] if reached else []
    return tuple(found) if len(found) > 1 else ()


def life(evaluation: Evaluation, lines: Sequence[Line], reached: Sequence[Milestone]) -> Table:
    """The life of the project: baseline, to date, target, expected by now, and where it will stand at its end."""
    before, against = (
        ["Direction", "Longer periods"],
        ["Baseline", "Project to date", "Target, life of project", "% of target"],
    )
    against += ["Expected by now", "Deviation"]
    ahead = ["Projected (80%)", "Verdict"]
    found = {pace.sheet.code: pace for pace in paces(evaluation.known) if pace.horizon == PROJECT}
    rows = [_of_life(line, found.get(line.sheet.code)) for line in lines]
    rows += [_milestone_of_life(one) for one in reached]
    spanners = (("Indicator is meant to", 2), ("Life of project", len(against)), ("At its end", 2))
    header = ("Indicator", *before, *against, *ahead)
    caption = "Indicator performance tracking: life of the project"
    return Table(caption, header, tuple(rows), spanners=spanners, groups=_areas(evaluation, lines, reached))


def _quarters(evaluation: Evaluation, year: Period) -> list[Period]:
    """The quarters of the year that are complete, of those that the project has."""
    completed = evaluation.project.calendar.completed("quarter")
    return [quarter for quarter in completed if quarter.year == year.year and quarter.end <= evaluation.period.end]


def _own(evaluation: Evaluation, lines: Sequence[Line]) -> list[str]:
    """The headers of the period's own value, where no other has it, and of its target, where one has one."""
    period = evaluation.period
    if period.kind in ("year", "project"):
        return [period.label] if period.kind == "project" else []
    own = [] if period.kind == "quarter" else [period.label]
    has_target = any(line.rows["period"]["target_by"] for line in lines)
    return own + ([f"Target {period}", f"% of target {period}"] if has_target else [])


def _of_year(line: Line, quarters: Sequence[Period], period: Sequence[str]) -> tuple[str, ...]:
    values = {value.end: value for value in line.evaluation.known.series.get(line.sheet.code, ())}
    told = [line.quarter(values[one.end]) if one.end in values else EMPTY for one in quarters]
    by_header = (line.aim("period"), line.attained("period"))
    own = [line.actual("period") if one == line.evaluation.period.label else "" for one in period]
    targets = iter(by_header)
    own = [cell or next(targets) for cell in own]
    to_date = (line.actual(YEAR_TO_DATE), line.aim(YEAR_TO_DATE), line.attained(YEAR_TO_DATE))
    expected = (line.expected(YEAR_TO_DATE), line.deviation(YEAR_TO_DATE), line.explanation)
    return (line.title, line.sheet.unit, *told, *own, *to_date, *expected)


def _of_life(line: Line, pace: Pace | None) -> tuple[str, ...]:
    facts = (line.title, line.direction, line.adds, line.baseline)
    to_date = (line.actual(TO_DATE), line.aim(TO_DATE), line.attained(TO_DATE))
    return (*facts, *to_date, line.expected(TO_DATE), line.deviation(TO_DATE), *_projected(line, pace))


def _projected(line: Line, pace: Pace | None) -> tuple[str, str]:
    if pace is None:
        return EMPTY, EMPTY
    told = EMPTY
    if pace.lower is not None and pace.upper is not None:
        ends = (number(line.evaluation, line.sheet, end, "exact") for end in (pace.lower, pace.upper))
        told = "–".join(ends)
    return told, pace.verdict


def _milestone_of_year(
    evaluation: Evaluation, one: Milestone, quarters: Sequence[Period], period: Sequence[str], year: Period
) -> tuple[str, ...]:
    """A milestone in the table of numbers: when it was reached and due, and no number."""

    def within(start: date, end: date) -> str:
        return "reached" if one.reached and start <= one.reached.reached <= end else EMPTY

    def target(start: date, end: date) -> tuple[str, str]:
        is_due = one.due is not None and start <= one.due <= end
        return (f"by {one.due}", "late" if one.late else one.state) if is_due else ("no target", EMPTY)

    own = iter((*target(evaluation.period.start, evaluation.period.end),))
    cells = [
        within(evaluation.period.start, one.end) if name == evaluation.period.label else next(own) for name in period
    ]
    told = [within(quarter.start, quarter.end) for quarter in quarters]
    to_date = (within(year.start, one.end), *target(year.start, year.end))
    return (f"{one.sheet.code} {one.sheet.name}", "milestone", *told, *cells, *to_date, EMPTY, EMPTY, EMPTY)


def _milestone_of_life(one: Milestone) -> tuple[str, ...]:
    to_date = f"reached on {one.reached.reached}" if one.reached else one.state
    target = (f"by {one.due}", "late" if one.late else one.state) if one.due else ("no target", EMPTY)
    title = f"{one.sheet.code} {one.sheet.name}"
    return (title, EMPTY, "milestone", EMPTY, to_date, *target, EMPTY, EMPTY, EMPTY, EMPTY)
