"""The bars of a panel as one artist: each of matplotlib's own is one, to which the panel is fitted anew."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Span = tuple[float, float]


def upright(panel: "Axes", values: Iterable[float], width: float, colours: Sequence[str]) -> None:
    """Bars that stand at 0, 1, 2 ..., as high as their values."""
    _draw(panel, [((at - width / 2, at + width / 2), (0, value)) for at, value in enumerate(values)], colours)


def lying(panel: "Axes", spans: Iterable[Span], width: float, colours: Sequence[str]) -> None:
    """Bars that lie at 0, 1, 2 ..., each from the beginning to the end of its span."""
    _draw(panel, [(span, (at - width / 2, at + width / 2)) for at, span in enumerate(spans)], colours)


def _draw(panel: "Axes", spans: Iterable[tuple[Span, Span]], colours: Sequence[str]) -> None:
    from matplotlib.collections import PolyCollection  # only who draws waits for it

    corners = [[(left, bottom), (right, bottom), (right, top), (left, top)] for (left, right), (bottom, top) in spans]
    panel.add_collection(PolyCollection(corners, facecolors=colours), autolim=False)
