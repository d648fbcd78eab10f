"""One split over its nodes: the class that is told at each of them."""

from collections.abc import Sequence

from ctanalysis.disclosure.waiting.bounds import Bounds
from ctanalysis.disclosure.waiting.classes import Class, finest_classes


def classes_told(
    counts: Sequence[int],
    totals: Sequence[int],
    fewer_than: int,
    known: Sequence[bool] = (),
    others: Sequence[int] = (),
) -> list[Class]:
    """The class of the left side at each node.

    counts: people of the left side to date, at each node; totals: of both sides. Classes follow from the totals and
    from the classes before. known: whether everybody knows that all are on the left side, for the right one was not
    there yet; nowhere, by default. others: at each node, the total of another group of which the left side is a part;
    none, by default. ValueError where one of the sides has fallen: nobody leaves, and nobody changes
    sides.
    """
    bounds, classes = Bounds(), list[Class]()
    for place, (count, total, alone) in enumerate(zip(counts, totals, known or [False] * len(counts), strict=True)):
        bounds = bounds.grown(total)
        if others:
            bounds = bounds.narrowed(bounds.last[0], min(bounds.last[1], others[place]))
        low, high = bounds.last
        if not low <= count <= high or (alone and count != total):
            raise ValueError("one side of a breakdown has fallen: nobody leaves a breakdown, and nobody changes sides")
        cut = [Class(total, total)] if alone else finest_classes(bounds, fewer_than, others[: place + 1])
        found = next(one for one in cut if one.low <= count <= one.high)
        bounds = bounds.narrowed(*found)
        classes.append(found)
    return classes
