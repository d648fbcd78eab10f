"""Further tables of a random project, about nobody, and sheets of them: days, several columns, medians, gains ...

They have a source of chance of their own, so that everything else of a seed's project is what it would be without them.
"""

from random import Random

from tests.generators.random_projects.conditions import random_where
from tests.generators.random_projects.sheets import (
    names_of_type,
    random_disaggregate,
    random_sheet,
    random_ways,
    visible_fields,
)
from tests.generators.random_projects.tables import add_table
from tests.generators.random_projects.vocabulary import NUMBERS

KINDS = [
    "median",
    "gain",
    "max",
    "min",
    "last",
    "mean of days",
    "median of days",
    "last of days",
    "share within days",
    "share of sum within days",
    "sum of columns",
    "sum of columns",
    "columns as categories",
    "columns as categories",
]
NAMED = "group"  # of what columns are the categories


def add_measures(seed, tables, sheets, facts):
    """Two tables about nobody, and two sheets of them, each of another kind; a sum of columns perhaps of people."""
    random = Random(f"measures {seed}")
    places = ["places"] if is_open(tables, "places") else []
    add_table(random, facts, tables, "stocks", places, random.randint(2, 20), ["open"])
    add_table(random, facts, tables, "offers", ["stocks"], random.randint(2, 30), ["open"])
    for kind in random.sample(KINDS, 2):
        names = [*tables] if kind == "sum of columns" else ["stocks", "offers", "offers"]
        calculation = random_calculation(random, tables, random.choice(names), kind)
        sheets.append(random_sheet(random, facts, f"{len(sheets) + 1}.1", kind.partition(" ")[0], calculation))


def is_open(tables, name):
    """Whether a table is about nobody, and refers only to such tables."""
    resource = tables[name]["resource"]
    others = [key["reference"]["resource"] for key in resource["schema"]["foreignKeys"]]
    return resource["disclosure"] == "open" and all(is_open(tables, other) for other in others)


def random_calculation(random, tables, table, kind):
    """The calculation of a kind of sheet."""
    fields = {name: field for name, field in visible_fields(tables, table).items() if is_plain(field)}
    days, numbers = names_of_type(fields, "date"), sorted(name for name in fields if name in NUMBERS)
    part = {"measure": kind.split(" ")[0], "table": table, "date": random.choice(days)}
    more = random_disaggregate(random, fields)
    where = random_where(random, tables, fields, random.choice([0, 0, 1]), is_people=False)
    part |= ({"where": where} if where else {}) | random_ways(random, tables, table, fields, is_people=False)
    if kind.startswith("share"):
        return within(random, part, days, numbers, kind) | more
    if kind.endswith("of days"):
        return part | more | {"days": random.sample(days, 2)}
    if kind == "gain":
        sides = names_of_type(fields, "boolean")
        sides = sides if len(sides) > 1 else numbers
        return part | more | dict(zip(("before", "after"), random.sample(sides, 2), strict=True))
    if "columns" not in kind:
        return part | more | {"column": random.choice(numbers)}
    return part | columns(random, random.sample(numbers, min(len(numbers), 3)), kind, more)


def is_plain(field):
    """Whether a cell holds one value, and no period in the place of a day."""
    return field["type"] != "list" and "format" not in field


def within(random, part, days, numbers, kind):
    """A share of rows within so many days of the day by which they count."""
    part |= {"measure": "count"} if "sum" not in kind else {"measure": "sum", "column": random.choice(numbers)}
    first, second = random.sample(days, 2)
    numerator = {"days": [first, second], "within": random.choice([0, 30, 90, 400])}
    return {"measure": "share", "denominator": part | {"date": first}, "numerator": numerator}


def columns(random, names, kind, more):
    """Several columns, added up, or as categories by which it is broken down, by themselves and with another field."""
    if kind == "sum of columns":
        return more | {"columns": names}
    others = [one for one in more.get("disaggregate", []) if isinstance(one, str)]
    ways = [NAMED, *more.get("disaggregate", []), *([NAMED, name] for name in others[:1])]
    ways += [[name, NAMED] for name in others[1:]]
    return {"columns": {NAMED: {f"{NAMED} {name}": name for name in names}}, "disaggregate": ways, "measure": "sum"}
