"""What each row adds to a number: what stands in a column or in several, or the days from one date to another."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ctanalysis.project.row_calculations import Rows, columns_of
from ctanalysis.records.arrays import Codes, Floats, Mask
from ctanalysis.records.columns import Columns


class Amounts(NamedTuple):
    """A number for each row of a table, NaN where it has none.

    known: from which day on it is known (None: always). whole: which rows have all of it (None: all that have any).
    """

    numbers: Floats
    known: Codes | None = None
    whole: Mask | None = None

    @property
    def there(self) -> Mask:
        """Which rows have a number."""
        there: Mask = ~np.isnan(self.numbers)
        return there


def amounts(columns: Columns, rows: Rows) -> Amounts:
    """Those of the column of a calculation, of its several columns, or of the days from one date to another.

    Of several columns, what a row has of them is added up.
    """
    days = getattr(rows, "days", None)
    return days_between(columns, days) if days else _added(columns, columns_of(rows))


def days_between(columns: Columns, days: Sequence[str]) -> Amounts:
    """The days from a date to another (days: the names of both).

    The days are those of the second less the first, known from the second on. Without either date there is no number,
    nor where the second is before the first.
    """
    (first, begun), (second, ended) = (columns.days(name) for name in days)
    there = begun & ended & (second >= first)
    return Amounts(np.where(there, second - first, np.nan), second)


def _added(columns: Columns, names: Sequence[str]) -> Amounts:
    numbers = [columns.numbers(name) for name in names]
    if len(numbers) == 1:
        return Amounts(numbers[0])
    there = [~np.isnan(column) for column in numbers]
    added = np.sum([np.where(has, column, 0) for has, column in zip(there, numbers, strict=True)], axis=0)
    return Amounts(np.where(np.any(there, axis=0), added, np.nan), whole=np.all(there, axis=0))


def are_backwards(columns: Columns, days: Sequence[str]) -> Mask:
    """Which rows have both dates, the second before the first."""
    (first, begun), (second, ended) = (columns.days(name) for name in days)
    return begun & ended & (second < first)
