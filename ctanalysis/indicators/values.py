"""Values: one row for each indicator, window, disaggregation and category, exact."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Floats, Integers, Mask
from ctanalysis.indicators.counting import Grid
from ctanalysis.indicators.measures import Measured, in_each_category, measured
from ctanalysis.project import Project
from ctanalysis.project.sheets import People, Sheet
from ctanalysis.records import Records
from ctanalysis.records.columns import Columns

COLUMNS = [
    "indicator",
    "horizon",
    "start",
    "end",
    "disaggregation",
    "category",
    "value",
    "numerator",
    "denominator",
    "status",
]
TO_DATE = "project to date"
NOT_RECORDED = "not recorded"

Cell = tuple[str, str]  # disaggregation and category
Table = tuple[list[Cell], Floats, Floats]  # cells, and by window and cell numerator and denominator


@dataclass(frozen=True)
class Window:
    """The days that a value is of, both inclusive, and the horizon under which it is reported."""

    horizon: str
    start: date
    end: date


def calculate(
    project: Project,
    records: Records,
    windows: Sequence[Window],
    sheets: Sequence[Sheet] | None = None,
    each_category: bool = False,
) -> pd.DataFrame:
    """The exact values of sheets (all of the project's by default) in windows.

    records: as records.read gives them. each_category: people are counted in every category in
    which they have a row, not in that of their first row only.
    Returns a frame with COLUMNS: start and end ISO days; value, numerator and denominator float64,
    NaN where there is none; numerator and denominator for shares and means only; status "exact",
    "no data" (nothing to add up, or a denominator of nothing) or "not applicable" (the project or
    the definition did not exist then). Categories are in the schema's order, empty ones too.
    """
    sheets = project.sheets if sheets is None else sheets
    if not windows or not sheets:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(
        [_of_sheet(project, records, sheet, windows, each_category) for sheet in sheets], ignore_index=True
    )


def _of_sheet(
    project: Project, records: Records, sheet: Sheet, windows: Sequence[Window], each_category: bool
) -> pd.DataFrame:
    windows = [_applied(sheet, window) for window in windows]
    columns = Columns(project.package, records, sheet.calculation.table)
    grid = Grid.of(windows)
    measure = measured(columns, sheet.calculation, grid)
    each = (sheet.calculation, grid) if each_category and isinstance(sheet.calculation, People) else None
    tables = [_table(columns, measure, fields, each) for fields in ((), *sheet.disaggregations)]
    applies = np.array([_applies(project, sheet, window) for window in windows])
    return _framed(sheet, windows, _side_by_side(tables), applies)


def _table(
    columns: Columns, measure: Measured, fields: tuple[str, ...], each: tuple[People, Grid] | None = None
) -> Table:
    """The total (no fields), or the values by one or two fields, with empty numbers where there is no denominator.

    each: a calculation of people and its grid, to count them in every category.
    """
    codes, labels = _categories(columns, fields)
    measure = in_each_category(columns, *each, codes) if each and codes is not None else measure
    numerator, denominator = measure(codes, len(labels))
    name = " × ".join(fields) or "total"
    cells = [(name, label) for label in labels]
    return cells, numerator, np.full_like(numerator, np.nan) if denominator is None else denominator


def _side_by_side(tables: Sequence[Table]) -> Table:
    """Several tables as one."""
    names, numerators, denominators = zip(*tables, strict=True)
    return [cell for cells in names for cell in cells], np.hstack(numerators), np.hstack(denominators)


def _framed(sheet: Sheet, windows: Sequence[Window], table: Table, applies: Mask) -> pd.DataFrame:
    """The values of a sheet as a frame with COLUMNS, window by window. applies: in which windows there is a value."""
    cells, *parts = table
    days = [(window.horizon, window.start.isoformat(), window.end.isoformat()) for window in windows]
    texts = zip(("horizon", "start", "end"), zip(*days, strict=True), strict=True)
    frame = pd.DataFrame({name: np.repeat(np.array(each, object), len(cells)) for name, each in texts})
    frame["disaggregation"], frame["category"] = zip(*cells * len(windows), strict=True)
    applied = np.repeat(applies, len(cells))
    top, bottom = (np.where(applied, part.ravel(), np.nan) for part in parts)
    frame["indicator"] = sheet.code
    frame["value"] = top / np.where(bottom == 0, np.nan, bottom) if sheet.is_ratio else top
    frame["numerator"], frame["denominator"] = (top, bottom) if sheet.is_ratio else (np.nan, np.nan)
    frame["status"] = np.select([~applied, frame["value"].isna()], ["not applicable", "no data"], "exact")
    return frame[COLUMNS]


def _applied(sheet: Sheet, window: Window) -> Window:
    """The life of the project to date begins, for a changed definition, when it became valid."""
    if sheet.valid_from and window.horizon == TO_DATE and window.start < sheet.valid_from <= window.end:
        return replace(window, start=sheet.valid_from)
    return window


def _applies(project: Project, sheet: Sheet, window: Window) -> bool:
    began = sheet.valid_from is None or window.start >= sheet.valid_from or sheet.valid_from <= project.facts.start
    return began and window.end >= project.facts.start


def _categories(columns: Columns, fields: tuple[str, ...]) -> tuple[Integers | None, list[str]]:
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
