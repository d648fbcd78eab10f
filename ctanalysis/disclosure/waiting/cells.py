"""What the waiting rule prints of the cells of a project: each breakdown that waits, at each node and for each year.

A node is the end of a fiscal year, or of the project. A breakdown is told to date at each; a year is the difference.
Everything follows from who stands in each breakdown at each node, and from the policy.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import nan

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure.waiting.classes import Class
from ctanalysis.disclosure.waiting.named import is_cohort, is_reached_later, is_told_once, waiting
from ctanalysis.disclosure.waiting.people import Nodes, People, Standing, node_of
from ctanalysis.disclosure.waiting.series import classes_told
from ctanalysis.disclosure.waiting.shares import growth, per_cent
from ctanalysis.disclosure.waiting.shown import Shown, between, shown
from ctanalysis.disclosure.waiting.splits import Node, chain, told
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.indicators.known_people import COUNTED, LATE, REST, begins
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import TOTAL, Breakdown, DisclosureRule

Cell = tuple[str, str, str, str, str]  # indicator, first and last day (ISO), disaggregation, category
RECORDED = "recorded"  # the category of a breakdown's own base: whose category is recorded

SHARE = (COUNTED, REST)
TO_DO = (
    "Categories that were told keep their names in datapackage.json, or say how they were called formerly; "
    'where that cannot be, write ended = "the reason, which is printed" into its entry in policy.toml.'
)


@dataclass(frozen=True)
class Print:
    """What stands in a cell. value: NaN where a range does. denominator: of a share, the number that it is of."""

    value: float
    status: str
    denominator: float = nan


def prints(project: Project, standing: Standing) -> dict[Cell, Print]:
    """What is told of each cell that is told. standing: who stands in each breakdown at each node, from the first.

    Refused: what is remembered of those who were told fits neither the categories nor itself.
    """
    found: dict[Cell, Print] = {}
    for breakdown in waiting(project):
        of = _share if breakdown.by == TOTAL else _breakdown
        try:
            found.update(of(project, breakdown, standing.get((breakdown.sheet, breakdown.by), ())))
        except ValueError as fault:  # who was told is not in the records alone: what was remembered does not fit
            raise Refused(f"Indicator {breakdown.sheet} by {breakdown.by}: {fault}. {TO_DO}") from None
    return found


def _breakdown(project: Project, breakdown: Breakdown, standing: Nodes) -> Iterator[tuple[Cell, Print]]:
    nodes, blank = _nodes(project, breakdown, standing)
    base = {node.day: sum(node.counts.values()) for node in nodes}
    for way, sides in _tables(project, breakdown, nodes).items():
        days = [*next(iter(sides.values()))]
        for name, by_day in sides.items():
            for first, before, day in _spans(project, breakdown.sheet, days):
                one = between(by_day[before], by_day[day], base[day] - base[before]) if before else by_day[day]
                yield (breakdown.sheet, first, day, way, name), _shown(one, project, breakdown.sheet)
        counts = {RECORDED: base} | ({NOT_RECORDED: blank} if breakdown.not_recorded == "apart" else {})
        for name, number in counts.items():
            for first, before, day in _spans(project, breakdown.sheet, days):
                grown = max(0, number[day] - (number[before] if before else 0))
                yield (breakdown.sheet, first, day, way, name), Print(grown, "exact")


def _share(project: Project, breakdown: Breakdown, standing: Nodes) -> Iterator[tuple[Cell, Print]]:
    if is_cohort(project.sheet(breakdown.sheet)):
        yield from _cohort(project, breakdown, standing)
        return
    if is_reached_later(project, project.sheet(breakdown.sheet)):
        yield from _each_year(project, breakdown, standing)
        return
    nodes, _ = _nodes(project, breakdown, standing)
    base = {node.day: sum(node.counts.values()) for node in nodes}
    yield from _to_date_and_years(project, breakdown.sheet, base, _counted(project, breakdown, nodes))


def _each_year(project: Project, breakdown: Breakdown, standing: Nodes) -> Iterator[tuple[Cell, Print]]:
    """A share of which rows change sides later: of those that came in each year, a split of its own, told once."""
    spans = {day: first for first, _, day in _spans(project, breakdown.sheet, [day for day, _ in standing])}
    before: People = {}
    for day, people in standing:
        came = {name: side for name, side in people.items() if name not in before}
        nodes, _ = _nodes(project, breakdown, ((day, came),))
        one = _counted(project, breakdown, nodes)[day]
        yield (breakdown.sheet, spans[day], day, TOTAL, "all"), _of_whole(one, len(came))
        before = people


def _cohort(project: Project, breakdown: Breakdown, standing: Nodes) -> Iterator[tuple[Cell, Print]]:
    """A cohort: those who reached the state are a part of all who entered, and of all who are in the state."""
    nodes = standing[:1] if is_told_once(project.sheet(breakdown.sheet)) else standing
    counts = [Counter(people.values()) for _, people in nodes]
    base = {day: of[COUNTED] + of[REST] + of[LATE] for (day, _), of in zip(nodes, counts, strict=True)}
    inside, in_state = [of[COUNTED] for of in counts], [of[COUNTED] + of[LATE] + of[None] for of in counts]
    fewer_than = _rule(project, breakdown.sheet).fewer_than
    classes = classes_told(inside, [*base.values()], fewer_than, others=in_state)
    yield from _to_date_and_years(project, breakdown.sheet, base, dict(zip(base, classes, strict=True)))


def _to_date_and_years(
    project: Project, code: str, base: Mapping[str, int], counted: Mapping[str, Class]
) -> Iterator[tuple[Cell, Print]]:
    """A share by node. base: all rows or people to date; counted: the class of those of them that are counted."""
    for first, before, day in _spans(project, code, [*base]):
        whole = base[day] - (base[before] if before else 0)
        one = growth(counted[before], counted[day], whole) if before else counted[day]
        yield (code, first, day, TOTAL, "all"), _of_whole(one, whole)


def _counted(project: Project, breakdown: Breakdown, nodes: Sequence[Node]) -> dict[str, Class]:
    """By node, the class of the rows that a share counts."""
    sides = told(chain({name: [name] for name in SHARE}), nodes, _rule(project, breakdown.sheet).fewer_than)
    return {one.day: one.one for one in sides if one.side == COUNTED}


def _of_whole(one: Class, whole: int) -> Print:
    value, status = per_cent(one, whole) if whole else (nan, "no data")
    return Print(value, status, whole)


def _shown(one: Shown, project: Project, code: str) -> Print:
    if one.value is None:
        return Print(nan, one.in_words(_rule(project, code).fewer_than))
    return Print(one.value, "rounded" if one.high else "exact")


def _rule(project: Project, code: str) -> DisclosureRule:
    return project.disclosure_rule(project.sheet(code))


def _spans(project: Project, code: str, days: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(first day, node before, node) of what is told to date, without a node before, and of each year of which it is.

    days: of the nodes, in their order. A year is told where its end and that of the year before are nodes.
    """
    start = begins(project, project.sheet(code)).isoformat()
    for day in days:
        yield start, "", day
        year = project.calendar.year_start(date.fromisoformat(day))
        before = (year - timedelta(1)).isoformat()
        if before in days:
            yield year.isoformat(), before, day


def _nodes(project: Project, breakdown: Breakdown, standing: Nodes) -> tuple[list[Node], dict[str, int]]:
    """The nodes of a breakdown, and by day how many of its people are not recorded."""
    names, of = tuple(breakdown.fine or breakdown.order) or SHARE, _categories(project, breakdown)
    since = _since(project, breakdown)
    found = [
        node_of(
            day,
            {who: None if label is None else of.get(label, label) for who, label in people.items()},
            names,
            date.fromisoformat(day) >= project.facts.end,
            frozenset(name for name in names if since.get(name, day) > day),
        )
        for day, people in standing
    ]
    return [node for node, _ in found], {node.day: blank for node, blank in found}


def _tables(project: Project, breakdown: Breakdown, nodes: Sequence[Node]) -> dict[str, dict[str, dict[str, Shown]]]:
    """By disaggregation and category, what is shown at each node; of fine ones, at the project's end."""
    rule, sides = _rule(project, breakdown.sheet), _sides(project, breakdown)
    ends = {node.day for node in nodes if node.is_end}
    found: dict[tuple[str, ...], dict[str, Shown]] = {}
    for one in told(chain(sides), nodes, rule.fewer_than):  # by categories: a coarse one may be called as its fine one
        found.setdefault(one.categories, {})[one.day] = shown(one.one, rule.fewer_than, rule.round_to)
    tables = {breakdown.by: {name: found[*fine] for name, fine in sides.items()}} if nodes else {}
    if breakdown.fine and ends:
        way = breakdown.by.removesuffix(COARSE)
        tables[way] = {name: {day: found[name,][day] for day in sorted(ends)} for name in breakdown.fine}
    return tables


def _sides(project: Project, breakdown: Breakdown) -> dict[str, list[str]]:
    """By category, in the order of their splits, those that it counts: fine ones, where these are told at the end."""
    if not breakdown.fine:
        return {name: [name] for name in breakdown.order}
    coarse = _coarse(project, breakdown)
    return {name: [fine for fine in breakdown.fine if coarse[fine] == name] for name in breakdown.order}


def _categories(project: Project, breakdown: Breakdown) -> Mapping[str, str]:
    """The category in which each label of the records is counted, where that is another one."""
    return _coarse(project, breakdown) if breakdown.by.endswith(COARSE) and not breakdown.fine else {}


def _coarse(project: Project, breakdown: Breakdown) -> dict[str, str]:
    table = project.sheet(breakdown.sheet).calculation.table
    field = project.package.locate(table, breakdown.by.removesuffix(COARSE)).field
    return {category.label: category.coarse for category in field.categories or ()}


def _since(project: Project, breakdown: Breakdown) -> dict[str, str]:
    """The first day (ISO) of each category that was added, in the finest form that is split; none of a share."""
    if breakdown.by == TOTAL:
        return {}
    name = breakdown.by.removesuffix(COARSE) if breakdown.fine else breakdown.by
    field = project.package.locate(project.sheet(breakdown.sheet).calculation.table, name).field
    return {category.label: category.since.isoformat() for category in field.categories or () if category.since}
