"""Rows that say that they are totals, and look like records all the same: they have a key, or a word with two meanings.

    a text of the row ─▶ a word for a total ─┬▶ its numbers are what the rows above add up to: a total, passed over
                                             └▶ they are not: counted, and named

What the rows above add up to is counted from the last such row on, or from the first row of the file or sheet.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.fields import Field
from ctanalysis.records.arrays import Codes, Floats, Mask
from ctanalysis.records.files import Gathered
from ctanalysis.records.files.totals import any_may_be, may_be_total
from ctanalysis.records.findings import LOOK, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.shape import TOTAL
from ctanalysis.records.typed import Typed

PERHAPS = Issue(
    LOOK,
    TOTAL.rule,
    "has a word for a total, and is counted as a record",
    "If it is a total, strike it out in judgements/corrections.toml, or take it out of the file; a record is named "
    'with rule = "total" in judgements/accepted.toml',
)
FEWEST = 2  # rows above, for their sum to tell anything


def check(issues: TableIssues, typed: Mapping[str, Typed]) -> None:
    """Adds the rows that have a word for a total and are not held so far."""
    gathered, table = issues.gathered, issues.gathered.table
    texts = [field for field in table.fields.values() if field.type == "string" and field.name not in table.references]
    fields = [rows for field in texts if (rows := _says(gathered, field)) is not None]
    if not fields:
        return
    said: Mask = np.logical_or.reduce(fields) & ~issues.held & ~issues.under(TOTAL.rule)
    kept = np.isin(np.arange(len(gathered)), issues.records) & said
    added = _added_up(issues, typed, said)
    issues.add(TOTAL, said & added & ~kept)
    issues.add(replace(TOTAL, severity=LOOK), kept)
    issues.add(PERHAPS, said & ~added & ~kept)


def _says(gathered: Gathered, field: Field) -> Mask | None:
    """Which rows have such a word in a field, not one that is a category's own spelling; None where no row has one."""
    words = gathered.words[field.name]
    is_none = words.numbered and not any_may_be("\0".join(words))
    named = [] if is_none else [place for place, word in enumerate(words) if may_be_total(word)]
    if not named:
        return None
    spelt = {skeleton(word) for category in field.categories or () for word in category.spellings}
    chosen = [place for place in named if skeleton(words[place]) not in spelt]
    return np.isin(gathered.codes[field.name], chosen)


def _added_up(issues: TableIssues, typed: Mapping[str, Typed], said: Mask) -> Mask:
    """Which of the rows that say so have as their numbers, each that they have, what the rows above add up to."""
    gathered, table = issues.gathered, issues.gathered.table
    names = [
        field.name
        for field in table.fields.values()
        if field.type in ("integer", "number") and not field.categories and field.name not in table.keys
    ]
    found = np.zeros(len(gathered), bool)
    for _, rows in gathered.by_source():
        here = said[rows]
        if here.any():
            counted = ~here & ~issues.held[rows]
            columns = [_numbers(gathered.codes[name][rows], typed[name]) for name in names]
            found[rows] = here & _are_sums(columns, here, counted)
    return found


def _numbers(codes: Codes, typed: Typed) -> Floats:
    """The numbers of rows of a field; NaN where there is none."""
    return pd.Series(typed.values).to_numpy(np.float64, na_value=np.nan)[codes]


def _are_sums(columns: list[Floats], said: Mask, counted: Mask) -> Mask:
    """Which rows of a source have only such numbers, of the block above them or of all rows above them."""
    places = np.flatnonzero(said)
    before = np.concatenate([[0], places[:-1] + 1])  # where the block above each begins
    is_block, is_all = np.ones(len(places), bool), np.ones(len(places), bool)
    filled = np.zeros(len(places), bool)
    rows = np.concatenate([[0], np.cumsum(counted)])
    for values in columns:
        sums = np.concatenate([[0], np.cumsum(np.where(counted, np.nan_to_num(values), 0))])
        own = values[places]
        there = ~np.isnan(own)
        filled |= there & (own != 0)
        is_block &= ~there | np.isclose(own, sums[places] - sums[before])
        is_all &= ~there | np.isclose(own, sums[places])
    is_block &= rows[places] - rows[before] >= FEWEST
    is_all &= rows[places] >= FEWEST
    found = np.zeros(len(said), bool)
    found[places] = filled & (is_block | is_all)
    return found
