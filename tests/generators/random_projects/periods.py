"""A date field of a random project that holds years, quarters or months in the place of days.

It has a source of chance of its own, so that everything else of a seed's project is what it would be without it.
"""

from datetime import date
from random import Random

from tests.generators.random_projects.fields import is_day

KINDS = ["year", "quarter", "month", "fiscal year", "fiscal quarter"]


def add_periods(seed, tables, sheets, facts):
    """In some projects, makes periods of the days of a field of which no sheet asks for certain days."""
    random = Random(f"periods {seed}")
    asked = {name for sheet in sheets for name in names_asked(sheet["calculation"])}
    found = [
        (table, field)
        for table in tables.values()
        for field in table["resource"]["schema"]["fields"]
        if field["type"] == "date" and field["name"] not in asked
        if not any(field["name"] in pair for pair in table["resource"].get("order", []))
    ]
    if not found or random.random() < 0.15:
        return
    table, field = random.choice(found)
    field["format"] = random.choice(KINDS)
    for row in table["rows"]:
        if is_day(row[field["name"]]):
            row[field["name"]] = written(random, field["format"], date.fromisoformat(row[field["name"]]), facts)


def names_asked(calculation):
    """The fields of which a sheet asks for certain values, and not only whether there is one."""
    parts = [calculation, calculation.get("denominator", {}), calculation.get("numerator", {})]
    for where in (part.get("where", {}) for part in parts):
        yield from (name for name, asks in where.items() if not isinstance(asks, dict) or {*asks} != {"present"})


def written(random, kind, day, facts):
    """The period of a day, in one of the ways to write it."""
    year, month = day.year, day.month
    if kind == "month":
        return random.choice([f"{year}-{month:02}", f"{year}{month:02}"])
    first_month = facts["first_month"]
    mark = ""
    if kind.startswith("fiscal"):
        mark = random.choice(["FY", ""])
        year += first_month > 1 and month >= first_month
        month = (month - first_month) % 12 + 1
    return f"{mark}{year}" if kind.endswith("year") else f"{mark}{year}{random.choice(['', '-'])}Q{(month + 2) // 3}"
