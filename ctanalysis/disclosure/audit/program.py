"""Everything that is printed of one indicator, as linear sums over time and categories.

The days fall into units: from each printed first or last day to the next. Each unit has a number
for each category of each way to break it down, and its total; a printed cell is a sum of them
that lies between two bounds. People counted in each period do not add up over time: there each
printed span of days is a unit of its own, and a span within another has no more people.

A correction makes another version of the same register: what was printed before it is of the
version before. A reader takes it that no more people were corrected than the prints show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Floats
from ctanalysis.disclosure.audit.printed import Bounds, is_small
from ctanalysis.disclosure.audit.shapes import Column, Shape
from ctanalysis.disclosure.audit.solving import smallest

Terms = tuple[list[int], list[float]]  # places of variables, and the sign of each
Days = tuple[date, date]  # first and last, inclusive
Small = set[tuple[int, date, date, int]]  # cells printed as small: column, first and last day, version


@dataclass(frozen=True)
class Target:
    """A number that must not be shown to be small: a cell of a span of days, or a part of it. zero: it is printed as small, so that it must look like nothing."""

    cell: Column
    start: date
    end: date
    version: int
    zero: bool


class Program:
    """rows, low, high: the sums and their bounds (scipy's sparse matrix; arrays). most: of any number. targets, sums: what is asked for.

    shape: of an indicator (see shapes.shape). cells: its printed cells, with the column `version`.
    """

    def __init__(self, shape: Shape, cells: pd.DataFrame) -> None:
        self.shape, self.cells = shape, cells
        self.versions = sorted(set(cells["version"]))
        self._units()
        self.block = (
            len(self.units) * len(shape.columns) * shape.parts
        )  # one version's numbers, or who was added or taken out since
        self.size = self._count = self.block * (2 * len(self.versions) - 1)
        self._rows: list[Terms] = []
        self._bounds: list[Bounds] = []
        self.most = 1000 + 10 * float(
            np.nan_to_num(cells[["value", "numerator", "denominator"]].to_numpy(float)).max(initial=0)
        )
        self._structure()
        small = self._printed()
        self._corrections()
        self._finish(small)

    def _units(self) -> None:
        spans = sorted(
            {
                (date.fromisoformat(start), date.fromisoformat(end))
                for start, end in zip(self.cells["start"], self.cells["end"])
            }
        )
        if self.shape.adds_up:
            days = sorted({day for start, end in spans for day in (start, end + timedelta(1))})
            self.units = list(zip(days, (day - timedelta(1) for day in days[1:])))
        else:
            self.units = spans

    def within(self, start: date, end: date) -> list[int]:
        """The units that a span of days is made of."""
        if self.shape.adds_up:
            return [place for place, (first, last) in enumerate(self.units) if start <= first and last <= end]
        return [self.units.index((start, end))]

    def _numbers(self, units: Iterable[int], columns: Iterable[int], parts: Iterable[int], version: int) -> Terms:
        """The variables whose sum is a cell in a version of the register, and their signs: (places, signs)."""
        base = [
            (unit * len(self.shape.columns) + column) * self.shape.parts + part
            for unit in units
            for column in columns
            for part in parts
        ]
        places, signs = list(base), [1.0] * len(base)
        for later in range(1, version + 1):
            for sign, number in ((1.0, 2 * later - 1), (-1.0, 2 * later)):
                places += [place + self.block * number for place in base]
                signs += [sign] * len(base)
        return places, signs

    def _add(self, terms: Terms, low: float, high: float) -> None:
        self._rows.append(terms)
        self._bounds.append((low, high))

    def _structure(self) -> None:
        """Categories add up to the total, two-way cells to one-way ones, in each unit, part and version; none is below nothing."""
        for version in range(len(self.versions)):
            for unit in range(len(self.units)):
                for part in range(self.shape.parts):
                    for wholes, columns in self.shape.sums:
                        self._add(
                            _less(
                                self._numbers([unit], columns, [part], version),
                                self._numbers([unit], wholes, [part], version),
                            ),
                            0,
                            0,
                        )
                    for column in range(len(self.shape.columns)) if version else ():
                        self._add(self._numbers([unit], [column], [part], version), 0, np.inf)
        self._spans_within_spans()

    def _spans_within_spans(self) -> None:
        """People of a span are people of each span that it lies in, in the categories that do not change with time."""
        pairs = self._nested()
        rules = [([outer], [inner]) for outer, inner in pairs] + self._unions(pairs)
        for more, less in rules:
            for version in range(len(self.versions)):
                for column in self.shape.lasting:
                    self._add(
                        _less(
                            *(
                                self._numbers(units, [column], range(self.shape.parts), version)
                                for units in (more, less)
                            )
                        ),
                        0,
                        np.inf,
                    )

    def _unions(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
        """People of a span are of one or the other of two spans in it that leave no day out: (the two, the span)."""
        found: list[tuple[list[int], list[int]]] = []
        for whole, (start, end) in enumerate(self.units):
            inner = [(place, *self.units[place]) for outer, place in pairs if outer == whole]
            firsts, lasts = [span for span in inner if span[1] == start], [span for span in inner if span[2] == end]
            found += [
                ([one, other], [whole])
                for one, _, until in firsts
                for other, since, _ in lasts
                if one != other and since <= until + timedelta(1)
            ]
        return found

    def _nested(self) -> list[tuple[int, int]]:
        """Pairs of units that do not add up, of which the first holds the second."""
        pairs = permutations(enumerate(self.units), 2) if self.shape.nested else ()
        return [(outer, inner) for (outer, days), (inner, less) in pairs if days[0] <= less[0] and less[1] <= days[1]]

    def _printed(self) -> Small:
        """The bounds that each printed cell sets. Returns those that are printed as small."""
        shape, small = self.shape, set()
        row: Any  # of whose columns the stubs know nothing
        for row in self.cells.itertuples(index=False):
            if row.status == "not applicable":
                continue
            column, version = shape.place(row.disaggregation, row.category), self.versions.index(row.version)
            start, end = date.fromisoformat(row.start), date.fromisoformat(row.end)
            for parts, (low, high) in shape.printed(row):
                self._add(self._numbers(self.within(start, end), [column], parts, version), low, high)
            if is_small(row.status, shape.rule):
                small.add((column, start, end, version))
        return small

    def _corrections(self) -> None:
        """The fewest people that each correction can have been of; a reader takes it that they were no more."""
        later = len(self.versions) - 1
        self.size += later
        for version in range(1, later + 1):
            for columns in self.shape.ways:
                places, _ = self._numbers(range(len(self.units)), columns, range(self.shape.parts), 0)
                moved = [place + self.block * number for number in (2 * version - 1, 2 * version) for place in places]
                self._add(_less(([self._count + version - 1], [1.0]), (moved, [1.0] * len(moved))), 0, np.inf)
        self._pack()
        if later:
            counts = np.zeros(self.size)
            counts[self._count :] = 1
            fewest = float(np.ceil(counts @ smallest(counts, self) - 1e-6))
            self._add((list(range(self._count, self.size)), [1.0] * later), 0, fewest)
            self._pack()

    def _pack(self) -> None:
        self.rows = _matrix(self._rows, self.size)
        bounds: Floats = np.array(self._bounds, float).reshape(len(self._bounds), 2)
        self.low, self.high = bounds[:, 0].copy(), bounds[:, 1].copy()

    def _finish(self, small: Small) -> None:
        """What is asked for: every cell of every span from one printed day to another, and who was added or taken out by a correction."""
        spans = (
            [(self.units[a][0], self.units[b][1]) for a in range(len(self.units)) for b in range(a, len(self.units))]
            if self.shape.adds_up
            else self.units
        )
        self.targets, terms = [], []
        for start, end in spans:
            units = self.within(start, end)
            for column, parts in self.shape.asked:
                for version in range(len(self.versions)):
                    zero = (column, start, end, version) in small and len(parts) == self.shape.parts
                    self.targets.append(Target(self.shape.columns[column], start, end, self.versions[version], zero))
                    terms.append(self._numbers(units, [column], parts, version))
        self._ask_who_was_outside(terms)
        self._ask_who_was_corrected(terms)
        self.sums = _matrix(terms, self.size)

    def _ask_who_was_outside(self, terms: list[Terms]) -> None:
        """People of a span who are not of one within it are a group, too."""
        for outer, inner in self._nested():
            for column, parts in self.shape.asked:
                for version in range(len(self.versions)):
                    terms.append(_less(*(self._numbers([unit], [column], parts, version) for unit in (outer, inner))))
                    self.targets.append(
                        Target(self.shape.columns[column], *self.units[outer], self.versions[version], False)
                    )

    def _ask_who_was_corrected(self, terms: list[Terms]) -> None:
        """Whoever a correction added or took out is a cell too, of all days at once."""
        units = range(len(self.units))
        for number in range(1, 2 * len(self.versions) - 1):
            for column, parts in self.shape.asked:
                places, signs = self._numbers(units, [column], parts, 0)
                terms.append(([place + self.block * number for place in places], signs))
                self.targets.append(
                    Target(
                        self.shape.columns[column],
                        self.units[0][0],
                        self.units[-1][1],
                        self.versions[(number + 1) // 2],
                        False,
                    )
                )


def _less(one: Terms, other: Terms) -> Terms:
    """The terms of one sum less another."""
    return one[0] + other[0], one[1] + [-sign for sign in other[1]]


def _matrix(terms: Sequence[Terms], size: int) -> Any:
    from scipy.sparse import csr_array

    starts = np.cumsum([0, *(len(places) for places, _ in terms)])
    places = np.concatenate([np.asarray(places, np.int64) for places, _ in terms] or [np.zeros(0, np.int64)])
    signs = np.concatenate([np.asarray(signs, float) for _, signs in terms] or [np.zeros(0)])
    return csr_array((signs, places, starts), shape=(len(terms), size))
