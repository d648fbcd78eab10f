"""policy.toml: what may be told of whom, one class for each kind of table."""

from typing import Literal, Self

from pydantic import Field, RootModel, model_validator

from ctanalysis.project.strict import Strict

Span = Literal["any", "year", "project", "whole"]


class Rule(Strict):
    """What is done with the values of the tables of one class.

    Breakdown cells below `fewer_than` (zero included) are one class; the others are rounded to
    the nearest multiple of `round_to`. Where `person` names the field by which the table's people
    are known, a cell is small by the people behind it. A share is told where the rounding of its
    parts cannot move it by more than `share_within` percentage points either way. An
    `audited` class is laid beside everything that was ever released. `one_way` and
    `two_way` name the spans of days for which breakdowns are told at all, two-way ones only where each of the two
    things has at most `two_way_categories`. The totals of sheets in
    `contract_figures` are exact although the sheets have conditions.
    """

    describes: str
    person: str = ""
    contract_figures: tuple[str, ...] = ()
    fewer_than: int = Field(ge=0)
    round_to: int = Field(ge=1)
    share_within: int = Field(ge=1, le=100)
    audited: bool = False
    one_way: tuple[Span, ...]
    two_way: tuple[Span, ...]
    two_way_categories: int = Field(default=100, ge=2)

    @model_validator(mode="after")
    def _rounding_keeps_hidden_apart(self) -> Self:
        if self.fewer_than % self.round_to:
            raise ValueError("fewer_than must be a multiple of round_to, or a rounded value could read as a hidden one")
        return self

    @model_validator(mode="after")
    def _can_be_audited(self) -> Self:
        if self.audited and "any" in (*self.one_way, *self.two_way):
            raise ValueError(
                'an audited class tells breakdowns of a "year" or of the "project" only: of any days they cannot all '
                "be laid side by side"
            )
        if self.audited and self.fewer_than < 2:
            raise ValueError(
                "audited promises that no number below fewer_than can be shown, so fewer_than must be 2 or more"
            )
        return self

    @property
    def protects(self) -> bool:
        """Whether the rule hides, rounds or leaves out anything."""
        return (self.fewer_than, self.round_to) != (0, 1) or "any" not in self.one_way or "any" not in self.two_way


class Policy(RootModel[dict[str, Rule]]):
    """The classes by name."""

    @property
    def rules(self) -> dict[str, Rule]:
        return self.root
