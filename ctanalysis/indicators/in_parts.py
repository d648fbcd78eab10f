"""Values of records that do not fit into memory: part by part through Dask, each part one file of the largest table.

    file ─▶ checked alone ─▶ sums by place and category ─────────────▶ added ─┐
                          └▶ the first rows of its people ─▶ first of first ──┴▶ the values of calculate(), the findings

Of a part nothing else is kept. So what is calculated is what adds up: counts, sums, means, gains, levels and shares of
rows; and people who are counted once, by their first row. Every other sheet is refused by name before anything is read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from importlib.util import find_spec

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from ctanalysis.base.arrays import Floats
from ctanalysis.base.errors import Refused
from ctanalysis.indicators.adding import Breakdowns, add_up
from ctanalysis.indicators.counted_rows import counted_rows, is_row_by_row, is_simple
from ctanalysis.indicators.measures import ADD_UP
from ctanalysis.indicators.values import Asked, breakdowns, framed, parts_of, values_of
from ctanalysis.indicators.windows import Window
from ctanalysis.project import Project
from ctanalysis.project.calculations import Share
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.row_calculations import Level, People
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import Records
from ctanalysis.records.findings import Finding
from ctanalysis.records.missing import missing
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
    """What is kept of parts: other tables, the first rows of people, what sheets add up to, what was checked."""

    records: Records
    totals: Totals
    checked: Checked


@dataclass(frozen=True)
class _Parts:
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
        return breakdowns(Asked(self.project, records, self.windows), sheet, together=False)

    def first_rows(self, records: Records) -> Records:
        """Records with those rows of the table alone by which people are counted."""
        people = [sheet for sheet in self.sheets if not is_row_by_row(sheet)]
        found = [counted_rows(self.measure(records, sheet).columns, _rows_of(sheet)).rows for sheet in people]
        chosen = np.unique(np.concatenate(found)) if found else slice(0)
        rows = records[self.table][self._read].iloc[chosen].reset_index(drop=True)
        return Records({**records.frames, self.table: rows}, came=records.came)

    @property
    def _read(self) -> list[str]:
        """The columns of the table that its sheets name, and its keys."""
        table = self.project.package.tables[self.table]
        texts = {text for sheet in self.sheets for text in _texts(sheet.calculation.model_dump())}
        texts |= {name.removesuffix(COARSE) for sheet in self.sheets for way in sheet.disaggregations for name in way}
        return [name for name in table.fields if name in {*table.keys, *table.references, *texts}]


def in_parts(project: Project, table: str, windows: Sequence[Window], sheets: Sequence[Sheet] | None = None) -> InParts:
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
    import dask  # stands beside the environment, where somebody asked for it

    of_table = [one for sheet in sheets for one in parts_of(sheet) if one.calculation.table == table]
    asked = _Parts(project, table, windows, of_table)
    whole = reduce(dask.delayed(asked.both), [dask.delayed(asked.part)(path) for path in files])
    [kept] = dask.compute(whole, scheduler="synchronous")
    check_together(table, kept.checked)
    gone = missing(project, {**kept.records.came, table: kept.checked.came})
    values = _values(Asked(project, replace(kept.records, missing=gone), windows), table, kept.totals, sheets)
    return InParts(values, tuple(sorted(kept.checked.findings)), kept.checked.tally)


def _values(asked: Asked, table: str, totals: Totals, sheets: Sequence[Sheet]) -> pd.DataFrame:
    """The values, of what the parts of a table came to; among the records are the first rows of people."""
    measures = [
        [breakdowns(asked, one, together=one.calculation.table != table) for one in parts_of(sheet)] for sheet in sheets
    ]
    each = [one for of_sheet in measures for one in of_sheet]
    add_up([one for one in each if one.columns.table != table])
    for one, added in zip((one for one in each if one.columns.table == table), totals, strict=True):
        one.totals = added
        if not one.is_row_by_row:
            one.add_counted()
    return framed([values_of(asked, sheet, of_sheet) for sheet, of_sheet in zip(sheets, measures, strict=True)])


def _texts(told: object) -> Iterator[str]:
    """All texts within what a calculation says, names of fields among them."""
    if isinstance(told, dict):
        told = [*told, *told.values()]
    if isinstance(told, (list, tuple)):
        for one in told:
            yield from _texts(one)
    elif isinstance(told, str):
        yield told


def _rows_of(sheet: Sheet) -> People:
    """The people whom a sheet counts; of a share also those who are in neither part."""
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
        yield from _refused_part(one)
        for name in {name for way in one.disaggregations for name in way} - {sheet.by_columns[0]}:
            if project.package.locate(table, name).field.type == "list":
                yield f"'{name}' is a list"


def _refused_part(sheet: Sheet) -> Iterator[str]:
    """Why the numbers of parts do not come to that of the whole."""
    rows = sheet.row_calculation
    if sheet.measure not in ADD_UP:
        yield f"a {sheet.measure} does not add up"
    elif isinstance(sheet.calculation, Share) and sheet.calculation.reached:
        yield "a cohort is followed from one table to another"
    elif isinstance(rows, People) and (rows.also or not is_simple(rows)):
        yield "its people are not counted once, by the first row of one table"
    elif isinstance(rows, Level) and rows.person:
        yield "people who stand on a day are known of all rows only"


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of frames with the same columns, one below the other; categories stay categories."""
    columns = {name: [frame[name] for frame in frames] for name in frames[0]}
    return pd.DataFrame(
        {
            name: union_categoricals(parts) if parts[0].dtype == "category" else pd.concat(parts, ignore_index=True)
            for name, parts in columns.items()
        }
    )
