"""How many people lived there in the days of a window: the mean of calendar years, each weighted by its days."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ctanalysis.base.arrays import Floats
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet

Span = tuple[date, date]  # first and last day
Cell = tuple[str, str]  # disaggregation and category


def residents_behind(project: Project, sheet: Sheet, values: Mapping[str, NDArray[Any]], windows: int) -> Floats:
    """The mean residents behind each of a sheet's values. values: arrays of values.COLUMNS, of so many windows."""
    size = len(values["start"]) // windows
    starts, ends = ([*map(date.fromisoformat, values[name][::size])] for name in ("start", "end"))
    cells = [*zip(values["disaggregation"][:size], values["category"][:size], strict=True)]
    return mean_residents(project, sheet, [*zip(starts, ends, strict=True)], cells).ravel()


def mean_residents(project: Project, sheet: Sheet, spans: Sequence[Span], cells: Sequence[Cell]) -> Floats:
    """The mean residents of each span in each cell, an array (spans, cells): sum of residents x days / days.

    cells: of a sheet's values. NaN where the file lacks one of the years, or the category, as "not recorded".
    """
    years = range(min(start.year for start, _ in spans), max(end.year for _, end in spans) + 1)
    days = np.array([[_days(span, year) for year in years] for span in spans], float)
    there = np.array([_by_cell(project, sheet, year, cells) for year in years])
    added = sum(np.where(days[:, [k]] > 0, days[:, [k]] * there[[k]], 0.0) for k in range(len(years)))
    mean: Floats = added / days.sum(axis=1, keepdims=True)
    return mean


def years_lacking(project: Project, sheet: Sheet, start: date, end: date) -> list[tuple[tuple[str, ...], list[int]]]:
    """By what a sheet is broken down (nothing, for the total), the years of these days of which no residents are known.

    Only the ways in which some are.
    """
    years, population = range(start.year, end.year + 1), project.population
    lacking = [(fields, [year for year in years if not population.by(fields, year)]) for fields in _ways(sheet)]
    return [(fields, gone) for fields, gone in lacking if gone]


def _ways(sheet: Sheet) -> list[tuple[str, ...]]:
    return [(), *sheet.disaggregations]


def _days(span: Span, year: int) -> int:
    """How many days of a calendar year are in a span."""
    first, last = max(span[0], date(year, 1, 1)), min(span[1], date(year, 12, 31))
    return max(0, (last - first).days + 1)


def _by_cell(project: Project, sheet: Sheet, year: int, cells: Sequence[Cell]) -> list[float]:
    """The residents of a year in each cell, NaN where they are not known."""
    ways = {" × ".join(fields) or "total": fields for fields in _ways(sheet)}
    known = {way: project.population.by(fields, year) for way, fields in ways.items()}
    values = {name: _values(project, sheet, name) for fields in ways.values() for name in fields}
    found = []
    for way, category in cells:
        labels = category.split(" × ") if ways[way] else []
        cell = frozenset((name, values[name].get(label, "")) for name, label in zip(ways[way], labels, strict=True))
        found.append(float(known[way].get(cell, np.nan)))
    return found


def _values(project: Project, sheet: Sheet, name: str) -> dict[str, str]:
    """The value of each category of a field, by its label."""
    return {category.label: category.value for category in project.field(sheet, name).categories or ()}
