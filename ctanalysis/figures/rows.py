"""Rows, one below the other: a name, what is drawn along one scale, and its value in words behind it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ctanalysis.figures.canvas import Canvas, width, wrapped
from ctanalysis.figures.style import BLUE, INK, LINE, ORANGE, PALE, RULE, WIDTH

if TYPE_CHECKING:
    from matplotlib.figure import Figure

At = Callable[[float], float]  # where a number stands across the page
BESIDE = 170  # pixels: longer names stand above their bars
BAR, ROW, GAP = 18, 28, 7  # the height of a bar, of a row with its name beside it, and between label and bar


class Part(NamedTuple):
    """What is drawn from one number to another: a bar, or, where the number may be anywhere in it, a hatched band."""

    low: float
    high: float
    colour: str = BLUE
    hatched: bool = False


class Mark(NamedTuple):
    """A mark at a number: a dot, a hollow one, or a line across the bar."""

    at: float
    kind: str = "line"
    colour: str = ORANGE


class Row(NamedTuple):
    """name: what stands before or above it (a heading, where there is nothing else); label: behind it."""

    name: str
    label: str = ""
    parts: tuple[Part, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether it is nothing but its name."""
        return not (self.label or self.parts or self.marks)

    @property
    def end(self) -> float:
        """The number at which everything drawn in it ends."""
        return max([part.high for part in self.parts] + [mark.at for mark in self.marks], default=0)


class Scale(NamedTuple):
    """From which number to which the rows go; ticks: numbers that a line crosses all rows at, with their words."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()


class Places(NamedTuple):
    """Where everything stands: names, from where to where the scale goes, and the lines of every name."""

    beside: bool
    left: float
    right: float
    names: tuple[tuple[str, ...], ...]

    def height(self, row: Row, lines: int) -> float:
        """How high a row is."""
        if row.is_heading:
            return lines * LINE + GAP
        return max(ROW, lines * LINE + GAP) if self.beside else lines * LINE + BAR + GAP + 6


class Space(NamedTuple):
    """Where a row stands: its top, how high it is, whether its name is beside its bar, and the ticks across it."""

    top: float
    high: float
    beside: bool
    ticks: Sequence[float]


def placed(rows: Sequence[Row], room: float = WIDTH) -> Places:
    """Names beside the bars where all are short, else above them; room for the longest label behind the scale."""
    longest = max((width(row.name) for row in rows if not row.is_heading), default=0)
    beside = longest <= BESIDE
    labels = max((width(row.label) for row in rows), default=0)
    left = longest + GAP if beside else 0
    names = tuple(tuple(wrapped(row.name, room, weight="bold" if row.is_heading else "normal")) for row in rows)
    return Places(beside, left + 7, room - labels - GAP - 7, names)


def height(rows: Sequence[Row], scale: Scale | None = None) -> float:
    """Pixels for these rows, and for the words of the scale's ticks above them."""
    places = placed(rows)
    found = sum(places.height(row, len(lines)) for row, lines in zip(rows, places.names, strict=True))
    return found + (LINE + GAP if scale and scale.ticks else 0) + 4


def draw(figure: "Figure", rows: Sequence[Row], scale: Scale) -> None:
    """Draws all rows along the scale, whose ticks are named above."""
    canvas, places = Canvas(figure), placed(rows)
    span = (scale.high - scale.low) or 1

    def at(number: float) -> float:
        return places.left + (number - scale.low) / span * (places.right - places.left)

    top = float(LINE + GAP) if scale.ticks else 0.0
    for number, words in scale.ticks:
        _tick(canvas, at(number), words)
    ticks = [at(number) for number, _ in scale.ticks]
    for row, lines in zip(rows, places.names, strict=True):
        high = places.height(row, len(lines))
        _row(canvas, row, lines, Space(top, high, places.beside, ticks), at)
        top += high
    canvas.done()


def _tick(canvas: Canvas, x: float, words: str) -> None:
    """The words of a tick, inside the page."""
    half = width(words) / 2
    canvas.text(min(max(x, half), canvas.wide - half), LINE / 2, words, PALE, ha="center")


def _row(canvas: Canvas, row: Row, lines: Sequence[str], space: Space, at: At) -> None:
    top, high, beside, ticks = space
    weight = "bold" if row.is_heading else "normal"
    first = top + (high - GAP - len(lines) * LINE) / 2 + LINE / 2 if beside and not row.is_heading else top + LINE / 2
    for number, line in enumerate(lines):
        canvas.text(0, first + number * LINE, line, weight=weight)
    if row.is_heading:
        return
    middle = top + (high - GAP) / 2 if beside else top + len(lines) * LINE + BAR / 2 + 2
    for tick in ticks:  # not through the names
        canvas.line([(tick, middle - BAR / 2 - 3), (tick, middle + BAR / 2 + 3)], RULE, 1, dashed=True)
    for part in row.parts:
        shape = canvas.band if part.hatched else canvas.box
        shape((at(part.low), middle - BAR / 2, at(part.high), middle + BAR / 2), part.colour)
    for mark in row.marks:
        _mark(canvas, at(mark.at), middle, mark)
    canvas.text(at(row.end) + GAP + (6 if row.marks else 0), middle, row.label, INK)


def _mark(canvas: Canvas, x: float, y: float, mark: Mark) -> None:
    if mark.kind == "line":
        canvas.line([(x, y - BAR / 2 - 3), (x, y + BAR / 2 + 3)], mark.colour, 3)
    else:
        canvas.dot(x, y, 6, mark.colour, hollow=mark.kind == "ring")
