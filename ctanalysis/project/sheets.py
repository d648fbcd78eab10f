"""indicators/*.toml: executable reference sheets. What is printed is what is calculated.

The fields are those of the USAID Performance Indicator Reference Sheet (ADS 201maf), with the calculation
added. The calculation is data, never code.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ctanalysis.project.strict import CellText, Code, Strict

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


def _as_fields(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Where = dict[str, Annotated[Condition, BeforeValidator(_as_condition)]]


def asked(where: Where) -> tuple[str, ...]:
    """The fields of which conditions ask what the value is, and not only whether there is one."""
    return tuple(name for name, condition in where.items() if condition.present is None)


class _Dated(Strict):
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


class People(_Dated):
    """Distinct people (or organisations), known by the field `person`.

    counted "once": each on the day of their first row that satisfies `where` in the whole
    project, so that periods add up. "each period": everyone with such a row in the period.
    """

    measure: Literal["people"]
    person: str
    counted: Literal["once", "each period"] = "once"


class Level(Strict):
    """The state on the period's last day: the rows begun and not ended by then, or the sum of a column over them."""

    measure: Literal["level"]
    table: str
    start: str
    end: str
    column: str | None = None
    where: Where = Field(default_factory=dict)


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


LIFTED = {"disaggregate": "disaggregations", "working_tables": "working_tables"}
Disaggregations = tuple[Annotated[tuple[str, ...], BeforeValidator(_as_fields)], ...]
Calculation = Annotated[Count | Sum | Mean | People | Level | Share, Field(discriminator="measure")]


class Baseline(Strict):
    """Where things stood before; without a value where there was none."""

    value: float | int | None = None
    date: date
    note: str


class Words(Strict):
    """How a value is written in a sentence: "1 {one} {was}", "2 {many} {were}", and `none` for 0.

    called: by label, what people or things of a category are called: female = "women".
    """

    one: str
    many: str
    was: str
    were: str
    none: str
    called: dict[str, CellText] = Field(default_factory=dict)


class Sheet(Strict):
    """One reference sheet: what it prints, and what it calculates.

    disaggregations: the fields to break down by, one or two at a time; working_tables: others, in internal/ alone.
    valid_from: the first day of this definition; retired: the last day of which reports tell it.
    """

    code: Code
    name: CellText
    area: str
    level: Literal["output", "outcome", "context"]
    unit: CellText
    direction: Literal["increase", "decrease", "none"]
    headline: bool
    result: str
    performance_plan_report: str
    definition: str
    rationale: str
    source: str
    method: str
    frequency: str
    responsible: str
    target_rationale: str
    previous_assessments: str
    next_assessment: str
    limitations: str
    changes: str
    notes: str = ""
    updated: date
    valid_from: date | None = None
    retired: date | None = None
    baseline: Baseline
    words: Words
    calculation: Calculation
    disaggregations: Disaggregations = ()
    working_tables: Disaggregations = ()

    @model_validator(mode="before")
    @classmethod
    def _lift_disaggregate(cls, data: dict[str, Any]) -> dict[str, Any]:
        """`disaggregate` and `working_tables` are written with the calculation, where people look for them."""
        calculation = data.get("calculation")
        if not isinstance(calculation, dict):
            return data
        rest = {key: value for key, value in calculation.items() if key not in LIFTED}
        return data | {"calculation": rest} | {LIFTED[key]: calculation[key] for key in LIFTED if key in calculation}

    @model_validator(mode="after")
    def _one_or_two_way(self) -> Self:
        for fields in (*self.disaggregations, *self.working_tables):
            if len(fields) not in (1, 2) or len(set(fields)) != len(fields):
                raise ValueError("a disaggregation is one field or a list of two different ones")
        return self

    @property
    def measure(self) -> str:
        """ "count", "sum", "mean", "people", "level" or "share"."""
        return self.calculation.measure

    @property
    def is_ratio(self) -> bool:
        """Whether values have a numerator and a denominator."""
        return self.measure in ("share", "mean")

    @property
    def row_calculation(self) -> Count | Sum | Mean | People | Level:
        """The calculation whose rows are counted: of a share those of its denominator, else the calculation itself."""
        return self.calculation.counted if isinstance(self.calculation, Share) else self.calculation

    @property
    def counts_each_period(self) -> bool:
        """Whether a person is counted in each period, so that periods overlap."""
        return isinstance(self.row_calculation, People) and self.row_calculation.counted != "once"

    @property
    def adds_up(self) -> bool:
        """Whether values of consecutive periods add up to the value of all of them; of a share, its denominators."""
        return self.row_calculation.measure != "level" and not self.counts_each_period
