"""The records of a random project."""

from datetime import timedelta
from decimal import Decimal

from tests.generators.random_projects.fields import foreign_keys, is_day, is_required, key_name


def random_row(random, facts, tables, resource, number):
    """One row, as text, that satisfies everything that its table declares."""
    row = {}
    keys = {key["fields"][0]: key["reference"]["resource"] for key in foreign_keys(resource)}
    for field in resource["schema"]["fields"]:
        if field["name"] == key_name(resource["name"]):
            row[field["name"]] = f"{resource['name'][:2]}-{number}"
        elif field["name"] in keys:
            row[field["name"]] = random_reference(random, tables[keys[field["name"]]], field)
        elif field["name"] == "serial":
            row[field["name"]] = str(7 * number)
        else:
            row[field["name"]] = random_cell(random, facts, field)
    put_in_order(resource, row)
    return row


def random_reference(random, table, field):
    """The key of some row of another table; often one of the first few."""
    if not is_required(field) and random.random() < 0.15:
        return ""
    rows = table["rows"][:4] if random.random() < 0.4 else table["rows"]
    return random.choice(rows)[key_name(table["resource"]["name"])]


def random_cell(random, facts, field):
    """A cell as text; sometimes missing, where it may be."""
    how_often = 0.1 if field["name"] == "date" else 0.3
    if not is_required(field) and random.random() < how_often:
        return random.choice([*field.get("missingValues", [""]), ""])
    if "categories" in field:
        return random.choice(field["categories"])["value"]
    if field["type"] == "boolean":
        return random.choice(["true", "false"])
    if field["type"] == "date":
        return random_day(random, facts).isoformat()
    if field["type"] == "string":
        return random.choice(["Ann", "Öl", "Nonna", "3", "a, b", 'the "one"'])
    return random_number(random, field)


def random_day(random, facts):
    """A day: mostly of the project, sometimes one of a few, now and then outside it."""
    start, through = facts["start"], facts["records_through"]
    chance = random.random()
    if chance < 0.25:
        return start + timedelta(days=30 * random.randint(0, 4))
    if chance < 0.35:
        return start + timedelta(days=random.randint(-300, 1500))
    if chance < 0.4:
        return random.choice([start, through, facts["end"]])
    return start + timedelta(days=random.randint(0, (through - start).days))


def random_number(random, field):
    """A whole or decimal number within what the field allows."""
    constraints = field.get("constraints", {})
    low = constraints.get("minimum", -30)
    high = constraints.get("maximum", 60)
    if field["type"] == "integer":
        return str(random.randint(low, high))
    places = random.randint(0, 4)
    whole = random.randint(low * 10**places, high * 10**places)
    return str(Decimal(whole).scaleb(-places).quantize(Decimal(1).scaleb(-places)))


def put_in_order(resource, row):
    """Swap two days that the table wants the other way round."""
    for first, last in resource.get("order", []):
        if is_day(row[first]) and is_day(row[last]) and row[last] < row[first]:
            row[first], row[last] = row[last], row[first]
