"""What is printed of a class: a number to the nearest ten, or the range as it is.

It follows from the class alone. Of the true number nothing finer may be said within a class; a range is not rounded,
because "fewer than ten more than 40" would not be true of all of 38 to 47.
"""

from dataclasses import dataclass

from ctanalysis.disclosure.waiting.classes import Class


@dataclass(frozen=True)
class Shown:
    """value: the number printed, None where a range is. low, high: the numbers for which the print stands."""

    value: int | None
    low: int
    high: int

    def in_words(self, fewer_than: int) -> str:
        """As it is said: "40", "18–27", "fewer than 10"."""
        if self.value is not None:
            return str(self.value)
        few = self.low == 0 and self.high == fewer_than - 1
        return f"fewer than {fewer_than}" if few else f"{self.low}–{self.high}"


def shown(one: Class, fewer_than: int, round_to: int) -> Shown:
    """A class as it is printed: one of a single number to the nearest round_to, halves up; any other unrounded.

    A number that is not 0 is at least fewer_than, as everybody knows.
    """
    if not one.is_number or one.low == 0:
        return Shown(0 if one.is_number else None, *one)
    value = (2 * one.low + round_to) // (2 * round_to) * round_to
    least = value - round_to // 2
    return Shown(value, max(fewer_than, least), least + round_to - 1)


def between(earlier: Shown, later: Shown, growth: int | None = None) -> Shown:
    """What is told of the time between two nodes, a year say: the difference of what was printed at both.

    A number where both are; else the range that follows. growth: of both sides in that time, which is exact; a side
    grows by no more. Years and sides may not add up to what is printed.
    """
    low, high = max(0, later.low - earlier.high), later.high - earlier.low
    high = high if growth is None else min(high, growth)
    if growth == 0:
        return Shown(0, 0, 0)
    if earlier.value is None or later.value is None:
        return Shown(None, low, high)
    return Shown(max(0, later.value - earlier.value), low, high)
