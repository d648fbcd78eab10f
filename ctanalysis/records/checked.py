"""A table after all checks, and what it gives: used rows, keys, rows held back, places and counts of rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from ctanalysis.base.spelling import cleaned
from ctanalysis.project.descriptor import Table
from ctanalysis.records.arrays import Codes, Mask, Objects
from ctanalysis.records.files import Gathered
from ctanalysis.records.files.pieces import GONE
from ctanalysis.records.findings import EARLIER, NO_CONSENT, STRUCK, UNREAD
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.references import Keys
from ctanalysis.records.shape import TOTAL
from ctanalysis.records.typed import Typed


def framed(gathered: Gathered, typed: Mapping[str, Typed], rows: Mask | slice) -> pd.DataFrame:
    """Some rows of a table as a frame, typed: a column for each field."""
    values = {name: pd.Series(typed[name].values) for name in gathered.table.fields}
    return pd.DataFrame(
        {name: column.take(gathered.codes[name][rows]).reset_index(drop=True) for name, column in values.items()}
    )


class Usable(NamedTuple):
    """good: which rows can be used; bad: which cannot be believed, and are not left out on purpose.

    unusable, files: of the files, those of which nothing can be used, and all; spared: those with rows that are left
    out on purpose.
    """

    good: Mask
    bad: Mask
    unusable: set[str]
    files: set[str]
    spared: set[str]


@dataclass(frozen=True)
class CheckedTable:
    """A table with its issues and, by field, its Typed words."""

    issues: TableIssues
    typed: dict[str, Typed]

    @property
    def gathered(self) -> Gathered:
        """The rows as they were read."""
        return self.issues.gathered

    @property
    def table(self) -> Table:
        """What datapackage.json says of it."""
        return self.gathered.table

    def used(self) -> pd.DataFrame:
        """The rows that are not held back."""
        return framed(self.gathered, self.typed, ~self.issues.held)

    def keys(self, used: pd.DataFrame) -> Keys | None:
        """The table's Keys, for those that refer to it; None where it cannot be read. used: its used rows."""
        if not self.gathered.readable:
            return None
        key = self.table.key
        if not key:
            return Keys(pd.Index([], dtype="str"), frozenset())
        words, codes = pd.Series(self.typed[key].values), self.gathered.codes[key]

        def lost(rows: Mask) -> frozenset[str]:
            held = set(words.take(np.unique(codes[rows])).dropna())
            return frozenset(held.difference(used[key]) if held else held)

        return Keys(pd.Index(used[key]), lost(self.issues.held), lost(self.issues.under(NO_CONSENT)))

    def held_back(self) -> pd.DataFrame:
        """The rows held back as far as they can be read, and may be: of those without consent there is nothing in them.

        Columns: the fields that are not identifying. A foreign key is the text that stands in the file.
        """
        without = self.issues.under(NO_CONSENT)[self.issues.held]
        return pd.DataFrame({name: self._held_values(name).mask(without) for name in self.table.shareable_fields})

    def usable(self) -> Usable:
        """Which rows and files are Usable.

        Of a row that a later delivery has again, that delivery's state can be used, or is left out on purpose itself.
        So is a row that was deleted, and a total in a file or sheet whose records can be used: they doubt nothing.
        Unusable are files that have rows which cannot be believed, and none that can be used, or that cannot be read.
        """
        held = self.issues.held
        meant = self.issues.under(NO_CONSENT) | self.issues.under(STRUCK) | self.issues.under(GONE.rule)
        read_later = self._read_later(~held | meant)
        good, source = ~held | read_later, self.gathered.source
        totals = self.issues.under(TOTAL.rule) & self.issues.passed()
        meant |= totals & np.isin(source, np.unique(source[good])) if totals.any() else totals
        bad = held & ~meant & ~read_later
        sources = np.array([source.path for source in self.gathered.sources], object)
        faulty = {*sources[np.unique(source[bad])]}
        unusable = faulty - {*sources[np.unique(source[good])]} if faulty else faulty
        found = {one.path for one in self.gathered.findings if one.severity == UNREAD}
        unread = {path for path in found if not any(f"{one}/".startswith(f"{path.rstrip('/')}/") for one in sources)}
        spared = {*sources[np.unique(source[held & ~good & ~bad])]}
        return Usable(good, bad, unusable | unread, {*sources} | unread, spared)

    def _read_later(self, good: Mask) -> Mask:
        """Which rows stand in a later delivery whose row is among the good ones."""
        earlier = np.flatnonzero(self.issues.under(EARLIER))
        read = np.zeros(len(self.gathered), bool)
        if len(earlier):
            states = framed(self.gathered, self.typed, slice(None))[[*self.table.keys]].astype(str)
            numbers = states.groupby([*states]).ngroup().to_numpy()
            read[earlier] = np.isin(numbers[earlier], numbers[good])
        return read

    def _held_values(self, name: str) -> pd.Series:
        codes = self.gathered.codes[name][self.issues.held]
        if name not in self.table.references:
            return pd.Series(self.typed[name].values).take(codes).reset_index(drop=True)
        words = list(self.gathered.words[name]) if len(codes) else []
        return pd.Series([cleaned(words[code]) for code in codes], dtype="str")

    def places(self) -> pd.DataFrame:
        """A row for each row read. Columns: path, sheet, row (as a spreadsheet shows it), held."""
        gathered, sources = self.gathered, self.gathered.sources
        path = _paths([source.path for source in sources], gathered.source)
        sheet = np.array([source.sheet for source in sources], object)[gathered.source]
        return pd.DataFrame({"path": path, "sheet": sheet, "row": gathered.row, "held": self.issues.held})

    def tally(self) -> list[tuple[str, str, str, int, int, int, int]]:
        """For each file and sheet: table, path, sheet, and the rows read, held back, passed over and used."""
        gathered, passed = self.gathered, self.issues.passed()

        def counts(rows: Mask) -> list[int]:
            return list(np.bincount(gathered.source, rows.astype(float), len(gathered.sources)).astype(int))

        held = self.issues.held
        numbers = counts(held | ~held), counts(held & ~passed), counts(passed), counts(~held)
        return [
            (self.table.name, source.path, source.sheet, *of)
            for source, of in zip(gathered.sources, zip(*numbers, strict=True), strict=True)
        ]


def _paths(paths: list[str], codes: Codes) -> Objects | pd.Categorical:
    """The path of each row's file. A file with several sheets has its path several times, which no category may."""
    if len(set(paths)) < len(paths):
        return np.array(paths, object)[codes]
    return pd.Categorical.from_codes(codes, pd.Index(paths, dtype="str"))
