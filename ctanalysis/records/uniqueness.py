"""Values that must be unique: rows that repeat an earlier one, rows that share a value, keys that look alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from ctanalysis.base.spelling import cleaned, lookalike, skeleton
from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.files import Gathered, Words, restarting
from ctanalysis.records.findings import HELD_BACK, LOOK, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.typed import Typed

DIFFER = (
    "Keep the row that is right (of a file sent again, the one of the later file) and take the others out; "
    "give each a value of its own only where they are different things"
)
CUMULATIVE = (
    '; where each delivery has all rows anew, in their later state, say "repeated": "later delivery" for the table '
    "in datapackage.json"
)
IN_ONE_ALPHABET = "Write it in one alphabet in every file"
ALIKE = "looks the same as another key that has other letters (Latin and Cyrillic)"

CAPITALS = Issue(
    LOOK,
    "look-alike code",
    "is another key but for capitals: they are counted as two",
    "See whether both are one, and write the key in one way",
)
NO_LETTERS = bytes(sign for sign in range(1, 128) if not chr(sign).isalpha())


def check(issues: TableIssues, name: str, typed: Typed) -> None:
    """Adds the rows whose value stands in several: an exact copy of a row is held back, of different rows all."""
    gathered = issues.gathered
    counted = issues.filled[name] & issues.shaped
    do = restarting.of_key(gathered) or _differ(gathered) if name == gathered.table.key else DIFFER
    _add(issues, canonical(gathered.words[name], typed)[gathered.codes[name]], counted, Which("", do, name))
    if name == gathered.table.key:
        alike = _alike(gathered, name) & counted
        issues.add(Issue(HELD_BACK, "look-alike key", ALIKE, IN_ONE_ALPHABET, name), alike)
        capitals = _capitals(gathered.words[name])
        if capitals.any():
            issues.add(replace(CAPITALS, field=name), gathered.rows_with(name, capitals) & counted & ~alike)


def check_together(issues: TableIssues, names: Sequence[str], typed: Mapping[str, Typed]) -> None:
    """The same of several fields whose values must be unique together. typed: by field."""
    gathered, counted = issues.gathered, issues.shaped.copy()
    for name in names:
        counted &= issues.filled[name]
    is_key = tuple(names) == gathered.table.keys
    do = _differ(gathered) if is_key else DIFFER
    values = {name: canonical(gathered.words[name], typed[name])[gathered.codes[name]] for name in names}
    _add(issues, _together(values, counted), counted, Which(f"{', '.join(names)} together ", do, ""))
    if is_key:
        is_one = _together(values, counted)
        alike = _alike_together(gathered, names, lookalike, is_one, counted)
        issues.add(Issue(HELD_BACK, "look-alike key", ALIKE, IN_ONE_ALPHABET), alike)
        if any(_capitals(gathered.words[name]).any() for name in names):
            issues.add(CAPITALS, _alike_together(gathered, names, skeleton, is_one, counted) & ~alike)


def _differ(gathered: Gathered) -> str:
    """What to do about rows with one key that differ; of later states only where the table does not say so already."""
    return DIFFER if gathered.table.repeated else DIFFER + CUMULATIVE


class Which(NamedTuple):
    """What must be unique: its words where it is not one field, what to do about rows that differ, the field."""

    words: str
    do: str
    field: str


def _add(issues: TableIssues, codes: Codes, counted: Mask, which: Which) -> None:
    """Adds the rows that share a value. codes: of each row, the number of its value. counted: which rows have one."""
    counts = np.bincount(codes[counted], minlength=codes.max(initial=-1) + 1)
    copies, others = _copies(issues.gathered, np.flatnonzero(counted & (counts[codes] > 1)), codes)
    says = f"{which.words}must be unique, and the same row stands earlier"
    issues.add(Issue(HELD_BACK, "unique", says, "Take one of them out", which.field), copies)
    says = f"{which.words}must be unique, and {'stand' if which.words else 'stands'} in several rows that differ"
    issues.add(Issue(HELD_BACK, "unique", says, which.do, which.field), others)


def _together(codes: Mapping[str, Codes], counted: Mask) -> Codes:
    """For each row that is counted the number of its values in all fields; 0 for the others."""
    together = np.zeros(len(counted), np.int64)
    together[counted] = pd.DataFrame(dict(codes))[counted].groupby([*codes], sort=False).ngroup()
    return together


def _alike_together(
    gathered: Gathered, names: Sequence[str], spelling: Callable[[str], str], is_one: Codes, counted: Mask
) -> Mask:
    """Which rows have values in several fields that are spelt as others that are not the same. is_one: their number."""
    looks = {name: _looks(gathered.words[name], spelling)[gathered.codes[name]] for name in names}
    seen = pd.DataFrame({"looks": _together(looks, counted), "is": is_one})[counted]
    alike = np.zeros(len(gathered), bool)
    alike[counted] = seen.groupby("looks")["is"].transform("nunique") > 1
    return alike


def _looks(words: Words, spelling: Callable[[str], str]) -> Codes:
    """For each word of a field the number of what it looks like."""
    return pd.factorize(np.array([spelling(word) for word in words], object))[0]


def _capitals(words: Words) -> Mask:
    """Which words are another one but for capitals. Those that have none are looked at together."""
    joined = "\0".join(words)
    if joined.isascii():
        letters = {*joined.encode().translate(None, NO_LETTERS).split(b"\0")} if joined != joined.lower() else set()
        if len({*map(bytes.upper, letters)}) == len(letters):
            return np.zeros(len(words), bool)
    return words.alike(skeleton) & ~words.alike(lookalike)


def canonical(words: Words, typed: Typed) -> Codes:
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
    return gathered.rows_with(name, words.alike(lookalike))
