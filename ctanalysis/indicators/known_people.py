"""Who is known by a day, and in which category: what a breakdown that waits is told of (see disclosure.waiting)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ctanalysis.indicators.counted_rows import counted_rows, parts_of_share
from ctanalysis.indicators.counting import Counted
from ctanalysis.indicators.stacked import columns_of
from ctanalysis.project import Project
from ctanalysis.project.calculations import Share
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.row_calculations import People, Rows
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import Records
from ctanalysis.records.columns import EPOCH, Columns
from ctanalysis.records.received import is_received
from ctanalysis.records.whole_periods import are_told

COUNTED, REST = "counted", "rest"  # of the rows of a share: in the numerator, and not
LATE = "late"  # of a cohort: not in the numerator, and in the state all the same

Known = dict[str, str | None]  # by person, or by the key of a row, the category; None where it is not recorded


def known(project: Project, records: Records, sheet: Sheet, by: str, days: Iterable[date]) -> dict[str, Known]:
    """By day (ISO), the people of a sheet who are known by then, each with the category of the row that counts.

    by: a field; of its coarse form, too, the categories are those of the field itself. Of a share, "total": its rows by
    their primary key, COUNTED or REST; of a cohort, people who entered in quarters of which all have fallen due: LATE
    too, and None for who is in the state alone. A day up to which no records came, or that they do not know, is left
    out.
    """
    columns, start = columns_of(project.package, records, sheet), begins(project, sheet)
    seen = _Rows.of(columns, sheet, by)
    missing = getattr(records, "missing", {})
    there = [day for day in days if is_received(project, missing, sheet, start, day) and day >= start]
    return {
        day.isoformat(): seen.within(*(one.toordinal() - EPOCH for one in (start, day, _all_due(project, sheet, day))))
        for day in there
        if are_told(project, sheet, start, day)
    }


def _all_due(project: Project, sheet: Sheet, day: date) -> date:
    """The day up to which people count: of a cohort, when the days of all who entered in that quarter are over.

    Of other days the number of people who entered is not told: whole quarters alone are totals.
    """
    days = _days_of_cohort(sheet)
    if not days:
        return day
    quarter = project.calendar.containing(day - timedelta(days), "quarter")
    last = quarter.end if quarter.end + timedelta(days) <= day else quarter.start - timedelta(1)
    return last + timedelta(days)


def _days_of_cohort(sheet: Sheet) -> int:
    """So many days after they entered people are counted."""
    reached = sheet.calculation.reached if isinstance(sheet.calculation, Share) else None
    return reached.within or 0 if reached else 0


def begins(project: Project, sheet: Sheet) -> date:
    """The first day of the project, or of the sheet's definition where that is later."""
    return max(project.facts.start, sheet.valid_from or project.facts.start)


@dataclass(frozen=True)
class _Rows:
    """The rows that a sheet counts. names, labels: of each row of the table, its person or its own key, its category.

    inside: of a share, the rows of its numerator. state: of a cohort, all rows of the state that it asks, and whose.
    days: of a cohort, after how many people are counted.
    """

    counted: Counted
    names: Sequence[str]
    labels: Sequence[str | None] = ()
    inside: Counted | None = None
    state: tuple[Counted, Sequence[str]] | None = None
    days: int = 0

    @classmethod
    def of(cls, columns: Columns, sheet: Sheet, by: str) -> "_Rows":
        calculation = sheet.calculation
        if isinstance(calculation, Share):
            inside, counted = parts_of_share(columns, calculation)
            names = _names(columns, calculation.denominator)
            return cls(counted, names, inside=inside, state=_state(columns, calculation), days=_days_of_cohort(sheet))
        located = columns.located(by.removesuffix(COARSE))
        labels = [*(located.field.labels or ()), None]  # -1, for missing, is the last
        codes = columns.codes(by.removesuffix(COARSE)).tolist()
        rows = sheet.row_calculation
        return cls(counted_rows(columns, rows), _names(columns, rows), [labels[code] for code in codes])

    def within(self, start: int, end: int, due: int) -> Known:
        """due: the last day of those counted."""
        rows = self.counted.within(start + self.days, due)
        names = [self.names[row] for row in rows]
        if self.inside is None:
            return dict(zip(names, (self.labels[row] for row in rows), strict=True))
        counted = np.isin(rows, self.inside.within(start + self.days, due))
        people: Known = {name: COUNTED if one else REST for name, one in zip(names, counted, strict=True)}
        if self.state:
            state, whose = self.state
            for name in {whose[row] for row in state.within(start, end)}:
                people[name] = LATE if people.get(name) == REST else people.get(name)
        return people


def _state(columns: Columns, calculation: Share) -> tuple[Counted, list[str]] | None:
    """All rows of the state that a cohort asks, of whoever, and whose each row of their table is."""
    if not calculation.reached:
        return None
    states, part = Columns(columns.package, columns.records, calculation.reached.table), calculation.reached.people
    return counted_rows(states, part), _names(states, part)


def _names(columns: Columns, calculation: Rows) -> list[str]:
    """Of each row, who or what is counted by it."""
    if isinstance(calculation, People):
        return [str(name) for name in columns.texts(calculation.person)]
    frame, keys = columns.records[columns.table], columns.package.tables[columns.table].keys
    return ["\x1f".join(map(str, row)) for row in zip(*(frame[key] for key in keys), strict=True)]
