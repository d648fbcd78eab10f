"""The calculations of reference sheets: one class for each measure. The calculation is data, never code."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ctanalysis.project.conditions import Alternatives, Condition, Where, asked
from ctanalysis.project.numerators import InTime, Numerator, Reached, Subset, are_two_numbers
from ctanalysis.project.row_calculations import (
    Count,
    Denominator,
    Extreme,
    Gain,
    Grown,
    Level,
    Mean,
    Median,
    People,
    Rounds,
    Rows,
    Sum,
)
from ctanalysis.project.strict import Strict


class _OfParts(Grown):
    """A calculation of two parts; its table and its conditions are those of the part that decides on its class."""

    @property
    def own_part(self) -> Rows:
        """The part by which its disclosure class is known."""
        raise NotImplementedError

    @property
    def table(self) -> str:
        """The table of that part."""
        return self.own_part.table

    @property
    def where(self) -> Where:
        """The conditions of its rows."""
        return self.own_part.where

    @property
    def any(self) -> Alternatives:
        """Those of which one or another holds."""
        return self.own_part.any

    @property
    def chosen_by(self) -> tuple[str, ...]:
        """The fields that these conditions are about."""
        return self.own_part.chosen_by


class Share(_OfParts):
    """numerator / denominator; a longer period is the ratio of sums, never a mean of shares.

    Rows of which it is not known whether they are in the numerator, because a field that it asks has no value, are in
    neither part. unknown "no": the definition says that they are in the denominator only. So are rows without a day
    that it asks: what has no day has not come yet. A cohort's numerator (Reached) is found in another table, by person;
    that of a share within so many days (InTime) by two dates of the row.
    """

    later = ("rounds",)
    measure: Literal["share"]
    denominator: Denominator
    numerator: Numerator
    unknown: Literal["no"] | None = None
    rounds: Rounds | None = None

    @model_validator(mode="before")
    @classmethod
    def _is_of_a_part(cls, data: Any) -> Any:
        if isinstance(data, dict) and are_two_numbers(data.get("numerator"), data.get("denominator")):
            raise ValueError(
                "a share's numerator is a part of its denominator: some of its rows, by where or days, or the people "
                "of it who came to a later state. One number for each of another, as nights slept in for each "
                'bed-night, is measure = "ratio"'
            )
        return data

    @model_validator(mode="after")
    def _is_of_one_table_and_round(self) -> Self:
        if isinstance(self.denominator, People) and self.denominator.also:
            raise ValueError("a share is of the people of one table: take also out, or count them by themselves")
        if self.denominator.rounds:
            raise ValueError("rounds is of both parts of a share: write it beside measure, and not in a part")
        if self.rounds and self.reached:
            raise ValueError("a cohort has no survey rounds: take rounds out, or write the numerator without a table")
        if self.rounds and self.in_time:
            raise ValueError(
                "rows within so many days are counted when these are over, and not in their survey round: take rounds "
                "out, or write the mean or the median of the days"
            )
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

    @model_validator(mode="after")
    def _days_are_of_rows(self) -> Self:
        part, asked = self.denominator, self.in_time
        if asked and isinstance(part, People):
            raise ValueError(
                "days from one date to another are of rows: write the denominator as a count, or, of people, the "
                "numerator as that of a cohort, with a table, a person, a date and within"
            )
        if asked and part.date != asked.days[0]:
            raise ValueError(
                f"a row is counted when its days are over, so the denominator's date is that from which they are "
                f'counted: date = "{asked.days[0]}"'
            )
        if asked and self.unknown:
            raise ValueError("unknown says nothing of days: what has no second date has not come. Take it out")
        return self

    @property
    def in_time(self) -> InTime | None:
        """The numerator of a share within so many days of a date."""
        return self.numerator if isinstance(self.numerator, InTime) else None

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
    def own_part(self) -> Count | Sum | People:
        """The denominator: the numerator counts some of its rows or people."""
        return self.denominator


class Days(Strict):
    """The days of the period, as the denominator of a ratio."""

    measure: Literal["days"]


Part = Annotated[Count | Sum | People | Level, Field(discriminator="measure")]


class Ratio(_OfParts):
    """numerator / denominator, each a calculation of its own, of whatever tables; also of a longer period.

    Its table, by which its disclosure class is known, is that of the denominator, or of the numerator of a ratio by
    days; the other part's is about nobody, or of the same class.
    """

    measure: Literal["ratio"]
    numerator: Part
    denominator: Annotated[Count | Sum | People | Level | Days, Field(discriminator="measure")]

    @model_validator(mode="after")
    def _parts_are_of_one_table(self) -> Self:
        if any(getattr(part, "rounds", None) for part in self.parts):
            raise ValueError("a ratio has no survey rounds: take rounds out, or write a share or a mean")
        if any(isinstance(part, People) and part.also for part in self.parts):
            raise ValueError("each part of a ratio is of one table: take also out, or count them by themselves")
        return self

    @property
    def parts(self) -> tuple[Count | Sum | People | Level, ...]:
        """The parts that count rows, that of its table last."""
        return (self.numerator,) if isinstance(self.denominator, Days) else (self.numerator, self.denominator)

    @property
    def own_part(self) -> Count | Sum | People | Level:
        """The denominator, or the numerator of a ratio by days."""
        return self.parts[-1]


class Rate(_OfParts):
    """numerator for each so many residents (per): those of population.csv, by calendar year, weighted by the days.

    The residents are of the same days and categories as the numerator, whose table decides on its disclosure class.
    """

    measure: Literal["rate"]
    per: int = Field(default=100_000, ge=1, le=1_000_000)
    numerator: Denominator

    @model_validator(mode="after")
    def _is_of_no_round(self) -> Self:
        if self.numerator.rounds:
            raise ValueError("a rate has no survey rounds: take rounds out, or write a share or a mean")
        return self

    @property
    def parts(self) -> tuple[Count | Sum | People, ...]:
        """The part that counts rows."""
        return (self.numerator,)

    @property
    def own_part(self) -> Count | Sum | People:
        """The numerator: residents are nobody's rows."""
        return self.numerator


class Milestone(Strict):
    """Yes or no: whether something has come about, by its day and evidence in judgements/milestones.toml.

    Nothing is counted, and it is never added to anything.
    """

    measure: Literal["milestone"]


Calculation = Annotated[
    Count | Sum | Mean | Median | Gain | Extreme | People | Level | Share | Ratio | Rate, Field(discriminator="measure")
]
