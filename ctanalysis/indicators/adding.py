"""Adding up a table: block by block of its rows, each into one array of all categories.

    rows of a block ─▶ terms ─▶ by place and category, added to those of the other blocks
                                  └─▶ of each breakdown: summed over the other fields ─▶ windows ─▶ Numbers

So rows are looked at once for all breakdowns, and the arrays of a block stay small, however long the table is.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import prod
from typing import NamedTuple

import numpy as np

from ctanalysis.base.arrays import Floats, blocks
from ctanalysis.indicators import categories
from ctanalysis.indicators.counting import Grid, Placed
from ctanalysis.indicators.measures import ADD_UP, Measured, Numbers, is_row_by_row, lacking_rows, measured
from ctanalysis.indicators.stacked import Stacked
from ctanalysis.indicators.sums import Term
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.columns import Columns

Fields = tuple[str, ...]
Terms = Iterable[tuple[int, Term]]  # each with its number among those of its measure
LACKING = -1  # the number of what is lacking: the last


class Breakdowns:
    """The numbers of a sheet in the windows of a grid, by any categories.

    ways: the fields of each breakdown that will be asked; what adds up is worked out for all of them together.
    """

    def __init__(self, columns: Columns, sheet: Sheet, grid: Grid, ways: Sequence[Fields]) -> None:
        self.columns, self.sheet, self.grid, self.ways = columns, sheet, grid, ways

    @cached_property
    def whole(self) -> Measured:
        """The calculation on all rows at once."""
        return measured(self.columns, self.sheet, self.grid)

    def by(self, fields: Fields) -> Numbers:
        """The Numbers in all, or by some fields."""
        if fields in self._added:
            return self._added[fields]
        codes, labels = categories.of_rows(self.columns, fields)
        return self.whole(codes, len(labels))

    @cached_property
    def _added(self) -> dict[Fields, Numbers]:
        """By fields, the Numbers of what adds up."""
        if self.sheet.measure not in ADD_UP or isinstance(self.columns, Stacked):
            return {}
        measure = measured(self.columns.part(slice(0)), self.sheet, self.grid)
        count, cubes = len(measure.found.tallies) + 1, self._cubes()
        totals = [[np.zeros((self.grid.size, cube.size)) for _ in range(count)] for cube in cubes]
        for part, terms in _parts(self.columns, self.sheet, self.grid):
            for cube, of_cube in zip(cubes, totals, strict=True):
                codes = categories.codes_of(part, cube.fields)
                for number, term in terms:
                    term.placed.add_to(of_cube[number], codes, term.weights)
        return {
            way: measure.told([self.grid.in_windows(cube.summed(total, way)) for total in of_cube])
            for cube, of_cube in zip(cubes, totals, strict=True)
            for way in cube.ways
        }

    def _cubes(self) -> list["Cube"]:
        """One of all fields, where it has no more numbers than there are rows; else one for each breakdown."""
        together = Cube.of(self.columns, self.ways)
        if together.size * self.grid.span_count <= len(self.columns):
            return [together]
        return [Cube.of(self.columns, [way]) for way in dict.fromkeys(self.ways)]


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


def _parts(columns: Columns, sheet: Sheet, grid: Grid) -> Iterator[tuple[Columns, Sequence[tuple[int, Term]]]]:
    """Parts of a table, each with terms of its rows.

    Where not each row tells by itself whether it counts, the rows that count are found first, and then added in parts.
    """
    row_by_row = is_row_by_row(sheet)
    for rows in blocks(len(columns)):
        part = columns.part(rows)
        if row_by_row:
            measure = measured(part, sheet, grid)
            yield part, [*enumerate(measure.found.tallies), (LACKING, measure.lacking)]
        else:
            yield part, [(LACKING, Term(Placed.of(grid, lacking_rows(part, sheet))))]
    if not row_by_row:
        for number, term in enumerate(measured(columns, sheet, grid).found.tallies):
            for chosen in blocks(len(term.placed.rows)):
                rows = term.placed.rows[chosen]
                weights = None if term.weights is None else term.weights[rows]
                yield columns.part(rows), [(number, Term(term.placed.part(chosen), weights))]
