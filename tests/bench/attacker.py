"""An attacker on what a rule prints, who shares no line with the auditor.

It solves for whole people, quarter by quarter, and its bounds are exact.
"""

from functools import cached_property

import numpy as np

from tests.bench.rules import SILENT
from tests.bench.truth import days


class Attacker:
    """Knows one indicator's exact totals by quarter, the rule, and a breakdown as printed.

    Looks for whole people that fit.

    One number for each quarter and category. `low` and `high` of a cell are the least and the most
    of it in any register that fits: the true register is one of them, each solution another.
    """

    def __init__(self, found, indicator, way, printed, told_anyway=()):
        """printed: {(start, end, category): Print} of the breakdown; a tuple of categories is what they are together.

        told_anyway: categories that are told whatever they are, so that they are not asked for.
        """
        self.starts, self.ends = zip(*map(days, found.quarters), strict=True)
        self.labels = list(dict.fromkeys(cell[4] for cell in found.numbers if cell[0] == indicator and cell[3] == way))
        quarterly = [
            [found.numbers[indicator, *days(quarter), way, label] for label in self.labels]
            for quarter in found.quarters
        ]
        self.asked = [place for place, label in enumerate(self.labels) if label not in told_anyway]
        self.true = np.array(quarterly).ravel()
        self.rows, self.lows, self.highs = [], [], []
        for place, quarter in enumerate(found.quarters):
            total = found.numbers[indicator, *days(quarter), "total", "all"]
            self._add(sum(self._row(place, place, label) for label in range(len(self.labels))), total, total)
        for cell, told in printed.items():
            if told != SILENT:
                self._add(self._row(*self._place(*cell)), told.low, told.high)
        self.most = self.true.sum()
        self._check()
        self._begin(printed)

    @cached_property
    def fits(self):
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        return LinearConstraint(csr_array(np.array(self.rows)), self.lows, self.highs)

    def _row(self, first, last, label):
        row = np.zeros((len(self.starts), len(self.labels)))
        row[first : last + 1, label] = 1
        return row.ravel()

    def _add(self, row, low, high):
        self.rows.append(row)
        self.lows.append(low)
        self.highs.append(high)

    def _place(self, start, end, label):
        if isinstance(label, tuple) and len(label) > 1:
            return self.starts.index(start), self.ends.index(end), [self.labels.index(one) for one in label]
        return self.starts.index(start), self.ends.index(end), self.labels.index(*np.ravel(label).tolist())

    def _begin(self, printed):
        """The least and the most that each cell is known to be, by its place: at first, what is printed of it."""
        shape = (len(self.starts), len(self.starts), len(self.labels))
        self.least, self.greatest = np.zeros(shape), np.full(shape, float(self.most))
        for cell, told in printed.items():
            place = self._place(*cell)
            if not isinstance(place[2], list):  # of one category
                self.least[place], self.greatest[place] = told.low, told.high

    def _check(self):
        sums = np.array(self.rows) @ self.true
        assert (sums >= self.lows).all() and (sums <= self.highs).all(), "what is printed does not fit the records"

    def small(self):
        """The cells of 1 to 9 at any span of whole quarters, short spans first:
        [(first, last, label), ...], as numbers of places.
        """
        count = len(self.starts)
        places = [
            (first, first + more, label)
            for more in range(count)
            for first in range(count - more)
            for label in self.asked
        ]
        return [place for place in places if 1 <= self._row(*place) @ self.true <= 9]

    def attack(self):
        """(small cells, of which found exactly, of which shown to be 1 to 9)."""
        places = self.small()
        asked = np.array([self._row(*place) for place in places])
        low, high = asked @ self.true, asked @ self.true
        for number, place in enumerate(places):
            for sign, seen, proven in ((1, low, self.least), (-1, high, self.greatest)):
                if low[number] < high[number] and (low[number] < 1 or high[number] > 9):
                    break  # not exact and not shown to be small: nothing more to ask
                proven[place] = self._from_parts(place, sign)
                if proven[place] != seen[number]:
                    sums = asked @ self._solve(sign * asked[number])
                    low, high = np.minimum(low, sums, out=low), np.maximum(high, sums, out=high)
                    proven[place] = seen[number]
        return len(asked), int((low == high).sum()), int(((low >= 1) & (high <= 9)).sum())

    def _from_parts(self, place, sign):
        """What the bounds of the two parts of a span say of it, wherever it is parted, and what is printed:
        no program is needed where that is seen in a register.
        """
        first, last, label = place
        best, bound = (max, self.least) if sign > 0 else (min, self.greatest)
        return best(
            [
                bound[place],
                *(bound[first, middle, label] + bound[middle + 1, last, label] for middle in range(first, last)),
            ]
        )

    def _solve(self, weights):
        """A register of whole people in which weights @ register is smallest.

        Most often the linear answer is whole already.
        """
        from scipy.optimize import Bounds, milp

        for whole in (0, 1):
            found = milp(
                weights,
                constraints=self.fits,
                bounds=Bounds(0, self.most),
                integrality=np.full(len(weights), whole),
                options={"mip_rel_gap": 0},
            )
            assert found.status == 0, found.message
            register = np.round(found.x)
            if whole or np.abs(found.x - register).max() < 1e-6:
                break
        sums = self.fits.A @ register
        assert (sums >= self.lows).all() and (sums <= self.highs).all()
        return register
