"""Breakdowns that are told at the end of each fiscal year, in the shape that sentences need (see disclosure/waiting).

What is said of them holds for every number for which the prints stand: a share is of all that they can be, and one
year is more than another only where it is whatever the numbers are.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ctanalysis.analysis.values import Key, Value
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.narrative.numbers import title_of
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import TOTAL, Breakdown
from ctanalysis.project.sheets import Sheet

YEAR, TO_DATE, YEAR_BEFORE = "last fiscal year", "project to last year end", "previous period"


@dataclass(frozen=True)
class Told:
    """A breakdown over one span of days, as far as it is told.

    values: of the categories, without "not recorded" and "recorded", which are apart: how many people have none, and
    have one. share_within: percentage points, of the policy; before: of the year before, by category, all of them.
    """

    values: tuple[Value, ...]
    recorded: Value | None
    not_recorded: Value | None
    share_within: int
    before: Mapping[str, Value] = field(default_factory=dict)

    def percent(self, value: Value) -> tuple[int, int] | None:
        """The least and the most per cent of the recorded that a category can be; None where that is too wide."""
        of = self.recorded.value if self.recorded else 0.0
        if not of or not value.number or value.high > of:
            return None
        narrow = 100 * (value.high - value.low) <= 2 * self.share_within * of
        return (math.floor(100 * value.low / of), math.ceil(100 * value.high / of)) if narrow else None

    @property
    def in_brackets(self) -> bool:
        """Whether something stands in brackets behind a number: what it can be, or which share it is."""
        return any(value.rough or self.percent(value) for value in self.values)

    def compared(self, value: Value) -> tuple[str, Value] | None:
        """Whether there are more or fewer than in the year before, and how many there were then.

        Only if that is so for every number told, and whatever those are whose category is not recorded.
        """
        before, missing = self.before.get(value.category), self.before.get(NOT_RECORDED)
        if before is None or not before.told or not value.told:
            return None
        then, now = (one.high if one else 0.0 for one in (missing, self.not_recorded))
        word = "more" if value.low > before.high + then else "fewer" if value.high + now < before.low else ""
        return (word, before) if word else None


@dataclass(frozen=True)
class Waiting:
    """A breakdown of one sheet. to_date: from the project's first day to the last year's end; year: that year.

    year is None where these are the same days. groups: by coarse category, those that it joins, if they are others.
    """

    title: str
    is_fine: bool
    called: Mapping[str, str]
    to_date: Told
    year: Told | None
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)


def told_breakdowns(evaluation: Evaluation, sheet: Sheet) -> list[tuple[str, str]]:
    """The disaggregations by one field of a sheet, each with the horizons for which it is shown.

    Of an audited class these are the ones of which something is told, and none twice for the same days.
    """
    horizons = evaluation.breakdown_horizons(sheet)
    ways = [fields[0] for fields in sheet.disaggregations if len(fields) == 1]
    pairs = [(way, horizon) for way in ways for horizon in horizons]
    if not evaluation.project.disclosure_rule(sheet).audited:
        return pairs
    told: dict[tuple[str, str, str], tuple[str, str]] = {}
    for way, horizon in pairs:
        frame = evaluation.by(sheet.code, way, horizon)
        if (frame["category"] == RECORDED).any():
            told.setdefault((way, *frame.loc[0, ["start", "end"]]), (way, horizon))
    return list(told.values())


def waiting(evaluation: Evaluation, sheet: Sheet, values: Mapping[Key, list[Value]]) -> tuple[Waiting, ...]:
    """The breakdowns of a sheet of which something is told; none of a sheet whose class has others."""
    return tuple(_waiting(evaluation, sheet, values))


def _waiting(evaluation: Evaluation, sheet: Sheet, values: Mapping[Key, list[Value]]) -> Iterator[Waiting]:
    rule = evaluation.project.disclosure_rule(sheet)
    mine = [one for one in rule.breakdowns if one.sheet == sheet.code and one.by != TOTAL]
    ways = {way: order for one in mine for way, order in _ways(one)}
    for way, order in ways.items():
        to_date, year, before = (
            sorted(values.get((sheet.code, horizon, way), ()), key=lambda value: _place(value, order))
            for horizon in (TO_DATE, YEAR, YEAR_BEFORE)
        )
        told = _told(to_date, rule.share_within)
        if told:
            is_first = year[0].start == to_date[0].start
            last_year = before if evaluation.period.kind == "year" else ()
            labels = {value.category for value in told.values}
            yield Waiting(
                title_of(evaluation.project, sheet, way),
                way + COARSE in ways,
                sheet.words.called if labels <= set(sheet.words.called) else {},
                told,
                None if is_first else _told(year, rule.share_within, last_year),
                _groups(evaluation.project, sheet, way),
            )


def _groups(project: Project, sheet: Sheet, way: str) -> dict[str, list[str]]:
    """By coarse category, in their order, the categories that it joins; without those that are one of its own name."""
    found: dict[str, list[str]] = {}
    field_of = project.field(sheet, way.removesuffix(COARSE))
    for category in (field_of.categories or ()) if way.endswith(COARSE) else ():
        found.setdefault(category.coarse, []).append(category.label)
    return {label: parts for label, parts in found.items() if parts != [label]}


def _ways(one: Breakdown) -> Iterator[tuple[str, Sequence[str]]]:
    """The disaggregations in which a breakdown is told, each with the order of its categories."""
    yield one.by, one.order
    if one.fine:
        yield one.by.removesuffix(COARSE), one.fine


def _place(value: Value, order: Sequence[str]) -> int:
    return order.index(value.category) if value.category in order else len(order)


def _told(values: Sequence[Value], within: int, before: Sequence[Value] = ()) -> Told | None:
    """None where nothing is told of any category."""
    parts = {value.category: value for value in values}
    recorded, missing = (parts.pop(name, None) for name in (RECORDED, NOT_RECORDED))
    if not any(value.told for value in parts.values()):
        return None
    missing = (
        missing if missing and missing.told else None
    )  # where a blank is an answer, it stands in the last category
    return Told(tuple(parts.values()), recorded, missing, within, {value.category: value for value in before})
