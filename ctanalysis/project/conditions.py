"""Conditions on the fields of a row, as reference sheets write them."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from ctanalysis.project.strict import Strict

Scalar = bool | int | float | str | date
Scalars = tuple[Scalar, ...]


class Condition(Strict):
    """A condition on a field of a row: one of `among`, none of `excluded`, within bounds, `present` or not."""

    among: Scalars | None = None
    excluded: Scalars | None = Field(default=None, alias="not")
    minimum: Scalar | None = Field(default=None, alias="min")
    maximum: Scalar | None = Field(default=None, alias="max")
    present: bool | None = None

    @property
    def is_of_days(self) -> bool:
        """Whether it asks of a day when it is."""
        values = (*(self.among or ()), *(self.excluded or ()), self.minimum, self.maximum)
        return any(isinstance(value, date) for value in values)

    def with_a_value(self) -> "Condition":
        """The condition, and that there is a value; where it says that there is none, nothing satisfies both."""
        return self.model_copy(update={"among": ()} if self.present is False else {"present": True})


def _as_condition(value: Any) -> Any:
    """A bare value means equality, and a list means one of these, as a person writes them."""
    if isinstance(value, Condition):
        return value
    if not isinstance(value, dict):
        return {"among": value if isinstance(value, tuple) else (value,)}
    if "not" in value and not isinstance(value["not"], tuple):
        return value | {"not": (value["not"],)}
    return value


Where = dict[str, Annotated[Condition, BeforeValidator(_as_condition)]]


def _several(alternatives: tuple[Where, ...]) -> tuple[Where, ...]:
    if len(alternatives) == 1 or not all(alternatives):
        raise ValueError(ONE_OR_ANOTHER)
    return alternatives


ONE_OR_ANOTHER = (
    'any is one condition or another, so it is a list of two or more, none of them empty: any = [{ sex = "F" }, '
    "{ age = { max = 17 } }]; what must always hold is written in where"
)
Alternatives = Annotated[tuple[Where, ...], AfterValidator(_several)]


def asked(where: Where) -> tuple[str, ...]:
    """The fields of which conditions ask what the value is, and not only whether there is one."""
    return tuple(name for name, condition in where.items() if condition.present is None)
