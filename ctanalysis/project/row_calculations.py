"""Calculations over the rows of a table: counts, sums and what stands in a column, people, and what stands on a day."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from ctanalysis.project.columns import Columns, names_of
from ctanalysis.project.conditions import Alternatives, Where
from ctanalysis.project.strict import Strict


class Grown(Strict):
    """later: keys that came later, and are not written where they are left out: what was released is of the same."""

    later: ClassVar[tuple[str, ...]] = ()

    @model_serializer(mode="wrap")
    def _without_later(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = type(self).model_fields
        left_out = [name for name in self.later if getattr(self, name) == fields[name].default]
        written: dict[str, Any] = write(self)
        return {key: value for key, value in written.items() if key not in left_out}


class _Chosen(Grown):
    """Rows of a table that satisfy all of `where` and, where there are any, all of one of the conditions of `any`."""

    later: ClassVar[tuple[str, ...]] = ("any",)
    table: str
    where: Where = Field(default_factory=dict)
    any: Alternatives = ()

    @property
    def chosen_by(self) -> tuple[str, ...]:
        """The fields that the conditions are about, each once."""
        return tuple(dict.fromkeys([*self.where, *(name for one in self.any for name in one)]))


class _Dated(_Chosen):
    date: str


class Rounds(Strict):
    """Of which survey round each row is: the field that says so, and the value in it of the baseline.

    A value is of the latest other round that has rows in its days, and is held against the baseline round.
    """

    field: str
    baseline: str


class _Surveyed(_Dated):
    """Rows that may be those of survey rounds, of which one is the baseline of the others."""

    later: ClassVar[tuple[str, ...]] = ("any", "rounds")
    rounds: Rounds | None = None


class Count(_Surveyed):
    """Rows dated in the period that satisfy the conditions."""

    measure: Literal["count"]


class Sum(_Surveyed):
    """The sum of a column, or of several, over those rows. Where all cells are empty there is no sum, rather than 0.

    Of several columns, what a row has is added; where it lacks some, it is named, and counted beside the sum. They may
    be the categories of a breakdown, which disaggregate names: columns = { sex = { female = "women", male = "men" } }.
    """

    later: ClassVar[tuple[str, ...]] = ("any", "rounds", "columns")
    measure: Literal["sum"]
    column: str | None = None
    columns: Columns | None = None

    @model_validator(mode="after")
    def _is_of_columns(self) -> Self:
        if (self.column is None) == (self.columns is None):
            raise ValueError(
                'a sum is of what stands in a column, as in column = "cost", or in several, as in columns = ["women", '
                '"men"]: write one of the two'
            )
        return self


def _two(days: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(days)) != 2 or len(days) != 2:  # noqa: PLR2004  from one to another
        raise ValueError(
            'days are counted from one date to another, so there are two different ones: days = ["identified_on", '
            '"assisted_on"]'
        )
    return days


DayPair = Annotated[tuple[str, ...], AfterValidator(_two)]


class _Valued(_Dated):
    """Rows that each have a number: what stands in a column, or the days from one date to another (days).

    The days are those of the second date less the first; on one day they are 0. A row whose second date is not there,
    or is after the period's last day, has none yet: it has not come, which is no unknown, so it is left out. A row
    without the first date lacks it. One whose second date is before the first is held out, and named.
    """

    later: ClassVar[tuple[str, ...]] = ("any", "days")
    column: str | None = None
    days: DayPair | None = None

    @model_validator(mode="after")
    def _has_one_number(self) -> Self:
        if (self.column is None) == (self.days is None):
            raise ValueError(
                'it is of what stands in a column, as in column = "cost", or of the days from one date to another, as '
                'in days = ["identified_on", "assisted_on"]: write one of the two'
            )
        return self

    @property
    def of(self) -> str:
        """What its number is of, as a refusal names it."""
        return f"'{self.column}'" if self.column else f"the days from '{(self.days or ())[0]}'"


class _SurveyedNumbers(_Surveyed, _Valued):
    """Such rows that may be those of survey rounds."""

    later: ClassVar[tuple[str, ...]] = ("any", "rounds", "days")


class Mean(_SurveyedNumbers):
    """The mean of a column (or of days) over those rows, with the number of rows that it is of."""

    measure: Literal["mean"]


class Median(_SurveyedNumbers):
    """The median of a column (or of days) over those rows, with the number of rows; beside it the quartiles."""

    measure: Literal["median"]


class Extreme(_Valued):
    """The largest, the smallest or the latest value of a column, or of days, over those rows; of things only."""

    measure: Literal["max", "min", "last"]


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


def check_different(name: str | None, at_least: int, person: str) -> None:
    """ValueError: a field of which one value is asked, and every row has one; or the person, who is always one."""
    if name and name == person:
        raise ValueError(
            f'different = "{name}" asks for different people among the rows of one person, which are always of one: '
            "name the field whose values are to differ, or leave it out and count rows"
        )
    if name and at_least == 1:
        raise ValueError(f'different = "{name}" asks how many of its values: add at_least = 2, or more')


class People(_Surveyed):
    """Distinct people (or organisations), known by the field `person`.

    counted "once": each on the day of their first row that satisfies the conditions in the whole
    project, so that periods add up. "each period": everyone with such a row in the period.
    at_least: so many such rows, counted on the day of the last of these. different: the field of which the rows have
    so many different values. also: further tables, in which the same people are counted once with those of the first.
    """

    later = ("any", "rounds", "at_least", "different", "also")
    measure: Literal["people"]
    person: str
    counted: Literal["once", "each period"] = "once"
    at_least: int = Field(default=1, ge=1)
    different: str | None = None
    also: tuple[Also, ...] = ()

    @model_validator(mode="after")
    def _asks_for_several(self) -> Self:
        check_different(self.different, self.at_least, self.person)
        if self.rounds and self.also:
            raise ValueError("survey rounds are of one table: take also out, or count people by themselves")
        return self

    @property
    def parts(self) -> tuple["People", ...]:
        """The rows of each table by themselves, the first table's first; conditions are of the table beside them."""
        first = self.model_copy(update={"also": ()})
        further = [one.model_dump(exclude_none=True, include={"table", "date", "person"}) for one in self.also]
        chosen = [{"where": one.where, "any": ()} for one in self.also]
        return (first, *(first.model_copy(update=keys | one) for keys, one in zip(further, chosen, strict=True)))


class Level(_Chosen):
    """The state on the period's last day: the rows begun and not ended by then, or the sum of a column over them.

    person: the distinct people of these rows. over "days": the mean over the days of the period of what stands on each.
    """

    later = ("any", "person", "over")
    measure: Literal["level"]
    start: str
    end: str
    column: str | None = None
    person: str | None = None
    over: Literal["days"] | None = None

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if self.column and self.person:
            raise ValueError("a level is of people (person) or of what they have (column): take one of the two out")
        return self


DatedRows = Count | Sum | Mean | Median | Extreme | Gain | People
Rows = DatedRows | Level


def columns_of(rows: Rows) -> tuple[str, ...]:
    """The fields whose numbers a calculation adds up or compares; of a count, or of days, none."""
    column = getattr(rows, "column", None)
    return names_of(getattr(rows, "columns", None)) or ((column,) if column else ())


Denominator = Annotated[Count | Sum | People, Field(discriminator="measure")]
