"""Who is counted by several rows, or in several tables, and survey rounds: plain Python, from docs/measures.md.

A row is one of oracle.candidates(): a dict with its date, its key, its person, the place of its table among those of
the sheet and, where that is asked, the value that must differ.
"""

from datetime import date


def by_table(sheet):
    """A sheet for each table in which people are counted; of one table, or of no people, the sheet itself."""
    calculation = sheet["calculation"]
    if "also" not in calculation:
        return [sheet]
    first = {name: of for name, of in calculation.items() if name != "also"}
    further = [first | {"where": {}, "any": []} | one for one in calculation["also"]]
    return [sheet | {"calculation": one} for one in (first, *further)]


def reaching(calculation, found):
    """Of each person the row with which there are so many rows, or so many different values."""
    held, reached = {}, {}
    for one in in_their_order(found):
        if one["date"] is None or one["person"] is None:
            continue
        before = held.setdefault(one["person"], [])
        if is_one_more(calculation, one, before):
            before.append(one.get("different"))
            if len(before) == calculation["at_least"]:
                reached[one["person"]] = one
    return list(reached.values())


def in_their_order(found):
    """By day, on one day the first table's first, then by key."""
    return sorted(found, key=lambda one: (one["date"] or date.min, one["place"], one["key"]))


def is_one_more(calculation, one, before):
    """Whether a row is one more of those that are asked: of different values it has one that is new."""
    if "different" not in calculation:
        return True
    return one["different"] is not None and one["different"] not in before


# --- Survey rounds ------------------------------------------------------------------------------


def of_round(sheet, name):
    """The sheet of the rows of one round alone; None: of no round."""
    calculation = sheet["calculation"]
    field = calculation["rounds"]["field"]
    plain = {key: of for key, of in calculation.items() if key != "rounds"}
    counted = plain.get("denominator", plain)
    chosen = counted | {"where": counted.get("where", {}) | {field: [] if name is None else [name]}}
    return sheet | {"calculation": plain | {"denominator": chosen} if "denominator" in plain else chosen}


def round_of_days(days, listed, baseline, start, end):
    """Of the rounds that have rows in these days the one that began last, of several the one listed last; None of none.

    days: by round, the days of all its rows. listed: the rounds in the order of datapackage.json.
    """
    there = [name for name in listed if name != baseline and any(start <= day <= end for day in days.get(name, []))]
    return max(there, key=lambda name: (min(days[name]), listed.index(name)), default=None)
