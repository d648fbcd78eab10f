"""The categories of a breakdown: a code for each row, and what each code is called."""

from itertools import product

import numpy as np

from ctanalysis.base.arrays import Integers
from ctanalysis.records.columns import Columns

NOT_RECORDED = "not recorded"


def of_rows(columns: Columns, fields: tuple[str, ...]) -> tuple[Integers | None, list[str]]:
    """The category of each row of the table as a code, and the labels of the codes, for one or two fields."""
    if not fields:
        return None, ["all"]
    single = [_category(columns, name) for name in fields]
    codes = single[0][0]
    for more, labels in single[1:]:
        codes = codes * len(labels) + more
    return codes, [" × ".join(labels) for labels in product(*(labels for _, labels in single))]


def _category(columns: Columns, name: str) -> tuple[Integers, list[str]]:
    """Codes and labels of a field; rows without a value go to "not recorded", last, where there can be such."""
    located = columns.located(name)
    labels, codes = list(located.field.labels or ()), columns.codes(name)
    if located.may_be_missing:
        return np.where(codes < 0, len(labels), codes), [*labels, NOT_RECORDED]
    return codes, labels
