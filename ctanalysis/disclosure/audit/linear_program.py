"""Everything that is printed of one indicator, as linear sums of its register's numbers with the bounds of each.

A printed cell is a sum that lies between two bounds. Categories add up to the total. Of people
counted in each period, a span of days within another has no more people.

A reader takes it that no more people were corrected than the prints show.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Floats
from ctanalysis.disclosure.audit.hidden_cells import Small, targets
from ctanalysis.disclosure.audit.printed import Bounds, is_small
from ctanalysis.disclosure.audit.register import Register, Terms, less, matrix
from ctanalysis.disclosure.audit.shapes import Shape
from ctanalysis.disclosure.audit.solving import smallest


class Program:
    """The linear program of an indicator: shape (see shapes.shape) and its printed cells, with the column `version`.

    rows, low, high: the sums, a sparse matrix of scipy, and their bounds, arrays. most: of any number.
    targets: what must not be shown to be small. sums: the numbers that each target is a sum of, as rows.
    """

    def __init__(self, shape: Shape, cells: pd.DataFrame) -> None:
        self.shape, self.cells = shape, cells
        self.register = Register.of(shape, cells)
        self.size = self.register.size
        self._rows: list[Terms] = []
        self._bounds: list[Bounds] = []
        numbers = cells[["value", "numerator", "denominator"]].to_numpy(float)
        self.most = 1000 + 10 * float(np.nan_to_num(numbers).max(initial=0))
        self._add_categories()
        self._add_spans()
        small = self._add_printed()
        self._add_corrections()
        pairs = targets(self.register, small)
        self.targets = [target for target, _ in pairs]
        self.sums = matrix([terms for _, terms in pairs], self.size)

    def _add(self, terms: Terms, low: float, high: float) -> None:
        self._rows.append(terms)
        self._bounds.append((low, high))

    def _add_categories(self) -> None:
        """Categories add up to the total, two-way cells to one-way ones, in each unit, part and version.

        After a correction, too, no number is below nothing.
        """
        shape, register = self.shape, self.register
        for version in range(len(register.versions)):
            for unit in range(len(register.units)):
                for part in range(shape.parts):
                    for wholes, columns in shape.sums:
                        one, other = (register.sum([unit], side, [part], version) for side in (columns, wholes))
                        self._add(less(one, other), 0, 0)
                    for column in range(len(shape.columns)) if version else ():
                        self._add(register.sum([unit], [column], [part], version), 0, np.inf)

    def _add_spans(self) -> None:
        """People of a span are people of each span that it lies in, in the categories that do not change with time."""
        register, parts = self.register, range(self.shape.parts)
        pairs = register.nested()
        for more, fewer in [([outer], [inner]) for outer, inner in pairs] + self._unions(pairs):
            for version in range(len(register.versions)):
                for column in self.shape.lasting:
                    one, other = (register.sum(units, [column], parts, version) for units in (more, fewer))
                    self._add(less(one, other), 0, np.inf)

    def _unions(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
        """People of a span are of one or the other of two spans in it that leave no day out: (the two, the span)."""
        unions: list[tuple[list[int], list[int]]] = []
        for whole, (start, end) in enumerate(self.register.units):
            inner = [(place, *self.register.units[place]) for outer, place in pairs if outer == whole]
            firsts, lasts = [span for span in inner if span[1] == start], [span for span in inner if span[2] == end]
            unions += [
                ([one, other], [whole])
                for one, _, until in firsts
                for other, since, _ in lasts
                if one != other and since <= until + timedelta(1)
            ]
        return unions

    def _add_printed(self) -> Small:
        """The bounds that each printed cell sets. Returns those that are printed as small."""
        shape, register, small = self.shape, self.register, set()
        row: Any  # of whose columns the stubs know nothing
        for row in self.cells.itertuples(index=False):
            if row.status == "not applicable":
                continue
            column, version = shape.place(row.disaggregation, row.category), register.versions.index(row.version)
            start, end = date.fromisoformat(row.start), date.fromisoformat(row.end)
            for parts, (low, high) in shape.printed(row):
                self._add(register.sum(register.within(start, end), [column], parts, version), low, high)
            if is_small(row.status, shape.rule):
                small.add((column, start, end, version))
        return small

    def _add_corrections(self) -> None:
        """The fewest people that each correction can have been of; a reader takes it that they were no more.

        How many each was of is a number of its own, behind those of the register.
        """
        register, later = self.register, len(self.register.versions) - 1
        self.size += later
        for version in range(1, later + 1):
            for columns in self.shape.ways:
                places = [
                    place
                    for block in register.corrected(version)
                    for place in register.places(range(len(register.units)), columns, range(self.shape.parts), block)
                ]
                count: Terms = ([register.size + version - 1], [1.0])
                self._add(less(count, (places, [1.0] * len(places))), 0, np.inf)
        self._pack()
        if later:
            counts = np.zeros(self.size)
            counts[register.size :] = 1
            fewest = float(np.ceil(counts @ smallest(counts, self) - 1e-6))
            self._add((list(range(register.size, self.size)), [1.0] * later), 0, fewest)
            self._pack()

    def _pack(self) -> None:
        self.rows = matrix(self._rows, self.size)
        bounds: Floats = np.array(self._bounds, float).reshape(len(self._bounds), 2)
        self.low, self.high = bounds[:, 0].copy(), bounds[:, 1].copy()
