"""A column comes in parts, each with words of its own; its parts become one."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from ctanalysis.records.arrays import Codes, Objects
from ctanalysis.records.files.words import Native, Words

MANY_WORDS = 100_000  # of the parts of a column, before those that are the same are put together
MOSTLY_DIFFERENT = 0.8  # of the words of a column: putting together those that are the same is in vain


class Part(NamedTuple):
    """Of a column: for some rows the number of their word; the words; where the file has values, that of each word."""

    codes: Codes
    words: Sequence[str] | Objects
    values: Native | None = None

    @property
    def texts(self) -> Objects:
        """The text of each row."""
        return np.asarray(self.words, dtype=object)[self.codes]


Parts: TypeAlias = dict[str, list[Part]]  # by field


def joined(parts: list[Part]) -> Part:
    """The parts of a column as one. It has values where all parts that have words have them."""
    parts = [part for part in parts if len(part.words)] or parts[:1]
    if len(parts) <= 1:
        return parts[0] if parts else Part(np.zeros(0, np.int32), ())
    numbers, words = pd.factorize(np.concatenate([np.asarray(part.words, dtype=object) for part in parts]))
    ends = np.cumsum([len(part.words) for part in parts])[:-1]
    codes = [own[part.codes] for part, own in zip(parts, np.split(numbers.astype(np.int32), ends), strict=True)]
    known = [part.values for part in parts if part.values is not None]
    first = np.unique(numbers, return_index=True)[1] if len(known) == len(parts) else None
    return Part(np.concatenate(codes), words, None if first is None else np.concatenate(known)[first])


def column_of(parts: list[Part]) -> tuple[Codes, Words]:
    """The parts of a column as its codes and its Words."""
    one = joined(parts)
    return one.codes, Words(one.words, one.values)


def add(kept: list[Part], column: Objects | Part, name: str, all_different: set[str]) -> None:
    """Adds a piece of a column. Where its parts hold many words that are the same, they are put together.

    all_different: the fields of keys, of which it was tried once, in vain.
    """
    if name in all_different:
        kept.append(column if isinstance(column, Part) else Part(np.arange(len(column), dtype=np.int32), column))
        return
    kept.append(column if isinstance(column, Part) else coded(column))
    count, first = sum(len(part.words) for part in kept), len(kept[0].words)
    if count - first > max(MANY_WORDS, 2 * first):
        kept[:] = [joined(kept)]
        if len(kept[0].words) > MOSTLY_DIFFERENT * count:
            all_different.add(name)


def coded(column: Objects) -> Part:
    """The texts of a column, each different one once."""
    codes, words = pd.factorize(column)
    return Part(codes.astype(np.int32), words)
