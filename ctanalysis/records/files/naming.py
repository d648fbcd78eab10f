"""Which row names the columns of a table: one row, two levels joined, or one whose groups are left out.

Indicators         ─▶  Indicators seats, Indicators cost: joined top to bottom
seats      cost
visit/day  visit/seats  ─▶  day, seats: what survey tools write before a slash is the group of a question
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import TypeAlias

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.descriptor import Table
from ctanalysis.records.files import limits
from ctanalysis.records.files.unread_columns import ignored, is_of_central, of_tools

LONGEST = 500  # characters: a longer cell is no heading
GROUPED = 2  # headings with a group make it likely that a tool has written them
GROUP = r"[^\W\d][\w-]*"  # a name as forms have it: no blank, and no digit first
Row: TypeAlias = tuple[int, Sequence[str]]  # its number as a spreadsheet shows it, and its cells
Named: TypeAlias = tuple[int, Sequence[str], Sequence[str | None]]  # a row, and the field that each cell names
Found: TypeAlias = tuple[Named, dict[int, str]]  # and, by place, headings as they stand that were read without a group


def heading(table: Table, rows: Sequence[Row]) -> Found | None:
    """The row that names the columns: the one that names most of them, if it is half; or None.

    Two levels, and headings without their groups, are tried where no row alone names all; they are taken where they
    name more of them.
    """
    best = single(table, rows)
    if best and _many(best) == len(table.fields):
        return best, {}
    joined = max(_joined(table, rows), key=_many, default=None)
    if joined and _many(joined) > _many(best) and 2 * _many(joined) >= len(table.fields):
        best = joined
    bare, groups = max(_bare(table, rows), key=lambda one: _many(one[0]), default=(None, {}))
    if bare and _many(bare) > _many(best) and 2 * _many(bare) >= len(table.fields):
        return bare, groups
    return (best, {}) if best else None


def every(table: Table, rows: Sequence[Row]) -> Iterator[Named]:
    """Each row, and each pair of rows joined, as it names columns; with and without groups."""
    rows = rows[: limits.HEADER_WITHIN]
    yield from (_named(table, row) for row in rows)
    yield from _joined(table, rows)
    yield from (named for named, _ in _bare(table, rows))


def single(table: Table, rows: Sequence[Row]) -> Named | None:
    """The first of the rows that name most of the columns, if it is half; or None."""
    best = max((_named(table, row) for row in rows), key=_many, default=None)
    return best if best and 2 * _many(best) >= len(table.fields) else None


def _named(table: Table, row: Row) -> Named:
    meaning, (number, cells) = table.meanings, row
    added = of_tools(table, cells)
    named = [
        meaning.get(skeleton(cell)) if cell and len(cell) < LONGEST and place not in added else None
        for place, cell in enumerate(cells)
    ]
    return number, cells, named


def _many(named: Named | None) -> int:
    """How many different columns a row names."""
    return len({*named[2]} - {None}) if named else 0


def _joined(table: Table, rows: Sequence[Row]) -> Iterator[Named]:
    """Each row below another one, with its cells joined to those above them."""
    meaning = table.meanings
    for (upper_row, upper), (row, lower) in pairwise(rows):
        cells, group = [], ""
        for above, below in zip_longest(upper, lower, fillvalue=""):
            group = above.strip() or (group if below.strip() else "")
            words = (f"{group} {below}", below) if below.strip() else (group,)
            cells.append(next((word for word in words if skeleton(word) in meaning), words[0].strip()))
        if row == upper_row + 1:
            yield _named(table, (row, cells))


def _bare(table: Table, rows: Sequence[Row]) -> Iterator[tuple[Named, dict[int, str]]]:
    """The rows that a survey tool has written, without the groups of those headings that mean a column so.

    Not of a column that another heading names too: which of them is meant nobody knows.
    """
    for number, cells in rows:
        _, _, named = _named(table, (number, cells))
        own, signs = {*named} - {None}, "/.:-" if is_of_central(cells) else "/.:"
        passed = {*of_tools(table, cells), *(place for place, _ in ignored(table, cells, LONGEST))}
        places = [place for place, name in enumerate(named) if not name and place not in passed]
        last = {place: _without_group(table, cells[place], signs) for place in places if len(cells[place]) < LONGEST}
        found = {place: word for place, word in last.items() if word}
        if len(found) < GROUPED and not of_tools(table, cells):
            continue
        meant = {place: table.meanings[skeleton(word)] for place, word in found.items()}
        times = Counter(map(skeleton, found.values()))
        alone = [place for place, word in found.items() if meant[place] not in own and times[skeleton(word)] == 1]
        bare = [found[place] if place in alone else cell for place, cell in enumerate(cells)]
        yield _named(table, (number, bare)), {place: cells[place] for place in alone}


def _without_group(table: Table, cell: str, signs: str) -> str:
    """The longest part behind a group that means a column of a table; empty where none does."""
    for sign in re.finditer(f"[{re.escape(signs)}]", cell):
        group, word = cell[: sign.start()], cell[sign.end() :]
        if word == word.strip() and skeleton(word) in table.meanings:
            return word if re.fullmatch(rf"{GROUP}(?:[{re.escape(signs)}]{GROUP})*", group) else ""
    return ""
