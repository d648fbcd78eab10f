"""population.csv: how many people lived where the project works, by calendar year, each number with its source.

A row is of a year, and of a category of each field that its cell names; where the cell is empty, of all of them. What
several rows say of the same people must agree, to the last one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field

from ctanalysis.base.errors import Refused
from ctanalysis.project.strict import CellText, Strict, build, cells_of, read_rows

FIXED = ("year", "population", "source")  # the columns beside the fields
ILLUSTRATIVE = "illustrative"  # how the source of a number begins that nobody has published, or read there
WHOLE = re.compile(r"[0-9]{1,12}")
FORMS = {"year": "a calendar year, like 2014", "population": "a whole number of people, like 448900"}

Way = frozenset[tuple[str, str]]  # the categories of a row: pairs of a field and a value


class Residents(Strict):
    """How many people lived there in a calendar year, in all or of the categories named, and who published it.

    of: a field and the value of its category, for each field that the row names. row: its place in the file.
    """

    row: int
    year: int = Field(ge=1900, le=2199)
    of: tuple[tuple[str, str], ...]
    population: int
    source: CellText

    @property
    def fields(self) -> frozenset[str]:
        """The fields of whose categories it is."""
        return frozenset(name for name, _ in self.of)


@dataclass(frozen=True)
class Population:
    """The rows of population.csv, which agree with each other. fields: its columns that are fields of tables."""

    fields: tuple[str, ...] = ()
    rows: tuple[Residents, ...] = ()

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The calendar years that it has, in order."""
        return tuple(sorted({row.year for row in self.rows}))

    def by(self, fields: Sequence[str], year: int) -> dict[Way, int]:
        """The residents of a year by the categories of fields, in all where none is named; empty where it has none.

        Where the file has them by more fields only, they are added up.
        """
        ways = sorted(self._ways(year), key=lambda way: (len(way), sorted(way)))
        return next((self._added_up(way, frozenset(fields), year) for way in ways if way >= {*fields}), {})

    def has(self, fields: Sequence[str]) -> bool:
        """Whether any year has residents by the categories of all these fields at once."""
        return any(row.fields >= {*fields} for row in self.rows)

    def sources(self) -> Iterator[tuple[str, list[int], tuple[Residents, ...], bool]]:
        """Each source, the years of which it gives the same numbers, and the rows that are named of each such year.

        These are the ones that it gives, or, where it gives more than half of a year and not all (True), the others.
        """
        found: dict[tuple[str, frozenset[Way], bool], tuple[list[int], tuple[Residents, ...]]] = {}
        for year in self.years:
            rows = [row for row in self.rows if row.year == year]
            for source in dict.fromkeys(row.source for row in rows):
                its, others = ([row for row in rows if (row.source == source) == own] for own in (True, False))
                is_most = 0 < len(others) < len(its)
                named = others if is_most or not others else its
                key = source, frozenset(frozenset(row.of) for row in named), is_most
                found.setdefault(key, ([], tuple(named)))[0].append(year)
        yield from ((source, years, named, is_most) for (source, _, is_most), (years, named) in found.items())

    def illustrative(self, first: int, last: int) -> dict[int, tuple[int, int]]:
        """By year, from one to another, how many numbers say of themselves that they are illustrative, of how many."""
        rows = [row for row in self.rows if first <= row.year <= last]
        of_all = Counter(row.year for row in rows)
        made_up = Counter(row.year for row in rows if row.source.lower().startswith(ILLUSTRATIVE))
        return {year: (made_up[year], of_all[year]) for year in self.years if year in made_up}

    def disagreements(self) -> Iterator[str]:
        """A sentence to each year in which what it says of parts and of the whole, or by two ways, does not agree."""
        for year in self.years:
            ways = sorted(self._ways(year), key=lambda way: (len(way), sorted(way)))
            for place, way in enumerate(ways):
                yield from _differing(self, year, way, ways[place + 1 :])

    def _ways(self, year: int) -> set[frozenset[str]]:
        """By which fields at once a year has rows."""
        return {row.fields for row in self.rows if row.year == year}

    def _added_up(self, way: frozenset[str], fields: frozenset[str], year: int) -> dict[Way, int]:
        """The residents by some of the fields of a way."""
        total: Counter[Way] = Counter()
        for row in self.rows:
            if row.year == year and row.fields == way:
                total[frozenset(pair for pair in row.of if pair[0] in fields)] += row.population
        return dict(total)


def _differing(
    population: Population, year: int, way: frozenset[str], others: Sequence[frozenset[str]]
) -> Iterator[str]:
    """A sentence to the first of the other ways that says something else of the fields that it shares with a way."""
    for other in others:
        shared = way & other
        one, two = (population._added_up(each, shared, year) for each in (way, other))
        for cell in sorted({*one, *two}, key=sorted):
            if one.get(cell, 0) != two.get(cell, 0):
                yield (
                    f"population.csv, {year}: {_named(way)} there are {one.get(cell, 0):,} residents{_of(cell)}, and "
                    f"added up {_named(other)} {two.get(cell, 0):,}. Parts and the whole must be of the same people: "
                    "correct one of them, or take the rows of one of them out."
                )
                return


def _named(way: frozenset[str]) -> str:
    return f"by {' and '.join(sorted(way))}" if way else "in all"


def _of(cell: Way) -> str:
    return f" of {', '.join(f'{name} {value}' for name, value in sorted(cell))}" if cell else ""


def read_population(path: Path) -> Population:
    """The residents in a file. Refused: columns or cells at fault, a row given twice, or parts that do not add up.

    Whether its fields and categories are those of the project is looked at when all files are read.
    """
    columns, *lines = read_rows(path) or [[]]
    if not {*FIXED} <= {*columns} or len({*columns}) != len(columns):
        raise Refused(
            f"{path}: the first row must name the columns year, population and source, and may name fields of the "
            "tables before population, such as year,region,sex,population,source; each once."
        )
    rows = tuple(_row(path, columns, cells, number) for number, cells in enumerate(lines, 2) if any(cells))
    population = Population(tuple(name for name in columns if name not in FIXED), rows)
    faults = [*(f"{path.name}, {fault}" for fault in _twice(rows)), *population.disagreements()]
    if faults:
        raise Refused("\n".join(f"{path.parent}/{fault}" for fault in faults))
    return population


def _twice(rows: Sequence[Residents]) -> Iterator[str]:
    first: dict[tuple[int, Way], int] = {}
    for row in rows:
        before = first.setdefault((row.year, frozenset(row.of)), row.row)
        if before != row.row:
            yield f"row {row.row}: row {before} is of the same year and categories. Keep one of them."


def _row(path: Path, columns: Sequence[str], cells: Sequence[str], number: int) -> Residents:
    where = f"{path}, row {number}"
    found = cells_of(columns, cells, where)
    for name, form in FORMS.items():
        if not WHOLE.fullmatch(found[name]):
            raise Refused(f"{where}: column '{name}' must be {form}, without blanks or commas.")
    if not found["source"]:
        raise Refused(
            f"{where}: column 'source' is empty. Say who published the number, where and when; of one that nobody has "
            f'read there, "{ILLUSTRATIVE}: " and how it was made.'
        )
    of = tuple((name, value) for name, value in found.items() if name not in FIXED and value)
    data: dict[str, Any] = {"row": number, "of": of, "source": found["source"]}
    return build(Residents, data | {name: int(found[name]) for name in FORMS}, where)
