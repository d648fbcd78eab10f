"""Ratios of two measures, each worked out by itself, over the same days; and rates, for so many residents."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ctanalysis.base.arrays import Floats, Mask

Part = Mapping[str, NDArray[Any]]  # the arrays of values.COLUMNS


def of_parts(parts: Sequence[Part], states: Sequence[str], lost: Mapping[str, Mask]) -> dict[str, NDArray[Any]]:
    """The numbers and the status of a ratio.

    parts: the values of the numerator and, where there is one, of the denominator; without it, it is the days of each
    window. states: statuses without a number, those first that say more. Nothing below is no data, as is no number in
    either part. lost: by state, of which windows the two together have no number, whatever each has. rows and lacking
    are those of both parts, added up.
    """
    top = parts[0]["value"].astype(float)
    bottom = parts[1]["value"].astype(float) if len(parts) > 1 else np.where(np.isnan(top), np.nan, _days(parts[0]))
    cells = {state: np.repeat(windows, len(top) // max(len(windows), 1)) for state, windows in lost.items()}
    said = [
        np.logical_or.reduce([part["status"] == state for part in parts]) | cells.get(state, False) for state in states
    ]
    value = np.where(np.logical_or.reduce(said), np.nan, top / np.where(bottom == 0, np.nan, bottom))
    status = np.select([*said, np.isnan(value)], [*states, "no data"], "exact")
    added = {name: np.add.reduce([part[name] for part in parts]) for name in ("rows", "lacking")}
    silent = np.isin(status, [state for state in states if state != "no data"])
    numerator, denominator = (np.where(silent, np.nan, number) for number in (top, bottom))
    return {"value": value, "numerator": numerator, "denominator": denominator, "status": status} | added


def of_residents(number: Part, residents: Floats, per: int, states: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The numbers and the status of a rate: per x number / residents.

    number: the values of the numerator. residents: behind each of them, NaN where they are not known, which is no data,
    as are none. states: statuses without a number; of these days residents are not told either.
    """
    top = number["value"].astype(float)
    value = rate(top, per, residents)
    silent = np.isin(number["status"], [state for state in states if state != "no data"])
    status = np.where(np.isnan(value) & ~silent, "no data", number["status"])
    return {"value": value, "numerator": top, "denominator": np.where(silent, np.nan, residents), "status": status}


def rate(number: Any, per: Any, residents: Any) -> Any:
    """A number, or numbers, for each so many residents; NaN where there are none."""
    return per * number / np.where(residents > 0, residents, np.nan)


def _days(part: Part) -> NDArray[Any]:
    """How many days each window has, the first and the last among them."""
    first, last = (part[name].astype("datetime64[D]") for name in ("start", "end"))
    days: NDArray[Any] = (last - first).astype(np.int64) + 1
    return days
