"""Gaps: quarters in which a partner that reports has no row."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from ctanalysis.periods import Period
from ctanalysis.project.project import Project
from ctanalysis.project.rules import Gap
from ctanalysis.records.columns import Columns
from ctanalysis.records.findings import LOOK, Finding, Issue
from ctanalysis.records.whole_periods import first_days

ASK = (
    "Ask whether nothing happened or nothing was sent; where nothing happened, say so in judgements/accepted.toml, "
    "with the file and this sentence as what"
)


def findings(rule: Gap, columns: Columns, project: Project) -> Iterator[Finding]:
    """A Finding for each partner with gaps. One that is a person, or may be, is not named."""
    table, by = project.package.tables[rule.table], columns.located(rule.by)
    private = rule.by in project.package.private_fields()[by.table]
    found = quarters_without_rows(rule, columns, project)
    told = [("somebody" if private else f"'{name}'", ", ".join(one.label for one in gone)) for name, gone in found]
    for (partner, quarters), number in Counter(told).items():
        says = f"{rule.by} {partner} has no row in {quarters} ({rule.reason})"
        if number > 1:
            says = f"{number} of {rule.by}, who are not named, have no row in {quarters} ({rule.reason})"
        yield Issue(LOOK, "gap", says, ASK).at(table.name, table.paths[0])


def quarters_without_rows(rule: Gap, columns: Columns, project: Project) -> Iterator[tuple[str, list[Period]]]:
    """For each partner that has any: its name, and the complete quarters after its first in which it has no row."""
    quarters = project.calendar.completed("quarter")
    days, there = columns.days(rule.field)
    names, codes = columns.texts(rule.by), columns.codes(rule.by)
    place = np.searchsorted(_edges(quarters), days, side="right") - 1
    firsts = first_days(columns.located(rule.field).field, days, project.facts)
    begun = np.searchsorted(_edges(quarters), firsts, side="right") - 1  # of a year, its first quarter
    inside = there & (codes >= 0) & (begun < len(quarters))
    for code in np.unique(codes[inside]):
        rows = inside & (codes == code)
        spans = {*zip(begun[rows].tolist(), place[rows].tolist(), strict=True)}
        told = {number for first, last in spans for number in range(first, last + 1)}
        gone = sorted(set(range(max(min(told), 0), len(quarters))) - told)
        if gone:
            yield names[np.flatnonzero(rows)[0]], [quarters[number] for number in gone]


def _edges(quarters: Sequence[Period]) -> list[int]:
    """The first day of each quarter and the day after the last, in days since 1970."""
    firsts = [(quarter.start - date(1970, 1, 1)).days for quarter in quarters]
    return [*firsts, (quarters[-1].end - date(1970, 1, 1)).days + 1] if quarters else []
