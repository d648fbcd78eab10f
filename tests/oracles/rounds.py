"""Survey rounds worked out a second time, row by row, from the words of their definition alone.

A value of some days is of the rows of one round, dated in them: of the rounds that have rows in these days, whatever
the conditions, the latest, and never the baseline. The latest is the one whose first row of all is latest; of two that
began on one day, the one listed last. Where there is none, there is no data. The baseline is the value of all rows of
the baseline round up to the last day.
"""

from datetime import date
from fractions import Fraction
from statistics import median

BASELINE, ROUNDS = "baseline", ("baseline", "midline", "endline")  # in the order in which they are listed
RULES = {
    "the baseline is in no value": True,
    "the latest round alone": True,
    "the latest is the one that began last": True,
    "of two that began on one day it is the one listed last": True,
    "rounds are there whatever the conditions": True,
    "without a round there is no data": True,
    "a row without a round is of none": True,
    "a row counts on its day": True,
    "conditions are asked": True,
    "a person counts once in a round": True,
    "a person counts on the day of the first row of the round": True,
    "a row without a person is nobody": True,
    "who is not known is in no part of a share": True,
    "an empty cell is no 0": True,
    "a row without a category is not recorded": True,
    "no row of after the last day is in the baseline": True,
}
CELLS = ("all", "F", "M", "not recorded")


def values(rows, of, window, where, rules=RULES):
    """{cell: value or None} of a window. rows: dicts of texts; of: the measure; window: two ISO days."""
    first, last = window
    rounds = latest([row for row in rows if is_dated(row, first, last, rules)], rows, where, rules)
    if not rounds:
        return dict.fromkeys(CELLS, None if rules["without a round there is no data"] else Fraction(0))
    mine = [row for row in rows if round_of(row, rules) in rounds and satisfies(row, where, rules)]
    counted = by_person(mine, rules) if of == "people" else mine
    return in_cells([row for row in counted if is_dated(row, first, last, rules)], of, rules)


def baseline(rows, of, last, where, rules=RULES):
    """The value of the baseline round as it was known on a day; None where there is none."""
    by_then = [
        row
        for row in rows
        if row["day"] and (row["day"] <= last or not rules["no row of after the last day is in the baseline"])
    ]
    mine = [row for row in by_then if round_of(row, rules) == BASELINE]
    if not mine:
        return None
    counted = [row for row in mine if satisfies(row, where, rules)]
    return in_cells(by_person(counted, rules) if of == "people" else counted, of, rules)["all"]


def latest(dated, every, where, rules):
    """The round of some dated rows, as a set; of a broken rule, perhaps several."""
    if not rules["rounds are there whatever the conditions"]:
        dated = [row for row in dated if satisfies(row, where, rules)]
    there = {round_of(row, rules) for row in dated} - {None}
    there -= {BASELINE} if rules["the baseline is in no value"] else set()
    if not rules["the latest round alone"]:
        return there

    def place(name):
        began = min(row["day"] for row in every if row["day"] and round_of(row, rules) == name)
        listed = ROUNDS.index(name) if rules["of two that began on one day it is the one listed last"] else 0
        listed = listed or -ROUNDS.index(name)
        return (began if rules["the latest is the one that began last"] else "", listed)

    return {max(there, key=place)} if there else set()


def round_of(row, rules):
    return row["round"] or (None if rules["a row without a round is of none"] else "endline")


def is_dated(row, first, last, rules):
    if not row["day"]:
        return False
    return first <= row["day"] <= last if rules["a row counts on its day"] else row["day"] <= last


def satisfies(row, where, rules):
    return not rules["conditions are asked"] or all(row[name] == value for name, value in where.items())


def by_person(rows, rules):
    """The row by which each person is counted."""
    if not rules["a person counts once in a round"]:
        return [row for row in rows if row["person"]]
    found = {}
    is_first = rules["a person counts on the day of the first row of the round"]
    for row in sorted((row for row in rows if row["day"]), key=lambda row: (row["day"], row["id"]), reverse=is_first):
        if row["person"] or not rules["a row without a person is nobody"]:
            found[row["person"]] = row
    return list(found.values())


def in_cells(rows, of, rules):
    unknown = "not recorded" if rules["a row without a category is not recorded"] else "F"
    cells = {cell: [row for row in rows if cell in ("all", row["sex"] or unknown)] for cell in CELLS}
    return {cell: number(chosen, of, rules) for cell, chosen in cells.items()}


def number(rows, of, rules):
    if of in ("count", "people"):
        return Fraction(len(rows))
    if of == "share":
        known = [row for row in rows if row["done"] or not rules["who is not known is in no part of a share"]]
        return Fraction(sum(row["done"] == "true" for row in known), len(known)) if known else None
    found = [amount(row, of) for row in rows]
    amounts = [one or Fraction(0) for one in found if one is not None or not rules["an empty cell is no 0"]]
    if of in ("sum", "columns"):
        return None if rows and not amounts else sum(amounts, Fraction(0))
    return (median(amounts) if of.startswith("median") else sum(amounts) / len(amounts)) if amounts else None


def amount(row, of):
    """The number of a row: its amount, what it has of two columns, or the days from its end to its day."""
    if of.endswith("days"):
        known = row["end"] and row["end"] <= row["day"]
        return Fraction((date.fromisoformat(row["day"]) - date.fromisoformat(row["end"])).days) if known else None
    names = ("score_before", "score_after") if of == "columns" else ("amount",)
    parts = [Fraction(row[name]) for name in names if row[name]]
    return sum(parts, Fraction(0)) if parts else None
