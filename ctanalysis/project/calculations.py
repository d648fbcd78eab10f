"""The calculations of reference sheets: one class for each measure. The calculation is data, never code."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Discriminator, Field, SerializerFunctionWrapHandler, Tag, model_serializer, model_validator

from ctanalysis.project.conditions import Condition, Where, asked
from ctanalysis.project.strict import Strict


class _Grown(Strict):
    """later: keys that came later, and are not written where they are left out: what was released is of the same."""

    later: ClassVar[tuple[str, ...]] = ()

    @model_serializer(mode="wrap")
    def _without_later(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = type(self).model_fields
        left_out = [name for name in self.later if getattr(self, name) == fields[name].default]
        written: dict[str, Any] = write(self)
        return {key: value for key, value in written.items() if key not in left_out}


class _Dated(_Grown):
    table: str
    date: str
    where: Where = Field(default_factory=dict)


class Count(_Dated):
    """Rows dated in the period that satisfy `where`."""

    measure: Literal["count"]


class Sum(_Dated):
    """The sum of a column over those rows. Where all cells are empty there is no sum, rather than 0."""

    measure: Literal["sum"]
    column: str


class Mean(_Dated):
    """The mean of a column over those rows, with the number of rows that it is of."""

    measure: Literal["mean"]
    column: str


class Median(_Dated):
    """The median of a column over those rows, with the number of rows that it is of; beside it the quartiles."""

    measure: Literal["median"]
    column: str


QUARTILES, QUARTILE = "quartiles", ("lower quartile", "upper quartile")  # beside a median
CHANGE, CHANGES = "change", ("got better", "stayed", "got worse")  # beside a gain: of how many people


class Gain(_Dated):
    """What the same people gained: the mean, over those rows, of the field `after` less the field `before`.

    Of two yes-or-no fields in percentage points, of two numbers in their unit. A row without a value in either of them
    is in no part of it. Beside it stands how many got better, stayed as they were, and got worse.
    """

    measure: Literal["gain"]
    before: str
    after: str

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields without whose value a row is in no part of it."""
        return (self.before, self.after)


class Also(Strict):
    """Rows of a further table in which people are counted: its day, and the person where that is called otherwise."""

    table: str
    date: str
    person: str | None = None
    where: Where = Field(default_factory=dict)


def _check_different(name: str | None, at_least: int) -> None:
    """ValueError: a field of which one value is asked, and every row has one."""
    if name and at_least == 1:
        raise ValueError(f'different = "{name}" asks how many of its values: add at_least = 2, or more')


class People(_Dated):
    """Distinct people (or organisations), known by the field `person`.

    counted "once": each on the day of their first row that satisfies `where` in the whole
    project, so that periods add up. "each period": everyone with such a row in the period.
    at_least: so many such rows, counted on the day of the last of these. different: the field of which the rows have
    so many different values. also: further tables, in which the same people are counted once with those of the first.
    """

    later = ("at_least", "different", "also")
    measure: Literal["people"]
    person: str
    counted: Literal["once", "each period"] = "once"
    at_least: int = Field(default=1, ge=1)
    different: str | None = None
    also: tuple[Also, ...] = ()

    @model_validator(mode="after")
    def _asks_for_several(self) -> Self:
        _check_different(self.different, self.at_least)
        return self

    @property
    def parts(self) -> tuple["People", ...]:
        """The rows of each table by themselves, the first table's first."""
        first = self.model_copy(update={"also": ()})
        further = [one.model_dump(exclude_none=True, include={"table", "date", "person"}) for one in self.also]
        wheres = [one.where for one in self.also]
        return (
            first,
            *(first.model_copy(update=keys | {"where": where}) for keys, where in zip(further, wheres, strict=True)),
        )


class Level(_Grown):
    """The state on the period's last day: the rows begun and not ended by then, or the sum of a column over them.

    person: the distinct people of these rows.
    """

    later = ("person",)
    measure: Literal["level"]
    table: str
    start: str
    end: str
    column: str | None = None
    person: str | None = None
    where: Where = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if self.column and self.person:
            raise ValueError("a level is of people (person) or of what they have (column): take one of the two out")
        return self


Denominator = Annotated[Count | Sum | People, Field(discriminator="measure")]


class Subset(Strict):
    """The numerator of a share: the denominator's rows (or people) that satisfy this as well."""

    where: Where


class Reached(Strict):
    """The numerator of a cohort: the denominator's people who have a row of this table from the day they entered on.

    at_least, different: so many rows, or different values (see People). within: by so many days after that day, which
    are over on the day on which a person is counted; without it, by the period's last day.
    """

    table: str
    person: str
    date: str
    where: Where = Field(default_factory=dict)
    at_least: int = Field(default=1, ge=1)
    different: str | None = None
    within: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _asks_for_several(self) -> Self:
        _check_different(self.different, self.at_least)
        return self

    @property
    def people(self) -> People:
        """The rows as those of a count of people."""
        keys = {name: getattr(self, name) for name in ("table", "person", "date", "where", "at_least", "different")}
        return People(measure="people", **keys)


def _kind(numerator: Any) -> str:
    has_table = "table" in numerator if isinstance(numerator, dict) else isinstance(numerator, Reached)
    return "reached" if has_table else "subset"


Numerator = Annotated[Annotated[Subset, Tag("subset")] | Annotated[Reached, Tag("reached")], Discriminator(_kind)]


class Share(Strict):
    """numerator / denominator; a longer period is the ratio of sums, never a mean of shares.

    Rows of which it is not known whether they are in the numerator, because a field that it asks has no value, are in
    neither part. unknown "no": the definition says that they are in the denominator only. So are rows without a day
    that it asks: what has no day has not come yet. A cohort's numerator (Reached) is found in another table, by person.
    """

    measure: Literal["share"]
    denominator: Denominator
    numerator: Numerator
    unknown: Literal["no"] | None = None

    @model_validator(mode="after")
    def _is_of_one_table(self) -> Self:
        if isinstance(self.denominator, People) and self.denominator.also:
            raise ValueError("a share is of the people of one table: take also out, or count them by themselves")
        return self

    @model_validator(mode="after")
    def _cohort_is_of_people(self) -> Self:
        part = self.denominator
        if self.reached and not (isinstance(part, People) and part.counted == "once"):
            raise ValueError(
                "a numerator with a table of its own is of a cohort, whose people enter once: write the denominator as "
                'measure = "people" with a person, and leave counted out'
            )
        if self.reached and self.unknown:
            raise ValueError("unknown says nothing of a cohort: who has no row has not reached it. Take it out")
        return self

    @property
    def reached(self) -> Reached | None:
        """The numerator of a cohort."""
        return self.numerator if isinstance(self.numerator, Reached) else None

    @property
    def inside(self) -> Where:
        """The conditions of the numerator on rows of the denominator; a cohort has none."""
        return self.numerator.where if isinstance(self.numerator, Subset) else {}

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields without whose value a row is in neither part."""
        where = self.inside
        return () if self.unknown else tuple(name for name in asked(where) if not where[name].is_of_days)

    @property
    def counted(self) -> Count | Sum | People:
        """The denominator's rows that are counted: those with a value in every field of `asked`."""
        there = {name: self.where.get(name, Condition()).with_a_value() for name in self.asked}
        return self.denominator.model_copy(update={"where": self.where | there})

    @property
    def table(self) -> str:
        """The table that is counted."""
        return self.denominator.table

    @property
    def where(self) -> Where:
        """The conditions of the denominator."""
        return self.denominator.where


class Milestone(Strict):
    """Yes or no: whether something has come about, by its day and evidence in judgements/milestones.toml.

    Nothing is counted, and it is never added to anything.
    """

    measure: Literal["milestone"]


Calculation = Annotated[Count | Sum | Mean | Median | Gain | People | Level | Share, Field(discriminator="measure")]
