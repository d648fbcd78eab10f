"""Different attributes of nested indicators are safe together: every register of small projects, in two years.

Sex is told of those assisted, form of exploitation of those identified. Some are assisted in the year in which they
were identified, some in the next, some never. A reader knows how many of each there are, which no page tells, and asks
for both attributes, of both indicators and of what lies between them.
"""

from functools import cache
from itertools import product

import numpy as np
import pytest

from ctanalysis.disclosure import waiting
from tests.disclosure import small_projects as small
from tests.disclosure.small_projects import FEW

# Who: at once in the first year, in the second year, never (identified in the first), at once in the second, never (in
# the second). Of each: women in labour, women otherwise, men in labour, men otherwise.
WOMEN, LABOUR = (0, 1), (0, 2)
ASSISTED = {1: (0,), 2: (0, 1, 3)}  # groups assisted by the end of a year
IDENTIFIED = {1: (0, 1, 2), 2: (0, 1, 2, 3, 4)}


def registers(sizes):
    """An array: register, group, category."""
    return np.array(list(product(*(small.parts(size, 4) for size in sizes))))


def counted(people, groups, categories):
    return people[:, list(groups)][:, :, list(categories)].sum(axis=(1, 2))


def printed(people, sexes_of):
    """What is told of each register: classes of women to date, and of those in labour. sexes_of: the groups, by year,
    of whom sex is told.
    """
    told = cache(lambda left, totals: tuple(waiting.classes_told(left, totals, FEW)))
    sides = [(WOMEN, sexes_of), (LABOUR, IDENTIFIED)]
    columns = []
    for categories, groups in sides:
        left = np.stack([counted(people, groups[year], categories) for year in (1, 2)], 1).tolist()
        whole = [people[0][list(groups[year])].sum() for year in (1, 2)]
        columns.append([told(tuple(one), tuple(int(n) for n in whole)) for one in left])
    return list(zip(*columns, strict=True))


def asked():
    """Sex and form, of those assisted and identified, by year and to date, and of those identified and not assisted."""
    sides = [WOMEN, (2, 3), LABOUR, (1, 3)]
    spans = [ASSISTED[1], (1, 3), ASSISTED[2], IDENTIFIED[1], (3, 4), IDENTIFIED[2]]
    return list(product(spans, sides))


BETWEEN = [(1, 2), (2, 4), (2,), (4,)]  # identified, and not assisted


def shown(people, looks, questions):
    """The questions to which some look answers 1 or 2 in all registers: (groups, categories)."""
    ids = {one: place for place, one in enumerate(dict.fromkeys(looks))}
    places = np.array([ids[one] for one in looks])
    found = set()
    for groups, categories in questions:
        numbers = counted(people, groups, categories)
        for place in range(len(ids)):
            mine = numbers[places == place]
            if mine.min() >= 1 and mine.max() < FEW:
                found.add((groups, categories))
    return found


SIZES = [(4, 1, 1, 3, 0), (3, 2, 1, 2, 0), (5, 2, 0, 2, 0), (2, 3, 1, 2, 0), (3, 1, 0, 3, 1), (6, 1, 1, 1, 0)]
LARGER = [(5, 2, 1, 3, 1), (6, 3, 0, 3, 0), (4, 3, 2, 3, 0), (3, 3, 1, 4, 1), (7, 1, 2, 2, 0)]


@pytest.mark.parametrize("sizes", [*SIZES, *(pytest.param(sizes, marks=pytest.mark.long) for sizes in LARGER)])
def test_sex_of_those_assisted_and_form_of_those_identified_show_nobody(sizes):
    """Neither of the assisted, nor of the identified, nor of those in between, by year or to date."""
    people = registers(sizes)
    between = [(groups, side) for groups in BETWEEN for side in (WOMEN, (2, 3), LABOUR, (1, 3)) if any(groups)]
    assert shown(people, printed(people, ASSISTED), asked() + between) == set()


def test_the_projects_are_put_to_the_test():
    """Numbers are told of both attributes."""
    people = registers(SIZES[0])
    looks = set(printed(people, ASSISTED))
    numbers = {side for look in looks for side, classes in enumerate(look) if any(one.is_number for one in classes)}
    assert len(looks) > 20 and numbers == {0, 1}


def test_the_same_reader_finds_what_sex_of_both_shows():
    """Sex of the assisted and of the identified, and no form: five were assisted, and six identified."""
    people = registers((5, 0, 1, 0, 0))
    told = cache(lambda left, total: tuple(waiting.classes_told([left], [total], FEW)))
    women = [counted(people, groups, WOMEN).tolist() for groups in (ASSISTED[1], IDENTIFIED[1])]
    looks = [(told(one, 5), told(all_, 6)) for one, all_ in zip(*women, strict=True)]
    assert shown(people, looks, asked()) != set()


# --- What the waiting rule does not tell, for it would show cells -------------------------------------


def counted_anew(sizes, anew):
    """Who was helped in the first year alone, in both, in the second alone. Of all of them to each year's end sex is
    told; anew: of those of the second year, too.
    """
    quarters = tuple((size,) for size in sizes)
    people, looks = small.registers(quarters, 2), []
    before, both, after = sizes
    for first, again, second in people[:, :, 0].tolist():
        told = waiting.classes_told([first + again, first + again + second], [before + both, sum(sizes)], FEW)
        told += waiting.classes_told([again + second], [both + after], FEW) if anew else []
        looks.append(tuple(told))
    return small.shown(quarters, people, looks, small.groups(2))


@pytest.mark.parametrize("sizes", [(3, 2, 3), (4, 3, 5), (6, 4, 6), (8, 5, 7)])
def test_people_counted_in_each_period_by_sex_beside_those_counted_once_show_cells(sizes):
    """Each by itself is safe; both together say how many women, or men, came again. So of people counted in each
    period totals alone are told.
    """
    assert counted_anew(sizes, anew=False) == set() and counted_anew(sizes, anew=True)


def test_those_who_completed_by_sex_beside_both_marginals_show_one_boy():
    """Of 30 people 20 are girls, 11 completed, and of the girls 10 did: each is told as a number, since ten or more
    stand on either side. One boy completed. So shares by sex are not told.
    """
    of_all, completed, of_girls = (waiting.classes_told([n], [of], 10) for n, of in ((20, 30), (11, 30), (10, 20)))
    assert (of_all, completed, of_girls) == ([(20, 20)], [(11, 11)], [(10, 10)])
    assert completed[0].low - of_girls[0].low == 1
