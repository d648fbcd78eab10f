"""All tables of a project, in the order in which they refer to each other."""

import pandas as pd

from ctanalysis.errors import Refused
from ctanalysis.records import checks
from ctanalysis.records.files import cells_of
from ctanalysis.records.types import typed

SHOWN = 20


def read(project):
    """The project's records: a dict of table name to frame, one column for each field of the schema.

    dtypes: categories and foreign keys are pandas categoricals (a foreign key's categories are
    the primary keys of the table that it refers to, in that table's order), other strings are
    str, integer Int64, number float64, boolean "boolean", date datetime64[s]; missing is missing.
    Refused with every fault found, a sentence to each: file, row as a spreadsheet shows it,
    column, rule, what to do.
    """
    frames, keys, faults = {}, {}, []
    for table in project.package.parents_first():
        path = project.folder / table.path
        cells = cells_of(table, path)
        frame, wrong = typed(table, cells, keys)
        wrong = [*wrong, *checks.faults(table, cells, frame)]
        faults += [f"{path}: {fault}" for fault in wrong]
        frames[table.name] = frame
        keys[table.name] = None if wrong else pd.Index(frame[table.key])
    if faults:
        more = len(faults) - SHOWN
        raise Refused("\n".join(faults[:SHOWN] + ([f"... and {more} more like these."] if more > 0 else [])))
    return {table.name: frames[table.name] for table in project.package.resources}
