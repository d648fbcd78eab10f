"""Values: one row for each indicator, window, disaggregation and category, exact."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ctanalysis.base.arrays import Mask
from ctanalysis.indicators import rates, rounds
from ctanalysis.indicators.adding import Breakdowns, add_up
from ctanalysis.indicators.cells import Cell, beside, is_list, of_columns, of_fields, of_list, side_by_side
from ctanalysis.indicators.counting import Grid
from ctanalysis.indicators.measures import PAIRS, Numbers, measured
from ctanalysis.indicators.once import each_once
from ctanalysis.indicators.residents import residents_behind
from ctanalysis.indicators.rounds import Values
from ctanalysis.indicators.stacked import columns_of
from ctanalysis.indicators.windows import Window
from ctanalysis.project import Project
from ctanalysis.project.calculations import Rate, Ratio
from ctanalysis.project.row_calculations import People
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import Records
from ctanalysis.records.received import is_received
from ctanalysis.records.whole_periods import are_told

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
    "rows",
    "lacking",
]
NOT_RECEIVED = "not received"
NOT_THIS_FINE = "not this fine"
NO_NUMBER = ("not applicable", NOT_THIS_FINE, NOT_RECEIVED, "no data")  # states in which nothing can be hidden


@dataclass(frozen=True)
class Asked:
    """Of which records values are asked, and in which windows. in_each: of people in every category (see calculate)."""

    project: Project
    records: Records
    windows: Sequence[Window]
    in_each: bool = False

    def is_received(self, sheet: Sheet, window: Window) -> bool:
        """Whether the records of these days came."""
        return is_received(self.project, getattr(self.records, "missing", {}), sheet, window.start, window.end)


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
    NaN where there is none; numerator and denominator for shares, means, gains, ratios and
    rates (whose denominator is the residents) only, and of medians the denominator; status "exact",
    "no data" (nothing to add up, or a denominator of nothing), "not received" (no records of these
    days came), "not this fine" (the records know years, say, and not these quarters) or "not applicable"
    (the project or the definition did not exist then). rows: how many rows the value is of (of people
    counted once, each one's first; of several columns, that have all of them); lacking: how many more there are of
    these days that lack what the sheet needs (see records.needed). Categories are in the schema's order, empty ones
    too.
    Of a median, the disaggregation "quartiles" has the lower and the upper one. Of a gain, "change" has how many
    people got better, stayed and got worse, and each cell has the columns PAIRS, which are there where a sheet is a
    gain; the gate needs them, and takes them away.
    """
    sheets = project.sheets if sheets is None else sheets
    if not windows or not sheets:
        return pd.DataFrame(columns=COLUMNS)
    asked = Asked(project, records, windows, each_category)
    measures = [[breakdowns(asked, one) for one in parts_of(sheet)] for sheet in sheets]
    add_up([one for of_sheet in measures for one in of_sheet])
    return framed([values_of(asked, sheet, of_sheet) for sheet, of_sheet in zip(sheets, measures, strict=True)])


def framed(parts: Sequence[Values]) -> pd.DataFrame:
    """The values of several sheets, as calculate() gives them."""
    names = [*COLUMNS, *(PAIRS if any(PAIRS[0] in part for part in parts) else ())]
    return pd.DataFrame({name: np.concatenate([_column(part, name) for part in parts]) for name in names})


def _column(part: Values, name: str) -> NDArray[Any]:
    return part[name] if name in part else np.full(len(part["value"]), np.nan)


def parts_of(sheet: Sheet) -> Sequence[Sheet]:
    """What of a sheet is calculated by itself: its parts, where it has such; of rounds, each when it is known."""
    if sheet.rounds:
        return ()
    return sheet.parts if isinstance(sheet.calculation, (Ratio, Rate)) else (sheet,)


def values_of(asked: Asked, sheet: Sheet, measures: Sequence[Breakdowns]) -> Values:
    """The values of a sheet. measures: of its parts, added up."""
    if sheet.rounds:
        return _of_rounds(asked, sheet)
    if isinstance(sheet.calculation, (Ratio, Rate)):
        return _of_parts(asked, sheet, measures)
    return _of_sheet(asked, *measures)


def _of_rounds(asked: Asked, sheet: Sheet) -> Values:
    """The values of each window's own survey round; where it has none, there is no data."""
    columns = columns_of(asked.project.package, asked.records, sheet)
    latest = rounds.latest(columns, sheet, [window.of_definition(sheet) for window in asked.windows])

    def of_round(name: str | None) -> Values:
        measure = breakdowns(asked, sheet.of_round(name))
        add_up([measure])
        return _of_sheet(asked, measure)

    return rounds.of_windows(latest, of_round)


def _of_parts(asked: Asked, sheet: Sheet, measures: Sequence[Breakdowns]) -> Values:
    """The values of a ratio: each part in each window by itself, and one by the other; of a rate, by the residents."""
    parts = [_of_sheet(replace(asked, in_each=False), measure) for measure in measures]
    if not isinstance(sheet.calculation, Rate):
        lost = np.array([not asked.is_received(sheet, each) for each in asked.windows], bool)
        found = rates.of_parts(parts, NO_NUMBER, {NOT_RECEIVED: lost})
        grid = Grid.of([window.of_definition(sheet) for window in asked.windows])
        columns = columns_of(asked.project.package, asked.records, sheet)
        return parts[-1] | found | each_once(columns, sheet, grid, found["rows"])
    behind = residents_behind(asked.project, sheet, parts[0], len(asked.windows))
    return parts[0] | rates.of_residents(parts[0], behind, sheet.calculation.per, NO_NUMBER)


def breakdowns(asked: Asked, sheet: Sheet, together: bool = True) -> Breakdowns:
    """What a sheet calculates, by any fields but columns that are its categories, and lists."""
    columns, by = columns_of(asked.project.package, asked.records, sheet), sheet.by_columns[0]
    plain = [fields for fields in ((), *sheet.disaggregations) if by not in fields and not is_list(columns, fields)]
    grid = Grid.of([window.of_definition(sheet) for window in asked.windows])
    return Breakdowns(columns, sheet, grid, plain, together)


def _of_sheet(asked: Asked, measure: Breakdowns) -> Values:
    """The values of a sheet, window by window: the arrays of COLUMNS."""
    sheet, columns, grid, project = measure.sheet, measure.columns, measure.grid, asked.project
    windows = [window.of_definition(sheet) for window in asked.windows]
    each = (sheet.calculation, grid) if asked.in_each and isinstance(sheet.calculation, People) else None
    by, parts = sheet.by_columns
    by_column = {label: measured(columns, sheet.of_column(name), grid) for label, name in parts.items()}
    tables = [
        of_columns(columns, by_column, by, fields)
        if by in fields
        else (of_fields if fields in measure.ways else of_list)(measure, fields, each)
        for fields in ((), *sheet.disaggregations)
    ]
    if sheet.beside[0]:
        tables.append(beside(sheet, measure, tables[0][1]))
    applies = np.array([_applies(project, sheet, window) for window in windows])
    cells = [cell for of_table, _ in tables for cell in of_table]
    received = np.array([asked.is_received(sheet, window) for window in windows])
    fine = np.array([are_told(project, sheet, window.start, window.end) for window in windows])
    numbers = _numbers(sheet, cells, side_by_side([numbers for _, numbers in tables]), [applies, fine, received])
    return _days(windows, len(cells)) | _cells(sheet, cells, len(windows)) | numbers


def _days(windows: Sequence[Window], cells: int) -> Values:
    """Horizon, start and end of every value."""
    days = [(window.horizon, window.start.isoformat(), window.end.isoformat()) for window in windows]
    return dict(zip(("horizon", "start", "end"), np.repeat(np.array(days, object), cells, axis=0).T, strict=True))


def _cells(sheet: Sheet, cells: Sequence[Cell], windows: int) -> Values:
    """Indicator, disaggregation and category of every value."""
    columns = np.tile(np.array([(sheet.code, *cell) for cell in cells], object), (windows, 1)).T
    return dict(zip(("indicator", "disaggregation", "category"), columns, strict=True))


def _numbers(sheet: Sheet, cells: Sequence[Cell], numbers: Numbers, told: Sequence[Mask]) -> Values:
    """The numbers and the status of every value, of arrays (windows, cells).

    told: in which windows there is one, which are made of the records' own periods, and of which records came.
    """
    there = np.logical_and.reduce(told)[:, None]
    top, bottom, rows, lacking = (np.where(there, part, np.nan).ravel() for part in numbers[:4] if part is not None)
    ratio = np.tile([sheet.is_ratio and way != sheet.beside[0] for way, _ in cells], len(there))
    is_quotient = ratio & (sheet.measure != "median")
    value = np.where(is_quotient, top / np.where(bottom == 0, np.nan, bottom), top)
    parts = np.where(is_quotient, top, np.nan), np.where(ratio, bottom, np.nan)
    none = [np.repeat(~mask, numbers.numerator.shape[1]) for mask in told]
    status = np.select([*none, np.isnan(value)], NO_NUMBER, "exact")
    pairs = [np.where(there, part, np.nan).ravel() for part in numbers.pairs]
    columns = {"value": value, "numerator": parts[0], "denominator": parts[1], "status": status}
    return columns | {"rows": rows, "lacking": lacking} | dict(zip(PAIRS, pairs, strict=False))


def _applies(project: Project, sheet: Sheet, window: Window) -> bool:
    began = sheet.valid_from is None or window.start >= sheet.valid_from or sheet.valid_from <= project.facts.start
    return began and window.end >= project.facts.start
