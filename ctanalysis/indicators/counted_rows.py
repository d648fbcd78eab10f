"""Which rows a calculation counts: those that are dated, that have a number, that stand, or a person's first."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from ctanalysis.base.arrays import Integers
from ctanalysis.indicators.cohorts import parts_of_cohort
from ctanalysis.indicators.counting import Counted
from ctanalysis.indicators.gains import Pairs
from ctanalysis.indicators.in_time import parts_in_time
from ctanalysis.indicators.over_days import on_any_day
from ctanalysis.indicators.reaching import first_of_each, reached, standing
from ctanalysis.indicators.stacked import Stacked
from ctanalysis.project.calculations import Share
from ctanalysis.project.conditions import Condition
from ctanalysis.project.numerators import Reached
from ctanalysis.project.row_calculations import DatedRows, Extreme, Gain, Level, Mean, Median, People, Rows
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.amounts import amounts
from ctanalysis.records.columns import NEVER, Columns
from ctanalysis.records.conditions import satisfied
from ctanalysis.records.needed import lacking
from ctanalysis.records.typed import any_of


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


def is_simple(calculation: People) -> bool:
    """Whether people are counted by the first of all their rows."""
    return (calculation.counted, calculation.at_least, calculation.different) == ("once", 1, None)


def first_rows(columns: Columns, calculation: People, categories: Integers | None = None) -> Counted:
    """One row for each person that counts (see reaching)."""
    if is_simple(calculation) and categories is None and not isinstance(columns, Stacked):
        return first_of_each(columns, calculation, lambda part: _dated_rows(part, calculation))
    return reached(columns, calculation, _dated_rows(columns, calculation), categories)


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


def valued_rows(columns: Columns, calculation: Mean | Median | Extreme) -> Counted:
    """The rows that have a number, from the day on which it is known."""
    found, counted = amounts(columns, calculation), _dated_rows(columns, calculation)
    counted = counted.only(found.there[counted.rows])
    return (
        counted if found.known is None else replace(counted, known=np.maximum(counted.known, found.known[counted.rows]))
    )


def paired_rows(columns: Columns, calculation: Gain) -> Counted:
    """The rows of which it is known how it was before, and after."""
    counted = _dated_rows(columns, calculation)
    return counted.only(Pairs.of(columns, calculation).known[counted.rows])


# by `measure`; each takes the calculations of its own kind
COUNTED_ROWS: dict[str, Callable[[Columns, Any], Counted]] = {
    "count": _dated_rows,
    "sum": _dated_rows,
    "people": first_rows,
    "level": _standing_rows,
    "mean": _dated_rows,
    "median": valued_rows,
    "gain": paired_rows,
    **dict.fromkeys(("max", "min", "last"), _dated_rows),
}
