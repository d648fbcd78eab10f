"""Whether the records came that a sheet's value of some days is calculated from, and what of them did not."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from ctanalysis.periods import Period
from ctanalysis.project.calculations import Share
from ctanalysis.project.numerators import InTime, Reached
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Level
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.counted import rows_of
from ctanalysis.records.missing import Missing, overlaps
from ctanalysis.records.not_due import are_empty

ByTable = Mapping[str, Sequence[Missing]]


def is_received(project: Project, missing: ByTable, sheet: Sheet, start: date, end: date) -> bool:
    """Whether anything came of the records that a sheet's value of these days is calculated from.

    Of a level only the quarter of the last day decides, unless it is over days. Of both parts of a ratio the same
    quarters came, and of a share that follows people or rows to what they reached, all. missing: as missing() gives it.
    """
    if unseen(missing, sheet, start, end):
        return False
    for table, first in _read(sheet, start, end):
        if are_empty(project, [one.quarter for one in missing.get(table, ()) if one.is_month], first, end):
            return False
        gone = [one.quarter for one in within(missing.get(table, ()), first, end) if one.is_whole]
        if gone and all(q in gone for q in project.calendar.completed("quarter") if overlaps(q, first, end)):
            return False
    return sheet.measure != "ratio" or _are_of_one_time(missing, sheet, start, end)


def unseen(missing: ByTable, sheet: Sheet, start: date, end: date) -> list[Period]:
    """The quarters that never came in which somebody may have reached what a share asks for; empty of other measures.

    Whoever is followed into records that never came would count as not having reached it, which nobody knows. Where
    nobody is known to send a table, a quarter without a row may have been sent: it is only said beside the number.
    """
    if not _asked(sheet):
        return []
    found = (one for one in lacking(missing, sheet, start, end) if one.is_whole)
    gone = [one.quarter for one in found if one.partners or not one.is_due]
    return sorted({*gone}, key=lambda quarter: quarter.start)


def _asked(sheet: Sheet) -> Reached | InTime | None:
    """What a share follows people or rows to; None of other measures."""
    share = sheet.calculation if isinstance(sheet.calculation, Share) else None
    return (share.reached or share.in_time) if share else None


def _are_of_one_time(missing: ByTable, sheet: Sheet, start: date, end: date) -> bool:
    """Whether the same quarters came of both parts of a ratio: a year's spending is not divided by half its calls.

    What stands on a day is of no quarter.
    """
    tables = {part.table for part in rows_of(sheet) if not isinstance(part, Level)}
    whole = [{one.quarter for one in within(missing.get(name, ()), start, end) if one.is_whole} for name in tables]
    return all(gone == whole[0] for gone in whole)


def lacking(missing: ByTable, sheet: Sheet, start: date, end: date) -> tuple[Missing, ...]:
    """What did not come of the records that a sheet's value of these days is calculated from, owed() first."""
    return (*owed(missing, sheet, start, end), *deciding(missing, sheet, start, end))


def deciding(missing: ByTable, sheet: Sheet, start: date, end: date) -> tuple[Missing, ...]:
    """That of it which decides whether the value is received."""
    read = _read(sheet, start, end)
    return tuple(one for table, first in read for one in within(missing.get(table, ()), first, end))


def owed(missing: ByTable, sheet: Sheet, start: date, end: date) -> tuple[Missing, ...]:
    """Of a level, what somebody who used to send it owes of earlier quarters: whoever began then may stand.

    Nothing where later deliveries have the rows of these quarters, too.
    """
    found = dict[tuple[str, Missing], None]()
    levels = {part.table for part in rows_of(sheet) if isinstance(part, Level)}
    for table, first in ((table, first) for table, first in _read(sheet, start, end) if table in levels):
        before = (one for one in missing.get(table, ()) if not one.is_month and one.quarter.end < first)
        found |= {(table, one): None for one in before if one.partners and not one.comes_anew}
    return tuple(one for _, one in found)


def within(missing: Sequence[Missing], start: date, end: date) -> tuple[Missing, ...]:
    """Those of a table's Missing that are of these days; a month of a quarter that is not over is no due one."""
    return tuple(one for one in missing if not one.is_month and overlaps(one.quarter, start, end))


def _read(sheet: Sheet, start: date, end: date) -> list[tuple[str, date]]:
    """The tables that a sheet's value of these days is calculated from, each with the first day of what is read of it.

    Of a level, unless it is over days, it is the last day; of a cohort and of rows in time, the first of those whose
    days are over then.
    """
    asked = _asked(sheet)
    first = start - timedelta(asked.within) if asked and asked.within else start
    parts = ((part.table, end if isinstance(part, Level) and not part.over else first) for part in rows_of(sheet))
    return list(dict.fromkeys(parts))
