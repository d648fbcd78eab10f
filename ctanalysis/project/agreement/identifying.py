"""Identifying fields: refused unless the project says why they are there, and used for nothing that is published.

In a table about people (its class in policy.toml names a `person` field), free texts and birth dates count as
identifying: somebody will write a name into a text.
"""

import re
from collections.abc import Iterable, Iterator

from ctanalysis.base.errors import Refused
from ctanalysis.project.descriptor import Consent, Package, Table
from ctanalysis.project.fields import Field
from ctanalysis.project.policy import DisclosureRule

BIRTH = re.compile(
    r"birth|born|(?<![a-z])dob(?![a-z])|рожд|туулган|туған|таваллуд|tug.?ilgan"
)  # English, Russian, Kyrgyz, Kazakh, Tajik, Uzbek


def faults(table: Table, rule: DisclosureRule | None) -> Iterator[str]:
    """A sentence to each fault of a table's identifying fields and of its consent.

    rule: that of the table's class in policy.toml; None where there is no such class.
    """
    person = rule.person if rule else ""
    for field in table.fields.values():
        if field.identifying:
            yield from _marked(table, field, person)
        elif person:
            yield from _unmarked(table, field, person)
    if table.consent:
        yield from _consent(table, table.consent, rule)


def _marked(table: Table, field: Field, person: str) -> Iterator[str]:
    name = field.name
    if name in (*table.keys, person, *table.references):
        yield (
            f"its field '{name}' is marked identifying, and rows or people are known by it. Put a code made for the "
            "project in its place, which says nothing of anybody; a name or number that others know cannot be the "
            "key."
        )
    elif field.categories or field.constraints.enum:
        yield (
            f"its field '{name}' is marked identifying, and is a closed list, which says who nobody is. Take "
            '"identifying" away from it, or its list.'
        )
    elif field.identifying_because is None:
        yield f"its field '{name}' is marked identifying. {_ways_out(table, name)}"


def _unmarked(table: Table, field: Field, person: str) -> Iterator[str]:
    is_closed = field.name in (*table.keys, person, *table.references) or field.categories or field.constraints.enum
    if field.type == "string" and not is_closed:
        yield (
            f"its field '{field.name}' is a free text in a table about people, into which names get. Give it "
            f'categories; or, if it must be a text, mark it "identifying": true. {_ways_out(table, field.name)}'
        )
    if (
        field.type == "date"
        and not field.period.endswith("year")
        and any(BIRTH.search(word.casefold()) for word in field.headings)
    ):
        yield (
            f"its field '{field.name}' is a birth date, by which a person can be recognised. Record an age group or "
            'the year instead; or, if it must be a date, mark it "identifying": true. '
            f"{_ways_out(table, field.name)}"
        )


def _ways_out(table: Table, name: str) -> str:
    return (
        f"Take its column out of {', '.join(table.paths)} and the field out of datapackage.json; or take out the "
        "field alone and name the column in "
        '"ignoredColumns", so that it is not read; or say why it must be read: "identifyingBecause": "..." beside '
        '"identifying": true.'
    )


def _consent(table: Table, consent: Consent, rule: DisclosureRule | None) -> Iterator[str]:
    name, value = consent.field, consent.value
    field = table.fields.get(name)
    if field is None:
        yield f"\"consent\" names '{name}', which is no field of it."
    elif field.identifying or field.type == "list" or not (field.type == "boolean" or field.categories):
        yield f"\"consent\" names '{name}', which must be a boolean field or one with categories."
    elif field.type == "boolean" and not isinstance(value, bool):
        yield f"the value of \"consent\" must be true or false, as '{name}' is a boolean field."
    elif field.categories and value not in [category.value for category in field.categories]:
        yield (
            f"the value of \"consent\" is no category of '{name}'. There are: "
            f"{', '.join(category.value for category in field.categories)}."
        )
    if rule and not rule.protects:
        yield (
            f"it has \"consent\", so it is about people, and its class '{table.disclosure}' protects nobody. Give it "
            "a class of policy.toml that does."
        )


def named(package: Package, table: str, names: Iterable[str], what: str) -> Iterator[str]:
    """A sentence to each identifying field among the names. what: the rule that is broken."""
    for name in dict.fromkeys(names):
        try:
            located = package.locate(table, name)
        except Refused:  # that it is not there is reported by fields.faults
            continue
        if located.field.identifying:
            yield (
                f"field '{name}' of table '{located.table}' is marked identifying, so it never leaves the records: "
                f"{what}. Name another field, or take this out."
            )
