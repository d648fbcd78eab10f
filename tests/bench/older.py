"""The policy before breakdowns waited, to be measured beside it: tables told or withheld whole, as the auditor answers.

A table is told whole or withheld whole. The order is that of the days on which tables end; of one
day first those of the year, then those of the project to date; by the reference sheet's own order.
Each is asked beside everything that may be told before it, so that what was told once is told
again, whatever comes after.

That a table is withheld tells something, too: that its numbers are some of those for which it is
(Wong et al., "Minimality attack in privacy preserving data publishing", VLDB 2007). Of a table by
itself that opens nothing, since any of its categories may be the large one (the gate sees to the
totals for which it would). Beside a table of the same days it does: where that one says that there
are fewer than 10, withholding says that there is one. So a table is asked only where what is told
already leaves nothing for its being withheld to show; elsewhere it is withheld whatever its own
numbers are (Kenthapadi, Mishra and Nissim, "Simulatable auditing", PODS 2005).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import cast

import pandas as pd

from ctanalysis.base.arrays import Integers
from ctanalysis.disclosure.audit import is_safe
from ctanalysis.disclosure.audit.versions import Printed, so_far
from ctanalysis.indicators.values import NO_NUMBER
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.sheets import Sheet

KEY = ["indicator", "start", "end", "disaggregation"]
Key = tuple[str, ...]  # the values of KEY
Days = tuple[str, str]  # first and last, ISO
Total = tuple[str, str, float]  # first and last day, ISO, and the value
Frames = tuple[pd.DataFrame, list[pd.DataFrame]]  # the cells now, and those of each release before
Verdicts = dict[Key, "Table | None"]  # each table that was asked, None where it is withheld


def decided(
    cells: pd.DataFrame, project: Project, released: Sequence[pd.DataFrame] = (), conditioned: Sequence[str] = ()
) -> set[Key]:
    """The tables (indicator, start, end, disaggregation) of audited classes that may be told.

    cells: of every span of days that is told up to a day, as each table by itself may be told, with
    the columns `narrow` (part of a breakdown) and `allowed` (the policy shows it). released: frames
    of cells that were published before, in their order. NotAudited: what the auditor refuses to answer.
    """
    told: set[Key] = set()
    for sheet in (sheet for sheet in project.sheets if project.disclosure_rule(sheet).audited):
        mine = cells[cells["indicator"] == sheet.code]
        before = [frame[frame["indicator"] == sheet.code] for frame in released]
        for now, earlier in _apart(mine, [frame for frame in before if len(frame)], sheet):
            told |= _of_ways(Question(now, tuple(earlier), project, sheet, tuple(conditioned)))
    return told


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked about one sheet."""

    cells: pd.DataFrame
    before: tuple[pd.DataFrame, ...]
    project: Project
    sheet: Sheet
    conditioned: tuple[str, ...]


def _apart(cells: pd.DataFrame, before: list[pd.DataFrame], sheet: Sheet) -> list[Frames]:
    """The cells of each way to break down by themselves, where they tell nothing of each other.

    That is so where every unit of days has an exact total.
    """
    frames = [cells, *before]
    ways = list(dict.fromkeys(cells.loc[cells["disaggregation"] != "total", "disaggregation"]))
    linked = sheet.is_ratio or any("×" in way or COARSE in way for way in ways) or so_far([*before, cells]).version > 0
    if linked or not _pinned(pd.concat(frames)):
        return [(cells, before)]
    return [_only(frames, way) for way in ways]


def _only(frames: list[pd.DataFrame], way: str) -> Frames:
    now, *before = [frame[frame["disaggregation"].isin(["total", way])] for frame in frames]
    return now, before


def _pinned(cells: pd.DataFrame) -> bool:
    """Whether the exact totals are of every unit of days into which all spans fall."""
    days = sorted({*cells["start"], *(_moved(end, 1) for end in cells["end"])})
    units = {(first, _moved(after, -1)) for first, after in pairwise(days)}
    exact = cells[(cells["disaggregation"] == "total") & (cells["status"] == "exact")]
    return units <= set(zip(exact["start"], exact["end"], strict=True))


def _of_ways(question: Question) -> frozenset[Key]:
    """The tables of a sheet, or of one way to break it down, that may be told.

    As long as nothing was corrected, what may be told beside more may be told beside less. So all are asked
    together, and one by one only where that is not safe.
    """
    totals, before = question.cells[~question.cells["narrow"]], so_far(question.before)

    def printed(day: str, tables: Iterable[Table | None]) -> Printed:
        rows = [table.rows for table in tables if table]
        return before.followed_by(pd.concat([totals[totals["end"] <= day], *rows]))

    def is_told(together: Printed) -> bool:
        return is_safe(together.cells, question.project, question.conditioned)

    verdicts = _asked(question, lambda day, tables: True)
    day = max((key[2] for key, table in verdicts.items() if table), default="")
    together = printed(day, verdicts.values())
    if day and (together.version or not is_told(together)):
        verdicts = _asked(question, lambda day, tables: is_told(printed(day, tables)))
    return frozenset(key for key, table in verdicts.items() if table)


def _asked(question: Question, is_told: Callable[[str, Iterable["Table | None"]], bool]) -> Verdicts:
    """The verdicts on all tables, in their order. is_told: of tables, with the exact totals up to a day."""
    verdicts: Verdicts = {}
    exact = _exact(question.cells)
    for key, table in sorted(_tables(question.cells).items(), key=lambda item: _order(item[0], question.sheet)):
        known = [total for total in exact if total[1] <= key[2]]
        if _may_depend(key, verdicts, known, question):  # that others are withheld says nothing
            told = not table.is_withheld and is_told(key[2], [*verdicts.values(), table])
            verdicts[key] = table if told else None
    return verdicts


@dataclass(frozen=True, eq=False)
class Table:
    """A table that may be asked: its rows, whether a cell is withheld or hidden as small, its least number."""

    rows: pd.DataFrame
    is_withheld: bool
    hides: bool
    least: float


def _tables(cells: pd.DataFrame) -> dict[Key, Table]:
    """By KEY the tables of which the policy shows the breakdown, where there are numbers."""
    asked = cells[cells["narrow"] & cells["allowed"] & ~cells["status"].isin(NO_NUMBER)]
    withheld, hides = asked["status"] == "withheld", asked["status"].str.startswith("fewer than")
    places = cast(dict[Key, Integers], asked.groupby(KEY).indices)  # the stubs know nothing of the keys
    return {
        key: Table(
            asked.iloc[rows],
            bool(withheld.to_numpy()[rows].any()),
            bool(hides.to_numpy()[rows].any()),
            float(asked["value"].to_numpy()[rows].min()),
        )
        for key, rows in places.items()
    }


def _exact(cells: pd.DataFrame) -> list[Total]:
    """The values that are part of no breakdown, with their first and last days."""
    totals = cells[~cells["narrow"]]
    return list(zip(*(totals[name].to_numpy() for name in ("start", "end", "value")), strict=True))


def _order(key: Key, sheet: Sheet) -> tuple[str, int, int, int]:
    """The earlier end first, the shorter span, one thing before two at once, then as the sheet has them."""
    ways = ["total", *(" × ".join(fields) for fields in sheet.disaggregations)]
    return key[2], -int(key[1].replace("-", "")), key[3].count("×"), ways.index(key[3])


def _may_depend(key: Key, verdicts: Verdicts, totals: list[Total], question: Question) -> bool:
    """Whether it may depend on a table's own numbers that it is told.

    Of people counted in each period it never may: their totals of other days say who stayed. Else by
    itself it may, or beside its own total, and beside other tables of the same field and days where
    these leave nothing that withholding could show (see _leave_nothing). Days of which everybody
    knows that there was nothing do not count.
    """
    if question.sheet.counts_each_period:
        return False
    start, end, way = key[1:]
    within = {total for total in totals if start <= total[0] and total[1] <= end}
    empty = {(first, last) for first, last, value in within if value == 0}
    same = {
        other: table
        for other, table in verdicts.items()
        if other[1] <= end and start <= other[2] and _akin(other[3], way) and other[1:3] not in empty
    }
    if any(table is None or table.hides for table in same.values()):
        return False
    others = {other: table for other, table in same.items() if table and other[1:] != (start, end, "total")}
    return not others or _leave_nothing(key, others, empty, [value for *_, value in within], question)


def _leave_nothing(
    key: Key, others: dict[Key, Table], empty: set[Days], totals: list[float], question: Question
) -> bool:
    """Whether tables that are told and hide nothing leave no cell of theirs small.

    So it is where their numbers add up, they are of all the days, no total of a part of the days is of
    few, and under a table by two things each of their categories is large enough for all its cells.
    """
    sheet, rule, way = question.sheet, question.project.disclosure_rule(question.sheet), key[3]
    crossed = "×" in way
    if sheet.is_ratio or not sheet.adds_up or any(1 <= total < rule.fewer_than for total in totals):
        return False
    if not crossed and any("×" not in other[3] and other[3] != way for other in others):
        return False  # one of them is of the same field, in its coarse form or its fine one
    least = rule.fewer_than * (rule.two_way_categories + 1 if crossed else 1)
    return all(table.least >= least for table in others.values()) and _cover(
        [*((other[1], other[2]) for other in others), *empty], key[1], key[2]
    )


def _akin(one: str, other: str) -> bool:
    """Whether two tables are broken down by a common field; a total is part of each."""
    first, second = ({name.removesuffix(COARSE) for name in way.split(" × ")} for way in (one, other))
    return "total" in first | second or bool(first & second)


def _cover(spans: Iterable[Days], start: str, end: str) -> bool:
    """Whether no day from start to end is without a span."""
    after = start
    for first, last in sorted(spans):
        if first <= after:
            after = max(after, _moved(last, 1))
    return after > end


def _moved(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(by)).isoformat()
