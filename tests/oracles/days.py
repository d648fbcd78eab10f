"""A level over days worked out a second time, day by day, from the words of its definition alone.

On each day of the window stand the rows that have begun by it and not ended by it. Of every day it is added up how many
these are, or what they have in a column, or how many different people are among them; the value is this by the days.
"""

from datetime import date, timedelta
from fractions import Fraction

RULES = {
    "a row stands on the day on which it begins": True,
    "a row does not stand on the day on which it ends": True,
    "what has no end goes on": True,
    "what has no beginning stands nowhere": True,
    "the first and the last day are of the window": True,
    "what began before the window stands in it": True,
    "conditions are asked": True,
    "a person stands once on a day": True,
    "a row without a person is nobody": True,
    "a person is of the category of the row that began first": True,
    "a column without any value is no data": True,
    "a row without a category is not recorded": True,
    "days without anything are days": True,
}
CELLS = ("all", "F", "M", "not recorded")


def over_days(rows, of, window, where=None, rules=RULES):
    """{cell: (value, sum over the days, days)}; None where there is no data.

    rows: dicts of texts with id, day, end, person, sex, amount, kind. of: "rows", "amount" or "person".
    """
    added = {cell: [] for cell in CELLS}  # what stands, day by day
    for day in days_of(window, rules):
        standing = [row for row in rows if stands(row, day, window, where or {}, rules)]
        if of == "person":
            standing = people(standing, rules)
        for cell in CELLS:
            added[cell].append([row for row in standing if cell in ("all", category(row, rules))])
    return {cell: mean(each, of, rules) for cell, each in added.items()}


def days_of(window, rules):
    first, last = map(date.fromisoformat, window)
    every = [first + timedelta(number) for number in range((last - first).days + 1)]
    return every if rules["the first and the last day are of the window"] else every[1:-1]


def stands(row, day, window, where, rules):
    if rules["conditions are asked"] and any(row[name] != value for name, value in where.items()):
        return False
    begun, ended = (date.fromisoformat(row[name]) if row[name] else None for name in ("day", "end"))
    if begun is None:
        return not rules["what has no beginning stands nowhere"]
    if begun > day or (begun == day and not rules["a row stands on the day on which it begins"]):
        return False
    if begun < date.fromisoformat(window[0]) and not rules["what began before the window stands in it"]:
        return False
    if ended is None:
        return rules["what has no end goes on"]
    return ended > day or (ended == day and not rules["a row does not stand on the day on which it ends"])


def people(standing, rules):
    """The row by which each person stands."""
    ordered = sorted(standing, key=lambda row: (row["day"], row["id"]))
    if not rules["a person is of the category of the row that began first"]:
        ordered.reverse()
    if rules["a row without a person is nobody"]:
        ordered = [row for row in ordered if row["person"]]
    if not rules["a person stands once on a day"]:
        return ordered
    return list({row["person"]: row for row in reversed(ordered)}.values())


def category(row, rules):
    unknown = "not recorded" if rules["a row without a category is not recorded"] else "F"
    return row["sex"] or unknown


def mean(each, of, rules):
    """each: what stands, day by day."""
    days = len(each) if rules["days without anything are days"] else sum(1 for one in each if one)
    if of != "amount":
        total = Fraction(sum(map(len, each)))
    else:
        amounts = [Fraction(row["amount"]) for one in each for row in one if row["amount"]]
        if any(each) and not amounts and rules["a column without any value is no data"]:
            return None, None, days
        total = sum(amounts, Fraction(0))
    return (total / days if days else None), total, days
