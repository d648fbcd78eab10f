"""Exact values laid out to be read: one grid for each indicator, and one for each two-way breakdown, crossed.

A grid has groups of rows under columns. Of an indicator, the columns are spans of days and the
groups its one-way breakdowns. Of a crossed table, the columns are the categories of the second
field, the rows those of the first, and the groups the spans of days.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from babel.dates import format_date

from ctanalysis.internal.exact import Exact
from ctanalysis.internal.grid import ALL, Cell, Grid, Row
from ctanalysis.narrative.numbers import SEVERAL, is_list, title_of
from ctanalysis.project.fields import Field
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.in_words import calculation_in_words

MOST_PLACES = 4  # of a sum; see indicators.measures.EXACT
LONGEST_TAB = 31  # of Excel
NO_BREAK = "\N{NO-BREAK SPACE}"

Key = tuple[str, str, str]  # of a value: horizon, disaggregation, category
Rows = list[tuple[str, list[Key]]]  # the label and the values of each row


def grids(exact: Exact) -> list[Grid]:
    """The Grids of all indicators, in the order of the sheets."""
    laid_out: list[Grid] = []
    taken: set[str] = set()
    for sheet in exact.project.sheets:
        values = _SheetValues(exact, sheet)
        two_way = [fields for fields in (*sheet.disaggregations, *sheet.working_tables) if len(fields) > 1]
        laid_out.append(values.by_days(_tab(sheet.code, "", taken)))
        laid_out += [values.crossed(fields, _tab(sheet.code, " crossed", taken)) for fields in two_way]
    return laid_out


def _tab(code: str, kind: str, taken: set[str]) -> str:
    """A name that no other has, where capitals make no difference, as short as a workbook needs it."""
    number, name = 1, code[: LONGEST_TAB - len(kind)] + kind
    while name.casefold() in taken:
        number += 1
        end = f"{kind} {number}"
        name = code[: LONGEST_TAB - len(end)] + end
    taken.add(name.casefold())
    return name


class _SheetValues:
    """One sheet's values, to be laid out."""

    def __init__(self, exact: Exact, sheet: Sheet) -> None:
        self.exact, self.sheet = exact, sheet
        self.frame = exact.values[exact.values["indicator"] == sheet.code]
        keys = self.frame[["horizon", "disaggregation", "category"]].itertuples(index=False, name=None)
        self.values: dict[tuple[str, ...], Any] = dict(zip(keys, self.frame.itertuples(index=False), strict=True))
        days = self.frame[["horizon", "start", "end"]].itertuples(index=False, name=None)
        self.days: dict[str, tuple[str, str]] = {horizon: (start, end) for horizon, start, end in days}

    def by_days(self, tab: str) -> Grid:
        """The indicator: a column for each span of days, the total and each one-way breakdown below each other."""
        ways = [name for name in dict.fromkeys(self.frame["disaggregation"]) if " × " not in name]
        groups = [
            (
                "Total" if way == "total" else self._by(way),
                [(label, [(horizon, way, label) for horizon in self.days]) for label in self._labels(way)],
            )
            for way in ways
        ]
        return self._grid(tab, self._named(), "Category", [self._span(horizon, "\n") for horizon in self.days], groups)

    def _by(self, way: str) -> str:
        several = f" ({SEVERAL.lower()})" if is_list(self.exact.project, self.sheet, way) else ""
        return f"By {title_of(self.exact.project, self.sheet, way)}{several}"

    def crossed(self, fields: tuple[str, ...], tab: str) -> Grid:
        """A two-way breakdown: a column for each category of its second field, a row for each of its first."""
        first, second = (self._field(name).title for name in fields)
        title, columns = f"{self._named()}, {first} by {second}", [*self._labels(fields[1]), ALL]
        groups = [(self._span(horizon, ", "), self._crossed_rows(horizon, *fields)) for horizon in self.days]
        return self._grid(tab, title, first[:1].upper() + first[1:], columns, groups)

    def _crossed_rows(self, horizon: str, first: str, second: str) -> Rows:
        """A row for each category of the first field, its total at the end, and a row for the totals of the second."""
        columns, both = self._labels(second), f"{first} × {second}"
        rows = [
            (row, [*((horizon, both, f"{row} × {column}") for column in columns), (horizon, first, row)])
            for row in self._labels(first)
        ]
        return [*rows, (ALL, [*((horizon, second, column) for column in columns), (horizon, "total", ALL)])]

    def _grid(
        self, tab: str, title: str, corner: str, columns: Sequence[str], groups: Sequence[tuple[str, Rows]]
    ) -> Grid:
        """groups: (heading, [(label, keys of its cells)])."""
        places = {
            part: self._places(part, [key for _, rows in groups for _, keys in rows for key in keys])
            for part, _ in self._parts()
        }
        filled = tuple(
            (heading, tuple(row for label, keys in rows for row in self._rows(label, keys, places)))
            for heading, rows in groups
        )
        code = self.sheet.code
        words = [part[code] for part in (self.exact.caveats, self.exact.failures) if code in part]
        calculation = calculation_in_words(self.exact.project, self.sheet)
        return Grid(
            tab, title, "".join(f"{part}. " for part in words).rstrip(), calculation, corner, tuple(columns), filled
        )

    def _rows(self, label: str, keys: Sequence[Key], places: dict[str, int]) -> Iterator[Row]:
        for part, words in self._parts():
            beside = keys[0][1] == self.sheet.beside[0]  # counts, of which the parts are empty
            if (beside or (self.sheet.measure == "median" and part == "numerator")) and part in (
                "numerator",
                "denominator",
            ):
                continue
            measure = self.sheet.measure if self.sheet.is_ratio and part == "value" and not beside else ""
            yield Row(label, words, tuple(_cell(self.values[key], part) for key in keys), measure, places[part])

    def _parts(self) -> Iterable[tuple[str, str]]:
        """The columns of the values that are shown, each with the words for it."""
        ratio = {"value": self.sheet.unit, "numerator": "numerator", "denominator": "denominator"}
        lack = {"lacking": "rows that lack what it needs"} if (self.frame["lacking"] > 0).any() else {}
        return ((ratio if self.sheet.is_ratio else {"value": ""}) | lack).items()

    def _places(self, part: str, keys: Iterable[Key]) -> int:
        """How many decimal places the numbers of a part need, so that all of them are shown exactly."""
        numbers = [Decimal(repr(float(getattr(self.values[key], part)))) for key in keys]
        needed = [-int(number.normalize().as_tuple().exponent) for number in numbers if number.is_finite()]
        return min(max([0, *needed]), MOST_PLACES)

    def _labels(self, way: str) -> list[str]:
        return list(dict.fromkeys(self.frame["category"][self.frame["disaggregation"] == way]))

    def _field(self, name: str) -> Field:
        return self.exact.project.field(self.sheet, name)

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


def _cell(row: Any, part: str) -> Cell:
    """The number, a whole one as a whole one; where there is none, the state."""
    number = getattr(row, part)
    if pd.isna(number):
        return row.status if row.status != "exact" else "no data"
    return int(number) if number == int(number) else float(number)
