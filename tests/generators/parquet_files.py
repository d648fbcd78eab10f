"""CSV files written as Parquet: each column as the type of its field where all of its cells are of it, else as texts.

A day may be a date, or a time at midnight; a number a whole one, one with a point or a decimal; a text plain or from a
dictionary; an empty cell is missing. Which it is comes from a seed.
"""

import csv
import json
import re
from datetime import date, datetime
from decimal import Decimal
from random import Random

import pyarrow as pa
from pyarrow import parquet

WHOLE, NUMBER = re.compile("-?[0-9]{1,15}"), re.compile(r"-?[0-9]{1,11}(\.[0-9]{1,4})?")
DAY = re.compile("(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
EITHER = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")  # of texts it is asked what they mean, and of no number


def of_project(folder, seed=0):
    """Every CSV file of a project's tables written as Parquet in its place; deliveries.csv names the new ones."""
    random = Random(seed)
    described = folder / "datapackage.json"
    package = json.loads(described.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        for path in [resource["path"]] if isinstance(resource["path"], str) else resource["path"]:
            place = folder / path
            for file in sorted(place.glob("*.csv")) if place.is_dir() else [place]:
                of_file(file, fields, random)
        if isinstance(resource["path"], str):
            resource["path"] = re.sub(r"\.csv$", ".parquet", resource["path"])
    described.write_text(json.dumps(package), encoding="utf-8")
    sent = folder / "deliveries.csv"
    if sent.exists():
        sent.write_text(re.sub(r"\.csv\b", ".parquet", sent.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def of_file(path, fields, random):
    """A CSV file as Parquet, in its place."""
    with path.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    columns = [column([row[at] for row in rows], fields.get(name, {}), random) for at, name in enumerate(names)]
    write(path.with_suffix(".parquet"), pa.table(columns, names=names), row_group_size=random.choice([3, 1000, 10**6]))
    path.unlink()


def write(path, table, **more):
    """A Parquet file; a table may be a dict of columns."""
    parquet.write_table(table if isinstance(table, pa.Table) else pa.table(table), path, **more)
    return path


def column(cells, field, random):
    """The column of a field."""
    filled = [cell for cell in cells if cell]
    kind = field.get("type", "string")
    try:
        if kind == "date" and filled:
            values = [day_of(cell, field) if cell else None for cell in cells]
            return as_days(values, random)
        if kind in ("integer", "number") and filled and not field.get("percentage"):
            return as_numbers([number_of(cell, field, kind) if cell else None for cell in cells], kind, random)
        if kind == "boolean" and filled:
            return pa.array([truth_of(cell, field) if cell else None for cell in cells])
    except ValueError:  # a cell is none of its field's type
        pass
    texts = pa.array([cell or None for cell in cells], pa.string())
    return random.choice([texts, texts.dictionary_encode(), texts.cast(pa.large_string())])


def day_of(cell, field):
    form = field.get("format", "default")
    if DAY.fullmatch(cell) and form == "default":
        return date.fromisoformat(cell)
    found = datetime.strptime(cell, form).date()  # a period's format is none, and its cells stay texts
    if found.strftime(form) != cell or not DAY.fullmatch(found.isoformat()):
        raise ValueError
    return found


def as_days(values, random):
    kind = random.choice([pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("us"), pa.timestamp("ns")])
    return pa.array(values, pa.date32()).cast(kind)


def number_of(cell, field, kind):
    mark = field.get("decimalChar", ".")
    plain = cell.replace(mark, ".") if mark == "." or "." not in cell else cell
    if not (WHOLE if kind == "integer" else NUMBER).fullmatch(plain) or EITHER.fullmatch(cell):
        raise ValueError
    return Decimal(plain)


def as_numbers(values, kind, random):
    ways = [pa.decimal128(20, 4), pa.float64()]
    if all(value is None or value == int(value) for value in values):
        ways += [pa.int64()]
    if all(value is None or abs(value) < 100 for value in values):
        ways += [pa.float32()]
    way = random.choice(ways)
    if pa.types.is_decimal(way):
        return pa.array(values, way)
    convert = int if pa.types.is_integer(way) else float
    missing = float("nan") if convert is float and random.random() < 0.5 else None
    return pa.array([missing if value is None else convert(value) for value in values], way)


def truth_of(cell, field):
    yes = field.get("trueValues", ["true", "True", "TRUE", "1"])
    if cell in yes:
        return True
    if cell in field.get("falseValues", ["false", "False", "FALSE", "0"]):
        return False
    raise ValueError
