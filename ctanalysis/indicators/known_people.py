"""Who is known by a day, and in which category: what a breakdown that waits is told of (see disclosure.waiting)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ctanalysis.indicators.counting import Counted
from ctanalysis.indicators.measures import counted_rows, parts_of_share
from ctanalysis.project import Project
from ctanalysis.project.calculations import Count, Extreme, Level, Mean, People, Share, Sum
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import Records
from ctanalysis.records.columns import EPOCH, Columns
from ctanalysis.records.deliveries import is_received
from ctanalysis.records.whole_periods import are_told

COUNTED, REST = "counted", "rest"  # of the rows of a share: in the numerator, and not

Known = dict[str, str | None]  # by person, or by the key of a row, the category; None where it is not recorded


def known(project: Project, records: Records, sheet: Sheet, by: str, days: Iterable[date]) -> dict[str, Known]:
    """By day (ISO), the people of a sheet who are known by then, each with the category of the row that counts.

    by: a field; of its coarse form, too, the categories are those of the field itself. Of a share, "total": its rows by
    their primary key, COUNTED or REST. A day up to which no records came, or that they do not know, is left out.
    """
    columns, start = Columns(project.package, records, sheet.calculation.table), begins(project, sheet)
    seen = _Rows.of(columns, sheet, by)
    missing = getattr(records, "missing", {})
    there = [day for day in days if is_received(project, missing, sheet, start, day) and day >= start]
    return {
        day.isoformat(): seen.within(*(one.toordinal() - EPOCH for one in (start, day)))
        for day in there
        if are_told(project, sheet, start, day)
    }


def begins(project: Project, sheet: Sheet) -> date:
    """The first day of the project, or of the sheet's definition where that is later."""
    return max(project.facts.start, sheet.valid_from or project.facts.start)


@dataclass(frozen=True)
class _Rows:
    """The rows that a sheet counts. names, labels: of each row of the table, its person or its own key, its category.

    inside: of a share, the rows of its numerator.
    """

    counted: Counted
    names: Sequence[str]
    labels: Sequence[str | None] = ()
    inside: Counted | None = None

    @classmethod
    def of(cls, columns: Columns, sheet: Sheet, by: str) -> "_Rows":
        calculation = sheet.calculation
        if isinstance(calculation, Share):
            inside, counted = parts_of_share(columns, calculation)
            return cls(counted, _names(columns, calculation.denominator), inside=inside)
        located = columns.located(by.removesuffix(COARSE))
        labels = [*(located.field.labels or ()), None]  # -1, for missing, is the last
        codes = columns.codes(by.removesuffix(COARSE)).tolist()
        rows = sheet.row_calculation
        return cls(counted_rows(columns, rows), _names(columns, rows), [labels[code] for code in codes])

    def within(self, start: int, end: int) -> Known:
        rows = self.counted.within(start, end)
        names = [self.names[row] for row in rows]
        if self.inside is None:
            return dict(zip(names, (self.labels[row] for row in rows), strict=True))
        counted = np.isin(rows, self.inside.within(start, end))
        return {name: COUNTED if one else REST for name, one in zip(names, counted, strict=True)}


def _names(columns: Columns, calculation: Count | Sum | Mean | Extreme | People | Level) -> list[str]:
    """Of each row, who or what is counted by it."""
    if isinstance(calculation, People):
        return [str(name) for name in columns.texts(calculation.person)]
    frame, keys = columns.records[columns.table], columns.package.tables[columns.table].keys
    return ["\x1f".join(map(str, row)) for row in zip(*(frame[key] for key in keys), strict=True)]
