"""What a release will cost, said before it is made: nothing is written, and nothing is decided.

evaluation ─▶ the values that differ · what it tells of people (telling) · whether the audit passes ─▶ in words
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from ctanalysis import reports
from ctanalysis.disclosure import ledger
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.numbers import in_words
from ctanalysis.project import Project
from ctanalysis.project.policy import TOTAL
from ctanalysis.releases import again, publishing, telling


def cost(period: str, day: str, project: str | Path = "") -> Iterator[str]:
    """What the release of a period as of a day would tell, and what it would not, in lines for the screen.

    Refused: what release() refuses before its audit.
    """
    given = reports.source(project)
    evaluation, earlier = publishing.checked(given, period, day), given.released
    cells = publishing.published_cells(evaluation)
    revision = earlier.revisions(evaluation.period.label)
    if revision:
        yield from _revision(evaluation, cells, revision)
    yield from telling.told(evaluation, cells)
    if publishing.found_open(cells, earlier, given.project):
        yield "The audit of everything published to date would not pass: make release writes to internal/ where."
    else:
        yield "The audit of everything published to date passes."
    yield "DRY=1: nothing was written."


def _revision(evaluation: Evaluation, cells: pd.DataFrame, revision: int) -> Iterator[str]:
    """Of a period that was released before: how many values differ, and whether a reason is on the record."""
    there = evaluation.released.cells
    last = there[(there["release"] == evaluation.period.label) & (there["revision"] == revision - 1)]
    differ = ledger.changed(last, cells)
    if not len(differ):
        yield f"{evaluation.period} is released, and every value is as it was released: no revision is needed."
        return
    reason = publishing.on_record(evaluation, revision)
    yield f"{evaluation.period} would become revision {revision}: {len(differ)} values differ from those released last:"
    yield from (f"  {_changed(evaluation.project, row)}" for row in differ.head(again.MOST).itertuples(index=False))
    if len(differ) > again.MOST:
        yield f"  and {len(differ) - again.MOST} more"
    yield f"Its reason: {reason}" if reason else "judgements/restatements.toml has no reason for it yet; it is printed."


def _changed(project: Project, row: Any) -> str:
    """A value that was released otherwise. row: of ledger.changed."""
    sheet, language = project.sheet(row.indicator), project.facts.language
    was, now = (
        in_words(sheet, value, status, language)
        for value, status in ((row.was, row.was_status), (row.value, row.status))
    )
    of = "in all" if row.disaggregation == TOTAL else f"by {telling.title(project, row.indicator, row.disaggregation)}"
    named = "" if row.category == "all" else f" {row.category}"
    return f"{row.indicator}, {row.start} to {row.end}, {of}:{named} {was} -> {now}"
