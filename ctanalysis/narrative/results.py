"""One indicator in the narrative: its values, its comparisons, and by what it is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from markupsafe import Markup

from ctanalysis.analysis.change import Change
from ctanalysis.analysis.values import Key, Tracked, Value, tracked_by_horizon, values_by_breakdown
from ctanalysis.evaluation import Evaluation
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.language import Speech
from ctanalysis.narrative.changes import sentence, short
from ctanalysis.narrative.numbers import is_list
from ctanalysis.narrative.waiting import Waiting, waiting
from ctanalysis.project import Project
from ctanalysis.project.csv_files import PublishedFigure
from ctanalysis.project.sheets import Sheet
from ctanalysis.quality import DOUBTED

LISTED = 6  # categories named in a sentence; its table has them all


@dataclass(frozen=True)
class Result:
    """Everything that the narrative says of one indicator."""

    sheet: Sheet
    values: dict[Key, list[Value]] = field(repr=False)
    tracking: Callable[[], dict[tuple[str, str], Tracked]] = field(repr=False)  # asked only by pages that show it
    titles: dict[str, str] = field(repr=False)
    figures: tuple[PublishedFigure, ...] = ()
    lists: frozenset[str] = frozenset()
    waiting: tuple[Waiting, ...] = field(default=(), repr=False)
    in_detail_on: date | None = None
    in_detail: tuple[str, ...] = ()
    audited: bool = False
    to_come: bool = False
    ended: tuple[tuple[str, str], ...] = ()
    breakdown_horizon: str = "period"
    countable: bool = True
    has_caveat: bool = False
    of_month: bool = False
    changes: Callable[[], dict[str, tuple[tuple[Change, bool], ...]]] = field(default=dict, repr=False)  # as tracking
    language: str | Speech = "en"

    @property
    def compared(self) -> list[Markup]:
        """What is said of each comparison of the period's total, in full."""
        return [sentence(*one, self.language) for one in self.changes().get(self.sheet.code, ())]

    @property
    def beside_earlier(self) -> list[Markup]:
        """The same, in short."""
        return [short(*one, self.language) for one in self.changes().get(self.sheet.code, ())]

    def at(self, horizon: str) -> Value | None:
        """The total at a horizon; None if this evaluation has no such horizon."""
        return self.values.get((self.sheet.code, horizon, "total"), [None])[0]

    def beside(self, horizon: str) -> list[Value]:
        """The values of the table beside the total; none where the sheet has no such table."""
        return self.values.get((self.sheet.code, horizon, self.sheet.beside[0]), [])

    @property
    def why_nothing(self) -> str:
        """Why there is no number where no records came that could be counted, beside that none came; often empty."""
        total = self.at("period")
        return total.lack if total else ""

    @property
    def doubted(self) -> bool:
        """Whether that is that rows came which could not be believed."""
        return self.why_nothing == DOUBTED

    @property
    def not_by_month(self) -> str:
        """Of a month that is not told by policy, of which days it is told, in words; else empty."""
        total = self.at("period")
        return (total.days_told or "not told") if self.of_month and total and total.untold else ""

    @property
    def untold_to_date(self) -> bool:
        """Whether neither the fiscal year to date nor the project to date is told, nor a period with its own target."""
        totals = [self.at(horizon) for horizon in ("fiscal year to date", "project to date")]
        return all(one and one.untold for one in totals) and not self.tracked("period").has_target

    @property
    def divides_by_quarter(self) -> bool:
        """Whether it is broken down, and by policy not of a month."""
        return self.of_month and bool(self.sheet.disaggregations) and not (self.breakdown_horizon or self.audited)

    @property
    def came(self) -> bool:
        """Whether records of the reporting period came. If not, it is said once, at the top of its section, and why."""
        total = self.at("period")
        return total is None or total.status != "not received"

    def tracked(self, horizon: str) -> Tracked:
        """The row of the tracking table at a horizon."""
        return self.tracking()[self.sheet.code, horizon]

    def published_value(self, figure: PublishedFigure) -> Value:
        """The total calculated up to the day of a published figure."""
        totals = self.values[self.sheet.code, "as published", "total"]
        return next(value for value in totals if value.end == figure.as_of)

    def breakdowns(self) -> Iterator[tuple[str, list[Value], list[Value], list[Value], bool]]:
        """For each one-way breakdown: its title, all its values, those there are any of, and those to name.

        Last, whether it is by a list, so that its values may add up to more than the total.
        """
        for fields in self.sheet.disaggregations:
            every = self.values.get((self.sheet.code, self.breakdown_horizon, fields[0]), [])
            values = [one for one in every if self.sheet.measure != "rate" or one.category != NOT_RECORDED]
            if len(fields) == 1 and values:
                may_fall = self.sheet.measure == "gain"  # below 0, so that 0 is a number like others
                some = [value for value in values if value.shown and (may_fall or value.value > 0)]
                yield self.titles[fields[0]], values, some, _named(some), fields[0] in self.lists


def _named(some: list[Value]) -> list[Value]:
    """The largest values where there are many, all in their order where there are few."""
    return some if len(some) <= LISTED else sorted(some, key=lambda value: -value.value)[: LISTED // 2]


def results(evaluation: Evaluation, chosen: Callable[[Sheet], bool]) -> list[Result]:
    """The Result of every sheet that is chosen, in order."""
    values = values_by_breakdown(evaluation.protected_values, evaluation.project, evaluation.lacks, evaluation.failed)
    tracking = cache(lambda: tracked_by_horizon(evaluation.protected_tracking))
    changes = cache(lambda: _changes(evaluation))
    return [
        Result(
            sheet,
            values,
            tracking,
            titles(evaluation.project, sheet),
            _published(evaluation, sheet),
            frozenset(name for (name, *_) in sheet.disaggregations if is_list(evaluation.project, sheet, name)),
            waiting(evaluation, sheet, values),
            *_in_detail(evaluation, sheet),
            evaluation.project.disclosure_rule(sheet).audited,
            _to_come(evaluation, sheet),
            _ended(evaluation.project, sheet),
            breakdown_horizon=next(iter(evaluation.breakdown_horizons(sheet)), ""),
            countable=_countable(evaluation.project, sheet),
            has_caveat=sheet.code in evaluation.caveats,
            of_month=evaluation.period.kind == "month",
            changes=changes,
            language=evaluation.project.speech,
        )
        for sheet in evaluation.project.sheets
        if chosen(sheet)
    ]


def _changes(evaluation: Evaluation) -> dict[str, tuple[tuple[Change, bool], ...]]:
    """By indicator, each comparison of its total, and whether it is clear."""
    found: dict[str, tuple[tuple[Change, bool], ...]] = {}
    for one in evaluation.changes:
        clear = evaluation.claims.is_clear("change", one.sheet.code, one.versus)
        found[one.sheet.code] = (*found.get(one.sheet.code, ()), (one, clear))
    return found


def _to_come(evaluation: Evaluation, sheet: Sheet) -> bool:
    """Whether the policy breaks a sheet down to the ends of years, and none has come."""
    breakdowns = evaluation.project.disclosure_rule(sheet).breakdowns
    waits = any(one.sheet == sheet.code and not one.ended for one in breakdowns)
    return waits and not evaluation.breakdown_horizons(sheet)


def _ended(project: Project, sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """By what a sheet is told no further, and the reason; the title is empty where it is the sheet itself."""
    named, breakdowns = titles(project, sheet), project.disclosure_rule(sheet).breakdowns
    return tuple((named.get(one.by, ""), one.ended) for one in breakdowns if one.sheet == sheet.code and one.ended)


def _in_detail(evaluation: Evaluation, sheet: Sheet) -> tuple[date | None, tuple[str, ...]]:
    """The day to which a sheet's fine categories are told, until it has come, and by what; None without such."""
    rule, end = evaluation.project.disclosure_rule(sheet), evaluation.project.facts.end
    fine = [one.by for one in rule.breakdowns if one.sheet == sheet.code and one.fine and not one.ended]
    named = titles(evaluation.project, sheet)
    return (end, tuple(named[by] for by in fine)) if fine and evaluation.period.end < end else (None, ())


def _countable(project: Project, sheet: Sheet) -> bool:
    """Whether its values are whole things, of which there are fewer, and not less."""
    return project.adds_whole_numbers(sheet) and not sheet.is_ratio


def titles(project: Project, sheet: Sheet) -> dict[str, str]:
    """By field of a sheet's disaggregations, its title."""
    names = {name for fields in sheet.disaggregations for name in fields}
    return {name: project.title(sheet, name) for name in names}


def _published(evaluation: Evaluation, sheet: Sheet) -> tuple[PublishedFigure, ...]:
    known, end = evaluation.project.published, evaluation.period.end
    return tuple(f for f in known if f.indicator == sheet.code and f.as_of <= end)
