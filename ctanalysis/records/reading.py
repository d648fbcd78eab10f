"""All tables of a project, in the order in which they refer to each other."""

import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.project import SHIPPED
from ctanalysis.project.csv_files import Delivery
from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.records import (
    accepted,
    checks,
    consistency,
    contradicted,
    corrections,
    deliveries,
    free_texts,
    levels,
    needed,
    outside,
    plausibility,
    repeated,
    spelt_partners,
)
from ctanalysis.records.came import came
from ctanalysis.records.checked import CheckedTable, framed
from ctanalysis.records.columns import Columns
from ctanalysis.records.deliveries import Came
from ctanalysis.records.files import UNREAD_SHEET, gather, unused
from ctanalysis.records.findings import LOOK, NO_RECORDS, UNREAD, Finding, Issue
from ctanalysis.records.issues import TableIssues, issues_of_files
from ctanalysis.records.missing import missing
from ctanalysis.records.references import Keys
from ctanalysis.records.result import Records

SHOWN = 20
TALLY = ["table", "path", "sheet", "read", "held_back", "passed_over", "used"]
NO_ROWS = Issue(
    UNREAD,
    NO_RECORDS,
    "the table has no rows",
    'Put its records in; if there are truly none yet, write "mayBeEmpty": true for it in datapackage.json',
)
NONE_USED = Issue(UNREAD, "file", "none of the table's rows can be used", "make check says why, row by row")
UNREAD_FILE = Issue(
    LOOK,
    "unread file",
    "no table of datapackage.json names this file, so it was not read",
    "Take it in: {command} (who sent it, and when), or move it out of the project folder",
)
UNREAD_DELIVERY = Issue(
    LOOK,
    "unread delivery",
    "names a file that no table is read from, so it has not come",
    "Put the file there, or name it as it is in the project folder; where another file took its place, take its line "
    "out; where there was nothing to record, write none into the column rows of the line (add rows to the first line, "
    "where it is not there)",
)
UNLISTED = Issue(
    LOOK,
    "unlisted delivery",
    "is read, and deliveries.csv does not say who sent it, of which period and when, so it counts as sent by nobody",
    "Add its line to deliveries.csv: {line}; or take it out of records/, and take it in: {command}",
)


def read(project: Project) -> Records:
    """The project's Records, as survey gives them. Refused: what survey refuses, and files that cannot be read."""
    records = survey(project)
    unread = records.of(UNREAD)
    if unread and (step := first_step(project, records)):
        raise Refused(step)
    if unread:
        more = [f"... and {len(unread) - SHOWN} more files."] if len(unread) > SHOWN else []
        raise Refused("\n".join([*(f"{project.folder}/{finding}" for finding in unread[:SHOWN]), *more]))
    return records


def first_step(project: Project, records: Records) -> str:
    """What to do where nobody has put records into the project yet; empty where there is any row, file or delivery."""
    if project.deliveries or records.tally["read"].sum() or any(one.rule != NO_RECORDS for one in records.findings):
        return ""
    command = _receiving(project, "../March.xlsx")
    return (
        f"{project.folder}: no records are in it yet. Put yours into {project.folder}/records/, in the folder of their "
        f"table, or take in what a partner sent with {command} (its README.md says what to fill in before)."
    )


def survey(project: Project) -> Records:
    """The project's Records: every file read, every row used or held back, every issue found.

    Frames have one column for each field of the schema that is not identifying, and a row for each
    used row, in the order of files and rows. dtypes: categories and foreign keys are pandas
    categoricals (a foreign key's categories are the primary keys of the table that it refers to, in
    that table's order), lists too (their categories are the combinations that there are), other strings
    are str, integer Int64, number float64, boolean "boolean", date datetime64[s]; missing is missing.
    Refused: a correction that no longer matches.
    """
    frames: dict[str, pd.DataFrame] = {}
    keys: dict[str, Keys | None] = {}
    checked: dict[str, CheckedTable] = {}
    for table in project.package.parents_first():
        checked[table.name] = _checked(project, table, keys, frames)
        frames[table.name] = checked[table.name].used()
        keys[table.name] = checked[table.name].keys(frames[table.name])
    unread = {name for name, table in checked.items() if not table.gathered.readable}
    in_order = {table.name: checked[table.name] for table in project.package.resources}
    for checked_table in in_order.values():
        plausibility.check(checked_table.issues, project, frames, unread)
        needed.check(checked_table.issues, project, frames, unread)
        levels.check(checked_table.issues, project, frames, unread)
        free_texts.check(checked_table.issues, project)
        outside.check(checked_table.issues, project, frames, unread)
    stale = accepted.apply(project, [table.issues for table in in_order.values()])
    return _records(project, frames, in_order, stale)


def _checked(
    project: Project, table: Table, keys: Mapping[str, Keys | None], frames: Mapping[str, pd.DataFrame]
) -> CheckedTable:
    """The table, checked. keys, frames: of the tables that it refers to."""
    gathered = gather(project, table)
    strikes = corrections.strike(project, gathered) if gathered.readable else []
    struck = [row for _, row in strikes]
    choice = repeated.chosen(project, gathered, keys, struck)
    corrections.check_struck(project, strikes, choice.overtaken)
    not_read = np.concatenate([np.asarray(struck, np.int64), *choice.out.values()])
    corrected = corrections.apply(project, gathered, not_read) if gathered.readable else []
    issues = issues_of_files(gathered, [(one.field, row) for one, row in corrected], struck, choice.out)
    corrections.check_same(issues, strikes)
    issues.add(repeated.GONE, choice.gone)
    if gathered.readable:
        issues.records = accepted.records_of(project, issues)
    typed = checks.check(issues, keys, project.facts)
    if gathered.readable:
        free_texts.hold(issues, project)
    if gathered.readable and project.rules.of(table.name).holding_back:
        every_row = framed(gathered, typed, slice(None))
        columns = Columns(project.package, {**frames, table.name: every_row}, table.name)
        consistency.check(issues, project, columns, {name for name, parent in keys.items() if parent is None})
    consistency.check_periods(issues, project)
    corrections.check(project, issues, corrected)
    _check_any(issues)
    return CheckedTable(issues, typed)


def _check_any(issues: TableIssues) -> None:
    """A table none of whose rows can be used would read as nothing having happened."""
    gathered, table = issues.gathered, issues.gathered.table
    if gathered.readable and not len(gathered) and not table.may_be_empty:
        gathered.findings.append(NO_ROWS.at(table.name, table.paths[0]))
    elif gathered.readable and len(gathered) and issues.held.all():
        gathered.findings.append(NONE_USED.at(table.name, table.paths[0]))


def _records(
    project: Project, frames: Mapping[str, pd.DataFrame], checked: Mapping[str, CheckedTable], more: Sequence[Finding]
) -> Records:
    """What the checked tables give. frames: their used rows. more: findings about the project's own files."""
    read = {(source.path, source.sheet) for table in checked.values() for source in table.gathered.sources}
    findings = [
        finding
        for table in checked.values()
        for finding in table.issues.findings()
        if finding.rule != UNREAD_SHEET or (finding.path, finding.sheet) not in read  # another table may read it
    ]
    paths = {path for path, _ in read}
    unread = {name for name, table in checked.items() if not table.gathered.readable}
    paths |= {finding.path for finding in findings}
    findings += [*_unread(project, paths), *_unlisted(project, checked)]
    found = Records(
        {name: frames[name][table.table.shareable_fields] for name, table in checked.items()},
        tuple(findings),
        pd.DataFrame([row for table in checked.values() for row in table.tally()], columns=TALLY),
        {name: table.places() for name, table in checked.items()},
        {name: table.issues.flags() for name, table in checked.items()},
        {name: table.held_back() for name, table in checked.items()},
        judged={name: corrections.judged(project, one.gathered)[~one.issues.held] for name, one in checked.items()},
    )
    arrived = {name: came(project, found, name, table.usable(), unread) for name, table in checked.items()}
    return _with_deliveries(project, found, arrived, more)


def _with_deliveries(project: Project, found: Records, arrived: Mapping[str, Came], more: Sequence[Finding]) -> Records:
    """The Records with what came, what did not, and what deliveries.csv says otherwise than the files."""
    odd = [*contradicted.findings(project, found, arrived), *spelt_partners.findings(project, found.frames)]
    return replace(
        found,
        findings=(*accepted.of_files(project, [*found.findings, *odd]), *more),
        came={**arrived},
        missing=missing(project, arrived),
    )


def _unlisted(project: Project, checked: Mapping[str, CheckedTable]) -> Iterator[Finding]:
    """Findings about files that are read, and that deliveries.csv lacks, where it lists others.

    Not about the file of headings that a new project has in the folder of each table, as long as it has no row.
    """
    read = {
        name: [
            one.path for one in table.gathered.sources if any(map(len, one.rows)) or not _is_laid_out(one.path, name)
        ]
        for name, table in checked.items()
    }
    for path, table in sorted(deliveries.unlisted(project, read).items()):
        cell = f'"{path}"' if "," in path else path
        do = UNLISTED.do.format(line=f"{cell},WHO,FY0000Q0,YYYY-MM-DD", command=_receiving(project, path))
        yield replace(UNLISTED.at(table, path), do=do)


def _is_laid_out(path: str, table: str) -> bool:
    return path == f"records/{table}/{table}.csv"


def _unread(project: Project, paths: Collection[str]) -> Iterator[Finding]:
    """Findings about files that no table names, and deliveries of files that were not read. paths: of all that were."""
    for path in unused(project.folder, paths):
        yield replace(UNREAD_FILE.at("", path), do=UNREAD_FILE.do.format(command=_receiving(project, path)))
    named = [one.file in paths or _says_none(project, one) for one in project.deliveries]
    gone = tuple(row for row, is_there in enumerate(named, 2) if not is_there)
    if gone:
        yield replace(UNREAD_DELIVERY.at("", "deliveries.csv"), rows=gone)


def _says_none(project: Project, delivery: Delivery) -> bool:
    """Whether a delivery says that there was nothing to record in a table."""
    tables = project.package.resources
    return delivery.rows == "none" and any(deliveries.is_of(delivery.file, table) for table in tables)


def _receiving(project: Project, path: str) -> str:
    """The command that takes a file in. The day that it cannot know is a form, which the command refuses."""
    given = project.folder
    named = [] if given.resolve() == SHIPPED or given.is_absolute() else [f"PROJECT={shlex.quote(str(given))}"]
    return " ".join(["make receive", *named, f"FILE={shlex.quote(path)}", "PARTNER=WHO", "SENT=YYYY-MM-DD"])
