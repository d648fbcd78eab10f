"""What published numbers are of, as a hash of twelve letters: what must stay the same for them to be audited together.

A total of an audited indicator is of its calculation and of the project's first day. A breakdown that waits is, too, of
its splits in their order and of the project's last day, for what is told next follows from what was told before.
"""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from ctanalysis.disclosure.waiting.named import waiting
from ctanalysis.project import Project
from ctanalysis.project.categories import Category
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import TOTAL, Breakdown
from ctanalysis.project.sheets import Sheet

AUDITED = "audited-"  # before the definition of an audited indicator
OF_WAITING = {"nodes", "breakdowns", "formerly"}  # keys of the policy that say nothing of other classes


def definition(project: Project, sheet: Sheet, way: str = TOTAL) -> str:
    """What the numbers of an indicator are of, of a breakdown (way) or in all."""
    if not project.disclosure_rule(sheet).audited:
        return _hashed(_of_table(project, sheet))
    breakdown = _breakdown(project, sheet, way)
    parts = _of_total(project, sheet)
    return AUDITED + _hashed([*parts, *_of_splits(project, breakdown, project.facts.end)] if breakdown else parts)


def definitions(project: Project, sheet: Sheet, way: str, last: str) -> set[str]:
    """Those with which its numbers are of the same as now, if they were released up to a last day (ISO).

    Which breakdowns are told depends on the project's end only on that day, so that one that was prolonged before may
    be what it was; and nobody was in a category before it was added.
    """
    breakdown, rule = _breakdown(project, sheet, way), project.disclosure_rule(sheet)
    if not rule.audited or not breakdown:
        return {definition(project, sheet, way), *(rule.formerly if rule.audited else ())}
    ends = [project.facts.end, *(end for end in project.facts.former_ends if last < end.isoformat())]
    parts = _of_total(project, sheet)
    versions = list(_before_additions(project, breakdown))
    return {AUDITED + _hashed([*parts, *_of_splits(project, one, end)]) for one in versions for end in ends}


def is_told_further(project: Project, sheet: Sheet, way: str) -> bool:
    """Whether the policy has a breakdown, or a total, that is not ended."""
    breakdown = _breakdown(project, sheet, way)
    return (way == TOTAL and breakdown is None) or (breakdown is not None and not breakdown.ended)


def _breakdown(project: Project, sheet: Sheet, way: str) -> Breakdown | None:
    """The entry of a breakdown, coarse or fine, or of a share that waits."""
    for one in waiting(project):
        if one.sheet == sheet.code and one.by.removesuffix(COARSE) == way.removesuffix(COARSE):
            return one
    return None


def _of_total(project: Project, sheet: Sheet) -> list[Any]:
    facts = project.facts
    days = [str(sheet.valid_from), str(facts.start), facts.fiscal_year.first_month]
    return [sheet.calculation.model_dump(mode="json"), *days, project.disclosure_rule(sheet).person]


def _of_splits(project: Project, breakdown: Breakdown, end: date) -> list[Any]:
    """The splits of a breakdown, with its categories as they were called first."""
    rule = project.disclosure_rule(project.sheet(breakdown.sheet))
    broad, fine = _categories(project, breakdown)
    first = {label: one.first_label for label, one in broad.items()}
    order = [first[label] for label in breakdown.order]
    inner = [[fine[label].first_label, first[fine[label].coarse]] for label in breakdown.fine]
    rules = [rule.fewer_than, rule.round_to, list(rule.nodes), breakdown.not_recorded]
    return [breakdown.by, order, inner, *rules, str(end)]


def _categories(project: Project, breakdown: Breakdown) -> tuple[dict[str, Category], dict[str, Category]]:
    """By label, the categories of a breakdown as it is told to date, and the fine ones; a share has none."""
    table = project.sheet(breakdown.sheet).calculation.table
    names = () if breakdown.by == TOTAL else (breakdown.by, breakdown.by.removesuffix(COARSE))
    fields = [project.package.locate(table, name).field for name in names]
    found = [{one.label: one for one in field.categories or ()} for field in fields]
    return (found[0], found[1]) if found else ({}, {})


def _before_additions(project: Project, breakdown: Breakdown) -> Iterator[Breakdown]:
    """A breakdown as it is, and as it was before its last categories were added, and those before them."""
    yield breakdown
    since = [
        {label: category.since for label, category in categories.items() if category.since}
        for categories in _categories(project, breakdown)
    ]
    for day in sorted({first for days in since for first in days.values()}, reverse=True):
        order, fine = (
            tuple(label for label in labels if label not in days or days[label] < day)
            for labels, days in zip((breakdown.order, breakdown.fine), since, strict=True)
        )
        yield breakdown.model_copy(update={"order": order, "fine": fine})


def _of_table(project: Project, sheet: Sheet) -> list[Any]:
    """Of a class without the promise: the calculation, its categories, and what the policy does to them."""
    names = sorted({name for fields in sheet.disaggregations for name in fields})
    fields = {name: project.field(sheet, name) for name in names}
    labels = {
        name: [
            tuple(category.first_label for category in field.categories) if field.categories else field.labels,
            [category.coarse for category in field.categories or ()],
        ]
        for name, field in fields.items()
    }
    rule = project.disclosure_rule(sheet).model_dump(mode="json", exclude=OF_WAITING)
    return [sheet.calculation.model_dump(mode="json"), str(sheet.valid_from), labels, rule]


def _hashed(parts: list[Any]) -> str:
    return sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]
