"""The attacker who lays two indicators side by side, of which one counts a part of the people of the other.

Its variables are kinds of people: the quarter in which they were identified, the one in which they were assisted, no
earlier or never, and one attribute of each indicator. Whatever is printed of either is a sum of these; asked for are
both attributes, of both indicators. It solves for real numbers (scipy's linprog): what these leave open is open.
"""

from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from tests.attackers.public import the_day_after
from tests.attackers.worlds import hunt

AT_MOST = 1000
NEVER = -1


class Pair:
    """quarters: first and last days. outer, inner: (way, categories) of those identified, and of those assisted."""

    def __init__(self, quarters, outer, inner):
        self.quarters, self.outer, self.inner = quarters, outer, inner
        self.starts = [first for first, _ in quarters]
        self.after = [the_day_after(last) for _, last in quarters]
        places = range(len(quarters))
        when = [(first, then) for first in places for then in (*range(first, len(quarters)), NEVER)]
        self.kinds = [(*days, one, other) for days in when for one, other in product(outer[1], inner[1])]

    def row(self, is_inner, first, last, way, category):
        """Which kinds a cell counts, as ones and zeros."""
        inside = range(self.starts.index(first), self.after.index(the_day_after(last)) + 1)
        place = {self.outer[0]: 2, self.inner[0]: 3}.get(way)
        return [
            float(kind[1 if is_inner else 0] in inside and (place is None or kind[place] == category))
            for kind in self.kinds
        ]


def attack(pair, outer, inner, public, enough=None):
    """The cells of either attribute that are shown to be of 1 to 9. outer, inner: what is printed of each indicator."""
    said = [(cell, pair.row(is_inner, *cell[:4])) for is_inner, cells in ((0, outer), (1, inner)) for cell in cells]
    rows = csr_array(np.array([row for _, row in said]))
    above = [place for place, (cell, _) in enumerate(said) if np.isfinite(cell.high)]
    both = vstack([rows[above], -rows])
    bounds = [said[place][0].high for place in above] + [-cell.low for cell, _ in said]

    def solve(weights):
        found = linprog(weights, A_ub=both, b_ub=bounds, bounds=(0, AT_MOST), method="highs")
        assert found.status == 0, found.message
        return found.x

    tables = [cell for cell in (*outer, *inner) if cell.way != "total"]
    days = sorted({day for cell in tables for day in (cell.first, the_day_after(cell.last))})
    spans = [(one, other) for place, one in enumerate(days) for other in days[place + 1 :]]
    last = {after: last for after, (_, last) in zip(pair.after, pair.quarters, strict=True)}
    asked = [
        (first, last[after], f"{way} of {('the identified', 'the assisted')[is_inner]}", category, "all")
        for first, after in spans
        for is_inner, (way, names) in product((0, 1), (pair.outer, pair.inner))
        for category in names
        if category != "not recorded"
    ]
    terms = [
        pair.row("assisted" in way, first, end, way.split(" of the ")[0], name) for first, end, way, name, _ in asked
    ]
    return hunt(asked, csr_array(np.array(terms)), solve, [], public, enough)
