"""What stands on each day of a period, added up day by day, and who stands on a day: from the definitions alone.

A row is one of oracle.candidates(): a dict with its start and end, and its person, column and categories where they are
asked. It stands from its first day on, and on its last day no more.
"""

from datetime import date, timedelta
from fractions import Fraction

from tests.oracles import amounts


def days_of(start, end):
    return [start + timedelta(number) for number in range((end - start).days + 1)]


def stands(one, day):
    """Whether a row has begun by a day, and not ended by it."""
    return one["start"] is not None and one["start"] <= day and (one["end"] is None or one["end"] > day)


def on_a_day(rows, day, calculation):
    """The rows that stand on a day; of people, each by the row that began first."""
    found = [one for one in rows if stands(one, day)]
    return each_person(found) if "person" in calculation else found


def each_person(found):
    """Of each person the row that began first, of several on one day the first by key."""
    firsts = {}
    for one in sorted(found, key=lambda one: (one["start"] or date.max, one["key"])):
        if one["person"] is not None:
            firsts.setdefault(one["person"], one)
    return list(firsts.values())


def by_day(rows, start, end, calculation, known):
    """The rows of each day. known: those of days that were asked before."""
    for day in days_of(start, end):
        if day not in known:
            known[day] = on_a_day(rows, day, calculation)
    return [known[day] for day in days_of(start, end)]


def any_day(each):
    """The rows that stand on one day at least, each once."""
    return list({id(one): one for rows in each for one in rows}.values())


def mean_of_days(calculation, each, is_in_cell):
    """(sum over the days, days) of what stands on each in a cell; no sum where rows stand, and none has a value."""
    added, has_rows, has_value = Fraction(0), False, False
    for rows in each:
        for one in filter(is_in_cell, rows):
            has_rows = True
            number = amounts.amount(one) if amounts.has_amount(calculation) else Fraction(1)
            if number is not None:
                has_value, added = True, added + number
    return (None if has_rows and not has_value else added), Fraction(len(each))


def is_of_any_day(one, start, end):
    """Whether a row stands on one of some days."""
    return one["start"] is not None and one["start"] <= end and stands(one, max(one["start"], start))
