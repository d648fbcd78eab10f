"""The calculations of reference sheets: one class for each measure. The calculation is data, never code."""

from operator import not_
from typing import Annotated, Literal

from pydantic import Field

from ctanalysis.project.conditions import Alternatives, Condition, Where, asked
from ctanalysis.project.strict import Strict


class _Chosen(Strict):
    """Rows of a table that satisfy all of `where` and, where there are any, all of one of the conditions of `any`."""

    table: str
    where: Where = Field(default_factory=dict)
    any: Alternatives = Field(default=(), exclude_if=not_)  # a ledger knows sheets from before it could be said

    @property
    def chosen_by(self) -> tuple[str, ...]:
        """The fields that the conditions are about, each once."""
        return tuple(dict.fromkeys([*self.where, *(name for one in self.any for name in one)]))


class _Dated(_Chosen):
    date: str


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


class Extreme(_Dated):
    """The largest, the smallest or the latest value of a column over those rows; of things only, never of people."""

    measure: Literal["max", "min", "last"]
    column: str


class People(_Dated):
    """Distinct people (or organisations), known by the field `person`.

    counted "once": each on the day of their first row that satisfies `where` in the whole
    project, so that periods add up. "each period": everyone with such a row in the period.
    """

    measure: Literal["people"]
    person: str
    counted: Literal["once", "each period"] = "once"


class Level(_Chosen):
    """The state on the period's last day: the rows begun and not ended by then, or the sum of a column over them."""

    measure: Literal["level"]
    start: str
    end: str
    column: str | None = None


Denominator = Annotated[Count | Sum | People, Field(discriminator="measure")]


class Subset(Strict):
    """The numerator of a share: the denominator's rows (or people) that satisfy this as well."""

    where: Where


class Share(Strict):
    """numerator / denominator; a longer period is the ratio of sums, never a mean of shares.

    Rows of which it is not known whether they are in the numerator, because a field that it asks has no value, are in
    neither part. unknown "no": the definition says that they are in the denominator only. So are rows without a day
    that it asks: what has no day has not come yet.
    """

    measure: Literal["share"]
    denominator: Denominator
    numerator: Subset
    unknown: Literal["no"] | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields without whose value a row is in neither part."""
        where = self.numerator.where
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

    @property
    def any(self) -> Alternatives:
        """The conditions of the denominator, one or another of which holds."""
        return self.denominator.any

    @property
    def chosen_by(self) -> tuple[str, ...]:
        """The fields that the denominator's conditions are about."""
        return self.denominator.chosen_by


class Days(Strict):
    """The days of the period, as the denominator of a ratio."""

    measure: Literal["days"]


Part = Annotated[Count | Sum | People | Level, Field(discriminator="measure")]


class Ratio(Strict):
    """numerator / denominator, each a calculation of its own, of whatever tables; also of a longer period.

    Its table, by which its disclosure class is known, is that of the denominator, or of the numerator of a ratio by
    days; the other part's is about nobody, or of the same class.
    """

    measure: Literal["ratio"]
    numerator: Part
    denominator: Annotated[Count | Sum | People | Level | Days, Field(discriminator="measure")]

    @property
    def parts(self) -> tuple[Count | Sum | People | Level, ...]:
        """The parts that count rows, that of its table last."""
        return (self.numerator,) if isinstance(self.denominator, Days) else (self.numerator, self.denominator)

    @property
    def table(self) -> str:
        """The table whose disclosure class is the ratio's."""
        return self.parts[-1].table

    @property
    def where(self) -> Where:
        """The conditions of the rows of its table."""
        return self.parts[-1].where

    @property
    def any(self) -> Alternatives:
        """Those of which one or another holds."""
        return self.parts[-1].any

    @property
    def chosen_by(self) -> tuple[str, ...]:
        """The fields that these conditions are about."""
        return self.parts[-1].chosen_by


Calculation = Annotated[Count | Sum | Mean | Extreme | People | Level | Share | Ratio, Field(discriminator="measure")]
