"""Columns that stand side by side, as the categories of a breakdown: which they may be, and of whom they are told."""

from collections.abc import Iterator

from ctanalysis.project.agreement import fields
from ctanalysis.project.columns import columns_named
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Sum
from ctanalysis.project.sheets import Sheet

OWN = ("total", "all", "recorded", "not recorded")


def faults(sheet: Sheet, project: Project) -> Iterator[str]:
    """A sentence to each thing that keeps columns from being the categories of a breakdown; none for other sheets."""
    for part in sheet.parts:
        rows = part.row_calculation
        by, columns = columns_named(rows.columns if isinstance(rows, Sum) else None)
        if by:
            yield from _of_part(sheet, part, project, (by, columns))


def _of_part(sheet: Sheet, part: Sheet, project: Project, named: tuple[str, dict[str, str]]) -> Iterator[str]:
    """The same of a part of a sheet. named: what its columns are the categories of, and the column of each."""
    by, columns = named
    if not any(by in names for names in (*sheet.disaggregations, *sheet.working_tables)) or not sheet.by_columns[0]:
        names = ", ".join(f'"{name}"' for name in columns.values())
        yield (
            f'columns are named as categories of {by}, by which nothing is broken down: write disaggregate = ["{by}"] '
            f"with a sum, or columns = [{names}]."
        )
    if not fields.missing(project.package, part.calculation.table, by):
        yield f"columns cannot be the categories of '{by}', which is a field of the table, or of one that it refers to."
    yield from _labels(project, by, list(columns))
    yield from _of_people(part, project)


def _labels(project: Project, by: str, labels: list[str]) -> Iterator[str]:
    """One thing is called by the same words in all tables of a project."""
    if by in OWN or {*OWN} & {*labels} or any(" × " in label for label in (by, *labels)):
        yield f"the words {', '.join(OWN)} and × are the library's own: give the columns other labels."
    for table in project.package.resources:
        there = table.fields[by].labels if by in table.fields else None
        strange = [label for label in labels if label not in (there or labels)]
        if there and strange:
            yield (
                f"columns: table '{table.name}' has a field '{by}' without the label {', '.join(strange)}. There are: "
                f"{', '.join(there)}. Use its labels, or another name than '{by}'."
            )


def _of_people(sheet: Sheet, project: Project) -> Iterator[str]:
    rule, name = project.disclosure_rule(sheet), project.package.tables[sheet.calculation.table].disclosure
    if rule.audited or (rule.protects and rule.person):
        yield (
            f"in class '{name}' columns cannot be the categories of a breakdown: how many people stand behind each is "
            'not known. Possible there is their sum, as in columns = ["women", "men"].'
        )
