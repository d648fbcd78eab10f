"""datapackage.json: the tables of a project, as Data Package and Table Schema describe them.

Only the part of the standards that is enforced is allowed: people would believe a rule that nobody checks.
Source: the Frictionless specifications (specs.frictionlessdata.io). Added to them are:

- of a table: its `disclosure` class, `mayBeEmpty`, `repeated` (keys come again, with a later state), `consent` (the
  field that says whether a person agreed to statistical use), and `ignoredColumns`, which its files have and which
  are not read (row numbers, remarks);
- of a field: `sensitive`, and `identifying` for a reason (`identifyingBecause`): such a field never leaves `records`;
- of tables, fields and categories: `translations`, their words in other languages;
- of a date field: a `format` that says which periods it holds in the place of days (see days);
- of fields and categories: `alternatives`, other spellings that mean the same.

Rules between fields are in rules.toml.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, model_validator
from pydantic import Field as Key

from ctanalysis.base.errors import Refused
from ctanalysis.base.spelling import skeleton
from ctanalysis.project.categories import Translations
from ctanalysis.project.fields import Field
from ctanalysis.project.standard import of_lists, plain, some_path, understood, with_marks
from ctanalysis.project.strict import CellText, Heading, Name, OneOrMore, Strict


def standard(level: str) -> BeforeValidator:
    """What comes before the reading of a level: the standard's keys, as far as they say nothing or what is done."""
    return BeforeValidator(partial(understood, level))


class Reference(Strict):
    """What a foreign key refers to: a table, and the field that is its primary key."""

    resource: str
    fields: Annotated[tuple[str], OneOrMore]


class ForeignKey(Strict):
    """The field of this table that names a row of another one, by that one's primary key."""

    fields: Annotated[tuple[str], OneOrMore]
    reference: Reference


class Schema(Strict):
    """The Table Schema of a table: its fields and keys.

    A primary key may be of several fields, or there is none: rows are then known by their file and row. Foreign keys
    are of one field each. uniqueKeys: fields that may not agree in two rows, where all of them are filled.
    """

    fields: tuple[Annotated[Field, BeforeValidator(plain), standard("field"), BeforeValidator(of_lists)], ...]
    primary_key: Annotated[tuple[str, ...], OneOrMore] = Key(default=(), alias="primaryKey")
    unique_keys: tuple[Annotated[tuple[str, ...], OneOrMore], ...] = Key(default=(), alias="uniqueKeys")
    foreign_keys: tuple[ForeignKey, ...] = Key(default=(), alias="foreignKeys")


class Dialect(Strict):
    """How a table's files are written, where that cannot be seen from them."""

    delimiter: Literal["", ",", ";", "\t"] = ""
    sheet_name: str = Key(default="", alias="sheetName")


class Consent(Strict):
    """The field that says whether a row's person agreed to statistical use, and its value where they did."""

    field: Name
    value: bool | str


class Table(Strict):
    """A resource: one table of records, its files and its disclosure class.

    A path names a file, or a folder of files that are appended. `encoding` is only needed where
    the files are not Unicode. `due` is how often its records are to come.
    """

    name: Name
    path: Annotated[str | tuple[str, ...], AfterValidator(some_path)]
    title: CellText
    description: str = ""
    translations: Translations = Key(default_factory=dict)
    disclosure: str
    encoding: Literal["utf-8", "cp1251", "ptcp154", "cp1252"] = "utf-8"
    dialect: Annotated[Dialect, standard("dialect")] = Dialect()
    table_schema: Annotated[Schema, BeforeValidator(with_marks), standard("schema")] = Key(alias="schema")
    consent: Consent | None = None
    may_be_empty: bool = Key(default=False, alias="mayBeEmpty")
    due: Literal["quarter", "half", "year", "never"] = "quarter"
    repeated: Literal["", "later delivery"] = ""
    ignored_columns: tuple[Heading, ...] = Key(default=(), alias="ignoredColumns")

    @property
    def paths(self) -> tuple[str, ...]:
        """The files and folders with its records, relative to the project folder."""
        return (self.path,) if isinstance(self.path, str) else self.path

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The fields by name, in the declared order."""
        return {field.name: field for field in self.table_schema.fields}

    @cached_property
    def meanings(self) -> dict[str, str]:
        """The field that a heading names, by the heading's skeleton."""
        return {skeleton(word): field.name for field in self.fields.values() for word in field.headings}

    @property
    def shareable_fields(self) -> list[str]:
        """The names of the fields that may leave `records`: all but the identifying ones."""
        return [name for name, field in self.fields.items() if not field.identifying]

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the fields of the primary key; none where rows have no key."""
        return self.table_schema.primary_key

    @property
    def key(self) -> str:
        """The name of the field that is the primary key alone, as other tables need it; empty where none is."""
        return self.keys[0] if len(self.keys) == 1 else ""

    @property
    def unique(self) -> set[str]:
        """The names of the fields whose values differ in all rows, each by itself."""
        alone = {names[0] for names in self.table_schema.unique_keys if len(names) == 1}
        return alone | {name for name, field in self.fields.items() if field.constraints.unique}

    @property
    def references(self) -> dict[str, str]:
        """The name of the table that each foreign key field refers to."""
        return {key.fields[0]: key.reference.resource for key in self.table_schema.foreign_keys}


Steps = tuple[tuple[str, str], ...]  # the keys to follow, each with the table to which it leads
Place = tuple[Steps, str, bool]  # the steps to a table, its name, and whether a row may have none there


@dataclass(frozen=True)
class Located:
    """Where a field is found from a table: the keys to follow, the table that it is in, and the field.

    may_be_missing: whether a row can be without a value. is_coarse: whether the field is meant by its coarse
    categories.
    """

    steps: Steps
    table: str
    field: Field
    may_be_missing: bool
    is_coarse: bool = False


COARSE = ":coarse"  # behind the name of a field: by its coarse categories


class Package(Strict):
    """datapackage.json as a whole."""

    profile: str = Key(default="", alias="$schema")
    name: str
    title: str = ""
    description: str = ""
    resources: tuple[Annotated[Table, standard("table")], ...]

    @model_validator(mode="before")
    @classmethod
    def _standard(cls, given: Any) -> Any:
        return understood("package", given)

    @property
    def tables(self) -> dict[str, Table]:
        """The tables by name, in the declared order."""
        return {table.name: table for table in self.resources}

    def parents_first(self) -> list[Table]:
        """The tables, each after those that it refers to. Refused: references in a circle."""
        waiting = list(self.resources)
        placed: list[Table] = []
        while waiting:
            names = {table.name for table in waiting}
            ready = [table for table in waiting if not names & set(table.references.values())]
            if not ready:
                raise Refused(f"these tables refer to each other in a circle: {', '.join(_circle(waiting))}.")
            placed += ready
            waiting = [table for table in waiting if table not in ready]
        return placed

    def locate(self, table: str, name: str) -> Located:
        """The field of this name, in the table itself or in the nearest one that it refers to.

        With ":coarse" behind its name, the field is meant by its coarse categories. Refused: there is no such
        field, two of them are equally near, or it has no coarse categories.
        """
        if name.endswith(COARSE):
            fine = self.locate(table, name.removesuffix(COARSE))
            if not fine.field.coarse:
                raise Refused(
                    f"field '{name.removesuffix(COARSE)}' has no coarse categories: give each of its categories a "
                    '"coarse" in datapackage.json.'
                )
            return replace(fine, field=fine.field.coarse, is_coarse=True)
        tables = self.tables
        level: list[Place] = [((), table, False)]
        while level:
            nearest = [_located(place, tables[place[1]], name) for place in level if name in tables[place[1]].fields]
            if len(nearest) > 1:
                raise Refused(f"field '{name}' is ambiguous from table '{table}': rename it in one of the tables.")
            if nearest:
                return nearest[0]
            level = [deeper for place in level for deeper in _referred(place, tables[place[1]])]
        raise Refused(f"there is no field '{name}' in table '{table}' or in a table it refers to.")

    def private_fields(self) -> dict[str, set[str]]:
        """The names of the fields whose values are never shown, by table.

        These are the sensitive and the identifying fields, and the keys that carry their values to other tables.
        """
        tables = self.tables
        private = {one.name: {field.name for field in one.fields.values() if field.private} for one in self.resources}
        keys = [
            ((name, field), (other, tables[other].key))
            for name, table in tables.items()
            for field, other in table.references.items()
        ]
        for _ in tables:  # a value can travel from table to table at most as often as there are tables
            for (one, field), (other, key) in keys:
                if field in private[one] or key in private[other]:
                    private[one].add(field)
                    private[other].add(key)
        return private


def _located(place: Place, table: Table, name: str) -> Located:
    """The field of a table that was reached there."""
    steps, _, missing = place
    return Located(steps, table.name, table.fields[name], missing or not table.fields[name].constraints.required)


def _referred(place: Place, table: Table) -> Iterator[Place]:
    """The tables that a table refers to and that were not passed on the way to it."""
    steps, _, missing = place
    for key, other in table.references.items():
        if other not in {table.name, *(step[1] for step in steps)}:
            yield (*steps, (key, other)), other, missing or not table.fields[key].constraints.required


def _circle(tables: list[Table]) -> list[str]:
    """The names of those of the tables that are in a circle, not only behind one."""
    referred = {name for table in tables for name in table.references.values()}
    inside = [table for table in tables if table.name in referred]
    return _circle(inside) if len(inside) < len(tables) else sorted(table.name for table in tables)
