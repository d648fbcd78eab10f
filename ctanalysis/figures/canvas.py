"""A page to draw on: pixels from its left top; all that is drawn in one way is one artist, which is fast.

canvas = Canvas(figure) ─▶ box, band, line, dot, text ─▶ done()
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ctanalysis.figures import layout
from ctanalysis.figures.style import BLUE, INCH, INK, LIGHT, PAPER, POINT, TEXT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
STRIPES = 7  # pixels from stripe to stripe of a band


class Way(NamedTuple):
    """How something is drawn: filled, or with a line so many pixels wide, which may be dashed."""

    fill: str = "none"
    line: str = "none"
    width: float = 0
    dashed: bool = False


class Canvas:
    """The part of a matplotlib figure between what stands above and below it."""

    def __init__(self, figure: "Figure") -> None:
        self._figure = figure
        wide, high = figure.get_size_inches()
        self.wide = float(wide) * INCH
        self._top = float(high) * figure.subplotpars.top
        self._shapes: dict[Way, tuple[list[Point], list[int]]] = {}

    def box(self, place: Box, fill: str, edge: str = "none") -> None:
        """A filled box; one without width or height is none."""
        left, top, right, bottom = place
        if right > left and bottom > top:
            self._shape(Way(fill, edge, 1 if edge != "none" else 0), _corners(place), closed=True)

    def frame(self, place: Box, colour: str, width: float) -> None:
        """The outline of a box."""
        self._shape(Way(line=colour, width=width), _corners(place), closed=True)

    def band(self, place: Box, colour: str = BLUE) -> None:
        """A hatched box: a number that may be anywhere from its one end to the other."""
        left, top, right, bottom = place
        self.box(place, LIGHT, colour)
        for start, end in stripes(right - left, bottom - top):
            points = [(left + start[0], top + start[1]), (left + end[0], top + end[1])]
            self.line(points, colour, 1)

    def line(self, points: Sequence[Point], colour: str, width: float = 1, dashed: bool = False) -> None:
        self._shape(Way(line=colour, width=width, dashed=dashed), points)

    def dot(self, x: float, y: float, size: float, colour: str, hollow: bool = False) -> None:
        """A circle with this radius; a hollow one has a coloured line around paper."""
        points = [(x + size * across, y + size * down) for across, down in _circle()]
        way = Way(PAPER, colour, 2) if hollow else Way(colour)
        self._shape(way, points, closed=True)

    def area(self, points: Sequence[Point], fill: str, edge: str) -> None:
        """A filled shape, whose last point is its first."""
        self._shape(Way(fill, edge, 1), points, closed=True)

    def diamond(self, x: float, y: float, size: float, colour: str) -> None:
        points = [(x, y - size), (x + size, y), (x, y + size), (x - size, y), (x, y - size)]
        self._shape(Way(colour), points, closed=True)

    def text(self, x: float, y: float, words: str, colour: str = INK, **how: Any) -> None:
        """One line of text around this height. how: as matplotlib has it (ha, weight, rotation)."""
        across, up = self._inches(x, y)
        size = how.pop("size", TEXT)
        drop = 0.0 if how.get("rotation") else 0.36 * size / INCH  # from the middle to the line that letters stand on
        how.setdefault("va", "center" if how.get("rotation") else "baseline")
        self._figure.text(
            across, up - drop, words, transform=self._figure.dpi_scale_trans, color=colour, fontsize=size * POINT, **how
        )

    def done(self) -> None:
        """Puts everything into the figure, in the order in which ways of drawing came first."""
        from matplotlib.patches import PathPatch  # only who draws waits for it
        from matplotlib.path import Path

        for way, (points, codes) in self._shapes.items():
            style: Any = (0, (4, 3)) if way.dashed else "-"
            patch = PathPatch(Path(points, codes), facecolor=way.fill, edgecolor=way.line, linewidth=way.width * POINT)
            patch.set(linestyle=style, transform=self._figure.dpi_scale_trans)
            self._figure.add_artist(patch)

    def _shape(self, way: Way, points: Sequence[Point], closed: bool = False) -> None:
        every, codes = self._shapes.setdefault(way, ([], []))
        every.extend(self._inches(*point) for point in points)
        codes.extend([1, *[2] * (len(points) - 1 - closed), *[79] * closed])  # to, line, close: matplotlib's own

    def _inches(self, x: float, y: float) -> Point:
        return x / INCH, self._top - y / INCH


def _corners(place: Box) -> list[Point]:
    left, top, right, bottom = place
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


@cache
def _circle() -> tuple[Point, ...]:
    from math import cos, pi, sin

    return tuple((cos(pi * turn / 10), sin(pi * turn / 10)) for turn in range(21))


def stripes(wide: float, high: float) -> list[tuple[Point, Point]]:
    """The stripes of a band: from its lower or left edge up to its upper or right one, at 45 degrees."""
    found, start = list[tuple[Point, Point]](), float(STRIPES)
    while 0 < start < wide + high and wide > 0:
        first = (0.0, start) if start <= high else (start - high, high)
        last = (start, 0.0) if start <= wide else (wide, start - wide)
        found.append((first, last))
        start += STRIPES
    return found


def width(words: str, size: float = TEXT, weight: str = "normal") -> float:
    """How many pixels wide the longest line of a text is."""
    return layout.width(words, size * POINT, weight) * INCH


def wrapped(words: str, room: float, size: float = TEXT, weight: str = "normal") -> list[str]:
    """The lines of a text, each with as many words as there is room for, in pixels."""
    return layout.wrapped(words, room / INCH, size * POINT, weight)
