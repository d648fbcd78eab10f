"""The rules of rules.toml and judgements/ that name used rows to be looked at. What they name is counted all the same.

usual    the modified z-score of a value among those of the same partner, from its median, is beyond 3.5
         (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993); of at least 5 values. Where
         none of the partner's values is negative, of log(1 + value): counts and money are skewed, and
         a slip is one of tenfold
heaping  of at least 20 whole numbers from 10 upwards, those that end in 0 or 5 are so many more than
         one in five as chance would give to any partner of one project in a thousand (one-sided normal
         test, the level divided by the number of partners)
"""

from collections.abc import Iterator, Mapping, Sequence
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import pandas as pd

from ctanalysis.project.project import Project
from ctanalysis.project.rules import Duplicate, Heaping, Range, Rule, Rules, Usual
from ctanalysis.records import gaps
from ctanalysis.records.arrays import Mask
from ctanalysis.records.columns import Columns
from ctanalysis.records.findings import LOOK, Issue
from ctanalysis.records.issues import TableIssues

Implausible: TypeAlias = tuple[str, Mask, str]  # the field, which used rows, and the sentence about them
FAR, FEW_VALUES = 3.5, 5
HEAPED, FEW_NUMBERS, SMALLEST = 0.001, 20, 10
SENT_TWICE = "is the same as another row in every column, and the table has no key: it may have been sent twice"
SEE = (
    "See whether it is right; correct it at its source, or in judgements/corrections.toml; "
    "where it is right, say so in judgements/accepted.toml"
)


def check(issues: TableIssues, project: Project, frames: Mapping[str, pd.DataFrame], unread: set[str]) -> None:
    """Adds what is worth a look among a table's used rows, and gaps as findings about the table.

    unread: the names of tables that could not be read; rules that look at one of them wait.
    """
    table, used = issues.gathered.table, np.flatnonzero(~issues.held)
    if not issues.gathered.readable or issues.held.all():
        return
    columns = Columns(project.package, frames, table.name)
    rules = project.rules.of(table.name, lambda fields: not unread & columns.leads_to(fields))
    for rule, (name, rows, says) in _implausible(rules, columns):
        own = name if name in table.fields else ""
        kind = type(rule).__name__.lower()
        issues.add(Issue(LOOK, kind, f"{says} ({rule.reason})", SEE, own), used[rows])
    if not table.keys:
        twice = _same(columns, [*table.fields])
        issues.add(Issue(LOOK, "duplicate", SENT_TWICE, SEE), used[twice])
    for gap in rules.gap:
        issues.gathered.findings += gaps.findings(gap, columns, project)
    for judged in (judged for judged in project.same_people if judged.table == table.name and judged.match):
        says = f"may be the same person as in another row: {', '.join(judged.match)} agree ({judged.reason})"
        issues.add(Issue(LOOK, "same person", says, SEE, table.key), used[_agree(columns, judged.match)])


def _implausible(rules: Rules, columns: Columns) -> Iterator[tuple[Rule, Implausible]]:
    """Each rule with what it finds."""
    yield from ((rule, _range(rule, columns)) for rule in rules.range)
    yield from ((rule, _duplicate(rule, columns)) for rule in rules.duplicate)
    yield from ((rule, _usual(rule, columns)) for rule in rules.usual)
    yield from ((rule, _heaping(rule, columns)) for rule in rules.heaping)


def _range(rule: Range, columns: Columns) -> Implausible:
    values, low, high = columns.numbers(rule.field), rule.minimum, rule.maximum
    outside = (values < (-np.inf if low is None else low)) | (values > (np.inf if high is None else high))
    limits = f"{high} at most" if low is None else f"{low} at least"
    plausible = limits if None in (low, high) else f"from {low} to {high}"
    return rule.field, outside, f"is outside what is plausible: {plausible}"


def _duplicate(rule: Duplicate, columns: Columns) -> Implausible:
    says = f"has the same {', '.join(rule.fields)} as another row, so it may be one thing entered twice"
    return rule.fields[0], _same(columns, rule.fields), says


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
    return pd.DataFrame({name: columns.codes(name) for name in fields})


def _usual(rule: Usual, columns: Columns) -> Implausible:
    values, partner = pd.Series(columns.numbers(rule.field)), columns.codes(rule.by)
    negative = (values.groupby(partner).transform("min") < 0).to_numpy()
    values = values.where(negative, pd.Series(np.log1p(values.where(~negative))))
    grouped = values.groupby(partner)
    distance = (values - grouped.transform("median")).abs()
    middle, mean = (distance.groupby(partner).transform(how) for how in ("median", "mean"))
    score = np.where(
        middle > 0, 0.6745 * distance / middle.where(middle > 0), distance / (1.253314 * mean.where(mean > 0))
    )
    far = (score > FAR) & (grouped.transform("count") >= FEW_VALUES).to_numpy() & (partner >= 0)
    return rule.field, far, f"is far outside what the same {rule.by} usually reports"


def _heaping(rule: Heaping, columns: Columns) -> Implausible:
    values, partner = pd.Series(columns.numbers(rule.field)), pd.Series(columns.codes(rule.by))
    counts = (values >= SMALLEST) & (values % 1 == 0) & (partner >= 0)
    round_ones = counts & (values % 5 == 0)
    of, ending = (mask.groupby(partner).transform("sum") for mask in (counts, round_ones))
    chance = (ending - 0.2 * of) / np.sqrt(0.16 * of.where(of > 0))
    limit = NormalDist().inv_cdf(1 - HEAPED / max(partner[partner >= 0].nunique(), 1))
    heaped = (round_ones & (of >= FEW_NUMBERS) & (chance > limit)).to_numpy()
    says = (
        f"ends in 0 or 5, as far too many numbers of the same {rule.by} do: they may have been estimated, not counted"
    )
    return rule.field, heaped, says
