"""judgements/corrections.toml: a value changed on the record, or a row struck out, with who decided it and why.

A correction is applied before anything is checked. One that no longer matches stops the run: the
file has changed, and what was decided about it must be decided again.
"""

from collections.abc import Sequence

import numpy as np

from ctanalysis.base.errors import Refused
from ctanalysis.base.spelling import cleaned
from ctanalysis.project.judgements import Correction, OfRow
from ctanalysis.project.project import Project
from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.files import Gathered, Words
from ctanalysis.records.findings import HELD_BACK, LOOK, NO_CONSENT, Issue
from ctanalysis.records.issues import TableIssues

CHANGED = (
    "the cell no longer holds what was expected. See what the file says now, and correct or take out the correction."
)

SINCE = Issue(
    LOOK,
    "struck states",
    "is struck out in several files, in which it does not say the same: it may have changed since",
    "See what it says now: where that counts, take the striking out out of judgements/corrections.toml; where none "
    "counts, strike out each state by a field in which they differ",
)


def strike(project: Project, gathered: Gathered) -> list[tuple[Correction, int]]:
    """Each row that the project's corrections strike out, with its position.

    Rows are struck out first: of two with one key, the other can then be corrected. Where each delivery has all rows
    anew, a row is struck out of every file in which it says what is expected.
    """
    struck: list[tuple[Correction, int]] = []
    for correction in (one for one in project.corrections if one.strike and one.table == gathered.table.name):
        of_key = np.setdiff1d(rows_named(gathered, correction), [row for _, row in struck])
        rows = _expected(gathered, correction, of_key, _where(project, correction))
        struck += [(correction, row) for row in rows.tolist()]
    return struck


def apply(project: Project, gathered: Gathered, out: Codes) -> list[tuple[Correction, int]]:
    """Changes the codes of a Gathered table as the project's corrections say; gives each with the position of its row.

    out: the positions of rows that are struck out, or not read anyway. Refused: no row or several rows with the key,
    another value there than was expected.
    """
    changed: list[tuple[Correction, int]] = []
    for correction in (one for one in project.corrections if not one.strike and one.table == gathered.table.name):
        of_key = np.setdiff1d(rows_named(gathered, correction), out)
        [row] = _expected(gathered, correction, of_key, _where(project, correction)).tolist()
        words = gathered.words[correction.field]
        gathered.words[correction.field] = Words([*words, correction.value], words.values, words.are_codes)
        gathered.codes[correction.field][row] = len(words)
        changed.append((correction, row))
    return changed


def check_struck(project: Project, struck: Sequence[tuple[Correction, int]], overtaken: Codes) -> None:
    """Refused: a row struck out has come again since, in another state. overtaken: positions of such rows."""
    for correction, _ in struck:
        if {row for one, row in struck if one == correction} <= {*overtaken.tolist()}:
            raise Refused(f"{_where(project, correction)}: {CHANGED}")


def check_same(issues: TableIssues, struck: Sequence[tuple[Correction, int]]) -> None:
    """Adds the rows that one striking out takes out of several files, and that differ: one may have changed since."""
    gathered, of = issues.gathered, dict[int, list[int]]()
    for correction, row in struck:
        of.setdefault(id(correction), []).append(row)
    for rows in (np.array(rows, np.int64) for rows in of.values() if len(rows) > 1):
        cells = [
            {cleaned(gathered.words[name][code]) for code in gathered.codes[name][rows]} for name in gathered.codes
        ]
        if any(len(different) > 1 for different in cells):
            issues.entries.append((SINCE, rows))


def check(project: Project, issues: TableIssues, changed: list[tuple[Correction, int]]) -> None:
    """Refused: a corrected cell is held back for what the correction put there; the partner's file is not to blame.

    Not for want of consent: that somebody withdrew it is a correction as it should be.
    """
    for correction, row in changed:
        for issue, rows in issues.entries:
            is_held = issue.severity == HELD_BACK and issue.rule != NO_CONSENT
            if is_held and issue.field == correction.field and row in rows:
                where = _where(project, correction)
                raise Refused(f"{where}: the value that it puts there {issue.says}. Correct the correction.")


def _where(project: Project, correction: Correction) -> str:
    """Which correction it is, without its key."""
    kind = "striking out" if correction.strike else "correction"
    which = f"the {kind} of {correction.date} to '{correction.field}' in table '{correction.table}'"
    return f"{project.folder}/judgements/corrections.toml, {which}"


def rows_of(gathered: Gathered, name: str, wanted: str) -> Codes:
    """The positions of the rows with a text in a field, however its blanks and dashes were typed."""
    codes = [code for code, word in enumerate(gathered.words[name]) if cleaned(word) == cleaned(wanted)]
    return np.flatnonzero(np.isin(gathered.codes[name], codes))


def rows_named(gathered: Gathered, named: OfRow) -> Codes:
    """The positions of the rows with the key that is named, or, without a key, of the row of the file that is named."""
    if not named.key:
        sources = [one for one in gathered.sources if (one.path, one.sheet) == (named.file, named.sheet)]
        return gathered.places(sources[0], [named.row or 0]) if sources else np.zeros(0, np.int64)
    key = named.key if isinstance(named.key, dict) else {gathered.table.key: named.key}
    rows: Codes = np.arange(len(gathered))
    for name, text in key.items():
        rows = np.intersect1d(rows, rows_of(gathered, name, text))
    return rows


def judged(project: Project, gathered: Gathered) -> Mask:
    """Which rows of a table are named by a correction: somebody has looked at them."""
    rows = np.zeros(len(gathered), bool)
    for correction in (one for one in project.corrections if one.table == gathered.table.name):
        rows[rows_named(gathered, correction)] = True
    return rows


def _expected(gathered: Gathered, correction: Correction, of_key: Codes, where: str) -> Codes:
    """The positions of the rows that a correction means, of those with its key. Refused: none, or several of a file.

    Of several rows with its key one can be struck out, by what stands in it alone. In a table whose rows come again
    the same row may be struck out of several files.
    """
    rows = np.intersect1d(of_key, rows_of(gathered, correction.field, correction.expect))
    if not len(of_key):
        raise Refused(f"{where}: {NO_ROW if correction.key else NO_SUCH_ROW}")
    if len(of_key) > 1 and not correction.strike:
        raise Refused(f"{where}: {len(of_key)} rows have its key. Strike out those that are wrong (strike = true).")
    if not len(rows):
        raise Refused(f"{where}: {CHANGED}")
    paths = {gathered.sources[source].path for source in gathered.source[rows].tolist()}
    if len(rows) > (len(paths) if gathered.table.repeated else 1):
        raise Refused(
            f"{where}: {len(rows)} rows have its key and what is expected. Name a field in which they differ."
        )
    return rows


NO_ROW = "no row has its key. Correct the key, or take out the correction."
NO_SUCH_ROW = (
    "there is no such row in that file and sheet, as findings.csv names them. Correct file, sheet and row, or take out "
    "the correction."
)
