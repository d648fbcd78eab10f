"""Small random project folders of the shape of data/, to hold the library against the oracle.

The same seed always writes the same folder. The records are nasty on purpose: codes that look
like numbers or like missing values, keys that sort differently as text, several rows of a
person on one day, missing keys, decimals, days outside the project.
"""

import csv
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

SHIPPED = Path(__file__).parents[2] / "data"
AREA = "work"
AUDITED = "victims"
CLASSES = [AUDITED, "callers", "participants", "open"]

# Category fields that a table may have, each with the codes that it may declare.
CODES = {
    "sex": ["Feminine", "Masculine", "X"],
    "age_group": ["0-17", "18-24", "25+", "007"],
    "country": ["RU", "KZ", "NA", "null", "Other"],
    "kind": ["One", "Two", "nan", "1", "01"],
}
BOOLEANS = ["agreed", "safe"]
NUMBERS = {"visits": "integer", "score": "integer", "amount": "number", "hours": "number"}
STRINGS = ["worker", "place"]
DATES = ["began", "ended", "held"]
MARKS_OF_MISSING = [[""], ["", "unknown"], ["-"], ["", "-99", "n/a"]]

# One sheet of each kind: measure, and what else its calculation says.
SHEET_KINDS = [
    "count",
    "sum",
    "people once",
    "people each period",
    "level",
    "level of column",
    "mean",
    "share of count",
    "share of sum",
    "share of people once",
    "share of people each period",
]


def write(folder, seed):
    """Write the random project of a seed to a folder."""
    random = Random(seed)
    folder = Path(folder)
    (folder / "indicators").mkdir(parents=True)
    (folder / "records").mkdir()
    facts = project_facts(random)
    tables = random_tables(random, facts)
    write_facts(folder, facts, seed)
    write_tables(folder, tables)
    write_sheets(folder, random_sheets(random, tables, facts))


# --- The project ----------------------------------------------------------------------------


def project_facts(random):
    """The days of the project and the first month of its fiscal year."""
    first_month = random.randint(1, 12)
    start = first_day_of_quarter(random, first_month)
    if random.random() < 0.25:
        start += timedelta(days=random.randint(1, 80))
    years = random.randint(1, 3)
    end = date(start.year + years, start.month, min(start.day, 28)) - timedelta(days=1)
    return {
        "first_month": first_month,
        "start": start,
        "end": end,
        "records_through": last_day_of_records(random, start, end),
    }


def first_day_of_quarter(random, first_month):
    """The first day of some quarter of the fiscal year."""
    month = (first_month - 1 + 3 * random.randint(0, 3)) % 12 + 1
    return date(random.randint(2009, 2019), month, 1)


def last_day_of_records(random, start, end):
    """The end of a month, the end of the project or any day of it after half a year."""
    if random.random() < 0.3:
        return end
    day = start + timedelta(days=random.randint(200, (end - start).days))
    if random.random() < 0.5:
        return day
    return max(day.replace(day=1) - timedelta(days=1), start + timedelta(days=190))


def write_facts(folder, facts, seed):
    """project.toml, the shipped policy, and the two files of figures without a row."""
    text = {
        "name": f"Random project {seed}",
        "country": "the Republic of Chance",
        "donor": "Nobody",
        "implementer": "Nobody",
        "partners": ["civil society organizations"],
        "locations": "nowhere",
        "start": facts["start"],
        "end": facts["end"],
        "language": "en",
        "synthetic": True,
        "records_through": facts["records_through"],
        "source": "None.",
        "fiscal_year": {"first_month": facts["first_month"]},
        "funding": {"amount": 1000, "currency": "US dollars"},
        "areas": [{"code": AREA, "name": "Work", "purpose": "Anything."}],
        "statements": [{"area": AREA, "as_of": facts["start"], "text": "Nothing was published."}],
        "limits": [{"text": "All of it is invented."}],
    }
    write_toml(folder / "project.toml", text)
    policy = (SHIPPED / "policy.toml").read_text(encoding="utf-8")  # without what names the shipped tables and sheets
    policy = policy.replace('person = "person_id"', "").replace('contract_figures = ["2.2"]', "")
    (folder / "policy.toml").write_text(policy, encoding="utf-8")
    write_text(folder / "targets.csv", "indicator,period,target,rationale,valid_from\n")
    write_text(folder / "published.csv", "indicator,as_of,value,hedge,source\n")


# --- Tables: people have places, visits have people, payments have visits -------------------


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


def add_table(random, facts, tables, name, refers_to, size):
    """Describe a table and fill it."""
    audited = any(tables[other]["resource"]["disclosure"] == AUDITED for other in refers_to)
    resource = described_table(random, name, refers_to, [AUDITED] if audited else CLASSES)
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


def key_name(table_name):
    """The name of a table's primary key."""
    return f"{table_name}_id"


def key_field(table_name):
    """A table's primary key."""
    constraints = {"required": True, "unique": True}
    return field_of(key_name(table_name), "string", constraints=constraints)


def foreign_key_field(random, other):
    """A field that holds the primary key of another table; often nobody must fill it."""
    field = field_of(key_name(other), "string")
    if random.random() < 0.5:
        field["constraints"] = {"required": True}
    return field


def foreign_key(other):
    """The declaration of a foreign key."""
    reference = {"resource": other, "fields": [key_name(other)]}
    return {"fields": [key_name(other)], "reference": reference}


def own_fields(random, table_name):
    """The fields of a table that are not keys."""
    names = random.sample(sorted(CODES), 2) + random.sample(BOOLEANS, 1)
    names += random.sample(sorted(NUMBERS), 2) + random.sample(STRINGS, 1)
    names += random.sample(DATES, 2)
    if table_name != "places" and random.random() < 0.85:
        names.append("date")
    fields = [own_field(random, name) for name in names]
    if random.random() < 0.2:
        fields.append(field_of("serial", "integer", constraints={"required": True, "unique": True}))
    return fields


def own_field(random, name):
    """One field with what it declares."""
    field = field_of(name, type_of(name))
    if name in CODES:
        field["categories"] = random_categories(random, name)
    constraints = {}
    if random.random() < 0.35:
        constraints["required"] = True
    elif random.random() < 0.5:
        field["missingValues"] = random.choice(MARKS_OF_MISSING)
    if name in NUMBERS and random.random() < 0.4:
        constraints["minimum"] = random.choice([-20, -5, 0])
    if name in NUMBERS and random.random() < 0.4:
        constraints["maximum"] = random.choice([3, 20, 100])
    if constraints:
        field["constraints"] = constraints
    return field


def type_of(name):
    """The type of a field by its name."""
    if name in NUMBERS:
        return NUMBERS[name]
    if name in BOOLEANS:
        return "boolean"
    return "date" if name in DATES or name == "date" else "string"


def field_of(name, kind, **more):
    """A field's description."""
    title = name.replace("_", " ")
    return {"name": name, "type": kind, "title": title, "description": "Random.", **more}


def random_categories(random, name):
    """Some of the codes of a field, in any order, with labels."""
    codes = random.sample(CODES[name], random.randint(2, len(CODES[name])))
    return [{"value": code, "label": f"{name.replace('_', ' ')} {code}"} for code in codes]


# --- Records --------------------------------------------------------------------------------


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


def foreign_keys(resource):
    """The foreign keys that a table declares."""
    return resource["schema"]["foreignKeys"]


def random_reference(random, table, field):
    """The key of some row of another table; often one of the first few."""
    if not is_required(field) and random.random() < 0.15:
        return ""
    rows = table["rows"][:4] if random.random() < 0.4 else table["rows"]
    return random.choice(rows)[key_name(table["resource"]["name"])]


def is_required(field):
    """Whether every row must have a value in the field."""
    return field.get("constraints", {}).get("required", False)


def random_cell(random, facts, field):
    """A cell as text; sometimes missing, where it may be."""
    how_often = 0.1 if field["name"] == "date" else 0.3
    if not is_required(field) and random.random() < how_often:
        return random.choice(field.get("missingValues", [""]) + [""])
    if "categories" in field:
        return random.choice(field["categories"])["value"]
    if field["type"] == "boolean":
        return random.choice(["true", "false"])
    if field["type"] == "date":
        return random_day(random, facts).isoformat()
    if field["type"] == "string":
        return random.choice(["Ann", "Öl", "None", "3", "a, b", 'the "one"'])
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


def is_day(cell):
    """Whether a date cell has a day, and not a mark of a missing one."""
    return len(cell) == len("2012-01-01")


# --- Reference sheets -----------------------------------------------------------------------


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
        **dict.fromkeys(TEXTS, "Random."),
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


TEXTS = [
    "result",
    "performance_plan_report",
    "definition",
    "rationale",
    "source",
    "method",
    "frequency",
    "responsible",
    "target_rationale",
    "previous_assessments",
    "next_assessment",
    "limitations",
    "changes",
    "notes",
]


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
    if not kind.startswith("share"):
        return counted | random_disaggregate(random, fields)
    numerator = {"where": random_where(random, tables, fields, random.choice([1, 1, 2]), is_people)}
    share = {"measure": "share"} | random_disaggregate(random, fields)
    return share | {"denominator": counted, "numerator": numerator}


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


# --- Conditions -----------------------------------------------------------------------------


def random_where(random, tables, fields, size, is_people):
    """Conditions on some fields; no `present` of a date where people are counted."""
    suited = [name for name in sorted(fields) if not name.endswith("_id") or random.random() < 0.2]
    names = random.sample(suited, size)
    return {name: random_condition(random, tables, fields[name], is_people) for name in names}


def random_condition(random, tables, field, is_people):
    """One condition on a field, of any shape that suits its type."""
    known = known_values(tables, field)
    shapes = ["present"]
    if field["type"] == "date":
        shapes = ["range"] if is_people else ["present", "present", "range"]
    elif field["type"] == "boolean":
        shapes += ["equal", "equal", "not one"]
    else:
        shapes += ["equal", "among", "not one", "not among"]
        shapes += ["range", "range", "everything"] if field["type"] != "string" else []
    return condition_of_shape(random, random.choice(shapes), known)


def condition_of_shape(random, shape, known):
    """A condition of one shape; its values are met in the records, so that it matters."""
    if shape == "present":
        return {"present": random.random() < 0.7}
    if shape == "equal":
        return random.choice(known)
    if shape == "among":
        return random.sample(known, min(len(known), random.randint(1, 3)))
    if shape == "not one":
        return {"not": random.choice(known)}
    if shape == "not among":
        return {"not": random.sample(known, min(len(known), random.randint(1, 2)))}
    if shape == "range":
        return random_range(random, known)
    low, high = random_low_and_high(random, known)
    return {"min": low, "max": high, "not": random.choice(known), "present": True}


def random_range(random, known):
    """A lowest value, a highest, or both."""
    low, high = random_low_and_high(random, known)
    return random.choice([{"min": low}, {"max": high}, {"min": low, "max": high}])


def random_low_and_high(random, known):
    """Two values of the records, the lower first: one of the lower half, one of the upper."""
    middle = len(known) // 2
    return random.choice(known[: middle + 1]), random.choice(known[middle:])


def known_values(tables, field):
    """The different values of a field in the records, in order; something where there is none."""
    marks = field.get("missingValues", []) + [""]
    cells = {row[field["name"]] for row in tables[field["table"]]["rows"]} - set(marks)
    if "categories" in field:
        return [category["value"] for category in field["categories"]]
    return sorted(typed(field, cell) for cell in cells) or [some_value(field)]


def typed(field, cell):
    """A cell as a value for a sheet."""
    if field["type"] == "boolean":
        return cell == "true"
    if field["type"] == "date":
        return date.fromisoformat(cell)
    return {"integer": int, "number": Decimal, "string": str}[field["type"]](cell)


def some_value(field):
    """A value of the field's type."""
    examples = {"boolean": True, "date": date(2012, 1, 1), "string": "nobody"}
    return examples.get(field["type"], 1)


# --- Files ----------------------------------------------------------------------------------


def write_tables(folder, tables):
    """datapackage.json, rules.toml and the record files."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "random-project",
        "title": "Random records",
        "description": "Invented records.",
        "resources": [
            {key: value for key, value in table["resource"].items() if key != "order"} for table in tables.values()
        ],
    }
    write_text(
        folder / "rules.toml",
        "".join(
            f'[[order]]\ntable = "{name}"\nfirst = "{first}"\nthen = "{then}"\nreason = "."\n'
            for name, table in tables.items()
            for first, then in table["resource"].get("order", [])
        ),
    )
    text = json.dumps(package, ensure_ascii=False, indent=1)
    write_text(folder / "datapackage.json", text + "\n")
    for table in tables.values():
        write_rows(folder / table["resource"]["path"], table["rows"])


def write_rows(path, rows):
    """One record file."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_sheets(folder, sheets):
    """The reference sheets, one file each."""
    for sheet in sheets:
        write_toml(folder / "indicators" / f"{sheet['code']}-random.toml", sheet)


def write_text(path, text):
    """A text file with the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


def write_toml(path, content):
    """A TOML file."""
    lines = [f"{name} = {toml_value(value)}" for name, value in content.items()]
    write_text(path, "\n".join(lines) + "\n")


def toml_value(value):
    """A value as TOML writes it; a table within braces."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml_value(one) for one in value) + "]"
    if isinstance(value, dict):
        inside = [f"{json.dumps(name)} = {toml_value(one)}" for name, one in value.items()]
        return "{" + ", ".join(inside) + "}"
    return str(value)
