"""What came of a table, file by file: the days of the rows that can be used, and of those that cannot be believed."""

from collections.abc import Collection, Iterator

import numpy as np

from ctanalysis.base.arrays import Mask
from ctanalysis.project.project import Project
from ctanalysis.records.arrays import Codes
from ctanalysis.records.checked import Usable
from ctanalysis.records.columns import EPOCH, Columns
from ctanalysis.records.counted import counted_days, is_standing
from ctanalysis.records.dating import FIRST, LAST, by_path, days, spans
from ctanalysis.records.deliveries import Came
from ctanalysis.records.result import Records
from ctanalysis.records.whole_periods import covered, first_days

SPAN = LAST - FIRST + 1  # all days


def came(project: Project, records: Records, table: str, usable: Usable, unread: Collection[str]) -> Came:
    """What Came of a table. usable: which of the rows and files that were read are.

    unread: the tables that could not be read, of whose rows nothing is known.
    """
    good, bad = usable.good, usable.bad
    leads_to = Columns(project.package, records, table).leads_to
    names = [name for name in counted_days(project, table) if not {table, *leads_to([name])} & {*unread}]
    if not names:
        return Came(usable.unusable, files=usable.files, spared=usable.spared)
    codes, paths = by_path(records.places[table])
    known: list[list[Codes]] = [[] for _ in paths]
    for name in names:
        located = project.package.locate(table, name)
        values, there = days(project, records, table, name)
        told = good & there
        for file, of_file in _by_file(codes[told], values[told]):
            known[file].append(covered(located.field, of_file, project.facts))
    came_days = {
        path: _standing(project, table, np.unique(np.concatenate(of_file)))
        for path, of_file in zip(paths, known, strict=True)
        if of_file
    }
    bad_days = _spans(project, records, table, names[0], bad) if bad.any() else {}
    knows_days = not is_standing(project, table)
    return Came(usable.unusable, came_days, bad_days, usable.files, usable.spared, knows_days)


def _by_file(codes: Codes, values: Codes) -> Iterator[tuple[int, Codes]]:
    """The different days of each file. codes: by row, the number of the file."""
    if len(codes) and not codes.any():  # of one file, as most tables are
        yield 0, np.unique(values)
        return
    numbers = np.unique(codes * SPAN + (values - FIRST))
    files, starts = np.unique(numbers // SPAN, return_index=True)
    yield from zip(files.tolist(), np.split(numbers % SPAN + FIRST, starts)[1:], strict=True)


def _spans(project: Project, records: Records, table: str, name: str, chosen: Mask) -> dict[str, Codes]:
    """By file, the first and the last day of each row that is chosen; a period begins on its first day."""
    first, last = (ends[chosen] for ends in spans(project, records, table, name))
    first = first_days(project.package.locate(table, name).field, first, project.facts)
    codes, paths = by_path(records.places[table])
    ends = np.unique(np.column_stack([codes[chosen], first, last]), axis=0)
    return {paths[file]: ends[ends[:, 0] == file, 1:] for file in np.unique(ends[:, 0]).tolist()}


def _standing(project: Project, table: str, known: Codes) -> Codes:
    """The days; of a table of which only levels are counted, every day from the first on: what stands goes on."""
    if not len(known) or not is_standing(project, table):
        return known
    return np.arange(known[0], max(project.facts.records_through.toordinal() - EPOCH, known[0]) + 1)
