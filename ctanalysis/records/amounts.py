"""What each row adds to a number: what stands in a column, or the days from one date to another."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ctanalysis.records.arrays import Codes, Floats, Mask
from ctanalysis.records.columns import Columns


class Amounts(NamedTuple):
    """A number for each row of a table, NaN where it has none, and from which day on it is known (None: always)."""

    numbers: Floats
    known: Codes | None = None

    @property
    def there(self) -> Mask:
        """Which rows have a number."""
        there: Mask = ~np.isnan(self.numbers)
        return there


def amounts(columns: Columns, column: str | None, days: Sequence[str] | None = None) -> Amounts:
    """Those of a column, or the days from a date to another (days: the names of both).

    The days are those of the second less the first, known from the second on. Without either date there is no number,
    nor where the second is before the first.
    """
    if not days:
        return Amounts(columns.numbers(column or ""))
    (first, begun), (second, ended) = (columns.days(name) for name in days)
    there = begun & ended & (second >= first)
    return Amounts(np.where(there, second - first, np.nan), second)


def are_backwards(columns: Columns, days: Sequence[str]) -> Mask:
    """Which rows have both dates, the second before the first."""
    (first, begun), (second, ended) = (columns.days(name) for name in days)
    return begun & ended & (second < first)
