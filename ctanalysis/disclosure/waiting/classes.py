"""Which classes are safe to tell of a number, and the finest partition of what it can be into such classes.

Neither function is given the number: a class can depend on nothing but the totals and the classes told before.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from ctanalysis.disclosure.waiting.bounds import Bounds


class Class(NamedTuple):
    """The whole numbers from low to high, both included."""

    low: int
    high: int

    @property
    def is_number(self) -> bool:
        return self.low == self.high


def is_safe(bounds: Bounds, fewer_than: int) -> bool:
    """Whether no span between two nodes shows a small number of either side, none of 1 to fewer_than - 1.

    In each span, with low and high the tight bounds on how much the left side has grown, and D the growth of both:

    - high >= min(fewer_than - 1, D) and low <= max(0, D - (fewer_than - 1)): a few people can be all on one side,
      and of many so many can be that a shorter run of quarters can be large or empty;
    - low >= 1 only if high >= fewer_than, and D - high >= 1 only if D - low >= fewer_than: who is there may be many.
    """
    return all(_is_safe(*bounds.span(*ends), fewer_than) for ends in spans(len(bounds.totals)))


def spans(count: int) -> list[tuple[int, int]]:
    """All pairs of an earlier and a later one of so many nodes, the start included."""
    return list(combinations(range(count), 2))


def _is_safe(low: int, high: int, growth: int, fewer_than: int) -> bool:
    return _is_open(low, high, growth, fewer_than) and _is_large(low, high, growth, fewer_than)


def _is_open(low: int, high: int, growth: int, fewer_than: int) -> bool:
    """The first condition."""
    few = fewer_than - 1
    return high >= min(few, growth) and low <= max(0, growth - few)


def _is_large(low: int, high: int, growth: int, fewer_than: int) -> bool:
    """The second condition, of the left side and of the right one."""
    left, right = (low, high), (growth - high, growth - low)
    return all(least < 1 or most >= fewer_than for least, most in (left, right))


def finest_classes(bounds: Bounds, fewer_than: int, others: Sequence[int] = ()) -> list[Class]:
    """The values that X can have at the last node, cut from the least upwards into the finest safe classes.

    Each class ends at the first value at which it is safe; what remains at the top joins the last. Where no class is
    safe before the top, the whole range is one: it says nothing that the total does not say. others: at each node, the
    total of another group of which the left side is a part, too; who is in it and not on the left side is safe as well.
    """
    low, high = bounds.last
    classes: list[Class] = []
    first = low
    for value in range(low, high + 1):
        told = bounds.narrowed(first, value)
        if is_safe(told, fewer_than) and _is_safe_in(told, others, fewer_than):
            classes.append(Class(first, value))
            first = value + 1
    if first <= high:
        classes = [*classes[:-1], Class(classes[-1].low if classes else low, high)]
    return classes


def _is_safe_in(bounds: Bounds, others: Sequence[int], fewer_than: int) -> bool:
    spans_to_date = [bounds.span(0, place)[:2] for place in range(1, len(others) + 1)]
    return all(_is_safe(*one, total, fewer_than) for one, total in zip(spans_to_date, others, strict=True))
