"""Late records, struck and corrected ones, and what was not recorded: who stands in a breakdown at its next node."""

from itertools import product

import numpy as np
import pytest

from ctanalysis.disclosure import waiting
from ctanalysis.disclosure.waiting import node_of, standing
from tests.disclosure import small_projects as small
from tests.disclosure.small_projects import FEW

SEX = ("women", "men")


def test_a_late_record_stands_in_the_next_node():
    told = {"p1": "women"}
    assert standing(told, {"p1": "women", "p2": "men"}) == {"p1": "women", "p2": "men"}


def test_a_struck_record_stays_as_it_was_told():
    assert standing({"p1": "women", "p2": "men"}, {"p1": "women"}) == {"p1": "women", "p2": "men"}


def test_a_corrected_record_stays_as_it_was_told():
    assert standing({"p1": "women"}, {"p1": "men"}) == {"p1": "women"}
    assert standing({"p1": "women"}, {"p1": None}) == {"p1": "women"}


def test_not_recorded_may_become_a_category_once():
    first = standing({}, {"p1": None})
    second = standing(first, {"p1": "men"})
    assert (first, second, standing(second, {"p1": "women"})) == ({"p1": None}, {"p1": "men"}, {"p1": "men"})
    assert standing(first, {}) == {"p1": None}  # struck before it was known


def test_a_node_counts_those_recorded():
    node, blank = node_of("2012-09-30", {"p1": "women", "p2": None, "p3": "women"}, SEX)
    assert (node.counts, blank) == ({"women": 2, "men": 0}, 1)
    with pytest.raises(ValueError, match="no split for 1 of the categories") as refused:
        node_of("2012-09-30", {"p1": "Aida"}, SEX)
    assert "Aida" not in str(refused.value)


CATEGORY = ["women", "men", None]
EVENTS = [  # of one person: what the records say when the first year is told, and when the second is; "" for nothing
    *product(CATEGORY, CATEGORY),
    *((before, "") for before in CATEGORY),
    *(("", after) for after in CATEGORY),
]


def test_no_side_ever_falls():
    """Whatever happens to three people, and then to them again, what is told can be told: no side has fallen."""
    for people in product(EVENTS, repeat=3):
        now = [{str(n): of[year] for n, of in enumerate(people) if of[year] != ""} for year in (0, 1)]
        first = standing({}, now[0])
        second = standing(first, now[1])
        third = standing(second, now[0])
        nodes = [node_of(str(n), of, SEX)[0] for n, of in enumerate((first, second, third))]
        assert len(waiting.told(small.TREES["sex"][1], nodes, FEW)) == 6


@pytest.mark.parametrize(
    ("stay", "struck", "corrected", "blank", "late", "more"), [(3, 1, 1, 1, 1, 3), (5, 1, 0, 2, 0, 2)]
)
def test_nobody_is_shown_by_what_happens_to_records(stay, struck, corrected, blank, late, more):
    """Of the first year some records are struck, some corrected, some are not recorded and then known, and some come
    late. The reader knows how many of each there are, and asks of any of these groups together, as they were told and
    as they are now. Every register of them is published: no one or two women, or men, are shown.
    """
    sizes = [stay, struck, corrected, blank, late, more]
    people, printed = [], []
    for women in product(*(range(size + 1) for size in sizes)):
        persons = [
            (kind, "women" if place < count else "men")
            for kind, (count, size) in enumerate(zip(women, sizes, strict=True))
            for place in range(size)
        ]
        other = {"women": "men", "men": "women"}
        before = {str(n): None if kind == 3 else sex for n, (kind, sex) in enumerate(persons) if kind < 4}
        after = {str(n): other[sex] if kind == 2 else sex for n, (kind, sex) in enumerate(persons) if kind != 1}
        first = standing({}, before)
        at = [node_of("1", first, SEX), node_of("2", standing(first, after), SEX)]
        told = waiting.told(small.TREES["sex"][1], [node for node, _ in at], FEW)
        people.append([[count, size - count] for count, size in zip(women, sizes, strict=True)])
        printed.append(tuple(one.one for one in told))
    assert len(set(printed)) > 4
    assert seen(np.array(people), printed) == []


CORRECTED = 2  # the place of the corrected ones among the groups


def seen(people, printed):
    """The cells of 1 or 2 in all registers of some publication: (groups, sex, whether the corrected are as told)."""
    found = []
    looks = np.unique([hash(one) for one in printed], return_inverse=True)[1]
    for sex, as_told, chosen in product((0, 1), (True, False), product((False, True), repeat=people.shape[1])):
        counts = people[:, :, sex].copy()
        if not as_told:
            counts[:, CORRECTED] = people[:, CORRECTED, 1 - sex]
        cell = counts[:, list(chosen)].sum(axis=1)
        small = [cell[looks == look] for look in range(looks.max() + 1)]
        found += [(chosen, sex, as_told) for of in small if of.min() >= 1 and of.max() < FEW]
    return found


def test_the_same_reader_finds_what_exact_numbers_show():
    """Of three people told exactly, women and men."""
    people = np.array([[[n, 3 - n], [0, 0], [0, 0]] for n in range(4)])
    assert seen(people, [(n,) for n in range(4)])
