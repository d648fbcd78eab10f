"""Rows that say that they are totals, and look like records all the same: they have a key, or a word with two meanings.

    a text of the row ─▶ a word for a total ─┬▶ its numbers are what the rows above add up to: a total, passed over
                                             │  (beside other words, or in a column that is not read: held back)
                                             └▶ they are not: counted, and named (beside other words: a record)

What the rows above add up to is counted from the last such row on, or from the first row of the file or sheet.
A group of one row, or a row above its group, adds up by chance sooner: beside other words somebody looks.
The last row of these needs no word: where two numbers of it or more are the sums of all rows above, somebody looks.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.descriptor import Table
from ctanalysis.project.fields import Field
from ctanalysis.records.arrays import Floats, Mask
from ctanalysis.records.files import Gathered
from ctanalysis.records.files.totals import any_may_be, is_total, may_be_total, with_total
from ctanalysis.records.findings import HELD_BACK, LOOK, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.shape import TOTAL
from ctanalysis.records.typed import Typed, any_of

PERHAPS = Issue(
    LOOK,
    TOTAL.rule,
    "has a word for a total, and is counted as a record",
    "If it is a total, strike it out in judgements/corrections.toml, or take it out of the file; a record is named "
    'with rule = "total" in judgements/accepted.toml',
)
ADDED = replace(
    PERHAPS, severity=HELD_BACK, says="has a word for a total, and its numbers are what the rows above add up to"
)
NEAR = replace(
    PERHAPS,
    says="has a word for a total, and its numbers are those of the row above, or what the rows below add up to",
)
UNNAMED = replace(PERHAPS, says="is the last row, and its numbers are what all rows above add up to")
Numbers: TypeAlias = Mapping[str, Floats]
ROUNDS, MUCH = 3, 10
FEWEST = 2  # rows above, for their sum to tell anything; and numbers of a row without a word for a total


class Block(NamedTuple):
    """Rows that add up to a total: how many there are at least, and the step from row to row, -1 from the last up."""

    fewest: int
    step: Literal[1, -1]


ABOVE, OF_ONE, BELOW = Block(FEWEST, 1), Block(1, 1), Block(1, -1)


def check(issues: TableIssues, typed: Mapping[str, Typed]) -> None:
    """Adds the rows that have a word for a total and are not held so far."""
    gathered = issues.gathered
    said, beside = (np.zeros(len(gathered), bool) for _ in range(2))
    names = {}
    for field in gathered.table.fields.values():
        if field.type == "string" and field.name not in gathered.table.references:
            alone, names[field.name] = _in_texts(gathered, field)
            said |= alone
    unread, unread_beside = _in_unread(gathered)
    beside = any_of((unread_beside, *names.values()), len(gathered)) & ~said & ~unread
    open_ = ~issues.held & ~issues.under(TOTAL.rule)
    said, unread, beside = said & open_, unread & open_ & ~said, beside & open_
    numbers = _numbers(gathered.table, typed)
    issues.add(UNNAMED, _last(issues, numbers) & ~(said | unread | beside))
    if not (said | unread | beside).any():
        return
    added = _added_up(issues, numbers, said | unread, beside)
    near = _nearly(issues, numbers, beside & ~added, said | unread | beside)
    added &= ~_are_names(gathered, names, beside & ~unread_beside, added)
    near &= ~_are_names(gathered, names, beside & ~unread_beside, near)
    kept = np.isin(np.arange(len(gathered)), issues.records) & (said | unread | added)
    issues.add(TOTAL, said & added & ~kept)
    slight = beside & ~kept & _are_slight(issues, numbers, beside & added)
    issues.add(ADDED, (unread | beside) & added & ~kept & ~slight)
    issues.add(replace(ADDED, severity=LOOK), slight)
    issues.add(NEAR, near & ~kept)
    issues.add(replace(TOTAL, severity=LOOK), kept)
    issues.add(PERHAPS, (said | unread) & ~added & ~kept)


def _are_slight(issues: TableIssues, numbers: Numbers, rows: Mask) -> Mask:
    """Which of the rows have one number alone, and a small one: beside a remark it may be a sum by chance."""
    places, slight = np.flatnonzero(rows), np.zeros(len(rows), bool)
    if len(places):
        of_rows = [np.abs(np.nan_to_num(of[issues.gathered.codes[name][places]])) for name, of in numbers.items()]
        slight[places] = (np.count_nonzero(of_rows, axis=0) < FEWEST) & (np.max(of_rows, axis=0) < MUCH)
    return slight


def _in_texts(gathered: Gathered, field: Field) -> tuple[Mask, Mask]:
    """Which rows have such a word in a field, alone or beside others; not one that is a category's own spelling."""
    words, none = gathered.words[field.name], np.zeros(len(gathered), bool)
    told = {*with_total(words)} if not words.numbered or any_may_be("\0".join(words)) else set[str]()
    if not told:
        return none, none
    spelt = {skeleton(word) for category in field.categories or () for word in category.spellings}
    chosen = [place for place, word in enumerate(words) if word in told and skeleton(word) not in spelt]
    alone = [place for place in chosen if may_be_total(words[place])]
    codes, others = gathered.codes[field.name], [place for place in chosen if not may_be_total(words[place])]
    return (np.isin(codes, alone) if alone else none), (np.isin(codes, others) if others else none)


def _in_unread(gathered: Gathered) -> tuple[Mask, Mask]:
    """The same of the columns that are not read. A word that most rows of a file have there says nothing of one."""
    alone, beside = (np.zeros(len(gathered), bool) for _ in range(2))
    for source in gathered.sources:
        most = sum(map(len, source.rows)) / 2
        for told, is_alone in ((alone, True), (beside, False)):
            named = (rows for word, rows in source.totals.items() if may_be_total(word) == is_alone)
            rows = [row for of_word in named if len(of_word) <= most for row in of_word]
            if rows:
                told[gathered.places(source, rows)] = True
    return alone, beside & ~alone


def _are_names(gathered: Gathered, beside: Mapping[str, Mask], rows: Mask, added: Mask) -> Mask:
    """Which of the rows have a name that only begins with such a word, and that other rows have which do not add up."""
    names = np.zeros(len(gathered), bool)
    for name, here in beside.items():
        codes, words = gathered.codes[name], gathered.words[name]
        others = [code for code in np.unique(codes[here & rows & ~added]).tolist() if not is_total(words[code], True)]
        names |= here & rows & np.isin(codes, others)
    return names


def _added_up(issues: TableIssues, numbers: Numbers, said: Mask, beside: Mask) -> Mask:
    """Which rows with such a word have as their numbers, each that they have, what the rows above add up to.

    said, beside: rows that have it alone, and beside other words. Where no numbers add up the latter are records.
    """
    marks = issues.under(TOTAL.rule) | said
    found = _sums(issues, numbers, said | beside, marks | beside)
    for _ in range(ROUNDS if beside.any() else 0):  # a total of what stands above subtotals, and of these names
        found |= _sums(issues, numbers, (said | beside) & ~found, marks | found)
    return found


def _nearly(issues: TableIssues, numbers: Numbers, asked: Mask, words: Mask) -> Mask:
    """Which of the rows that are asked about are sums of a group of one row, or of the group below them.

    words: the rows that have a word for a total.
    """
    marks = issues.under(TOTAL.rule) | words
    found = _sums(issues, numbers, asked, marks, OF_ONE) | _sums(issues, numbers, asked, marks, BELOW)
    return found & ~_are_common(issues.gathered, numbers, ~marks & ~issues.held) if found.any() else found


def _are_common(gathered: Gathered, numbers: Numbers, counted: Mask) -> Mask:
    """Which rows have the numbers of several records of their file or sheet: they are alike by chance."""
    frame = pd.DataFrame({name: of[gathered.codes[name]] for name, of in numbers.items()})
    alike = frame.assign(counted=counted).groupby([gathered.source, *numbers], dropna=False)["counted"]
    common: Mask = (alike.transform("sum") >= FEWEST).to_numpy()
    return common


def _sums(issues: TableIssues, numbers: Numbers, asked: Mask, marks: Mask, block: Block = ABOVE) -> Mask:
    """Which of the rows that are asked about are sums. marks: rows that end a block, and are in no sum."""
    gathered, found = issues.gathered, np.zeros(len(issues.gathered), bool)
    for _, rows in gathered.by_source():
        if asked[rows].any():
            step = block.step
            columns = [of[gathered.codes[name][rows]][::step] for name, of in numbers.items()]
            of_block, ends, counted = (mask[rows][::step] for mask in (asked, marks, ~marks & ~issues.held))
            found[rows] = _are_sums(columns, of_block, ends, counted, block.fewest)[::step]
    return found


def _numbers(table: Table, typed: Mapping[str, Typed]) -> Numbers:
    """By field of numbers that are added up, the numbers of its words; NaN where there is none."""
    numeric = [field for field in table.fields.values() if field.type in ("integer", "number")]
    names = [field.name for field in numeric if not field.categories and field.name not in table.keys]
    return {name: pd.Series(typed[name].values).to_numpy(np.float64, na_value=np.nan) for name in names}


def _last(issues: TableIssues, numbers: Numbers) -> Mask:
    """Which rows are the last of a file or sheet, and have as their numbers, at least two, the sums of those above."""
    gathered, found = issues.gathered, np.zeros(len(issues.gathered), bool)
    totals = issues.under(TOTAL.rule)
    for _, rows in gathered.by_source():
        last, above = rows.stop - 1, slice(rows.start, rows.stop - 1)
        if rows.stop - rows.start <= FEWEST or totals[last]:
            continue
        filled = {name: own for name, of in numbers.items() if (own := np.nan_to_num(of[gathered.codes[name][last]]))}
        if len(filled) < FEWEST:
            continue
        counted = ~issues.held[above] & ~totals[above]
        sums = (np.nansum(numbers[name][gathered.codes[name][above][counted]]) for name in filled)
        found[last] = counted.sum() >= FEWEST and np.allclose([*filled.values()], [*sums])
    return found


def _are_sums(columns: list[Floats], asked: Mask, marks: Mask, counted: Mask, fewest: int) -> Mask:
    """Which rows of a source have only such numbers, of the block before them or of all rows before them."""
    places = np.flatnonzero(asked)
    behind = np.maximum.accumulate(np.where(marks, np.arange(1, len(marks) + 1), 0))
    before = np.concatenate([[0], behind])[places]  # where the block above each begins
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
    is_block &= rows[places] - rows[before] >= fewest
    is_all &= rows[places] >= fewest
    found = np.zeros(len(asked), bool)
    found[places] = filled & (is_block | is_all)
    return found
