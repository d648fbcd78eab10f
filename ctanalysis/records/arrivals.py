"""In which delivery each row came, and which came before it, so that what comes later makes no earlier row suspect.

A delivery is a file and a period of deliveries.csv. Of a file with one period, all rows are of it. Of a file with
several, each row is of the first period that holds its day. Other rows are judged with those of their own file, and
with no others: nobody knows what came before them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ctanalysis.project.csv_files import Delivery
from ctanalysis.project.project import Project
from ctanalysis.records.arrays import Codes
from ctanalysis.records.columns import EPOCH, NEVER, Columns
from ctanalysis.records.counted import counted_days
from ctanalysis.records.files import Gathered


@dataclass(frozen=True)
class Arrivals:
    """of: by row, the number of its delivery. before: by delivery, the numbers of those before it, the latest first.

    Before a delivery are those that stand above it in deliveries.csv and were not sent later.
    """

    of: Codes
    before: Sequence[Sequence[int]]


def arrivals(project: Project, gathered: Gathered, used: Codes, columns: Columns, unread: Collection[str]) -> Arrivals:
    """The Arrivals of a table's used rows. used: their positions. unread: tables of which no day can be read."""
    paths = [source.path for source in gathered.sources]
    names = list(dict.fromkeys(paths))
    file = np.array([names.index(path) for path in paths], np.int64)[gathered.source[used]]
    of, sent = file.copy(), list[date | None]([None] * len(names))
    days = _days(project, gathered.table.name, columns, unread)
    for name, period, day in _listed(project, names):
        first, last = period
        rows = (of == names.index(name)) & (days >= first) & (days <= last)
        of[rows] = len(sent)
        sent.append(day)
    return Arrivals(of, [_before(number, sent) for number in range(len(sent))])


def _before(number: int, sent: Sequence[date | None]) -> list[int]:
    day = sent[number]
    above = [(other, place) for place, other in enumerate(sent[:number]) if other and day and other <= day]
    return [place for _, place in sorted(above, reverse=True)]


def _listed(project: Project, names: Sequence[str]) -> Iterator[tuple[str, tuple[int, int], date]]:
    """Each delivery of these files in the order of its first line: its file, the days of its rows, when it was sent."""
    listed: dict[tuple[str, str], Delivery] = {}
    for one in project.deliveries:
        listed.setdefault((one.file, one.period), one)
    several = {file: sum(other == file for other, _ in listed) > 1 for file in names}
    for (file, label), one in listed.items():
        if file in several:
            period = project.calendar.named(label) if several[file] and label else None
            days = (period.start.toordinal() - EPOCH, period.end.toordinal() - EPOCH) if period else (-NEVER, NEVER)
            yield file, days, one.sent


def _days(project: Project, table: str, columns: Columns, unread: Collection[str]) -> Codes:
    """By row, its day as the first reference sheet counts it, in days since 1970; NEVER where there is none."""
    for name in counted_days(project, table):
        if not {*unread} & {table, *columns.leads_to([name])}:
            values, there = columns.days(name)
            return np.where(there, values, NEVER)
    return np.full(len(columns), NEVER)
