"""Small multiples: panels in two columns, each with upright bars over time, what is usual, and its last number."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ctanalysis.figures.canvas import Canvas, Point, width, wrapped
from ctanalysis.figures.style import BLUE, HIGHEST, INK, LINE, ORANGE, PALE, RULE, TINT, WIDTH

if TYPE_CHECKING:
    from matplotlib.figure import Figure

At = Callable[[float], float]  # where a number stands down the page
COLUMNS, ROWS, GUTTER = 2, 3, 24
PLOT, BELOW = 76, 32  # pixels: the height of the bars, and of the years below them with the room to the next panel
BETWEEN = 0.5  # of a bar: the room between two years


class Bar(NamedTuple):
    """A number of one period: from nothing to low, and hatched to high. state: shorthand, where there is no number.

    group: what stands below it and its neighbours, such as the year; usual: from where to where it usually is.
    """

    group: str
    low: float
    high: float
    state: str = ""
    current: bool = False
    usual: tuple[float, float] | None = None


class Panel(NamedTuple):
    """title: what is measured; told: a line about its last number; most: where the scale ends; line: across all."""

    title: str
    told: str
    bars: tuple[Bar, ...]
    most: float = 0

    @property
    def span(self) -> tuple[float, float]:
        """From which number to which the scale goes: always with nothing, and with what is usual if there is room."""
        ends = [one for bar in self.bars for one in (bar.low, bar.high)]
        usual = [one for bar in self.bars for one in bar.usual or ()]
        most = max(ends, default=0)
        top = self.most or max(most, min(max(usual, default=0), 1.6 * most)) or 1
        return min(0, *ends, 0), top


def each_wide(columns: int = COLUMNS) -> float:
    """How wide a panel is."""
    return (WIDTH - GUTTER * (columns - 1)) / columns


def _titles(panels: Sequence[Panel], columns: int) -> list[list[list[str]]]:
    """By row of panels, the lines above each panel."""
    room = each_wide(columns)
    lines = [
        [*wrapped(one.title, room, weight="bold"), *(wrapped(one.told, room) if one.told else [])] for one in panels
    ]
    return [lines[first : first + columns] for first in range(0, len(lines), columns)]


def height(panels: Sequence[Panel], columns: int = COLUMNS) -> float:
    """Pixels for these panels."""
    return sum(max(map(len, row)) * LINE + PLOT + BELOW for row in _titles(panels, columns)) or LINE


def on_pages(panels: Sequence[Panel], columns: int = COLUMNS) -> list[list[Panel]]:
    """So many panels for each figure that none is higher than a printed page allows; one without any.

    At most ROWS of them stand in one, which have room in any language: so each figure shows the same in all.
    """
    pages, room = list[list[Panel]]([[]]), 0.0
    for first, row in zip(range(0, len(panels), columns), _titles(panels, columns), strict=True):
        high = max(map(len, row)) * LINE + PLOT + BELOW
        if room + high > HIGHEST or len(pages[-1]) == ROWS * columns:
            pages, room = [*pages, []], 0.0
        pages[-1].extend(panels[first : first + columns])
        room += high
    return pages


def draw(figure: "Figure", panels: Sequence[Panel], columns: int = COLUMNS) -> None:
    """Draws the panels, in rows of so many columns."""
    canvas, top, wide = Canvas(figure), 0.0, each_wide(columns)
    for number, row in enumerate(_titles(panels, columns)):
        high = max(map(len, row)) * LINE
        for column, lines in enumerate(row):
            panel, left = panels[number * columns + column], column * (wide + GUTTER)
            bold = len(wrapped(panel.title, wide, weight="bold"))
            for place, line in enumerate(lines):
                colour, weight = (INK, "bold") if place < bold else (PALE, "normal")
                canvas.text(left, top + LINE * (place + 0.5), line, colour, weight=weight)
            _bars(canvas, panel, left, top + high, wide)
        top += high + PLOT + BELOW
    canvas.done()


def _bars(canvas: Canvas, panel: Panel, left: float, top: float, wide: float) -> None:
    """The bars of a panel, what is usual behind them, and their groups below."""
    low, high = panel.span
    places = _places(panel.bars, left, wide)
    bottom = top + PLOT

    def at(number: float) -> float:
        return bottom - (min(max(number, low), high) - low) / (high - low) * (PLOT - 8)

    for bar, (start, end) in zip(panel.bars, places, strict=True):
        if bar.usual:
            canvas.box((start - 1.5, at(bar.usual[1]), end + 1.5, at(bar.usual[0])), TINT)
    for bar, (start, end) in zip(panel.bars, places, strict=True):
        _bar(canvas, bar, start, end, at)
    canvas.line([(left, at(0)), (left + wide, at(0))], RULE, 1)
    _groups(canvas, panel.bars, places, (left, wide, bottom))


def _bar(canvas: Canvas, bar: Bar, start: float, end: float, at: At) -> None:
    colour = ORANGE if bar.current else BLUE
    if bar.state:
        canvas.text((start + end) / 2, at(0) - 16, bar.state, rotation=90, ha="center")
        return
    top, bottom = sorted((at(bar.low), at(0)))
    canvas.box((start, top, end, bottom), colour)
    canvas.band((start, at(bar.high), end, at(max(bar.low, 0))), colour)


def _places(bars: Sequence[Bar], left: float, wide: float) -> list[tuple[float, float]]:
    """From where to where each bar stands: a gap between the groups, and no bar wider than a finger."""
    starts, place, before = list[float](), 0.0, ""
    for bar in bars:
        place += BETWEEN if before and bar.group != before else 0
        starts.append(place)
        place, before = place + 1, bar.group
    each = min(wide / max(place, 1), 36)
    gap = min(3, each / 4)
    return [(left + start * each, left + (start + 1) * each - gap) for start in starts]


def _groups(canvas: Canvas, bars: Sequence[Bar], places: Sequence[Point], place: tuple[float, float, float]) -> None:
    """The names below the bars, each in the middle of its own; one that has no room is left out, never the last.

    place: the left of the panel, how wide it is, and its bottom.
    """
    left, wide, bottom = place
    spans: dict[str, list[float]] = {}
    for bar, (start, end) in zip(bars, places, strict=True):
        spans.setdefault(bar.group, [start, end])[1] = end
    named, free = list[tuple[float, str]](), math.inf
    for name, (start, end) in reversed(spans.items()):
        half = width(name) / 2
        middle = min(max((start + end) / 2, left + half), left + wide - half, free - half)
        if middle >= start:  # else it would stand below its neighbour
            named.append((middle, name))
            free = middle - half - 6
    for middle, name in named:
        canvas.text(middle, bottom + LINE / 2 + 1, name, PALE, ha="center")
