"""The rules of rules.toml and judgements/ that name used rows to be looked at, which are counted all the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import numpy as np
import pandas as pd

from ctanalysis.base.spelling import cleaned
from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.project.rules import Duplicate, Range, Rule, Rules
from ctanalysis.records import gaps, unusual
from ctanalysis.records.arrays import Codes, Mask
from ctanalysis.records.arrivals import Arrivals, arrivals
from ctanalysis.records.columns import Columns
from ctanalysis.records.findings import LOOK, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.needed import cells_of

Implausible: TypeAlias = tuple[Sequence[str], Mask, str]  # the fields, which used rows, and the sentence about them
HEAPED = "ends in 0 or 5, as far too many numbers of the same {by} do: they may have been estimated, not counted"
SENT_TWICE = "is the same as another row in every column, and the table has no key: it may have been sent twice"
SEE = (
    "See whether it is right; correct it at its source, or in judgements/corrections.toml; "
    "where it is right, say so in judgements/accepted.toml, with this sentence as what"
)
WITH_CELLS = SEE + ", and {names} among the cells of the row"


def check(issues: TableIssues, project: Project, frames: Mapping[str, pd.DataFrame], unread: set[str]) -> None:
    """Adds what is worth a look among a table's used rows, and gaps as findings about the table.

    unread: the names of tables that could not be read; rules that look at one of them wait.
    """
    table, used = issues.gathered.table, np.flatnonzero(~issues.held)
    if not issues.gathered.readable or issues.held.all():
        return
    columns = Columns(project.package, frames, table.name)
    rules = project.rules.of(table.name, lambda fields: not unread & columns.leads_to(fields))
    arrived = partial(arrivals, project, issues.gathered, used, columns, unread)
    for rule, (names, rows, says) in _implausible(rules, columns, arrived):
        own = names[0] if names[0] in table.fields else ""
        kind = type(rule).__name__.lower()
        issues.add(_about(Issue(LOOK, kind, f"{says} ({rule.reason})", SEE, own), project, table, names), used[rows])
    if not table.keys:
        twice = _same(columns, [*table.fields])
        issues.add(_about(Issue(LOOK, "duplicate", SENT_TWICE, SEE), project, table, [*table.fields]), used[twice])
    for gap in rules.gap:
        issues.gathered.findings += gaps.findings(gap, columns, project)
    for judged in (judged for judged in project.same_people if judged.table == table.name and judged.match):
        says = f"may be the same person as in another row: {', '.join(judged.match)} agree ({judged.reason})"
        issue = _about(Issue(LOOK, "same person", says, SEE, table.key), project, table, judged.match)
        issues.add(issue, used[_agree(columns, judged.match)])


def _about(issue: Issue, project: Project, table: Table, names: Sequence[str]) -> Issue:
    """The issue with the fields that it is about; where there are others than the one that it names, it says them."""
    others = cells_of(project, table, names)
    told = ", ".join(f"'{name}'" for name in others)
    do = WITH_CELLS.format(names=told) if {*others} - {issue.field} else issue.do
    return replace(issue, do=do, others=others)


def _implausible(rules: Rules, columns: Columns, arrived: Callable[[], Arrivals]) -> Iterator[tuple[Rule, Implausible]]:
    """Each rule with what it finds. arrived: gives in which delivery each row came, which only some rules ask."""
    yield from ((rule, _range(rule, columns)) for rule in rules.range)
    yield from ((rule, _duplicate(rule, columns)) for rule in rules.duplicate)
    if not (rules.usual or rules.heaping):
        return
    came = arrived()
    for usual in rules.usual:
        says = f"is far outside what the same {usual.by} usually reports"
        yield usual, ((usual.field, usual.by), unusual.far_off(usual, columns, came), says)
    for heaping in rules.heaping:
        says = HEAPED.format(by=heaping.by)
        yield heaping, ((heaping.field, heaping.by), unusual.heaped(heaping, columns, came), says)


def _range(rule: Range, columns: Columns) -> Implausible:
    values, low, high = columns.numbers(rule.field), rule.minimum, rule.maximum
    outside = (values < (-np.inf if low is None else low)) | (values > (np.inf if high is None else high))
    limits = f"{high} at most" if low is None else f"{low} at least"
    plausible = limits if None in (low, high) else f"from {low} to {high}"
    return [rule.field], outside, f"is outside what is plausible: {plausible}"


def _duplicate(rule: Duplicate, columns: Columns) -> Implausible:
    says = f"has the same {', '.join(rule.fields)} as another row, so it may be one thing entered twice"
    return rule.fields, _same(columns, rule.fields), says


def _same(columns: Columns, fields: Sequence[str]) -> Mask:
    """Which rows are the same as another one in all of these fields.

    An empty cell is like another one; rows with nothing in any of the fields have nothing in common.
    """
    codes = _codes(columns, fields)
    return codes.duplicated(keep=False).to_numpy() & (codes >= 0).any(axis=1).to_numpy()


def _agree(columns: Columns, fields: Sequence[str]) -> Mask:
    """Which rows agree with another one in all of these fields, none of them missing: what is not known is no sign."""
    codes = _codes(columns, fields)
    return codes.duplicated(keep=False).to_numpy() & (codes >= 0).all(axis=1).to_numpy()


def _codes(columns: Columns, fields: Sequence[str]) -> pd.DataFrame:
    """By field a number for each value; one for texts that differ in blanks, dashes or signs that nobody sees."""
    return pd.DataFrame({name: _of_texts(columns, name) for name in fields})


def _of_texts(columns: Columns, name: str) -> Codes:
    field = columns.located(name).field
    if field.type != "string" or field.categories:
        return columns.codes(name)
    codes, texts = columns.named_codes(name)
    same, _ = pd.factorize(np.array([cleaned(text) for text in texts], object))
    return np.append(same, -1)[codes]
