"""What was passed over on purpose: rows that name the columns again or only have a number, columns of no field."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from ctanalysis.records.arrays import Mask
from ctanalysis.records.files import restarting
from ctanalysis.records.files.gathered import Gathered, Source
from ctanalysis.records.files.header import Header, letters
from ctanalysis.records.findings import LOOK, Finding, Issue

AGAIN = Issue(
    LOOK,
    "second heading",
    "names the columns once more (by labels, or by tags), and was passed over",
    "Nothing, if it is no record",
)
LABELS = Issue(
    LOOK,
    "second heading",
    "fits none of its columns: does it name them once more?",
    'Where it does, list its words as "alternatives" of their fields in datapackage.json: it is passed over then',
)
COLUMN_NUMBERS = Issue(
    LOOK,
    "second heading",
    "numbers the columns, and was passed over",
    "Nothing, if it is no record",
)
NUMBERED = Issue(
    LOOK,
    "running number",
    "has a running number and nothing else, and was passed over",
    "Nothing, if nothing was to be written there",
)
NUMBER = re.compile("[0-9]{1,6}[.)]?")
SEE = "Nothing, if nothing in them is counted"
GROUPS = (
    'Nothing, if they are these columns; list the heading of one that is not in "ignoredColumns" in datapackage.json'
)


def passed_over(gathered: Gathered) -> Iterator[Finding]:
    """A Finding about each second heading row; and of all files together about the columns that only a pattern ignores,
    those whose headings were read without their groups, and keys that begin anew in each file.
    """
    name = gathered.table.name
    for source in gathered.sources:
        for row in source.header.below:
            issue = COLUMN_NUMBERS if row in source.header.numbers else AGAIN
            yield replace(issue.at(name, source.path, source.sheet), rows=(row,))
        if source.header.unknown:
            yield replace(LABELS.at(name, source.path, source.sheet), rows=(source.header.unknown,))
    for sources in _alike(gathered.sources, lambda header: header.ignored):
        says = f'columns {_letters(sources[0].header.ignored)} were not read, as "ignoredColumns" says{_also(sources)}'
        yield Issue(LOOK, "ignored columns", says, SEE).at(name, sources[0].path, sources[0].sheet)
    for sources in _alike(gathered.sources, lambda header: header.grouped):
        says = (
            f"columns {_letters(sources[0].header.grouped)} were read by what stands behind the group{_also(sources)}"
        )
        yield Issue(LOOK, "grouped headings", says, GROUPS).at(name, sources[0].path, sources[0].sheet)
    yield from restarting.findings(gathered)


def _alike(sources: Sequence[Source], places: Callable[[Header], frozenset[int]]) -> list[list[Source]]:
    """The files and sheets with such places, those with the same ones together."""
    alike: dict[frozenset[int], list[Source]] = {}
    for source in sources:
        if places(source.header):
            alike.setdefault(places(source.header), []).append(source)
    return [*alike.values()]


def _letters(places: Iterable[int]) -> str:
    return listed(sorted(places))


def _also(sources: Sequence[Source]) -> str:
    return f"; so in {len(sources) - 1} more files or sheets" if len(sources) > 1 else ""


def numbered_rows(gathered: Gathered) -> Mask:
    """Which rows have a short whole number as their key. None in a table whose rows need nothing else."""
    table = gathered.table
    if not table.key or not any(
        field.constraints.required for name, field in table.fields.items() if name != table.key
    ):
        return np.zeros(len(gathered), bool)
    return gathered.rows_with(table.key, [bool(NUMBER.fullmatch(word.strip())) for word in gathered.words[table.key]])


def running_numbers(gathered: Gathered, numbered: Mask) -> Iterator[Finding]:
    """A Finding for each file or sheet with rows that have only a running number."""
    for number, source in enumerate(gathered.sources):
        rows = gathered.row[numbered & (gathered.source == number)]
        if len(rows):
            finding = NUMBERED.at(gathered.table.name, source.path, source.sheet)
            yield replace(finding, rows=tuple(rows.tolist()))


def listed(places: Sequence[int]) -> str:
    """A, D to F, from the places of columns from 0, in their order."""
    runs = [
        [place for _, place in run]
        for _, run in groupby(enumerate(places), key=lambda numbered: numbered[1] - numbered[0])
    ]
    return ", ".join(letters(run[0]) + (f" to {letters(run[-1])}" if len(run) > 1 else "") for run in runs)
