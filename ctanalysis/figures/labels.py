"""Names beside points: where each stands so that it lies on no other name, and on no point.

All lengths are inches, and sizes of text points, as in layout.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ctanalysis.figures import layout
from ctanalysis.figures.style import POINT, TEXT

SIZE = TEXT * POINT  # points
OFF = 0.06  # from a point to its name
DOT = 0.05  # half of how wide a point is
AIR = 1.2  # of a name's height, so that letters below the line touch nothing
THIN = 0.01  # half of how thick a line is
STEPS = sorted(range(-14, 15), key=abs)  # half lines up or down, the nearest first

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, bottom, right, top


class Placed(NamedTuple):
    """By how much the left middle of each name is beside its point; and whether each has found a place of its own."""

    offsets: list[Point]
    is_free: bool


def placed(points: Sequence[Point], names: Sequence[str], size: float, room: Point, line: float) -> Placed:
    """Names to the right of their points if there is room, else to the left, as near as can be.

    points: from the left bottom of the panel; room: how wide and high it is; line: how high one lies across it, on
    which no name stands either. Where every place is taken, the first.
    """
    taken = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in points] + [(0.0, line - THIN, room[0], line + THIN)]
    found, is_free = [], True
    for (x, y), name in zip(points, names, strict=True):
        wide, high = layout.width(name, size), layout.height(1, size) * AIR
        boxes = {(right, up): _box(x + right, y + up, wide, high) for right, up in _offsets(wide, high)}
        inside = {place: box for place, box in boxes.items() if _is_within(box, room)}
        free = [place for place, box in inside.items() if not any(_overlap(box, other) for other in taken)]
        place = next(iter([*free, *inside, *boxes]))
        taken.append(boxes[place])
        found.append(place)
        is_free = is_free and bool(free)
    return Placed(found, is_free)


def _is_within(box: Box, room: Point) -> bool:
    left, bottom, right, top = box
    return left >= 0 and bottom >= 0 and right <= room[0] and top <= room[1]


def _offsets(wide: float, high: float) -> Iterator[Point]:
    for step in STEPS:
        yield OFF, step * high / 2
        yield -OFF - wide, step * high / 2


def _box(left: float, middle: float, wide: float, high: float) -> Box:
    return left, middle - high / 2, left + wide, middle + high / 2


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
