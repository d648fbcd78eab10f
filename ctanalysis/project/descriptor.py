"""datapackage.json: the tables of a project, as Data Package and Table Schema describe them.

Only the part of the standard that is enforced is allowed; a rule that nobody checks would be
believed. Beyond the standard a resource has a `disclosure` class, may have `order` (pairs of
dates, the second never before the first) and may say that it `mayBeEmpty`.
"""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Key
from pydantic import model_validator

from ctanalysis.errors import Refused
from ctanalysis.project.strict import CellText, Name, Strict


class Category(Strict):
    """A code and the word that people read."""

    value: str
    label: CellText


class Constraints(Strict):
    required: bool = False
    unique: bool = False
    minimum: float | int | None = None
    maximum: float | int | None = None


class Field(Strict):
    """A column of a table."""

    name: Name
    type: Literal["string", "integer", "number", "boolean", "date"]
    title: CellText
    description: str = ""
    categories: tuple[Category, ...] | None = None
    missing_values: tuple[str, ...] = Key(default=(), alias="missingValues")
    constraints: Constraints = Constraints()

    @model_validator(mode="after")
    def _categories_apart(self):
        if self.name == "total" or {"all", "not recorded"} & set(self.labels or ()) or any(" × " in label for label in self.labels or ()):
            raise ValueError("the words total, all, not recorded and × are the library's own; use others")
        for side in ("value", "label"):
            texts = [getattr(category, side) for category in self.categories or ()]
            if len(set(texts)) != len(texts):
                raise ValueError(f"two categories have the same {side}")
        if self.categories is not None and self.type != "string":
            raise ValueError("only a string field has categories")
        return self

    @property
    def missing(self):
        """The texts that stand for no value; an empty cell always does."""
        return ("", *self.missing_values)

    @property
    def labels(self):
        """The categories' labels in the declared order; yes and no for a boolean; None where there are none."""
        if self.type == "boolean":
            return ("yes", "no")
        return tuple(category.label for category in self.categories) if self.categories else None


class Reference(Strict):
    resource: str
    fields: tuple[str]


class ForeignKey(Strict):
    """The field of this table that names a row of another one, by that one's primary key."""

    fields: tuple[str]
    reference: Reference


class Schema(Strict):
    fields: tuple[Field, ...]
    primary_key: tuple[str] = Key(alias="primaryKey")
    foreign_keys: tuple[ForeignKey, ...] = Key(default=(), alias="foreignKeys")


class Table(Strict):
    """A resource: one table of records, its file and its disclosure class."""

    name: Name
    path: str
    title: str
    description: str = ""
    disclosure: str
    table_schema: Schema = Key(alias="schema")
    order: tuple[tuple[str, str], ...] = ()
    may_be_empty: bool = Key(default=False, alias="mayBeEmpty")

    @property
    def fields(self):
        return {field.name: field for field in self.table_schema.fields}

    @property
    def key(self):
        """The name of the primary key."""
        return self.table_schema.primary_key[0]

    @property
    def references(self):
        """The name of the table that each foreign key field refers to."""
        return {key.fields[0]: key.reference.resource for key in self.table_schema.foreign_keys}


@dataclass(frozen=True)
class Located:
    """Where a field is found from a table: the keys to follow, the table it is in, and the field."""

    steps: tuple[tuple[str, str], ...]
    table: str
    field: Field
    may_be_missing: bool


class Package(Strict):
    """The descriptor."""

    profile: str = Key(default="", alias="$schema")
    name: str
    title: str = ""
    description: str = ""
    resources: tuple[Table, ...]

    @property
    def tables(self):
        return {table.name: table for table in self.resources}

    def parents_first(self):
        """The tables so that each comes after those it refers to. Refused: a circle of references."""
        waiting, placed = list(self.resources), []
        while waiting:
            names = {table.name for table in waiting}
            ready = [table for table in waiting if not names & set(table.references.values())]
            if not ready:
                raise Refused(f"these tables refer to each other in a circle: {', '.join(_circle(waiting))}.")
            placed += ready
            waiting = [table for table in waiting if table not in ready]
        return placed

    def locate(self, table, name):
        """The field of this name, of the table itself or of the nearest one that it refers to.

        Refused: no such field, or two of them equally near.
        """
        level = [((), table, False)]
        while level:
            found = [self._located(place, name) for place in level if name in self.tables[place[1]].fields]
            if len(found) > 1:
                raise Refused(f"field '{name}' is ambiguous from table '{table}': rename it in one of the tables.")
            if found:
                return found[0]
            level = [deeper for place in level for deeper in self._referred(place)]
        raise Refused(f"there is no field '{name}' in table '{table}' or in a table it refers to.")

    def _located(self, place, name):
        steps, table, missing = place
        field = self.tables[table].fields[name]
        return Located(steps, table, field, missing or not field.constraints.required)

    def _referred(self, place):
        steps, table, missing = place
        for key, other in self.tables[table].references.items():
            if other not in {table, *(step[1] for step in steps)}:
                optional = not self.tables[table].fields[key].constraints.required
                yield (*steps, (key, other)), other, missing or optional


def _circle(tables):
    """The names of those of the tables that are in a circle, not only behind one."""
    referred = {name for table in tables for name in table.references.values()}
    inside = [table for table in tables if table.name in referred]
    return _circle(inside) if len(inside) < len(tables) else sorted(table.name for table in tables)
