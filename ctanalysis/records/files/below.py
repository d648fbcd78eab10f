"""The rows right below the one that names the columns that are no records: labels, tags of HXL, column numbers."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.descriptor import Table
from ctanalysis.records.files.naming import Named, Row
from ctanalysis.records.files.words import Words
from ctanalysis.records.types import typed_words

TAG = re.compile(r"#[A-Za-z][\w+# -]*")  # of HXL, such as #adm1+name
ENOUGH = 2  # cells that fit their columns make a row look like a record
NUMBER = re.compile(r"[(\[]?([0-9]{1,3}|[^\W\d_])[)\].]*(?: ?= ?[0-9 +*/:().-]+)?")  # 1, (2), 5=3+4, А
LETTERS = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ")
FEWEST, SURELY = 3, 5  # columns that are numbered; and where none of them tells its values from any text


class Below(NamedTuple):
    """again: the rows that name the columns once more. numbers: those of them that only number the columns.

    unknown: the row that may name them once more, or 0.
    """

    again: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    unknown: int = 0


def below(table: Table, rows: Sequence[Row], heading: Named) -> Below:
    """What stands right below the row that names the columns.

    A row is labels where each cell names its column, or most do, no other column is named, and none is a value of its
    column. Above tags there may be labels that nobody knows. Without tags the first row is asked about where no cell of
    it fits its column.
    """
    row, _, named = heading
    again, numbers, unknown = list[int](), list[int](), list[int]()
    for number, cells in (one for one in rows if one[0] > row and any(map(str.strip, one[1]))):
        filled = [(name, cell) for name, cell in zip(named, cells, strict=False) if name and cell.strip()]
        is_tags = all(TAG.fullmatch(cell.strip()) for cell in cells if cell.strip())
        if len(filled) >= ENOUGH and (is_tags or (_is_labels(table, filled) and not unknown)):
            again += [*unknown, number]
            unknown = []
        elif is_numbering(table, named, cells) and not unknown:
            again.append(number)
            numbers.append(number)
        elif sum(is_told(table, name) for name, _ in filled) < ENOUGH or any(fits(table, *one) for one in filled):
            break
        else:
            unknown.append(number)
    return Below(tuple(again), tuple(numbers), unknown[0] if unknown and not again else 0)


def _is_labels(table: Table, filled: Sequence[tuple[str, str]]) -> bool:
    """Whether the cells of a row name their columns. filled: each cell that is not blank, with its column's field."""
    meant = [(name, table.meanings.get(skeleton(cell))) for name, cell in filled]
    own = sum(name == other for name, other in meant)
    if own == len(filled):
        return True
    others = any(other not in (name, None) for name, other in meant)
    return 2 * own > len(filled) and not others and not any(fits(table, *one) for one in filled)


def is_numbering(table: Table, named: Sequence[str | None], cells: Sequence[str]) -> bool:
    """Whether a row numbers the columns, as forms do: 1 2 3, (1) (2) (3), А Б 1 2 3.

    named: by place, the field of each column. It does where some number is no value of its column, or where of all
    columns, many, none tells its values from any text.
    """
    texts = [" ".join(cell.split()) for cell in cells if cell.strip()]
    found = [NUMBER.fullmatch(text) for text in texts]
    fields = [place for place, name in enumerate(named) if name]
    filled = [(named[place], cells[place]) for place in fields if place < len(cells) and cells[place].strip()]
    if not texts or not all(found) or len(texts) < FEWEST or 2 * len(filled) < len(fields):
        return False
    signs = [one[1].upper() for one in found if one]
    first = [*takewhile(str.isalpha, signs)]
    in_order = any("".join(first) == alphabet[: len(first)] for alphabet in LETTERS)
    if not in_order or signs[len(first) :] != [str(number) for number in range(1, len(signs) - len(first) + 1)]:
        return False
    told = [one for one in filled if one[0] and is_told(table, one[0])]
    if told:
        return any(not fits(table, str(name), cell) for name, cell in told)
    return len(texts) >= max(SURELY, len(fields))


def fits(table: Table, name: str, cell: str) -> bool:
    """Whether a cell holds a value of a field whose values do not look like just anything."""
    if not is_told(table, name):
        return False
    typed = typed_words(table, name, Words([cell]), {})
    return bool(typed.sound[0])


def is_told(table: Table, name: str) -> bool:
    """Whether a value of a field can be told from any other text."""
    field = table.fields[name]
    return name not in table.references and (field.type != "string" or bool(field.categories))
