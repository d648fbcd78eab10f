"""rules.toml: what must hold, or is worth a look, beyond the types and keys of datapackage.json.

Rows that break a sum, an order or the project's dates are held back; all other rules name rows
to be looked at, which are counted. Every rule says why it is there.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar, Self

from pydantic import Field, model_validator

from ctanalysis.project.strict import Name, Strict


class Rule(Strict):
    """What all rules have: the table, and the reason that is reported with a finding."""

    numeric: ClassVar[tuple[str, ...]] = ()  # which of the keys name numeric fields, dates, fields of any type
    dated: ClassVar[tuple[str, ...]] = ()
    any_type: ClassVar[tuple[str, ...]] = ()

    table: str
    reason: str

    def named(self, keys: Iterable[str]) -> Iterator[str]:
        """The fields named under these keys."""
        for key in keys:
            value = getattr(self, key)
            yield from (value if isinstance(value, tuple) else (value,) if value else ())


class Sum(Rule):
    """The total is the sum of the parts, wherever all of them are there."""

    numeric = ("total", "parts")
    total: Name
    parts: tuple[Name, ...] = Field(min_length=2)


class Order(Rule):
    """The day in `then` is never before the day in `first`."""

    dated = ("first", "then")
    first: Name
    then: Name


class Dates(Rule):
    """A day lies within the project, and not after the day on which its file was sent (deliveries.csv)."""

    dated = ("field",)
    field: Name


class Range(Rule):
    """What is plausible; either end may be left out."""

    numeric = ("field",)
    field: Name
    minimum: float | int | None = None
    maximum: float | int | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.minimum is None and self.maximum is None:
            raise ValueError("a range needs a minimum, a maximum or both")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("a range's minimum must not be above its maximum")
        return self


class Duplicate(Rule):
    """Rows that are the same in all of these fields are likely one thing entered twice. Empty cells are the same."""

    any_type = ("fields",)
    fields: tuple[Name, ...] = Field(min_length=1)


class ByPartner(Rule):
    """A rule about a field of each partner's rows; `by` is the field that says whose they are."""

    any_type = ("by",)
    field: Name
    by: Name


class Usual(ByPartner):
    """A value far outside what the same partner usually reports."""

    numeric = ("field",)


class Heaping(ByPartner):
    """A partner's numbers end in 0 or 5 more often than counted numbers do."""

    numeric = ("field",)


class Gap(ByPartner):
    """A partner without any row in a quarter between its first row and the end of the records."""

    dated = ("field",)


class Rules(Strict):
    """The rules by kind."""

    sum: tuple[Sum, ...] = ()
    order: tuple[Order, ...] = ()
    dates: tuple[Dates, ...] = ()
    range: tuple[Range, ...] = ()
    duplicate: tuple[Duplicate, ...] = ()
    usual: tuple[Usual, ...] = ()
    heaping: tuple[Heaping, ...] = ()
    gap: tuple[Gap, ...] = ()

    @property
    def all(self) -> list[Rule]:
        """All rules, in the order of their kinds."""
        return [rule for kind in type(self).model_fields for rule in getattr(self, kind)]

    def of(self, table: str, allowed: Callable[[list[str]], bool] = lambda fields: True) -> Self:
        """The rules about a table. allowed: whether a rule is kept, by the names of the fields that it is about."""
        chosen = {
            kind: tuple(
                rule
                for rule in getattr(self, kind)
                if rule.table == table and allowed([*rule.named((*rule.numeric, *rule.dated, *rule.any_type))])
            )
            for kind in type(self).model_fields
        }
        return self.model_copy(update=chosen)

    @property
    def holding_back(self) -> list[Sum | Order | Dates]:
        """The rules whose breach holds a row back."""
        return [*self.sum, *self.order, *self.dates]
