"""indicators/*.toml: executable reference sheets. What is printed is what is calculated.

The fields are those of the USAID Performance Indicator Reference Sheet (ADS 201maf), with the calculation
added. The calculation is data, never code.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ctanalysis.project.calculations import Calculation, Milestone, Rate, Ratio, Share
from ctanalysis.project.columns import columns_named
from ctanalysis.project.conditions import Condition
from ctanalysis.project.row_calculations import (
    CHANGE,
    CHANGES,
    QUARTILE,
    QUARTILES,
    Extreme,
    Gain,
    Level,
    Median,
    People,
    Rounds,
    Rows,
    Sum,
)
from ctanalysis.project.strict import CellText, Code, Strict


def _as_fields(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


MEAN_LEVEL = "mean level"  # how a level over the days of a period is told: as a mean
RATIOS = ("share", "mean", "median", "gain", "ratio", "rate", MEAN_LEVEL)
LIFTED = {"disaggregate": "disaggregations", "working_tables": "working_tables", "asked_of": "asked_of"}
Disaggregations = tuple[Annotated[tuple[str, ...], BeforeValidator(_as_fields)], ...]


class Baseline(Strict):
    """Where things stood before; without a value where there was none, or where survey rounds say it.

    Of a number that grows with the days that it is of (see Sheet.grows), it is that of a fiscal year.
    """

    value: float | int | None = None
    date: date
    note: str


class Words(Strict):
    """How a value is written in a sentence: "1 {one} {was}", "2 {many} {were}", and `none` for 0.

    called: by label, what people or things of a category are called: female = "women and girls".
    """

    one: str
    many: str
    was: str
    were: str
    none: str
    called: dict[str, CellText] = Field(default_factory=dict)


class Printed(Strict):
    """What every sheet prints. retired: its last day in reports, and retired_because why; standard: a code of facts."""

    code: Code
    name: CellText
    area: str
    level: Literal["output", "outcome", "context"]
    headline: bool
    standard: Code | None = None
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
    retired: date | None = None
    retired_because: str = ""


class MilestoneWords(Strict):
    """The beginnings of a milestone's sentences: "The Ministry signed the order", "The Ministry has not signed it"."""

    reached: CellText
    not_reached: CellText


class MilestoneSheet(Printed):
    """The reference sheet of a milestone, which has no number, and so no baseline, unit or direction."""

    words: MilestoneWords
    calculation: Milestone


class Sheet(Printed):
    """One reference sheet: what it prints, and what it calculates.

    disaggregations: the fields to break down by, one or two at a time; working_tables: others, in internal/ alone.
    valid_from: the first day of this definition. asked_of: where only some were asked, the indicator that counts all.
    """

    unit: CellText
    direction: Literal["increase", "decrease", "none"]
    valid_from: date | None = None
    baseline: Baseline
    words: Words
    calculation: Calculation
    disaggregations: Disaggregations = ()
    working_tables: Disaggregations = ()
    asked_of: Code | None = None

    @model_validator(mode="before")
    @classmethod
    def _lift_disaggregate(cls, data: dict[str, Any]) -> dict[str, Any]:
        """`disaggregate` and its like are written with the calculation, where people look for them."""
        calculation = data.get("calculation")
        if not isinstance(calculation, dict):
            return data
        rest = {key: value for key, value in calculation.items() if key not in LIFTED}
        return data | {"calculation": rest} | {LIFTED[key]: calculation[key] for key in LIFTED if key in calculation}

    @staticmethod
    def written_at(steps: Sequence[int | str], keys: list[str]) -> list[str]:
        """The keys that may stand at a place: what is lifted stands in the calculation itself, and not in a part."""
        if not steps:
            return [key for key in keys if key not in LIFTED.values()]
        is_part = steps[0] != "calculation" or {"denominator", "numerator", "where", "any", "also", "rounds"} & {*steps}
        return keys if is_part else [*keys, *LIFTED]

    @model_validator(mode="after")
    def _one_or_two_way(self) -> Self:
        for fields in (*self.disaggregations, *self.working_tables):
            if len(fields) not in (1, 2) or len(set(fields)) != len(fields):
                raise ValueError("a disaggregation is one field or a list of two different ones")
        return self

    @property
    def measure(self) -> str:
        """That of its calculation, as reference sheets write it; of a level over days "mean level"."""
        is_mean = isinstance(self.calculation, Level) and self.calculation.over
        return MEAN_LEVEL if is_mean else self.calculation.measure

    @property
    def is_ratio(self) -> bool:
        """Whether values have a numerator and a denominator."""
        return self.measure in RATIOS

    @property
    def grows(self) -> bool:
        """Whether its number grows with the days that it is of: part of a year is not compared with a whole one."""
        return (self.counts_up and not self.rounds) or self.measure == "rate"

    @property
    def counts_up(self) -> bool:
        """Whether its number is one of rows, people or what was added up."""
        return self.measure in ("count", "sum", "people")

    @property
    def rounds(self) -> Rounds | None:
        """The survey rounds whose rows it is of."""
        return getattr(self.calculation, "rounds", None)

    def of_round(self, name: str | None) -> "Sheet":
        """The sheet of the rows of one of its survey rounds alone; None: of none of them."""
        calculation, rounds = self.calculation, self.rounds
        if rounds is None:
            return self
        is_of_round = {rounds.field: Condition(among=() if name is None else (name,))}
        where: dict[str, Any] = {"where": calculation.where | is_of_round}
        if isinstance(calculation, Share):
            where = {"denominator": calculation.denominator.model_copy(update=where)}
        return self._with(**where, rounds=None)

    @property
    def row_calculation(self) -> Rows:
        """The calculation whose rows are counted: of a share its denominator, of a ratio or rate that of its table."""
        if isinstance(self.calculation, (Ratio, Rate)):
            return self.calculation.parts[-1]
        return self.calculation.counted if isinstance(self.calculation, Share) else self.calculation

    @property
    def days(self) -> tuple[str, ...]:
        """The two dates between which days are counted, or are to be within so many; of others none."""
        in_time = self.calculation.in_time if isinstance(self.calculation, Share) else None
        return in_time.days if in_time else getattr(self.calculation, "days", None) or ()

    @property
    def by_columns(self) -> tuple[str, dict[str, str]]:
        """Of a sum, what its columns are the categories of, and the column of each by its label; of others nothing."""
        return columns_named(self.calculation.columns if isinstance(self.calculation, Sum) else None)

    @property
    def fields_broken_down(self) -> tuple[str, ...]:
        """The fields of tables by which it is broken down, each once; without what its columns are categories of."""
        names = dict.fromkeys(name for fields in self.disaggregations for name in fields)
        return tuple(name for name in names if name != self.by_columns[0])

    def of_column(self, column: str) -> "Sheet":
        """The sum of one of its columns."""
        return self._with(column=column, columns=None)

    def _with(self, **update: Any) -> "Sheet":
        """The sheet with something else in its calculation."""
        return self.model_copy(update={"calculation": self.calculation.model_copy(update=update)})

    @property
    def parts(self) -> tuple["Sheet", ...]:
        """The sheet itself, or one for each calculation that it is made of: of a ratio, people of several tables."""
        calculation = self.calculation
        if isinstance(calculation, (Ratio, Rate)) or (isinstance(calculation, People) and calculation.also):
            return tuple(self.model_copy(update={"calculation": part}) for part in calculation.parts)
        return (self,)

    @property
    def by_table(self) -> tuple["Sheet", ...]:
        """The sheet's rows of each table that it reads, each as a sheet of its own: its parts, and a cohort's state."""
        reached = self.calculation.reached if isinstance(self.calculation, Share) else None
        if not reached:
            return self.parts
        update = {"calculation": reached.people, "disaggregations": (), "working_tables": ()}
        return (self, self.model_copy(update=update))

    @property
    def cuts_people(self) -> bool:
        """Whether its total, beside others of the same people, says how many did less, or are in two tables."""
        rows = self.row_calculation
        return isinstance(rows, People) and bool(rows.at_least > 1 or rows.also)

    @property
    def beside(self) -> tuple[str, tuple[str, ...]]:
        """The table that stands beside the total whatever the sheet breaks down by: its name and its categories."""
        if isinstance(self.calculation, Median):
            return QUARTILES, QUARTILE
        return (CHANGE, CHANGES) if isinstance(self.calculation, Gain) else ("", ())

    @property
    def counts_each_period(self) -> bool:
        """Whether a person is counted in each period, so that periods overlap."""
        return isinstance(self.row_calculation, People) and self.row_calculation.counted != "once"

    @property
    def adds_up(self) -> bool:
        """Whether values of consecutive periods add up to the value of all of them; of a share, its denominators."""
        is_of_days = isinstance(self.row_calculation, (Level, Extreme))
        return not (self.rounds or is_of_days or self.counts_each_period)
