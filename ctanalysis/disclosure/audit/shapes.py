"""What the project's own files say of an indicator's numbers: its categories, what adds up, what is small.

Everybody may read them, so a reader knows it. Written from datapackage.json, policy.toml and the
reference sheets, not from the gate.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import pandas as pd

from ctanalysis.disclosure.audit.printed import SAYS_NOTHING, Bounds, interval
from ctanalysis.disclosure.audit.solving import NotAudited
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.sheets import Sheet

NOT_RECORDED, CROSS = "not recorded", " × "
TOTAL = ("total", "all")

Column = tuple[str, str]  # disaggregation and category
Numbers = tuple[int, ...]  # of columns, or of parts
Same = tuple[Numbers, Numbers]  # columns that add up to the same
Up = Callable[[str], str]  # from a category to the one that it is part of


@dataclass(frozen=True)
class Shape:
    """An indicator's numbers.

    columns: (disaggregation, category), the total first. ways: the columns of each disaggregation.
    sums: (columns, others that add up to the same). parts: 2 for a share (those it counts, and
    the rest), else 1. targets: (columns, parts) that must not be shown to be small. adds_up: whether
    spans of days add up. nested: whether a span has no more than one that it lies in; lasting:
    the columns that do not change with time. of_things: people stand behind its
    numbers. whole: only whole numbers occur. conditioned: its total is itself part of a breakdown.
    """

    sheet: Sheet
    rule: DisclosureRule
    columns: tuple[Column, ...]
    ways: tuple[Numbers, ...]
    sums: tuple[Same, ...]
    parts: int
    targets: tuple[tuple[Numbers, Numbers], ...]
    adds_up: bool
    nested: bool
    lasting: Numbers
    of_things: bool
    whole: bool
    conditioned: bool

    @classmethod
    def of_people(
        cls,
        sheet: Sheet,
        rule: DisclosureRule,
        columns: Sequence[Column],
        sums: Sequence[Same],
        groups: Sequence[Numbers],
    ) -> "Shape":
        """Of people each counted once, in whole numbers that add up over time. groups: the columns of each target."""
        return cls(
            sheet,
            rule,
            tuple(columns),
            ways=(),
            sums=tuple(sums),
            parts=1,
            targets=tuple((group, (0,)) for group in groups),
            adds_up=True,
            nested=False,
            lasting=(),
            of_things=False,
            whole=True,
            conditioned=False,
        )

    def place(self, disaggregation: str, category: str) -> int:
        """The column of a cell. NotAudited: the project's files know no such cell."""
        try:
            return self.columns.index((disaggregation, category))
        except ValueError:
            raise NotAudited(f"indicator {self.sheet.code} has no cell '{category}' by {disaggregation}") from None

    def printed(self, row: Any) -> list[tuple[Numbers, Bounds]]:
        """What a printed row says: (parts, bounds of their sum). A share prints two numbers, each with its bounds.

        row: of itertuples, with value, numerator, denominator, status and disaggregation.
        """
        whole = tuple(range(self.parts))
        if not self.sheet.is_ratio:
            return [((0,), interval(row.value, row.status, self.rule, self.of_things, self.whole))]
        if row.status in SAYS_NOTHING:
            return []
        if pd.isna(row.denominator):
            return [(whole, interval(row.value, row.status, self.rule, self.of_things))]
        exact = row.disaggregation == "total" and not self.conditioned
        numbers = [(whole, row.denominator, "exact" if exact else "rounded")]
        if self.parts > 1:
            numbers.append(((1,), row.numerator, "rounded"))
        return [(parts, interval(number, status, self.rule, self.of_things)) for parts, number, status in numbers]


def shape(project: Project, sheet: Sheet, conditioned: bool, printed: Collection[str]) -> Shape:
    """The Shape of a sheet.

    conditioned: its total is itself part of a breakdown. printed: the disaggregations that are printed;
    of others nothing can be known but through two-way ones.
    """
    fields = _linked(sheet, printed)
    columns, ways = _columns(project, sheet, fields)
    parts = 2 if sheet.measure == "share" else 1
    return Shape(
        sheet,
        project.disclosure_rule(sheet),
        columns,
        ways,
        (*(((0,), way) for way in ways[1:]), *_margins(project, sheet, fields, columns)),
        parts,
        _targets(len(columns), parts, conditioned),
        adds_up=sheet.adds_up,
        nested=sheet.counts_each_period,
        lasting=_lasting(project, sheet, columns),
        of_things=project.counts_things(sheet),
        whole=_is_whole(project, sheet),
        conditioned=conditioned,
    )


def _linked(sheet: Sheet, printed: Collection[str]) -> list[tuple[str, ...]]:
    """The fields of each disaggregation that is printed, or that adds up with a printed one."""
    names = {
        name.removesuffix(COARSE)
        for fields in sheet.disaggregations
        if CROSS.join(fields) in printed
        for name in fields
        if len(fields) > 1 or COARSE in name
    }
    return [
        fields
        for fields in sheet.disaggregations
        if CROSS.join(fields) in printed or (len(fields) == 1 and fields[0].removesuffix(COARSE) in names)
    ]


def _columns(
    project: Project, sheet: Sheet, disaggregations: list[tuple[str, ...]]
) -> tuple[tuple[Column, ...], tuple[Numbers, ...]]:
    """All columns, the total first, and the numbers of those of the total and of each disaggregation."""
    columns: list[Column] = [TOTAL]
    ways: list[Numbers] = [(0,)]
    for names in disaggregations:
        labels = product(*(_labels(project, sheet, name) for name in names))
        first = len(columns)
        columns += [(CROSS.join(names), CROSS.join(categories)) for categories in labels]
        ways.append(tuple(range(first, len(columns))))
    return tuple(columns), tuple(ways)


def _is_whole(project: Project, sheet: Sheet) -> bool:
    return sheet.is_ratio or project.adds_whole_numbers(sheet)


def _labels(project: Project, sheet: Sheet, name: str) -> list[str]:
    located = project.package.locate(sheet.calculation.table, name)
    return [*(located.field.labels or ()), *([NOT_RECORDED] if located.may_be_missing else [])]


def _margins(
    project: Project, sheet: Sheet, fields: Collection[tuple[str, ...]], columns: Sequence[Column]
) -> Iterator[Same]:
    """Two-way cells add up to one-way ones, and fine ones to coarse ones, where both are printed."""
    for names in fields:
        for place, name in enumerate(names):
            for other in fields:
                if len(other) == 1 and other != names and other[0].removesuffix(COARSE) == name.removesuffix(COARSE):
                    yield from _same(
                        columns, CROSS.join(names), place, other[0], _coarser(project, sheet, name, other[0])
                    )


def _coarser(project: Project, sheet: Sheet, one: str, other: str) -> list[Up]:
    """Two functions: from a category of each of two forms of one field to what both have in common."""
    plain = one.removesuffix(COARSE)
    field = project.package.locate(sheet.calculation.table, plain).field
    up = {category.label: category.coarse for category in field.categories or ()}
    is_mixed = COARSE in one + other

    def coarse(label: str) -> str:
        return up.get(label, label)

    return [coarse if is_mixed and COARSE not in name else str for name in (one, other)]


def _same(columns: Sequence[Column], way: str, place: int, other: str, common: list[Up]) -> list[Same]:
    """(columns of one way, columns of the other) that add up to the same."""
    mine: dict[str, list[int]] = {}
    theirs: dict[str, list[int]] = {}
    for number, (name, label) in enumerate(columns):
        if name == way:
            mine.setdefault(common[0](label.split(CROSS)[place]), []).append(number)
        if name == other:
            theirs.setdefault(common[1](label), []).append(number)
    return [(tuple(theirs[word]), tuple(mine[word])) for word in theirs if word in mine]


def _targets(count: int, parts: int, conditioned: bool) -> tuple[tuple[Numbers, Numbers], ...]:
    """What must not be shown to be small, as (columns, parts).

    It is every cell of a breakdown, and a total that is part of one; of a share also those it counts and
    the rest, in its total too.
    """
    whole = [((column,), tuple(range(parts))) for column in range(0 if conditioned else 1, count)]
    return tuple(whole + [((column,), (part,)) for column in range(count) for part in range(parts) if parts > 1])


def _lasting(project: Project, sheet: Sheet, columns: Sequence[Column]) -> Numbers:
    """The columns that stay the same for a person: the total, and those of a table with one row for each person."""

    def stays(way: str) -> bool:
        located = [project.package.locate(sheet.calculation.table, name) for name in way.split(CROSS)]
        return all(
            place.steps and place.steps[0][0] == getattr(sheet.row_calculation, "person", None) for place in located
        )

    return tuple(number for number, (way, _) in enumerate(columns) if way == "total" or stays(way))
