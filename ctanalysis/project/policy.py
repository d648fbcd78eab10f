"""policy.toml: what may be published about whom, one class for each kind of table."""

from typing import Literal, Self

from pydantic import Field, RootModel, model_validator

from ctanalysis.project.strict import CellText, Strict

LEAST_HIDDEN = 2  # with 0 or 1, fewer_than would hide nothing but zero
LEAST_SIDES = 2  # of a split
TOTAL = "total"
Span = Literal["any", "year", "project", "whole"]


class Breakdown(Strict):
    """A breakdown that is told by the waiting rule (disclosure/waiting): a chain of two-sided splits.

    sheet: the code of its indicator. by: the field, or its coarse form ("age_group:coarse"). order: the labels of its
    categories in the order of their splits, the more frequent first. fine: of a coarse form, the labels of the field
    itself in such an order, which are told once, when the project has ended.
    not_recorded: "apart", so that it is told exactly and the others are split; or "last", where a blank is an answer,
    so that it stands in the last category.
    ended: why it is told no further, in words that are printed; what was told of it stays. A share, which waits without
    an entry, has one with by "total" and no order where it has ended.
    """

    sheet: str
    by: str
    order: tuple[CellText, ...] = ()
    fine: tuple[CellText, ...] = ()
    not_recorded: Literal["apart", "last"] = "apart"
    ended: CellText = ""

    @property
    def last(self) -> str:
        """The last label of the finest order."""
        return (self.fine or self.order)[-1]

    @model_validator(mode="after")
    def _has_two_sides(self) -> Self:
        if self.by == TOTAL and (self.order or self.fine):
            raise ValueError('by = "total" is of a share that has ended: it has no order')
        if self.by != TOTAL and len(self.order) < LEAST_SIDES:
            raise ValueError("order: a breakdown has two categories or more")
        return self

    @model_validator(mode="after")
    def _each_label_once(self) -> Self:
        if any(len(labels) > len(set(labels)) for labels in (self.order, self.fine)):
            raise ValueError("a label stands in the order of its splits twice")
        return self


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
    nodes: the spans to whose ends breakdowns, and shares, are told to date by the waiting rule: of each fiscal "year".
    breakdowns: those that the waiting rule tells; an audited class has no others.
    formerly: how the ledger calls the definitions of what was released under an older policy, and is the same.
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
    nodes: tuple[Literal["year"], ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    formerly: tuple[str, ...] = ()

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

    @model_validator(mode="after")
    def _waits(self) -> Self:
        if self.breakdowns and not self.nodes:
            raise ValueError('breakdowns need nodes: nodes = ["year"] tells each breakdown to each year\'s end')
        if self.nodes and not self.audited:
            raise ValueError("breakdowns that wait are of an audited class: without the promise nothing has to wait")
        if self.nodes and (self.one_way or self.two_way):
            raise ValueError("a class with breakdowns that wait has no others: write one_way = [] and two_way = []")
        pairs = [(one.sheet, one.by) for one in self.breakdowns]
        if len(pairs) > len(set(pairs)):
            raise ValueError("breakdowns: a sheet is broken down by the same field twice")
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
