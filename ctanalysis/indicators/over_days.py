"""What stands on each day of a window, added up over its days: person-nights, bed-nights.

    row       known               until          it stands from `known` on, and on `until` no more
    window             start              end
    stands             |------------|            until - start days of this window

The days on which a row stands before a day t are those since `known`, less those since `until`. Of all rows together
they are worked out at the edges of windows alone: the work grows with rows plus windows.
"""

from dataclasses import dataclass, replace

import numpy as np

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators.counting import Counted, Grid


def on_any_day(standing: Counted) -> Counted:
    """Rows that stand from `known` until a day, as those which windows see where they stand on any of their days."""
    assert standing.until is not None  # of a level it never is
    seen = standing.only(standing.known < standing.until)
    assert seen.until is not None
    return replace(seen, since=seen.until - 1, until=None)


@dataclass(frozen=True)
class PlacedDays:
    """Rows of on_any_day in a grid: how many days they stand in each window."""

    grid: Grid
    counted: Counted

    @property
    def days(self) -> Integers:
        """How many days each window has, its first and its last among them."""
        days: Integers = self.grid.ends[self.grid.end_of] - self.grid.starts[self.grid.start_of] + 1
        return days

    def tally(self, codes: Integers | None = None, size: int = 1, weights: Floats | None = None) -> Floats:
        """The days on which rows stand, added up, in each window and category: an array (windows, size).

        codes: the category of each row of the table; all are one where None. weights: what each row counts on a day.
        """
        if not len(self.counted.rows):
            return np.zeros((len(self.grid.start_of), size))
        edges = np.unique([*self.grid.starts, *(self.grid.ends + 1)])
        rows = self.counted.rows
        codes = np.zeros(len(rows), np.int64) if codes is None else codes[rows]
        counts = np.ones(len(rows)) if weights is None else weights[rows]
        since = _since(edges, self.counted.known, codes, size, counts)
        stood = since - _since(edges, self.counted.since + 1, codes, size, counts)
        first, last = (np.searchsorted(edges, days) for days in (self.grid.starts, self.grid.ends + 1))
        return stood[last[self.grid.end_of]] - stood[first[self.grid.start_of]]


def _since(edges: Integers, days: Integers, codes: Integers, size: int, counts: Floats) -> Floats:
    """At each edge, the days that have gone since each row's day, added up by category: an array (edges, size)."""
    days = np.clip(days, edges[0], edges[-1])  # what lies before all windows, or behind them, is no difference
    bins = np.searchsorted(edges, days) * size + codes
    shape = (len(edges), size)
    number, moment = (
        np.bincount(bins, weights, minlength=len(edges) * size).reshape(shape).cumsum(axis=0)
        for weights in (counts, counts * (days - edges[0]))
    )
    gone: Floats = number * (edges - edges[0])[:, None] - moment
    return gone
