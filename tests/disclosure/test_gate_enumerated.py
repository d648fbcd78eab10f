"""Every register of small projects, published by the gate, and the reader who keeps those that would look the same.

The rule by itself is enumerated in test_waiting_enumerated; here it is what the gate makes of it: "not recorded", the
base of a breakdown, coarse and fine categories, years, shares, and what is remembered when records change. Fewer than
three is small. Each part of the rule is taken out in turn: then the reader finds somebody.
"""

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product

import numpy as np
import pytest

from ctanalysis.disclosure import waiting as rule
from ctanalysis.disclosure.waiting import Class, Told, at_nodes, classes, node_of
from ctanalysis.disclosure.waiting import cells as gate
from ctanalysis.indicators.known_people import COUNTED, REST
from ctanalysis.project.policy import Breakdown
from tests.disclosure import small_projects as small
from tests.disclosure.small_projects import FEW
from tests.generators import linked_projects as linked

ENDS = ["2012-09-30", "2013-09-30", "2014-09-30"]
SEX = Breakdown(sheet="once", by="sex", order=("female", "male"))
FORMS = Breakdown(sheet="once", by="kind", order=("labour", "begging", "servitude"))
FINE = Breakdown(sheet="once", by="kind:coarse", order=("work", "street"), fine=("labour", "servitude", "begging"))
AREAS = Breakdown(sheet="once", by="area:coarse", order=("inland", "coast"))


@cache
def project(breakdown, years):
    """The project that ends with the last of some years, and tells this breakdown."""
    through = date.fromisoformat(ENDS[years - 1])
    codes = ("once",) if breakdown else ("share",)
    ways = [(breakdown.by,), (breakdown.by.removesuffix(":coarse"),)] if breakdown else []
    told = {"nodes": ("year",), "breakdowns": (breakdown,) if breakdown else (), "fewer_than": FEW, "round_to": 3}
    found = linked.with_sheets(*codes, ways=ways, through=through, **told)
    return replace(found, facts=found.facts.model_copy(update={"end": through}))


def standing(breakdown, register, labels):
    """Who stands in a breakdown at each node. register: people by year and category; the label of each category."""
    known, people = {}, {}
    for year, counts in enumerate(register):
        for place, (label, count) in enumerate(zip(labels, counts, strict=True)):
            people |= {f"{year} {place} {number}": label for number in range(count)}
        known[ENDS[year]] = dict(people)
    return at_nodes({}, {(breakdown.sheet, breakdown.by): known})


def publication(breakdown, found, who):
    return tuple(sorted((cell, repr(one)) for cell, one in gate.prints(found, who).items()))


def opened(breakdown, quarters, labels, blank=False):
    """The cells that some publication of these people shows, of groups of categories but not all of them.

    blank: some are not recorded; how many, and how many are, everybody knows.
    """
    asked, labels = small.groups(len(labels)), [*labels, None] if blank else labels
    people, found = small.registers(quarters, len(labels)), project(breakdown, len(quarters))
    printed = [publication(breakdown, found, standing(breakdown, one, labels)) for one in people.tolist()]
    assert len(set(printed)) > 3, "nothing is put to the test"
    return small.shown(quarters, people, printed, asked)


PROJECTS = {
    "sex": (SEX, ((3, 4), (2, 5), (1, 6)), ["female", "male"], False),
    "sex, of some not recorded": (SEX, ((2, 4), (3, 4)), ["female", "male"], True),
    "forms": (FORMS, ((7,), (1, 5)), ["labour", "begging", "servitude"], False),
    "forms, of some not recorded": (FORMS, ((6,), (5,)), ["labour", "begging", "servitude"], True),
    "coarse categories": (AREAS, ((4, 3), (5,)), ["north", "south", "west"], False),
    "coarse and, at the end, fine ones": (FINE, ((8,), (2, 3)), ["labour", "servitude", "begging"], False),
}


@pytest.mark.few(3)
@pytest.mark.parametrize("name", PROJECTS)
def test_no_publication_shows_a_cell(name):
    assert opened(*PROJECTS[name]) == set()


# --- Shares ------------------------------------------------------------------------------------------


def share_opened(quarters):
    """The same of a share of rows: those counted and the rest. How many rows there are in each quarter is known."""
    people, found = small.registers(quarters, 2), project(None, len(quarters))
    share = Breakdown(sheet="share", by="total")
    printed = [publication(share, found, standing(share, one, [COUNTED, REST])) for one in people.tolist()]
    assert any(" %" in repr(one) for one in printed) and any("rounded" in repr(one) for one in printed)
    return small.shown(quarters, people, printed, small.groups(2))


@pytest.mark.few(1)
@pytest.mark.parametrize("quarters", [((6,), (7,)), ((3, 6), (4, 8)), ((5, 6), (7,), (0, 5)), ((9, 2), (13,), (4, 4))])
def test_no_share_shows_those_counted_or_the_rest(quarters):
    assert share_opened(quarters) == set()


def test_a_share_of_the_true_number_within_a_class_shows_cells(monkeypatch):
    """0-2 of 7 as "0–29 %" says nothing of whether there are any; in pairs it does: 2-3, that there is somebody."""
    monkeypatch.setattr(gate, "told", telling_truly(lambda n: Class(n // 2 * 2, n // 2 * 2 + 1)))
    assert share_opened(((6,), (7,)))


# --- The mutants -------------------------------------------------------------------------------------------


def telling_truly(of):
    """A told() that says of each side what `of` makes of its true number, where the class is no number."""

    def told(split, nodes, few):
        by_day = {node.day: node.counts for node in nodes}
        for one in rule.told(split, nodes, few):
            true = sum(by_day[one.day][name] for name in one.categories)
            yield one if one.one.is_number else Told(one.day, one.side, of(true), one.is_split, one.categories)

    return told


def test_not_recorded_inside_the_total_shows_cells(monkeypatch):
    """Those not recorded stand with the last category, and are printed as well."""

    def inside(day, people, names, *more):
        node, blank = node_of(day, people, names, *more)
        return replace(node, counts={**node.counts, names[-1]: node.counts[names[-1]] + blank}), blank

    monkeypatch.setattr(gate, "node_of", inside)
    assert opened(*PROJECTS["sex, of some not recorded"])


def test_without_the_first_condition_cells_are_shown(monkeypatch):
    monkeypatch.setattr(classes, "_is_open", lambda *_: True)
    assert opened(*PROJECTS["sex"])


@pytest.mark.long
def test_fine_categories_each_split_off_the_whole_show_cells(monkeypatch):
    def apart(split, nodes, few):
        names = sorted({name for one in rule.told(split, nodes, few) for name in one.categories})
        whole = [sum(node.counts.values()) for node in nodes]
        groups = {one.categories for one in rule.told(split, nodes, few)}
        for group in [*groups, *((name,) for name in names)]:
            of = [sum(node.counts[name] for name in group) for node in nodes]
            for node, one in zip(nodes, rule.classes_told(of, whole, few), strict=True):
                yield Told(node.day, "", one, True, group)

    monkeypatch.setattr(gate, "told", apart)
    assert opened(*PROJECTS["forms"])


def test_rounding_within_a_class_shows_cells(monkeypatch):
    """The nearest three of the true number, where its class is a range."""
    monkeypatch.setattr(gate, "told", telling_truly(lambda n: Class((n + 1) // 3 * 3, (n + 1) // 3 * 3)))
    assert opened(*PROJECTS["sex"])


# --- Records that change ---------------------------------------------------------------------------------

STAY, STRUCK, CORRECTED, BLANK, LATE, MORE = range(6)  # what happens to somebody between two releases


def events(sizes):
    """Every register of so many people of each kind: (women of each kind, the records at the first release, and at the
    second, whose year some are new in).
    """
    other = {"female": "male", "male": "female"}
    for women in product(*(range(size + 1) for size in sizes)):
        sexes = [
            (kind, "female" if place < count else "male")
            for kind, (count, size) in enumerate(zip(women, sizes, strict=True))
            for place in range(size)
        ]
        before = {str(n): None if kind == BLANK else sex for n, (kind, sex) in enumerate(sexes) if kind < LATE}
        after = {str(n): other[sex] if kind == CORRECTED else sex for n, (kind, sex) in enumerate(sexes)}
        after = {who: sex for who, sex in after.items() if sexes[int(who)][0] != STRUCK}
        first = {who: sex for who, sex in after.items() if sexes[int(who)][0] != MORE}
        yield women, before, first, after


def published_twice(sizes, memory):
    """What the releases of two years print, between which records changed, of every register; and the register.

    memory: who stood where, given what the first release remembers.
    """
    key, found = (SEX.sheet, SEX.by), project(SEX, 2)
    for women, before, first, after in events(sizes):
        one = at_nodes({}, {key: {ENDS[0]: before}})
        other = at_nodes(memory(one), {key: {ENDS[0]: first, ENDS[1]: after}})
        yield (
            [[n, size - n] for n, size in zip(women, sizes, strict=True)],
            (
                publication(SEX, found, one),
                publication(SEX, found, other),
            ),
        )


def seen_after(sizes, memory):
    """The cells of 1 or 2 people of one sex, of any of these kinds together, that some publication shows."""
    people, printed = zip(*published_twice(sizes, memory), strict=True)
    people, looks = np.array(people), np.unique([hash(one) for one in printed], return_inverse=True)[1]
    assert looks.max() > 2, "nothing is put to the test"
    found = []
    for sex, chosen in product((0, 1), product((False, True), repeat=len(sizes))):
        cell = people[:, list(chosen), sex].sum(axis=1)
        alike = [cell[looks == look] for look in range(looks.max() + 1)]
        found += [(sex, chosen) for of in alike if of.min() >= 1 and of.max() < FEW]
    return found


@pytest.mark.parametrize("sizes", [(4, 1, 1, 1, 1, 4), (6, 1, 0, 2, 0, 3), (5, 0, 1, 0, 2, 5), (3, 2, 0, 1, 1, 3)])
def test_nobody_is_shown_by_records_that_change(sizes):
    """Some are struck, corrected, known only later, entered late; the reader knows how many of each there are."""
    assert seen_after(sizes, memory=lambda told: told) == []


def test_to_begin_anew_without_a_struck_record_shows_who_it_was():
    """The first year is told again of the records as they are then."""
    assert seen_after((5, 1, 0, 0, 0, 3), memory=lambda told: {})
    assert seen_after((5, 1, 0, 0, 0, 3), memory=lambda told: told) == []
