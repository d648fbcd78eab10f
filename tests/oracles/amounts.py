"""What each row adds or is compared by, worked out a second time from the words of the definitions: plain Python.

A row is a dict of what a calculation needs of it: its key and date and, as the sheet says, its column, its columns by
label, or the two dates of its days. end: the period's last day; a date after it is not known.
"""

from fractions import Fraction

QUARTERS = {"lower quartile": 1, "upper quartile": 3}


def of_row(calculation, look):
    """The column, columns or dates of a row that a calculation asks for. look: from a field's name to its value."""
    found = {}
    if "column" in calculation:
        found["column"] = look(calculation["column"])
    if "columns" in calculation:
        found["columns"] = {label: look(name) for label, name in labelled(calculation).items()}
    if "days" in calculation:
        found["days"] = [look(name) for name in calculation["days"]]
    return found


def labelled(calculation):
    """The columns of a sum by their labels; by their own names where they are no categories."""
    columns = calculation.get("columns", [])
    if isinstance(columns, list):
        return {name: name for name in columns}
    [named] = columns.values()
    return named


def thing(calculation):
    """What the columns are the categories of; None where they are none."""
    columns = calculation.get("columns")
    return next(iter(columns)) if isinstance(columns, dict) else None


def has_amount(calculation):
    """Whether it adds or compares numbers, and does not count."""
    return any(key in calculation for key in ("column", "columns", "days"))


def amount(one, end=None):
    """The number of a row; None where it has none, or none by then."""
    if "days" in one:
        first, second = one["days"]
        if first is None or second is None or second < first or (end is not None and second > end):
            return None
        return Fraction((second - first).days)
    if "columns" in one:
        there = [number for number in one["columns"].values() if number is not None]
        return sum(there, Fraction(0)) if there else None
    return one["column"]


def is_whole(one, end=None):
    """Whether nothing of its number is missing."""
    if "columns" in one:
        return None not in one["columns"].values()
    return amount(one, end) is not None


def lacks(one):
    """Whether a row lacks something of its number: a column, its first date, or the right order of its dates.

    That its second date is not there is no lack: it may come.
    """
    if "days" in one:
        return is_backwards(one["days"]) or one["days"][0] is None
    return not is_whole(one) if {"column", "columns"} & {*one} else False


def is_backwards(days):
    """Whether the second of two dates is before the first."""
    return None not in days and days[1] < days[0]


def in_cell(calculation, one, cell):
    """The row as a category of its columns sees it: with that column alone."""
    way, category = cell
    name = thing(calculation)
    if name is None or name not in way.split(" × "):
        return one
    label = category.split(" × ")[way.split(" × ").index(name)]
    return one | {"columns": {label: one["columns"][label]}}


def quantile(numbers, quarter):
    """Definition 2 of Hyndman & Fan: the number at that place, or halfway between two; None of no numbers."""
    ordered, place = sorted(numbers), Fraction(len(numbers) * quarter, 4)
    if not ordered:
        return None
    if place.denominator > 1:
        return ordered[int(place)]
    return (ordered[int(place) - 1] + ordered[int(place)]) / 2


def extreme(measure, rows, end):
    """The largest, smallest or latest number of rows; of several on the last day that of the last key."""
    valued = [one for one in rows if amount(one, end) is not None]
    if not valued:
        return None
    if measure == "last":
        return amount(max(valued, key=lambda one: (one["date"], one["key"])), end)
    return {"max": max, "min": min}[measure](amount(one, end) for one in valued)
