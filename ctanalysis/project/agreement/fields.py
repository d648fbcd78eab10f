"""A field that another file names must be there, and of a type that can be used like that."""

from collections.abc import Callable, Iterator

from ctanalysis.base.errors import Refused
from ctanalysis.project.descriptor import Package
from ctanalysis.project.fields import Field

NUMERIC = ("integer", "number")


def missing(package: Package, table: str, name: str) -> str:
    """Why a field cannot be found from a table, and which can; empty where it can."""
    try:
        package.locate(table, name)
    except Refused as refusal:
        return f"{refusal} {there(package, table)}" if str(refusal).startswith("there is no field") else str(refusal)
    return ""


def there(package: Package, table: str, suits: Callable[[Field], bool] = lambda _: True) -> str:
    """A sentence that names the fields which can be named from a table, as far as they suit."""
    names = dict.fromkeys(name for one in _reached(package, table) for name in package.tables[one].fields)
    found = [name for name in names if _suits(package, table, name, suits)]
    return f"There are: {', '.join(found)}." if found else "There is none that can be."


def _suits(package: Package, table: str, name: str, suits: Callable[[Field], bool]) -> bool:
    try:
        field = package.locate(table, name).field
    except Refused:  # two are equally near
        return False
    return not field.identifying and suits(field)


def _reached(package: Package, table: str) -> list[str]:
    """A table and those that it refers to, and they."""
    names = [table]
    for name in names:
        names += [other for other in package.tables[name].references.values() if other not in names]
    return names


def faults(package: Package, table: str, name: str, types: tuple[str, ...] | None) -> Iterator[str]:
    """A sentence where a field cannot be found from a table, or is of none of the types (None: of any type)."""
    fault = missing(package, table, name)
    if fault:
        yield fault
    elif types and package.locate(table, name).field.type not in types:
        of_type = there(package, table, lambda field: field.type in types)
        yield f"field '{name}' must be of type {' or '.join(types)} to be used like this. {of_type}"
