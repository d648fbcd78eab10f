"""The records behind a ratio whose parts come from one table: each of them is counted once."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ctanalysis.base.arrays import Floats, Integers, Mask
from ctanalysis.indicators.counted_rows import counted_rows, lacking_rows
from ctanalysis.indicators.counting import Counted, Grid, Placed
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.columns import ALWAYS, NEVER, Columns

BOUNDS = {"since": np.minimum, "known": np.maximum, "until": np.minimum, "after": np.maximum}  # the narrower of two
NO_BOUND = {"until": NEVER, "after": ALWAYS}


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
    behind = [_either(counted_rows(columns, sheet.row_calculation), lack, len(columns)) for sheet, lack in pairs]
    lack = _of_any(lacking, grid, len(columns))
    return _of_any(behind, grid, len(columns)) - lack, lack


def _either(counted: Counted, lacking: Counted, size: int) -> Counted:
    """Rows that count or lack something, each once: who lacks something is there from its own day on."""
    others = counted.only(~_marked(lacking, size)[counted.rows])
    bounds = {
        name: np.concatenate([_bound(one, name) for one in (others, lacking)]) for name in _bounded(others, lacking)
    }
    return Counted(np.concatenate([others.rows, lacking.rows]), **bounds)


def _of_any(parts: Sequence[Counted], grid: Grid, size: int) -> Floats:
    """How many rows are in one of two at least, by window: those of each, less those of both.

    size: of the table. Most rows are often in the same windows of both: these are counted with the first alone.
    """
    one, other = parts
    place = np.full(size, -1)
    place[one.rows] = np.arange(len(one.rows))
    shared = other.only(place[other.rows] >= 0)
    same = one.only(place[shared.rows])
    bounds = {name: (_bound(same, name), _bound(shared, name)) for name in _bounded(one, other)}
    alike = np.logical_and.reduce([mine == theirs for mine, theirs in bounds.values()])
    both = Counted(shared.rows, **{name: BOUNDS[name](*pair) for name, pair in bounds.items()})
    both = both.only(~alike & (_bound(both, "after") < both.since))  # else no window sees both
    rest = other.only(~_marked(shared.only(alike), size)[other.rows])
    return _tally(one, grid) + _tally(rest, grid) - _tally(both, grid)


def _marked(counted: Counted, size: int) -> Mask:
    """Which rows of a table are among these."""
    found = np.zeros(size, bool)
    found[counted.rows] = True
    return found


def _bounded(*parts: Counted) -> list[str]:
    """The bounds that rows of some of these have."""
    return [name for name in BOUNDS if any(getattr(part, name) is not None for part in parts)]


def _bound(counted: Counted, name: str) -> Integers:
    """A bound of rows; what does not bound, where none of them has it."""
    found: Any = getattr(counted, name)
    return np.full(len(counted.rows), NO_BOUND[name]) if found is None else found


def _tally(counted: Counted, grid: Grid) -> Floats:
    return Placed.of(grid, counted).tally()[:, 0]
