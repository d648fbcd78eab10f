"""What came of a table, file by file: the days of the rows that can be used, and of those that cannot be believed."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Mask
from ctanalysis.project.project import Project
from ctanalysis.records.arrays import Codes
from ctanalysis.records.columns import EPOCH, Columns
from ctanalysis.records.dating import days, spans
from ctanalysis.records.deliveries import Came, counted_days, is_standing
from ctanalysis.records.result import Records
from ctanalysis.records.whole_periods import covered, first_days


def came(
    project: Project, records: Records, table: str, rows: tuple[Mask, Mask, Collection[str]], unread: Collection[str]
) -> Came:
    """What Came of a table. rows: which of those that were read can be used, which cannot be believed; unusable files.

    unread: the tables that could not be read, of whose rows nothing is known.
    """
    good, bad, unusable = rows
    leads_to = Columns(project.package, records, table).leads_to
    names = [name for name in counted_days(project, table) if not {table, *leads_to([name])} & {*unread}]
    if not names:
        return Came(unusable)
    path = records.places[table]["path"].astype(str)
    by_file: dict[str, list[Codes]] = {}
    for name in names:
        located = project.package.locate(table, name)
        values, there = days(project, records, table, name)
        for file, rows_of in (
            pd.DataFrame({"path": path, "day": values})[good & there].drop_duplicates().groupby("path")
        ):
            known = covered(located.field, rows_of["day"].to_numpy(np.int64), project.facts)
            by_file.setdefault(str(file), []).append(known)
    told = {file: _standing(project, table, np.unique(np.concatenate(known))) for file, known in by_file.items()}
    return Came(unusable, told, _spans(project, records, table, names[0], bad) if bad.any() else {})


def _spans(project: Project, records: Records, table: str, name: str, chosen: Mask) -> dict[str, Codes]:
    """By file, the first and the last day of each row that is chosen; a period begins on its first day."""
    first, last = (ends[chosen] for ends in spans(project, records, table, name))
    first = first_days(project.package.locate(table, name).field, first, project.facts)
    path = records.places[table]["path"].astype(str)[chosen].to_numpy(object)
    frame = pd.DataFrame({"path": path, "first": first, "last": last}).drop_duplicates()
    return {str(file): rows[["first", "last"]].to_numpy() for file, rows in frame.groupby("path")}


def _standing(project: Project, table: str, known: Codes) -> Codes:
    """The days; of a table of which only levels are counted, every day from the first on: what stands goes on."""
    if not len(known) or not is_standing(project, table):
        return known
    return np.arange(known[0], max(project.facts.records_through.toordinal() - EPOCH, known[0]) + 1)
