"""What never came of each table, quarter by quarter: what was not sent is not zero.

    deliveries.csv ─▶ who sends each table, from the first quarter that each sent ─┐
    the rows of each table, by the days that reference sheets count them by ───────┴▶ Missing, by table and quarter

A table is due as often as datapackage.json says (`due`). Where somebody is known to send it, deliveries decide, and
a delivery without a row is a true 0. Where nobody is, a quarter in which no row is dated may never have been sent.
Of a partner all that is listed of a quarter is asked for: where a file of it is not there, or of its rows none can be
used, what came of that partner is not all. Which file was sent again in another one's place deliveries.csv says: by
the line that is no longer in it.
Of a partner that sends for the first time nobody can say that it took over: where of those who used to send nothing
came, what it sent is not the table's number (quality.toml says whose part has ended).
Before the last day of its half or year nothing of a table is due, and that no row of a quarter came says nothing.
A quarter that is not over is due from nobody: of one of its months, rows say that something came, and nothing that
nothing happened. So a month without a row that can be used is not received (see not_due). Nor is any other month that
has rows, none of which can be used.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ctanalysis.periods import Period
from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.records.deliveries import Came, Sent, due_tables, sent
from ctanalysis.records.not_due import due_with, empty_months, is_open


@dataclass(frozen=True)
class Missing:
    """Records of a quarter that did not come. partners: who used to send the table, and of whom not all of it came.

    is_whole: nothing of the table came. Without partners, nobody is known to send it, and no row is dated in it.
    unusable: those of the partners who sent something, of which no row can be used. partial: those of whom a file came,
    and another one not. new: who sent for the first time, where of those who used to send nothing came. doubted:
    whether rows of it came that cannot be used. is_due: whether it should have come. comes_anew: whether later
    deliveries of the table have the rows of this quarter, too.
    """

    quarter: Period
    partners: tuple[str, ...] = ()
    is_whole: bool = True
    unusable: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    doubted: bool = False
    is_due: bool = True
    comes_anew: bool = False

    @property
    def is_month(self) -> bool:
        """Whether it is of a month: none is due, but of what is finer than a quarter it says that nothing is known."""
        return self.quarter.kind == "month"

    @property
    def silent(self) -> tuple[str, ...]:
        """Those of the partners who sent nothing."""
        return tuple(name for name in self.partners if self.lacks(name) == "not_sent")

    def lacks(self, partner: str) -> Literal["partly", "unusable", "not_sent"]:
        """What of one of the partners did not come: a part, what nobody can use, or all."""
        return "partly" if partner in self.partial else "unusable" if partner in self.unusable else "not_sent"


@dataclass(frozen=True)
class Partners:
    """By what is listed of a table and a quarter. come: of whom something came; partial: those of them of whom not all.

    unusable: of whom rows came, none of which can be used.
    """

    come: frozenset[str]
    partial: frozenset[str]
    unusable: frozenset[str]

    @property
    def whole(self) -> frozenset[str]:
        """Of whom all that is listed came."""
        return self.come - self.partial


def partners_of(table: Table, listed: Sequence[Sent], came: Came, quarter: Period, unit: Period) -> Partners:
    """What came of each of the Partners of a table. listed: its deliveries; unit: the period that it is due with.

    What is listed of the quarter decides; of a partner of whom nothing is, what is listed of the unit.
    Where all that came of a partner says that there was nothing, a file that did not come may say otherwise.
    """
    by_partner: dict[str, list[Sent]] = {}
    for one in (one for one in listed if overlaps(one.period, unit.start, unit.end)):
        by_partner.setdefault(one.partner, []).append(one)
    come, partial, unusable = set(), set(), set()
    for partner, own in by_partner.items():
        of_it = [one for one in own if overlaps(one.period, quarter.start, quarter.end)] or own
        good = [one for one in of_it if came.has(one) and not _is_lost(came, one.file, quarter, unit)]
        gone = [one for one in of_it if one not in good and not (table.repeated and _came_again(one, good))]
        if good and not (gone and all(one.is_none for one in good)):
            come.add(partner)
            partial |= {partner} if gone else set()
        elif any(came.has(one) for one in gone):
            unusable.add(partner)
    return Partners(frozenset(come), frozenset(partial), frozenset(unusable))


def _is_lost(came: Came, file: str, quarter: Period, unit: Period) -> bool:
    return came.is_lost(file, quarter) or came.is_lost(file, unit)


def _came_again(one: Sent, good: Sequence[Sent]) -> bool:
    """Whether a delivery that has every row anew was sent again."""
    return any(other.period == one.period and other.day >= one.day for other in good)


def missing(project: Project, came: Mapping[str, Came]) -> dict[str, tuple[Missing, ...]]:
    """By table that is due, what did not come of each complete quarter, and the months of which nothing is known.

    came: by table, what Came of it.
    """
    deliveries = sent(project)
    return {
        table.name: (
            *_missing(project, table, [one for one in deliveries if one.table == table.name], came[table.name]),
            *(Missing(month) for month in _months(project, table, came[table.name])),
        )
        for table in due_tables(project, deliveries)
    }


def _missing(project: Project, table: Table, listed: list[Sent], came: Came) -> Iterator[Missing]:
    first: dict[str, date] = {}
    for one in listed:
        first[one.partner] = min(one.period.start, first.get(one.partner, one.period.start))
    for quarter in project.calendar.completed("quarter"):
        unit = due_with(project, table, quarter.end)
        known = {name for name, day in first.items() if day <= quarter.end}
        of = partners_of(table, listed, came, quarter, unit)
        expected = {name for name in known if project.quality.expects(name, quarter.start)}
        gone = expected - of.whole
        if is_open(project, unit):
            if gone or not known:
                is_whole = not of.come and not came.is_dated(quarter)
                yield Missing(quarter, is_whole=is_whole, is_due=False)
        elif gone:
            used_to = {name for name in expected if first[name] < unit.start}
            new = of.come if used_to and not used_to & of.come else frozenset()
            unusable, partial = map(_in_order, (gone & of.unusable, gone & of.partial))
            yield Missing(
                quarter,
                _in_order(gone),
                is_whole=bool(new) or not of.come,
                unusable=unusable,
                partial=partial,
                new=_in_order(new),
                doubted=bool(unusable),
                comes_anew=bool(table.repeated),
            )
        elif not known and not of.come and not _is_told(came, quarter, unit):
            yield Missing(quarter, doubted=came.is_doubted(unit))


def _in_order(names: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _months(project: Project, table: Table, came: Came) -> Iterator[Period]:
    """The months of which nothing is known: the empty ones of a quarter that is not over, and those with rows, none of
    which can be used. None of a class that is audited, of whose months nothing is told.
    """
    empty = {*empty_months(project, table, came.is_dated)}
    is_audited = project.policy.rules[table.disclosure].audited
    for month in project.calendar.completed("month"):
        is_lost = not is_audited and came.is_doubted(month) and not came.is_dated(month)
        if month in empty or is_lost:
            yield month


def _is_told(came: Came, quarter: Period, unit: Period) -> bool:
    """Whether the rows of a table that nobody is known to send say what there was of a quarter."""
    return came.is_dated(unit) and not (came.is_doubted(quarter) and not came.is_dated(quarter))


def overlaps(period: Period, start: date, end: date) -> bool:
    """Whether any of the days from start to end is of a period."""
    return period.start <= end and start <= period.end
