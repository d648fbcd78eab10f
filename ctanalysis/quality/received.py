"""What is missing of the records behind a value, in the words that stand beside it; and what came of a period.

Of a table about people no partner that sent nothing is counted in public: what its late file adds would be its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

import pandas as pd
from babel.lists import format_list

from ctanalysis.base.errors import Refused
from ctanalysis.indicators.residents import years_lacking
from ctanalysis.language import Speech, Worded
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.row_calculations import Level, People, columns_of
from ctanalysis.project.sheets import Sheet
from ctanalysis.quality.basis import Basis, Lack
from ctanalysis.records import Records
from ctanalysis.records.deliveries import sent
from ctanalysis.records.missing import Missing, overlaps
from ctanalysis.records.not_due import not_due
from ctanalysis.records.received import deciding, is_received, lacking, unseen, within
from ctanalysis.records.whole_periods import are_told, too_fine

ENGLISH = Speech()
SOME = ENGLISH.worded("lack.some")
DOUBTED = ENGLISH.worded("lack.doubted")


@dataclass(frozen=True)
class Arrival:
    """What came of a period. due: how many tables are due; whole: of how many of them something came in each quarter.

    Of a table that is due by halves or years, nothing is due in the quarters of one that is not over.

    in_part: of how many of these not all that partners used to send. untold: codes of the indicators of whose records
    nothing came. not_due: the label of the quarter of which a month is, while that is not over and nothing of it due.
    """

    due: int
    whole: int
    in_part: int
    untold: tuple[str, ...]
    not_due: str = ""


def arrival(project: Project, records: Records, period: Period) -> Arrival:
    """What came of a period."""
    found = {table: within(gone, period.start, period.end) for table, gone in records.missing.items()}
    due = {table: gone for table, gone in found.items() if _is_due(project, gone, period)}
    missing = {table: [one for one in gone if one.is_due] for table, gone in due.items()}
    whole = [name for name, gone in missing.items() if not any(one.is_whole for one in gone)]
    days = period.start, period.end
    told = [s for s in project.sheets if are_told(project, s, max(period.start, project.facts.start), period.end)]
    untold = [s.code for s in told if not is_received(project, records.missing, s, *days)]
    open_quarter = not_due(project, period.end) if period.kind == "month" else None
    in_part = sum(bool(missing[name]) for name in whole)
    return Arrival(len(missing), len(whole), in_part, tuple(untold), str(open_quarter or ""))


def _is_due(project: Project, gone: Sequence[Missing], period: Period) -> bool:
    """Whether a table is due in any quarter of a period. gone: what did not come of it in these."""
    early = {one.quarter for one in gone if not one.is_due}
    quarters = project.calendar.completed("quarter") if early else ()
    return not early or any(one not in early for one in quarters if overlaps(one, period.start, period.end))


def check_some_came(project: Project, records: Records, period: Period) -> None:
    """Refused: nothing came of a period that nobody has named. records_through may have been moved too early."""
    came = arrival(project, records, period)
    if came.whole or not records.missing or not (came.due or came.untold):
        return
    quarters = reversed(project.calendar.completed("quarter"))
    last = next((quarter for quarter in quarters if arrival(project, records, quarter).whole), None)
    which = f" The last of which something came is {last}: make report PERIOD={last}." if last else ""
    raise Refused(
        f"Nothing came for {period}, the last quarter that is complete by records_through in project.toml "
        f"({project.facts.records_through}).{which} If nothing came indeed, name it: make report PERIOD={period}."
    )


def lack(project: Project, records: Records, sheet: Sheet, start: date, end: date) -> str:
    """What is missing of the records behind a value, in words; empty where nothing is.

    Where nothing came at all, the value is not received, and only that rows came which cannot be believed is said; of
    people not even that. Where the records are of longer periods, it is said of which.
    """
    coarser = too_fine(project, sheet, start, end)
    if coarser:
        return coarser
    gone = lacking(records.missing, sheet, start, end)
    is_open = all(part.calculation.table in project.open_tables for part in sheet.by_table)
    if not is_received(project, records.missing, sheet, start, end):
        parts = [is_received(project, records.missing, part, start, end) for part in sheet.parts]
        if sheet.measure == "ratio" and all(parts):
            return ENGLISH.worded("lack.one_part", quarters=_of_one_part(records, sheet, start, end))
        quarters = unseen(records.missing, sheet, start, end)
        if quarters:
            return ENGLISH.worded("lack.later_step", quarters=[quarter.label for quarter in quarters])
        return DOUBTED if is_open and any(one.doubted for one in deciding(records.missing, sheet, start, end)) else ""
    whole = [*dict.fromkeys(one.quarter.label for one in gone if one.is_whole and one.is_due)]
    words = [ENGLISH.worded("lack.without", quarters=whole)] if whole else []
    early = {one.quarter for one in gone if not one.is_due} | {one for one in [not_due(project, end)] if one}
    in_order = sorted(early, key=lambda quarter: quarter.start)
    words += [ENGLISH.worded("lack.not_due", quarter=str(one)) for one in in_order]
    words += [ENGLISH.worded("lack.ended")] if _nobody_sends(project, sheet, end) else []
    in_part = [one for one in gone if not one.is_whole]
    return Worded.joined([*words, *(_without(in_part) if is_open else [SOME] * any(one.partners for one in in_part))])


def _without(gone: Sequence[Missing]) -> list[Worded]:
    """Of how many partners records are missing, of how many all, and of how many others some."""
    partial = {name for one in gone for name in one.partial}
    partners = {name for one in gone for name in one.partners if name not in one.partial}
    return [
        ENGLISH.worded(f"lack.{key}s", number=len(names)) if len(names) > 1 else ENGLISH.worded(f"lack.{key}")
        for key, names in (("partner", partners), ("part_of_partner", partial - partners))
        if names
    ]


def _nobody_sends(project: Project, sheet: Sheet, end: date) -> bool:
    """Whether of a table of a sheet every partner's part has ended before the quarter of a day: its 0 is what they say.

    A partner that ended by mistake, or that alone sent a table, leaves a 0 that nobody has counted.
    """
    quarter = project.calendar.containing(end, "quarter")
    listed = sent(project) if project.quality.ended else []
    for table in {part.calculation.table for part in sheet.by_table}:
        own = [one for one in listed if one.table == table]
        is_expected = any(project.quality.expects(one.partner, quarter.start) for one in own)
        if own and not is_expected and all(one.period.end < quarter.start for one in own):
            return True
    return False


def _of_one_part(records: Records, sheet: Sheet, start: date, end: date) -> list[str]:
    """The quarters of which records of one part of a ratio came, and none of the other."""
    lost = [{one.quarter for one in lacking(records.missing, part, start, end) if one.is_whole} for part in sheet.parts]
    return [quarter.label for quarter in sorted(lost[0] ^ lost[-1], key=lambda quarter: quarter.start)]


def _unknown_residents(project: Project, sheet: Sheet, start: date, end: date) -> str:
    """Of which years of a rate's days population.csv has no residents, in words; empty where it has all it needs."""
    if sheet.measure != "rate":
        return ""
    lacking = years_lacking(project, sheet, start, end)
    of_all = [gone for fields, gone in lacking if not fields]
    said = [((), of_all[0])] if of_all else lacking
    words = [_of_years([*map(str, gone)], [*fields]) for fields, gone in said]
    return ENGLISH.worded("lack.residents", which=Worded.joined(words)) if words else ""


def _of_years(years: list[str], fields: list[str]) -> Worded:
    by = {"fields": fields} if fields else {}
    return ENGLISH.worded("lack.of_years_by" if fields else "lack.of_years", years=years, **by)


def unfilled(basis: Basis, rows: float, lacking: float) -> str:
    """How many rows lack what a value needs, in words; empty where none does, and where it is not told.

    Of a rate, too, of which years its residents are not known.
    rows, lacking: as indicators.calculate gives them, after the gate. Of people only the rows that lack something are
    told, for how many people more they are nobody knows.
    """
    residents = [_unknown_residents(basis.data.project, basis.sheet, basis.start, basis.end)]
    if isnan(rows):
        return Worded.joined(residents)
    lack = [Basis(basis.data, part, basis.start, basis.end).lacking for part in basis.sheet.parts]
    part = basis.sheet.row_calculation
    is_people = isinstance(part, People) or (isinstance(part, Level) and part.person is not None)
    kind = "of_people" if is_people else "whole" if len(columns_of(part)) > 1 else "from"
    counts = {"number": int(lacking)} if is_people else {"rows": rows, "every": rows + lacking, "number": lacking}
    what = _lacked([one for _, *others in lack for one in others])
    words = [ENGLISH.worded(f"lack.{kind}", what=what, **counts)] if lacking else []
    words += [
        ENGLISH.worded("lack.undated", number=int(undated.rows.sum()), title=undated.title)
        for undated, *_ in lack
        if undated.rows.any()
    ]
    return Worded.joined([*dict.fromkeys(words), *residents])


def _lacked(found: Iterable[Lack]) -> Worded:
    """The amount or sex is not recorded, or the end is before the day (held out): as far as rows lack it."""
    there = [one for one in found if one.rows.any()]
    titles = [*dict.fromkeys(one.title for one in there if not one.before)]
    words = [ENGLISH.worded("lack.not_recorded", fields=Worded.either(titles))] if titles else []
    words += [ENGLISH.worded("lack.before", title=one.title, other=one.before) for one in there if one.before]
    return Worded.joined(dict.fromkeys(words), ", or ")


def lack_notes(lacks: Mapping[tuple[str, str, str], str], frame: pd.DataFrame) -> tuple[str, ...]:
    """What is missing of the records behind values that are shown, each once, with whose it is: for below them.

    lacks: by indicator, first and last day (ISO), as lack() words it. frame: indicator, start and end of each value.
    """
    return tuple(
        f"{format_list(codes, locale='en')}, {start} to {end}, {words}."
        for (start, end, words), codes in lacking_alike(lacks, frame).items()
    )


def lacking_alike(
    lacks: Mapping[tuple[str, str, str], str], frame: pd.DataFrame
) -> dict[tuple[str, str, str], list[str]]:
    """By first day, last day and what is missing of their records, the indicators of which it is alike. See above."""
    about: dict[tuple[str, str, str], list[str]] = {}
    for code, start, end in frame[["indicator", "start", "end"]].drop_duplicates().itertuples(index=False, name=None):
        words = lacks.get((code, start, end), "")
        if words:
            about.setdefault((start, end, words), []).append(code)
    return about
