"""A field that another file names must be there, and of a type that can be used like that."""

from collections.abc import Iterator

from ctanalysis.base.errors import Refused
from ctanalysis.project.descriptor import Package

NUMERIC = ("integer", "number")


def missing(package: Package, table: str, name: str) -> str:
    """Why a field cannot be found from a table; empty where it can."""
    try:
        package.locate(table, name)
    except Refused as refusal:
        return str(refusal)
    return ""


def faults(package: Package, table: str, name: str, types: tuple[str, ...] | None) -> Iterator[str]:
    """A sentence where a field cannot be found from a table, or is of none of the types (None: of any type)."""
    fault = missing(package, table, name)
    if fault:
        yield fault
    elif types and package.locate(table, name).field.type not in types:
        yield f"field '{name}' must be of type {' or '.join(types)} to be used like this."
