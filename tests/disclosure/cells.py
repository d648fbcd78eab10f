"""Tables of the shipped project with given numbers, put through the gate."""

import pandas as pd

from ctanalysis.disclosure import protect
from ctanalysis.evaluation import SHIPPED
from ctanalysis.indicators.values import COLUMNS
from ctanalysis.project import load

PROJECT = load(SHIPPED)
RULE = PROJECT.policy.rules["victims"]
YEAR, QUARTER = ("2013-10-01", "2014-09-30"), ("2013-10-01", "2013-12-31")


def table(total, cells, indicator="2.2", days=YEAR, field=""):
    """The exact values of one indicator by one field: its total and a row for each cell.

    The field's other categories are 0.
    """
    field = field or ("sex" if len(cells) <= 3 else "exploitation")
    located = PROJECT.package.locate(PROJECT.sheet(indicator).calculation.table, field.split(" × ")[0])
    labels = [*located.field.labels, *(["not recorded"] if located.may_be_missing else [])]
    rows = [(indicator, "period", *days, "total", "all", float(total), None, None, "exact")]
    rows += [
        (indicator, "period", *days, field, label, float(cell), None, None, "exact")
        for label, cell in zip(labels, [*cells, *[0] * len(labels)], strict=False)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS[:-2]).astype({"numerator": float, "denominator": float})
    return frame.assign(people=frame["value"])


def told(frame):
    """(value, status) of each cell after the gate; None where there is no value."""
    values = protect(frame, PROJECT, frame).values
    return [(None if pd.isna(row.value) else row.value, row.status) for row in values.itertuples()]


def share(numerator, denominator, indicator="2.6", days=YEAR):
    row = (
        indicator,
        "period",
        *days,
        "total",
        "all",
        numerator / denominator if denominator else None,
        float(numerator),
        float(denominator),
        "exact" if denominator else "no data",
    )
    frame = pd.DataFrame([row], columns=COLUMNS[:-2]).assign(people=float(denominator))
    [found] = protect(frame, PROJECT, frame).values.itertuples()
    return found
