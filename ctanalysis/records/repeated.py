"""Cumulative exports: the same key comes again with a later state, and the row of the later delivery is the one read.

A table says so with "repeated": "later delivery" in datapackage.json. Which of a partner's deliveries is the later one
says deliveries.csv: the one that was sent later, so that a correction of an earlier period counts; of one day, that of
the later period. Where it does not, or where two partners use one key, nothing is guessed: the rows are held back. A
row that is struck out is as if not sent.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from ctanalysis.project.csv_files import Delivery
from ctanalysis.project.descriptor import Table
from ctanalysis.project.facts import Facts
from ctanalysis.project.project import Project
from ctanalysis.records.arrays import Codes
from ctanalysis.records.files import Gathered
from ctanalysis.records.findings import EARLIER, HELD_BACK, LOOK, PASSED, Issue
from ctanalysis.records.references import Keys
from ctanalysis.records.types import typed_words
from ctanalysis.records.uniqueness import canonical

REPLACED = Issue(
    PASSED, EARLIER, "stands again in a later delivery, whose row is read in its place", "Nothing, if this is meant"
)
UNCLEAR = Issue(
    HELD_BACK,
    "unclear delivery",
    "has the key of a row in another file, which says something else, and nothing tells which is the later state",
    "Write into deliveries.csv of which period each of these files is, and on which day it was sent; of two files of "
    "one period and one day, take one out",
)
SHARED = Issue(
    HELD_BACK,
    "unclear delivery",
    "has the key of a row in another partner's file: two partners use one key",
    "Have each partner put a code of its own before its keys, or make the partner's column part of the primaryKey; "
    "where both files are one partner's, name it so in deliveries.csv",
)
GONE = Issue(
    LOOK,
    "not sent again",
    "stood in an earlier delivery and not in the latest: was it struck out?",
    "Ask the partner. If it was, strike it out in judgements/corrections.toml; if not, have it sent again",
)
NOBODY = -1  # the number of the partner of a file that deliveries.csv does not list


class Choice(NamedTuple):
    """What becomes of the rows of a table whose keys come again, by position.

    out: by issue, rows that are not read for what another file says. gone: rows read that the partner's latest file
    lacks. overtaken: rows struck out of which a later state has come since.
    """

    out: dict[Issue, Codes]
    gone: Codes
    overtaken: Codes


def chosen(project: Project, gathered: Gathered, keys: Mapping[str, Keys | None], struck: Sequence[int]) -> Choice:
    """The Choice among a table's rows; an empty one where the table does not ask for it.

    keys: of the tables that this one refers to. struck: the positions of rows that are struck out.
    """
    table = gathered.table
    if not table.repeated or not gathered.readable or not len(gathered):
        return Choice({}, np.zeros(0, np.int64), np.zeros(0, np.int64))
    files = _files(project, gathered)
    every = _with_key(table, gathered, keys, project.facts).join(files, on="source")
    every = every[every["key"] >= 0]
    rows = every.drop(struck, errors="ignore")
    again = rows[rows.groupby("key")["file"].transform("nunique") > 1]
    shared, unclear, read = _chosen(gathered, again)
    found = {REPLACED: again.index.difference(shared.union(unclear).union(read)), UNCLEAR: unclear, SHARED: shared}
    still = rows.drop(again.index.difference(read))
    latest = still["partner"].map(files.groupby("partner")["place"].max())
    return Choice(
        {issue: positions.to_numpy(np.int64) for issue, positions in found.items() if len(positions)},
        still.index[(still["partner"] != NOBODY) & (still["place"] < latest)].to_numpy(np.int64),
        _overtaken(every, rows),
    )


def _overtaken(every: pd.DataFrame, rows: pd.DataFrame) -> Codes:
    """The positions of rows struck out whose key stands in a later file of the partner. rows: those not struck out."""
    struck = every.drop(rows.index)
    last = rows[rows["key"].isin(struck["key"])].groupby(["key", "partner"])["place"].max().rename("last")
    positions: Codes = struck.index[struck.join(last, on=["key", "partner"])["last"] > struck["place"]].to_numpy()
    return positions


def _files(project: Project, gathered: Gathered) -> pd.DataFrame:
    """For each source the number of its file and of its partners, and its place in time; 0 where nothing says it."""
    paths = [one.path for one in gathered.sources]
    listed: dict[str, list[Delivery]] = {path: [] for path in paths}
    for one in (one for one in project.deliveries if one.file in listed):
        listed[one.file].append(one)
    whose = [tuple(sorted({one.partner for one in listed[path]})) for path in paths]
    partners = {names: number for number, names in enumerate(sorted({*whose} - {()}))} | {(): NOBODY}
    times = [_time(project, listed[path]) for path in paths]
    places = {time: place for place, time in enumerate(sorted({time for time in times if time}), 1)}
    return pd.DataFrame(
        {
            "file": pd.factorize(np.array(paths, object))[0],
            "partner": [partners[names] for names in whose],
            "place": [places[time] if time else 0 for time in times],
        }
    )


def _time(project: Project, listed: Sequence[Delivery]) -> tuple[date, date] | None:
    """The day on which a file was first sent (listed again, it is no newer), and the end of its period."""
    if not listed:
        return None
    first = min(one.sent for one in listed)
    periods = [one.period for one in listed if one.sent == first]
    return first, max(project.calendar.named(one).end if one else first for one in periods)


def _with_key(table: Table, gathered: Gathered, keys: Mapping[str, Keys | None], facts: Facts) -> pd.DataFrame:
    """For each row the number of its key; -1 where part of it is missing."""
    parts, filled = {}, np.ones(len(gathered), bool)
    for name in table.keys:
        typed = typed_words(table, name, gathered.words[name], keys, facts)
        parts[name] = canonical(gathered.words[name], typed)[gathered.codes[name]]
        filled &= ~gathered.rows_with(name, typed.missing)
    numbers = pd.DataFrame(parts).groupby([*parts], sort=False).ngroup().to_numpy()
    return pd.DataFrame({"key": np.where(filled, numbers, -1), "source": gathered.source})


def _chosen(gathered: Gathered, rows: pd.DataFrame) -> tuple[pd.Index, pd.Index, pd.Index]:
    """Of rows whose key is in several files: those of two partners, those of which nobody can say which is the later,
    and those to be read.

    rows: by position, with key, file, partner and place (0 where nothing says when). Where the files that may be the
    last one say the same, it does not matter which is read.
    """
    last = rows[(rows["place"] == 0) | (rows["place"] == rows.groupby(["key", "partner"])["place"].transform("max"))]
    codes = pd.DataFrame({name: words[last.index] for name, words in gathered.codes.items()}, index=last.index)
    by_key = last.assign(
        whole=codes.groupby([*codes]).ngroup(), known=last["partner"].where(last["partner"] != NOBODY)
    ).groupby("key")
    is_shared = by_key["known"].transform("nunique") > 1
    is_unclear = ~is_shared & (by_key["file"].transform("nunique") > 1) & (by_key["whole"].transform("nunique") > 1)
    is_first = last["file"] == by_key["file"].transform("first")
    return last.index[is_shared], last.index[is_unclear], last.index[is_first & ~is_unclear & ~is_shared]
