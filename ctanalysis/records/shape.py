"""Rows that are no records: totals, rows that name the columns again, rows that stand below other columns."""

import numpy as np

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.fields import Field
from ctanalysis.records.arrays import Mask
from ctanalysis.records.files import Gathered
from ctanalysis.records.files.totals import LONGEST, is_total
from ctanalysis.records.findings import HELD_BACK, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.typed import any_of

TOTAL = Issue(HELD_BACK, "total", "looks like a total, not like a record", "Take the row out: totals are calculated")
AGAIN = Issue(HELD_BACK, "columns again", "names the columns again", "Take the row out")


def check(issues: TableIssues) -> None:
    """Adds the rows of a table that are no records."""
    table, gathered = issues.gathered.table, issues.gathered
    named = {name: _names(gathered, name) for name in table.keys or table.fields}
    again = _names_again(gathered, named)
    issues.add(TOTAL, _totals(gathered) & ~again)
    if not again.any():
        return
    issues.add(AGAIN, again)
    named |= {name: _names(gathered, name) for name in table.fields if name not in named}
    others = np.flatnonzero(again & ~np.logical_and.reduce(list(named.values())))
    first = others[np.unique(gathered.source[others], return_index=True)[1]]  # of each file: all others stand below it
    for row in first:
        below = (gathered.source == gathered.source[row]) & (np.arange(len(again)) > row) & ~again
        says = f"stands below row {gathered.row[row]}, which names other columns, or in another order"
        issues.add(Issue(HELD_BACK, "after other columns", says, "Send these rows as a file of their own"), below)


def _names_again(gathered: Gathered, named: dict[str, Mask]) -> Mask:
    """Which rows name the columns of the key; of a table without one, half of the filled columns. named: by field."""
    table = gathered.table
    if table.keys:
        every: Mask = np.logical_and.reduce([named[name] for name in table.keys])
        return every
    filled = np.sum([~_blank(gathered, name) for name in table.fields], axis=0)
    names: Mask = np.sum([*named.values()], axis=0) * 2 >= np.maximum(filled, 1)
    return names


def _totals(gathered: Gathered) -> Mask:
    """Which rows have a word for a total in their key, or have no key and such a word elsewhere.

    In a table without a key such a word is a total in every row; one that only begins so, where something is empty.
    """
    table = gathered.table
    keyless = np.full(len(gathered), not table.keys)
    for name in table.keys:
        keyless |= _blank(gathered, name)
    gaps = any_of((_blank(gathered, name) for name in table.fields if not table.keys), len(gathered))
    totals = np.zeros(len(gathered), bool)
    for name, field in table.fields.items():
        if not gathered.words[name].numbered:
            is_key = name in table.keys
            totals |= _total_words(gathered, field, is_key) & (keyless | is_key)  # a remark may well say "total"
            if not table.keys:
                totals |= _total_words(gathered, field, True) & gaps
    for source in (source for source in gathered.sources if source.totals):
        totals[gathered.places(source, source.totals)] = True
    return totals


def _blank(gathered: Gathered, name: str) -> Mask:
    """Which rows have nothing in a field."""
    blank = gathered.words[name].blank
    return np.isin(gathered.codes[name], blank) if blank else np.zeros(len(gathered), bool)


def _total_words(gathered: Gathered, field: Field, is_key: bool) -> Mask:
    """Which rows have a word for a total in a field; not one that is a category's own spelling."""
    spelt = {skeleton(word) for category in field.categories or () for word in category.spellings}
    words = gathered.words[field.name]
    return gathered.rows_with(field.name, [is_total(word, is_key) and skeleton(word) not in spelt for word in words])


def _names(gathered: Gathered, name: str) -> Mask:
    """Which rows have, in the column of a field, a word that names the field."""
    headings, words = {skeleton(word) for word in gathered.table.fields[name].headings}, gathered.words[name]
    if words.numbered:
        return np.zeros(len(gathered), bool)
    return gathered.rows_with(name, [len(word) < LONGEST and skeleton(word) in headings for word in words])
