"""How a random project is written to its folder."""

import csv
import json


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
