"""A list in a column for each of its categories, with 1 or 0 in it, as KoboToolbox splits a select_multiple.

services/shelter  services/legal
1                 0                  ─▶ shelter
1                 1                  ─▶ shelter legal
0                 0                  ─▶ NONE: none of them, which is an answer
(empty)           (empty)            ─▶ (nothing is known)
1                 (empty)            ─▶ UNCLEAR: nobody can say whether it is no
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.descriptor import Table
from ctanalysis.project.fields import Field
from ctanalysis.records.arrays import Objects
from ctanalysis.records.delimiters import delimiter_of

UNCLEAR = "\ufffd"  # stands for a row whose columns do not say of every category whether it is there
NONE = "\u2063\u2063"  # for one whose columns all say no; a text that nobody sees, as there is none
DISAGREE = "\ufffd\ufffd"  # for one whose one column says otherwise than those of the categories


@dataclass(frozen=True)
class Split:
    """The columns of lists among those that a row names.

    named: by place, the field that a column names; of a list that is split, its first column only. of: by field, the
    category of each of its places. copies: the same of lists that have one column as well, which is read.
    twice: the places of a category's second column.
    """

    named: tuple[str | None, ...]
    of: dict[str, dict[int, str]] = field(default_factory=dict)
    copies: dict[str, dict[int, str]] = field(default_factory=dict)
    twice: tuple[int, ...] = ()


def split(table: Table, cells: Sequence[str], named: Sequence[str | None]) -> Split:
    """The Split of a row. cells: its texts. named: by place, the field that each names."""
    own, twice = list(named), list[int]()
    of, copies = dict[str, dict[int, str]](), dict[str, dict[int, str]]()
    for name in {name for name in named if name and table.fields[name].type == "list"}:
        whole = {skeleton(heading) for heading in table.fields[name].whole_headings}
        places = [place for place, other in enumerate(named) if other == name]
        parts = [place for place in places if skeleton(cells[place]) not in whole]
        for place in parts if len(parts) < len(places) else parts[1:]:
            own[place] = None
        values = {skeleton(word): value for value, words in table.fields[name].split_headings.items() for word in words}
        by_place = {place: values[skeleton(cells[place])] for place in parts}
        (copies if len(parts) < len(places) else of)[name] = by_place
        twice += [place for place in parts if by_place[place] in [by_place[other] for other in parts if other < place]]
    return Split(tuple(own), of, copies, tuple(twice))


def missing(table: Table, found: Split) -> list[str]:
    """The columns that split lists lack: services/legal."""
    return [
        f"{name}/{category.value}"
        for name, places in found.of.items()
        for category in table.fields[name].categories or ()
        if category.value not in places.values()
    ]


def joined(schema: Field, columns: Iterable[tuple[str, Sequence[str] | pd.Series | Objects]]) -> Objects:
    """A list's cells from its columns, each with its category: texts with the delimiter between."""
    values, texts = zip(*columns, strict=True)
    yes, no, none = {*schema.true_values}, {*schema.false_values}, {*schema.missing}
    meant: dict[tuple[str, ...], str] = {}
    for row in zip(*texts, strict=True):
        if row not in meant:
            cells = [cell.strip() for cell in row]
            if all(cell in none for cell in cells):
                meant[row] = ""
            elif all(cell in yes or cell in no for cell in cells):
                held = (value for value, cell in zip(values, cells, strict=True) if cell in yes)
                meant[row] = schema.delimiter.join(held) or NONE
            else:
                meant[row] = UNCLEAR
    return np.array([meant[row] for row in zip(*texts, strict=True)], dtype=object)


def agreed(
    schema: Field, whole: Objects, columns: Iterable[tuple[str, Sequence[str] | pd.Series | Objects]]
) -> Objects:
    """The cells of a list's one column; DISAGREE where those of its categories say otherwise. columns: as in joined."""
    values, texts = zip(*columns, strict=True)
    means = {skeleton(word): one.value for one in schema.categories or () for word in one.spellings}
    yes, no = {*schema.true_values}, {*schema.false_values, *schema.missing}
    is_whole = len(values) == len(schema.categories or ())  # there is a column for each category
    meant: dict[tuple[str, ...], str] = {}
    for row in zip(whole, *texts, strict=True):
        if row not in meant:
            held = {means.get(skeleton(part)) for part in row[0].split(schema.delimiter)}
            pairs = zip(values, (cell.strip() for cell in row[1:]), strict=True)
            agrees = all(cell in (yes if value in held else no) for value, cell in pairs)
            is_told = None in held and delimiter_of(row[0], means)  # as what it is: with another delimiter between
            says_none = is_whole and not row[0].strip() and all(cell.strip() in schema.false_values for cell in row[1:])
            meant[row] = NONE if says_none else row[0] if agrees or is_told else DISAGREE
    return np.array([meant[row] for row in zip(whole, *texts, strict=True)], dtype=object)
