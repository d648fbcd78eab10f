"""The breakdowns that policy.toml names are of sheets and categories that there are, and safe beside each other."""

from collections.abc import Iterator, Sequence

from ctanalysis.base.errors import Refused
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import Breakdown, DisclosureRule
from ctanalysis.project.project import Project
from ctanalysis.project.sheets import Sheet


def faults(project: Project) -> Iterator[str]:
    """A sentence to each breakdown of policy.toml that cannot be told as it says."""
    sheets = {sheet.code: sheet for sheet in project.sheets}
    for name, rule in project.policy.rules.items():
        where = f"policy.toml, class '{name}', breakdowns"
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
    if not sheet.adds_up or sheet.is_ratio:
        yield "only a count of people or things that adds up over time can wait; this one is told as totals."
    yield from _of_field(project, sheet, one.by, one.order, "order")
    if one.fine and not one.by.endswith(COARSE):
        yield f'fine is of a coarse form: write by = "{one.by}{COARSE}".'
    elif one.fine:
        yield from _of_field(project, sheet, one.by.removesuffix(COARSE), one.fine, "fine")


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
    if strange := [label for label in order if label not in labels]:
        yield f"{key}: {by} has no such category: {', '.join(strange)}."


def _nested(rule: DisclosureRule, sheets: dict[str, Sheet]) -> Iterator[str]:
    """Of indicators of the same people an attribute is broken down for one: both together can show a small number."""
    first: dict[str, str] = {}
    for one in rule.breakdowns:
        if one.sheet in sheets and sheets[one.sheet].measure == "people":
            field = one.by.removesuffix(COARSE)
            if first.setdefault(field, one.sheet) != one.sheet:
                yield (
                    f"{field} is told of indicator {first[field]} and of {one.sheet}. Where people are in both, the "
                    "two together can show how few they are: keep the one that is needed most."
                )
