"""Exact values laid out to be read: one grid for each indicator, and one for each two-way breakdown, crossed.

A grid has groups of rows under columns. Of an indicator, the columns are spans of days and the
groups its one-way breakdowns; of a crossed table, the columns are the categories of the second
field, the rows those of the first, and the groups the spans of days.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd
from babel.dates import format_date

from ctanalysis.base import precision
from ctanalysis.internal.exact import Exact
from ctanalysis.project.fields import Field
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.sheets import calculation_in_words

MOST_PLACES = 4  # of a sum; see indicators.measures.EXACT
LONGEST_TAB = 31  # of Excel
ALL, NO_BREAK = "all", "\N{NO-BREAK SPACE}"

Key = tuple[str, str, str]  # of a value: horizon, disaggregation, category
Group = tuple[str, list[tuple[str, list[Key]]]]  # a heading, and under it the label and the values of each row


@dataclass(frozen=True)
class Row:
    """A category's numbers. A cell is a number or the state that stands for it.

    part: "", or which part of a share or a mean it is. measure: "share" or "mean" for one, "" for a
    plain number, told with so many decimal places.
    """

    label: str
    part: str
    cells: tuple[int | float | str, ...]
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

    def told(self, language: str) -> list[tuple[int | float | str, str]]:
        """Each cell, and the text with which a page tells it."""
        return [(cell, cell if isinstance(cell, str) else self._text(cell, language)) for cell in self.cells]

    def _text(self, number: int | float, language: str) -> str:
        if self.measure:
            return precision.text(precision.as_shown(number, self.measure), language) + (
                "%" if self.measure == "share" else ""
            )
        return precision.text(
            Decimal(repr(number)).quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP) + 0, language
        )


@dataclass(frozen=True)
class Grid:
    """A table with its words. groups: (heading, rows). tab: its short name, of which there is one.

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
        return any(row.part for _, rows in self.groups for row in rows)


def grids(exact: Exact) -> list[Grid]:
    """The Grids of all indicators, in the order of the sheets."""
    found: list[Grid] = []
    taken: set[str] = set()
    for sheet in exact.project.sheets:
        laid = _Laid(exact, sheet)
        crossed = [fields for fields in sheet.disaggregations if len(fields) == 2]
        found.append(laid.by_days(_tab(sheet.code, "", taken)))
        found += [laid.crossed(fields, _tab(sheet.code, " crossed", taken)) for fields in crossed]
    return found


def _tab(code: str, kind: str, taken: set[str]) -> str:
    """A name that no other has, where capitals make no difference, as short as a workbook needs it."""
    number, name = 1, code[: LONGEST_TAB - len(kind)] + kind
    while name.casefold() in taken:
        number += 1
        end = f"{kind} {number}"
        name = code[: LONGEST_TAB - len(end)] + end
    taken.add(name.casefold())
    return name


class _Laid:
    """One sheet's values, to be laid out."""

    def __init__(self, exact: Exact, sheet: Sheet) -> None:
        self.exact, self.sheet = exact, sheet
        self.frame = exact.values[exact.values["indicator"] == sheet.code]
        keys = self.frame[["horizon", "disaggregation", "category"]].itertuples(index=False, name=None)
        self.values: dict[tuple[str, ...], Any] = dict(zip(keys, self.frame.itertuples(index=False), strict=True))
        days = self.frame[["horizon", "start", "end"]].itertuples(index=False, name=None)
        self.days: dict[str, tuple[str, str]] = {horizon: (start, end) for horizon, start, end in days}

    def by_days(self, tab: str) -> Grid:
        ways = [name for name in dict.fromkeys(self.frame["disaggregation"]) if " × " not in name]
        groups = [
            (
                "Total" if way == "total" else f"By {self._field(way).title}",
                [(label, [(horizon, way, label) for horizon in self.days]) for label in self._labels(way)],
            )
            for way in ways
        ]
        return self._grid(tab, self._named(), "Category", [self._span(horizon, "\n") for horizon in self.days], groups)

    def crossed(self, fields: tuple[str, ...], tab: str) -> Grid:
        first, second = fields
        rows, columns = self._labels(first), self._labels(second)
        groups = [
            (
                self._span(horizon, ", "),
                [
                    *(
                        (
                            row,
                            [
                                *((horizon, " × ".join(fields), f"{row} × {column}") for column in columns),
                                (horizon, first, row),
                            ],
                        )
                        for row in rows
                    ),
                    (ALL, [*((horizon, second, column) for column in columns), (horizon, "total", ALL)]),
                ],
            )
            for horizon in self.days
        ]
        titles = [self._field(name).title for name in fields]
        return self._grid(
            tab, f"{self._named()}, {titles[0]} by {titles[1]}", titles[0].capitalize(), [*columns, ALL], groups
        )

    def _grid(self, tab: str, title: str, corner: str, columns: Sequence[str], groups: Sequence[Group]) -> Grid:
        """groups: (heading, [(label, keys of its cells)])."""
        places = {
            part: self._places(part, [key for _, rows in groups for _, keys in rows for key in keys])
            for part, _ in self._parts()
        }
        laid = tuple(
            (heading, tuple(row for label, keys in rows for row in self._rows(label, keys, places)))
            for heading, rows in groups
        )
        caveat = self.exact.caveats.get(self.sheet.code)
        calculation = calculation_in_words(self.exact.project, self.sheet)
        return Grid(tab, title, f"{caveat}." if caveat else "", calculation, corner, tuple(columns), laid)

    def _rows(self, label: str, keys: Sequence[Key], places: dict[str, int]) -> Iterator[Row]:
        for part, words in self._parts():
            measure = self.sheet.measure if self.sheet.is_ratio and part == "value" else ""
            yield Row(label, words, tuple(_cell(self.values[key], part) for key in keys), measure, places[part])

    def _parts(self) -> Iterable[tuple[str, str]]:
        """The columns of the values that are told, each with the words for it."""
        return (
            {"value": self.sheet.unit, "numerator": "numerator", "denominator": "denominator"}.items()
            if self.sheet.is_ratio
            else (("value", ""),)
        )

    def _places(self, part: str, keys: Iterable[Key]) -> int:
        """How many decimal places the numbers of a part need, so that all of them are told exactly."""
        numbers = [Decimal(repr(float(getattr(self.values[key], part)))) for key in keys]
        needed = [-int(number.normalize().as_tuple().exponent) for number in numbers if number.is_finite()]
        return min(max([0, *needed]), MOST_PLACES)

    def _labels(self, way: str) -> list[str]:
        return list(dict.fromkeys(self.frame["category"][self.frame["disaggregation"] == way]))

    def _field(self, name: str) -> Field:
        return self.exact.project.package.locate(self.sheet.calculation.table, name).field

    def _named(self) -> str:
        return f"{self.sheet.code} {self.sheet.name} ({self.sheet.unit})"

    def _span(self, horizon: str, between: str) -> str:
        language = self.exact.project.facts.language
        first, last = (
            format_date(date.fromisoformat(day), "d MMM y", locale=language).replace(" ", NO_BREAK)
            for day in self.days[horizon]
        )
        name = f"Period {self.exact.period}" if horizon == "period" else horizon.capitalize()
        return f"{name}{between}{first}{NO_BREAK}– {last}"


def _cell(row: Any, part: str) -> int | float | str:
    """The number, a whole one as a whole one; where there is none, the state."""
    number = getattr(row, part)
    if pd.isna(number):
        return row.status if row.status != "exact" else "no data"
    return int(number) if number == int(number) else float(number)
