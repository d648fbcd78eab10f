"""Rates by region, women and men over time, and the pathway by fiscal year, as tables."""

from collections.abc import Iterable, Iterator
from datetime import date

from ctanalysis import quality
from ctanalysis.analysis.fairness import Proportion, proportions
from ctanalysis.analysis.pathway import Step
from ctanalysis.analysis.pathway import pathway as steps_of
from ctanalysis.analysis.reach import PER, Reach, Region, reaches
from ctanalysis.analysis.statistics.compared import Compared
from ctanalysis.analysis.values import Value
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.residents import made_up_residents
from ctanalysis.tables.numbers import EMPTY, number, titled
from ctanalysis.tables.table import Stack, Table

OVER_TIME = ("same period last year", "period", "last fiscal year", "project to last year end")


def reach(evaluation: Evaluation, area: str) -> Stack:
    """Under a heading, a table for each indicator of an area that is told by region; empty where there is none.

    Number, residents, rate, and the rate beside that of the others.
    """
    found = [one for one in reaches(evaluation.known) if one.sheet.area == area]
    return Stack(tuple(_regions(evaluation, one) for one in found), heading="Regions")


def _regions(evaluation: Evaluation, one: Reach) -> Table:
    title = evaluation.project.field(one.sheet, one.way).title
    limits = f"What chance leaves, for {PER:,}"
    header = (title.capitalize(), "Number", "Residents, mean", f"For {PER:,}", limits, "To the others", "95% interval")
    rows = tuple(_region(evaluation, one, region) for region in one.regions)
    span = f"{one.total.start} to {one.total.end}"
    lack = (f"{one.total.lack}: none is held beside the others.",) if one.total.lack else ()
    made_up = made_up_residents(evaluation.project, one.total.start, one.total.end)
    notes = (*lack, *made_up)
    return Table(f"{titled(evaluation, one.sheet)}, {span}", header, rows, notes)


def _region(evaluation: Evaluation, reach: Reach, one: Region) -> tuple[str, ...]:
    told = number(evaluation, reach.sheet, one.number.value, one.number.status)
    limits = reach.limits(one.residents)
    rate = f"{one.rate:,.1f}" if one.number.shown else EMPTY
    chance = "{:,.1f} to {:,.1f}".format(*limits) if limits else EMPTY
    return (one.name, told, f"{one.residents:,.0f}", rate, chance, *_beside(one.compared))


def _beside(compared: Compared | None) -> tuple[str, str]:
    """The ratio and its interval; of something against nothing only the least that it can be."""
    if compared is None:
        return EMPTY, EMPTY
    if not compared.bounded:
        return EMPTY, f"at least {compared.low:.2f}"
    return f"{compared.size:.2f}", f"{compared.low:.2f} to {compared.high:.2f}"


def fairness(evaluation: Evaluation) -> Stack:
    """The share of women over time, with its interval, for each indicator that is told by sex."""
    found = [one for one in proportions(evaluation.known) if one.of.horizon in OVER_TIME]
    sheets = dict.fromkeys(one.of.sheet.code for one in found)
    if not found:
        return Stack((), empty="No number is told of both.")
    spans = dict.fromkeys((one.of.start, one.of.end) for one in sorted(found, key=_place))
    rows = tuple(_over_time(evaluation, [one for one in found if one.of.sheet.code == code], spans) for code in sheets)
    header = ("Indicator", *(f"{start} to {end}" for start, end in spans))
    label = found[0].of.category
    note = "In brackets: what chance, clusters and rounding leave. Whoever is not recorded is not counted."
    return Stack((Table(f"Share that is {label}", header, rows, (note,)),))


def _place(one: Proportion) -> int:
    return OVER_TIME.index(one.of.horizon)


def _over_time(
    evaluation: Evaluation, found: Iterable[Proportion], spans: Iterable[tuple[date, date]]
) -> tuple[str, ...]:
    by_span = {(one.of.start, one.of.end): one for one in found}
    sheet = next(iter(by_span.values())).of.sheet
    return (titled(evaluation, sheet), *(_share(by_span.get(span)) for span in spans))


def _share(one: Proportion | None) -> str:
    if one is None:
        return EMPTY
    interval = f" ({100 * one.low:.0f}–{100 * one.high:.0f}%)" if one.has_interval else ""
    return f"{100 * one.share:.0f}%{interval}"


def pathway(evaluation: Evaluation) -> Stack:
    """The steps of the pathway by fiscal year: how many were found, and what share of those who came so far went on."""
    steps = steps_of(evaluation.known)
    if not steps:
        return Stack((), empty="")
    calendar = evaluation.project.calendar
    years = [calendar.containing(value.end, "year").label for value in steps[0].by_year]
    header = ("Step", *years, "To date")
    rows = tuple((_step(evaluation, step), *_cells(evaluation, step)) for step in steps)
    return Stack((Table("The pathway, by fiscal year", header, rows, tuple(_days(steps))),))


def _step(evaluation: Evaluation, step: Step) -> str:
    return f"{step.sheet.code} {step.name}{quality.mark(evaluation.caveats, step.sheet.code)}"


def _days(steps: Iterable[Step]) -> Iterator[str]:
    """To which day people and shares are counted, which are not of the same days within a year."""
    ends = {"shares" if step.is_share else "people": step.to_date.end for step in steps if step.to_date}
    if ends:
        yield f"To date: {', '.join(f'{name} to {end}' for name, end in ends.items())}."


def _cells(evaluation: Evaluation, step: Step) -> Iterator[str]:
    for value in (*step.by_year, step.to_date):
        yield _told(evaluation, value) if value else EMPTY


def _told(evaluation: Evaluation, value: Value) -> str:
    words = number(evaluation, value.sheet, value.value, value.status, value.high)
    return f"{words} of {value.denominator:,.0f}" if value.of_whole else words
