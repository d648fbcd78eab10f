"""What a standard failed by: rows with their days, quarters without rows, deliveries that came late or not at all.

For internal/ and the screen of make check. Of rows of tables about nobody it is public, too (see public). Of rows of
other tables the quarter stands in the place of the day, which is somebody's.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Mask
from ctanalysis.language import Speech
from ctanalysis.project.row_calculations import Level
from ctanalysis.quality import sources, standards
from ctanalysis.quality.basis import Basis
from ctanalysis.records.dating import Dated
from ctanalysis.records.findings import ENGLISH, shown

LONGEST = 300  # characters
FEW_DAYS = 5  # of more, the first and the last
NO_DAY = "no day that can be read"


def failed_by(basis: Basis, standard: str) -> str:
    """In words, what the data failed a standard by; empty where no row or delivery did (a definition that changed).

    Of a sheet of several parts, by what those failed it that did.
    """
    failed = (part for part in basis.parts if standards.STANDARDS[standard](part).verdict == standards.NOT_MET)
    return "; ".join(dict.fromkeys(words for part in failed for words in FAILED_BY[standard](part)))


def _invalid(basis: Basis) -> Iterator[str]:
    return _rows(basis, standards.implausible(basis), basis.held)


def _doubtful(basis: Basis) -> Iterator[str]:
    return _rows(basis, standards.doubtful(basis), standards.doubled(basis))


def _not_recorded(basis: Basis) -> Iterator[str]:
    most = max((lack.rows for lack in basis.missing), key=np.count_nonzero)
    return _rows(basis, most, np.zeros_like(basis.held))


def _silent(basis: Basis) -> Iterator[str]:
    tables, private = basis.project.package.tables, basis.project.package.private_fields()
    for table, rule, partner, quarter in sources.without_rows(basis):
        home = basis.project.package.locate(table, rule.by).table
        who = "somebody" if rule.by in private[home] else shown(partner)
        yield f"no row of {tables[table].title} by {who} in {quarter.label}"
    yield from _not_sent(basis)


def _late(basis: Basis) -> Iterator[str]:
    due = basis.project.quality.timeliness.due_days
    for (file, partner, period), days in sources.sent_after(basis).items():
        if days > due:
            yield f"{shown(file)} of {period} by {shown(partner)}, {days} days after its end"
    yield from _not_sent(basis)


LACKS = {"partly": "sent in part", "unusable": "sent without a row that can be used", "not_sent": "not sent"}


def _not_sent(basis: Basis) -> Iterator[str]:
    for table, one in sources.not_sent(basis):
        for partner in one.partners:
            title, what = basis.project.package.tables[table].title, LACKS[one.lacks(partner)]
            yield f"{title} of {one.quarter.label} {what} by {shown(partner)}"


FAILED_BY: dict[str, Callable[[Basis], Iterator[str]]] = {
    "validity": _invalid,
    "integrity": _doubtful,
    "precision": _not_recorded,
    "reliability": _silent,
    "timeliness": _late,
}


def _rows(basis: Basis, used: Mask, held: Mask) -> Iterator[str]:
    """Rows of the sheet's table by file: records/events.csv, rows 5, 9-12 (2014-10-02, 2014-10-07).

    used, held: which of its used and of its held-back rows.
    """
    places = basis.records.places[basis.table.name]
    is_held = places["held"].to_numpy(bool)
    named, days = np.zeros(len(places), bool), np.full(len(places), np.datetime64("NaT", "D"))
    for here, chosen, dated in ((~is_held, used, basis.data.days), (is_held, held, basis.data.held_days)):
        named[here] = chosen
        days[here] = _days(basis, dated)
    found = places.assign(day=days, path=places["path"].astype(str))[named]
    for (path, sheet), rows in found.groupby(["path", "sheet"], sort=False):
        where = f"{shown(str(path))}, sheet '{shown(str(sheet))}'" if sheet else shown(str(path))
        numbers = sorted(rows["row"].tolist())
        yield f"{where}, row{'s' if len(numbers) > 1 else ''} {ranges(numbers)} ({_told(basis, rows['day'])})"


def _days(basis: Basis, dated: Callable[[str, str], Dated]) -> np.ndarray:
    part = basis.sheet.row_calculation
    days, there = dated(basis.table.name, part.start if isinstance(part, Level) else part.date)
    return np.where(there, days, np.iinfo(np.int64).min).astype("datetime64[D]")


def ranges(numbers: Sequence[int]) -> str:
    """5, 9-12, 40: whole numbers in their order, with those that follow each other as one."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join("-".join(map(str, part)) for part in parts)


def _told(basis: Basis, days: pd.Series) -> str:
    """The different days or quarters, or of many the first and the last."""
    known = [day.date() for day in pd.to_datetime(days.dropna().drop_duplicates()).sort_values()]
    names = [str(day) for day in known]
    if basis.table.name not in basis.project.open_tables:
        names = list(dict.fromkeys(basis.project.calendar.containing(day, "quarter").label for day in known))
    names = names if len(names) <= FEW_DAYS else [f"{names[0]} to {names[-1]}"]
    return ", ".join([*names, *([NO_DAY] if days.isna().any() else [])])


def failed_by_in(by: str, speech: Speech) -> str:
    """What was failed by in a language, as short as a screen or a page has room for."""
    return shortened("; ".join(map(speech.heard, by.split("; "))), speech)


def shortened(text: str, speech: Speech = ENGLISH) -> str:
    """As much of what was failed by as a screen or a page has room for; quality.csv of make check has all of it."""
    if len(text) <= LONGEST:
        return text
    room = text[:LONGEST]
    what = room.rpartition(", ")[0] or room.rpartition(" ")[0].rstrip(";") or room
    return speech.plain("check.and_others", what=what)
