"""population.csv for a project: the rows that a test writes out, or random ones for the fields of its sheets."""

import csv
import json
from itertools import product
from random import Random

SOURCE = "a statistical office, yearbook"


def write(folder, rows, fields=(), source=SOURCE):
    """population.csv of rows (year, a category of each field or "", residents)."""
    with open(folder / "population.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["year", *fields, "population", "source"])
        writer.writerows([*row, source] for row in rows)
    return folder


def write_random(folder, ways, years, seed):
    """Residents by the ways (tuples of field names) of sheets, for most of the years; all that is there adds up.

    A field of which a category is left out has residents in none of it.
    """
    random, values = Random(seed), categories(folder)
    fields = sorted({name for way in ways for name in way})
    rows = []
    for year in years:
        if random.random() < 0.15:
            continue  # a year that the file lacks
        cells = {one: random.choice([0, 17, 400, 90_001]) for one in product(*(values[name] for name in fields))}
        rows.append((year, *[""] * len(fields), sum(cells.values())))
        kept = [way for way in ways if random.random() < 0.9] + ([fields] if random.random() < 0.3 else [])
        for way in dict.fromkeys(map(frozenset, kept)):
            added = {}
            for cell, residents in cells.items():
                key = tuple(value if name in way else "" for name, value in zip(fields, cell, strict=True))
                added[key] = added.get(key, 0) + residents
            rows += [(year, *key, residents) for key, residents in added.items() if residents and any(key)]
    return write(folder, rows, fields)


def categories(folder):
    """The values of each field with categories, by its name; of a name that several tables have, those of all."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    found = {}
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            for category in field.get("categories") or () if field["type"] == "string" else ():
                found.setdefault(field["name"], {})[category["value"]] = None
    return {name: [*known] for name, known in found.items()}
