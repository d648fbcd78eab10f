"""Which breakdowns wait: those that policy.toml names, and the shares of audited classes, which need no entry.

A share is one split of its rows: those that it counts | the rest.
"""

from collections.abc import Iterator

from ctanalysis.project import Project
from ctanalysis.project.calculations import Share
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import TOTAL, Breakdown, DisclosureRule
from ctanalysis.project.sheets import Sheet


def waiting(project: Project) -> list[Breakdown]:
    """The breakdowns that are told by the waiting rule, those with a reason why they are told no further too."""
    rules = project.policy.rules.values()
    named = [one for rule in rules for one in rule.breakdowns]
    ended = {one.sheet for one in named if one.by == TOTAL}
    shares = [one for rule in rules for one in _shares(project, rule) if one.sheet not in ended]
    return [*named, *shares]


def is_reached_later(project: Project, sheet: Sheet) -> bool:
    """Whether a row of a share may be counted on a later day than the one by which it is dated: held after it was due.

    Such rows change sides, so that they are no split of growth.
    """
    if not isinstance(sheet.calculation, Share):
        return False
    own = getattr(sheet.calculation.denominator, "date", None)
    asked = {name for name in sheet.calculation.inside if name != own}
    return any(project.package.locate(sheet.calculation.table, name).field.type == "date" for name in asked)


def is_cohort(sheet: Sheet) -> bool:
    """Whether it is a share of people who entered and reached a later state."""
    return isinstance(sheet.calculation, Share) and sheet.calculation.reached is not None


def is_told_once(sheet: Sheet) -> bool:
    """Whether it is a cohort without a number of days: all have fallen due when the project has ended."""
    reached = sheet.calculation.reached if isinstance(sheet.calculation, Share) else None
    return reached is not None and reached.within is None


def _shares(project: Project, rule: DisclosureRule) -> Iterator[Breakdown]:
    """Of two shares of the same rows by the same field the first one: both together are no tree of splits.

    Of a cohort, a state that another share tells of is told by that one alone: the people of both are partly the same.
    More of the same (three services, of those who had one) and another state are two things of which neither follows.
    """
    sheets = [sheet for sheet in project.sheets if rule.nodes and project.disclosure_rule(sheet) is rule]
    fields = {name.removesuffix(COARSE) for sheet in sheets for way in sheet.disaggregations for name in way}
    taken: set[tuple[str, str]] = set()
    for sheet in sorted(sheets, key=is_cohort):  # stable: in their order, cohorts last
        if isinstance(sheet.calculation, Share) and _is_of_rows(project, sheet):
            split = set(_split_by(sheet.calculation))
            asked = {name for _, name in split} | {name.removesuffix(COARSE) for name in sheet.calculation.where}
            own = _state(sheet.calculation) or split
            if not asked & fields and not (split | own) & taken:
                taken |= own
                yield Breakdown(sheet=sheet.code, by=TOTAL)


def _split_by(calculation: Share) -> Iterator[tuple[str, str]]:
    """The tables and fields by which a share's rows, or a cohort's people, are split."""
    reached = calculation.reached
    names = [*reached.where, reached.date, reached.different] if reached else [*calculation.inside]
    table = reached.table if reached else calculation.table
    yield from ((table, name.removesuffix(COARSE)) for name in names if name)


def _state(calculation: Share) -> set[tuple[str, str]]:
    """What a cohort tells: of the rows of a table, that there are any, or more of those with which people entered."""
    reached = calculation.reached
    return {(reached.table, "more" if reached.table == calculation.table else "any")} if reached else set()


def _is_of_rows(project: Project, sheet: Sheet) -> bool:
    """Whether its rows are people, each counted once, who can be known again: ten rows may be of one person."""
    rows = sheet.row_calculation
    keyed = rows.measure == "people" or bool(project.package.tables[rows.table].keys)
    return keyed and rows.measure in ("count", "people") and sheet.adds_up and not project.counts_things(sheet)
