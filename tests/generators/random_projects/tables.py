"""The tables of a random project: people have places, visits have people, payments have visits."""

from tests.generators.random_projects.fields import foreign_key, foreign_key_field, key_field, key_name, own_fields
from tests.generators.random_projects.rows import random_row
from tests.generators.random_projects.vocabulary import AUDITED, CLASSES


def random_tables(random, facts):
    """The tables with their descriptions and rows, by name; each after those it refers to."""
    tables = {}
    add_table(random, facts, tables, "places", [], random.randint(1, 5))
    add_table(random, facts, tables, "people", ["places"], random.randint(2, 14))
    refers_to = perhaps_places(random, "people")
    add_table(random, facts, tables, "visits", refers_to, random.randint(5, 60))
    if random.random() < 0.7:
        refers_to = perhaps_places(random, "visits")
        add_table(random, facts, tables, "payments", refers_to, random.randint(1, 40))
    return tables


def perhaps_places(random, other):
    """Another table, and sometimes places too, in any order: a second, shorter way there."""
    return random.choice([[other], [other], [other, "places"], ["places", other]])


def add_table(random, facts, tables, name, refers_to, size, classes=CLASSES):
    """Describe a table and fill it."""
    audited = any(tables[other]["resource"]["disclosure"] == AUDITED for other in refers_to)
    resource = described_table(random, name, refers_to, [AUDITED] if audited else classes)
    tables[name] = {"resource": resource, "rows": []}
    rows = [random_row(random, facts, tables, resource, number) for number in range(1, size + 1)]
    random.shuffle(rows)
    tables[name]["rows"] = rows


def described_table(random, name, refers_to, classes):
    """A table's entry in datapackage.json; what refers to an audited table is audited too."""
    fields = [key_field(name)]
    fields += [foreign_key_field(random, other) for other in refers_to]
    fields += own_fields(random, name)
    resource = {
        "name": name,
        "path": f"records/{name}.csv",
        "title": name.capitalize(),
        "description": f"Random {name}.",
        "disclosure": random.choice(classes),
        "due": "never",
        "schema": {
            "fields": fields,
            "primaryKey": [key_name(name)],
            "foreignKeys": [foreign_key(other) for other in refers_to],
        },
    }
    names = [field["name"] for field in fields]
    if "began" in names and "ended" in names and random.random() < 0.5:
        resource["order"] = [["began", "ended"]]
    return resource
