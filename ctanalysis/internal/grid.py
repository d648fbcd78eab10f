"""A grid of exact values: groups of rows under columns, with the words that stand around them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ctanalysis.base import precision

ALL = "all"  # the category of a total

Cell = int | float | str  # a number, or the state that stands for it


@dataclass(frozen=True)
class Row:
    """A category's numbers. A cell is a number or the state that stands for it.

    part: "", or which part of a share or a mean it is. measure: "share" or "mean" for one, "" for a
    plain number, shown with so many decimal places.
    """

    label: str
    part: str
    cells: tuple[Cell, ...]
    measure: str = ""
    places: int = 0

    @property
    def below(self) -> bool:
        """Whether it is what the row above it was calculated from."""
        return bool(self.part) and not self.measure

    @property
    def whole(self) -> bool:
        """Whether it is a total rather than a category, and no part of one."""
        return self.label == ALL and not self.below

    def shown(self, language: str) -> list[tuple[Cell, str]]:
        """Each cell, and the text that a page shows for it."""
        return [(cell, cell if isinstance(cell, str) else self._text(cell, language)) for cell in self.cells]

    def _text(self, number: int | float, language: str) -> str:
        if self.measure:
            unit = "%" if self.measure == "share" else ""
            return precision.text(precision.as_shown(number, self.measure), language) + unit
        places = Decimal(1).scaleb(-self.places)
        return precision.text(Decimal(repr(number)).quantize(places, ROUND_HALF_UP) + 0, language)


@dataclass(frozen=True)
class Grid:
    """A table with its words. groups: (heading, rows). tab: its short name, that no other grid has.

    caveat: "" where the data met the standards of quality. calculation: what the numbers are.
    """

    tab: str
    title: str
    caveat: str
    calculation: str
    corner: str
    columns: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]

    @property
    def has_parts(self) -> bool:
        """Whether its rows say which part of a share or a mean they are."""
        return any(row.part for _, rows in self.groups for row in rows)
