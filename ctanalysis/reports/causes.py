"""Which change of an input can have changed which indicator's values.

    kinds of inputs that differ ─▶ by indicator, the kinds because of which its values may differ

Each sheet passes the gate by itself, so that an indicator's values depend on its own sheet, on the records of its table
and of those that it refers to, and on what concerns all.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet

EVERY = (  # of these, a change can change any value
    "facts",
    "tables",
    "published figures",
    "policy",
    "rules",
    "deliveries",
    "corrections",
    "quality thresholds",  # with what is expected of whom no longer: a value is then 0, and was not received
    "accepted findings",  # a row that was passed over as a total is then a record
)
OF_CAVEATS = ("same people", "records", "reference sheets")  # of any table, for rules look at several
LEDGER = "ledger"  # of this one, the breakdowns that are audited beside what was released
CODE = ("library", "notebooks", "lock", "versions")  # and of these, none should
SHEETS, RECORDS, TARGETS, RESIDENTS = "reference sheets", "records", "targets", "residents"
Changed = Mapping[str, Sequence[str]]  # by kind of input, the files that differ


def of_values(changed: Changed, project: Project) -> dict[str, list[str]]:
    """By indicator, the kinds of input, code left out, that can have changed its values."""
    sheets = {code for code, file in project.files.items() if file in changed.get(SHEETS, ())}
    return {sheet.code: [*_kinds(sheet, changed, project, sheet.code in sheets)] for sheet in project.sheets}


def _kinds(sheet: Sheet, changed: Changed, project: Project, own: bool) -> Iterable[str]:
    if _are_read(changed.get(RECORDS, ()), sheet, project):
        yield RECORDS
    yield from (kind for kind in EVERY if kind in changed)
    if RESIDENTS in changed and sheet.measure == "rate":
        yield RESIDENTS
    if LEDGER in changed and project.disclosure_rule(sheet).audited:
        yield LEDGER
    if own:
        yield SHEETS


def _are_read(names: Iterable[str], sheet: Sheet, project: Project) -> bool:
    """Whether files are of the table that a sheet counts, or of one that this refers to."""
    tables = project.package.tables
    names_of = [name for part in sheet.by_table for name in _read_for(part.calculation.table, project)]
    paths = {PurePosixPath(path) for name in names_of for path in tables[name].paths}
    return any({PurePosixPath(name), *PurePosixPath(name).parents} & paths for name in names)


def _read_for(table: str, project: Project) -> set[str]:
    """A table and those that it refers to, and they."""
    parents = set(project.package.tables[table].references.values()) - {table}
    return {table}.union(*(_read_for(parent, project) for parent in parents))
