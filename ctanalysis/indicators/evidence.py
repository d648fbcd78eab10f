"""What a test of a change needs beside a value: how many units there are behind it, and how they vary.

Participants come in events, and answers in them resemble each other: so a number of people says less than so many
independent ones. A unit is what the rows come in: the row of a less protected table that their table names by a foreign
key (the event of an attendance), else the row itself.

    sum    units, effective number   (sum x) squared / sum of x squared over the units
    share  units, design effect      the variance of the share between the units / that of independent answers
    gain   units, design effect      the same of the differences; of numbers, their standard deviation, too
    mean   units, standard deviation, where the rows come in events the design effect, and where they are of
           organisations, say, which can be measured again: how many in the reporting period, and in both

Sources: Kish, Survey Sampling, 1965, sections 8.2 and 11.7; the variance of a ratio is linearised with k / (k - 1)
(Cochran, Sampling Techniques, 3rd edition, 1977, section 9.8: rows come in k units of unequal sizes).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Floats, Integers
from ctanalysis.indicators import rounds
from ctanalysis.indicators.counted_rows import counted_rows
from ctanalysis.indicators.counting import EXACT, Grid, Placed
from ctanalysis.indicators.gains import Pairs
from ctanalysis.indicators.measures import measured
from ctanalysis.indicators.values import COLUMNS
from ctanalysis.indicators.windows import Window
from ctanalysis.project import Project
from ctanalysis.project.row_calculations import Gain, Mean
from ctanalysis.project.sheets import Sheet
from ctanalysis.records import Records
from ctanalysis.records.amounts import amounts
from ctanalysis.records.columns import Columns

EVIDENCE = "evidence"  # the disaggregation under which it stands
UNITS, EFFECTIVE, DESIGN_EFFECT = "units", "effective number", "design effect"
DEVIATION, SUBJECTS, SHARED = "standard deviation", "subjects", "shared units"
COMPARED = ("period", "previous period", "same period last year")  # the horizons for which there is evidence
MEASURES = ("sum", "share", "gain", "mean")
FEW_VALUES = 3  # different numbers: a column that has no more is a category in numbers


class Behind(NamedTuple):
    """What the rows of a table come in: the foreign key field, and whether its table has the day of the rows."""

    field: str
    is_event: bool


def evidence(project: Project, records: Records, windows: Sequence[Window]) -> pd.DataFrame:
    """The exact evidence of all sheets that have any, for those of the windows that are COMPARED.

    Returns a frame with values.COLUMNS: disaggregation EVIDENCE, and as category what it is; status "exact", or "no
    data" where there is none. Of people whose class is audited there is none at all.
    """
    asked = [window for window in windows if window.horizon in COMPARED]
    sheets = [part for part in map(tested, project.sheets) if part.measure in MEASURES]
    sheets = [sheet for sheet in sheets if not project.disclosure_rule(sheet).audited]
    rows = [row for sheet in sheets for row in _rows(project, records, sheet, asked)]
    frame = pd.DataFrame(rows, columns=["indicator", "horizon", "start", "end", "category", "value"])
    status = np.where(frame["value"].isna(), "no data", "exact")
    return frame.assign(disaggregation=EVIDENCE, status=status).reindex(columns=COLUMNS)


def tested(sheet: Sheet) -> Sheet:
    """What is tested of a sheet: the sheet itself, of a rate its number, for residents are known."""
    return sheet.parts[0] if sheet.measure == "rate" else sheet


def behind(project: Project, sheet: Sheet) -> Behind | None:
    """What the rows that a sheet counts come in; None where they are for themselves.

    It is a table that protects less than theirs, or nobody; first that in which the day of the rows stands.
    """
    rows, rules = sheet.row_calculation, project.policy.rules
    tables = project.package.tables
    table = tables[rows.table]
    least = rules[table.disclosure].fewer_than
    day = getattr(rows, "date", None)
    steps = project.package.locate(rows.table, day).steps if day else ()
    found = [
        Behind(field, bool(steps) and steps[0] == (field, other))
        for field, other in table.references.items()
        if other in project.open_tables or rules[tables[other].disclosure].fewer_than < least
    ]
    return min(found, key=lambda one: not one.is_event, default=None)


def _rows(
    project: Project, records: Records, sheet: Sheet, windows: Sequence[Window]
) -> Iterator[tuple[str, str, str, str, str, float]]:
    columns = Columns(project.package, records, sheet.calculation.table)
    latest = rounds.latest(columns, sheet, windows) if sheet.rounds else [None] * len(windows)
    for name in dict.fromkeys(latest):
        found = _found(project, columns, sheet.of_round(name), windows)
        for place, window in enumerate(windows):
            if latest[place] == name:
                days = window.horizon, window.start.isoformat(), window.end.isoformat()
                yield from ((sheet.code, *days, what, float(number[place])) for what, number in found.items())


def _found(project: Project, columns: Columns, sheet: Sheet, windows: Sequence[Window]) -> dict[str, Floats]:
    """By what it is, the evidence of a sheet in each window."""
    grid, of = Grid.of(windows), behind(project, sheet)
    codes, size = _units(columns, of)
    found = measured(columns, sheet, grid)(codes, size)
    part, units = np.nan_to_num(found.numerator), (found.counted > 0).sum(axis=1).astype(float)
    if sheet.measure == "sum":
        return {UNITS: units, EFFECTIVE: _over(part.sum(axis=1) ** 2, (part**2).sum(axis=1))}
    whole = found.denominator
    assert whole is not None  # of all others it never is
    between = _between(part, whole)
    if sheet.measure == "share":
        share = _over(part.sum(axis=1), whole.sum(axis=1))
        return {UNITS: units, DESIGN_EFFECT: _over(between, share * (1 - share) / whole.sum(axis=1))}
    deviation = _deviation(columns, sheet, grid)
    effect = _over(between, deviation**2 / whole.sum(axis=1))
    if project.disclosure_rule(sheet).protects and _is_category(columns, sheet):
        deviation = np.full_like(deviation, np.nan)
    if sheet.measure == "gain":  # of yes and no, how many changed says how they vary
        of_numbers = {} if is_yes_or_no(columns, sheet) else {DEVIATION: deviation}
        return {UNITS: units, DESIGN_EFFECT: effect} | of_numbers
    return _of_mean(whole, deviation, effect, of)


def _is_category(columns: Columns, sheet: Sheet) -> bool:
    """Whether the numbers of a mean or a gain are yes and no, say: how they vary tells how many there are of each."""
    calculation = sheet.calculation
    if isinstance(calculation, Gain):
        pairs = Pairs.of(columns, calculation)
        numbers = np.concatenate([pairs.before[pairs.known], pairs.after[pairs.known]])
    else:
        assert isinstance(calculation, Mean)
        numbers = amounts(columns, calculation).numbers
    return len(np.unique(numbers[~np.isnan(numbers)])) <= FEW_VALUES


def is_yes_or_no(columns: Columns, sheet: Sheet) -> bool:
    """Whether a gain is of yes and no, and not of numbers."""
    return isinstance(sheet.calculation, Gain) and Pairs.of(columns, sheet.calculation).points


def _of_mean(whole: Floats, deviation: Floats, effect: Floats, of: Behind | None) -> dict[str, Floats]:
    """Of a mean: of things that can be measured again, how many of the first window's there are in each."""
    found = {UNITS: whole.sum(axis=1), DEVIATION: deviation}
    if of and not of.is_event:
        there = whole > 0
        return found | {SUBJECTS: there.sum(axis=1) * 1.0, SHARED: (there & there[:1]).sum(axis=1) * 1.0}
    return found | ({DESIGN_EFFECT: effect} if of else {})


def _units(columns: Columns, of: Behind | None) -> tuple[Integers, int]:
    """The unit of each row of a table as a code, and how many there are; a row that names none is one by itself."""
    rows = np.arange(len(columns))
    if of is None:
        return rows, max(len(rows), 1)
    codes = columns.codes(of.field)
    own = codes < 0
    first = int(codes.max(initial=-1)) + 1
    return np.where(own, first + np.cumsum(own) - 1, codes), first + int(own.sum()) + 1


def _between(part: Floats, whole: Floats) -> Floats:
    """The variance of part / whole, linearised over the units (arrays: windows, units)."""
    all_of_it, there = whole.sum(axis=1), (whole > 0).sum(axis=1)
    rest = part - _over(part.sum(axis=1), all_of_it)[:, None] * whole
    return _over(there, there - 1.0) * _over((rest**2).sum(axis=1), all_of_it**2)


def _deviation(columns: Columns, sheet: Sheet, grid: Grid) -> Floats:
    """The standard deviation of the numbers of the rows in each window, with n - 1."""
    calculation = sheet.calculation
    assert isinstance(calculation, (Mean, Gain))
    placed = Placed.of(grid, counted_rows(columns, calculation))
    numbers = _numbers(columns, calculation)
    there = (~np.isnan(numbers)).astype(float)
    middle = float(np.nanmean(numbers)) if there.any() else 0.0  # so that squares of what is far from 0 lose nothing
    off = np.where(there > 0, numbers - middle, 0)
    many, first, second = (placed.tally(weights=weights)[:, 0] for weights in (there, off, off**2))
    return np.sqrt(np.maximum(_over(second - _over(first**2, many), many - 1), 0))


def _numbers(columns: Columns, calculation: Mean | Gain) -> Floats:
    """The number of each row, NaN where it has none; of a gain in its unit: percentage points of yes and no."""
    if isinstance(calculation, Mean):
        return amounts(columns, calculation).numbers
    pairs = Pairs.of(columns, calculation)
    return np.where(pairs.known, (pairs.after - pairs.before) * (EXACT / pairs.units), np.nan)


def _over(above: Floats, below: Floats) -> Floats:
    """A quotient, NaN where there is nothing below."""
    found: Floats = np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0)
    return found
