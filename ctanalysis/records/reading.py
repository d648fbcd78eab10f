"""All tables of a project, in the order in which they refer to each other."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.base.spelling import cleaned
from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.records import checks, corrections, look, notes, rules
from ctanalysis.records.arrays import Mask
from ctanalysis.records.columns import Columns
from ctanalysis.records.files import Gathered, gather, unused
from ctanalysis.records.found import LOOK, NO_CONSENT, UNREAD, Finding, Records
from ctanalysis.records.notes import Notes
from ctanalysis.records.types import Keys, Typed

SHOWN = 20


def read(project: Project) -> Records:
    """The project's Records, as survey gives them. Refused: what survey refuses, and files that cannot be read."""
    found = survey(project)
    unread = found.of(UNREAD)
    if unread:
        more = [f"... and {len(unread) - SHOWN} more files."] if len(unread) > SHOWN else []
        raise Refused("\n".join([*(f"{project.folder}/{finding}" for finding in unread[:SHOWN]), *more]))
    return found


def survey(project: Project) -> Records:
    """The project's Records: every file read, every row used or held back, everything found.

    Frames have one column for each field of the schema that is not identifying, and a row for each used row, in the order
    of files and rows. dtypes: categories and foreign keys are pandas categoricals (a foreign
    key's categories are the primary keys of the table that it refers to, in that table's order),
    other strings are str, integer Int64, number float64, boolean "boolean", date datetime64[s];
    missing is missing. Refused: a correction that no longer matches.
    """
    frames: dict[str, pd.DataFrame] = {}
    keys: dict[str, Keys | None] = {}
    told: dict[str, tuple[Notes, dict[str, Typed]]] = {}
    for table in project.package.parents_first():
        told[table.name] = _checked(project, table, keys, frames)
        frames[table.name], keys[table.name] = _framed(table, *told[table.name])
    unread = {name for name, (noted, _) in told.items() if not noted.gathered.readable}
    for table in project.package.resources:
        look.check(told[table.name][0], project, frames, unread)
    return _records(project, frames, told)


def _checked(
    project: Project, table: Table, keys: Mapping[str, Keys | None], frames: Mapping[str, pd.DataFrame]
) -> tuple[Notes, dict[str, Typed]]:
    """The table's Notes, and by field its Typed words. frames: of the tables that it refers to."""
    gathered = gather(project, table)
    corrected = corrections.apply(project, gathered) if gathered.readable else []
    noted = notes.begun(gathered, [(correction.field, row) for correction, row in corrected])
    found = checks.check(noted, keys)
    if gathered.readable and project.rules.of(table.name).holding_back:
        every, unread = (
            _frame(table, gathered, found, slice(None)),
            {name for name, known in keys.items() if known is None},
        )
        rules.check(noted, project, Columns(project.package, {**frames, table.name: every}, table.name), unread)
    corrections.check(project, noted, corrected)
    _check_any(noted)
    return noted, found


def _frame(table: Table, gathered: Gathered, found: Mapping[str, Typed], rows: Mask | slice) -> pd.DataFrame:
    """Some rows of the table, typed."""
    return pd.DataFrame(
        {
            name: pd.Series(found[name].values).take(gathered.codes[name][rows]).reset_index(drop=True)
            for name in table.fields
        }
    )


def _check_any(noted: Notes) -> None:
    """A table none of whose rows can be used would read as nothing having happened."""
    gathered, table = noted.gathered, noted.gathered.table
    if not gathered.readable:
        return
    if not len(gathered) and not table.may_be_empty:
        gathered.findings.append(
            _file(
                table,
                "the table has no rows",
                'Put its records in; if there are truly none yet, write "mayBeEmpty": true for it in datapackage.json',
            )
        )
    elif len(gathered) and noted.held.all():
        gathered.findings.append(
            _file(table, "none of the table's rows can be used", "make check says why, row by row")
        )


def _file(table: Table, says: str, do: str) -> Finding:
    return Finding(table.name, table.paths[0], "", "", "", "file", UNREAD, says, do)


def _framed(table: Table, noted: Notes, found: Mapping[str, Typed]) -> tuple[pd.DataFrame, Keys | None]:
    """The used rows as a typed frame, and the table's Keys for those that refer to it."""
    gathered, used = noted.gathered, ~noted.held
    frame = _frame(table, gathered, found, used)
    if not gathered.readable:
        return frame, None
    words = pd.Series(found[table.key].values)

    def lost(rows: Mask) -> frozenset[str]:
        held = set(words.take(np.unique(gathered.codes[table.key][rows])).dropna())
        return frozenset(held.difference(frame[table.key]) if held else held)

    return frame, Keys(pd.Index(frame[table.key]), lost(~used), lost(noted.under(NO_CONSENT)))


def _records(
    project: Project, frames: Mapping[str, pd.DataFrame], told: Mapping[str, tuple[Notes, dict[str, Typed]]]
) -> Records:
    noted = {name: notes_of for name, (notes_of, _) in told.items()}
    tables = [table.name for table in project.package.resources]
    findings = [finding for name in tables for finding in noted[name].findings()]
    read = {source.path for name in tables for source in noted[name].gathered.sources} | {
        finding.path for finding in findings
    }
    findings += [
        Finding(
            "",
            path,
            "",
            "",
            "",
            "unread file",
            LOOK,
            "no table of datapackage.json names this file, so it was not read",
            "Move it into its table's folder, or out of records/",
        )
        for path in unused(project.folder, read)
    ]
    gone = tuple(row for row, delivery in enumerate(project.deliveries, 2) if delivery.file not in read)
    if gone:
        findings.append(
            Finding(
                "",
                "deliveries.csv",
                "",
                "",
                "",
                "unread delivery",
                LOOK,
                "names a file that no table is read from, so nothing is said of when it was sent",
                "Name the file as it is in the project folder",
                gone,
            )
        )
    places = {name: _places(noted[name]) for name in tables}
    return Records(
        {name: frames[name][project.package.tables[name].shareable_fields] for name in tables},
        tuple(findings),
        _tally({name: noted[name] for name in tables}),
        places,
        {name: noted[name].flags() for name in tables},
        {name: _held(*told[name]) for name in tables},
    )


def _held(noted: Notes, found: Mapping[str, Typed]) -> pd.DataFrame:
    """The rows held back as far as they can be read, and may be: of those without consent there is nothing in them."""
    gathered, references = noted.gathered, noted.gathered.table.references
    without = noted.under(NO_CONSENT)[noted.held]

    def values(name: str) -> pd.Series:
        codes = gathered.codes[name][noted.held]
        if name not in references:
            return pd.Series(found[name].values).take(codes).reset_index(drop=True)
        words = list(gathered.words[name]) if len(codes) else []
        return pd.Series([cleaned(words[code]) for code in codes], dtype="str")

    return pd.DataFrame({name: values(name).mask(without) for name in gathered.table.shareable_fields})


def _places(noted: Notes) -> pd.DataFrame:
    gathered = noted.gathered
    paths, sheets = ([getattr(source, name) for source in gathered.sources] for name in ("path", "sheet"))
    return pd.DataFrame(
        {
            "path": pd.Categorical.from_codes(gathered.source, pd.Index(paths, dtype="str"))
            if len(set(paths)) == len(paths)
            else np.array(paths, object).take(gathered.source)
            if paths
            else [],
            "sheet": np.array(sheets, object).take(gathered.source) if sheets else [],
            "row": gathered.row,
            "held": noted.held,
        }
    )


def _tally(noted: Mapping[str, Notes]) -> pd.DataFrame:
    """For each file and sheet: rows read, held back, used."""
    rows = []
    for name, notes_of in noted.items():
        gathered, held = notes_of.gathered, notes_of.held
        read, back = (
            np.bincount(gathered.source, of, len(gathered.sources)).astype(int) for of in (None, held.astype(float))
        )
        rows += [
            (name, source.path, source.sheet, *counts)
            for source, *counts in zip(gathered.sources, read, back, read - back)
        ]
    return pd.DataFrame(rows, columns=["table", "path", "sheet", "read", "held_back", "used"])
