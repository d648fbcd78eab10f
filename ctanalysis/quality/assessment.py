"""The verdicts on a period's data: one row for each indicator and standard, with every number; for internal/ only."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from ctanalysis.indicators import Window, calculate
from ctanalysis.indicators.values import NOT_RECORDED
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.row_calculations import Count, Level
from ctanalysis.project.sheets import Sheet
from ctanalysis.quality.basis import Basis
from ctanalysis.quality.data import Data
from ctanalysis.quality.failing import failed_by, shortened
from ctanalysis.quality.standards import MET, NOT_MET, STANDARDS, UNKNOWN, Counted, Result, validity
from ctanalysis.records import UNREAD, Records
from ctanalysis.records.typed import any_of

NUMBERS = (
    "rows",
    "held_back",
    "implausible",
    "doubtful",
    "corrected",
    "not_recorded",
    "changed",
    "gaps",
    "deliveries",
    "late",
    "latest",
    "missing",
)
LIFE = "LOP"  # the project to date, where no quarter of it fails by itself
TOLD = ("indicator", "standard", "evidence", "failed_by")
COLUMNS = ("indicator", "standard", "verdict", "days", "evidence", "failed_by", *NUMBERS)


def assess(project: Project, records: Records, period: Period) -> pd.DataFrame:
    """The verdicts on a period's data, with their evidence.

    Returns a frame with COLUMNS: verdict "met", "not met" or "cannot be said"; days in which it was not
    met, labels with blanks between them; evidence a sentence; failed_by the rows with their days, or the
    deliveries, that it was not met by; the numbers as Int64, missing where the
    standard has no such number (see standards for what each is). Numbers of tables about people are in
    it: it is not public.
    """
    return _assessed(Data(project, records), period)


def _assessed(data: Data, period: Period) -> pd.DataFrame:
    """assess() on data of which others are asked, too."""
    project = data.project
    counted = _counted(project, data.records, _first_day(project, period), period.end, _readable(data, period))
    rows = [
        (
            basis.sheet.code,
            standard,
            result.verdict,
            _label(period, result),
            result.evidence,
            failed_by(basis, standard) if result.verdict == NOT_MET else "",
            *(result.numbers.get(name) for name in NUMBERS),
        )
        for basis in (_basis(data, sheet, period) for sheet in project.sheets)
        for standard, result in _of_sheet(basis, counted.get(basis.sheet.code))
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS]).astype(dict.fromkeys(NUMBERS, "Int64"))


def verdicts(project: Project, records: Records, period: Period) -> pd.DataFrame:
    """The verdicts of a report: those of assess() on the period, with the validity of what it is compared with.

    Validity also fails where it does in any other days whose values the report shows beside its own:
    rows held back last year make this year's rise as untrue as rows held back now do. Returns a frame
    as assess() does. Not public.
    """
    data, calendar = Data(project, records), project.calendar
    frame = _assessed(data, period)
    to_date = Period("the project to date", "project", project.facts.start, period.end)
    for other in filter(None, (calendar.previous(period), calendar.same_last_year(period), to_date)):
        if other.end >= project.facts.start and other != period:
            for sheet in _readable(data, period):
                basis = _basis(data, sheet, other)
                compared = validity(basis, (0, []))
                if compared.verdict == NOT_MET:
                    days = _quarters(data, sheet, period) if other == to_date else [other.label]
                    evidence = f". In {other.label}, told beside it: {compared.evidence}"
                    _fail(frame, sheet, days or [LIFE], evidence, failed_by(basis, "validity"))
    return frame


def _label(period: Period, result: Result) -> str:
    return period.label if result.verdict == NOT_MET else ""


def _quarters(data: Data, sheet: Sheet, period: Period) -> list[str]:
    """The quarters of the project up to a period's end whose validity is not met by itself."""
    quarters = [quarter for quarter in data.project.calendar.completed("quarter") if quarter.end <= period.end]
    return [q.label for q in quarters if validity(_basis(data, sheet, q), (0, [])).verdict == NOT_MET]


def _fail(frame: pd.DataFrame, sheet: Sheet, days: Sequence[str], evidence: str, by: str) -> None:
    """Fails the validity of an indicator for days; its evidence says so, and by what, where it does not yet."""
    row = (frame["indicator"] == sheet.code) & (frame["standard"] == "validity")
    frame.loc[row & (frame["verdict"] != NOT_MET), ["evidence", "failed_by"]] += [evidence, by]
    frame.loc[row, "verdict"] = NOT_MET
    frame.loc[row, "days"] = [" ".join(dict.fromkeys([*known.split(), *days])) for known in frame.loc[row, "days"]]


def _basis(data: Data, sheet: Sheet, period: Period) -> Basis:
    return Basis(data, sheet, _first_day(data.project, period), period.end)


def _first_day(project: Project, period: Period) -> date:
    """The first day of a period that is one of the project."""
    return max(period.start, project.facts.start)


def _readable(data: Data, period: Period) -> list[Sheet]:
    """The sheets for which every file that they rest on could be read."""
    unread = {finding.table for finding in data.records.of(UNREAD)}
    sheets = data.project.sheets
    return [sheet for sheet in sheets if unread.isdisjoint(_basis(data, sheet, period).tables)] if unread else [*sheets]


def write(project: Project, records: Records, period: Period, folder: Path) -> pd.DataFrame:
    """Writes verdicts() as quality.csv into a folder, which must be one of internal/, and returns it."""
    frame = verdicts(project, records, period)
    frame.to_csv(folder / "quality.csv", index=False, lineterminator="\n", encoding="utf-8")
    return frame


def summary(frame: pd.DataFrame, period: Period) -> str:
    """The text for the screen: how many there are of each verdict; what was not met, its evidence, and by what.

    frame: as verdicts() returns it.
    """
    counts = frame["verdict"].value_counts()
    failed = frame[frame["verdict"] == NOT_MET]
    totals = ", ".join(f"{verdict} {counts.get(verdict, 0)}" for verdict in (MET, NOT_MET, UNKNOWN))
    lines = [f"The five data quality standards in {period}: {totals}."]
    for code, standard, evidence, by in failed[[*TOLD]].itertuples(index=False, name=None):
        lines.append(f"not met: indicator {code}, {standard}: {evidence}.")
        lines += [f"  {shortened(by)}"] if by else []
    return "\n".join(lines)


def failures(frame: pd.DataFrame) -> dict[str, str]:
    """By indicator, what its data failed each standard by, as short as a page needs it. Not public.

    frame: as verdicts() returns it.
    """
    found: dict[str, list[str]] = {}
    failed = frame[(frame["verdict"] == NOT_MET) & (frame["failed_by"] != "")]
    for code, standard, _, by in failed[[*TOLD]].itertuples(index=False, name=None):
        found.setdefault(code, []).append(f"{standard}: {shortened(by)}")
    return {code: "; ".join(parts) for code, parts in found.items()}


def _of_sheet(basis: Basis, counted: Counted | None) -> Iterator[tuple[str, Result]]:
    """The standards of a sheet. counted: its rows; None where they could not be read."""
    if counted is None:
        yield from ((standard, Result(UNKNOWN, "A file of its records could not be read")) for standard in STANDARDS)
        return
    needed = [(title, int(mask.sum())) for title, mask in basis.lacking]
    lack = int(any_of((mask for _, mask in basis.lacking), len(basis.used)).sum())
    for standard, look in STANDARDS.items():
        yield standard, look(basis, (counted[0] + lack, [*needed, *counted[1]]))


def _counted(project: Project, records: Records, start: date, end: date, sheets: Sequence[Sheet]) -> dict[str, Counted]:
    """By sheet, how many rows count in the days; of each field of its breakdowns its title, and how many lack it."""
    counting = [_rows_of(sheet) for sheet in sheets]
    used = replace(records, missing={})  # the rows that there are, whatever did not come
    values = calculate(project, used, [Window("period", start, end)], counting)
    rows: list[Any] = list(values.itertuples(index=False))  # of whose columns the stubs know nothing
    counts = {
        (row.indicator, row.disaggregation, row.category): int(row.value) if row.status == "exact" else 0
        for row in rows
    }
    return {
        sheet.code: (
            counts[sheet.code, "total", "all"],
            [
                (
                    project.package.locate(sheet.calculation.table, name).field.title,
                    counts.get((sheet.code, name, NOT_RECORDED), 0),
                )
                for (name,) in sheet.disaggregations
            ],
        )
        for sheet in counting
    }


def _rows_of(sheet: Sheet) -> Sheet:
    """The sheet as one that counts rows, by each field of its breakdowns alone, whenever its definition began."""
    part = sheet.row_calculation
    fields = [(name,) for name in sheet.fields_broken_down]
    counting: Count | Level
    if isinstance(part, Level):
        counting = part.model_copy(update={"column": None, "person": None})
    else:
        counting = Count(measure="count", table=part.table, date=part.date, where=part.where, any=part.any)
    return sheet.model_copy(update={"calculation": counting, "disaggregations": tuple(fields), "valid_from": None})
