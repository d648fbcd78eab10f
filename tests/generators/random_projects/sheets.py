"""The reference sheets of a random project."""

from datetime import timedelta
from random import Random

from tests.generators.random_projects.conditions import random_where
from tests.generators.random_projects.fields import foreign_keys
from tests.generators.random_projects.vocabulary import AREA, BOOLEANS, CODES, NUMBERS, SHEET_KINDS
from tests.generators.small import SHEET_KEYS


def random_sheets(random, tables, facts):
    """Some sheets, each of another kind, with codes."""
    kinds = random.sample(SHEET_KINDS, 6)
    found = []
    for kind in kinds:
        calculation = random_calculation(random, tables, kind)
        if calculation is not None:
            found.append(random_sheet(random, facts, f"{len(found) + 1}.1", kind, calculation))
    return found


def random_sheet(random, facts, code, kind, calculation):
    """A whole reference sheet."""
    sheet = {
        "code": code,
        "name": f"Indicator {code}",
        "area": AREA,
        "level": random.choice(["output", "outcome", "context"]),
        "unit": unit_of(kind),
        "direction": "increase",
        "headline": random.choice([True, False]),
        **dict.fromkeys((*SHEET_KEYS, "notes"), "Random."),
        "updated": facts["start"],
    }
    if random.random() < 0.25:
        days = random.choice([0, 31, 100, 365])
        sheet["valid_from"] = facts["start"] + timedelta(days=days)
    sheet["baseline"] = {"date": facts["start"], "note": "None."}
    sheet["words"] = {
        "one": "thing",
        "many": "things",
        "was": "was there",
        "were": "were there",
        "none": "Nothing was there",
    }
    sheet["calculation"] = calculation
    return sheet


def unit_of(kind):
    """The unit of a kind of sheet."""
    if kind.startswith("share"):
        return "per cent"
    return "people" if kind.startswith("people") else "things"


def random_calculation(random, tables, kind):
    """The calculation of a sheet; None where no table has the fields that it needs."""
    table = random.choice(["people", "visits", "visits", "payments"])
    fields = visible_fields(tables, table if table in tables else "visits")
    table = table if table in tables else "visits"
    measure = kind.removeprefix("share of ")
    counted = counted_part(random, tables, table, fields, measure)
    if counted is None:
        return None
    is_people = measure.startswith("people")
    if is_people:  # who are counted on no condition on a date but the one by which they are counted
        day = counted["date"]
        fields = {name: field for name, field in fields.items() if field["type"] != "date" or name == day}
    where = random_where(random, tables, fields, random.choice([0, 0, 1, 1, 2]), is_people)
    if where or random.random() < 0.2:
        counted["where"] = where
    counted |= random_ways(random, tables, table, fields, is_people)
    if not kind.startswith("share"):
        return counted | random_disaggregate(random, fields)
    numerator = {"where": random_where(random, tables, fields, random.choice([1, 1, 2]), is_people)}
    share = {"measure": "share"} | random_disaggregate(random, fields)
    unknown = {"unknown": "no"} if random.random() < 0.3 else {}
    return share | unknown | {"denominator": counted, "numerator": numerator}


def random_ways(random, tables, table, fields, is_people):
    """Conditions of which one holds, about no dates: in few sheets, and in none of audited tables."""
    chance = Random(random.random())
    fields = {name: field for name, field in fields.items() if field["type"] != "date"}
    if chance.random() < 0.6 or tables[table]["resource"]["disclosure"] == "victims":
        return {}
    return {"any": [random_where(chance, tables, fields, chance.choice([1, 1, 2]), is_people) for _ in range(2)]}


def counted_part(random, tables, table, fields, measure):
    """Measure, table and the fields that the measure needs."""
    days = names_of_type(fields, "date")
    amounts = sorted(name for name in fields if name in NUMBERS)
    part = {"measure": measure.split(" ")[0], "table": table}
    if part["measure"] == "level":
        part["start"], part["end"] = random.sample(days, 2)
    else:
        part["date"] = "date" if "date" in days and random.random() < 0.8 else random.choice(days)
    if measure in ("sum", "mean", "level of column"):
        part["column"] = random.choice(amounts)
    if part["measure"] == "people":
        part["person"] = random_person(random, table, fields)
    if measure == "people each period":
        part["counted"] = "each period"
    elif part["measure"] == "people" and random.random() < 0.3:
        part["counted"] = "once"
    return part


def random_person(random, table, fields):
    """The field that tells people apart: a key that is met often, or a name."""
    names = [name for name in ("people_id", "places_id", "worker", "place") if name in fields]
    if "people_id" in fields and table != "people" and random.random() < 0.6:
        return "people_id"
    return random.choice(names)


def visible_fields(tables, table):
    """The fields that a sheet of the table can name, nearest first.

    A name that is met in two tables equally far away means neither, so it cannot be used.
    """
    found, at_this_distance = {}, [table]
    while at_this_distance:
        resources = [tables[name]["resource"] for name in at_this_distance]
        for name, fields in fields_by_name(resources).items():
            found.setdefault(name, fields)
        keys = [key for resource in resources for key in foreign_keys(resource)]
        at_this_distance = sorted({key["reference"]["resource"] for key in keys})
    return {name: fields[0] for name, fields in found.items() if len(fields) == 1}


def fields_by_name(resources):
    """The fields of some tables by name, each with its table; more than one where names meet."""
    found = {}
    for resource in resources:
        for field in resource["schema"]["fields"]:
            found.setdefault(field["name"], []).append(field | {"table": resource["name"]})
    return found


def names_of_type(fields, kind):
    """The names of the fields of a type."""
    return sorted(name for name, field in fields.items() if field["type"] == kind)


def random_disaggregate(random, fields):
    """Disaggregations by one and by two fields, or none."""
    names = sorted(name for name in fields if name in CODES or name in BOOLEANS)
    if random.random() < 0.1:
        return {}
    found = random.sample(names, random.randint(1, min(2, len(names))))
    if len(names) > 1 and random.random() < 0.5:
        found.append(random.sample(names, 2))
    return {"disaggregate": found}
