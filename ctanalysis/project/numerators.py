"""What the numerator of a share can be: some of the denominator's rows, those within so many days, or a cohort's."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import Discriminator, Field, Tag, model_validator

from ctanalysis.project.conditions import Where
from ctanalysis.project.row_calculations import DayPair, People, check_different
from ctanalysis.project.strict import Strict

LONGEST = 3_660  # days within which a state is reached: ten years


class Subset(Strict):
    """The numerator of a share: the denominator's rows (or people) that satisfy this as well."""

    kind: ClassVar[str] = "subset"
    where: Where


class Reached(Strict):
    """The numerator of a cohort: the denominator's people who have a row of this table from the day they entered on.

    at_least, different: so many rows, or different values (see People). within: by so many days after that day, which
    are over on the day on which a person is counted; without it, by the period's last day.
    """

    kind: ClassVar[str] = "reached"
    table: str
    person: str
    date: str
    where: Where = Field(default_factory=dict)
    at_least: int = Field(default=1, ge=1)
    different: str | None = None
    within: int | None = Field(default=None, ge=1, le=LONGEST)

    @model_validator(mode="after")
    def _asks_for_several(self) -> Self:
        check_different(self.different, self.at_least, self.person)
        return self

    @property
    def people(self) -> People:
        """The rows as those of a count of people."""
        keys = {name: getattr(self, name) for name in ("table", "person", "date", "where", "at_least", "different")}
        return People(measure="people", **keys)


class InTime(Strict):
    """The numerator of a share: the denominator's rows whose second date of `days` is within so many days of the first.

    A row is counted on the day on which its days are over, whatever has come by then, as in a cohort: counted earlier,
    it would be a failure that may still come right, and rows with a quick end would count before the slow ones. So the
    first date is that by which the denominator counts; periods add up, and what comes late changes none of them. A row
    without the second date has not got there. One whose second date is before the first is in neither part, and named.
    """

    kind: ClassVar[str] = "in time"
    days: DayPair
    within: int = Field(ge=0, le=LONGEST)


def are_two_numbers(numerator: Any, denominator: Any) -> bool:
    """Whether the parts of a share, as they are written, are two numbers of their own, and so those of a ratio.

    They are where the numerator has a measure, the denominator one that no share is of, or where the numerator is of
    another table and nobody is followed into it.
    """
    if not isinstance(numerator, Mapping) or not isinstance(denominator, Mapping):
        return False
    is_of_people = denominator.get("measure") == "people" or {"person", "within"} & {*numerator}
    below = denominator.get("measure") in ("level", "days")
    return "measure" in numerator or below or ("table" in numerator and not is_of_people)


def _kind(numerator: Any) -> str:
    if isinstance(numerator, dict):
        return "reached" if "table" in numerator else "in time" if {"days", "within"} & {*numerator} else "subset"
    return getattr(numerator, "kind", "subset")


Numerator = Annotated[
    Annotated[Subset, Tag("subset")] | Annotated[Reached, Tag("reached")] | Annotated[InTime, Tag("in time")],
    Discriminator(_kind),
]
