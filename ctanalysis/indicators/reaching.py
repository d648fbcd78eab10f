"""Who is counted, and by which of their rows: the first, or the one with which they reach so many.

Of a window, a person is counted by the one row up to which the window holds exactly so many of their rows, or of
different values. Where it holds them, its first day lies in a range that the rows before give:

    rows of a person, at_least = 2      a      b      c
    counted by c where the window begins       (a, b]   and ends on c or later
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ctanalysis.base.arrays import Integers, Mask, blocks, in_order
from ctanalysis.indicators.counting import Counted, joined
from ctanalysis.project.row_calculations import Level, People
from ctanalysis.records.columns import ALWAYS, NEVER, Columns

NO_MORE = np.iinfo(np.int32).max  # a day that does not come


def reached(columns: Columns, calculation: People, counted: Counted, categories: Integers | None = None) -> Counted:
    """Of the rows that a calculation can count, those by which people are counted, with their windows.

    categories: of each row of the table, -1 where it has none; where given, people are counted in each of them.
    """
    people = columns.codes(calculation.person)
    if categories is not None:
        people = np.where(people < 0, -1, people * (categories.max(initial=-1) + 2) + categories + 1)
    there = people[counted.rows] >= 0
    if calculation.different:
        there &= columns.codes(calculation.different)[counted.rows] >= 0
    counted = counted.only(_sorted(columns, people, counted.rows, counted.since, there))
    begins = _begins(people[counted.rows])
    if calculation.counted == "once":
        return counted.only(_nth(columns, calculation, counted, begins))
    if not calculation.different:
        places = np.arange(len(begins))
        return _in_windows(counted, begins, places - calculation.at_least + 1, places - calculation.at_least)
    values = columns.codes(calculation.different)[counted.rows]
    *_, last, before = _latest(values, begins, calculation.at_least + 1)
    return _in_windows(counted, begins, last, np.maximum(before, _same_before(people[counted.rows], values)))


def first_of_each(columns: Columns, calculation: People, dated: Callable[[Columns], Counted]) -> Counted:
    """The first row of each person by its day, ties by the table's order; found block by block.

    dated: the rows that can count, of columns of some rows of the table.
    """
    people = columns.small_codes(calculation.person)
    firsts = np.full(people.max(initial=-1) + 2, NO_MORE, np.int32)  # the last, -1, is nobody's
    for rows in blocks(len(columns)):
        counted = dated(columns.part(rows))
        np.minimum.at(firsts, people[rows][counted.rows], counted.since.astype(np.int32))
    firsts[-1] = NO_MORE
    found = []
    for rows in blocks(len(columns)):
        days, _ = columns.part(rows).days(calculation.date)
        of_day = np.flatnonzero(days == firsts[people[rows]]) + rows.start
        counted = dated(columns.part(of_day))
        found.append(_small(replace(counted, rows=of_day[counted.rows])))
    return _without_ties(columns, people, joined(found))


def _small(counted: Counted) -> Counted:
    """The same in half the memory, where rows have no bound but their day."""
    if counted.known is not counted.since or counted.until is not None:
        return counted
    rows, days = counted.rows.astype(np.int32), counted.since.astype(np.int32)
    return Counted(rows, days, days)


def _without_ties(columns: Columns, people: Integers, counted: Counted) -> Counted:
    """Of rows of the same day by person the one that is first in the table's order."""
    own = people[counted.rows]
    last = np.zeros(own.max(initial=-1) + 1, np.int32)
    last[own] = np.arange(len(own), dtype=np.int32)
    several = np.zeros(len(last), bool)
    several[own[last[own] != np.arange(len(own), dtype=np.int32)]] = True
    tied = np.flatnonzero(several[own])
    order = in_order(own[tied], columns.part(counted.rows[tied]).order())
    kept = np.ones(len(own), bool)
    kept[tied[order]] = np.diff(own[tied[order]], prepend=-1) != 0
    return counted.only(kept)


def standing(columns: Columns, calculation: Level, counted: Counted) -> Counted:
    """Of rows that stand from `known` until `until`, those by which people stand, each once on any day.

    A person stands by the row that began first, and by the next from the day on which no earlier one stands.
    """
    people = columns.codes(calculation.person or "")
    is_somebody = people[counted.rows] >= 0
    counted = counted.only(_sorted(columns, people, counted.rows, counted.known, is_somebody))
    assert counted.until is not None  # of a level it never is
    begins, places = _begins(people[counted.rows]), np.arange(len(counted.rows))
    longest = _longest(counted.until, begins)
    earlier = np.where(places > begins, np.roll(longest, 1), ALWAYS)
    known = np.maximum(counted.known, earlier)
    return replace(counted, known=known).only(known < counted.until)


def _sorted(columns: Columns, people: Integers, rows: Integers, days: Integers, chosen: Mask) -> Integers:
    """The places of chosen rows by person, day and the table's order. days, chosen: of each of the rows."""
    places = np.flatnonzero(chosen)
    of_chosen = rows[places]
    return places[in_order(people[of_chosen], days[places], columns.order()[of_chosen])]


def _longest(until: Integers, begins: Integers) -> Integers:
    """The latest end up to each row, of the rows of its person. begins: the place of that person's first row."""
    never = until[until < NEVER].max(initial=0) + 1  # in its place, so that no number is too large
    ends, first = np.minimum(until, never), until.min(initial=never)
    person = begins * (never - first + 1)
    longest: Integers = np.maximum.accumulate(person + ends) - person
    return np.where(longest == never, NEVER, longest)


def _begins(people: Integers) -> Integers:
    """The place of the first row of each row's person, of rows sorted by person."""
    places = np.arange(len(people))
    return np.maximum.accumulate(np.where(np.diff(people, prepend=-1) != 0, places, 0))


def _nth(columns: Columns, calculation: People, counted: Counted, begins: Integers) -> Mask:
    """By which of their rows people reach as many as are asked, in the whole project."""
    if not calculation.different:
        nth: Mask = np.arange(len(begins)) - begins == calculation.at_least - 1
        return nth
    values = columns.codes(calculation.different)[counted.rows]
    is_new = _same_before(begins, values) < 0
    so_far = np.cumsum(is_new)
    reaches: Mask = is_new & (so_far - so_far[begins] + 1 == calculation.at_least)
    return reaches


def _in_windows(counted: Counted, begins: Integers, last: Integers, before: Integers) -> Counted:
    """The rows with their windows: those that begin on or before the day of `last`, and after that of `before`.

    last, before: places of rows of the same person, below `begins` where there is none.
    """
    since = counted.since
    after = np.where(before >= begins, since[np.maximum(before, 0)], ALWAYS)
    first = since[np.maximum(last, 0)]
    return replace(counted, since=first, after=after).only((last >= begins) & (after < first))


def _same_before(people: Integers, values: Integers) -> Integers:
    """The place of the row before with the same person and value; -1 where there is none.

    Rows of a person stand together.
    """
    order = in_order(people, values)
    same = (np.diff(people[order], prepend=-1) == 0) & (np.diff(values[order], prepend=-1) == 0)
    found = np.full(len(order), -1)
    found[order[1:]] = np.where(same[1:], order[:-1], -1)
    return found


def _latest(values: Integers, begins: Integers, count: int) -> list[Integers]:
    """The places of the last rows of the latest different values up to each row, the latest first; -1 for none."""
    places = np.arange(len(values))
    found = [np.full(len(values), -1) for _ in range(count)]
    for value in range(values.max(initial=-1) + 1):
        place = np.maximum.accumulate(np.where(values == value, places, -1))
        place = np.where(place < begins, -1, place)
        for rank in range(count):
            found[rank], place = np.maximum(found[rank], place), np.minimum(found[rank], place)
    return found
