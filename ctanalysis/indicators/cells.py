"""The cells of a sheet's values, by each way to break it down, and their numbers."""

from collections.abc import Mapping, Sequence

import numpy as np

from ctanalysis.indicators import categories
from ctanalysis.indicators.adding import Breakdowns
from ctanalysis.indicators.counting import Grid
from ctanalysis.indicators.measures import Measured, Numbers, in_each_category
from ctanalysis.project.row_calculations import People
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.columns import Columns

Cell = tuple[str, str]  # disaggregation and category


def is_list(columns: Columns, fields: tuple[str, ...]) -> bool:
    return len(fields) == 1 and columns.located(fields[0]).field.type == "list"


def of_fields(
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


def of_list(
    measure: Breakdowns, fields: tuple[str, ...], each: tuple[People, Grid] | None
) -> tuple[list[Cell], Numbers]:
    """The values by a list: a row counts in each of its categories, or in none; they do not add up to the total."""
    columns, (name,) = measure.columns, fields
    located, held = columns.located(name), columns.members(name)
    labels, groups = [*(located.field.labels or ())], [*held.T]
    if located.may_be_missing:
        labels, groups = [*labels, categories.NOT_RECORDED], [*groups, columns.small_codes(name) < 0]
    found = []
    for group in groups:
        codes = np.where(group, 0, 1)
        numbers = measure.whole(codes, 2)
        if each:
            numbers = numbers._replace(numerator=in_each_category(columns, *each, codes)(codes, 2))
        found.append(numbers.first_category)
    return [(name, label) for label in labels], side_by_side(found)


def of_columns(
    columns: Columns, measures: Mapping[str, Measured], by: str, fields: tuple[str, ...]
) -> tuple[list[Cell], Numbers]:
    """The values by what columns are the categories of (by), and by another field. measures: of each column."""
    codes, others = categories.of_rows(columns, tuple(name for name in fields if name != by))
    found = side_by_side([measure(codes, len(others)) for measure in measures.values()])
    pairs = [(label, other) for label in measures for other in others]
    if fields[0] != by:
        order = np.arange(len(pairs)).reshape(len(measures), len(others)).T.ravel()
        found = Numbers(found.numerator[:, order], None, found.counted[:, order], found.lacking[:, order])
        pairs = [pairs[place][::-1] for place in order]
    names = (" × ".join(pair) if len(fields) > 1 else pair[0] for pair in pairs)
    return [(" × ".join(fields), name) for name in names], found


def beside(sheet: Sheet, measure: Breakdowns, total: Numbers) -> tuple[list[Cell], Numbers]:
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


def side_by_side(tables: Sequence[Numbers]) -> Numbers:
    """The numbers of several tables as those of one, with empty numbers where there is no denominator."""
    empty = [numbers._replace(denominator=np.full_like(numbers.numerator, np.nan)) for numbers in tables]
    whole = [filled if numbers.denominator is None else numbers for numbers, filled in zip(tables, empty, strict=True)]
    pairs = tuple(np.hstack(part) for part in zip(*(numbers.pairs for numbers in whole), strict=True))
    top, bottom, rows, lacking = (np.hstack(part) for part in zip(*(numbers[:4] for numbers in whole), strict=True))
    return Numbers(top, bottom, rows, lacking, pairs)
