"""Which cells a reader can show to be of one person to nine: bounds for each, and witness worlds.

A world is a register that fits everything printed. Where a cell is nothing in one world, or is
not small in one, nobody can show that it is small; each world answers for many cells at once.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from math import gcd

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Floats
from ctanalysis.disclosure.audit.attributes import every_told
from ctanalysis.disclosure.audit.linear_program import Program
from ctanalysis.disclosure.audit.printed import ROUNDED
from ctanalysis.disclosure.audit.shapes import CROSS, Shape, shape
from ctanalysis.disclosure.audit.solving import NEAR, NotAudited, smallest
from ctanalysis.disclosure.audit.told import is_by
from ctanalysis.disclosure.audit.told_register import program
from ctanalysis.disclosure.audit.told_share import is_told_so, share_programs
from ctanalysis.disclosure.ledger import CELL, PRINTED
from ctanalysis.project import Project
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.sheets import Sheet

PLACE = CELL[1:]  # of one indicator


@dataclass(frozen=True)
class Opened:
    """A cell that is shown to be small: its indicator, disaggregation, category, first and last day."""

    indicator: str
    disaggregation: str
    category: str
    start: str
    end: str

    def __str__(self) -> str:
        table = f"indicator {self.indicator} by {self.disaggregation}, {self.start} to {self.end}"
        return f"{table}: a cell of it can be shown to be small"


def opened(cells: pd.DataFrame, project: Project, conditioned: Collection[str] = ()) -> list[Opened]:
    """The Opened cells of everything printed to date.

    cells: a frame with indicator, start, end (ISO days), disaggregation, category, value, numerator,
    denominator, status as printed, and version (0, 1, ... after each correction). Only indicators
    of audited classes are looked at. conditioned: codes of indicators whose total is part of a
    breakdown. NotAudited: there is no certain answer.
    """
    return list(dict.fromkeys(_opened_cells(cells, project, conditioned)))


def is_safe(cells: pd.DataFrame, project: Project, conditioned: Collection[str] = ()) -> bool:
    """Whether no cell is opened; as opened(), and done at the first that is."""
    return next(_opened_cells(cells, project, conditioned), None) is None


def _opened_cells(cells: pd.DataFrame, project: Project, conditioned: Collection[str]) -> Iterator[Opened]:
    printed_codes = set(cells["indicator"])
    unknown = printed_codes - {sheet.code for sheet in project.sheets}
    if unknown:
        raise NotAudited(f"there is no indicator {', '.join(sorted(unknown))} in the project's reference sheets")
    breakdowns = every_told(cells, project, conditioned)
    for sheet in project.sheets:
        if sheet.code in printed_codes and project.disclosure_rule(sheet).audited:
            printed = cells[cells["indicator"] == sheet.code]
            for told in (found for found in breakdowns if found.sheet is sheet):
                yield from _shown(program(told, printed), sheet)
                printed = printed[~is_by(printed, told.name)]
            if sheet.is_ratio and is_told_so(printed).any():
                for whole in share_programs(project, sheet, cells):
                    yield from _shown(whole, sheet)
                continue
            yield from _of_sheet(printed, _shape(printed, project, sheet, conditioned))


def _shape(printed: pd.DataFrame, project: Project, sheet: Sheet, conditioned: Collection[str]) -> Shape:
    ways = set(printed["disaggregation"])
    unknown = ways - {"total", *(CROSS.join(fields) for fields in sheet.disaggregations)}
    if unknown:
        raise NotAudited(f"indicator {sheet.code} has no breakdown by {', '.join(sorted(unknown))}")
    return shape(project, sheet, sheet.code in conditioned, ways)


def _of_sheet(printed: pd.DataFrame, numbers: Shape) -> Iterator[Opened]:
    numbers = replace(numbers, rule=_as_released(printed, numbers))
    whole = Program(
        numbers,
        printed[[*PLACE, *PRINTED, "version"]].drop_duplicates().sort_values([*PLACE, "version"], kind="stable"),
    )
    yield from _shown(whole, numbers.sheet)


def _as_released(printed: pd.DataFrame, numbers: Shape) -> DisclosureRule:
    """The rule with the roundest number to which all was rounded: under an older policy it may have been finer."""
    name = "numerator" if numbers.sheet.is_ratio else "value"
    rounded = printed.loc[(printed["status"] == ROUNDED) & printed[name].notna(), name]
    return numbers.rule.model_copy(update={"round_to": gcd(numbers.rule.round_to, *map(int, rounded))})


def _shown(whole: Program, sheet: Sheet) -> Iterator[Opened]:
    for place in shown_small(whole, whole.shape.rule.fewer_than):
        target = whole.targets[place]
        yield Opened(sheet.code, *target.cell, target.start.isoformat(), target.end.isoformat())


def shown_small(program: Program, fewer_than: int) -> Iterator[int]:
    """The places of a Program's targets that lie between 1 and fewer_than - 1 in every world."""
    zero = np.array([target.zero for target in program.targets], bool)
    unseen = np.ones(len(program.targets), bool)

    def witness(weights: Floats) -> Floats:
        """The targets' values in the world where the weighted sum of targets is smallest."""
        values: Floats = program.sums @ smallest(program.sums.T @ weights, program)
        unseen[(values <= NEAR) | (~zero & (values >= fewer_than - NEAR))] = False
        return values

    for sign in (1.0, -1.0):  # worlds that speak for many at once
        while unseen.any():
            before = unseen.sum()
            witness(sign * unseen)
            if unseen.sum() > 0.9 * before:
                break
    while unseen.any():
        place = int(np.flatnonzero(unseen)[0])
        one = np.eye(1, len(unseen), place).ravel()
        lowest = witness(one)[place]
        if unseen[place] and not zero[place]:
            witness(-one)
        if unseen[place] and lowest > NEAR:
            yield place
        unseen[place] = False
