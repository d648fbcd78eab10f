"""The tables of datapackage.json agree among themselves and with the classes of policy.toml."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path, PurePosixPath

from ctanalysis.base.errors import Refused
from ctanalysis.project.agreement import identifying, spellings
from ctanalysis.project.descriptor import Table
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.project import Project


def faults(project: Project) -> Iterator[str]:
    """A sentence to each table that cannot be read, or whose class does not fit it."""
    tables, rules = project.package.tables, project.policy.rules
    if len(tables) != len(project.package.resources):
        yield "datapackage.json: two tables have the same name."
    for table in project.package.resources:
        table_faults = (
            *_class(table, rules),
            *_paths(table),
            *_keys(table, tables),
            *spellings.faults(table),
            *identifying.faults(table, rules.get(table.disclosure)),
            *_laxer(table, tables, rules),
        )
        yield from (f"datapackage.json, table '{table.name}': {fault}" for fault in table_faults)
    try:
        project.package.parents_first()
    except Refused as refusal:
        yield f"datapackage.json: {refusal}"


def _class(table: Table, rules: dict[str, DisclosureRule]) -> Iterator[str]:
    if table.disclosure not in rules:
        yield f"policy.toml has no class '{table.disclosure}'. It has: {', '.join(rules)}."
        return
    person = rules[table.disclosure].person
    if person and person not in table.fields:
        yield f"it has no field '{person}', by which its class knows people."


def _laxer(table: Table, tables: dict[str, Table], rules: dict[str, DisclosureRule]) -> Iterator[str]:
    """What refers to people can be broken down by them, so it is about them."""
    for name in dict.fromkeys(table.references.values()):
        other, mine = rules.get(tables[name].disclosure) if name in tables else None, rules.get(table.disclosure)
        if other and mine and other.audited and not mine.audited:
            yield (
                f"it refers to table '{name}', whose class '{tables[name].disclosure}' is audited, "
                "so its own class must be an audited one too."
            )


def _paths(table: Table) -> Iterator[str]:
    for path in table.paths:
        if Path(path).is_absolute() or ".." in Path(path).parts or "\\" in path or not Path(path).parts:
            yield "its path must be inside the project folder, written with / ."
        elif PurePosixPath(path).as_posix() != path.rstrip("/"):
            yield f"its path must be written plainly, as {PurePosixPath(path).as_posix()}."
    if any(one.is_relative_to(other) for one, other in permutations(map(PurePosixPath, table.paths), 2)):
        yield "a file is in two of its paths, and would be read twice. Name it once."


def _keys(table: Table, tables: dict[str, Table]) -> Iterator[str]:
    fields = table.fields
    if len(fields) != len(table.table_schema.fields):
        yield "two fields have the same name."
    yield from _primary_key(table)
    for name in dict.fromkeys(name for names in table.table_schema.unique_keys for name in names):
        if name not in fields:
            yield f"its uniqueKeys name '{name}', and there is no such field."
    if table.repeated and not table.keys:
        yield 'it says "repeated", and has no primaryKey by which a row could be known again.'
    for name, other in table.references.items():
        target = tables.get(other)
        if name not in fields or target is None or target.key not in _referred_fields(table, name):
            which = f"; table '{other}' needs a primaryKey of one field" if target and not target.key else ""
            yield f"its foreign key '{name}' must name the primary key of a table that there is{which}."
        elif fields[name].type != "string":
            yield f"its foreign key '{name}' must be a string field, as the key is that it names."


def _primary_key(table: Table) -> Iterator[str]:
    key = table.fields.get(table.key)
    if len(table.keys) == 1 and (
        key is None or not (key.constraints.required and key.constraints.unique and key.type == "string")
    ):
        yield f"its primary key '{table.keys[0]}' must be a string field that is required and unique."
    if len(table.keys) > 1:
        for name in table.keys:
            if name not in table.fields or not table.fields[name].constraints.required:
                yield f"'{name}' is part of its primary key, and must be a field that is required."
        if len({*table.keys}) < len(table.keys):
            yield "its primary key names a field twice."


def _referred_fields(table: Table, name: str) -> list[str]:
    return [key.reference.fields[0] for key in table.table_schema.foreign_keys if key.fields[0] == name]
