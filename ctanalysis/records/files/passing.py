"""What was passed over on purpose: rows that name the columns again or only have a number, columns of no field."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from ctanalysis.records.arrays import Mask
from ctanalysis.records.files.gathered import Gathered, Source
from ctanalysis.records.files.header import letters
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
NUMBERED = Issue(
    LOOK,
    "running number",
    "has a running number and nothing else, and was passed over",
    "Nothing, if nothing was to be written there",
)
NUMBER = re.compile("[0-9]{1,6}[.)]?")
SEE = "Nothing, if nothing in them is counted"


def passed_over(gathered: Gathered) -> Iterator[Finding]:
    """A Finding about each second heading row; and one about the columns that only a pattern ignores, in all files."""
    name = gathered.table.name
    for source in gathered.sources:
        for row in source.header.below:
            yield replace(AGAIN.at(name, source.path, source.sheet), rows=(row,))
        if source.header.unknown:
            yield replace(LABELS.at(name, source.path, source.sheet), rows=(source.header.unknown,))
    alike: dict[frozenset[int], list[Source]] = {}
    for source in gathered.sources:
        if source.header.ignored:
            alike.setdefault(source.header.ignored, []).append(source)
    for places, sources in alike.items():
        also = f"; so in {len(sources) - 1} more files or sheets" if len(sources) > 1 else ""
        says = f'columns {listed(sorted(places))} were not read, as "ignoredColumns" says{also}'
        yield Issue(LOOK, "ignored columns", says, SEE).at(name, sources[0].path, sources[0].sheet)


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
