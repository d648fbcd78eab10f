"""The words of a column as values: what each word means, which break a rule, which were read as they were meant."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from ctanalysis.records.arrays import Mask, Values


class Breach(NamedTuple):
    """A rule that words of a column break: its name, the sentence about them, and what to do."""

    rule: str
    says: str
    do: str


@dataclass
class Typed:
    """The words of a field as values: an entry for each word.

    values: of the field's dtype. missing: no value was meant. breaches: which words break a rule.
    repaired: which words were read as they were meant, by the sentence that says what was done.
    """

    values: Values
    missing: Mask
    breaches: dict[Breach, Mask] = field(default_factory=dict)
    repaired: dict[str, Mask] = field(default_factory=dict)

    @property
    def faulty(self) -> Mask:
        """Which words break some rule."""
        return any_of(self.breaches.values(), len(self.missing))

    @property
    def sound(self) -> Mask:
        """Which words are there and break no rule."""
        return ~self.missing & ~self.faulty

    def add_breach(self, rule: str, says: str, words: Sequence[str], wrong: Mask, advise: Callable[[str], str]) -> None:
        """Adds the words that are wrong under a rule, separated by what is to be done about each."""
        for place in np.flatnonzero(wrong).tolist():
            breach = Breach(rule, says, advise(words[place]))
            self.breaches.setdefault(breach, np.zeros(len(words), bool))[place] = True

    def add_repair(self, says: str, words: Mask) -> None:
        """Adds the words, if any, that were read as they were meant."""
        if words.any():
            self.repaired[says] = words


def any_of(masks: Iterable[Mask], length: int) -> Mask:
    """Where at least one of the masks is true; nowhere where there is none."""
    either: Mask = np.logical_or.reduce([np.zeros(length, bool), *masks])
    return either


def mask_of(test: Callable[[str], object], words: Sequence[str]) -> Mask:
    """Which words pass a test."""
    return np.fromiter(map(test, words), bool, len(words))


def texts(words: Sequence[str], missing: Mask) -> Values:
    """The words as they are, missing where no value was meant."""
    return pd.Series(words, dtype="str").mask(missing).array
