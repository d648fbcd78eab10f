"""What it cost: spending against funding, time and the year's budget, and what was spent for each result.

    spending (project.toml, funding) ─▶ Execution: of the funding, of the year's budget, burn rate, what is left
    its lines (project.toml, costs)   ─▶ UnitCost: of what an indicator counts, for the same days

Costs are joint: what one line paid for is not one result's alone. So nothing is ranked by its cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from ctanalysis.analysis.expected import quarters_of
from ctanalysis.analysis.known import Known
from ctanalysis.analysis.values import Value
from ctanalysis.project import Project
from ctanalysis.project.facts import CostOf

RECENT = 4  # quarters, one of each season, whose mean is the burn rate


@dataclass(frozen=True)
class Execution:
    """How the funding was used by the end of a period.

    to_date, year: spending since the project began, and since the fiscal year did. funding: of the project. budget: the
    fiscal year's target of spending; None without one. elapsed, year_elapsed: the share of the days that have gone,
    0 to 1. burn: the mean of the last four quarters, NaN before there are four whose records all came; most: the
    quarter in which most was spent, None before there is one. quarters_left: those of the project after the period,
    of which the last may be cut short; 0 where the period ends within one, as nobody knows what is left of that.
    """

    to_date: Value
    year: Value
    funding: float
    budget: float | None
    elapsed: float
    year_elapsed: float
    burn: float
    most: Value | None
    quarters_left: int

    @property
    def used(self) -> float:
        """The share of the funding that was spent."""
        return self.to_date.value / self.funding

    @property
    def year_used(self) -> float | None:
        """The share of the fiscal year's budget that was spent; None without one."""
        return self.year.value / self.budget if self.budget else None

    @property
    def left(self) -> float:
        """What is left of the funding; below 0 where more was spent."""
        return self.funding - self.to_date.value

    @property
    def needed(self) -> float | None:
        """What each quarter that is left would have to spend to use the funding; None where none is."""
        return self.left / self.quarters_left if self.quarters_left else None

    @property
    def has_burn(self) -> bool:
        """Whether there are four quarters whose mean is a burn rate."""
        return self.burn == self.burn


def execution(known: Known) -> Execution | None:
    """Spending against funding and time; None where the project names no indicator of spending, or it has no number."""
    code = known.project.facts.funding.spending
    to_date, year = (known.total(code, horizon) for horizon in ("project to date", "fiscal year to date"))
    if not to_date or not year or not to_date.shown or not year.shown:
        return None
    quarters = known.series.get(code, ())
    whole = [value for value in quarters if value.shown and not value.lack]
    recent = [value.value for value in quarters[-RECENT:] if value in whole]
    return Execution(
        to_date,
        year,
        float(known.project.facts.funding.amount),
        known.tracked[code, "fiscal year to date"].target,
        *_elapsed(known),
        sum(recent) / RECENT if len(recent) == RECENT else float("nan"),
        max(whole, key=lambda value: value.value, default=None),
        _quarters_left(known),
    )


def _elapsed(known: Known) -> tuple[float, float]:
    """The shares of the project's and of the fiscal year's days that have gone."""
    facts, calendar, end = known.project.facts, known.project.calendar, known.period.end
    year = calendar.containing(end, "year")
    whole = calendar.percent_elapsed(facts.start, facts.end, end)
    return whole / 100, calendar.percent_elapsed(year.start, year.end, end) / 100


def _quarters_left(known: Known) -> int:
    """The quarters of the project that begin after the period; none where it ends within one."""
    calendar, end = known.project.calendar, known.period.end
    if calendar.containing(end, "quarter").end > end:
        return 0
    return len(quarters_of(calendar, end + timedelta(days=1), known.project.facts.end))


@dataclass(frozen=True)
class UnitCost:
    """What was spent under a line for each of what an indicator counts, over the same days."""

    spent: Value
    counted: Value

    @property
    def each(self) -> float:
        """The money for one of them."""
        return self.spent.value / self.counted.value

    @property
    def of_part(self) -> bool:
        """Whether records of either are missing, so that it may be too much or too little."""
        return bool(self.spent.lack or self.counted.lack)


def unit_costs(known: Known) -> tuple[tuple[UnitCost, UnitCost | None], ...]:
    """What project.toml asks for under costs: to date, and of the period where it is told and another one."""
    return tuple(_unit_costs(known))


def _unit_costs(known: Known) -> Iterator[tuple[UnitCost, UnitCost | None]]:
    for cost in known.project.facts.costs:
        to_date, now = (_unit_cost(known, cost, horizon) for horizon in ("project to date", "period"))
        if to_date:
            yield to_date, now if now and now.spent.start != to_date.spent.start else None


def _unit_cost(known: Known, cost: CostOf, horizon: str) -> UnitCost | None:
    spending, counted = known.project.facts.funding.spending, known.total(cost.per, horizon)
    label = line_label(known.project, cost)
    spent = known.categories(spending, *label[:1], horizon).get(label[1])
    if not counted or not spent or not counted.shown or not spent.shown or not counted.value:
        return None
    return UnitCost(spent, counted)


def line_label(project: Project, cost: CostOf) -> tuple[str, str]:
    """By what spending is broken down, and the label of the line in it."""
    sheet = project.sheet(project.facts.funding.spending)
    for way in (fields[0] for fields in sheet.disaggregations if len(fields) == 1):
        labels = {one.value: one.label for one in project.field(sheet, way).categories or ()}
        if cost.line in labels:
            return way, labels[cost.line]
    return "", ""
