"""The fifth attacker: whole people only (scipy's milp, every variable an integer).

Its variables are how many there were up to each printed day, in each category that is printed: they
only grow, categories add up to the total, and a printed cell is a difference of two of them. A number
that only a world with half a person in it could make harmless is found by this attacker alone.
"""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from tests.attackers.public import ALL, ends_of, the_day_after
from tests.attackers.worlds import counted_people, hunt, people_of, questions

AT_MOST = 100_000


class Cumulated:
    """Numbers up to each day: variables (day, column); rows of them, each with what it is at least and at most."""

    def __init__(self, printed, public):
        self.public = public
        self.days = (
            ends_of(printed) if public.kind == "adds up" else list(dict.fromkeys((c.first, c.last) for c in printed))
        )
        ways = {cell.way for cell in printed} | {
            name for cell in printed for name in cell.way.split(" × ") if name in public.ways
        }
        self.columns = [
            (way, category, part)
            for way in ("total", *public.ways)
            if way in ways or way == "total"
            for category in public.categories(way)
            for part in public.parts
        ]
        self.size = len(self.days) * len(self.columns)
        self.rows, self.low, self.high = [], [], []
        for cell in printed:
            self.add(self.terms(cell[:5]), cell.low, cell.high)
        for day in range(len(self.days)):
            self._adds_up(day)
        for day in range(1, len(self.days)) if public.kind == "adds up" else ():
            for column in range(len(self.columns)):
                self.add({self._at(day, column): 1, self._at(day - 1, column): -1}, 0, np.inf)

    def _at(self, day, column):
        return day * len(self.columns) + column

    def add(self, terms, low, high):
        self.rows.append(terms)
        self.low.append(low)
        self.high.append(high)

    def _adds_up(self, day):
        index = {column: self._at(day, place) for place, column in enumerate(self.columns)}
        for way in dict.fromkeys(way for way, _, _ in self.columns if way != "total"):
            for part in self.public.parts:
                cells = {index[way, category, part]: 1 for category in self.public.categories(way)}
                self.add(cells | {index["total", "all", part]: -1}, 0, 0)
                for place, name in enumerate(way.split(" × ")) if "×" in way else ():
                    for category in (
                        self.public.fields[name] if (name, self.public.fields[name][0], part) in index else ()
                    ):
                        inner = {
                            index[way, c, part]: 1
                            for c in self.public.categories(way)
                            if c.split(" × ")[place] == category
                        }
                        self.add(inner | {index[name, category, part]: -1}, 0, 0)

    def terms(self, place):
        """A cell as a difference of two days; None where the column is not there."""
        first, last, way, category, part = place
        found = {}
        for one in self.public.parts if part == ALL else (part,):
            if (way, category, one) not in self.columns:
                return None
            column = self.columns.index((way, category, one))
            if self.public.kind == "adds up":
                found |= {
                    self._at(self.days.index(the_day_after(last)), column): 1,
                    self._at(self.days.index(first), column): -1,
                }
            else:
                found[self._at(self.days.index((first, last)), column)] = 1
        return found


def attack(printed, public, enough=None):
    """Cells that every world of whole numbers shows to be of 1 to 9. enough: how many of them are enough."""
    asked = questions(printed, public) if printed else []
    if not asked:
        return []
    if public.kind == "each period":
        days, people = people_of(printed, public)
        terms = {place: counted_people(place, days, people) for place in [*asked, *(cell[:5] for cell in printed)]}
        rows = [cell for cell in printed if terms[cell[:5]] is not None]
        matrix, low, high = (
            csr_array(np.array([terms[c[:5]] for c in rows])),
            [c.low for c in rows],
            [c.high for c in rows],
        )
        asked = [place for place in asked if terms[place] is not None]
        sums = csr_array(np.array([terms[place] for place in asked]))
    else:
        numbers = Cumulated(printed, public)
        matrix, low, high = _matrix(numbers.rows, numbers.size), numbers.low, numbers.high
        asked = [place for place in asked if numbers.terms(place) is not None]
        sums = _matrix([numbers.terms(place) for place in asked], numbers.size) if asked else None
    return hunt(asked, sums, _solver(matrix, low, high), printed, public, enough) if asked else []


def _solver(matrix, low, high):
    constraint, box = LinearConstraint(matrix, low, high), Bounds(0, AT_MOST)

    def solve(weights):
        found = milp(
            weights,
            constraints=constraint,
            bounds=box,
            integrality=np.ones(matrix.shape[1]),
            options={"time_limit": 60, "mip_rel_gap": 0},
        )
        assert found.status == 0, found.message
        return np.round(found.x)

    return solve


def _matrix(rows, size):
    places = [(row, place, sign) for row, terms in enumerate(rows) for place, sign in terms.items()]
    row, place, sign = zip(*places, strict=True)
    return csr_array(coo_array((np.array(sign, float), (row, place)), shape=(len(rows), size)))
