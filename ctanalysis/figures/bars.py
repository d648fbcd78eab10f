"""Horizontal bars, one below the other: a name before each, its value in words behind it, and no axis of numbers."""

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

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


def draw(
    figure: "Figure",
    names: Sequence[str],
    spans: Sequence[boxes.Span],
    labels: Sequence[str],
    ranges: Sequence[bool] = (),
    reach: float = 0,
) -> "Axes":
    """Draws a bar for each name, with its label behind it.

    spans: from where to where each goes: a number from 0, a range from its least to its most. Ranges
    are drawn lighter, for the number may be anywhere in them. reach: where there will be a line. Gives the panel.
    """
    from matplotlib.transforms import offset_copy  # only who draws waits for it

    panel = figure.subplots()
    room, ends = layout.sides(figure, names, NAME), [end for _, end in spans]
    panel.xaxis.set_visible(False)
    panel.yaxis.set_visible(False)
    panel.spines["bottom"].set_visible(False)
    panel.set_ylim(max(len(names), 1) - 0.5, -0.5)  # read from the top
    panel.set_xlim(0, max(_end(room, ends, labels), reach * 1.02) or 1)
    boxes.lying(panel, spans, 0.65, [LIGHT if is_range else BLUE for is_range in ranges or [False] * len(spans)])
    white = {"facecolor": "white", "edgecolor": "none", "pad": 0.8} if reach else None  # no line crosses a label
    before, behind = (offset_copy(panel.transData, figure, x=pad, units="points") for pad in (-2 * PAD, PAD))
    for place, (name, value, label) in enumerate(zip(names, ends, labels, strict=True)):
        panel.text(0, place, name, transform=before, ha="right", va="center", size=NAME)
        panel.text(value, place, label, transform=behind, va="center", size=LABEL, bbox=white)
    return panel


def _end(room: float, values: Sequence[float], labels: Sequence[str]) -> float:
    """The value at the right edge of a panel so many inches wide, where every bar has room for its label behind it."""
    shares = [(layout.width(label, LABEL) + 2 * PAD / layout.POINTS) / room for label in labels]
    return max((value / (1 - share) for value, share in zip(values, shares, strict=True)), default=0)
