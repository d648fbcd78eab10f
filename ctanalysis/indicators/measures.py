"""The measures: which rows a calculation counts, and what is added up over them.

A result is arrays (windows, categories): numerator and denominator (for shares, means and gains both are given, for
the others the denominator is None; NaN says that there is no data), the rows that count and those that lack what is
needed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators.cohorts import parts_of_cohort
from ctanalysis.indicators.counting import Counted, Grid, Placed
from ctanalysis.indicators.extremes import Extremes
from ctanalysis.indicators.gains import Pairs
from ctanalysis.indicators.in_time import parts_in_time
from ctanalysis.indicators.medians import Quantiles, quartiles
from ctanalysis.indicators.over_days import PlacedDays, on_any_day
from ctanalysis.indicators.reaching import first_of_each, reached, standing
from ctanalysis.indicators.stacked import Stacked
from ctanalysis.indicators.sums import Tally, Term, added, terms, terms_of
from ctanalysis.project.calculations import Share
from ctanalysis.project.conditions import Condition
from ctanalysis.project.numerators import Reached
from ctanalysis.project.row_calculations import Count, DatedRows, Extreme, Gain, Level, Mean, Median, People, Rows, Sum
from ctanalysis.project.sheets import MEAN_LEVEL, Sheet
from ctanalysis.records.amounts import amounts
from ctanalysis.records.columns import NEVER, Columns
from ctanalysis.records.conditions import satisfied
from ctanalysis.records.needed import lacking
from ctanalysis.records.typed import any_of

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


def lacking_rows(columns: Columns, sheet: Sheet) -> Counted:
    """The rows that lack what the sheet needs, by their day; those without a day are in no window."""
    part = sheet.row_calculation
    if isinstance(columns, Stacked):
        of_tables = [(one, sheet.model_copy(update={"calculation": rows})) for one, rows in columns.parts]
        return columns.joined([lacking_rows(*one) for one in of_tables])
    lack = any_of((mask for need, mask in lacking(columns, sheet) if not need.is_day), len(columns))
    if isinstance(part, Level):
        whole = part.model_copy(update={"where": {}, "any": (), "person": None})
        rows = _standing_rows(columns, whole)
        return rows.only(lack[rows.rows])
    days, there = columns.days(part.date)
    lacking_ones = np.flatnonzero(lack & there)
    return Counted(lacking_ones, days[lacking_ones], days[lacking_ones])


def _dated_rows(columns: Columns, calculation: DatedRows) -> Counted:
    """The rows with a date that satisfy `where`."""
    if isinstance(columns, Stacked):
        return columns.joined([_dated_rows(*part) for part in columns.parts])
    days, there = columns.days(calculation.date)
    met = satisfied(columns, calculation.where, calculation.any)
    rows = np.flatnonzero(met.rows & there)
    since = days[rows]
    known = since if met.known is None else np.maximum(since, met.known[rows])
    return Counted(rows, since, known, None if met.until is None else met.until[rows])


def in_each_category(columns: Columns, calculation: People, grid: Grid, categories: Integers) -> Tally:
    """A `people` calculation that counts a person in every category in which they have a row.

    categories: the category of each row of the table as a code, -1 where it has none.
    """
    return Placed.of(grid, _first_rows(columns, calculation, categories)).tally


def _first_rows(columns: Columns, calculation: People, categories: Integers | None = None) -> Counted:
    """One row for each person that counts (see reaching)."""
    if is_simple(calculation) and categories is None and not isinstance(columns, Stacked):
        return first_of_each(columns, calculation, lambda part: _dated_rows(part, calculation))
    return reached(columns, calculation, _dated_rows(columns, calculation), categories)


def is_simple(calculation: People) -> bool:
    """Whether people are counted by the first of all their rows."""
    return (calculation.counted, calculation.at_least, calculation.different) == ("once", 1, None)


def _standing_rows(columns: Columns, calculation: Level) -> Counted:
    """The rows begun and not ended, of which each window sees those of its last day; over days, of any of its days."""
    start, begun = columns.days(calculation.start)
    end, ended = columns.days(calculation.end)
    counted = Counted(
        np.flatnonzero(begun), np.full(begun.sum(), NEVER), start[begun], np.where(ended, end, NEVER)[begun]
    )
    counted = counted.narrowed(satisfied(columns, calculation.where, calculation.any))
    counted = standing(columns, calculation, counted) if calculation.person else counted
    return on_any_day(counted) if calculation.over else counted


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


def is_row_by_row(sheet: Sheet) -> bool:
    """Whether each row tells by itself whether it counts, of a sheet whose numbers add up."""
    calculation = sheet.calculation
    rows = calculation.denominator if isinstance(calculation, Share) else calculation
    is_of_people = isinstance(rows, People) or bool(getattr(rows, "person", None))
    return not is_of_people and not (isinstance(calculation, Share) and calculation.reached)


def counted_rows(columns: Columns, calculation: Rows) -> Counted:
    """The rows that a calculation counts."""
    return COUNTED_ROWS[calculation.measure](columns, calculation)


def parts_of_share(columns: Columns, calculation: Share) -> tuple[Counted, Counted]:
    """The rows of the numerator, and those of the denominator."""
    if calculation.reached:
        return _cohort(columns, calculation, calculation.reached)
    if calculation.in_time:
        return parts_in_time(columns, counted_rows(columns, calculation.denominator), calculation.in_time)
    is_known = {name: Condition(present=True) for name in calculation.asked}  # people are as their first row says
    denominator = counted_rows(columns, calculation.denominator).narrowed(satisfied(columns, is_known))
    return denominator.narrowed(satisfied(columns, calculation.inside)), denominator


def _cohort(columns: Columns, calculation: Share, asked: Reached) -> tuple[Counted, Counted]:
    """Those of a cohort who reached a state, and all of it."""
    entered, states = calculation.denominator, Columns(columns.package, columns.records, asked.table)
    assert isinstance(entered, People)  # the sheet is refused where it is not
    of, rows = counted_rows(columns, entered), _dated_rows(states, asked.people)
    return parts_of_cohort(of, (columns, entered.person), rows, (states, asked))


def _share(columns: Columns, calculation: Share, grid: Grid) -> Parts:
    parts = (Placed.of(grid, counted) for counted in parts_of_share(columns, calculation))
    above, below = (terms(columns, calculation.denominator, placed) for placed in parts)
    return Parts((*above, *below), _told_share)


def _told_share(*sums: Floats) -> Numbers:
    (part, _), (whole, counted) = (added(of) for of in _halves(sums))
    return Numbers(part, whole, counted)


def _valued_rows(columns: Columns, calculation: Mean | Median | Extreme) -> Counted:
    """The rows that have a number, from the day on which it is known."""
    found, counted = amounts(columns, calculation), _dated_rows(columns, calculation)
    counted = counted.only(found.there[counted.rows])
    return (
        counted if found.known is None else replace(counted, known=np.maximum(counted.known, found.known[counted.rows]))
    )


def _mean(columns: Columns, calculation: Mean, grid: Grid) -> Parts:
    placed = Placed.of(grid, _valued_rows(columns, calculation))
    return Parts(terms_of(placed, amounts(columns, calculation)), _told_mean)


def _told_mean(*sums: Floats) -> Numbers:
    number, rows = added(sums)[0], sums[2]
    return Numbers(number, rows, rows)


def _median(columns: Columns, calculation: Median, grid: Grid) -> Parts:
    counted = _valued_rows(columns, calculation)
    told = quartiles(grid, counted, amounts(columns, calculation).numbers)
    return Parts((lambda codes, size: told(codes, size)[1], Term(Placed.of(grid, counted))), _told_rows, told)


def _told_rows(number: Floats, rows: Floats) -> Numbers:
    return Numbers(number, rows, rows)


def _paired_rows(columns: Columns, calculation: Gain) -> Counted:
    """The rows of which it is known how it was before, and after."""
    counted = _dated_rows(columns, calculation)
    return counted.only(Pairs.of(columns, calculation).known[counted.rows])


def _gain(columns: Columns, calculation: Gain, grid: Grid) -> Parts:
    pairs, placed = Pairs.of(columns, calculation), Placed.of(grid, _paired_rows(columns, calculation))
    weights = pairs.weights()
    gained = (Term(placed, weights[name]) for name in ("gained", *PAIRS[1:]))
    return Parts((Term(placed), *gained), partial(_told_gain, pairs.units))


def _told_gain(units: int, rows: Floats, gained: Floats, *beside: Floats) -> Numbers:
    return Numbers(gained / units, rows, rows, pairs=(rows, *beside))


def _extreme(columns: Columns, calculation: Extreme, grid: Grid) -> Parts:
    counted = _valued_rows(columns, calculation)
    part = Extremes(calculation.measure, amounts(columns, calculation).numbers, columns.order(), counted, grid)
    return Parts((part, Term(Placed.of(grid, counted))), _told_extreme)


def _told_extreme(number: Floats, rows: Floats) -> Numbers:
    return Numbers(number, None, rows)


ADD_UP = ("count", "sum", "people", "level", "share", "mean", "gain")  # what parts of a table come to is added
# by `measure`; each takes the calculations of its own kind
COUNTED_ROWS: dict[str, Callable[[Columns, Any], Counted]] = {
    "count": _dated_rows,
    "sum": _dated_rows,
    "people": _first_rows,
    "level": _standing_rows,
    "mean": _dated_rows,
    "median": _valued_rows,
    "gain": _paired_rows,
    **dict.fromkeys(("max", "min", "last"), _dated_rows),
}
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
