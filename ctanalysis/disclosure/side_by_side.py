"""Columns that count people side by side (women, men): some of them, and not all, are a cell of a breakdown.

Who they are is said by the columns of a reference sheet, and by the parts of a rule [[sum]] in rules.toml, whose total
is the whole. Where nobody says it, the numbers of a table are taken to be parts of each other: that a table has
`women` and `staff` cannot be told from `women` and `men`.
"""

from collections.abc import Iterator

from ctanalysis.project import Project
from ctanalysis.project.calculations import Share
from ctanalysis.project.row_calculations import Sum, columns_of
from ctanalysis.project.sheets import Sheet


def of_some_columns(project: Project, sheet: Sheet) -> bool:
    """Whether a sheet, or a part of it about people, is of some, and not all, columns that stand side by side.

    It is where it adds them up, and where it asks for rows by what stands in one of them. What policy.toml names among
    the contract figures is none.
    """
    for part in sheet.by_table:
        rule = project.disclosure_rule(part)
        if rule.protects and sheet.code not in rule.contract_figures:
            table, asked = part.calculation.table, {*part.calculation.chosen_by}
            asked |= {*part.calculation.inside} if isinstance(part.calculation, Share) else set()
            own = {*columns_of(part.row_calculation)}
            if _is_some(project, table, own) or any(_is_some(project, table, {name}) for name in asked):
                return True
    return False


def _is_some(project: Project, table: str, own: set[str]) -> bool:
    """Whether columns of a table are some of those that stand side by side in it; a total is all of its parts."""
    totals = {rule.total: {*rule.parts} for rule in project.rules.sum if rule.table == table}
    own = own.union(*(totals.get(column, ()) for column in own))
    said = [columns for columns in _side_by_side(project, table) if own & columns]
    if said:
        return any(not columns <= own for columns in said)
    numbers = {
        name
        for name, field in project.package.tables[table].fields.items()
        if field.type in ("integer", "number") and name not in totals
    }
    return bool(own & numbers) and not numbers <= own


def _side_by_side(project: Project, table: str) -> Iterator[set[str]]:
    """The columns of a table that are said to stand side by side: the parts of each rule, and what sheets add up.

    All that sheets add up are parts of one whole: girls and boys beside women and men are its children.
    """
    wholes = [{*rule.parts} for rule in project.rules.sum if rule.table == table]
    parts = (part.row_calculation for sheet in project.every_sheet for part in sheet.by_table)
    added = [{*columns_of(rows)} for rows in parts if isinstance(rows, Sum) and rows.columns and rows.table == table]
    yield from wholes
    yield {name for columns in added if columns not in wholes for name in columns}
