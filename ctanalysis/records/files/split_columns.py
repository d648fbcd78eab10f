"""A list in a column for each of its categories, with 1 or 0 in it, as KoboToolbox splits a select_multiple.

services/shelter  services/legal
1                 0                  ─▶ shelter
1                 1                  ─▶ shelter legal
0                 0                  ─▶ (nothing)
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

UNCLEAR = "\ufffd"  # stands for a row whose columns do not say of every category whether it is there


@dataclass(frozen=True)
class Split:
    """The columns of lists among those that a row names.

    named: by place, the field that a column names; of a list that is split, its first column only. of: by field, the
    category of each of its places. passed: the places of columns of a list that has a column of its own as well.
    twice: the places of a category's second column.
    """

    named: tuple[str | None, ...]
    of: dict[str, dict[int, str]] = field(default_factory=dict)
    passed: frozenset[int] = frozenset()
    twice: tuple[int, ...] = ()


def split(table: Table, cells: Sequence[str], named: Sequence[str | None]) -> Split:
    """The Split of a row. cells: its texts. named: by place, the field that each names."""
    own, of, passed, twice = list(named), dict[str, dict[int, str]](), set[int](), list[int]()
    for name in {name for name in named if name and table.fields[name].type == "list"}:
        whole = {skeleton(heading) for heading in table.fields[name].whole_headings}
        places = [place for place, other in enumerate(named) if other == name]
        parts = [place for place in places if skeleton(cells[place]) not in whole]
        for place in parts if len(parts) < len(places) else parts[1:]:
            own[place] = None
        if len(parts) < len(places):
            passed |= {*parts}
            continue
        values = {skeleton(word): value for value, words in table.fields[name].split_headings.items() for word in words}
        of[name] = {place: values[skeleton(cells[place])] for place in parts}
        twice += [place for place in parts if of[name][place] in [of[name][other] for other in parts if other < place]]
    return Split(tuple(own), of, frozenset(passed), tuple(twice))


def missing(table: Table, found: Split) -> list[str]:
    """The columns that split lists lack: services/legal."""
    return [
        f"{name}/{category.value}"
        for name, places in found.of.items()
        for category in table.fields[name].categories or ()
        if category.value not in places.values()
    ]


def joined(schema: Field, columns: Iterable[tuple[str, Sequence[str] | pd.Series]]) -> Objects:
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
                meant[row] = schema.delimiter.join(v for v, cell in zip(values, cells, strict=True) if cell in yes)
            else:
                meant[row] = UNCLEAR
    return np.array([meant[row] for row in zip(*texts, strict=True)], dtype=object)
