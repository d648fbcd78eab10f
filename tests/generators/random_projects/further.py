"""Further sheets of a random project: ratios and rates, people of several rows and tables, cohorts, rounds, milestones.

They have a source of chance of their own, so that everything else of a seed's project is what it would be without them.
"""

from datetime import date
from random import Random

from tests.generators.random_projects.conditions import random_where
from tests.generators.random_projects.fields import is_day
from tests.generators.random_projects.measures import is_open, is_plain
from tests.generators.random_projects.sheets import (
    names_of_type,
    random_disaggregate,
    random_sheet,
    random_ways,
    visible_fields,
)
from tests.generators.random_projects.vocabulary import AUDITED, CODES, NUMBERS

LONGEST = 800  # days within which a state is reached, where they are taken from the rows
SURVEYED = ["count", "sum", "mean", "median", "people", "share"]
KINDS = [
    *["ratio", "ratio", "ratio by days"],
    *["rate of count", "rate of sum", "rate of people"],
    *["people at least", "people different", "people also", "people also at least"],
    *["level of people", "over days", "over days of column", "over days of people"],
    *["cohort", "cohort within", "cohort at least within", "cohort different"],
    *(f"rounds of {measure}" for measure in SURVEYED),
]
UNITS = {"people": "people", "level of": "people", "cohort": "per cent", "rounds of share": "per cent"}


def add_further(seed, tables, sheets, facts):
    """Three sheets of further kinds, each of another one."""
    random = Random(f"further {seed}")
    for kind in random.sample(KINDS, 3):
        calculation = random_calculation(random, tables, kind)
        sheet = random_sheet(random, facts, f"{len(sheets) + 1}.1", kind, calculation)
        unit = next((unit for start, unit in UNITS.items() if kind.startswith(start)), "things")
        sheets.append(sheet | {"unit": unit})


def random_calculation(random, tables, kind):
    """The calculation of a kind of sheet."""
    measure, _, more = kind.partition(" ")
    if measure == "ratio":
        below = {"measure": "days"} if more else random_part(random, tables)
        return {"measure": "ratio", "numerator": random_part(random, tables), "denominator": below}
    if measure == "rate":
        return random_rate(random, tables, more.removeprefix("of "))
    if measure == "people":
        return random_people(random, tables, more)
    if measure == "cohort":
        return random_cohort(random, tables, more)
    if measure == "rounds":
        return random_rounds(random, tables, more.removeprefix("of "))
    return random_level(random, tables, kind) | disaggregated(random, tables, "offers")


# --- Of things: parts of ratios, rates, levels, rounds -----------------------------------------


def plain_fields(tables, table):
    """The fields that a sheet can name, but lists and periods in the place of days."""
    return {name: field for name, field in visible_fields(tables, table).items() if is_plain(field)}


def disaggregated(random, tables, table):
    return random_disaggregate(random, plain_fields(tables, table))


def chosen(random, tables, table, is_people, *without):
    """Conditions of a sheet, perhaps none: of people, or where days are counted, about no date."""
    fields = {name: field for name, field in plain_fields(tables, table).items() if name not in without}
    if is_people:
        fields = {name: field for name, field in fields.items() if field["type"] != "date"}
    where = random_where(random, tables, fields, random.choice([0, 0, 1, 1]), is_people)
    return ({"where": where} if where else {}) | random_ways(random, tables, table, fields, is_people)


def random_part(random, tables):
    """A count, a sum, people or a level of a table about nobody."""
    kinds = ["count", "sum", "columns", "people", "people each period", "people at least", "level", "over days"]
    kind = random.choice(kinds)
    if kind in ("level", "over days"):
        return random_level(random, tables, kind)
    return random_counted(random, tables, random.choice(["stocks", "offers"]), kind)


def random_counted(random, tables, table, kind, *without):
    """A count, a sum, a mean or people of a table. without: fields of which it asks nothing."""
    fields = plain_fields(tables, table)
    days, numbers = names_of_type(fields, "date"), sorted(name for name in fields if name in NUMBERS)
    measure = kind.split(" ")[0].replace("columns", "sum")
    part = {"measure": measure, "table": table, "date": random.choice(days)}
    if kind == "columns":
        part["columns"] = random.sample(numbers, 2)
    elif measure in ("sum", "mean", "median"):
        part["column"] = random.choice(numbers)
    if measure == "people":
        part["person"] = random.choice([name for name in ("stocks_id", "worker", "place") if name in fields])
        part |= {"counted": "each period"} if "each period" in kind else {}
        part |= {"at_least": 2} if "at least" in kind else {}
    return part | chosen(random, tables, table, measure == "people", *without)


def random_rate(random, tables, kind):
    """A rate, broken down by fields of codes only, of which there can be residents."""
    numerator = random_counted(random, tables, "offers", kind)
    fields = {name: field for name, field in plain_fields(tables, "offers").items() if name in CODES}
    ways = random_disaggregate(random, fields)
    return {"measure": "rate", "per": random.choice([1000, 100_000]), "numerator": numerator} | ways


def random_level(random, tables, kind):
    """What stands on the last day, or on each day of a period: rows, people, or what is in a column."""
    fields = plain_fields(tables, "offers")
    start, end = random.sample(names_of_type(fields, "date"), 2)
    part = {"measure": "level", "table": "offers", "start": start, "end": end}
    part |= {"over": "days"} if "over days" in kind else {}
    if kind.endswith("of people"):
        part["person"] = random.choice([name for name in ("stocks_id", "worker", "place") if name in fields])
    if kind.endswith("of column"):
        part["column"] = random.choice(sorted(name for name in fields if name in NUMBERS))
    return part | chosen(random, tables, "offers", is_people="person" in part or "over" in part)


def random_rounds(random, tables, measure):
    """A measure of the latest survey round; which round a row is of is said by a field of codes."""
    fields = plain_fields(tables, "offers")
    name = random.choice(sorted(name for name in fields if name in CODES))
    rounds = {"field": name, "baseline": random.choice(fields[name]["categories"])["value"]}
    counted = random_counted(random, tables, "offers", "count" if measure == "share" else measure, name)
    more = random_disaggregate(random, {one: field for one, field in fields.items() if one != name})
    if measure != "share":
        return counted | more | {"rounds": rounds}
    others = {one: field for one, field in fields.items() if one != name}
    where = random_where(random, tables, others, 1, is_people=False)
    return {"measure": "share", "rounds": rounds, "denominator": counted, "numerator": {"where": where}} | more


# --- Of people who have rows in two tables -------------------------------------------------------


def two_tables(random, tables):
    """Two tables in which the same people are known, and the field that says who it is."""
    classes = [tables[name]["resource"]["disclosure"] for name in ("people", "visits")]
    alike = classes[0] == classes[1] and is_open(tables, "people") == is_open(tables, "visits")
    days = all(names_of_type(plain_fields(tables, name), "date") for name in ("people", "visits"))
    if alike and days and classes[0] != AUDITED and random.random() < 0.5:
        return "people", "visits", "people_id"
    return "stocks", "offers", "stocks_id"


def dated(random, tables, table, person):
    day = random.choice(names_of_type(plain_fields(tables, table), "date"))
    return {"table": table, "person": person, "date": day}


def where_of(random, tables, table):
    """A condition about no date, perhaps none."""
    fields = {name: field for name, field in plain_fields(tables, table).items() if field["type"] != "date"}
    where = random_where(random, tables, fields, random.choice([0, 1]), is_people=True)
    return {"where": where} if where else {}


def several(random, tables, table, kind):
    """That there are several rows, or several values of a field."""
    names = sorted(name for name in plain_fields(tables, table) if name in CODES or name in ("agreed", "score"))
    asked = {"at_least": random.choice([2, 2, 3])} if "at least" in kind or "different" in kind else {}
    return asked | ({"different": random.choice(names)} if "different" in kind else {})


def random_people(random, tables, kind):
    """People of several rows, with several values, or of two tables."""
    one, other, person = two_tables(random, tables)
    part = {"measure": "people"} | dated(random, tables, other, person) | chosen(random, tables, other, is_people=True)
    part |= several(random, tables, other, kind)
    part |= {"counted": "each period"} if random.random() < 0.4 else {}
    if not kind.startswith("also"):
        return part | disaggregated(random, tables, other)
    further = dated(random, tables, one, person) | where_of(random, tables, one)
    seen = [visible_fields(tables, name) for name in (other, one)]
    both = {name: field for name, field in seen[0].items() if is_plain(field) and is_in(field, seen[1])}
    there = any(name in CODES or field["type"] == "boolean" for name, field in both.items())
    return part | {"also": [further]} | (random_disaggregate(random, both) if there else {})


def is_in(field, fields):
    """Whether these fields have the same one of the same table."""
    return fields.get(field["name"], {}).get("table") == field["table"]


def random_cohort(random, tables, kind):
    """Those who entered by a row of one table, and came into a state by rows of another, or of the same."""
    one, other, person = two_tables(random, tables)
    one = random.choice([one, one, other])
    entered = {"measure": "people"} | dated(random, tables, one, person) | chosen(random, tables, one, is_people=True)
    entered |= {"at_least": 2} if one == other and random.random() < 0.3 else {}
    state = (
        dated(random, tables, other, person) | where_of(random, tables, other) | several(random, tables, other, kind)
    )
    state |= {"within": random.choice([1, 30, 90, *days_between(tables, entered, state)])} if "within" in kind else {}
    return {"measure": "share", "denominator": entered, "numerator": state} | disaggregated(random, tables, one)


def days_between(tables, entered, state):
    """After how many days somebody is in the state, so that the last day by which a state counts is met."""
    person, first, then = entered["person"], entered["date"], state["date"]
    rows = [tables[part["table"]]["rows"] for part in (entered, state)]
    pairs = [(one, other) for one in rows[0] for other in rows[1] if one.get(person) == other.get(person) != ""]
    days = [(one.get(first, ""), other.get(then, "")) for one, other in pairs]
    passed = {
        (date.fromisoformat(two) - date.fromisoformat(one)).days for one, two in days if is_day(one) and is_day(two)
    }
    return sorted(number for number in passed if 0 < number <= LONGEST)
