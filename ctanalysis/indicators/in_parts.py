"""Values of records that do not fit into memory: part by part through Dask, each part one file of the largest table.

    file ─▶ checked alone ─▶ sums by place and category ─────────────▶ added ─┐
                          └▶ the first rows of its people ─▶ first of first ──┴▶ the values of calculate(), the findings

Of a part nothing else is kept. So what is calculated is what adds up: counts, sums, means, gains, levels and shares of
rows; and people who are counted once, by their first row. Every other sheet is refused by name before anything is read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from ctanalysis.base.arrays import Floats
from ctanalysis.base.errors import Refused
from ctanalysis.indicators.adding import Breakdowns, add_up
from ctanalysis.indicators.measures import ADD_UP, counted_rows, is_row_by_row, is_simple
from ctanalysis.indicators.values import breakdowns, framed, parts_of, values_of
from ctanalysis.indicators.windows import Window
from ctanalysis.project import Project
from ctanalysis.project.calculations import Share
from ctanalysis.project.row_calculations import Level, People
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import Records
from ctanalysis.records.deliveries import missing
from ctanalysis.records.findings import Finding
from ctanalysis.records.parts import Checked, check_together, files_of, survey_part

NO_DASK = "Records are read in parts by Dask, which is not installed here: make cluster-extra installs it."
Totals = list[list[list[Floats]]]  # by sheet, as Breakdowns.totals


@dataclass(frozen=True)
class InParts:
    """The values of calculate(); the findings of records.survey, sorted; and its tally."""

    values: pd.DataFrame
    findings: tuple[Finding, ...]
    tally: pd.DataFrame


@dataclass(frozen=True)
class _Kept:
    """What is kept of parts: the other tables, the first rows of people, what the sheets add up to, what was checked."""

    records: Records
    totals: Totals
    checked: Checked


@dataclass(frozen=True)
class _Asked:
    """What is asked of the parts of a table. sheets: those that are calculated of it."""

    project: Project
    table: str
    windows: Sequence[Window]
    sheets: Sequence[Sheet]

    def part(self, path: str) -> _Kept:
        """What is kept of a file."""
        records, checked = survey_part(self.project, self.table, path)
        measures = [self.measure(records, sheet) for sheet in self.sheets]
        add_up(measures, counted=False)
        return _Kept(self.first_rows(records), [one.totals for one in measures], checked)

    def both(self, one: _Kept, other: _Kept) -> _Kept:
        """What is kept of two parts."""
        totals = [
            [[mine + more for mine, more in zip(*cubes, strict=True)] for cubes in zip(*of_sheet, strict=True)]
            for of_sheet in zip(one.totals, other.totals, strict=True)
        ]
        rows = _stacked([part.records[self.table] for part in (one, other)])
        records = replace(other.records, frames={**other.records.frames, self.table: rows})
        return _Kept(self.first_rows(records), totals, one.checked.and_(other.checked))

    def measure(self, records: Records, sheet: Sheet) -> Breakdowns:
        """What a sheet calculates of records."""
        return breakdowns(self.project, records, sheet, self.windows, together=False)

    def first_rows(self, records: Records) -> Records:
        """Records with those rows of the table alone by which people are counted."""
        found = [np.zeros(0, np.int64)]
        for sheet in (sheet for sheet in self.sheets if not is_row_by_row(sheet)):
            found.append(counted_rows(self.measure(records, sheet).columns, _rows_of(sheet)).rows)
        rows = records[self.table].iloc[np.unique(np.concatenate(found))].reset_index(drop=True)
        return Records({**records.frames, self.table: rows}, came=records.came)


def in_parts(
    project: Project, table: str, windows: Sequence[Window], sheets: Sequence[Sheet] | None = None
) -> InParts:
    """The values of sheets (all by default) in windows, of a table that is read file by file.

    Memory is that of one file, of the other tables, of one row for each person, and of 8 bytes for each key. Refused:
    Dask is not installed, sheets that cannot be calculated in parts, checks that compare rows of several files, files
    that cannot be read.
    """
    sheets = project.sheets if sheets is None else sheets
    refused = [f"indicator {sheet.code} cannot: {why}" for sheet in sheets for why in _refused(project, table, sheet)]
    if refused:
        raise Refused(f"What table '{table}' is read for cannot all be calculated in parts: {'; '.join(refused)}.")
    files = files_of(project, table)
    if not find_spec("dask"):
        raise Refused(NO_DASK)
    dask: Any = import_module("dask")
    of_table = [one for sheet in sheets for one in parts_of(sheet) if one.calculation.table == table]
    asked = _Asked(project, table, windows, of_table)
    whole = reduce(dask.delayed(asked.both), [dask.delayed(asked.part)(path) for path in files])
    [kept] = dask.compute(whole, scheduler="synchronous")
    check_together(table, kept.checked)
    gone = missing(project, {**kept.records.came, table: kept.checked.came})
    values = _values(asked, replace(kept.records, missing=gone), kept.totals, sheets)
    return InParts(values, tuple(sorted(kept.checked.findings)), kept.checked.tally)


def _values(asked: _Asked, records: Records, totals: Totals, sheets: Sequence[Sheet]) -> pd.DataFrame:
    """The values, of what the parts came to. records: with the first rows of people."""
    measures = [
        [breakdowns(asked.project, records, one, asked.windows, one.calculation.table != asked.table) for one in parts]
        for parts in map(parts_of, sheets)
    ]
    each = [one for of_sheet in measures for one in of_sheet]
    of_table = [one for one in each if one.columns.table == asked.table]
    add_up([one for one in each if one.columns.table != asked.table])
    for one, added in zip(of_table, totals, strict=True):
        one.totals = added
        if not one.is_row_by_row:
            one.add_counted()
    pairs = zip(sheets, measures, strict=True)
    return framed([values_of(asked.project, records, sheet, asked.windows, False, of) for sheet, of in pairs])


def _rows_of(sheet: Sheet) -> People:
    """The people whom a sheet counts; of a share those whose first rows are looked at, also if it is in neither part."""
    rows = sheet.calculation.denominator if isinstance(sheet.calculation, Share) else sheet.row_calculation
    assert isinstance(rows, People)  # all others are row by row, or refused
    return rows


def _refused(project: Project, table: str, sheet: Sheet) -> Iterator[str]:
    """Why a sheet that reads a table cannot be calculated in parts."""
    parts = [one for one in sheet.by_table if one.calculation.table == table]
    if not parts:
        return
    if sheet.rounds:
        yield "its survey round is known of all rows only"
    if len(sheet.parts) > 1 and len({one.calculation.table for one in sheet.parts}) == 1:
        yield "a ratio of one table counts each of its rows once for both parts"
    if sheet.by_columns[0]:
        yield "columns are its categories"
    for one in parts:
        rows = one.row_calculation
        if one.measure not in ADD_UP:
            yield f"a {one.measure} does not add up"
        elif isinstance(one.calculation, Share) and one.calculation.reached:
            yield "a cohort is followed from one table to another"
        elif isinstance(rows, People) and (rows.also or not is_simple(rows)):
            yield "its people are not counted once, by the first row of one table"
        elif isinstance(rows, Level) and rows.person:
            yield "people who stand on a day are known of all rows only"
        for name in {name for way in one.disaggregations for name in way} - {sheet.by_columns[0]}:
            if project.package.locate(table, name).field.type == "list":
                yield f"'{name}' is a list"


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of frames with the same columns, one below the other; categories stay categories."""
    columns = {name: [frame[name] for frame in frames] for name in frames[0]}
    return pd.DataFrame(
        {
            name: union_categoricals(parts) if parts[0].dtype == "category" else pd.concat(parts, ignore_index=True)
            for name, parts in columns.items()
        }
    )
