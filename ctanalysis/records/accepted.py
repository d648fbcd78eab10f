"""judgements/accepted.toml: findings that somebody has looked at and found right. They are listed, and do not count.

An entry says what stood in the cells. Where they say something else by now the finding is back, with a note that the
entry is out of date: nothing that nobody has looked at is ever accepted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from ctanalysis.project.judgements import Accepted
from ctanalysis.project.project import Project
from ctanalysis.records.arrays import Codes
from ctanalysis.records.corrections import rows_named, rows_of
from ctanalysis.records.findings import ACCEPTED, LOOK, Finding, Issue
from ctanalysis.records.issues import TableIssues

FILE = "judgements/accepted.toml"
STALE = (
    "fits no finding: a cell has changed, the finding is gone, or 'cells' lacks the column that the finding names",
    "Look at the finding again, if there is one, and correct the entry or take it out",
)


def apply(project: Project, tables: Iterable[TableIssues]) -> list[Finding]:
    """Makes accepted ones of the issues of single rows; gives a Finding to each entry that fits none of them."""
    by_name = {issues.gathered.table.name: issues for issues in tables}
    of_rows = [one for one in project.accepted if one.table]
    return [_stale(one) for one in of_rows if not _accept(by_name[one.table], one)]


def of_files(project: Project, findings: Sequence[Finding]) -> list[Finding]:
    """The findings with those about whole files that are accepted; and one to each entry that fits none of them."""
    of_file = {(one.rule, one.file, one.sheet): one for one in project.accepted if not one.table}
    names = [(finding.rule, finding.path, finding.sheet) for finding in findings]
    changed = [
        replace(finding, severity=ACCEPTED, do=_looked_at(of_file[name]))
        if name in of_file and finding.severity == LOOK and not finding.rows
        else finding
        for name, finding in zip(names, findings, strict=True)
    ]
    fits = {name for name, finding in zip(names, changed, strict=True) if finding.severity == ACCEPTED}
    return [*changed, *(_stale(one) for name, one in of_file.items() if name not in fits)]


def _accept(issues: TableIssues, one: Accepted) -> bool:
    """Whether an entry fits an issue of a row, which is then accepted."""
    fits, rows = False, _row(issues, one)
    if not len(rows):
        return False
    for place, (issue, named) in enumerate(issues.entries.copy()):
        looked_at = {issue.field, issue.link} <= {"", *one.cells}
        if issue.severity == LOOK and issue.rule == one.rule and looked_at and rows[0] in named:
            issues.entries[place] = issue, np.setdiff1d(named, rows)
            issues.entries.append((replace(issue, severity=ACCEPTED, do=_looked_at(one)), rows))
            fits = True
    return fits


def _row(issues: TableIssues, one: Accepted) -> Codes:
    """The position of the one row that an entry is about, as an array; an empty one where its cells say otherwise."""
    rows = np.setdiff1d(rows_named(issues.gathered, one), issues.struck)
    fits = len(rows) == 1 and all(rows[0] in rows_of(issues.gathered, name, text) for name, text in one.cells.items())
    return rows if fits else rows[:0]


def records_of(project: Project, issues: TableIssues) -> Codes:
    """The positions of rows that look like totals, and of which an entry says that they are records."""
    about = [one for one in project.accepted if (one.table, one.rule) == (issues.gathered.table.name, "total")]
    return np.concatenate([np.zeros(0, np.int64), *(_row(issues, one) for one in about)])


def _looked_at(one: Accepted) -> str:
    return f"Accepted as it is: {one.role} looked at it on {one.date}: {one.reason.rstrip('.')}"


def _stale(one: Accepted) -> Finding:
    """Of an entry that fits nothing, by its rule and its day: its key may be somebody's code."""
    where = f"table '{one.table}'" if one.table else one.file
    what = f"the entry of {one.date} about '{one.rule}' in {where}"
    return Issue(LOOK, "accepted", f"{what} {STALE[0]}", STALE[1]).at(one.table, FILE)
