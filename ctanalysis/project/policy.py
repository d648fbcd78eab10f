"""policy.toml: what may be published about whom, one class for each kind of table."""

from typing import Literal, Self

from pydantic import Field, RootModel, model_validator

from ctanalysis.project.strict import Strict

LEAST_HIDDEN = 2  # with 0 or 1, fewer_than would hide nothing but zero
Span = Literal["any", "year", "project", "whole"]


class DisclosureRule(Strict):
    """What is done with the values of the tables of one class.

    describes: whom or what the tables are about.
    person: the field by which the tables' people are known. Where there is one, a cell is small when few people
    are behind it, whatever it counts.
    contract_figures: codes of sheets whose totals are exact although the sheets have conditions.
    fewer_than: breakdown cells below it (zero included) are shown as one class.
    round_to: other cells are rounded to the nearest multiple of it.
    share_within: a share is published where the rounding of its parts cannot move it by more percentage points
    than this, up or down.
    audited: whether releases are compared with everything released before.
    one_way, two_way: the spans of days for which breakdowns by one field, or by two, are published at all.
    two_way_categories: a breakdown by two fields is published where each has at most this many categories.
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
    def _rounded_is_never_hidden(self) -> Self:
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
        if self.audited and self.fewer_than < LEAST_HIDDEN:
            raise ValueError(
                "audited promises that no number below fewer_than can be shown, so fewer_than must be 2 or more"
            )
        return self

    @property
    def protects(self) -> bool:
        """Whether the rule hides, rounds or leaves out anything."""
        return (self.fewer_than, self.round_to) != (0, 1) or "any" not in self.one_way or "any" not in self.two_way


class Policy(RootModel[dict[str, DisclosureRule]]):
    """The classes by name."""

    @property
    def rules(self) -> dict[str, DisclosureRule]:
        """The rule of each class, by the name of the class."""
        return self.root
