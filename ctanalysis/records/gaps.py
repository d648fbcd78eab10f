"""Gaps: quarters in which a partner that reports has no row."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from ctanalysis.periods import Period
from ctanalysis.project.project import Project
from ctanalysis.project.rules import Gap
from ctanalysis.records.columns import Columns
from ctanalysis.records.findings import LOOK, Finding, Issue


def findings(rule: Gap, columns: Columns, project: Project) -> Iterator[Finding]:
    """A Finding for each partner with gaps. One that is a person, or may be, is not named."""
    table, by = project.package.tables[rule.table], columns.located(rule.by)
    private = rule.by in project.package.private_fields()[by.table]
    for name, quarters in quarters_without_rows(rule, columns, project):
        partner = "somebody" if private else f"'{name}'"
        says = f"{rule.by} {partner} has no row in {', '.join(quarter.label for quarter in quarters)} ({rule.reason})"
        yield Issue(LOOK, "gap", says, "Ask whether nothing happened or nothing was sent").at(
            table.name, table.paths[0]
        )


def quarters_without_rows(rule: Gap, columns: Columns, project: Project) -> Iterator[tuple[str, list[Period]]]:
    """For each partner that has any: its name, and the complete quarters after its first in which it has no row."""
    quarters = project.calendar.completed("quarter")
    days, there = columns.days(rule.field)
    names, codes = columns.texts(rule.by), columns.codes(rule.by)
    place = np.searchsorted(_edges(quarters), days, side="right") - 1
    inside = there & (codes >= 0) & (place < len(quarters))
    for code in np.unique(codes[inside]):
        rows = inside & (codes == code)
        gone = sorted(set(range(max(place[rows].min(), 0), len(quarters))) - set(place[rows]))
        if gone:
            yield names[np.flatnonzero(rows)[0]], [quarters[number] for number in gone]


def _edges(quarters: list[Period]) -> list[int]:
    """The first day of each quarter and the day after the last, in days since 1970."""
    firsts = [(quarter.start - date(1970, 1, 1)).days for quarter in quarters]
    return [*firsts, (quarters[-1].end - date(1970, 1, 1)).days + 1] if quarters else []
