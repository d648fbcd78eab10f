"""The fields of a table, and of the tables it refers to, as plain arrays: one entry for each of its rows."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctanalysis.project.descriptor import COARSE, Located, Package
from ctanalysis.records.arrays import Codes, Floats, Mask, Objects
from ctanalysis.records.lists import members

EPOCH = 719163  # date(1970, 1, 1).toordinal(): days are counted from there, as numpy does
NEVER = np.iinfo(np.int64).max  # a day that does not come
ALWAYS = -NEVER  # a day before all others
NO_DAY = np.iinfo(np.int64).min  # as numpy writes a day that is missing

Kept = TypeVar("Kept")


class Columns:
    """The columns that a sheet names, found from one table by following its foreign keys.

    An entry of a referred table is missing where the key is.
    """

    def __init__(self, package: Package, records: Mapping[str, pd.DataFrame], table: str) -> None:
        self.package, self.records, self.table = package, records, table
        self._rows: Codes | slice = slice(None)
        self._others: dict[tuple[str, str, object], npt.NDArray[Any]] = {}  # of tables that it refers to

    def __len__(self) -> int:
        whole = len(self.records[self.table])
        return len(range(whole)[self._rows]) if isinstance(self._rows, slice) else len(self._rows)

    def part(self, rows: Codes | slice) -> "Columns":
        """The columns of some rows of the table, by their positions; each is worked out once."""
        part = Part(self.package, self.records, self.table)
        part._rows, part._others = rows, self._others
        return part

    def once(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What is made of columns; of all rows each time anew, for it is long."""
        return make()

    def order(self) -> Codes:
        """Each row's place when rows are sorted by primary key; by file and row, where they have none."""
        names = self.package.tables[self.table].keys
        frame = self.records[self.table][[*names]].iloc[self._rows]
        if not names or (len(names) == 1 and frame[names[0]].is_monotonic_increasing):
            return np.arange(len(frame))
        plain = {name: frame[name].astype(str) if frame[name].dtype == "category" else frame[name] for name in names}
        order = pd.DataFrame(plain).reset_index(drop=True).sort_values([*names], kind="stable").index
        places = np.empty(len(frame), np.int64)
        places[order] = np.arange(len(frame))
        return places

    def located(self, name: str) -> Located:
        """Where the field is (see Package.locate)."""
        return self.package.locate(self.table, name)

    def leads_to(self, names: Iterable[str]) -> set[str]:
        """The names of the tables that these fields are found in, or on the way to."""
        return {other for name in names for _, other in self.located(name).steps}

    def days(self, name: str) -> tuple[Codes, Mask]:
        """A date field as whole days since 1970, int64, and which entries are there."""
        days = self._taken(name, _days, NO_DAY)
        return days, self.once(("there", name), lambda: days != NO_DAY)

    def codes(self, name: str) -> Codes:
        """A field as whole numbers, -1 where missing: of its categories, booleans (yes is 0) or texts."""
        return self.small_codes(name).astype(np.int64)

    def small_codes(self, name: str) -> Codes:
        """As codes(), of any type of whole numbers, which may be small."""
        codes = self._taken(name, _codes, -1)
        return self._coarse(name)[codes] if self.located(name).is_coarse else codes

    def named_codes(self, name: str) -> tuple[Codes, pd.Index]:
        """A text field as codes, and the text that each code stands for."""
        column = self._column(self.located(name), name)
        is_coded = isinstance(column.dtype, pd.CategoricalDtype)
        names = column.cat.categories if is_coded else pd.factorize(column)[1]
        return self.codes(name), pd.Index(names, dtype=object)

    def members(self, name: str) -> Mask:
        """Of a list, which of its categories each row has: an array (rows, categories). A row without any has none."""
        located = self.located(name)
        combinations = self.records[located.table][name].cat.categories
        codes, held = self.codes(name), members(located.field, combinations)
        none = np.zeros((1, held.shape[1]), bool)
        return np.concatenate([held, none])[codes]  # -1, for missing, is the last

    def numbers(self, name: str) -> Floats:
        """A numeric field as float64, missing as NaN."""
        return self._taken(name, _numbers, np.nan)

    def texts(self, name: str) -> Objects:
        """A text field as object array, missing as None."""
        return self._taken(name, _texts, None)

    def _column(self, located: Located, name: str) -> pd.Series:
        """A column of the table, of these rows; or of one that it refers to, all of it."""
        column = self.records[located.table][name]
        return column if located.steps else column.iloc[self._rows]

    def _coarse(self, name: str) -> Codes:
        """The number of the coarse category that each category is part of; -1, for missing, last."""
        labels, field = self.located(name).field.labels or (), self.located(name.removesuffix(COARSE)).field
        return np.array([*(labels.index(category.coarse) for category in field.categories or ()), -1], np.int64)

    def _taken(self, name: str, convert: Callable[[pd.Series], npt.NDArray[Any]], missing: object) -> npt.NDArray[Any]:
        """The field's values by row of the first table; those missing where the keys lead to none."""
        located = self.located(name)
        if not located.steps:
            return convert(self._column(located, name.removesuffix(COARSE)))
        rows = self._led_to(located)
        key = located.table, name.removesuffix(COARSE), convert
        if key not in self._others:
            self._others[key] = convert(self._column(located, key[1]))
        values = self._others[key]
        if not len(values):
            return np.full(len(rows), missing, values.dtype)
        return np.where(rows >= 0, values.take(rows, mode="clip"), np.array(missing, values.dtype))

    def _led_to(self, located: Located) -> Codes:
        """The row of another table to which the keys of each row lead; -1 for none."""
        (key, table), *steps = located.steps
        rows: Codes = self.records[self.table][key].iloc[self._rows].cat.codes.to_numpy()
        for key, other in steps:
            codes = self.records[table][key].cat.codes.to_numpy()
            rows, table = np.where(rows < 0, -1, codes.take(rows, mode="clip")), other
        return rows


class Part(Columns):
    """The columns of some rows of a table."""

    def __init__(self, package: Package, records: Mapping[str, pd.DataFrame], table: str) -> None:
        super().__init__(package, records, table)
        self._kept: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """As of all columns; but what was made is kept, and not made again under the same key."""
        if key not in self._kept:
            self._kept[key] = make()
        found: Kept = self._kept[key]
        return found

    def _taken(self, name: str, convert: Callable[[pd.Series], npt.NDArray[Any]], missing: object) -> npt.NDArray[Any]:
        values = super()._taken
        return self.once((name.removesuffix(COARSE), convert), lambda: values(name, convert, missing))


def _days(column: pd.Series) -> Codes:
    days: Codes = column.to_numpy().astype("datetime64[D]").view(np.int64)
    return days


def _codes(column: pd.Series) -> Codes:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy()
    if column.dtype == "boolean":
        codes: Codes = np.array([1, 0, -1])[column.to_numpy(np.int8, na_value=-1)]  # -1, for missing, is the last
        return codes
    return pd.factorize(column)[0]


def _numbers(column: pd.Series) -> Floats:
    return column.to_numpy(np.float64, na_value=np.nan)


def _texts(column: pd.Series) -> Objects:
    return column.astype(object).where(column.notna(), None).to_numpy()
