"""One late record at every edge: each breakdown that the shipped policy tells, and each category that it may be of.

Whole universes of small projects, with the shipped project's own splits, categories and end tables; fewer than three
is small. The first year is told, somebody of it comes late, the year is revised, and the second year, which is the last
one, is told. A reader knows all that is printed, how many came in which year, and that one of the first came late.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from ctanalysis.disclosure.waiting import at_nodes
from ctanalysis.disclosure.waiting.cells import prints
from ctanalysis.evaluation import SHIPPED
from ctanalysis.indicators.known_people import COUNTED, REST
from ctanalysis.project import load
from tests.disclosure import small_projects as small
from tests.disclosure.small_projects import FEW

ENDS = "2012-09-30", "2013-09-30"
WAYS = [("2.2", "sex"), ("2.2", "age_group:coarse"), ("2.1", "exploitation:coarse")]
MANY = [("2.1", "country:coarse"), ("2.1", "oblast:coarse")]


@cache
def project():
    """The shipped project with small numbers, of two years."""
    found = load(SHIPPED)
    rules = found.policy.rules
    victims = rules["victims"].model_copy(update={"fewer_than": FEW, "round_to": FEW})
    facts = found.facts.model_copy(update={"end": date.fromisoformat(ENDS[1])})
    return replace(found, facts=facts, policy=type(found.policy)(rules | {"victims": victims}))


def labels_of(key):
    """The categories of the records, the finest that there are; of a share, whether a row is counted."""
    if key[1] == "total":
        return COUNTED, REST
    [one] = [one for one in project().policy.rules["victims"].breakdowns if (one.sheet, one.by) == key]
    return one.fine or one.order


def people_of(counts, labels, year):
    return {f"{year} {label} {n}": label for label, count in zip(labels, counts, strict=True) for n in range(count)}


class Universe:
    """Every register of a breakdown with so many people in its two years; what is told of each, with memory or not."""

    def __init__(self, key, first, second, remembers=True):
        self.key, self.labels, self.remembers = key, labels_of(key), remembers
        self.years = [list(small.parts(size, len(self.labels))) for size in (first, second)]
        self._told = {}

    def told(self, *nodes):
        """What is printed, of people by node; it follows from how many of each category there are."""
        counted = tuple(tuple(sorted(map(str, people.values()))) for _, people in nodes)
        if counted not in self._told:
            printed = prints(project(), {self.key: nodes})
            self._told[counted] = tuple(sorted((cell, repr(one)) for cell, one in printed.items()))
        return self._told[counted]

    def stories(self):
        """(what was told of the first year, its revision, what is told of both years, the category of the late one)."""
        for one in self.years[0]:
            before = people_of(one, self.labels, 1)
            first = at_nodes({}, {self.key: {ENDS[0]: before}})
            memory = first if self.remembers else {}
            for late in self.labels:
                known = before | {"late": late}
                revised = at_nodes(memory, {self.key: {ENDS[0]: known}})
                for two in self.years[1]:
                    both = {ENDS[0]: known, ENDS[1]: known | people_of(two, self.labels, 2)}
                    after = at_nodes(memory, {self.key: both})
                    yield (*(self.told(*of[self.key]) for of in (first, revised, after)), late)

    def seen(self):
        """(revisions that differ where the same was public before and the same total changed, categories of the late
        one that are shown: by all that is printed, of any group of categories but all).
        """
        revisions, looks = defaultdict(set), defaultdict(set)
        for first, revised, after, late in self.stories():
            revisions[first].add(revised)
            looks[first, revised, after].add(late)
        assert len(revisions) > 1, "nothing is put to the test"
        return [one for one in revisions.values() if len(one) > 1], [one for one in looks.values() if len(one) == 1]


SEX = [(5, 1), (6, 0), (6, 3), (7, 2), (9, 4)]
TWO = [(WAYS[0], *one) for one in SEX] + [((code, "total"), *one) for code in ("2.6", "2.7") for one in SEX]
FEWER = [pytest.param(key, 6, 0, id=" ".join(key)) for key in WAYS[1:]]
MORE = [pytest.param(key, *sizes, marks=pytest.mark.long) for key in WAYS[1:] for sizes in [(6, 1), (7, 1), (6, 2)]]
FAR_MORE = [pytest.param(key, 6, 0, marks=pytest.mark.long) for key in MANY]


@pytest.mark.few(6)
@pytest.mark.parametrize(("key", "first", "second"), [*TWO, *FEWER, *MORE, *FAR_MORE])
def test_a_late_record_is_of_any_category(key, first, second):
    """The revision prints what was printed, whoever it was; and nothing that is told later says of which category."""
    assert Universe(key, first, second).seen() == ([], [])


@pytest.mark.parametrize("key", [WAYS[0], *(pytest.param(key, marks=pytest.mark.long) for key in WAYS[1:])])
def test_without_a_memory_a_revision_says_who_was_late(key):
    """Told anew with the late one, a number appears or goes, by the category: the same reader finds it."""
    differing, shown = Universe(key, 6, 0, remembers=False).seen()
    assert differing and shown
