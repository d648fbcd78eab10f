"""Cumulative exports: the same key comes again with a later state, and the row of the later delivery is the one read.

A table says so with "repeated": "later delivery" in datapackage.json. Which delivery is the later one says the day of
sending in deliveries.csv, by file. Where it does not, nothing is guessed: the rows are held back.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ctanalysis.project.descriptor import Table
from ctanalysis.project.facts import Facts
from ctanalysis.project.project import Project
from ctanalysis.records.arrays import Codes
from ctanalysis.records.deliveries import last_sent
from ctanalysis.records.files import Gathered
from ctanalysis.records.findings import EARLIER, HELD_BACK, Issue
from ctanalysis.records.references import Keys
from ctanalysis.records.types import typed_words
from ctanalysis.records.uniqueness import canonical

REPLACED = Issue(
    HELD_BACK, EARLIER, "stands again in a later delivery, whose row is read in its place", "Nothing, if this is meant"
)
UNCLEAR = Issue(
    HELD_BACK,
    "unclear delivery",
    "has the key of a row in another file, which says something else, and nothing tells which was sent later",
    "Write into deliveries.csv on which day each of these files was sent; of two files of one day, take one out",
)


def replaced(project: Project, gathered: Gathered, keys: Mapping[str, Keys | None]) -> dict[Issue, Codes]:
    """By issue, the positions of rows that are not read for what another file says; none where the table does not ask.

    keys: of the tables that this one refers to.
    """
    table = gathered.table
    if not table.repeated or not gathered.readable or not len(gathered):
        return {}
    days = last_sent(project)
    sent = np.array([days[one.path].toordinal() if one.path in days else 0 for one in gathered.sources])
    rows = _with_key(table, gathered, keys, project.facts)
    rows["file"] = pd.factorize(np.array([one.path for one in gathered.sources], object)[gathered.source])[0]
    rows["sent"] = sent[gathered.source]
    rows = rows[rows["key"] >= 0]
    rows = rows[rows.groupby("key")["file"].transform("nunique") > 1]
    unclear, read = _chosen(gathered, rows)
    found = {REPLACED: rows.index.difference(unclear).difference(read), UNCLEAR: unclear}
    return {issue: positions.to_numpy(np.int64) for issue, positions in found.items() if len(positions)}


def _with_key(table: Table, gathered: Gathered, keys: Mapping[str, Keys | None], facts: Facts) -> pd.DataFrame:
    """For each row the number of its key; -1 where part of it is missing."""
    parts, filled = {}, np.ones(len(gathered), bool)
    for name in table.keys:
        typed = typed_words(table, name, gathered.words[name], keys, facts)
        parts[name] = canonical(gathered.words[name], typed)[gathered.codes[name]]
        filled &= ~gathered.rows_with(name, typed.missing)
    numbers = pd.DataFrame(parts).groupby([*parts], sort=False).ngroup().to_numpy()
    return pd.DataFrame({"key": np.where(filled, numbers, -1)})


def _chosen(gathered: Gathered, rows: pd.DataFrame) -> tuple[pd.Index, pd.Index]:
    """Of rows whose key is in several files: those of which nobody can say which is the later, and those to be read.

    rows: by position, with key, file and sent (0 where nothing says when). Where the files that may be the last one
    say the same, it does not matter which is read.
    """
    last = rows[(rows["sent"] == 0) | (rows["sent"] == rows.groupby("key")["sent"].transform("max"))]
    codes = pd.DataFrame({name: words[last.index] for name, words in gathered.codes.items()}, index=last.index)
    by_key = last.assign(whole=codes.groupby([*codes]).ngroup()).groupby("key")
    is_unclear = (by_key["file"].transform("nunique") > 1) & (by_key["whole"].transform("nunique") > 1)
    is_first = last["file"] == by_key["file"].transform("first")
    return last.index[is_unclear], last.index[is_first & ~is_unclear]
