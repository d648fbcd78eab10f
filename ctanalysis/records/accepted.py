"""judgements/accepted.toml: findings that somebody has looked at and found right. They are listed, and do not count.

An entry has the sentence of the finding (of a row, too: another rule may look at the same cell), and what stood in the
cells that it is about. Where either is another by now the finding is back, with a note that the entry is out of date:
nothing that nobody has looked at is ever accepted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from ctanalysis.language import Speech, languages
from ctanalysis.project.judgements import Accepted
from ctanalysis.project.project import Project
from ctanalysis.records.arrays import Codes
from ctanalysis.records.corrections import rows_named, rows_of
from ctanalysis.records.findings import ACCEPTED, LOOK, Finding, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.shape import TOTAL

FILE = "judgements/accepted.toml"
STALE = (
    "fits no finding: a cell or the sentence has changed, the finding is gone, 'what' is not its sentence, or 'cells' "
    "lacks a column that it is about",
    "Look at the finding again, if there is one, and correct the entry (what: its sentence) or take it out",
)


def apply(project: Project, tables: Iterable[TableIssues]) -> list[Finding]:
    """Makes accepted ones of the issues of single rows; gives a Finding to each entry that fits none of them."""
    by_name = {issues.gathered.table.name: issues for issues in tables}
    of_rows = [one for one in project.accepted if one.table]
    return [_stale(one) for one in of_rows if not _accept(by_name[one.table], one)]


def of_files(project: Project, findings: Sequence[Finding]) -> list[Finding]:
    """The findings with those about whole files that are accepted; and one to each entry that fits none of them."""
    of_file = [one for one in project.accepted if not one.table]
    changed, fits = [*findings], set()
    for place, finding in enumerate(findings if of_file else ()):
        for number, one in enumerate(of_file):
            if finding.severity == LOOK and not finding.rows and _is_about(one, finding):
                changed[place] = replace(finding, severity=ACCEPTED, do=_looked_at(one))
                fits.add(number)
    return [*changed, *(_stale(one) for number, one in enumerate(of_file) if number not in fits)]


def _is_about(one: Accepted, finding: Finding) -> bool:
    """Whether an entry is about a finding of a whole file."""
    is_there = (one.rule, one.file, one.sheet) == (finding.rule, finding.path, finding.sheet)
    return is_there and _is_said(one, finding.says)


def _is_said(one: Accepted, says: str) -> bool:
    """Whether an entry has the sentence of a finding, in a language in which make check says it."""
    what = one.what.strip().removesuffix(".")
    return any(what == Speech(language).heard(says) for language in languages())


def _accept(issues: TableIssues, one: Accepted) -> bool:
    """Whether an entry fits an issue of a row, which is then accepted."""
    fits, rows = False, _row(issues, one)
    identifying = {name for name, field in issues.gathered.table.fields.items() if field.identifying}
    if not len(rows):
        return False
    for place, (issue, named) in enumerate(issues.entries.copy()):
        asked = issue.fields - identifying
        is_meant = issue.severity == LOOK and issue.rule == one.rule and asked <= {*one.cells}
        if is_meant and rows[0] in named and (one.rule == TOTAL.rule or _is_said(one, issue.says)):
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
    about = [one for one in project.accepted if (one.table, one.rule) == (issues.gathered.table.name, TOTAL.rule)]
    return np.concatenate([np.zeros(0, np.int64), *(_row(issues, one) for one in about)])


def _looked_at(one: Accepted) -> str:
    return f"Accepted as it is: {one.role} looked at it on {one.date}: {one.reason.rstrip('.')}"


def _stale(one: Accepted) -> Finding:
    """Of an entry that fits nothing, by its rule and its day: its key may be somebody's code."""
    where = f"table '{one.table}'" if one.table else one.file
    what = f"the entry of {one.date} about '{one.rule}' in {where}"
    return Issue(LOOK, "accepted", f"{what} {STALE[0]}", STALE[1]).at(one.table, FILE)
