"""The fields of a random project's tables: keys, references, categories, numbers, days."""

from tests.generators.random_projects.vocabulary import BOOLEANS, CODES, DATES, MARKS_OF_MISSING, NUMBERS, STRINGS


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
    if field["type"] == "number":
        field["decimalChar"] = "."  # said, for three digits behind a point may be thousands
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


def foreign_keys(resource):
    """The foreign keys that a table declares."""
    return resource["schema"]["foreignKeys"]


def is_required(field):
    """Whether every row must have a value in the field."""
    return field.get("constraints", {}).get("required", False)


def is_day(cell):
    """Whether a date cell has a day, and not a mark of a missing one."""
    return len(cell) == len("2012-01-01")
