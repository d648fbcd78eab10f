"""indicators/*.toml: executable reference sheets. What is printed is what is calculated.

The fields are those of the USAID Performance Indicator Reference Sheet (ADS 201maf), with the calculation
added. The calculation is data, never code.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ctanalysis.project.calculations import Calculation, Count, Extreme, Level, Mean, People, Ratio, Share, Sum
from ctanalysis.project.strict import CellText, Code, Strict


def _as_fields(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


LIFTED = {"disaggregate": "disaggregations", "working_tables": "working_tables"}
Disaggregations = tuple[Annotated[tuple[str, ...], BeforeValidator(_as_fields)], ...]


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
        """ "count", "sum", "mean", "max", "min", "last", "people", "level", "share" or "ratio"."""
        return self.calculation.measure

    @property
    def is_ratio(self) -> bool:
        """Whether values have a numerator and a denominator."""
        return self.measure in ("share", "mean", "ratio")

    @property
    def row_calculation(self) -> Count | Sum | Mean | Extreme | People | Level:
        """The calculation whose rows are counted: of a share its denominator, of a ratio that of its table."""
        if isinstance(self.calculation, Ratio):
            return self.calculation.parts[-1]
        return self.calculation.counted if isinstance(self.calculation, Share) else self.calculation

    @property
    def parts(self) -> "tuple[Sheet, ...]":
        """The sheet itself, or one for each of the two parts of a ratio that counts rows."""
        if not isinstance(self.calculation, Ratio):
            return (self,)
        return tuple(self.model_copy(update={"calculation": part}) for part in self.calculation.parts)

    @property
    def counts_each_period(self) -> bool:
        """Whether a person is counted in each period, so that periods overlap."""
        return isinstance(self.row_calculation, People) and self.row_calculation.counted != "once"

    @property
    def adds_up(self) -> bool:
        """Whether values of consecutive periods add up to the value of all of them; of a share, its denominators."""
        return not isinstance(self.row_calculation, (Level, Extreme)) and not self.counts_each_period
