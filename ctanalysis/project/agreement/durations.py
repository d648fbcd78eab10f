"""Days from one date to another: of two dates that hold days, and of people only where each person has one row."""

from collections.abc import Iterator

from ctanalysis.project.agreement import fields
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Median
from ctanalysis.project.sheets import Sheet

COHORT = (
    "in class '{name}' no days from one date to another are told: beside other days, their number says how few people "
    "are waiting. Possible there is a cohort: a share of people, with a numerator that has a table, a person, a date "
    "and within = 30."
)
ONE_ROW = (
    "in class '{name}' days from one date to another are told where each person has one row: let '{person}' be unique "
    "in table '{table}' (datapackage.json), or count days in a table where it is."
)


def faults(sheet: Sheet, project: Project) -> Iterator[str]:
    """A sentence to each thing that keeps days from being counted, or told; none for other sheets."""
    table, package = sheet.calculation.table, project.package
    for name in (name for name in sheet.days if not fields.missing(package, table, name)):
        period = package.locate(table, name).field.period
        if period:
            yield f"'{name}' holds {period}s, from which no days can be counted. Name a date that holds days."
    if sheet.days:
        yield from _of_people(sheet, project)


def _of_people(sheet: Sheet, project: Project) -> Iterator[str]:
    rule, table = project.disclosure_rule(sheet), sheet.calculation.table
    name = project.package.tables[table].disclosure
    if rule.audited:
        yield COHORT.format(name=name)
    elif rule.protects and project.counts_things(sheet) and not isinstance(sheet.calculation, Median):
        yield ONE_ROW.format(name=name, person=rule.person, table=table)
