"""The breakdowns that policy.toml names are of sheets and categories that there are, and safe beside each other.

A policy from before breakdowns waited is refused, with the text that takes its place.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from ctanalysis.base.errors import Refused
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import TOTAL, Breakdown, DisclosureRule
from ctanalysis.project.project import Project
from ctanalysis.project.sheets import Sheet


def faults(project: Project) -> Iterator[str]:
    """A sentence to each breakdown of policy.toml that cannot be told as it says."""
    sheets = {sheet.code: sheet for sheet in project.sheets}
    for name, rule in project.policy.rules.items():
        where = f"policy.toml, class '{name}', breakdowns"
        if rule.audited and (rule.one_way or rule.two_way):
            yield f"policy.toml, class '{name}': {_older(project, name, rule)}"
        for one in rule.breakdowns:
            if one.sheet not in sheets:
                yield f"{where}: there is no indicator '{one.sheet}'. There are: {', '.join(sheets)}."
            else:
                for fault in _of_sheet(project, rule, one, sheets[one.sheet]):
                    yield f"{where}: indicator {one.sheet} by {one.by}: {fault}"
        yield from (f"{where}: {fault}" for fault in _nested(rule, sheets))


def _of_sheet(project: Project, rule: DisclosureRule, one: Breakdown, sheet: Sheet) -> Iterator[str]:
    if project.disclosure_rule(sheet) is not rule:
        yield "its table is of another class."
    if one.by == TOTAL:
        if sheet.measure != "share" or not one.ended:
            yield 'by = "total" is of a share that has ended, and why (ended); shares wait without an entry.'
        return
    if not _counts_people(project, sheet):
        yield "only a count of people, each of them once, can wait; this one is told as totals."
    cut = sorted({other.by.removesuffix(COARSE) for other in rule.breakdowns} & _asked(sheet))
    if cut:
        yield (
            f"its sheet has a condition on {', '.join(cut)}, by which people are broken down: it would be a breakdown "
            "within a breakdown. Take this entry out."
        )
    yield from _of_field(project, sheet, one.by, one.order, "order")
    if one.fine and not one.by.endswith(COARSE):
        yield f'fine is of a coarse form: write by = "{one.by}{COARSE}".'
    elif one.fine:
        yield from _of_field(project, sheet, one.by.removesuffix(COARSE), one.fine, "fine")


def _asked(sheet: Sheet) -> set[str]:
    return {name.removesuffix(COARSE) for name in sheet.calculation.chosen_by}


def _counts_people(project: Project, sheet: Sheet) -> bool:
    """Whether a sheet's numbers are of people, each counted once, who can be known again."""
    keyed = sheet.measure == "people" or bool(project.package.tables[sheet.calculation.table].keys)
    is_of_all = sheet.measure in ("people", "count") and sheet.adds_up and not sheet.cuts_people
    return is_of_all and keyed and not project.counts_things(sheet)


def _of_field(project: Project, sheet: Sheet, by: str, order: Sequence[str], key: str) -> Iterator[str]:
    """What is wrong with an order of a field's labels."""
    try:
        labels = project.package.locate(sheet.calculation.table, by).field.labels or ()
    except Refused as refused:
        yield str(refused)
        return
    if (by,) not in sheet.disaggregations:
        yield f"its sheet does not disaggregate by {by}."
    if missing := [label for label in labels if label not in order]:
        yield f"{key} must name every category; it lacks: {', '.join(missing)}."
    yield from _added(project, sheet, by, order, key)
    if strange := [label for label in order if label not in labels]:
        yield f"{key}: {by} has no such category: {', '.join(strange)}."


def _added(project: Project, sheet: Sheet, by: str, order: Sequence[str], key: str) -> Iterator[str]:
    """Categories that were added and do not stand last, among those of their coarse one: what was told of the others
    would be another split.
    """
    categories = project.package.locate(sheet.calculation.table, by).field.categories or ()
    named = {category.label: category for category in categories}
    groups: dict[str, list[str]] = {}
    for label in order:
        if label in named:
            groups.setdefault(named[label].coarse if key == "fine" else "", []).append(label)
    for labels in groups.values():
        days = [str(named[label].since or "") for label in labels]
        if days != sorted(days):
            yield f"{key}: a category that was added stands behind those that were there before: {', '.join(labels)}."


def _nested(rule: DisclosureRule, sheets: dict[str, Sheet]) -> Iterator[str]:
    """Of indicators of the same people an attribute is broken down for one: both together can show a small number."""
    first: dict[str, str] = {}
    for one in rule.breakdowns:
        if one.sheet in sheets and one.by != TOTAL:
            field = one.by.removesuffix(COARSE)
            if first.setdefault(field, one.sheet) != one.sheet:
                yield (
                    f"{field} is told of indicator {first[field]} and of {one.sheet}. Where people are in both, the "
                    "two together can show how few they are: keep the one that is needed most."
                )


def _older(project: Project, name: str, rule: DisclosureRule) -> str:
    """What to write in the place of breakdowns that an auditor withheld table by table."""
    text = ["one_way = []", "two_way = []"]
    entries = list(_entries(project, name, rule))
    if entries:
        text += ['nodes = ["year"]', "", *entries]
    return (
        "one_way and two_way are not for an audited class any more: its breakdowns are told to the end of each year, "
        "in ranges where numbers are small, and none is withheld because of its numbers (docs/protection.md). Write in "
        "their place, at the end of the class, with the most frequent category first, and without those that are not "
        "to be told:\n\n" + "\n".join(text) + "\n"
    )


def _entries(project: Project, name: str, rule: DisclosureRule) -> Iterator[str]:
    """An entry for each attribute of people, of the first indicator that has it."""
    taken: set[str] = set()
    sheets = [one for one in project.sheets if project.disclosure_rule(one) is rule and _counts_people(project, one)]
    fields = {way[0].removesuffix(COARSE) for sheet in sheets for way in sheet.disaggregations}
    for sheet in (sheet for sheet in sheets if not fields & _asked(sheet)):
        ways = [way[0] for way in sheet.disaggregations if len(way) == 1]
        for way in (way for way in ways if way + COARSE not in ways and way.removesuffix(COARSE) not in taken):
            labels = project.package.locate(sheet.calculation.table, way).field.labels or ()
            taken.add(way.removesuffix(COARSE))
            values: Mapping[str, object] = {"sheet": sheet.code, "by": way, "order": list(labels)}
            if way.endswith(COARSE) and way.removesuffix(COARSE) in ways:
                fine = project.package.locate(sheet.calculation.table, way.removesuffix(COARSE)).field.labels or ()
                values = {**values, "fine": list(fine)}
            yield f"[[{name}.breakdowns]]"
            yield from (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
            yield ""
