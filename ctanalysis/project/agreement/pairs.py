"""A gain is of two fields that can be laid beside each other, and of people only what two shares would tell."""

from collections.abc import Iterator

from ctanalysis.project.agreement import fields
from ctanalysis.project.agreement.fields import NUMERIC
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import CHANGE, Gain
from ctanalysis.project.sheets import Sheet

EXAMPLE = 'before = "aware_before", after = "aware_after"'


def faults(sheet: Sheet, project: Project) -> Iterator[str]:
    """A sentence to each thing that keeps a gain from being calculated, or told; none for other sheets."""
    gain, package = sheet.calculation, project.package
    if not isinstance(gain, Gain):
        return
    found = [name for name in gain.asked if not fields.missing(package, gain.table, name)]
    types = ["number" if (of := package.locate(gain.table, name).field.type) in NUMERIC else of for name in found]
    if len(found) < len(gain.asked):  # fields.faults says so
        return
    if gain.before == gain.after or len(set(types)) > 1 or types[0] not in ("boolean", "number"):
        yield (
            f"a gain is of two fields of yes and no, or of two of numbers, as in {EXAMPLE}; "
            f"'{gain.before}' is of type {types[0]}, '{gain.after}' of type {types[1]}."
        )
        return
    if any(CHANGE in names for names in sheet.disaggregations):
        yield f"a gain has a table by '{CHANGE}' of its own: give the field another name, or take the breakdown out."
    yield from _of_people(sheet, project, types[0])


def _of_people(sheet: Sheet, project: Project, of: str) -> Iterator[str]:
    rule, name = project.disclosure_rule(sheet), project.package.tables[sheet.calculation.table].disclosure
    if rule.audited:
        yield (
            f"in class '{name}' no gain is told: how few got worse could be read from it beside the totals. Possible "
            'there are counts of people and shares (measure = "share"), one of before and one of after.'
        )
    elif rule.protects and of == "number":
        yield (
            f"in class '{name}' a gain is told of two fields of yes and no only: that of numbers could be "
            "one person's. "
            'Possible there is a field that says whether a person reached a level, as in before = "passed_before".'
        )
    elif rule.protects and project.counts_things(sheet):
        yield (
            f"in class '{name}' a gain is told where each person has one row: let '{rule.person}' be unique in table "
            f"'{sheet.calculation.table}' (datapackage.json), or count rows of a table where it is."
        )
