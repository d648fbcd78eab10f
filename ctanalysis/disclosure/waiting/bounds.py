"""What a reader knows of one side of a split at its nodes: a system of difference constraints, closed.

X is the number of people on the left side at each node, T that of both sides. X(0) = T(0) = 0 at the start. The reader
knows that X never falls, that it grows by no more than T does, and the class of X at each earlier node. All of these
bound a difference of two values of X, so that the tight bounds are shortest paths, and whole numbers (Cormen et al.,
"Introduction to Algorithms", "Difference constraints and shortest paths").
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """totals: T at the start and at each node. most[i][j]: the most that X(j) - X(i) can be, as tight as it gets."""

    totals: tuple[int, ...] = (0,)
    most: tuple[tuple[int, ...], ...] = ((0,),)

    def grown(self, total: int) -> "Bounds":
        """With one more node, of which only its total is known. ValueError where the total has fallen."""
        growth = total - self.totals[-1]
        if growth < 0:
            raise ValueError("the total of a breakdown has fallen: nobody leaves it, a struck record stays in it")
        rows = [(*row, row[-1] + growth) for row in self.most]
        return Bounds((*self.totals, total), (*rows, (*self.most[-1], 0)))

    def narrowed(self, low: int, high: int) -> "Bounds":
        """With X at the last node in the class from low to high, which must be possible.

        Two edges are new, from the start to the last node and back; a shortest path has at most one of them,
        because both together are a circle of high - low, which is not negative.
        """
        first, last = self.most[0], self.most[-1]

        def through(row: tuple[int, ...]) -> tuple[int, ...]:
            up, down = row[0] + high, row[-1] - low  # by the edge to the last node, by the edge back to the start
            return tuple(min(most, up + last[place], down + first[place]) for place, most in enumerate(row))

        return Bounds(self.totals, tuple(map(through, self.most)))

    def span(self, start: int, end: int) -> tuple[int, int, int]:
        """Of X(end) - X(start): the least and the most that it can be, and how much the total has grown between."""
        return -self.most[end][start], self.most[start][end], self.totals[end] - self.totals[start]

    @property
    def last(self) -> tuple[int, int]:
        """The least and the most that X can be at the last node."""
        low, high, _ = self.span(0, len(self.totals) - 1)
        return low, high
