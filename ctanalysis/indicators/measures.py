"""The measures: which rows a calculation counts, and what is added up over them.

A result is arrays (windows, categories): numerator and denominator (for shares, means and gains both are given, for
the others the denominator is None; NaN says that there is no data), the rows that count and those that lack what is
needed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators.counted_rows import (
    counted_rows,
    first_rows,
    lacking_rows,
    paired_rows,
    parts_of_share,
    valued_rows,
)
from ctanalysis.indicators.counting import Grid, Placed
from ctanalysis.indicators.extremes import Extremes
from ctanalysis.indicators.gains import Pairs
from ctanalysis.indicators.medians import Quantiles, quartiles
from ctanalysis.indicators.over_days import PlacedDays
from ctanalysis.indicators.sums import Tally, Term, added, terms, terms_of
from ctanalysis.project.calculations import Share
from ctanalysis.project.row_calculations import Count, Extreme, Gain, Level, Mean, Median, People, Sum
from ctanalysis.project.sheets import MEAN_LEVEL, Sheet
from ctanalysis.records.amounts import amounts
from ctanalysis.records.columns import Columns

Plain = Count | Sum | People | Level
PAIRS = ("pairs", "before", "after", "better", "worse")  # what the gate has to know of a gain, for each of its cells


class Numbers(NamedTuple):
    """What was calculated, each an array (windows, categories).

    denominator: None for plain measures. counted: the rows that count. lacking: those that lack what is needed.
    pairs: of a gain, those of PAIRS.
    """

    numerator: Floats
    denominator: Floats | None
    counted: Floats
    lacking: Floats = np.zeros((0, 0))
    pairs: tuple[Floats, ...] = ()

    @property
    def first_category(self) -> "Numbers":
        """The numbers of the first category alone."""
        below = None if self.denominator is None else self.denominator[:, :1]
        pairs = tuple(part[:, :1] for part in self.pairs)
        return Numbers(self.numerator[:, :1], below, self.counted[:, :1], self.lacking[:, :1], pairs)


class Parts(NamedTuple):
    """What a measure adds up, and what that comes to.

    told: the Numbers, but for what is lacking, of an array (windows, categories) for each of the tallies.
    """

    tallies: tuple[Tally, ...]
    told: Callable[..., Numbers]
    quartiles: Quantiles | None = None  # of a median


@dataclass(frozen=True)
class Measured:
    """A sheet's calculation on its records, ready to be broken down: call it with categories.

    lacking: the rows that lack what is needed.
    """

    found: Parts
    lacking: Tally

    def __call__(self, codes: Integers | None = None, size: int = 1) -> Numbers:
        """The Numbers by window and category."""
        return self.told([tally(codes, size) for tally in (*self.found.tallies, self.lacking)])

    def told(self, sums: Sequence[Floats]) -> Numbers:
        """The Numbers, of what has been tallied, at the end what is lacking."""
        return self.found.told(*sums[:-1])._replace(lacking=sums[-1])


def measured(columns: Columns, sheet: Sheet, grid: Grid) -> Measured:
    """The calculation of a sheet over all windows of a grid."""
    found = MEASURES[sheet.measure](columns, sheet.calculation, grid)
    return Measured(found, Term(Placed.of(grid, lacking_rows(columns, sheet))))


def in_each_category(columns: Columns, calculation: People, grid: Grid, categories: Integers) -> Tally:
    """A `people` calculation that counts a person in every category in which they have a row.

    categories: the category of each row of the table as a code, -1 where it has none.
    """
    return Placed.of(grid, first_rows(columns, calculation, categories)).tally


def _plain(columns: Columns, calculation: Plain, grid: Grid) -> Parts:
    placed = Placed.of(grid, counted_rows(columns, calculation))
    return Parts(terms(columns, calculation, placed), _told_plain)


def _told_plain(*sums: Floats) -> Numbers:
    number, counted = added(sums)
    return Numbers(number, None, counted)


def _mean_level(columns: Columns, calculation: Level, grid: Grid) -> Parts:
    """What stands on each day, added up over the days of a window, and how many days these are."""
    counted = counted_rows(columns, calculation)
    stood = PlacedDays(grid, counted)
    nights, rows = terms(columns, calculation, stood), terms(columns, calculation, Placed.of(grid, counted))

    def told(*sums: Floats) -> Numbers:
        (number, _), (_, found) = (added(part) for part in _halves(sums))
        return Numbers(number, np.repeat(stood.days[:, None], number.shape[1], axis=1).astype(float), found)

    return Parts((*nights, *rows), told)


def _halves(sums: Sequence[Floats]) -> tuple[Sequence[Floats], Sequence[Floats]]:
    """Those of one part, and as many of another."""
    half = len(sums) // 2
    return sums[:half], sums[half:]


def _share(columns: Columns, calculation: Share, grid: Grid) -> Parts:
    parts = (Placed.of(grid, counted) for counted in parts_of_share(columns, calculation))
    above, below = (terms(columns, calculation.denominator, placed) for placed in parts)
    return Parts((*above, *below), _told_share)


def _told_share(*sums: Floats) -> Numbers:
    (part, _), (whole, counted) = (added(of) for of in _halves(sums))
    return Numbers(part, whole, counted)


def _mean(columns: Columns, calculation: Mean, grid: Grid) -> Parts:
    placed = Placed.of(grid, valued_rows(columns, calculation))
    return Parts(terms_of(placed, amounts(columns, calculation)), _told_mean)


def _told_mean(*sums: Floats) -> Numbers:
    number, rows = added(sums)[0], sums[2]
    return Numbers(number, rows, rows)


def _median(columns: Columns, calculation: Median, grid: Grid) -> Parts:
    counted = valued_rows(columns, calculation)
    told = quartiles(grid, counted, amounts(columns, calculation).numbers)
    return Parts((lambda codes, size: told(codes, size)[1], Term(Placed.of(grid, counted))), _told_rows, told)


def _told_rows(number: Floats, rows: Floats) -> Numbers:
    return Numbers(number, rows, rows)


def _gain(columns: Columns, calculation: Gain, grid: Grid) -> Parts:
    pairs, placed = Pairs.of(columns, calculation), Placed.of(grid, paired_rows(columns, calculation))
    weights = pairs.weights()
    gained = (Term(placed, weights[name]) for name in ("gained", *PAIRS[1:]))
    return Parts((Term(placed), *gained), partial(_told_gain, pairs.units))


def _told_gain(units: int, rows: Floats, gained: Floats, *beside: Floats) -> Numbers:
    return Numbers(gained / units, rows, rows, pairs=(rows, *beside))


def _extreme(columns: Columns, calculation: Extreme, grid: Grid) -> Parts:
    counted = valued_rows(columns, calculation)
    part = Extremes(calculation.measure, amounts(columns, calculation).numbers, columns.order(), counted, grid)
    return Parts((part, Term(Placed.of(grid, counted))), _told_extreme)


def _told_extreme(number: Floats, rows: Floats) -> Numbers:
    return Numbers(number, None, rows)


ADD_UP = ("count", "sum", "people", "level", "share", "mean", "gain")  # what parts of a table come to is added
# by `measure`; each takes the calculations of its own kind
MEASURES: dict[str, Callable[[Columns, Any, Grid], Parts]] = {
    "count": _plain,
    "sum": _plain,
    "people": _plain,
    "level": _plain,
    MEAN_LEVEL: _mean_level,
    "share": _share,
    "mean": _mean,
    "median": _median,
    "gain": _gain,
    **dict.fromkeys(("max", "min", "last"), _extreme),
}
