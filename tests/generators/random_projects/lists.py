"""A field of a random project that takes several values in one cell, and sheets that ask about it.

It has a source of chance of its own, so that everything else of a seed's project is what it would be without it.
"""

from random import Random

from tests.generators.random_projects.fields import field_of
from tests.generators.random_projects.sheets import visible_fields
from tests.generators.random_projects.vocabulary import AUDITED

NAME = "needs"
VALUES = ["shelter", "legal", "7", "food"]


def add_lists(seed, tables, sheets):
    """Gives a table a list, and some of the sheets a condition on it, or a breakdown by it."""
    random = Random(f"lists {seed}")
    table = tables[random.choice(["people", "visits"])]
    delimiter = random.choice([" ", ",", ";", "|"])
    categories = [{"value": value, "label": f"needs {value}"} for value in random.sample(VALUES, 3)]
    field = field_of(NAME, "list", delimiter=delimiter, categories=categories)
    if random.random() < 0.3:
        field["constraints"] = {"required": True}
    table["resource"]["schema"]["fields"].append(field)
    values = [category["value"] for category in categories]
    for row in table["rows"]:
        least = 1 if "constraints" in field else 0
        row[NAME] = delimiter.join(random.sample(values, random.randint(least, len(values))))
    for sheet in sheets:
        ask(random, tables, sheet["calculation"], values)


def ask(random, tables, calculation, values):
    """Perhaps a condition on the list; and a breakdown by it, where people are not audited."""
    counted = calculation.get("denominator", calculation)
    if NAME not in visible_fields(tables, counted["table"]):
        return
    if random.random() < 0.4:
        counted["where"] = counted.get("where", {}) | {NAME: condition(random, values)}
    if tables[counted["table"]]["resource"]["disclosure"] != AUDITED and random.random() < 0.7:
        calculation["disaggregate"] = [*calculation.get("disaggregate", []), NAME]


def condition(random, values):
    """Any of some, none of some, or whether there is any at all."""
    some = random.sample(values, random.randint(1, 2))
    return random.choice([some, some[0], {"not": some}, {"not": some[0]}, {"present": random.random() < 0.5}])
