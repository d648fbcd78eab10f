"""Why a sheet is not yet a table: every heading that is not known, with the nearest known ones, and what is missing.

A heading itself is never repeated: where columns have shifted it may be somebody's data.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from babel.lists import format_list

from ctanalysis.base.nearness import Nearness
from ctanalysis.base.spelling import skeleton
from ctanalysis.project.descriptor import Table
from ctanalysis.records.files import naming, unread_columns
from ctanalysis.records.files.header import letters
from ctanalysis.records.files.naming import LONGEST, Row

NEAR, MOST_NEAR = 0.6, 2  # how alike two words must be (1: the same), and how many are named
NOTHING_NEAR = "no known one is near"
DO_ALONE = (
    'Where nothing in such a column is counted, list its heading in the table\'s "ignoredColumns" in datapackage.json; '
    'where it is one of the table\'s columns, write it as the table has it, or list it in the "alternatives" of its '
    "field, if it can mean no other"
)
DO = (
    'Write the headings so; or, in datapackage.json, list a heading in the "alternatives" of its field, if it can mean '
    'no other, or in the table\'s "ignoredColumns" where nothing in it is counted'
)

DO_ADD = "Add a column with the heading '{title}'{rest}"
MAY_BE_EMPTY = "; its cells may be empty"


@dataclass(frozen=True)
class Attempt:
    """A sheet read as a table: the row that names most of its columns. known: by place, the field."""

    table: Table
    row: int
    cells: Sequence[str]
    known: dict[int, str]

    @property
    def share(self) -> float:
        """How much of the table's columns it names, 0 to 1."""
        return len({*self.known.values()}) / len(self.table.fields)

    @property
    def missing(self) -> list[str]:
        """The fields that no column is named for."""
        return [name for name in self.table.fields if name not in self.known.values()]

    def unknown(self) -> list[int]:
        """The places of the headings that mean nothing."""
        ignored = {place for place, _ in unread_columns.ignored(self.table, self.cells, LONGEST)}
        passed = {*self.known, *unread_columns.of_tools(self.table, self.cells), *ignored}
        return [place for place, cell in enumerate(self.cells) if cell.strip() and place not in passed]

    def lines(self) -> Iterator[str]:
        """What stands in the way, a sentence to each heading, and what to do."""
        titles = {name: field.title for name, field in self.table.fields.items()}
        yield f"row {self.row} is nearest to the columns of table '{self.table.name}' ({self.table.title})"
        for place in self.unknown():
            yield f"  column {letters(place)} has a heading that is not known; {self._near(self.cells[place])}"
        if twice := [letters(place) for place, name in self.known.items() if self._is_second(place, name)]:
            yield f"  there twice: column {', '.join(twice)}"
        if self.missing:
            yield f"  missing: {', '.join(titles[name] for name in self.missing)}"
        unknown = [self._near(self.cells[place]) for place in self.unknown()]
        if unknown or twice or not self.missing:
            yield f"{DO_ALONE if unknown and {*unknown} == {NOTHING_NEAR} else DO}."
        if len(self.missing) > len(unknown):  # more than could be meant by the headings that are not known
            yield from (f"{self._add(name)}." for name in self.missing)

    def _add(self, name: str) -> str:
        """What to do about a column that is not there."""
        is_needed = name in self.table.keys or self.table.fields[name].constraints.required
        return DO_ADD.format(title=self.table.fields[name].title, rest="" if is_needed else MAY_BE_EMPTY)

    def _is_second(self, place: int, name: str) -> bool:
        if self.table.fields[name].type == "list":  # whose columns are as many as its categories
            return False
        return name in [other for before, other in self.known.items() if before < place]

    def _near(self, cell: str) -> str:
        """The columns that one may mean; or the known headings most like it, of columns that are missing first."""
        meant = Nearness({name: field.headings for name, field in self.table.fields.items()}).of(cell)
        if len(meant) > 1:
            titles = format_list([self._said(self.table.fields[name].title, name) for name in meant], "or", locale="en")
            return f"it may mean {titles}: ask which, and write that"
        fields = sorted(self.table.fields.values(), key=lambda field: field.name not in self.missing)
        words = {skeleton(word): (field, word) for field in reversed(fields) for word in field.headings}
        found = get_close_matches(skeleton(cell[:LONGEST]), list(words), MOST_NEAR, NEAR)
        near = [words[word] for word in found]
        named = [self._said(word, field.name) for field, word in near]
        return f"the nearest: {', '.join(named)}" if named else NOTHING_NEAR

    def _said(self, word: str, name: str) -> str:
        return f"'{word}'" + ("" if name in self.missing else " (there already)")


def attempt(table: Table, rows: Sequence[Row]) -> Attempt:
    """The Attempt to read a sheet's first rows as a table: the row, or two joined ones, that name most of it."""
    tries = [
        Attempt(table, number, cells, {place: name for place, name in enumerate(named) if name})
        for number, cells, named in naming.every(table, rows)
    ]
    return max(tries, key=lambda one: one.share, default=Attempt(table, 1, (), {}))
