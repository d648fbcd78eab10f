"""Sheets that count people by several rows, in several tables, or in a state reached later: what fits together."""

from collections.abc import Iterator

from ctanalysis.project.agreement import fields
from ctanalysis.project.calculations import Share
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import People
from ctanalysis.project.sheets import Sheet


def faults(project: Project, sheet: Sheet) -> Iterator[str]:
    """A sentence to each fault of a sheet whose tables and fields are there."""
    first, *others = sheet.by_table
    for one in others:
        yield from _other_table(project, first, one)
    if project.disclosure_rule(sheet).audited:
        yield from _audited(project, sheet)
    reached = sheet.calculation.reached if isinstance(sheet.calculation, Share) else None
    if reached and reached.within:
        for one in sheet.by_table:
            yield from _of_days(project, one)


def _other_table(project: Project, first: Sheet, other: Sheet) -> Iterator[str]:
    tables, here, there = project.package.tables, first.calculation.table, other.calculation.table
    classes = tables[here].disclosure, tables[there].disclosure
    if classes[0] != classes[1] or (here in project.open_tables) != (there in project.open_tables):
        yield (
            f"table '{there}' is of class '{classes[1]}', and '{here}' of '{classes[0]}': what is told of people found "
            "in both would keep the rules of one of them only. Count people of tables of one class."
        )
    homes = [_home(project, one) for one in (first, other)]
    if None not in homes and homes[0] != homes[1]:
        yield (
            f"the person of table '{there}' is one of '{homes[1]}', and that of '{here}' one of '{homes[0]}': they "
            "cannot be the same people. Name fields that refer to one table."
        )
    for name in {name for names in (*other.disaggregations, *other.working_tables) for name in names}:
        places = [
            project.package.locate(table, name)
            for table in (here, there)
            if not fields.missing(project.package, table, name)
        ]
        if len({(place.table, place.field.name) for place in places}) > 1:
            yield (
                f"it cannot be disaggregated by '{name}', which is another field in '{there}' than in '{here}'. Take "
                "one that both find in the same table."
            )


def _home(project: Project, sheet: Sheet) -> str | None:
    """The table whose rows the people of a sheet are; None where their codes refer to none."""
    rows = sheet.row_calculation
    assert isinstance(rows, People)
    place = project.package.locate(rows.table, rows.person)
    table, name = project.package.tables[place.table], place.field.name
    return table.references.get(name) or (table.name if name in table.keys else None)


def _of_days(project: Project, sheet: Sheet) -> Iterator[str]:
    rows = sheet.row_calculation
    assert isinstance(rows, People)
    field = project.package.locate(rows.table, rows.date).field
    if field.period:
        yield (
            f"'{rows.date}' holds {field.period}s, from which no days can be counted. Take within out: the state is "
            "then reached by the period's last day."
        )


def _audited(project: Project, sheet: Sheet) -> Iterator[str]:
    """What of people who were trafficked is not told in any way."""
    rule, rows = project.disclosure_rule(sheet), sheet.row_calculation
    if not sheet.cuts_people:
        return
    if isinstance(sheet.calculation, Share):
        yield (
            f"of {rule.describes} a share is of all who are counted: take at_least out of the denominator, or count "
            "them by themselves."
        )
    if sheet.counts_each_period:
        yield (
            f"of {rule.describes} at_least, different and also count each person once: periods that overlap would say "
            'who did more. Take counted = "each period" out.'
        )
    named = [code for code in rule.contract_figures if project.sheet(code).cuts_people]
    same = [code for code in named if project.sheet(code).row_calculation.table == rows.table]
    if sheet.code in same[1:]:
        yield (
            f"policy.toml calls it and {same[0]} contract figures: the numbers of both say how few people lie between "
            "them. Keep the one that is needed most."
        )
