"""The fields of a table, and of the tables it refers to, as plain arrays: one entry for each of its rows."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctanalysis.project.descriptor import COARSE, Located, Package
from ctanalysis.records.arrays import Codes, Floats, Mask, Objects
from ctanalysis.records.lists import members

EPOCH = 719163  # date(1970, 1, 1).toordinal(): days are counted from there, as numpy does
NEVER = np.iinfo(np.int64).max  # a day that does not come
ALWAYS = -NEVER  # a day before all others


class Columns:
    """The columns that a sheet names, found from one table by following its foreign keys.

    An entry of a referred table is missing where the key is.
    """

    def __init__(self, package: Package, records: Mapping[str, pd.DataFrame], table: str) -> None:
        self.package, self.records, self.table = package, records, table

    def __len__(self) -> int:
        return len(self.records[self.table])

    def order(self) -> Codes:
        """Each row's place when rows are sorted by primary key; by file and row, where they have none."""
        frame, names = self.records[self.table], self.package.tables[self.table].keys
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
        values, there = self._taken(name, lambda column: column.to_numpy("datetime64[D]").astype(np.int64))
        return values, there & (values != np.datetime64("NaT").astype(np.int64))

    def codes(self, name: str) -> Codes:
        """A field as small whole numbers, -1 where missing: of its categories, booleans (yes is 0) or texts."""
        values, there = self._taken(name, _codes)
        codes = np.where(there, values, -1).astype(np.int64)
        return self._coarse(name)[codes] if self.located(name).is_coarse else codes

    def named_codes(self, name: str) -> tuple[Codes, pd.Index]:
        """A text field as codes, and the text that each code stands for."""
        column = self.records[self.located(name).table][name]
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
        values, there = self._taken(name, lambda column: column.to_numpy(np.float64, na_value=np.nan))
        return np.where(there, values, np.nan)

    def texts(self, name: str) -> Objects:
        """A text field as object array, missing as None."""
        values, there = self._taken(name, lambda column: column.astype(object).where(column.notna(), None).to_numpy())
        return np.where(there, values, np.array(None, object))

    def _coarse(self, name: str) -> Codes:
        """The number of the coarse category that each category is part of; -1, for missing, last."""
        labels, field = self.located(name).field.labels or (), self.located(name.removesuffix(COARSE)).field
        return np.array([*(labels.index(category.coarse) for category in field.categories or ()), -1], np.int64)

    def _taken(self, name: str, convert: Callable[[pd.Series], npt.NDArray[Any]]) -> tuple[npt.NDArray[Any], Mask]:
        """The field's values by row of the first table, and for which rows the keys lead to one."""
        located = self.located(name)
        values = convert(self.records[located.table][name.removesuffix(COARSE)])
        rows, there = None, np.ones(len(self), bool)
        table = self.table
        for key, other in located.steps:
            codes = self.records[table][key].cat.codes.to_numpy()
            rows = codes if rows is None else np.where(rows < 0, -1, codes.take(rows, mode="clip"))
            table = other
        if rows is None:
            return values, there
        if not len(values):
            return np.zeros(len(self), values.dtype), ~there
        return values.take(rows, mode="clip"), rows >= 0


def _codes(column: pd.Series) -> Codes:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy()
    if column.dtype == "boolean":
        return np.select([column.eq(True).fillna(False), column.eq(False).fillna(False)], [0, 1], -1)
    return pd.factorize(column)[0]
