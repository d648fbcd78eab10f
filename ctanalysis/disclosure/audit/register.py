"""The numbers of one indicator's register: everything that is printed of it is a sum of some of these.

The days fall into units: from each printed first or last day to the next. Each unit has a number
for each category of each way to break it down, and for its total. People counted in each period do
not add up over time: there each printed span of days is a unit of its own.

A correction makes another version of the same register: the numbers of the version before, with
those who were added, less those who were taken out. All of these are numbers of their own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise, permutations
from typing import Any

import numpy as np
import pandas as pd

from ctanalysis.disclosure.audit.shapes import Shape

Terms = tuple[list[int], list[float]]  # of a sum: the places of its numbers, and the sign of each
Days = tuple[date, date]  # first and last, inclusive


@dataclass(frozen=True)
class Register:
    """shape: of the indicator. units: spans of days. versions: as printed cells name them. Both are in their order."""

    shape: Shape
    units: tuple[Days, ...]
    versions: tuple[int, ...]

    @classmethod
    def of(cls, shape: Shape, cells: pd.DataFrame) -> "Register":
        """The register behind printed cells, a frame with start, end (ISO days) and version."""
        spans = sorted(
            {
                (date.fromisoformat(start), date.fromisoformat(end))
                for start, end in zip(cells["start"], cells["end"], strict=True)
            }
        )
        if shape.adds_up:
            days = sorted({day for start, end in spans for day in (start, end + timedelta(1))})
            spans = [(first, after - timedelta(1)) for first, after in pairwise(days)]
        return cls(shape, tuple(spans), tuple(sorted(set(cells["version"]))))

    @cached_property
    def block(self) -> int:
        """How many numbers the first version has; as many are added, and taken out, by each correction."""
        return len(self.units) * len(self.shape.columns) * self.shape.parts

    @property
    def size(self) -> int:
        """How many numbers there are in all."""
        return self.block * (2 * len(self.versions) - 1)

    def within(self, start: date, end: date) -> list[int]:
        """The units that a span of days is made of."""
        if self.shape.adds_up:
            return [place for place, (first, last) in enumerate(self.units) if start <= first and last <= end]
        return [self.units.index((start, end))]

    def places(
        self, units: Collection[int], columns: Collection[int], parts: Collection[int], block: int = 0
    ) -> list[int]:
        """Where numbers stand: in the first version, or in the block of those whom a correction added or took out."""
        return [
            (unit * len(self.shape.columns) + column) * self.shape.parts + part + self.block * block
            for unit in units
            for column in columns
            for part in parts
        ]

    def sum(self, units: Collection[int], columns: Collection[int], parts: Collection[int], version: int) -> Terms:
        """The numbers whose sum is a cell in a version of the register."""
        first = self.places(units, columns, parts)
        places, signs = list(first), [1.0] * len(first)
        for later in range(1, version + 1):
            for sign, block in zip((1.0, -1.0), self.corrected(later), strict=True):
                places += [place + self.block * block for place in first]
                signs += [sign] * len(first)
        return places, signs

    @staticmethod
    def corrected(version: int) -> tuple[int, int]:
        """The blocks of those who were added to a version (1, 2, ...) of the register, and taken out of it."""
        return 2 * version - 1, 2 * version

    def nested(self) -> list[tuple[int, int]]:
        """Pairs of units that do not add up, of which the first holds the second."""
        pairs = permutations(enumerate(self.units), 2) if self.shape.nested else ()
        return [(outer, inner) for (outer, days), (inner, less) in pairs if days[0] <= less[0] and less[1] <= days[1]]


def less(one: Terms, other: Terms) -> Terms:
    """The terms of one sum less another."""
    return one[0] + other[0], one[1] + [-sign for sign in other[1]]


def matrix(terms: Collection[Terms], size: int) -> Any:
    """Sums as a sparse matrix of scipy: (sums, numbers)."""
    from scipy.sparse import csr_array

    starts = np.cumsum([0, *(len(places) for places, _ in terms)])
    places = np.concatenate([np.asarray(places, np.int64) for places, _ in terms] or [np.zeros(0, np.int64)])
    signs = np.concatenate([np.asarray(signs, float) for _, signs in terms] or [np.zeros(0)])
    return csr_array((signs, places, starts), shape=(len(terms), size))
