"""The reader with a prior: who thinks some registers likelier than others learns from a publication what its classes
say, and no more. That a class was told, and not another one, is no news.

So it is if the registers that publish the same are all those, and only those, whose numbers lie in the classes told.
The chance that a number is small, given everything that is published, is then that given totals and classes alone.
"""

from collections import defaultdict
from random import Random

import pytest

from ctanalysis.disclosure.waiting import classes_told

FEWER_THAN = 10
YEARS = ((19, 41, 58), (8, 12, 31), (25, 3, 24), (40, 0, 66))  # people of each fiscal year, as everybody knows
WOMEN = (0.35, 0.62, 0.9)  # how many of them are women, as readers with different priors expect


def registers(count, seed):
    """(people, women) of each year, of so many simulated projects."""
    chance = Random(seed)
    for number in range(count):
        people, share = YEARS[number % len(YEARS)], WOMEN[number % len(WOMEN)]
        yield people, tuple(sum(chance.random() < share for _ in range(size)) for size in people)


def to_date(numbers):
    return tuple(sum(numbers[: place + 1]) for place in range(len(numbers)))


def published(count, seed, told=classes_told):
    """{(people, classes): registers that publish so}."""
    found = defaultdict(list)
    for people, women in registers(count, seed):
        classes = tuple(told(to_date(women), to_date(people), FEWER_THAN))
        found[people, classes].append(women)
    return found


def fits(women, classes):
    return all(one.low <= number <= one.high for number, one in zip(to_date(women), classes, strict=True))


def small(women, people):
    """Which numbers of a register are small: of women and of men, in each span of years."""
    spans = [(first, last) for first in range(len(people)) for last in range(first + 1, len(people) + 1)]
    sums = [(sum(women[slice(*span)]), sum(people[slice(*span)])) for span in spans]
    return [1 <= number < FEWER_THAN for of, whole in sums for number in (of, whole - of)]


def chances(found, people):
    """Of some registers, how often each number is small."""
    marks = [small(women, people) for women in found]
    return [sum(column) / len(marks) for column in zip(*marks, strict=True)]


def differences(found):
    """By how much the chances given everything published differ, at the most, from those given totals and classes."""
    by_people = defaultdict(list)
    for (people, _), same in found.items():
        by_people[people] += same
    return max(
        abs(one - other)
        for (people, classes), same in found.items()
        for one, other in zip(
            chances(same, people),
            chances([women for women in by_people[people] if fits(women, classes)], people),
            strict=True,
        )
    )


@pytest.mark.long
@pytest.mark.parametrize("count", [1_500, pytest.param(10_000, marks=pytest.mark.long)])
def test_a_publication_says_no_more_than_its_classes(count):
    found = published(count, seed=1)
    assert len(found) > 20 and any(not one.is_number for _, classes in found for one in classes)
    assert differences(found) == 0


def test_a_reader_would_notice_a_class_that_follows_from_the_number():
    """Where a small number is told in a class of its own choice, that class says which numbers are likely."""

    def by_the_number(counts, totals, fewer_than):
        """As told; but of one to four, and of none, the class is one wider."""
        return [
            one._replace(high=min(one.high + 1, whole)) if number < 5 and not one.is_number else one
            for one, number, whole in zip(classes_told(counts, totals, fewer_than), counts, totals, strict=True)
        ]

    assert differences(published(400, seed=1, told=by_the_number)) > 0
