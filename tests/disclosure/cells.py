"""Tables with given numbers, put through the gate: of the shipped project, whose class of people who were trafficked
is looked at table by table here, as callers are: nothing waits, and numbers are rounded to 5, once a year.
"""

from dataclasses import replace

import pandas as pd

from ctanalysis.disclosure import protect
from ctanalysis.evaluation import SHIPPED
from ctanalysis.indicators.values import COLUMNS
from ctanalysis.project import load

OLDER = {"audited": False, "round_to": 5, "one_way": ("year", "project"), "nodes": (), "breakdowns": ()}


def table_by_table(project, **more):
    """The project with such a class. more: other keys of its rule."""
    rules = project.policy.rules
    rules = rules | {"victims": rules["victims"].model_copy(update=OLDER | more)}
    return replace(project, policy=type(project.policy)(rules))


PROJECT = table_by_table(load(SHIPPED))
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
    values = protect(frame, PROJECT).values
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
    [found] = protect(frame, PROJECT).values.itertuples()
    return found
