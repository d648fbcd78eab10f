"""Shares that are told by the waiting rule: one split of rows, those counted and the rest, as the auditor reads it.

The number of all rows is printed exactly; of those counted a per cent, or a range of it. No row leaves it, and
none changes sides, so that a share is printed in one way for ever.
"""

import math
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from ctanalysis.disclosure.audit.linear_program import Program
from ctanalysis.disclosure.audit.printed import EXACT, ROUNDED
from ctanalysis.disclosure.audit.shapes import TOTAL, Shape
from ctanalysis.disclosure.audit.solving import NotAudited
from ctanalysis.disclosure.audit.versions import SAYS_NOTHING
from ctanalysis.disclosure.ledger import CELL, PRINTED
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet

COUNTED, REST = ("total", "counted"), ("total", "rest")
STATE, LATE = ("total", "in the state"), ("total", "in the state alone")
RANGE = re.compile("([0-9]+)–([0-9]+) %")
PER_CENT = 100


def is_told_so(printed: pd.DataFrame) -> pd.Series:
    """Which cells of a share are told by the waiting rule: they say of how many rows, and not how many are counted."""
    says = ~printed["status"].isin(SAYS_NOTHING)
    return says & (printed["disaggregation"] == TOTAL[0]) & printed["denominator"].notna() & printed["numerator"].isna()


def share_program(project: Project, sheet: Sheet, printed: pd.DataFrame) -> Program:
    """The linear program of a share. printed: all its cells.

    NotAudited: it is printed in two ways, or as by an older policy, or as no share may be.
    """
    says = printed[~printed["status"].isin(SAYS_NOTHING)]
    if not is_told_so(says).all():
        raise NotAudited(
            f'indicator {sheet.code} was released under an older policy. Write an entry with sheet = "{sheet.code}", '
            'by = "total" and ended = "the reason, which is printed" into policy.toml: what was told of it stays'
        )
    told = says[[*CELL, *PRINTED]].drop_duplicates()
    if told.duplicated(CELL).any():
        raise NotAudited(f"indicator {sheet.code} is printed in two ways; what was told of it stays as it was told")
    cells = pd.DataFrame([*_cells(sheet, told)], columns=[*CELL, *PRINTED, "version"])
    return Program(_shape(project, sheet), cells.drop_duplicates())


def share_programs(project: Project, sheet: Sheet, cells: pd.DataFrame) -> Iterator[Program]:
    """The linear programs of a share; of a cohort, too, those of its people beside all who are in the state.

    cells: all that is printed. NotAudited: see share_program.
    """
    printed = cells[cells["indicator"] == sheet.code]
    yield share_program(project, sheet, printed)
    for other in _of_state(project, sheet):
        totals = cells[(cells["indicator"] == other.code) & (cells["status"] == EXACT)]
        start = max(project.facts.start, sheet.valid_from or project.facts.start).isoformat()
        # to date alone: who is counted in a year may have come to the state before it
        totals = totals[(totals["disaggregation"] == TOTAL[0]) & (totals["start"] == start)]
        told = printed[is_told_so(printed)].drop_duplicates(["start", "end"])
        both = told.merge(
            totals.drop_duplicates(["start", "end", "value"]), on=["start", "end"], suffixes=("", "_state")
        )
        yield from (_beside(project, sheet, row) for row in both.itertuples())


def _of_state(project: Project, sheet: Sheet) -> list[Sheet]:
    """The sheets of the people who are in the state that a cohort asks, by the same rows."""
    reached = getattr(sheet.calculation, "reached", None)
    return [one for one in project.sheets if reached and one.calculation == reached.people]


def _beside(project: Project, sheet: Sheet, row: Any) -> Program:
    """Those counted as a part of both groups, up to a day. row: a print of the cohort, with value_state beside it."""
    low, high = bounds(row.value, row.status, int(row.denominator))
    numbers = {TOTAL: row.denominator, STATE: max(row.value_state, low)}  # a total may have been corrected since
    given = [(cell, number, EXACT) for cell, number in numbers.items()] + [(COUNTED, math.nan, f"{low}–{high}")]
    rows = [
        (sheet.code, row.start, row.end, *cell, number, math.nan, math.nan, state, 0) for cell, number, state in given
    ]
    counted = sheet.model_copy(update={"calculation": sheet.row_calculation})
    columns, sums = (TOTAL, COUNTED, REST, STATE, LATE), [((0,), (1, 2)), ((3,), (1, 4))]
    shape = Shape.of_people(counted, project.disclosure_rule(sheet), columns, sums, [(1,), (2,), (4,)])
    return Program(shape, pd.DataFrame(rows, columns=[*CELL, *PRINTED, "version"]).drop_duplicates())


def _shape(project: Project, sheet: Sheet) -> Shape:
    rows = sheet.model_copy(update={"calculation": sheet.row_calculation})  # which are counted
    rule = project.disclosure_rule(sheet)
    return Shape.of_people(rows, rule, (TOTAL, COUNTED, REST), [((0,), (1, 2))], [(1,), (2,)])


def _cells(sheet: Sheet, told: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """The rows of each span of days, exact, and the bounds of those counted."""
    columns = ("start", "end", "value", "denominator", "status")
    for start, end, value, of, status in zip(*(told[name].tolist() for name in columns), strict=True):
        low, high = bounds(value, status, int(of))
        for cell, number, state in ((TOTAL, of, EXACT), (COUNTED, math.nan, f"{low}–{high}")):
            yield (sheet.code, start, end, *cell, number, math.nan, math.nan, state, 0)


def bounds(value: float, status: str, of: int) -> tuple[int, int]:
    """The least and the most rows, of so many, for which a share is printed so. NotAudited: it is none."""
    found = RANGE.fullmatch(status)
    if found and math.isnan(value):
        return -(-int(found[1]) * of // PER_CENT), int(found[2]) * of // PER_CENT
    if status not in (ROUNDED, EXACT) or math.isnan(value):
        raise NotAudited(f"a share is printed as '{status}', which is none of the states that the policy knows")
    twice = round(2 * PER_CENT * value)
    least, after = ((twice + sign) * of for sign in (-1, 1))
    return max(0, -(-least // (2 * PER_CENT))), min(of, -(-after // (2 * PER_CENT)) - 1)
