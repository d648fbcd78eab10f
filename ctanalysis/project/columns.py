"""Several columns of a table that are added up, also as the categories of a breakdown: women and men side by side."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from ctanalysis.project.categories import Category
from ctanalysis.project.fields import Field

ADDED = 'columns = ["women", "men"]'
NAMED = 'columns = { sex = { female = "women", male = "men" } }'


def _several(given: Any) -> Any:
    """The columns as they are written, two or more different ones. ValueError: in another form."""
    names = given
    if isinstance(given, Mapping):
        [inner] = given.values() if len(given) == 1 else [None]
        names = list(inner.values()) if isinstance(inner, Mapping) else None
    if not isinstance(names, (list, tuple)) or not all(isinstance(name, str) for name in names):
        raise ValueError(
            f"columns are two or more fields, as in {ADDED}; or, to break down by them, the categories of one thing, "
            f"each with its field, as in {NAMED}"
        )
    if len(set(names)) != len(names) or len(names) == 1 or not names:
        raise ValueError(f"columns are two or more different fields, as in {ADDED}; one by itself is a column")
    return given


Columns = Annotated[tuple[str, ...] | dict[str, dict[str, str]], BeforeValidator(_several)]


def names_of(columns: Columns | None) -> tuple[str, ...]:
    """The fields of several columns."""
    return tuple(columns_named(columns)[1].values()) if isinstance(columns, dict) else columns or ()


def columns_named(columns: Columns | None) -> tuple[str, dict[str, str]]:
    """What columns are the categories of, and the field of each by its label; nothing where they are none."""
    return next(iter(columns.items())) if isinstance(columns, dict) else ("", {})


def field_of(name: str, labels: Iterable[str]) -> Field:
    """A field whose categories are columns, to be titled and laid out as others are. Its rows have no value of it."""
    categories = tuple(Category(value=label, label=label) for label in labels)
    return Field(name=name, type="string", title=name.replace("_", " "), categories=categories)
