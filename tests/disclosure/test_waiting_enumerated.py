"""The waiting rule tells of no cell that it is small: every register of small projects, and rules that would tell.

The reader knows the totals of each quarter, who is not recorded, the rule, and everything that is told.
"""

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest

from ctanalysis.disclosure import waiting
from ctanalysis.disclosure.waiting import Class, classes, series
from tests.disclosure import small_projects as small
from tests.disclosure.small_projects import FEW, TREES


@pytest.fixture(autouse=True)
def remembered(monkeypatch):
    """Classes follow from totals and classes alone, so that they are cut once for all registers."""
    monkeypatch.setattr(series, "finest_classes", cache(classes.finest_classes))


def told(quarters, tree):
    """Every register of a project, and what is told of each."""
    names, split = TREES[tree]
    people = small.registers(quarters, len(names))
    return people, [small.publication(split, register, names) for register in people]


def opened(quarters, tree="sex"):
    """The cells that are shown: of every group of categories, in every run of quarters."""
    return small.shown(quarters, *told(quarters, tree), small.groups(len(TREES[tree][0])))


# --- Eleven projects: people of each quarter, by year; and the tree of splits -------------------------

PROJECTS = {
    "slow": (((2, 1, 1, 0), (3, 1, 2, 1)), "sex"),
    "steady": (((3, 2, 3, 1), (4, 2, 3, 1), (2, 3, 3, 1)), "sex"),
    "one large quarter": (((9, 0, 1, 1), (2, 2, 3, 2)), "sex"),
    "campaigns": (((0, 0, 9, 0), (0, 3, 9, 0)), "sex"),
    "a slow start": (((1, 1, 1, 0), (1, 0, 1, 0), (2, 2, 2, 2)), "sex"),
    "a year without anybody": (((6, 0, 0, 0), (0, 0, 0, 0), (5, 1, 0, 0)), "sex"),
    "two a year": (((2, 0, 0, 0), (0, 2, 0, 0), (0, 0, 2, 0)), "sex"),
    "three forms": (((2, 1, 2, 1), (2, 2, 1, 2)), "forms"),
    "three forms, falling": (((4, 3, 2, 0), (1, 2, 2, 1), (1, 1, 0, 1)), "forms"),
    "sex by age": (((2, 2, 2, 1), (1, 2, 1, 2)), "sex by age"),
    "fine at the end": (((2, 2, 1, 2), (1, 2, 3, 1)), "fine"),
}


@pytest.mark.few(4)
@pytest.mark.parametrize("name", PROJECTS)
def test_no_publication_shows_a_cell(name):
    assert opened(*PROJECTS[name]) == set()


def test_numbers_and_ranges_are_put_to_the_test():
    """The projects are not safe because nothing is told: many publications differ, and many have numbers."""
    for name in ("steady", "three forms", "sex by age"):
        people, printed = told(*PROJECTS[name])
        numbers = sum(any(one.is_number for *_, one in publication) for publication in printed)
        assert numbers > len(people) / 4
        assert len(set(printed)) >= 24


def test_exact_numbers_show_cells():
    """The reader is awake: of exact numbers every small one is found."""
    quarters = PROJECTS["slow"][0]
    people = small.registers(quarters, 2)
    found = small.shown(quarters, people, [register.tobytes() for register in people], small.groups(2))
    years = {(0, 4): people[:, 0, 0], (4, 8): people[:, 1, 0], (0, 8): people[:, :, 0].sum(axis=1)}
    for (first, after), women in years.items():
        assert sum(cell[1:] == ((0,), first, after) for cell in found) == sum(1 <= n < FEW for n in women)


@pytest.mark.long
@pytest.mark.parametrize("first", range(9))
def test_no_publication_of_any_small_project_shows_a_cell(first):
    """Every project of three years of at most eight people, each year in two halves."""
    for others in product(range(9), repeat=2):
        assert opened(tuple((total - total // 2, total // 2) for total in (first, *others))) == set()


@pytest.mark.long
@pytest.mark.parametrize("tree", ["forms", "sex by age", "fine"])
@pytest.mark.parametrize("first", range(8))
def test_no_publication_of_a_tree_of_any_small_project_shows_a_cell(first, tree):
    """Every project of two years of at most seven people."""
    for second in range(8):
        assert opened(tuple((total - total // 2, total // 2) for total in (first, second)), tree) == set()


# --- Not recorded ------------------------------------------------------------------------------------


def with_not_recorded(quarters, inside):
    """Every register in which some are not recorded, which is told exactly: categories women, men, not recorded.

    inside: they stand on the right side of the split, as if it were a trait; otherwise only the others are split.
    """
    people = small.registers(quarters, 3)
    to_date = np.cumsum(people, axis=1)
    printed = []
    for women, men, blank in to_date.transpose(0, 2, 1).tolist():
        totals = [one + other + none * inside for one, other, none in zip(women, men, blank, strict=True)]
        printed.append((tuple(blank), tuple(waiting.classes_told(women, totals, FEW))))
    return small.shown(quarters, people, printed, [(0,), (1,)])


def test_not_recorded_may_be_told_exactly():
    """Also to a reader who does not know of each person whether it is recorded."""
    assert with_not_recorded(((4, 0, 2, 1), (1, 3, 1, 2)), inside=False) == set()


def test_not_recorded_inside_the_total_shows_cells():
    """7 = 4 women | 3 others, of whom everybody can see that two are not recorded: one man."""
    found = with_not_recorded(((4, 0, 2, 1), (1, 3, 1, 2)), inside=True)
    assert (1,) in {group for _, group, *_ in found}


def test_who_is_added_to_an_earlier_year_enters_at_the_next_node():
    """A late record, or one whose category was not recorded: two people of the first year are split in the second.

    The reader knows how many there were. The first year is asked as it was told, with them, and they by themselves.
    """
    first, late, second = 6, 2, 4
    people, printed = [], []
    for one, added, three in product(*(small.parts(total, 2) for total in (first, late, second))):
        people.append([one, added, three])
        counts = [one[0], one[0] + added[0] + three[0]]
        printed.append(tuple(waiting.classes_told(counts, [first, first + late + second], FEW)))
    assert small.shown(((first,), (late,), (second,)), np.array(people), printed, small.groups(2)) == set()


# --- Rules that would tell ---------------------------------------------------------------------------


def test_only_spans_from_the_start_shows_cells(monkeypatch):
    """6 = 3 | 3, then 10 = 5 | 5: each to date is large, and the year between them is 2 | 2."""
    monkeypatch.setattr(classes, "spans", lambda count: [(0, place) for place in range(1, count)])
    assert opened(((6,), (4,)))
    assert waiting.classes_told([3, 5], [6, 10], FEW) == [(3, 3), (5, 5)]


def test_without_the_first_condition_cells_are_shown(monkeypatch):
    """4 = 0 | 4 would be told: then both people of one of its quarters are men."""
    monkeypatch.setattr(classes, "_is_open", lambda *_: True)
    assert any(opened(*PROJECTS[name]) for name in ("slow", "steady", "a slow start"))


def struck(restart):
    """Two years; between them somebody of the first is struck. What a reader then knows of the first year, of the
    second, of those who stay, and of whom was struck.

    restart: the split begins anew without the struck person; otherwise he or she stays in it.
    """
    first, second = 6, 3
    people, printed = [], []
    for women, woman, more in product(range(first + 1), (0, 1), range(second + 1)):
        if woman <= women and 1 - woman <= first - women:
            people.append([[women - woman, first - 1 - women + woman], [woman, 1 - woman], [more, second - more]])
            if restart:
                left = women - woman
                told = waiting.classes_told([women], [first], FEW) + waiting.classes_told(
                    [left, left + more], [first - 1, first - 1 + second], FEW
                )
            else:
                told = waiting.classes_told([women, women + more], [first, first + second], FEW)
            printed.append(tuple(told))
    return small.shown(((first - 1,), (1,), (second,)), np.array(people), printed, small.groups(2))


def test_a_struck_record_stays_in_its_breakdown():
    assert struck(restart=False) == set()


def test_to_begin_anew_after_a_struck_record_shows_cells():
    """6 = 3 | 3, one is struck, 5 = 0-2 | 3-5: then it was one of the left side."""
    assert struck(restart=True)


def test_a_split_within_a_range_shows_cells():
    """7 = 5 | 0-2 others: a split of the two, told beside it, says that there are two."""
    people = small.registers(((7,),), 3)
    apart = [
        tuple(waiting.classes_told([labour], [7], FEW) + waiting.classes_told([sexual], [sexual + other], FEW))
        for ((labour, sexual, other),) in people.tolist()
    ]
    assert small.shown(((7,),), people, apart, small.groups(3))
    assert opened(((7,),), "forms") == set()


def test_fine_categories_each_split_off_the_whole_show_cells():
    """8 = 3 + 3 + 2: begging 3 | 5, servitude 3 | 5, and organs 0-2, which then are two. A chain of them shows none."""
    people = small.registers(((8,),), 3)
    apart = [tuple(tuple(waiting.classes_told([n], [8], FEW)) for n in register[0].tolist()) for register in people]
    assert small.shown(((8,),), people, apart, small.groups(3))
    chain = small.chain(small.FINE[1:])
    chained = [small.publication(chain, register, small.FINE[1:]) for register in people]
    assert small.shown(((8,),), people, chained, small.groups(3)) == set()


def test_rounding_within_a_class_shows_cells():
    """0-2 women to the nearest three: "3" says that there are two. From the class alone it says nothing."""
    people = small.registers(((7,), (5,)), 2)
    to_date = np.cumsum(people, axis=1)[:, :, 0].tolist()
    true = [
        tuple(Class(*one) if one.is_number else (one, (n + 1) // 3 * 3) for one, n in zip(told, counts, strict=True))
        for counts in to_date
        for told in [waiting.classes_told(counts, [7, 12], FEW)]
    ]
    assert small.shown(((7,), (5,)), people, true, small.groups(2))
    printed = [
        tuple(waiting.shown(one, FEW, 3) for one in waiting.classes_told(counts, [7, 12], FEW)) for counts in to_date
    ]
    assert small.shown(((7,), (5,)), people, printed, small.groups(2)) == set()


# --- Several breakdowns of the same people -------------------------------------------------------------


def nested(years, both):
    """Of people identified some are assisted. Their totals are public; sex is told of the assisted, or of both.

    years: (assisted, identified and not assisted) of each year. Categories: women and men assisted, and the same of
    the others.
    """
    people, printed = [], []
    for year in product(*(product(small.parts(assisted, 2), small.parts(rest, 2)) for assisted, rest in years)):
        register = np.array([[*assisted, *rest] for assisted, rest in year])
        to_date = np.cumsum(register, axis=0)
        women, assisted, all_women = to_date[:, 0], to_date[:, :2].sum(axis=1), to_date[:, 0] + to_date[:, 2]
        told = waiting.classes_told(women.tolist(), assisted.tolist(), FEW)
        if both:
            told += waiting.classes_told(all_women.tolist(), to_date.sum(axis=1).tolist(), FEW)
        people.append(register)
        printed.append(tuple(told))
    quarters = tuple((sum(year),) for year in years)
    return small.shown(quarters, np.array(people), printed, [(0,), (1,), (0, 2), (1, 3)])


@pytest.mark.parametrize("years", [((6, 1), (5, 1)), ((5, 2), (3, 1)), ((2, 2), (7, 0)), ((3, 1), (3, 1), (3, 0))])
def test_of_nested_indicators_one_may_be_told(years):
    """Sex of the assisted beside the totals of the identified: neither the assisted nor the identified are shown."""
    assert nested(years, both=False) == set()


def test_two_nested_indicators_by_the_same_attribute_show_cells():
    """5 assisted of 6: women 3 | 3 of the identified, and 0-2 of the assisted: then two of these are women."""
    assert nested(((5, 1),), both=True)


def by_different_attributes(years):
    """Sex of the assisted and exploitation (labour, or another) of all identified, of every register.

    Categories: assisted women in labour, women otherwise, men in labour, men otherwise; then the same of the others.
    """
    people = np.array(
        [
            [[*assisted, *rest] for assisted, rest in year]
            for year in product(*(product(small.parts(one, 4), small.parts(rest, 4)) for one, rest in years))
        ]
    )
    to_date = np.cumsum(people, axis=1)
    women, labour = to_date[:, :, [0, 1]].sum(axis=2).tolist(), to_date[:, :, [0, 2, 4, 6]].sum(axis=2).tolist()
    assisted = np.cumsum([one for one, _ in years]).tolist()
    identified = np.cumsum([one + rest for one, rest in years]).tolist()
    told = cache(lambda left, totals: tuple(waiting.classes_told(left, totals, FEW)))
    printed = [
        (told(tuple(one), tuple(assisted)), told(tuple(two), tuple(identified)))
        for one, two in zip(women, labour, strict=True)
    ]
    asked = [(0, 1), (2, 3), (0, 2), (1, 3), (0, 1, 4, 5), (2, 3, 6, 7), (0, 2, 4, 6), (1, 3, 5, 7)]
    return small.shown(tuple((one + rest,) for one, rest in years), people, printed, asked)


@pytest.mark.parametrize(
    "years", [((7, 1),), ((4, 1), (3, 0)), *(pytest.param(one, marks=pytest.mark.long) for one in [((5, 1), (4, 0))])]
)
def test_different_attributes_of_nested_indicators_are_safe_together(years):
    """Women and men, labour and other forms, of the assisted and of all identified: none is shown."""
    assert by_different_attributes(years) == set()


def sex_and_age(years, girls_told):
    """Sex and age of the same people as two breakdowns, of every register; with the girls among women, or without."""
    people = small.registers(tuple((year,) for year in years), 4)
    to_date, totals = np.cumsum(people, axis=1), np.cumsum(years).tolist()
    printed = []
    for adult_women, girls, _, boys in to_date.transpose(0, 2, 1):
        women = waiting.classes_told((adult_women + girls).tolist(), totals, FEW)
        children = waiting.classes_told((girls + boys).tolist(), totals, FEW)
        at = [place for place, one in enumerate(women) if one.is_number]
        crossing = waiting.classes_told(girls[at].tolist(), [women[place].low for place in at], FEW)
        printed.append((tuple(women), tuple(children), tuple(crossing) if girls_told else ()))
    return small.shown(tuple((year,) for year in years), people, printed, small.groups(4))


@pytest.mark.parametrize("years", [(6,), (9,), (12,), (4, 3), (6, 4), (2, 3, 3)])
def test_two_breakdowns_of_the_same_people_are_safe_together(years):
    """Sex and age of the assisted: neither they nor their crossing, which is not told."""
    assert sex_and_age(years, girls_told=False) == set()


def test_a_crossing_is_one_tree():
    """9 = 6 women | 3 men = 4 children | 5 adults: with 3 girls | 3 of the women there is one boy.

    Women and men, then girls among women and boys among men, show nobody.
    """
    assert (3,) in {group for _, group, *_ in sex_and_age((9,), girls_told=True)}
    assert opened(((9,),), "sex by age") == set()


# --- A category that is added ----------------------------------------------------------------------------


def with_added(years, said, names=("labour", "sexual", "organs")):
    """Every register in which nobody was of the last category in the first year, as everybody knows.

    said: the splits know it, too.
    """
    people = small.registers(tuple((year,) for year in years), len(names))
    people = people[people[:, 0, -1] == 0]
    printed = []
    for register in people:
        nodes = small.nodes(register, names)
        if said:
            nodes[0] = replace(nodes[0], absent=frozenset(names[-1:]))
        printed.append(tuple((one.day, one.side, one.one) for one in waiting.told(small.chain(names), nodes, FEW)))
    found = small.shown(tuple((year,) for year in years), people, printed, small.groups(len(names)))
    others = tuple(range(len(names) - 1))  # everybody of the first year is one of these, as its total tells
    return {cell for cell in found if cell[1] != others or cell[2] > 0}


@pytest.mark.parametrize("years", [(7, 4), (3, 7), (6, 3, 4), (8, 2, 3), (2, 2, 8), (5, 5)])
def test_a_category_that_is_added_shows_nobody(years):
    """A reader knows that nobody was in it before, and so from when on all of it came."""
    assert with_added(years, said=True) == set()


def test_a_category_that_is_added_as_if_it_had_always_been_there_shows_cells():
    """The same projects, split as if nothing were known of the first year."""
    assert with_added((4, 4), said=False)
