"""The fourth attacker: what rounding leaves.

Every sum that must hold narrows its parts and its whole, until nothing narrows any more.
"""

from math import inf

import numpy as np

from tests.attackers.public import (
    ALL,
    INSIDE,
    OUTSIDE,
    Shown,
    ends_of,
    few,
    is_guarded,
    shows,
    the_day_after,
    the_day_before,
)

ROUNDS = 100


class Grid:
    """The least and the most of each number: arrays (from day, to day, column). columns: (way, category, part)."""

    def __init__(self, printed, public):
        self.printed, self.public = printed, public
        parts = (ALL, INSIDE, OUTSIDE) if public.share else (ALL,)
        ways = [way for way in ("total", *public.ways) if any(cell.way == way for cell in printed) or way == "total"]
        self.columns = [(way, category, part) for way in ways for category in public.categories(way) for part in parts]
        self.days = ends_of(printed)
        self.low = np.zeros((len(self.days), len(self.days), len(self.columns)))
        self.high = np.full_like(self.low, inf)
        for cell in printed:
            at = self.days.index(cell.first), self.days.index(the_day_after(cell.last)), self.columns.index(cell[2:5])
            self.low[at], self.high[at] = max(self.low[at], cell.low), min(self.high[at], cell.high)
        self.sums = [*self._of_ways(ways, parts), *self._of_shares()]

    def _of_ways(self, ways, parts):
        """(the column of a whole, those of its parts): categories of the total, and two-way cells of a one-way cell."""
        for way in ways[1:]:
            for part in parts:
                yield (
                    self.columns.index(("total", "all", part)),
                    [self.columns.index((way, c, part)) for c in self.public.categories(way)],
                )
                for place, name in enumerate(way.split(" × ") if "×" in way and way else ()):
                    for category in self.public.fields[name] if name in ways else ():
                        inner = [c for c in self.public.categories(way) if c.split(" × ")[place] == category]
                        yield (
                            self.columns.index((name, category, part)),
                            [self.columns.index((way, c, part)) for c in inner],
                        )

    def _of_shares(self):
        for way, category, part in self.columns if self.public.share else ():
            if part == ALL:
                yield (
                    self.columns.index((way, category, ALL)),
                    [self.columns.index((way, category, part)) for part in (INSIDE, OUTSIDE)],
                )

    def narrow(self):
        """One round over every sum, of columns and of days."""
        for whole, parts in self.sums:
            self._by_sum((..., [whole]), (..., parts))
        size = len(self.days) if self.public.kind == "adds up" else 0
        for a in range(size):
            for c in range(a + 2, size):
                self._by_days(a, c)

    def _by_sum(self, whole, parts):
        low, high = self.low[parts], self.high[parts]
        least, most = low.sum(-1, keepdims=True), high.sum(-1, keepdims=True)
        self.low[whole], self.high[whole] = np.maximum(self.low[whole], least), np.minimum(self.high[whole], most)
        others = np.stack([np.delete(high, place, -1).sum(-1) for place in range(high.shape[-1])], -1)
        self.low[parts] = np.maximum(low, self.low[whole] - others)
        self.high[parts] = np.minimum(high, self.high[whole] - (least - low))

    def _by_days(self, a, c):
        """From a day to another, and the two spans on both sides of each day between them."""
        low, high, whole, between = self.low, self.high, (a, c), slice(a + 1, c)
        one, two = (a, between), (between, c)
        low[whole] = np.maximum(low[whole], (low[one] + low[two]).max(0))
        high[whole] = np.minimum(high[whole], (high[one] + high[two]).min(0))
        for mine, other in ((one, two), (two, one)):
            low[mine], high[mine] = (
                np.maximum(low[mine], low[whole] - high[other]),
                np.minimum(high[mine], high[whole] - low[other]),
            )


def attack(printed, public):
    """Cells of any span of days that the intervals of everything printed, narrowed by every sum,
    show to be of 1 to 9.
    """
    grid, marked, found = Grid(printed, public), few(printed), []
    for _ in range(ROUNDS):
        before = grid.low.copy(), grid.high.copy()
        with np.errstate(invalid="ignore"):
            grid.narrow()
        if all(np.array_equal(one, other) for one, other in zip(before, (grid.low, grid.high), strict=True)):
            break
    for a, b, column in np.argwhere(grid.low > 0.999):
        way, category, part = grid.columns[column]
        place = (grid.days[a], the_day_before(grid.days[b]), way, category, part)
        low, high = grid.low[a, b, column], grid.high[a, b, column]
        if a < b and is_guarded(public, way, part) and shows(low, high, place, marked, public):
            found.append(Shown(*place, low, high))
    return found
