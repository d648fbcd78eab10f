"""What is printed of a share that waits: per cent of a class, and its denominator, which is exact."""

from math import nan

from ctanalysis.disclosure.waiting.classes import Class

PER_CENT = 100


def per_cent(one: Class, whole: int) -> tuple[float, str]:
    """(share, status): of a number to the nearest per cent, halves up; else NaN and the range that holds all.

    one: those counted, of a whole that is not 0.
    """
    if one.is_number:
        return (2 * PER_CENT * one.low + whole) // (2 * whole) / PER_CENT, "rounded"
    return nan, f"{PER_CENT * one.low // whole}–{-(-PER_CENT * one.high // whole)} %"


def growth(earlier: Class, later: Class, whole: int) -> Class:
    """Those counted who came between two nodes, of so many in all: a number where both are; else the range."""
    if earlier.is_number and later.is_number:
        return Class(later.low - earlier.low, later.low - earlier.low)
    return Class(max(0, later.low - earlier.high), min(whole, later.high - earlier.low))
