"""The categories of a breakdown: a code for each row, and what each code is called."""

from itertools import product
from math import prod

import numpy as np

from ctanalysis.base.arrays import Integers
from ctanalysis.records.columns import Columns

NOT_RECORDED = "not recorded"


def of_rows(columns: Columns, fields: tuple[str, ...]) -> tuple[Integers | None, list[str]]:
    """The category of each row of the table as a code, and the labels of the codes, for one or two fields."""
    return codes_of(columns, fields), labels_of(columns, fields)


def codes_of(columns: Columns, fields: tuple[str, ...]) -> Integers | None:
    """The category of each row as a code, for any fields; None for none, where all rows are in one."""
    return columns.once(("categories", fields), lambda: _combined(columns, fields)) if fields else None


def _combined(columns: Columns, fields: tuple[str, ...]) -> Integers:
    sizes, codes = sizes_of(columns, fields), np.zeros(len(columns), np.int64)
    for place, name in enumerate(fields):
        step = np.arange(sizes[place]) * prod(sizes[place + 1 :])
        codes += step[columns.small_codes(name)]  # -1, of a missing one, is the last: "not recorded"
    return codes


def labels_of(columns: Columns, fields: tuple[str, ...]) -> list[str]:
    """What each code of fields is called."""
    return (
        [" × ".join(labels) for labels in product(*(_labels(columns, name) for name in fields))] if fields else ["all"]
    )


def sizes_of(columns: Columns, fields: tuple[str, ...]) -> list[int]:
    """How many categories each of some fields has."""
    return [len(_labels(columns, name)) for name in fields]


def _labels(columns: Columns, name: str) -> list[str]:
    """The labels of a field; rows without a value go to "not recorded", last, where there can be such."""
    located = columns.located(name)
    return [*(located.field.labels or ()), *([NOT_RECORDED] if located.may_be_missing else ())]
