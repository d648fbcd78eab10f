"""Random conditions on the records, from values that are in them."""

from datetime import date
from decimal import Decimal


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


def condition_of_shape(random, shape, known):  # noqa: PLR0911  a line for each shape
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
    marks = [*field.get("missingValues", []), ""]
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
