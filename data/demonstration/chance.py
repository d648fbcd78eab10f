"""Chance that falls the same way on every machine and in every version of Python.

Python promises the stream of `Random(seed).random()` and nothing else: choices, shuffle and gauss
may change from one version to the next. So everything is made from that stream, with integers.
"""

import zlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """One stream for each part, so that a change to one table leaves the others as they were."""

    def __init__(self, seed: int, part: str):
        self._next = Random(seed + zlib.crc32(part.encode("ascii"))).random

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, the limit."""
        return int(self._next() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def happens(self, percent: int) -> bool:
        """Whether something happens that does in so many cases of a hundred."""
        return self.below(100) < percent

    def pick(self, weights: Mapping[T, int]) -> T:
        """One of the keys, each as often as its weight says."""
        return self.picks(weights, 1)[0]

    def picks(self, weights: Mapping[T, int], count: int) -> list[T]:
        """As many keys as asked for, each draw independent of the others."""
        keys = list(weights)
        limits = list(accumulate(weights.values()))
        return [keys[bisect_right(limits, self.below(limits[-1]))] for _ in range(count)]

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """Exactly so many different items, in the order in which they stood."""
        taken: list[T] = []
        for left, item in zip(range(len(items), 0, -1), items, strict=True):
            if self.below(left) < count - len(taken):
                taken.append(item)
        return taken


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts of a total in proportion to the weights, which add up to exactly the total."""
    limits = [total * reached // sum(weights) for reached in accumulate(weights)]
    return [limit - before for before, limit in zip([0, *limits], limits, strict=False)]
