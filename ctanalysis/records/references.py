"""Words that name a row of another table become that row's key."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ctanalysis.base.spelling import lookalike
from ctanalysis.records import hints
from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.findings import NO_CONSENT
from ctanalysis.records.typed import Typed, mask_of, texts

LOOKS_LIKE = "has a letter that looks like another, and was read as the key that it looks like"


@dataclass(frozen=True)
class Keys:
    """The primary keys of a table: of its used rows in their order, of rows held back, and of rows without consent."""

    used: pd.Index
    held: frozenset[str]
    without_consent: frozenset[str] = frozenset()


def referring(parent: str, words: Sequence[str], missing: Mask, keys: Keys | None) -> Typed:
    """The Typed words of a foreign key. parent: the table it refers to. keys: its Keys; None if it cannot be read."""
    if keys is None:  # that it cannot be read is a finding of its own
        return Typed(texts(words, missing), missing)
    codes: Codes = keys.used.get_indexer(pd.Index(list(words), dtype="str")) if len(words) else np.zeros(0, np.int64)
    codes[missing] = -1
    codes, repaired = _alike(keys.used, words, codes, missing)
    typed = Typed(pd.Categorical.from_codes(codes, keys.used), missing)
    typed.add_repair(LOOKS_LIKE, repaired)
    _add_breaches(typed, parent, words, (codes < 0) & ~missing, keys)
    return typed


def _add_breaches(typed: Typed, parent: str, words: Sequence[str], lost: Mask, keys: Keys) -> None:
    """Adds the words that are no key of a used row of the parent, each with the reason. lost: which words these are."""
    without = lost & mask_of(keys.without_consent.__contains__, words)
    held = lost & ~without & mask_of(keys.held.__contains__, words)
    says = f"names a row of table '{parent}' that is without consent to statistical use, so this one is not used either"
    typed.add_breach(NO_CONSENT, says, words, without, lambda _: "Nothing")
    says, do = f"names a row of table '{parent}' that is held back", "Put that row right, and this one is used with it"
    typed.add_breach("held back key", says, words, held, lambda _: do)
    absent = "Add the row that is missing there, or correct the key"
    typed.add_breach(
        "key",
        f"must be a key that table '{parent}' has",
        words,
        lost & ~held & ~without,
        lambda word: hints.MARK if hints.is_mark(word) else absent,
    )


def _alike(used: pd.Index, words: Sequence[str], codes: Codes, missing: Mask) -> tuple[Codes, Mask]:
    """Keys with a look-alike letter find the one key that they look like. Gives the codes, and which were found so."""
    lost = np.flatnonzero((codes < 0) & ~missing).tolist()
    odd = [place for place in lost if not words[place].isascii()]
    repaired = np.zeros(len(words), bool)
    if odd or (len(lost) and not all(map(str.isascii, used))):
        looks = pd.Series([lookalike(key) for key in used])
        single = ~looks.duplicated(keep=False)
        once = dict(zip(looks[single], np.flatnonzero(single).tolist(), strict=True))
        for place in lost:
            codes[place] = once.get(lookalike(words[place]), -1)
            repaired[place] = codes[place] >= 0
    return codes, repaired
