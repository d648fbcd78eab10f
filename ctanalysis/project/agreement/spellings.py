"""A word of a table means one thing: a spelling that means two columns, or two categories, would be guessed."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.descriptor import Table
from ctanalysis.project.fields import Field

Item = TypeVar("Item")
BETWEEN = r"[,;|/+&\s]"  # several values in one cell


def faults(table: Table) -> Iterator[str]:
    """A sentence to each spelling of a table that means several columns or categories, or is ignored and read."""
    fields = table.fields.values()
    yield from _same_words("columns", fields, lambda field: field.headings, lambda field: field.name)
    headings = {skeleton(word): field.name for field in fields for word in field.headings}
    for name in dict.fromkeys(headings[skeleton(word)] for word in table.ignored_columns if skeleton(word) in headings):
        yield f"\"ignoredColumns\" names the column '{name}', which is a field. Take it out there."
    for field in fields:
        yield from _same_words(
            f"categories of '{field.name}'",
            field.categories or (),
            lambda category: category.spellings,
            lambda category: category.value,
        )
        yield from _several(field)


def _several(field: Field) -> Iterator[str]:
    """A sentence to each category with an alternative that names another category too: a row of both would lose one."""
    words = {skeleton(word) for category in field.categories or () for word in category.spellings}
    for category in field.categories or ():
        own = {skeleton(part) for word in (category.value, category.label) for part in re.split(BETWEEN, word)}
        others = words - {skeleton(word) for word in category.spellings} - own
        for word in category.alternatives:
            parts = {skeleton(part) for part in re.split(BETWEEN, word)} - {""}
            if len(parts) > 1 and parts <= words and parts & others:
                yield (
                    f"an alternative of '{category.value}' in '{field.name}' names another category too, which would "
                    "be lost. Take it out; where a row may have several, the field is a list: "
                    '"type": "list", "delimiter": " ".'
                )


def _same_words(
    what: str,
    items: Iterable[Item],
    words_of: Callable[[Item], Iterable[str]],
    name_of: Callable[[Item], str],
) -> Iterator[str]:
    meant: dict[str, list[str]] = {}
    for item in items:
        for word in dict.fromkeys(skeleton(word) for word in words_of(item)):  # in the order in which they are written
            meant.setdefault(word, []).append(name_of(item))
    for names in dict.fromkeys(tuple(names) for names in meant.values() if len(names) > 1):
        yield f"a spelling means several {what}: {', '.join(names)}. Take it out of all but one."
