"""Rates by region, women and men over time, and the pathway by fiscal year, as tables."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ctanalysis.analysis.fairness import Proportion, proportions
from ctanalysis.analysis.pathway import Step
from ctanalysis.analysis.pathway import pathway as steps_of
from ctanalysis.analysis.reach import PER, Reach, Region, reaches
from ctanalysis.analysis.statistics.compared import LEVEL, Compared
from ctanalysis.analysis.values import Value
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.residents import made_up_residents
from ctanalysis.tables.cells import Cell, Cells, counted, day
from ctanalysis.tables.numbers import EMPTY, as_heading, cells_of, months, titled
from ctanalysis.tables.table import Stack, Table

OVER_TIME = ("same period last year", "period", "last fiscal year", "project to last year end")


def reach(evaluation: Evaluation, area: str) -> Stack:
    """Under a heading, a table for each indicator of an area that is told by region; empty where there is none.

    Number, residents, rate, and the rate beside that of the others.
    """
    found = [one for one in reaches(evaluation.known) if one.sheet.area == area]
    heading = evaluation.project.speech.plain("table.reach.heading")
    return Stack(tuple(_regions(evaluation, one) for one in found), heading=heading)


def _regions(evaluation: Evaluation, one: Reach) -> Table:
    project, speech = evaluation.project, evaluation.project.speech
    parts: dict[str, Any] = {"per": speech.number(PER), "covered": speech.per_cent(100 * (1 - LEVEL))}
    names = ("number", "residents", "per", "limits", "ratio", "interval")
    header = (
        as_heading(project.title(one.sheet, one.way)),
        *(speech.plain(f"table.reach.{name}", **parts) for name in names),
    )
    rows = tuple(_region(evaluation, one, region) for region in one.regions)
    days = months(speech, one.total.start, one.total.end)
    lacking = speech.plain("table.reach.lack", lack=speech.label(one.total.lack)) if one.total.lack else ""
    made_up = map(speech.label, made_up_residents(project, one.total.start, one.total.end))
    caption = Cell(speech.say("table.reach.caption", name=titled(evaluation, one.sheet), days=days))
    notes = (*filter(None, [lacking]), *_by_chance(evaluation, one), *made_up)
    return Table(caption, header, rows, notes, speech=speech)


def _by_chance(evaluation: Evaluation, of: Reach) -> Iterator[str]:
    """That intervals leave out that regions are alike, and that they do not stand out for all that; where it is so."""
    speech, clear = evaluation.project.speech, evaluation.claims.by_code("region").get(of.sheet.code, ())
    pairs = ((one.name, one.compared) for one in of.regions if one.compared)
    apart = [speech.label(name) for name, beside in pairs if name not in clear and not beside.low <= 1 <= beside.high]
    if apart:
        yield speech.plain("table.reach.by_chance", regions=speech.series(apart))


def _region(evaluation: Evaluation, reach: Reach, one: Region) -> tuple[str, ...]:
    of, limits = cells_of(evaluation, reach.sheet), reach.limits(one.residents)
    source = f"indicator {reach.sheet.code}, rate, {one.name}"
    rate = of.number(of.marks.derived(one.rate, source, places=1)) if one.number.shown else EMPTY
    chance = of.number(of.marks.between(*limits, f"{source}, by chance", places=1)) if limits else EMPTY
    residents = counted(of.speech, one.residents, "residents")
    beside = _beside(of, f"{source} to the others", one.compared)
    return (of.speech.label(one.name), of.told(one.number), residents, rate, chance, *beside)


def _beside(of: Cells, source: str, compared: Compared | None) -> tuple[str, str]:
    """The ratio and its interval; of something against nothing only the least that it can be."""
    if compared is None:
        return EMPTY, EMPTY
    if not compared.bounded:
        least = of.marks.derived(compared.low, f"{source}, at least", places=2)
        return EMPTY, of.message("number.at_least", number=least)
    ratio = of.number(of.marks.derived(compared.size, source, places=2))
    return ratio, of.number(of.marks.between(compared.low, compared.high, source, places=2))


def fairness(evaluation: Evaluation) -> Stack:
    """The share of women over time, with its interval, for each indicator that is told by sex."""
    speech = evaluation.project.speech
    found = [one for one in proportions(evaluation.known) if one.of.horizon in OVER_TIME]
    sheets = dict.fromkeys(one.of.sheet.code for one in found)
    if not found:
        return Stack((), empty=speech.plain("table.fairness.none"))
    spans = dict.fromkeys((one.of.start, one.of.end) for one in sorted(found, key=_place))
    rows = tuple(_over_time(evaluation, [one for one in found if one.of.sheet.code == code], spans) for code in sheets)
    header = (speech.plain("table.indicator"), *(months(speech, *span) for span in spans))
    chosen = evaluation.project.facts.fairness
    group = chosen.called[0] if chosen else speech.label(found[0].of.category)
    caption = speech.plain("table.fairness.caption", group=group)
    return Stack((Table(caption, header, rows, (speech.plain("table.fairness.note"),), speech=speech),))


def _place(one: Proportion) -> int:
    return OVER_TIME.index(one.of.horizon)


def _over_time(
    evaluation: Evaluation, found: Iterable[Proportion], spans: Iterable[tuple[date, date]]
) -> tuple[str, ...]:
    by_span = {(one.of.start, one.of.end): one for one in found}
    sheet = next(iter(by_span.values())).of.sheet
    of = cells_of(evaluation, sheet)
    return (titled(evaluation, sheet), *(_share(of, by_span.get(span)) for span in spans))


def _share(of: Cells, one: Proportion | None) -> str:
    """A share with its interval, where there is one."""
    if one is None:
        return EMPTY
    source = f"{one.of.source}, share"
    share = of.number(of.marks.percent(100 * one.share, source))
    if not one.has_interval:
        return share
    low = of.marks.derived(100 * one.low, f"{source}, at least", places=0)
    high = of.marks.derived(100 * one.high, f"{source}, at most", "%", places=0)
    return of.message("table.fairness.interval", share=share, low=low, high=high)


def pathway(evaluation: Evaluation) -> Stack:
    """The steps of the pathway by fiscal year: how many were found, and what share of those who came so far went on."""
    steps, speech = steps_of(evaluation.known), evaluation.project.speech
    if not steps:
        return Stack((), empty="")
    calendar = evaluation.project.calendar
    years = [calendar.containing(value.end, "year").label for value in steps[0].by_year]
    header = (speech.plain("table.pathway.step"), *years, speech.plain("table.pathway.to_date"))
    rows = tuple((_step(evaluation, step), *_cells(evaluation, step)) for step in steps)
    notes = tuple(_days(speech, steps))
    return Stack((Table(speech.plain("table.pathway.caption"), header, rows, notes, speech=speech),))


def _step(evaluation: Evaluation, step: Step) -> str:
    name = evaluation.project.speech.label(step.name)
    return cells_of(evaluation, step.sheet).title(name, step.sheet.code in evaluation.caveats)


def _days(speech: Speech, steps: Iterable[Step]) -> Iterator[str]:
    """To which day people and shares are counted, which are not of the same days within a year."""
    ends = {"shares" if step.is_share else "people": step.to_date.end for step in steps if step.to_date}
    if ends:
        parts = (speech.plain(f"table.pathway.{name}", day=day(speech, end)) for name, end in ends.items())
        yield speech.plain("table.pathway.days", parts=", ".join(parts))


def _cells(evaluation: Evaluation, step: Step) -> Iterator[str]:
    for value in (*step.by_year, step.to_date):
        yield _of_whole(evaluation, value) if value else EMPTY


def _of_whole(evaluation: Evaluation, value: Value) -> str:
    """A value, and of a share of how many it is."""
    of = cells_of(evaluation, value.sheet)
    if not value.of_whole:
        return of.told(value)
    number = of.whole(value.denominator, value.source)
    return of.message("table.pathway.of", share=of.told(value), number=number)
