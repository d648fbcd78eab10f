"""Whoever reads evidence: what it says of the size of one event, and of a number that is told rounded.

It knows the exact total, and reads the units and the effective number as they are told.
"""

import math
from fractions import Fraction

import numpy as np


def told_as(text):
    """The least and the most for which a number to two significant digits stands."""
    number = Fraction(text)
    if not number:
        return Fraction(0), Fraction(0)
    unit = Fraction(10) ** (math.floor(math.log10(abs(number))) - 1)
    return number - unit / 2, number + unit / 2


def squares(total, effective):
    """The least and the most that the squares of the sizes of all events can add up to."""
    low, high = told_as(effective)
    return Fraction(total) ** 2 / high, Fraction(total) ** 2 / low


def largest(total, units, effective):
    """The least and the most people that the largest event can have had, in whole numbers.

    Its size times the total is at least what the squares add up to. The others' squares are at least those of equal
    sizes: size squared + (total - size) squared / (units - 1) is at most what all of them add up to.
    """
    (low, high), total = squares(total, effective), int(float(total))
    many = [unit for unit in range(math.ceil(told_as(units)[0]), math.floor(told_as(units)[1]) + 1) if unit > 1]
    least = max(math.ceil(low / total), math.ceil(Fraction(total, many[-1])))
    roots = [(total + math.sqrt(max(0, (unit - 1) * (unit * high - total**2)))) / unit for unit in many]
    return least, max(least, math.floor(max(roots)))


def could_be(numerator, denominator, units, effect, chance, tries=4000):
    """Whether so many yes answers of all could have come in so many events with the design effect as it is told.

    It looks for one way: answers that stand more or less in the order of yes and no, cut into events.
    """
    low, high = (float(end) for end in told_as(effect))
    for number in range(tries):
        ordered = np.arange(denominator) < numerator
        spaced = (np.arange(denominator) * numerator) % denominator < numerator
        first, noise = (spaced, 3.0 ** chance.uniform(-3, 6)) if number % 2 else (ordered, 3.0 ** chance.uniform(0, 7))
        answers = first[np.argsort(np.arange(denominator) + noise * chance.normal(size=denominator))]
        cuts = np.sort(chance.choice(np.arange(1, denominator), units - 1, replace=False))
        of = np.split(answers, cuts)
        share = numerator / denominator
        rest = sum((part.sum() - share * len(part)) ** 2 for part in of)
        found = units / (units - 1) * rest / (denominator * share * (1 - share))
        if low <= found < high:
            return True
    return False
