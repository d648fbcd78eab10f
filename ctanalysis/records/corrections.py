"""judgements/corrections.toml: a value changed on the record, with who decided it and what stood there.

A correction is applied before anything is checked. One that no longer matches stops the run: the
file has changed, and what was decided about it must be decided again.
"""

import numpy as np

from ctanalysis.base.errors import Refused
from ctanalysis.base.spelling import cleaned
from ctanalysis.project.judgements import Correction
from ctanalysis.project.project import Project
from ctanalysis.records.files import Gathered, Words
from ctanalysis.records.findings import HELD_BACK, NO_CONSENT
from ctanalysis.records.issues import TableIssues

CHANGED = (
    "the cell no longer holds what was expected. See what the file says now, and correct or take out the correction."
)


def apply(project: Project, gathered: Gathered) -> list[tuple[Correction, int]]:
    """Changes the codes of a Gathered table as the project's corrections say; gives each with the position of its row.

    Refused: no row or several rows with the key, another value there than was expected.
    """
    table, changed = gathered.table, []
    for correction in (one for one in project.corrections if one.table == table.name):
        where = _where(project, correction)
        row = _row(gathered, table.key, correction.key, where)
        words = gathered.words[correction.field]
        if cleaned(words[gathered.codes[correction.field][row]]) != cleaned(correction.expect):
            raise Refused(f"{where}: {CHANGED}")
        gathered.words[correction.field] = Words([*words, correction.value])
        gathered.codes[correction.field][row] = len(words)
        changed.append((correction, row))
    return changed


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
    which = f"the correction of {correction.date} to '{correction.field}' in table '{correction.table}'"
    return f"{project.folder}/judgements/corrections.toml, {which}"


def _row(gathered: Gathered, key: str, wanted: str, where: str) -> int:
    """The position of the one row with a primary key. Refused: there is none, or several."""
    codes = [code for code, word in enumerate(gathered.words[key]) if cleaned(word) == cleaned(wanted)]
    rows = np.flatnonzero(np.isin(gathered.codes[key], codes))
    if len(rows) != 1:
        how_many = f"{len(rows)} rows have" if len(rows) else "no row has"
        raise Refused(f"{where}: {how_many} its key. Correct the key, or take out the correction.")
    return int(rows[0])
