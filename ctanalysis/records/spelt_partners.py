"""Partners of deliveries.csv that the table of organisations spells otherwise: one partner would be two."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from ctanalysis.base.spelling import skeleton
from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.records.findings import LOOK, Finding, Issue

MOST = 10_000  # rows of a table of organisations
OTHERWISE = Issue(
    LOOK,
    "partner's spelling",
    "names a partner otherwise than table '{table}' has it (a capital, a blank or a letter that looks like another)",
    "Write it as the table has it: spelt in two ways, one partner would be two",
)


def codes(frame: pd.DataFrame | None, table: Table) -> set[str]:
    """The keys of a table's used rows; none of one whose key is of several fields, or identifies people.

    Nor of a table of more rows than there are organisations anywhere.
    """
    if frame is None or table.key not in frame or len(frame) > MOST:
        return set()
    return {*frame[table.key].dropna().astype(str)}


def lists_partners(project: Project, table: Table, keys: set[str]) -> bool:
    """Whether a table lists organisations: a rule `gap` says so, or a partner of deliveries.csv is among its keys.

    However the partner is spelt there.
    """
    by = {rule.by for rule in project.rules.gap}
    named = {to for other in project.package.resources for name, to in other.references.items() if name in by}
    known = {skeleton(one.partner) for one in project.deliveries}
    return table.name in named or not known.isdisjoint(map(skeleton, keys))


def findings(project: Project, frames: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """A Finding about the lines of deliveries.csv with such a partner. frames: of the used rows."""
    for table in project.package.resources:
        keys = codes(frames.get(table.name), table) if project.deliveries else set()
        if not keys or not lists_partners(project, table, keys):
            continue
        alike = {skeleton(key) for key in keys}
        rows = tuple(
            line
            for line, one in enumerate(project.deliveries, 2)
            if one.partner not in keys and skeleton(one.partner) in alike
        )
        if rows:
            says = OTHERWISE.says.format(table=table.name)
            yield replace(OTHERWISE.at("", "deliveries.csv"), says=says, rows=rows)
