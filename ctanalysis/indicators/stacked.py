"""People of several tables, each counted once: the tables' rows one below the other, as those of one table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Integers, Mask
from ctanalysis.indicators.counting import Counted
from ctanalysis.project.descriptor import Located, Package
from ctanalysis.project.row_calculations import People
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.columns import Columns


class Stacked(Columns):
    """The columns of several tables: rows of the first, then of the next. A field must be the same one in all of them.

    parts: each table's Columns, and the rows of it that are counted.
    """

    def __init__(self, package: Package, records: Mapping[str, pd.DataFrame], calculation: People) -> None:
        super().__init__(package, records, calculation.table)
        self.parts = [(Columns(package, records, part.table), part) for part in calculation.parts]
        self.person = calculation.person

    def __len__(self) -> int:
        return sum(len(columns) for columns, _ in self.parts)

    def order(self) -> Integers:
        """Each row's place when rows of the same day are sorted: by table, then by primary key."""
        firsts = self._firsts
        return np.concatenate([columns.order() + first for (columns, _), first in zip(self.parts, firsts, strict=True)])

    def located(self, name: str) -> Located:
        """Where the field is from the first table; it may be missing where it may be from any."""
        found = [columns.located(name) for columns, _ in self.parts]
        return replace(found[0], may_be_missing=any(one.may_be_missing for one in found))

    def small_codes(self, name: str) -> Integers:
        """A field of all rows; of the person, the same number for the same one in every table."""
        if name == self.person:
            return np.concatenate(same_people([(columns, part.person) for columns, part in self.parts]))
        return np.concatenate([columns.small_codes(name) for columns, _ in self.parts])

    def members(self, name: str) -> Mask:
        """Of a list, which of its categories each row has."""
        return np.concatenate([columns.members(name) for columns, _ in self.parts])

    def joined(self, counted: Sequence[Counted]) -> Counted:
        """Counted rows of each table as rows of all."""
        rows = [one.rows + first for one, first in zip(counted, self._firsts, strict=True)]
        since, known = ([getattr(one, name) for one in counted] for name in ("since", "known"))
        return Counted(np.concatenate(rows), np.concatenate(since), np.concatenate(known))

    @property
    def _firsts(self) -> list[int]:
        """The place of each table's first row."""
        return [0, *np.cumsum([len(columns) for columns, _ in self.parts])[:-1].tolist()]


def columns_of(package: Package, records: Mapping[str, pd.DataFrame], sheet: Sheet) -> Columns:
    """The columns of the rows that a sheet counts."""
    calculation = sheet.calculation
    if isinstance(calculation, People) and calculation.also:
        return Stacked(package, records, calculation)
    return Columns(package, records, calculation.table)


def same_people(fields: Sequence[tuple[Columns, str]]) -> list[Integers]:
    """Fields of several tables that name people, as codes: the same number for the same one; -1 where missing."""
    found = [columns.named_codes(name) for columns, name in fields]
    if all(names.equals(found[0][1]) for _, names in found[1:]):  # of one register: its keys, in its order
        return [codes for codes, _ in found]
    everybody = found[0][1].append([names for _, names in found[1:]]).unique()
    return [_coded(codes, everybody.get_indexer(names)) for codes, names in found]


def _coded(codes: Integers, numbers: Integers) -> Integers:
    return np.append(numbers, -1)[codes]  # -1, for missing, is the last
