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
from datetime import date
from itertools import chain
from statistics import NormalDist

import numpy as np
import pandas as pd

from ctanalysis.periods import Period
from ctanalysis.project.project import Project
from ctanalysis.project.rules import Duplicate, Gap, Heaping, Range, Usual
from ctanalysis.records.arrays import Mask
from ctanalysis.records.columns import Columns
from ctanalysis.records.found import LOOK, Finding
from ctanalysis.records.notes import Notes

FAR, FEW_VALUES = 3.5, 5
HEAPED, FEW_NUMBERS, SMALLEST = 0.001, 20, 10
SEE = "See whether it is right; correct it at its source, or in judgements/corrections.toml"


def check(notes: Notes, project: Project, frames: Mapping[str, pd.DataFrame], unread: set[str]) -> None:
    """Notes what is worth a look among a table's used rows, and gaps as findings about the table.

    unread: the names of tables that could not be read; rules that look at one of them wait.
    """
    table = notes.gathered.table
    if not notes.gathered.readable or notes.held.all():
        return
    columns = Columns(project.package, frames, table.name)
    used = np.flatnonzero(~notes.held)
    rules = project.rules.of(table.name, lambda fields: not unread & columns.leads_to(fields))
    checked = chain(
        ((rule, _range(rule, columns)) for rule in rules.range),
        ((rule, _duplicate(rule, columns)) for rule in rules.duplicate),
        ((rule, _usual(rule, columns)) for rule in rules.usual),
        ((rule, _heaping(rule, columns)) for rule in rules.heaping),
    )
    for rule, (name, rows, says) in checked:
        own = name if name in table.fields else ""
        notes.add(LOOK, type(rule).__name__.lower(), own, used[rows], f"{says} ({rule.reason})", SEE)
    for gap in rules.gap:
        notes.gathered.findings += _gaps(gap, columns, project)
    for judged in (judged for judged in project.same_people if judged.table == table.name and judged.match):
        rows = _alike(columns, judged.match)
        notes.add(
            LOOK,
            "same person",
            table.key,
            used[rows],
            f"may be the same person as in another row: {', '.join(judged.match)} agree ({judged.reason})",
            SEE,
        )


def _range(rule: Range, columns: Columns) -> tuple[str, Mask, str]:
    values = columns.numbers(rule.field)
    low, high = rule.minimum, rule.maximum
    outside = (values < (-np.inf if low is None else low)) | (values > (np.inf if high is None else high))
    plausible = (
        f"from {low} to {high}" if None not in (low, high) else f"{high} at most" if low is None else f"{low} at least"
    )
    return rule.field, outside, f"is outside what is plausible: {plausible}"


def _duplicate(rule: Duplicate, columns: Columns) -> tuple[str, Mask, str]:
    return (
        rule.fields[0],
        _alike(columns, rule.fields),
        f"has the same {', '.join(rule.fields)} as another row, so it may be one thing entered twice",
    )


def _alike(columns: Columns, fields: Sequence[str]) -> Mask:
    """Which rows are the same as another one in all of these fields, none of them missing."""
    codes = pd.DataFrame({name: columns.codes(name) for name in fields})
    return codes.duplicated(keep=False).to_numpy() & (codes >= 0).all(axis=1).to_numpy()


def _usual(rule: Usual, columns: Columns) -> tuple[str, Mask, str]:
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


def _heaping(rule: Heaping, columns: Columns) -> tuple[str, Mask, str]:
    values, partner = pd.Series(columns.numbers(rule.field)), pd.Series(columns.codes(rule.by))
    counts = (values >= SMALLEST) & (values % 1 == 0) & (partner >= 0)
    round_ones = counts & (values % 5 == 0)
    of, ending = (mask.groupby(partner).transform("sum") for mask in (counts, round_ones))
    chance = (ending - 0.2 * of) / np.sqrt(0.16 * of.where(of > 0))
    limit = NormalDist().inv_cdf(1 - HEAPED / max(partner[partner >= 0].nunique(), 1))
    return (
        rule.field,
        (round_ones & (of >= FEW_NUMBERS) & (chance > limit)).to_numpy(),
        f"ends in 0 or 5, as far too many numbers of the same {rule.by} do: they may have been estimated, not counted",
    )


def _gaps(rule: Gap, columns: Columns, project: Project) -> Iterator[Finding]:
    """A Finding for each partner with gaps."""
    table, by = project.package.tables[rule.table], columns.located(rule.by)
    private = rule.by in project.package.private_fields()[by.table]
    for name, quarters in gaps(rule, columns, project):
        partner = "somebody" if private else f"'{name}'"
        says = f"{rule.by} {partner} has no row in {', '.join(quarter.label for quarter in quarters)} ({rule.reason})"
        yield Finding(
            table.name,
            table.paths[0],
            "",
            "",
            "",
            "gap",
            LOOK,
            says,
            "Ask whether nothing happened or nothing was sent",
        )


def gaps(rule: Gap, columns: Columns, project: Project) -> Iterator[tuple[str, list[Period]]]:
    """For each partner that has any: its name, and the complete quarters after its first in which it has no row."""
    quarters = project.calendar.completed("quarter")
    edges = (
        np.array(
            [(quarter.start - date(1970, 1, 1)).days for quarter in quarters]
            + [(quarters[-1].end - date(1970, 1, 1)).days + 1]
        )
        if quarters
        else np.zeros(0)
    )
    days, there = columns.days(rule.field)
    names, codes = columns.texts(rule.by), columns.codes(rule.by)
    place = np.searchsorted(edges, days, side="right") - 1
    inside = there & (codes >= 0) & (place < len(quarters))
    for code in np.unique(codes[inside]):
        rows = inside & (codes == code)
        gone = sorted(set(range(max(place[rows].min(), 0), len(quarters))) - set(place[rows]))
        if gone:
            yield names[np.flatnonzero(rows)[0]], [quarters[number] for number in gone]
