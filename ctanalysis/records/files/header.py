"""Which row names the columns, and which column is which field."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ctanalysis.project.descriptor import Table
from ctanalysis.records.files import limits, naming, split_columns
from ctanalysis.records.files.below import ENOUGH, below, fits, is_numbering
from ctanalysis.records.files.naming import LONGEST, Named, Row
from ctanalysis.records.files.unread_columns import deleted, ignored, of_tools
from ctanalysis.records.findings import Unreadable


@dataclass(frozen=True)
class Header:
    """Where the columns are named: the row as a spreadsheet shows it, each field's place from 0, its cells.

    added: the places of columns that a survey tool has added, or that the table's ignoredColumns
    name; they are not read. ignored: those of them that only a pattern names. length: the cells of the row that
    names the columns, blank ones at its end too. least: as many cells a row must have: those behind it may be empty.
    below: the rows after it that name the columns once more; numbers: those of them that only number these.
    unknown: the row after it that may name them, or 0. split: by list that has a column for each category, the category
    of each of its places; in fields it has the first. copies: the same of lists that have one column as well. grouped:
    the places of headings that were read without the group that a survey tool writes before them. deleted: the place
    of the column by which DHIS2 says that a row does not exist any more.
    """

    row: int
    fields: dict[str, int]
    cells: tuple[str, ...]
    added: frozenset[int] = frozenset()
    ignored: frozenset[int] = frozenset()
    length: int = 0
    least: int = 0
    below: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    unknown: int = 0
    split: dict[str, dict[int, str]] = field(default_factory=dict)
    copies: dict[str, dict[int, str]] = field(default_factory=dict)
    grouped: frozenset[int] = frozenset()
    deleted: int | None = None

    def places(self, name: str) -> tuple[int, ...]:
        """The places of a field's columns: one, but of a list that is split."""
        return (*self.split[name],) if name in self.split else (self.fields[name],)

    @property
    def read(self) -> frozenset[int]:
        """The places of all columns that are read."""
        return frozenset(place for name in self.fields for place in self.places(name))

    @property
    def letters(self) -> dict[str, str]:
        """By field, the column's letter."""
        return {field: letters(place) for field, place in self.fields.items()}


def letters(place: int) -> str:
    """A, B, ... Z, AA: the name of a column in a spreadsheet, from its place from 0."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def find(table: Table, rows: Sequence[Row], sheet: str = "") -> Header | None:
    """The Header that a sheet's first rows hold, or None where no row of them names the columns.

    Unreadable: what is wrong with the row that names the columns, or a record above it.
    """
    rows = rows[: limits.HEADER_WITHIN]
    found = naming.heading(table, rows)
    if not found:
        return None
    named, groups = found
    header = _checked(table, named, sheet)
    _check_above(table, rows, named, sheet)
    again, numbers, unknown = below(table, rows, named)
    cells = tuple(groups.get(place, cell) for place, cell in enumerate(header.cells))
    grouped = frozenset(place for place in groups if place in header.read)
    return replace(header, cells=cells, below=again, numbers=numbers, unknown=unknown, grouped=grouped)


def _check_above(table: Table, rows: Sequence[Row], heading: Named, sheet: str) -> None:
    """Unreadable: a row above the one that names the columns looks like a record: its cells fit their columns.

    Free text fits everywhere and says nothing, nor do keys.
    """
    row, _, named = heading
    for number, cells in (above for above in rows if above[0] < row):
        fit = [
            name for name, cell in zip(named, cells, strict=False) if name and cell.strip() and fits(table, name, cell)
        ]
        if len(fit) >= ENOUGH and not is_numbering(table, named, cells):
            raise Unreadable(
                f"row {number} looks like a record, and stands above row {row}, which names the columns",
                "Move the row that names the columns above all records",
                sheet,
            )


def _checked(table: Table, heading: Named, sheet: str) -> Header:
    """The Header of a row that names the columns. Unreadable: a column is missing, there twice, or not described.

    A heading is not repeated: where columns have shifted it may be a person's data.
    """
    number, cells, all_named = heading
    lists = split_columns.split(table, cells, all_named)
    named, patterns = lists.named, dict(ignored(table, cells, LONGEST))
    added = of_tools(table, cells) | {*patterns} | {place for places in lists.copies.values() for place in places}
    unknown = [
        letters(place)
        for place, (cell, name) in enumerate(zip(cells, named, strict=True))
        if name is None and all_named[place] is None and cell.strip() and place not in added
    ]
    heading = number, cells, named
    fault = _missing(table, heading, unknown, split_columns.missing(table, lists)) or _repeated(heading, lists.twice)
    fault = fault or _unknown(table, heading, unknown)
    if fault:
        raise Unreadable(*fault, sheet)
    width = max(place for place, name in enumerate(all_named) if name or place in added) + 1
    fields = {name: place for place, name in enumerate(named) if name}
    by_pattern = frozenset(place for place, is_pattern in patterns.items() if is_pattern)
    found = Header(
        number, fields, tuple(cells[:width]), added, by_pattern, len(cells), split=lists.of, copies=lists.copies
    )
    found = replace(found, deleted=deleted(table, cells))
    required = [name for name in fields if table.fields[name].constraints.required]
    return replace(found, least=1 + max((place for name in required for place in found.places(name)), default=0))


def _missing(table: Table, heading: Named, unknown: Sequence[str], parts: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong, and what to do, where columns are missing.

    unknown: the letters of headings that mean nothing. parts: the columns that lists lack which are split.
    """
    missing = [*(name for name in table.fields if name not in heading[2]), *parts]
    if not missing:
        return None
    what = f"column '{missing[0]}' is" if len(missing) == 1 else f"columns {', '.join(missing)} are"
    near = f"; column {unknown[0]} has a heading that is not known" if len(unknown) == 1 else ""
    return (
        f"{what} missing in row {heading[0]}, which names the columns{near}",
        f"Name the columns of table '{table.name}' in one row, as datapackage.json has them",
    )


def _repeated(heading: Named, parts: Sequence[int]) -> tuple[str, str] | None:
    """What is wrong, and what to do, where a column is there twice. parts: places of lists' columns that are."""
    number, _, named = heading
    twice = [letters(place) for place, name in enumerate(named) if name and name in named[:place]]
    twice += map(letters, parts)
    return (
        (f"column {twice[0]} of row {number} is there twice", "Take out the one that is not meant") if twice else None
    )


def _unknown(table: Table, heading: Named, unknown: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong, and what to do, where a heading means nothing."""
    if not unknown:
        return None
    fields = ", ".join(table.fields)
    return (
        f"column {unknown[0]} of row {heading[0]} is none of table '{table.name}', which has: {fields}",
        "Take the column out, or describe it in datapackage.json; "
        'where nothing in it is counted, put its heading in "ignoredColumns" there',
    )


def not_found(table: Table, between: str = "") -> Unreadable:
    """Of a file or sheet in which no row names the columns. between: what is between the columns of a text file."""
    return Unreadable(
        f"none of the first {limits.HEADER_WITHIN} rows names the columns",
        f"One row must name them all{between and ', '}{between}: {', '.join(table.fields)}",
    )
