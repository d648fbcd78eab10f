"""A breakdown: a tree of two-sided splits, fixed beforehand, and what is told of each side at each node."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ctanalysis.disclosure.waiting.classes import Class
from ctanalysis.disclosure.waiting.series import classes_told


@dataclass(frozen=True)
class Side:
    """One side of a split. categories: those of the records that it counts. split: how its people are split further."""

    name: str
    categories: tuple[str, ...]
    split: "Split | None" = None


@dataclass(frozen=True)
class Split:
    """left | right, of the same people; the more frequent side first, as the policy has it.

    only_at_end: of fine categories, which are told once, when the project has ended.
    """

    left: Side
    right: Side
    only_at_end: bool = False


@dataclass(frozen=True)
class Node:
    """A day to which a breakdown is told. counts: people known by then, by category, without those not recorded.

    is_end: the project ends on it. absent: the categories that, as everybody knows, were not there by then.
    """

    day: str
    counts: Mapping[str, int]
    is_end: bool = False
    absent: frozenset[str] = frozenset()

    def lacks(self, side: Side) -> bool:
        """Whether none of a side's categories was there."""
        return self.absent.issuperset(side.categories)


@dataclass(frozen=True)
class Told:
    """Of a side at a node: the class in which its number is. is_split: whether its split is told there.

    Where it is not, the class is what follows from the other classes, and tells nothing more.
    categories: those that the side counts. A coarse category may have the name of a fine one of its own.
    """

    day: str
    side: str
    one: Class
    is_split: bool
    categories: tuple[str, ...]


def chain(coarse: Mapping[str, Sequence[str]]) -> Split:
    """Each coarse category | all but it, then the next of these, in this order.

    coarse: the categories of the records that each of them counts. Where these are several, they are told at the
    project's end, as a chain within their coarse category.
    """
    sides = [
        Side(name, tuple(fine), _chain([Side(one, (one,)) for one in fine], name, True) if len(fine) > 1 else None)
        for name, fine in coarse.items()
    ]
    return _chain(sides, "all", False)


def _chain(sides: Sequence[Side], whole: str, only_at_end: bool) -> Split:
    first, *others = sides
    if len(others) == 1:
        return Split(first, others[0], only_at_end)
    name = f"{whole} but {first.name}" if " but " not in whole else f"{whole}, {first.name}"
    categories = tuple(name for side in others for name in side.categories)
    return Split(first, Side(name, categories, _chain(others, name, only_at_end)), only_at_end)


def told(split: Split, nodes: Sequence[Node], fewer_than: int) -> list[Told]:
    """What is told of each side of a tree of splits at each node: by split, then by node, the left side first.

    nodes: by day. A split within a side is told only at nodes where every split above is told as a number; these and
    the start are what its classes follow from. ValueError where a side has fallen.
    """
    names = (*split.left.categories, *split.right.categories)
    people = [sum(node.counts[name] for name in names) for node in nodes]
    everybody = [Class(number, number) for number in people]
    return list(_told(split, nodes, everybody, range(len(nodes)), fewer_than))


def _told(
    split: Split, nodes: Sequence[Node], whole: Sequence[Class], at: Sequence[int], fewer_than: int
) -> Iterator[Told]:
    """whole: the class, at each node, of all who are split; at: the nodes at which it is told as a number."""
    due = [place for place, node in enumerate(nodes) if node.is_end or not split.only_at_end]
    alone = [place for place, node in enumerate(nodes) if node.lacks(split.right)]  # all are on the left side
    at = [place for place in at if place in due or place in alone]
    if alone and alone[-1] not in at:  # a number of either would say which of its range the whole was then
        at = [place for place in at if place in alone]
    counts = [sum(nodes[place].counts[name] for name in split.left.categories) for place in at]
    known = [place in alone for place in at]
    classes = classes_told(counts, [whole[place].low for place in at], fewer_than, known)
    found = dict(zip(at, classes, strict=True))
    before = {place: whole[place] for place in alone}
    left = _everywhere(before | found, whole)
    rests = {place: _rest(whole[place], one) for place, one in found.items()}
    right = _everywhere(dict.fromkeys(alone, Class(0, 0)) | rests, whole)
    for place in due:
        for side, mine in ((split.left, left), (split.right, right)):
            yield Told(nodes[place].day, side.name, mine[place], place in found, side.categories)
    numbers = [place for place, one in found.items() if one.is_number]
    for side, mine in ((split.left, left), (split.right, right)):
        if side.split:
            yield from _told(side.split, nodes, mine, numbers, fewer_than)


def _rest(whole: Class, one: Class) -> Class:
    """The class of the other side."""
    return Class(whole.low - one.high, whole.low - one.low)


def _everywhere(found: Mapping[int, Class], whole: Sequence[Class]) -> list[Class]:
    """A side's class at every node: as it is told or, where its split is not, what follows from the class before,
    since nobody leaves, and from that of the whole.
    """
    classes, before, of = list[Class](), Class(0, 0), 0
    for place, one in enumerate(whole):
        if place in found:
            before, of = found[place], one.low
        classes.append(found.get(place, Class(before.low, min(one.high, before.high + one.high - of))))
    return classes
