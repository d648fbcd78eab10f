"""What the schema says of a table's rows: types, required, unique, keys; and rows that are no records at all."""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from ctanalysis.base.spelling import cleaned, lookalike, skeleton
from ctanalysis.project.descriptor import Consent
from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.files import Gathered, Words
from ctanalysis.records.found import HELD_BACK, NO_CONSENT, REPAIRED
from ctanalysis.records.notes import Notes
from ctanalysis.records.types import Keys, Typed, typed

TOTALS = (
    "total",
    "grand total",
    "subtotal",
    "sub-total",
    "итого",
    "всего",
    "итог",
    "подитог",
    "жыйынтыгы",
    "бардыгы",
    "баары",
    "жалпы",
    "ҷамъ",
    "ҳамагӣ",
    "jami",
    "барлығы",
)
TOTAL_WORDS = {skeleton(word) for word in TOTALS}


def check(notes: Notes, keys: Mapping[str, Keys | None]) -> dict[str, Typed]:
    """Notes all faults of single cells and of keys; returns by field the Typed words. keys: see types.typed."""
    table, gathered = notes.gathered.table, notes.gathered
    _not_records(notes)
    notes.shaped = ~notes.held
    found = {}
    for name in table.fields:
        words = gathered.words[name]
        found[name] = typed(table, name, words, keys)
        _cells(notes, name, found[name])
    for name, field in table.fields.items():
        if field.constraints.unique:
            _unique(notes, name, found[name])
    if table.consent:
        _consent(notes, table.consent, found[table.consent.field])
    return found


def _consent(notes: Notes, consent: Consent, found: Typed) -> None:
    """Notes the rows whose person did not say that they agree to statistical use: silence is no consent."""
    agreed = pd.Series(found.values).eq(consent.value).fillna(False).to_numpy(bool)
    without = notes.shaped & ~_rows_of(notes.gathered, consent.field, agreed)
    notes.add(
        HELD_BACK,
        NO_CONSENT,
        consent.field,
        without,
        "does not say that the person agreed to statistical use, so the row is not used",
        "Nothing, where they did not agree; where they did, write it here",
    )


def _not_records(notes: Notes) -> None:
    """Rows of totals, rows that name the columns again, and rows below them where they name other columns."""
    table, gathered = notes.gathered.table, notes.gathered
    keyless = np.isin(gathered.codes[table.key], gathered.words[table.key].blank)
    totals = np.zeros(len(notes.held), bool)
    for name, field in table.fields.items():
        words = gathered.words[name]
        spelt = {skeleton(word) for category in field.categories or () for word in category.spellings}
        if not words.numbered:
            said = _rows_of(
                gathered, name, [_is_total(word, name == table.key) and skeleton(word) not in spelt for word in words]
            )
            totals |= said & (keyless | (name == table.key))  # a free text may well say "total" in a record
    named = {name: _names(gathered, name) for name in table.fields}
    again = named[table.key]
    notes.add(
        HELD_BACK,
        "total",
        "",
        totals & ~again,
        "looks like a total, not like a record",
        "Take the row out: totals are calculated",
    )
    notes.add(HELD_BACK, "columns again", "", again, "names the columns again", "Take the row out")
    others = np.flatnonzero(again & ~np.logical_and.reduce(list(named.values())))
    for row in others[
        np.unique(gathered.source[others], return_index=True)[1]
    ]:  # the first of each file: all others stand below it
        below = (gathered.source == gathered.source[row]) & (np.arange(len(again)) > row) & ~again
        notes.add(
            HELD_BACK,
            "after other columns",
            "",
            below,
            f"stands below row {gathered.row[row]}, which names other columns, or in another order",
            "Send these rows as a file of their own",
        )


def _names(gathered: Gathered, name: str) -> Mask:
    """Which rows have, in the column of a field, a word that names the field."""
    headings = {skeleton(word) for word in gathered.table.fields[name].headings}
    words = gathered.words[name]
    found = (
        []
        if words.numbered
        else [code for code, word in enumerate(words) if len(word) < 60 and skeleton(word) in headings]
    )
    return np.isin(gathered.codes[name], found)


def _is_total(word: str, is_key: bool) -> bool:
    """Whether a word is one for a total; a key needs only begin with one, as in 'Total for March'."""
    if len(word) > 60 or not word[:1].isalpha():
        return False
    said = skeleton(word).rstrip(":.= ")
    return said in TOTAL_WORDS or (is_key and re.split("[ :.=]", said)[0] in TOTAL_WORDS)


def _rows_of(gathered: Gathered, name: str, of_word: Sequence[bool] | Mask) -> Mask:
    """Which rows have a word of which something is so."""
    return np.array(of_word, bool)[gathered.codes[name]] if len(of_word) else np.zeros(len(gathered), bool)


def _cells(notes: Notes, name: str, found: Typed) -> None:
    """Notes the faults and repairs of one field's cells, of rows that are not held for their shape."""
    gathered = notes.gathered
    missing = _rows_of(gathered, name, found.missing)
    notes.filled[name] = ~missing
    if gathered.table.fields[name].constraints.required:
        notes.add(HELD_BACK, "required", name, missing & notes.shaped, "must not be empty", "Fill the cell")
    for (rule, says, do), wrong in found.wrong.items():
        notes.add(HELD_BACK, rule, name, _rows_of(gathered, name, wrong) & notes.shaped, says, do)
    for says, words in found.repaired.items():
        notes.add(
            REPAIRED,
            "spelling",
            name,
            _rows_of(gathered, name, words & ~found.faulty) & notes.shaped,
            says,
            "Nothing; better corrected at its source",
        )


def _unique(notes: Notes, name: str, found: Typed) -> None:
    """Notes values that stand in several rows: an exact copy of a row is held back, of different rows all."""
    gathered = notes.gathered
    codes = _canonical(gathered.words[name], found)[gathered.codes[name]]
    counted = notes.filled[name] & notes.shaped
    counts = np.bincount(codes[counted], minlength=codes.max(initial=-1) + 1)
    twice = np.flatnonzero(counted & (counts[codes] > 1))
    copies, others = _copies(gathered, twice, codes)
    notes.add(
        HELD_BACK, "unique", name, copies, "must be unique, and the same row stands earlier", "Take one of them out"
    )
    notes.add(
        HELD_BACK,
        "unique",
        name,
        others,
        "must be unique, and stands in several rows that differ",
        "See which of the rows is right, and give each a value of its own",
    )
    if name == gathered.table.key:
        _alike(notes, name, counted)


def _canonical(words: Words, found: Typed) -> Codes:
    """For each word a number, the same for words that mean the same value, or that differ in blanks, dashes and unseen signs only."""
    values = pd.Series(found.values)
    if words.clean and values.dtype == "str":
        return np.arange(len(words))
    meant = values.astype(object).where(values.notna(), None)
    number: dict[object, int] = {}
    return np.array(
        [
            number.setdefault(("", cleaned(word)) if value is None else value, len(number))
            for word, value in zip(words, meant)
        ],
        np.int64,
    )


def _copies(gathered: Gathered, rows: Iterable[int], codes: Codes) -> tuple[list[int], list[int]]:
    """Of rows with a value that stands in several: those that repeat an earlier one whole, and those that differ from others."""
    groups: dict[int, dict[tuple[int, ...], list[int]]] = {}
    for row in rows:
        whole = tuple(gathered.codes[name][row] for name in gathered.codes)
        groups.setdefault(codes[row], {}).setdefault(whole, []).append(row)
    copies = [row for group in groups.values() if len(group) == 1 for same in group.values() for row in same[1:]]
    others = [row for group in groups.values() if len(group) > 1 for same in group.values() for row in same]
    return copies, sorted(others)


def _alike(notes: Notes, name: str, counted: Mask) -> None:
    """Two keys that look the same and are not would be two people."""
    words = notes.gathered.words[name]
    if words.clean or all(map(str.isascii, words)):
        return
    looks: dict[str, set[str]] = {}
    for word in words:
        looks.setdefault(lookalike(word), set()).add(cleaned(word))
    alike = _rows_of(notes.gathered, name, [len(looks[lookalike(word)]) > 1 for word in words]) & counted
    notes.add(
        HELD_BACK,
        "look-alike key",
        name,
        alike,
        "looks the same as another key that has other letters (Latin and Cyrillic)",
        "Write it in one alphabet in every file",
    )
