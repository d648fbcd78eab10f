"""Values: one row for each indicator, window, disaggregation and category, exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ctanalysis.base.arrays import Mask
from ctanalysis.indicators import categories, rates, rounds
from ctanalysis.indicators.adding import Breakdowns, add_up
from ctanalysis.indicators.counting import Grid
from ctanalysis.indicators.measures import PAIRS, Measured, Numbers, in_each_category, measured
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
from ctanalysis.records.columns import Columns
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

Cell = tuple[str, str]  # disaggregation and category


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
    plain = [fields for fields in ((), *sheet.disaggregations) if by not in fields and not _is_list(columns, fields)]
    grid = Grid.of([window.of_definition(sheet) for window in asked.windows])
    return Breakdowns(columns, sheet, grid, plain, together)


def _of_sheet(asked: Asked, measure: Breakdowns) -> Values:
    """The values of a sheet, window by window: the arrays of COLUMNS."""
    sheet, columns, grid, project = measure.sheet, measure.columns, measure.grid, asked.project
    windows = [window.of_definition(sheet) for window in asked.windows]
    each = (sheet.calculation, grid) if asked.in_each and isinstance(sheet.calculation, People) else None
    by, parts = sheet.by_columns
    of_columns = {label: measured(columns, sheet.of_column(name), grid) for label, name in parts.items()}
    tables = [
        _of_columns(columns, of_columns, by, fields)
        if by in fields
        else (_table if fields in measure.ways else _of_list)(measure, fields, each)
        for fields in ((), *sheet.disaggregations)
    ]
    if sheet.beside[0]:
        tables.append(_beside(sheet, measure, tables[0][1]))
    applies = np.array([_applies(project, sheet, window) for window in windows])
    cells = [cell for of_table, _ in tables for cell in of_table]
    received = np.array([asked.is_received(sheet, window) for window in windows])
    fine = np.array([are_told(project, sheet, window.start, window.end) for window in windows])
    numbers = _numbers(sheet, cells, _side_by_side([numbers for _, numbers in tables]), [applies, fine, received])
    return _days(windows, len(cells)) | _cells(sheet, cells, len(windows)) | numbers


def _table(
    measure: Breakdowns, fields: tuple[str, ...], each: tuple[People, Grid] | None = None
) -> tuple[list[Cell], Numbers]:
    """The cells of the total (no fields), or of the values by one or two fields, and their numbers.

    each: a calculation of people and its grid, to count them in every category.
    """
    labels, numbers = categories.labels_of(measure.columns, fields), measure.by(fields)
    codes = categories.codes_of(measure.columns, fields) if each else None
    if each and codes is not None:
        found = in_each_category(measure.columns, *each, codes)
        numbers = numbers._replace(numerator=found(codes, len(labels)))
    name = " × ".join(fields) or "total"
    return [(name, label) for label in labels], numbers


def _is_list(columns: Columns, fields: tuple[str, ...]) -> bool:
    return len(fields) == 1 and columns.located(fields[0]).field.type == "list"


def _of_list(
    measure: Breakdowns, fields: tuple[str, ...], each: tuple[People, Grid] | None
) -> tuple[list[Cell], Numbers]:
    """The values by a list: a row counts in each of its categories, so that they add up to the total or more."""
    columns, (name,) = measure.columns, fields
    located, held = columns.located(name), columns.members(name)
    labels, groups = [*(located.field.labels or ())], [*held.T]
    if located.may_be_missing:
        labels, groups = [*labels, categories.NOT_RECORDED], [*groups, ~held.any(axis=1)]
    found = []
    for group in groups:
        codes = np.where(group, 0, 1)
        numbers = measure.whole(codes, 2)
        if each:
            numbers = numbers._replace(numerator=in_each_category(columns, *each, codes)(codes, 2))
        found.append(numbers.first_category)
    return [(name, label) for label in labels], _side_by_side(found)


def _of_columns(
    columns: Columns, measures: Mapping[str, Measured], by: str, fields: tuple[str, ...]
) -> tuple[list[Cell], Numbers]:
    """The values by what columns are the categories of (by), and by another field. measures: of each column."""
    codes, others = categories.of_rows(columns, tuple(name for name in fields if name != by))
    found = _side_by_side([measure(codes, len(others)) for measure in measures.values()])
    pairs = [(label, other) for label in measures for other in others]
    if fields[0] != by:
        order = np.arange(len(pairs)).reshape(len(measures), len(others)).T.ravel()
        found = Numbers(found.numerator[:, order], None, found.counted[:, order], found.lacking[:, order])
        pairs = [pairs[place][::-1] for place in order]
    names = (" × ".join(pair) if len(fields) > 1 else pair[0] for pair in pairs)
    return [(" × ".join(fields), name) for name in names], found


def _beside(sheet: Sheet, measure: Breakdowns, total: Numbers) -> tuple[list[Cell], Numbers]:
    """The cells of the table beside a total: of a median the quartiles, of a gain how many changed, and how."""
    way, labels = sheet.beside
    if sheet.measure == "median":
        quartiles = measure.whole.found.quartiles
        assert quartiles  # of a median there are
        lower, _, upper = quartiles(None, 1)
        counted = np.repeat(total.counted, len(labels), axis=1)
        numbers = Numbers(np.hstack([lower, upper]), None, counted, np.zeros_like(counted))
        return [(way, label) for label in labels], numbers
    pairs, _, _, better, worse = total.pairs
    counts = np.hstack([better, pairs - better - worse, worse])
    there = np.where(pairs == 0, np.nan, counts)
    parts = tuple(np.repeat(part, len(labels), axis=1) for part in total.pairs)
    return [(way, label) for label in labels], Numbers(there, None, counts, np.zeros_like(counts), parts)


def _side_by_side(tables: Sequence[Numbers]) -> Numbers:
    """The numbers of several tables as those of one, with empty numbers where there is no denominator."""
    empty = [numbers._replace(denominator=np.full_like(numbers.numerator, np.nan)) for numbers in tables]
    whole = [filled if numbers.denominator is None else numbers for numbers, filled in zip(tables, empty, strict=True)]
    pairs = tuple(np.hstack(part) for part in zip(*(numbers.pairs for numbers in whole), strict=True))
    top, bottom, rows, lacking = (np.hstack(part) for part in zip(*(numbers[:4] for numbers in whole), strict=True))
    return Numbers(top, bottom, rows, lacking, pairs)


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
