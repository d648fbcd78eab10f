"""Survey rounds: of which round a value is.

    baseline   xxxx
    midline              xxxx                 a period's value is of the latest round that has rows in it,
    endline                         xxxx      and never of the baseline, nor of several together

The latest is the one that began last; of two that began on one day, the one that is listed last in datapackage.json.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ctanalysis.base.arrays import Integers
from ctanalysis.indicators.counting import Days
from ctanalysis.project.row_calculations import Level
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.columns import EPOCH, Columns

Values = dict[str, NDArray[Any]]  # the arrays of values.COLUMNS


def days_by_round(columns: Columns, sheet: Sheet) -> dict[str, Integers]:
    """The days of the rows of each round of a sheet, in their order, whatever its conditions."""
    rounds, rows = sheet.rounds, sheet.row_calculation
    if rounds is None or isinstance(rows, Level):
        return {}
    days, there = columns.days(rows.date)
    codes = np.where(there, columns.codes(rounds.field), -1)
    categories = columns.located(rounds.field).field.categories or ()
    found = {category.value: np.sort(days[codes == code]) for code, category in enumerate(categories)}
    return {name: of for name, of in found.items() if len(of)}


def latest(columns: Columns, sheet: Sheet, windows: Sequence[Days]) -> list[str | None]:
    """The round that each window's value is of; None where it has no rows but those of the baseline."""
    days = days_by_round(columns, sheet)
    others = [name for name in days if sheet.rounds and name != sheet.rounds.baseline]
    others.sort(key=lambda name: int(days[name][0]))  # of the same day they stay in the order of their field
    return [next((name for name in reversed(others) if _any_within(days[name], window)), None) for window in windows]


def of_windows(latest: Sequence[str | None], values_of: Callable[[str | None], Values]) -> Values:
    """The values of each window's own round, window by window; where it has none, there is no data, rather than 0.

    values_of: a round, or None for rows of no round, -> its values in all windows, as arrays by column.
    """
    none = values_of(None)
    found = none | {name: np.full(len(none[name]), np.nan) for name in ("value", "numerator", "denominator")}
    found["status"] = np.where(none["status"] == "exact", "no data", none["status"])
    for name in dict.fromkeys(filter(None, latest)):
        own = values_of(name)
        mine = np.repeat([one == name for one in latest], len(own["value"]) // len(latest))
        found = {key: np.where(mine, own[key], found[key]) for key in own}
    return found


def _any_within(days: Integers, window: Days) -> bool:
    first, last = (day.toordinal() - EPOCH for day in (window.start, window.end))
    return bool(np.searchsorted(days, first) < np.searchsorted(days, last, side="right"))
