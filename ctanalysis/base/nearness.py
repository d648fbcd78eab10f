"""Which of several things a word may mean that is none of their spellings: "Ош" is the city or the region.

    Nearness({"city": ["г. Ош"], "region": ["Ошская область"]}).of("Ош") == ["city", "region"]

A word may mean a thing where each of its parts begins as a part of a spelling does; or else where the two have most
pairs of neighbouring letters in common, nearly as many as the nearest (the coefficient of Dice, 1945, and Sørensen,
1948).
"""

import re
from collections.abc import Iterable, Mapping

from ctanalysis.base.spelling import skeleton

STEM, ALIKE = 4, 0.6  # letters that two parts begin with alike, and how much of the longer one that must be
NEAR, NEARLY = 0.6, 0.1  # of the coefficient: the least, and how far below that of the nearest
LONGEST = 100  # characters: a longer text is a sentence
Pairs = frozenset[str]


class Nearness:
    """Things with their spellings, in their order."""

    def __init__(self, spellings: Mapping[str, Iterable[str]]) -> None:
        self.known = [
            (name, _parts(plain), _pairs(plain))
            for name, words in spellings.items()
            for plain in dict.fromkeys(map(skeleton, words))
        ]

    def of(self, word: str) -> list[str]:
        """The names of the things that a word may mean."""
        if len(word) > LONGEST:
            return []
        plain = skeleton(word)
        parts, pairs = _parts(plain), _pairs(plain)
        near: dict[str, float] = {}
        for name, own_parts, own_pairs in self.known:
            likeness = 1.0 if _begin_alike(parts, own_parts) else _coefficient(pairs, own_pairs)
            near[name] = max(likeness, near.get(name, 0.0))
        least = max(NEAR, max(near.values(), default=0.0) - NEARLY)
        return [name for name, likeness in near.items() if likeness >= least]


def _parts(plain: str) -> list[str]:
    """The parts of a word with more than one letter: of "г. Ош", Ош."""
    return [part for part in re.split(r"[^\w]+", plain) if len(part) > 1 and not part.isdigit()]


def _pairs(plain: str) -> Pairs:
    return frozenset(map("".join, zip(f" {plain}", f"{plain} ", strict=True)))


def _coefficient(one: Pairs, other: Pairs) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _begin_alike(parts: list[str], own: list[str]) -> bool:
    return bool(parts) and all(any(_same_stem(part, other) for other in own) for part in parts)


def _same_stem(one: str, other: str) -> bool:
    if one.startswith(other) or other.startswith(one):
        return True
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return same >= STEM and same >= ALIKE * max(len(one), len(other))
