"""What the waiting rule prints of the cells of a project: each breakdown that policy.toml names, at each node.

A node is the end of a fiscal year, or of the project. A breakdown is told to date at each; a year is the difference.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from ctanalysis.disclosure.waiting.classes import Class
from ctanalysis.disclosure.waiting.shown import Shown, between, shown
from ctanalysis.disclosure.waiting.splits import Node, Split, chain, told
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import Breakdown, DisclosureRule

Cell = tuple[str, str, str, str, str]  # indicator, first and last day (ISO), disaggregation, category
NOT_RECORDED = "not recorded"
_CELL = ("indicator", "start", "end", "disaggregation", "category")


def prints(exact: pd.DataFrame, project: Project) -> dict[Cell, Shown]:
    """What is told of each cell that is told. exact: a frame of every span that is told, as the gate's history is."""
    keys = zip(*(exact[name] for name in _CELL), strict=True)
    numbers = {key: float(value) for key, value in zip(keys, exact["value"], strict=True)}
    found: dict[Cell, Shown] = {}
    for rule in project.policy.rules.values():
        for breakdown in rule.breakdowns:
            found.update(_of_breakdown(numbers, project, rule, breakdown))
    return found


def _of_breakdown(
    numbers: Mapping[Cell, float], project: Project, rule: DisclosureRule, breakdown: Breakdown
) -> Iterator[tuple[Cell, Shown]]:
    start = project.facts.start.isoformat()
    by_side: dict[tuple[str, str], dict[str, Shown]] = {}
    ends = _ends(numbers, project, breakdown.sheet)
    split, nodes = _split(project, breakdown), [*_nodes(numbers, project, breakdown, ends)]
    ways = dict.fromkeys(breakdown.order, breakdown.by) | {
        name: breakdown.by.removesuffix(COARSE) for name in breakdown.fine
    }
    for one in told(split, nodes, rule.fewer_than):
        if one.side in ways:
            cells = by_side.setdefault((ways[one.side], one.side), {})
            cells[one.day] = shown(one.one, rule.fewer_than, rule.round_to)
    if breakdown.not_recorded == "apart":
        for way in dict.fromkeys(ways.values()):
            counts = {node.day: numbers.get((breakdown.sheet, start, node.day, way, NOT_RECORDED), 0) for node in nodes}
            by_side[way, NOT_RECORDED] = {day: _exact(count) for day, count in counts.items()}
    for (way, name), by_day in by_side.items():
        for (first, last), one_shown in _spans(start, by_day):
            yield (breakdown.sheet, first, last, way, name), one_shown


def _exact(count: float) -> Shown:
    return shown(Class(int(count), int(count)), 0, 1)


def _spans(start: str, by_day: Mapping[str, Shown]) -> Iterator[tuple[tuple[str, str], Shown]]:
    """To date at each day, and between two of them that follow each other."""
    before: tuple[str, Shown] | None = None
    for day, one in by_day.items():
        yield (start, day), one
        if before:
            yield (_after(before[0]), day), between(before[1], one)
        before = day, one


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def _ends(numbers: Mapping[Cell, float], project: Project, code: str) -> list[str]:
    """The days of the nodes of an indicator, of which there are numbers."""
    facts, calendar = project.facts, project.calendar
    first = facts.start.isoformat()
    days = {end for sheet, start, end, way, _ in numbers if (sheet, start, way) == (code, first, "total")}
    return sorted(end for end in days if "project" in calendar.whole_spans(facts.start, date.fromisoformat(end)))


def _nodes(
    numbers: Mapping[Cell, float], project: Project, breakdown: Breakdown, ends: Sequence[str]
) -> Iterator[Node]:
    start, last = project.facts.start.isoformat(), project.facts.end.isoformat()
    way, names = breakdown.by, breakdown.order
    if breakdown.fine:
        way, names = way.removesuffix(COARSE), breakdown.fine
    for end in ends:
        counts = {name: int(numbers[breakdown.sheet, start, end, way, name]) for name in names}
        if breakdown.not_recorded == "last":
            counts[names[-1]] += int(numbers.get((breakdown.sheet, start, end, way, NOT_RECORDED), 0))
        yield Node(end, counts, is_end=end == last)


def _split(project: Project, breakdown: Breakdown) -> Split:
    """The chain of the coarse categories; where fine ones are told at the end, each in their order."""
    if not breakdown.fine:
        return chain({name: [name] for name in breakdown.order})
    table = project.sheet(breakdown.sheet).calculation.table
    field = project.package.locate(table, breakdown.by.removesuffix(COARSE)).field
    coarse = dict(zip(field.labels or (), (category.coarse for category in field.categories or ()), strict=True))
    return chain({name: [fine for fine in breakdown.fine if coarse[fine] == name] for name in breakdown.order})
