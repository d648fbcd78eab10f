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
from ctanalysis.records.found import HELD_BACK, NO_CONSENT
from ctanalysis.records.notes import Notes


def apply(project: Project, gathered: Gathered) -> list[tuple[Correction, int]]:
    """Changes the codes of a Gathered table as the project's corrections say; returns each with the position of its row.

    Refused: no row or several rows with the key, another value there than was expected.
    """
    table, changed = gathered.table, []
    for correction in (one for one in project.corrections if one.table == table.name):
        where = _where(project, correction)
        row = _row(gathered, table.key, correction.key, where)
        words = gathered.words[correction.field]
        if cleaned(words[gathered.codes[correction.field][row]]) != cleaned(correction.expect):
            raise Refused(
                f"{where}: the cell no longer holds what was expected. See what the file says now, and correct or take out the correction."
            )
        gathered.words[correction.field] = Words([*words, correction.value])
        gathered.codes[correction.field][row] = len(words)
        changed.append((correction, row))
    return changed


def check(project: Project, notes: Notes, changed: list[tuple[Correction, int]]) -> None:
    """Refused: a corrected cell is held back for what the correction put there; the partner's file is not to blame.

    Not for want of consent: that somebody withdrew it is a correction as it should be.
    """
    for correction, row in changed:
        says = [
            says
            for severity, rule, name, rows, says, _ in notes.entries
            if severity == HELD_BACK and rule != NO_CONSENT and name == correction.field and row in rows
        ]
        if says:
            raise Refused(
                f"{_where(project, correction)}: the value that it puts there {says[0]}. Correct the correction."
            )


def _where(project: Project, correction: Correction) -> str:
    return f"{project.folder}/judgements/corrections.toml, the correction of {correction.date} to '{correction.field}' in table '{correction.table}'"


def _row(gathered: Gathered, key: str, wanted: str, where: str) -> int:
    codes = [code for code, word in enumerate(gathered.words[key]) if cleaned(word) == cleaned(wanted)]
    rows = np.flatnonzero(np.isin(gathered.codes[key], codes))
    if len(rows) != 1:
        raise Refused(
            f"{where}: {'no row has' if not len(rows) else f'{len(rows)} rows have'} its key. Correct the key, or take out the correction."
        )
    return int(rows[0])
