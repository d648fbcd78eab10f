"""The rows of tables that reference sheets read, and the days by which they count them."""

from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Level, Rows
from ctanalysis.project.sheets import Sheet


def counted_days(project: Project, table: str) -> list[str]:
    """The date fields by which reference sheets count a table's rows, those of the first sheet first."""
    parts = parts_of(project, table)
    return list(dict.fromkeys(part.start if isinstance(part, Level) else part.date for part in parts))


def parts_of(project: Project, table: str) -> list[Rows]:
    """The rows of a table that reference sheets read."""
    return [part for sheet in project.sheets for part in rows_of(sheet) if part.table == table]


def is_standing(project: Project, table: str) -> bool:
    """Whether only levels are counted of a table: what stands goes on where no row is dated."""
    return all(isinstance(part, Level) for part in parts_of(project, table))


def rows_of(sheet: Sheet) -> list[Rows]:
    """The rows that a sheet reads, of each table."""
    return [one.row_calculation for one in sheet.by_table]
