"""People counted by several rows, in several tables, standing on a day, and cohorts: worked out from the definition.

Loops over dicts and the standard library, written from docs/measures.md without the library. Each rule is a function of
its own, so that a test can change one at a time and see that somebody notices.
"""

from datetime import timedelta

LABELS = {"F": "women", "M": "men"}


def value(tables, calculation, start, end, by=None, category=None):
    """(value or None, numerator, denominator) of a calculation, its rows of one category where by is given.

    tables: by name, the rows as dicts, None where there is no value. by: a field; category: a value of it, or None.
    """
    if calculation["measure"] == "share":
        entered = cohort(tables, calculation, start, end)
        chosen = [one for one in entered if in_category(tables, one["row"], by, category)]
        above, below = sum(one["reached"] for one in chosen), len(chosen)
        return (above / below if below else None, above, below)
    rows = standing(tables, calculation, end) if calculation["measure"] == "level" else people(tables, calculation)
    if calculation["measure"] != "level":
        rows = rows(start, end)
    return (len([row for row in rows if in_category(tables, row, by, category)]), None, None)


def status(found):
    """How a value is told where everything is: a share of nobody has no data."""
    return "no data" if found[0] is None else "exact"


def rows_behind(found):
    """Of how many rows a value is: one of each person who is counted."""
    return found[0] if found[2] is None else found[2]


def lacking(tables, calculation, start, end, by=None, category=None):
    """How many rows of these days lack what the calculation asks of them, in whichever of its tables."""
    part = calculation["denominator"] if calculation["measure"] == "share" else calculation
    found = [(row, one) for one in [part, *part.get("also", [])] for row in of_days(tables, one, part, start, end)]
    chosen = [(row, one) for row, one in found if in_category(tables, row, by, category)]
    return sum(is_lacking(row, one) for row, one in chosen)


def of_days(tables, one, part, start, end):
    """The rows of a table that are dated in some days; of people who stand, those that are open on the last of them."""
    dated_by = one.get("date", one.get("start"))
    rows = [{**row, "on": row[dated_by]} for row in tables[one["table"]] if row[dated_by]]
    if part["measure"] == "level":
        return [row for row in rows if is_open(row, end, part["end"])]
    return [row for row in rows if start <= row["on"] <= end]


def is_lacking(row, one):
    """Whether a person, a value that must differ or that of a condition is missing, and no condition rules it out."""
    where = one.get("where", {})
    asked = ["person_id", *where, *([one["different"]] if "different" in one else [])]
    known = {name: condition for name, condition in where.items() if row[name] is not None}
    return holds(row, known) and any(row[name] is None for name in asked)


def in_category(tables, row, by, category):
    """Whether a row is of a category, of two fields of both; sex is that of the row's person."""
    if by is None:
        return True
    if isinstance(by, tuple):
        return all(in_category(tables, row, *one) for one in zip(by, category, strict=True))
    if by in row:
        return row[by] == category
    person = next((one for one in tables["people"] if one["person_id"] == row["person_id"]), {})
    return person.get(by) == category


def holds(row, where):
    """Whether a row satisfies conditions: what is not recorded satisfies none."""
    for name, condition in where.items():
        if row[name] is None:
            return False
        if isinstance(condition, dict) and row[name] < condition["min"]:
            return False
        if isinstance(condition, list) and row[name] not in condition:
            return False
    return True


def dated(tables, table, date, where):
    """The rows that can count: with a day and a person, in the order of their days and then of their keys."""
    found = [row for row in tables[table] if row[date] and row["person_id"] and holds(row, where)]
    return [{**row, "on": row[date], "key": str(next(iter(row.values())))} for row in found]


def all_rows(tables, calculation):
    """The rows of all tables that people are counted in, in their order; on one day the first table's first."""
    named = [calculation, *calculation.get("also", [])]
    found = [
        {**row, "table": place}
        for place, one in enumerate(named)
        for row in dated(tables, one["table"], one["date"], one.get("where", {}))
    ]
    return sorted(found, key=lambda row: (row["on"], row["table"], row["key"]))


def people(tables, calculation):
    """A function of first and last day: the row by which each person is counted."""
    rows = all_rows(tables, calculation)
    if calculation.get("counted") == "each period":
        return lambda start, end: reaching([row for row in rows if start <= row["on"] <= end], calculation)
    return lambda start, end: [row for row in reaching(rows, calculation) if start <= row["on"] <= end]


def reaching(rows, calculation):
    """Of each person the row with which they have as many rows, or different values, as are asked."""
    found, held = {}, {}
    for row in rows:
        of = held.setdefault(row["person_id"], [])
        if counts_anew(row, of, calculation):
            of.append(row[calculation.get("different", "key")])
            if len(of) == calculation.get("at_least", 1):
                found[row["person_id"]] = row
    return list(found.values())


def counts_anew(row, held, calculation):
    """Whether a row is one more of those that are asked: of different values it must have one that is new."""
    name = calculation.get("different")
    return name is None or (row[name] is not None and row[name] not in held)


def standing(tables, calculation, day):
    """Of each person who stands on a day, the row that began first of those that are open on it."""
    found = {}
    rows = dated(tables, calculation["table"], calculation["start"], calculation.get("where", {}))
    for row in sorted(rows, key=lambda row: (row["on"], row["key"])):
        if is_open(row, day, calculation["end"]):
            found.setdefault(row["person_id"], row)
    return list(found.values())


def is_open(row, day, end):
    """Begun by the day, and not ended by it."""
    return row["on"] <= day and (row[end] is None or row[end] > day)


def cohort(tables, calculation, start, end):
    """Who is counted in a cohort, by the row with which they entered, and whether they reached the state."""
    entry, state = calculation["denominator"], calculation["numerator"]
    days = state.get("within")
    found = []
    for row in reaching(all_rows(tables, entry), entry):
        counted = counted_on(row["on"], days)
        if start <= counted <= end:
            last = counted if days else end
            found.append({"row": row, "reached": is_reached(tables, state, row, last)})
    return found


def counted_on(entered, days):
    """The day on which somebody of a cohort is counted: when the days are over, or when they entered."""
    return entered + timedelta(days) if days else entered


def is_reached(tables, state, entry, last):
    """Whether a person is in the state with rows from the day they entered on, up to a last day."""
    rows = [row for row in all_rows(tables, state) if is_later(row, entry) and row["on"] <= last]
    return bool(reaching(rows, state))


def is_later(state, entry):
    """Whether a row of the state is the same person's, and not before they entered."""
    return state["person_id"] == entry["person_id"] and state["on"] >= entry["on"]
