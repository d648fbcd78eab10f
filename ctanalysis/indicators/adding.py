"""Adding up a table: block by block of its rows, each into one array of all categories.

    rows of a block ─▶ terms ─▶ by place and category, added to those of the other blocks
                                  └─▶ of each breakdown: summed over the other fields ─▶ windows ─▶ Numbers

So rows are looked at once for all breakdowns, and the arrays of a block stay small, however long the table is.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import prod
from typing import NamedTuple

import numpy as np

from ctanalysis.base.arrays import Floats, blocks
from ctanalysis.indicators import categories
from ctanalysis.indicators.counted_rows import is_row_by_row, lacking_rows
from ctanalysis.indicators.counting import Grid, Placed
from ctanalysis.indicators.measures import ADD_UP, MEASURES, Measured, Numbers, measured
from ctanalysis.indicators.stacked import Stacked
from ctanalysis.indicators.sums import Term
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.columns import Columns

Fields = tuple[str, ...]
LACKING = -1  # the number of what is lacking among the terms of a measure: the last


class Breakdowns:
    """The numbers of a sheet in the windows of a grid, by any categories.

    ways: the fields of each breakdown that will be asked; of a sheet that adds up, all are worked out together.
    together: whether in one array of all fields, where it has no more numbers than the table has rows.
    """

    def __init__(
        self, columns: Columns, sheet: Sheet, grid: Grid, ways: Sequence[Fields], together: bool = True
    ) -> None:
        self.columns, self.sheet, self.grid, self.ways, self.together = columns, sheet, grid, ways, together
        self.adds_up = sheet.measure in ADD_UP and not isinstance(columns, Stacked)
        self.is_row_by_row = self.adds_up and is_row_by_row(sheet)

    @cached_property
    def whole(self) -> Measured:
        """The calculation on all rows at once."""
        return measured(self.columns, self.sheet, self.grid)

    def by(self, fields: Fields) -> Numbers:
        """The Numbers in all, or by some fields."""
        if self.adds_up and fields in self.ways:
            return self._added[fields]
        codes, labels = categories.of_rows(self.columns, fields)
        return self.whole(codes, len(labels))

    def add(self, part: Columns) -> None:
        """Adds what rows of the table come to; of people only what is lacking."""
        found = self._terms(part) if self.is_row_by_row else []
        self._add(part, [*enumerate(found), (LACKING, Term(Placed.of(self.grid, lacking_rows(part, self.sheet))))])

    def add_counted(self) -> None:
        """Adds the rows that count, where they are found among all rows first."""
        for number, term in enumerate(self._terms(self.columns)):
            for chosen in blocks(len(_placed(term).rows)):
                rows = _placed(term).rows[chosen]
                weights = None if term.weights is None else term.weights[rows]
                self._add(self.columns.part(rows), [(number, Term(_placed(term).part(chosen), weights))])

    def _terms(self, columns: Columns) -> list[Term]:
        found = MEASURES[self.sheet.measure](columns, self.sheet.calculation, self.grid)
        return [term for term in found.tallies if isinstance(term, Term)]  # of what adds up all are

    def _add(self, part: Columns, terms: Iterable[tuple[int, Term]]) -> None:
        for cube, totals in zip(self._cubes, self.totals, strict=True):
            codes = categories.codes_of(part, cube.fields)
            for number, term in terms:
                _placed(term).add_to(totals[number], codes, term.weights)

    @cached_property
    def _empty(self) -> Measured:
        """The calculation on no row: what there is to be added up."""
        return measured(self.columns.part(slice(0)), self.sheet, self.grid)

    @cached_property
    def _cubes(self) -> list["Cube"]:
        """One of all fields, or one for each breakdown."""
        together = Cube.of(self.columns, self.ways)
        if self.together and together.size * self.grid.span_count <= len(self.columns):
            return [together]
        return [Cube.of(self.columns, [way]) for way in dict.fromkeys(self.ways)]

    @cached_property
    def totals(self) -> list[list[Floats]]:
        """By cube and term what was added, arrays (places, categories)."""
        terms = len(self._empty.found.tallies) + 1
        return [[np.zeros((self.grid.size, cube.size)) for _ in range(terms)] for cube in self._cubes]

    @cached_property
    def _added(self) -> dict[Fields, Numbers]:
        """By fields, the Numbers of what was added."""
        return {
            way: self._empty.told([self.grid.in_windows(cube.summed(total, way)) for total in totals])
            for cube, totals in zip(self._cubes, self.totals, strict=True)
            for way in cube.ways
        }


def _placed(term: Term) -> Placed:
    assert isinstance(term.placed, Placed)  # of what adds up they are
    return term.placed


def add_up(sheets: Sequence[Breakdowns], counted: bool = True) -> None:
    """Adds up the tables of those that add up, each table once, block by block.

    counted: whether also those rows that are found among all rows first, as the first ones of people.
    """
    by_table: dict[str, list[Breakdowns]] = {}
    for one in sheets:
        if one.adds_up:
            by_table.setdefault(one.columns.table, []).append(one)
    for of_table in by_table.values():
        columns = of_table[0].columns
        for rows in blocks(len(columns)):
            part = columns.part(rows)
            for one in of_table:
                one.add(part)
        for one in of_table:
            if counted and not one.is_row_by_row:
                one.add_counted()


class Cube(NamedTuple):
    """The categories of some fields together, for some breakdowns by them."""

    fields: Fields
    sizes: tuple[int, ...]
    ways: Sequence[Fields]

    @classmethod
    def of(cls, columns: Columns, ways: Sequence[Fields]) -> "Cube":
        """That of all fields of some breakdowns."""
        fields = tuple(dict.fromkeys(name for way in ways for name in way))
        return cls(fields, tuple(categories.sizes_of(columns, fields)), ways)

    @property
    def size(self) -> int:
        """How many categories there are together."""
        return prod(self.sizes)

    def summed(self, total: Floats, way: Fields) -> Floats:
        """An array (places, categories) summed over all fields but those of a breakdown, in its order."""
        there = np.flatnonzero(total.any(axis=1))
        kept = [self.fields.index(name) + 1 for name in way]
        others = tuple(axis for axis in range(1, len(self.fields) + 1) if axis not in kept)
        summed = total[there].reshape(-1, *self.sizes).sum(axis=others)
        in_order = summed.transpose(0, *(1 + sorted(kept).index(axis) for axis in kept))
        found = np.zeros((len(total), prod(self.sizes[axis - 1] for axis in kept)))
        found[there] = in_order.reshape(len(there), found.shape[1])
        return found
