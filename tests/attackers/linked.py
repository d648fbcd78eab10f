"""The second attacker: linear programs over all tables at once (scipy's linprog).

Its variables are the finest cells there can be: for each shortest span of days, each combination of
the categories of all fields, and each part of a share, a number of its own; whatever is printed is a
plain sum of these. Of people counted in each period: each kind of person, by when they are seen.
"""

from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from tests.attackers.public import ALL, ends_of, the_day_after
from tests.attackers.worlds import counted_people, hunt, people_of, questions

AT_MOST = 100_000  # of a number of which nothing is known


def attack(printed, public):
    """Cells that every world of real numbers shows to be of 1 to 9."""
    asked = questions(printed, public) if printed else []
    if not asked:
        return []
    row_of = _people(printed, public) if public.kind == "each period" else _finest(printed, public)
    asked = [place for place in asked if row_of(place) is not None]
    said = [cell for cell in printed if row_of(cell[:5]) is not None]
    rows = csr_array(np.array([row_of(cell[:5]) for cell in said]))
    above = [(row, cell.high) for row, cell in enumerate(said) if np.isfinite(cell.high)]
    both = _stacked(rows, [row for row, _ in above])
    bounds = np.concatenate([[high for _, high in above], [-cell.low for cell in said]])

    def solve(weights):
        found = linprog(weights, A_ub=both, b_ub=bounds, bounds=(0, AT_MOST), method="highs")
        assert found.status == 0, found.message
        return found.x

    return hunt(asked, csr_array(np.array([row_of(place) for place in asked])), solve, printed, public) if asked else []


def _stacked(rows, above):
    from scipy.sparse import vstack

    return vstack([rows[above], -rows]) if above else -rows


def _people(printed, public):
    days, people = people_of(printed, public)
    return lambda place: counted_people(place, days, people)


def _finest(printed, public):
    """A function from a cell to its row of ones and zeros over the finest cells."""
    days = ends_of(printed)
    if public.kind == "level":
        spans = list(dict.fromkeys((cell.first, cell.last) for cell in printed))

        def within(first, last):  # nothing adds up: each day by itself
            return [spans.index((first, last))]

    else:
        spans = days[:-1]

        def within(first, last):
            return range(days.index(first), days.index(the_day_after(last)))

    names, combinations = list(public.fields), list(product(*public.fields.values()))
    shape = (len(spans), len(combinations), len(public.parts))

    def row_of(place):
        first, last, way, category, part = place
        wanted = {} if way == "total" else dict(zip(way.split(" × "), category.split(" × "), strict=True))
        fits = np.array(
            [all(found[names.index(name)] == label for name, label in wanted.items()) for found in combinations]
        )
        parts = np.array([part in (ALL, one) for one in public.parts])
        row = np.zeros(shape)
        row[list(within(first, last))] = np.outer(fits, parts)
        return row.ravel()

    return row_of
