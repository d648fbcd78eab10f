"""Horizontal bars, one below the other: a name before each, its value in words behind it, and no axis of numbers."""

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

from ctanalysis.figures import boxes, layout
from ctanalysis.figures.chart import BLUE, LIGHT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAME, LABEL, PAD = 8.5, 8, 3  # points: the text before a bar, the text behind it, and what keeps that off the bar
ROW = 0.29  # inches from bar to bar


def broken(names: Iterable[str]) -> list[str]:
    """Names, the long ones on several lines."""
    return [fill(name, 44) for name in names]


def height(names: Sequence[str]) -> float:
    """Inches for the bars of these names, so that none of them touches the next."""
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return max(len(names), 1) * max(ROW, layout.height(lines, NAME) + 0.07)


class Bar(NamedTuple):
    """name: what stands before it; label: behind it; least, most: the numbers that it can stand for."""

    name: str
    label: str
    least: float
    most: float


def draw(figure: "Figure", bars: Sequence[Bar], reach: float = 0) -> "Axes":
    """Draws the bars up to the least that each can be, and from there to the most lighter. Gives the panel.

    reach: where there will be a line.
    """
    from matplotlib.transforms import offset_copy  # only who draws waits for it

    panel = figure.subplots()
    room = layout.sides(figure, [bar.name for bar in bars], NAME)
    panel.xaxis.set_visible(False)
    panel.yaxis.set_visible(False)
    panel.spines["bottom"].set_visible(False)
    panel.set_ylim(max(len(bars), 1) - 0.5, -0.5)  # read from the top
    panel.set_xlim(0, max(_end(room, bars), reach * 1.02) or 1)
    boxes.lying(panel, [(0, bar.least) for bar in bars], 0.65, [BLUE])
    boxes.lying(panel, [(bar.least, bar.most) for bar in bars], 0.65, [LIGHT])
    white = {"facecolor": "white", "edgecolor": "none", "pad": 0.8} if reach else None  # no line crosses a label
    before, behind = (offset_copy(panel.transData, figure, x=pad, units="points") for pad in (-2 * PAD, PAD))
    for place, bar in enumerate(bars):
        panel.text(0, place, bar.name, transform=before, ha="right", va="center", size=NAME)
        panel.text(bar.most, place, bar.label, transform=behind, va="center", size=LABEL, bbox=white)
    return panel


def _end(room: float, bars: Sequence[Bar]) -> float:
    """The value at the right edge of a panel so many inches wide, where every bar has room for its label behind it."""
    shares = [(layout.width(bar.label, LABEL) + 2 * PAD / layout.POINTS) / room for bar in bars]
    return max((bar.most / (1 - share) for bar, share in zip(bars, shares, strict=True)), default=0)
