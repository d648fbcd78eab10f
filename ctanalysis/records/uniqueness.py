"""Values that must be unique: rows that repeat an earlier one, rows that share a value, keys that look alike."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ctanalysis.base.spelling import cleaned, lookalike
from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.files import Gathered, Words
from ctanalysis.records.findings import HELD_BACK, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.typed import Typed

ALIKE = "looks the same as another key that has other letters (Latin and Cyrillic)"


def check(issues: TableIssues, name: str, typed: Typed) -> None:
    """Adds the rows whose value stands in several: an exact copy of a row is held back, of different rows all."""
    gathered = issues.gathered
    codes = _canonical(gathered.words[name], typed)[gathered.codes[name]]
    counted = issues.filled[name] & issues.shaped
    counts = np.bincount(codes[counted], minlength=codes.max(initial=-1) + 1)
    copies, others = _copies(gathered, np.flatnonzero(counted & (counts[codes] > 1)), codes)
    says = "must be unique, and the same row stands earlier"
    issues.add(Issue(HELD_BACK, "unique", says, "Take one of them out", name), copies)
    says = "must be unique, and stands in several rows that differ"
    do = (
        "Keep the row that is right (of a file sent again, the one of the later file) and take the others out; "
        "give each a value of its own only where they are different things"
    )
    issues.add(Issue(HELD_BACK, "unique", says, do, name), others)
    if name == gathered.table.key:
        do = "Write it in one alphabet in every file"
        issues.add(Issue(HELD_BACK, "look-alike key", ALIKE, do, name), _alike(gathered, name) & counted)


def _canonical(words: Words, typed: Typed) -> Codes:
    """For each word a number: the same for words of one value, or that differ in blanks, dashes or unseen signs."""
    values = pd.Series(typed.values)
    if words.clean and values.dtype == "str":
        return np.arange(len(words))
    meant = values.astype(object).where(values.notna(), None)
    number: dict[object, int] = {}
    return np.array(
        [
            number.setdefault(("", cleaned(word)) if value is None else value, len(number))
            for word, value in zip(words, meant, strict=True)
        ],
        np.int64,
    )


def _copies(gathered: Gathered, rows: Iterable[int], codes: Codes) -> tuple[list[int], list[int]]:
    """Of rows that share a value: those that repeat an earlier row whole, and those that differ from another."""
    groups: dict[int, dict[tuple[int, ...], list[int]]] = {}
    for row in rows:
        whole = tuple(gathered.codes[name][row] for name in gathered.codes)
        groups.setdefault(codes[row], {}).setdefault(whole, []).append(row)
    copies = [row for group in groups.values() if len(group) == 1 for same in group.values() for row in same[1:]]
    others = [row for group in groups.values() if len(group) > 1 for same in group.values() for row in same]
    return copies, sorted(others)


def _alike(gathered: Gathered, name: str) -> Mask:
    """Which rows have a key that looks like another and is not the same: they would be two people."""
    words = gathered.words[name]
    if words.clean or all(map(str.isascii, words)):
        return np.zeros(len(gathered), bool)
    looks: dict[str, set[str]] = {}
    for word in words:
        looks.setdefault(lookalike(word), set()).add(cleaned(word))
    return gathered.rows_with(name, [len(looks[lookalike(word)]) > 1 for word in words])
