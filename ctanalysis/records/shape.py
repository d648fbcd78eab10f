"""Rows that are no records: totals, rows that name the columns again, rows that stand below other columns."""

from dataclasses import replace

import numpy as np

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.fields import Field
from ctanalysis.records.arrays import Mask
from ctanalysis.records.files import Gathered
from ctanalysis.records.files.totals import LONGEST, is_named_so, is_total
from ctanalysis.records.findings import HELD_BACK, LOOK, PASSED, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.typed import any_of

TOTAL = Issue(
    PASSED,
    "total",
    "looks like a total, not like a record",
    "Nothing, if it is one, for totals are calculated; a record that looks so is named with "
    'rule = "total" in judgements/accepted.toml',
)
MOSTLY = 4  # of so many other texts and days of a row one may be filled in a total
ENOUGH = 3  # texts and days of a table, for their want to tell anything of a row
AGAIN = Issue(PASSED, "columns again", "names the columns again", "Nothing, if it is no record")


def check(issues: TableIssues) -> None:
    """Adds the rows of a table that are no records."""
    table, gathered = issues.gathered.table, issues.gathered
    named = {name: _names(gathered, name) for name in table.keys or table.fields}
    again = _names_again(gathered, named)
    totals = _totals(gathered) & ~again
    kept = np.isin(np.arange(len(gathered)), issues.records) & totals
    issues.add(TOTAL, totals & ~kept)
    issues.add(replace(TOTAL, severity=LOOK), kept)
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

    In a table without a key such a word alone is a total in every row; one with other words only where nearly all
    other texts and days are empty. A key may hold names: 'Jami Foundation' makes a total only where another field of
    the key is empty, or nearly all other texts and days, or where most of a key of one field are codes.
    """
    table = gathered.table
    keyless = any_of((_blank(gathered, name) for name in table.keys), len(gathered))
    texts = [name for name, field in table.fields.items() if field.type in ("string", "date", "list")]
    filled = np.sum([np.zeros(len(gathered), int), *(~_blank(gathered, name) for name in texts)], axis=0)
    is_sparse = (filled - 1) * MOSTLY <= len(texts) - 1
    totals = np.zeros(len(gathered), bool)
    for name, field in table.fields.items():
        if gathered.words[name].numbered:
            continue
        if not table.keys:
            totals |= _total_words(gathered, field) | (_total_words(gathered, field, True) & is_sparse)
            totals |= _total_words(gathered, field, True, True) & is_sparse & (len(texts) >= ENOUGH)
        elif name in table.keys:
            is_full = ~(keyless | is_sparse)
            totals |= _total_words(gathered, field, True, True) & ~(is_full & _names_of_somebody(gathered, field))
        else:  # a remark may well say "total"
            totals |= _total_words(gathered, field, True) & keyless
    lacking = any_of((_blank(gathered, name) for name in table.fields), len(gathered))
    return totals | (_unread(gathered) & (keyless if table.keys else lacking & (filled * MOSTLY <= len(texts))))


def _unread(gathered: Gathered) -> Mask:
    """Which rows have a word for a total in a column that is not read."""
    totals = np.zeros(len(gathered), bool)
    for source in (source for source in gathered.sources if source.totals):
        words = (word for word in source.totals if is_total(word, bool(gathered.table.keys)))
        totals[gathered.places(source, [row for word in words for row in source.totals[word]])] = True
    return totals


def _blank(gathered: Gathered, name: str) -> Mask:
    """Which rows have nothing in a field."""
    blank = gathered.words[name].blank
    return np.isin(gathered.codes[name], blank) if blank else np.zeros(len(gathered), bool)


def _total_words(gathered: Gathered, field: Field, with_more: bool = False, of_key: bool = False) -> Mask:
    """Which rows have a word for a total in a field; not one that is a category's own spelling."""
    spelt = {skeleton(word) for category in field.categories or () for word in category.spellings}
    chosen = [is_total(word, with_more, of_key) and skeleton(word) not in spelt for word in gathered.words[field.name]]
    return gathered.rows_with(field.name, chosen)


def _names_of_somebody(gathered: Gathered, field: Field) -> Mask:
    """Which rows have, in a field of the key, a text that begins with a word for a total and may be a name."""
    words = [word for word in gathered.words[field.name] if len(word) <= LONGEST]
    codes = sum(any(sign.isdigit() for sign in word) for word in words)
    if gathered.table.key and codes * 2 > len(words):
        return np.zeros(len(gathered), bool)
    spelt = (word for one in gathered.table.fields.values() for each in one.categories or () for word in each.spellings)
    known = {skeleton(word) for word in (*words, *spelt)} - {""}
    return gathered.rows_with(field.name, [is_named_so(word, known) for word in gathered.words[field.name]])


def _names(gathered: Gathered, name: str) -> Mask:
    """Which rows have, in the column of a field, a word that names the field."""
    headings, words = {skeleton(word) for word in gathered.table.fields[name].headings}, gathered.words[name]
    if words.numbered:
        return np.zeros(len(gathered), bool)
    return gathered.rows_with(name, [len(word) < LONGEST and skeleton(word) in headings for word in words])
