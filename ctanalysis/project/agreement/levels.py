"""A level over the days of a period asks what stands on each day: of days only, and of tables about nobody."""

from collections.abc import Iterator

from ctanalysis.project.agreement import fields
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Level
from ctanalysis.project.sheets import Sheet

OF_PEOPLE = (
    "over days, what stands on each day is added up, and the nights of a period can be those of one person, in table "
    "'{table}', of class '{name}'. Take over out: what stands on the last day can be told. Possible over days is a "
    "table about nobody in particular, such as the nights and beds that each shelter reports."
)


def faults(sheet: Sheet, project: Project) -> Iterator[str]:
    """A sentence to each thing that keeps a level over days from being calculated, or told; none for other sheets."""
    level, package = sheet.calculation, project.package
    if not isinstance(level, Level) or not level.over or level.table not in package.tables:
        return
    for name in dict.fromkeys((level.start, level.end, *level.where)):
        if fields.missing(package, level.table, name):  # which is said already
            continue
        field = package.locate(level.table, name).field
        if field.period:
            yield (
                f"'{name}' holds {field.period}s, from which it is not known on which days something stood. Take over "
                "out, or ask for the days."
            )
        elif field.type == "date" and name in level.where:
            yield (
                f"over days has a condition on the date '{name}': whether it holds would change from day to day. Say "
                "with start and end on which days a row stands."
            )
    if level.table not in project.open_tables:
        yield OF_PEOPLE.format(table=level.table, name=package.tables[level.table].disclosure)
