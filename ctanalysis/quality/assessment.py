"""The verdicts on a period's data: one row for each indicator and standard, with every number; for internal/ only."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from ctanalysis.language import Speech
from ctanalysis.language.catalogue import FIRST
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet
from ctanalysis.quality.basis import Basis
from ctanalysis.quality.data import Data
from ctanalysis.quality.failing import failed_by, failed_by_in, shortened
from ctanalysis.quality.standards import MET, NOT_MET, STANDARDS, UNKNOWN, Result, of_sheet
from ctanalysis.records import UNREAD, Records
from ctanalysis.records.findings import ENGLISH

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
# the titles of fields in the evidence of precision, which the project has in its languages
WITHOUT = re.compile("(?<=; without )[^:]+(?=: )|(?<=; with )[^:]+?(?= before )|(?<= before )[^:]+(?=: )")
UNREADABLE = "A file of its records could not be read"
LIFE = "LOP"  # the project to date, where no quarter of it fails by itself
VERDICTS = {MET: "met", NOT_MET: "not_met", UNKNOWN: "unknown"}  # as messages call their numbers
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
    readable = {sheet.code for sheet in _readable(data, period)}
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
        for standard, result in _of_sheet(basis, basis.sheet.code in readable)
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
                compared = of_sheet(basis, "validity")
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
    return [q.label for q in quarters if of_sheet(_basis(data, sheet, q), "validity").verdict == NOT_MET]


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
    parts = {sheet.code: _basis(data, sheet, period).parts for sheet in sheets}
    rests_on = {code: {table for part in its for table in part.tables} for code, its in parts.items()}
    return [sheet for sheet in sheets if unread.isdisjoint(rests_on[sheet.code])]


def write(project: Project, records: Records, period: Period, folder: Path) -> pd.DataFrame:
    """Writes verdicts() as quality.csv into a folder, which must be one of internal/, and returns it."""
    frame = verdicts(project, records, period)
    frame.to_csv(folder / "quality.csv", index=False, lineterminator="\n", encoding="utf-8")
    return frame


def summary(frame: pd.DataFrame, period: Period, speech: Speech = ENGLISH, titles: Collection[str] = ()) -> str:
    """The text for the screen: how many there are of each verdict; what was not met, its evidence, and by what.

    frame: as verdicts() returns it; titles: of the tables, behind which the evidence of several stands.
    """
    counts, plain = frame["verdict"].value_counts(), speech.plain
    failed = frame[frame["verdict"] == NOT_MET]
    numbers = {name: int(counts.get(verdict, 0)) for verdict, name in VERDICTS.items()}
    lines = [plain("check.standards", period=period.label, **numbers)]
    for code, standard, evidence, by in failed[[*TOLD]].itertuples(index=False, name=None):
        named = plain(f"standard.{standard}")
        lines.append(plain("check.not_met", code=code, standard=named, evidence=evidence_in(evidence, speech, titles)))
        lines += [f"  {failed_by_in(by, speech)}"] if by else []
    return "\n".join(lines)


def evidence_in(evidence: str, speech: Speech, titles: Collection[str] = ()) -> str:
    """The evidence in a language. titles: of the tables, behind which the evidence of several stands."""
    evidence = WITHOUT.sub(lambda title: speech.label(title[0]), evidence)
    if speech.code == FIRST or not titles:
        return speech.heard(evidence)
    named = "|".join(map(re.escape, sorted(titles, key=len, reverse=True)))
    parts = re.split(rf"(?:^|(?<=\. ))({named}): ", evidence)
    if len(parts) == 1:
        return speech.heard(evidence)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return ". ".join(f"{title}: {speech.heard(text.removesuffix('. '))}" for title, text in pairs)


def failures(frame: pd.DataFrame) -> dict[str, str]:
    """By indicator, what its data failed each standard by, as short as a page needs it. Not public.

    frame: as verdicts() returns it.
    """
    found: dict[str, list[str]] = {}
    failed = frame[(frame["verdict"] == NOT_MET) & (frame["failed_by"] != "")]
    for code, standard, _, by in failed[[*TOLD]].itertuples(index=False, name=None):
        found.setdefault(code, []).append(f"{standard}: {shortened(by)}")
    return {code: "; ".join(parts) for code, parts in found.items()}


def _of_sheet(basis: Basis, readable: bool) -> Iterator[tuple[str, Result]]:
    """The standards of a sheet. readable: whether its rows could be read."""
    for standard in STANDARDS:
        yield standard, of_sheet(basis, standard) if readable else Result(UNKNOWN, UNREADABLE)
