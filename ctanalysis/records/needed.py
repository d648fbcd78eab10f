"""Rows that lack what a calculation needs: what it passes over is named and counted, never gone unseen.

    reference sheet ─▶ the fields that it needs ─┐
    its table's rows ─▶ those not ruled out ─────┴▶ rows that lack one ─┬▶ findings of make check
                                                                        ├▶ counted beside the value (indicators)
                                                                        └▶ the standard of precision (quality)

A sheet needs the day or the beginning by which it counts, the person, the column that it adds up, and what its
conditions and the numerator of its share ask. A row that another value rules out lacks nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from ctanalysis.project.calculations import Share
from ctanalysis.project.conditions import asked
from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Gain, Level, People, Rows, columns_of
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.amounts import are_backwards
from ctanalysis.records.arrays import Mask
from ctanalysis.records.columns import Columns
from ctanalysis.records.conditions import is_missing, one_holds, ruled_out
from ctanalysis.records.findings import LOOK, Issue
from ctanalysis.records.issues import TableIssues

ASK = "Ask for it; where nobody knows it, say so in judgements/accepted.toml, with this sentence as what"
ASK_OF = f"{ASK}, and '{{link}}' among the cells of the row"
MEANT = (
    "Ask for it; where it is rightly empty, write into the sheet that such rows are not meant: "
    "where = {{ {name} = {{ present = true }} }}"
)
NEEDED = "needed"  # the rule


class Effect(NamedTuple):
    """What becomes of a row without a field, and of several."""

    one: str
    several: str


NO_PERIOD = Effect("it is counted in no period", "are counted in no period")
STANDS_NOWHERE = Effect("it stands in no period", "stand in no period")
NOBODY = Effect("it is nobody's, and no person is counted for it", "are nobody's, and not counted")
PARTLY = Effect("only what its other columns have is added", "are added as far as their other columns go")
NOTHING = Effect("it adds nothing to the number", "add nothing to the number")
NOT_COUNTED = Effect("it is not counted", "are not counted")
NOT_COUNTED_SO = Effect(
    "it is not counted, for nothing else says that it is meant", "are not counted, unless another condition holds"
)
NEITHER = Effect("it is in neither part of the share", "are in neither part")


NO_PAIR = Effect("it is in no part of the gain", "are in no part of the gain")
NO_DAYS = Effect("no days are counted from it", "have no days to count")
BACKWARDS = Effect("its days are not counted", "are held out")


class Need(NamedTuple):
    """A field that a sheet needs, what becomes of rows without it, and whether it is the day by which they count."""

    field: str
    effect: Effect
    is_day: bool = False
    is_one_way: bool = False  # of conditions of which another may hold
    after: str = ""  # a date that it must not be before; a row without it lacks nothing

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it looks at."""
        return (self.field, self.after) if self.after else (self.field,)

    def is_lacked(self, columns: Columns) -> Mask:
        """Which rows of a table lack it."""
        return are_backwards(columns, (self.after, self.field)) if self.after else is_missing(columns, self.field)

    @property
    def says(self) -> str:
        """What a row that lacks it is like."""
        return f"has a '{self.field}' before its '{self.after}'" if self.after else f"has no '{self.field}'"

    def do(self, link: str) -> str:
        """What is to be done about such rows. link: of a field of another table, that which leads there."""
        if self.after:
            return "See which of the two days is wrong"
        is_asked = self.effect in (NOT_COUNTED, NOT_COUNTED_SO, NEITHER, NO_PAIR, PARTLY)
        if is_asked:
            return ASK_OF.format(link=link) if link else ASK
        return MEANT.format(name=self.field)


def needs(sheet: Sheet) -> Iterator[Need]:
    """What a sheet needs of a row, each field once for each use of it."""
    calculation, part = sheet.calculation, sheet.row_calculation
    if isinstance(part, Level):
        yield Need(part.start, STANDS_NOWHERE, is_day=True)
    else:
        yield Need(part.date, NO_PERIOD, is_day=True)
    if isinstance(part, (People, Level)) and part.person:
        yield Need(part.person, NOBODY)
    if isinstance(part, People) and part.different:
        yield Need(part.different, NOT_COUNTED)
    if sheet.rounds:
        yield Need(sheet.rounds.field, NOT_COUNTED)
    names = columns_of(part)
    yield from (Need(name, NOTHING if len(names) == 1 else PARTLY) for name in names)
    yield from _of_days(sheet, part)
    yield from (Need(name, NOT_COUNTED) for name in asked(calculation.where))
    ways = dict.fromkeys(name for one in calculation.any for name in asked(one))
    yield from (Need(name, NOT_COUNTED_SO, is_one_way=True) for name in ways)
    if isinstance(calculation, (Share, Gain)):
        yield from (Need(name, NEITHER if isinstance(calculation, Share) else NO_PAIR) for name in calculation.asked)


def _of_days(sheet: Sheet, part: Rows) -> Iterator[Need]:
    """The first of two dates, where it is not that by which rows count; and that the second is not before it."""
    for first, second in [sheet.days] if sheet.days else []:
        if first != getattr(part, "date", None):
            yield Need(first, NO_DAYS)
        yield Need(second, BACKWARDS, after=first)


def lacking(columns: Columns, sheet: Sheet) -> list[tuple[Need, Mask]]:
    """Of each need of a sheet the rows of its table that lack it, among those that its conditions do not rule out."""
    found = [(need, need.is_lacked(columns)) for need in needs(sheet)]
    if not any(rows.any() for _, rows in found):
        return found
    calculation = sheet.calculation
    possible = ~ruled_out(columns, calculation.where, calculation.any)
    another = one_holds(columns, calculation.any) & bool(calculation.any)
    return [(need, possible & rows & ~(another & need.is_one_way)) for need, rows in found]


def check(issues: TableIssues, project: Project, frames: Mapping[str, pd.DataFrame], unread: set[str]) -> None:
    """Adds, for each field that sheets of a table need, its used rows without a value.

    frames: of the used rows. unread: names of tables that could not be read; fields found there wait.
    """
    table, used = issues.gathered.table, np.flatnonzero(~issues.held)
    if not issues.gathered.readable or issues.held.all():
        return
    columns = Columns(project.package, frames, table.name)
    rows: dict[Need, Mask] = {}
    codes: dict[Need, list[str]] = {}
    sheets = [one for sheet in project.sheets for one in sheet.by_table]
    for sheet in (sheet for sheet in sheets if sheet.calculation.table == table.name):
        if not unread & columns.leads_to(
            [*sheet.calculation.chosen_by, *(name for need in needs(sheet) for name in need.fields)]
        ):
            for need, mask in ((need, mask) for need, mask in lacking(columns, sheet) if mask.any()):
                rows[need] = rows.get(need, False) | mask
                codes.setdefault(need, []).append(sheet.code)
    for need, mask in rows.items():
        own, link = own_and_link(project, table, need.field)
        says = f"{need.says}, so {need.effect.one} ({indicators(codes[need])})"
        others = cells_of(project, table, need.fields)
        issues.add(Issue(LOOK, NEEDED, says, need.do(link), own, link, others), used[mask])


def own_and_link(project: Project, table: Table, name: str) -> tuple[str, str]:
    """A field as an Issue of a table's rows names it: its own, or empty; and the own field that leads to another's."""
    steps = project.package.locate(table.name, name).steps
    return name if name in table.fields else "", steps[0][0] if steps else ""


def cells_of(project: Project, table: Table, names: Iterable[str]) -> tuple[str, ...]:
    """The table's own fields in whose cells these stand, or which lead to them. None that may not be written down."""
    found = (own or link for own, link in (own_and_link(project, table, name) for name in names))
    return tuple(dict.fromkeys(name for name in found if name and not table.fields[name].identifying))


def indicators(codes: Sequence[str]) -> str:
    """indicator 1.1; indicators 1.1, 1.2."""
    return f"indicator{'s' if len(codes) > 1 else ''} {', '.join(codes)}"
