"""A gain worked out a second time, row by row, from the words of its definition alone.

Of the rows dated in the window that satisfy the conditions, and of which both sides are known: the mean of after less
before. Of yes and no it is in percentage points. Beside it, how many got better, stayed and got worse.
"""

from fractions import Fraction

RULES = {
    "a row counts on its day": True,
    "the first and the last day are of the window": True,
    "a row without the side before is in no part": True,
    "a row without the side after is in no part": True,
    "the gain is after less before": True,
    "yes and no are told in points": True,
    "the mean is over those who stayed as well": True,
    "who stayed is neither better nor worse": True,
    "conditions are asked": True,
    "of nobody there is no gain": True,
    "a row without a category is not recorded": True,
    "a row without a day is in no window": True,
}


def number(cell):
    """A side as a number; None where it is not known."""
    if cell in ("", None):
        return None
    return Fraction({"true": 1, "false": 0}.get(cell, cell))


def gain(rows, sides, window, where=None, rules=RULES):
    """{cell: (value, sum, pairs)} and, of the total, how many got better, stayed and got worse: {name: number}.

    rows: dicts of texts with day and sex. sides: the names of the fields before and after. window: two ISO days.
    """
    found = {cell: [] for cell in ("all", "F", "M", "not recorded")}
    for row in rows:
        one = difference(row, sides, window, where or {}, rules)
        if one is not None:
            found["all"].append(one)
            unknown = "not recorded" if rules["a row without a category is not recorded"] else "F"
            found[row["sex"] or unknown].append(one)
    points = 100 if rules["yes and no are told in points"] and sides[0] == "before" else 1
    told = {cell: summed([points * one for one in ones], rules) for cell, ones in found.items()}
    return told, changes(found["all"], rules)


def difference(row, sides, window, where, rules):
    """After less before of a row that counts; None of one that does not."""
    if not is_of(row["day"], window, rules):
        return None
    if rules["conditions are asked"] and any(row[name] != value for name, value in where.items()):
        return None
    before, after = (number(row[side]) for side in sides)
    if before is None and not rules["a row without the side before is in no part"]:
        before = Fraction(0)
    if after is None and not rules["a row without the side after is in no part"]:
        after = Fraction(0)
    if before is None or after is None:
        return None
    return after - before if rules["the gain is after less before"] else before - after


def is_of(day, window, rules):
    first, last = window
    if not day:
        return not rules["a row without a day is in no window"]
    if not rules["a row counts on its day"]:
        return day <= last
    if not rules["the first and the last day are of the window"]:
        return first < day < last
    return first <= day <= last


def summed(ones, rules):
    over = ones if rules["the mean is over those who stayed as well"] else [one for one in ones if one]
    if not over:
        return (None if rules["of nobody there is no gain"] else Fraction(0)), Fraction(0), 0
    return sum(over) / len(over), sum(over), len(over)


def changes(ones, rules):
    better = sum(one > 0 if rules["who stayed is neither better nor worse"] else one >= 0 for one in ones)
    worse = sum(one < 0 for one in ones)
    return {"got better": better, "stayed": len(ones) - better - worse, "got worse": worse}
