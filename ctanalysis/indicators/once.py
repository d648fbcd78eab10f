"""The records behind a ratio whose parts come from one table: each of them is counted once."""

from collections.abc import Sequence

import numpy as np

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators.counting import Counted, Grid, Placed
from ctanalysis.indicators.measures import counted_rows, lacking_rows
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.columns import ALWAYS, NEVER, Columns


def each_once(columns: Columns, sheet: Sheet, grid: Grid, there: Floats) -> dict[str, Floats]:
    """The rows and lacking of a ratio of which both parts are of one table; of others nothing.

    there: by window, NaN where it has no such number.
    """
    if len(sheet.parts) == 1 or len({part.calculation.table for part in sheet.parts}) > 1:
        return {}
    numbers = zip(("rows", "lacking"), _behind(columns, sheet.parts, grid), strict=True)
    return {name: np.where(np.isnan(there), np.nan, each) for name, each in numbers}


def _behind(columns: Columns, sheets: Sequence[Sheet], grid: Grid) -> tuple[Floats, Floats]:
    """By window, how many records of a table two calculations are of, and how many more lack what either needs.

    sheets: both parts of a ratio. A record that both count is one; one that counts and lacks something lacks it.
    """
    lacking = [lacking_rows(columns, sheet) for sheet in sheets]
    pairs = zip(sheets, lacking, strict=True)
    behind = [_either(counted_rows(columns, sheet.row_calculation), lack) for sheet, lack in pairs]
    lack = _of_any(lacking, grid)
    return _of_any(behind, grid) - lack, lack


def _either(counted: Counted, lacking: Counted) -> Counted:
    """Rows that count or lack something, each once: who lacks something is there from its own day on."""
    others = counted.only(~np.isin(counted.rows, lacking.rows))
    both = zip(_bounds(others), _bounds(lacking), strict=True)
    return Counted(*(np.concatenate(pair) for pair in both))


def _bounds(counted: Counted) -> tuple[Integers, Integers, Integers, Integers, Integers]:
    """rows, since, known, until and after, with those that no row has filled in."""
    count = len(counted.rows)
    until = np.full(count, NEVER) if counted.until is None else counted.until
    after = np.full(count, ALWAYS) if counted.after is None else counted.after
    return counted.rows, counted.since, counted.known, until, after


def _of_any(parts: Sequence[Counted], grid: Grid) -> Floats:
    """How many rows are in one of two at least, by window: those of each, less those of both."""
    one, other = parts
    return sum(_tally(part, grid) for part in parts) - _tally(_both(one, other), grid)


def _both(one: Counted, other: Counted) -> Counted:
    """The rows of both, in the windows that see both."""
    _, here, there = np.intersect1d(one.rows, other.rows, assume_unique=True, return_indices=True)
    mine, theirs = _bounds(one.only(here)), _bounds(other.only(there))
    narrower = (np.minimum, np.maximum, np.minimum, np.maximum)  # since, known, until, after
    return Counted(mine[0], *(way(a, b) for way, a, b in zip(narrower, mine[1:], theirs[1:], strict=True)))


def _tally(counted: Counted, grid: Grid) -> Floats:
    return Placed.of(grid, counted).tally()[:, 0]
