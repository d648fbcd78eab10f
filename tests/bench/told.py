"""What a reader is told of some cells, counted: the cells, and the people in them."""

from dataclasses import astuple, dataclass

from tests.bench.rules import SILENT


@dataclass(frozen=True)
class Told:
    """How many cells there are, and people in them; how many of each are told."""

    cells: int = 0
    told: int = 0
    people: int = 0
    people_told: int = 0

    def __add__(self, other):
        return Told(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))

    @property
    def share(self):
        return self.told / self.cells


def is_told(one):
    """A number is printed, or a range of at most eleven numbers that is not of fewer than ten."""
    return one.shown is not None or (one.high - one.low <= 10 and one.high >= 10)


def counted(numbers, prints):
    """numbers: {cell: int}. prints: {cell: Print}, where a cell without one is not told."""
    told = [number for cell, number in numbers.items() if is_told(prints.get(cell, SILENT))]
    return Told(len(numbers), len(told), sum(numbers.values()), sum(told))
