"""A panel of a funnel plot: the line of all regions, the curves of chance, the regions and their names."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ctanalysis.figures import labels
from ctanalysis.figures.canvas import Canvas, Point
from ctanalysis.figures.style import BLUE, INCH, INK, LINE, ORANGE, PALE, RULE, TEXT, TINT, WIDTH

REGION, LIMITS = "region", "limits"  # what a row of the data draws
ROOM = 1.12  # of the highest: so that its name has a place
LOWEST, TALLEST, STEP = 130, 310, 20  # pixels: how high a panel is, as its names need it
BESIDE = LINE / 2  # from a point to the height of its name: farther off a line leads from one to the other


@dataclass(frozen=True)
class Panel:
    """One indicator's panel. rows: of the data, that are of it; names: of its regions, in the order of the data."""

    rows: pd.DataFrame
    names: Sequence[str]
    high: float = LOWEST

    @property
    def regions(self) -> pd.DataFrame:
        return self.rows[self.rows["what"] == REGION]

    @property
    def curve(self) -> pd.DataFrame:
        return self.rows[self.rows["what"] == LIMITS]

    @property
    def line(self) -> float:
        """The rate of all regions together."""
        return float(self.curve["rate"].iloc[0])

    def at(self, residents: float, rate: float) -> Point:
        """Where something stands, from the left bottom."""
        first, last = self.curve["residents"].iloc[[0, -1]]
        highest, farthest = self.regions["rate"].max(), self.regions["high"].fillna(0).max()
        most = ROOM * max(highest, min(farthest, 3 * highest)) or 1  # chance may leave more than there is room for
        return (residents - first) / (last - first) * WIDTH, max(0, min(rate, most)) / most * self.high

    @property
    def points(self) -> list[Point]:
        """Where the regions stand."""
        return [self.at(*pair) for pair in zip(self.regions["residents"], self.regions["rate"], strict=True)]

    @property
    def placed(self) -> labels.Placed:
        """Where their names stand."""
        inches = [(x / INCH, y / INCH) for x, y in self.points]
        room, line = (WIDTH / INCH, self.high / INCH), self.at(0, self.line)[1] / INCH
        return labels.placed(inches, self.names, labels.SIZE, room, line)

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draws it below a height of the page."""

        def down(point: Point) -> Point:
            return point[0], top + self.high - point[1]

        known = self.curve.dropna(subset=["low", "high"])
        ends = [
            [self.at(*pair) for pair in zip(known["residents"], known[end], strict=True)] for end in ("low", "high")
        ]
        if len(known):
            canvas.area([*map(down, (*ends[0], *reversed(ends[1]), ends[0][0]))], TINT, TINT)
        first, last = self.curve["residents"].iloc[[0, -1]]
        canvas.line([down(self.at(end, self.line)) for end in (first, last)], INK, 1)
        canvas.line([(0, top + self.high), (canvas.wide, top + self.high)], RULE, 1)
        points = [*map(down, self.points)]
        _name(canvas, self.names, points, self.placed.offsets)
        for point, out in zip(points, self.regions["stands_out"], strict=True):
            if out:
                canvas.diamond(*point, 7, ORANGE)
            else:
                canvas.dot(*point, 4.5, BLUE)


def with_room(rows: pd.DataFrame, names: Sequence[str]) -> Panel:
    """The lowest panel in which each name has a place of its own."""
    panels = [Panel(rows, names, high) for high in range(LOWEST, TALLEST + 1, STEP)]
    return next((panel for panel in panels if panel.placed.is_free), panels[-1])


def _name(canvas: Canvas, names: Sequence[str], points: Sequence[Point], offsets: Sequence[Point]) -> None:
    """The names beside their points; a thin line leads to one that is farther off."""
    for name, (x, y), (right, up) in zip(names, points, offsets, strict=True):
        left, middle = x + right * INCH, y - up * INCH
        canvas.text(left, middle, name, size=TEXT)
        if abs(middle - y) > BESIDE:
            end = middle + (BESIDE if middle < y else -BESIDE)
            canvas.line([(x, y), (left if right > 0 else x - labels.OFF * INCH, end)], PALE, 1)
