"""protect(values) -> Protected: what the policy's rules do to exact values.

A cell is a total or part of a breakdown. Totals are exact. Part of a breakdown are the values by
category, the numerators of shares (they are a group within a group), and the totals of a sheet
that has a condition on what people are broken down by. A breakdown is told only for the spans of
days that the rule names; its small cells are one class, the others are rounded. If the total
gives away that a hidden cell is not empty, the whole table is withheld.
"""

from datetime import date

import numpy as np
import pandas as pd

from ctanalysis.disclosure.protected import released
from ctanalysis.project.sheets import People, Share

TABLE = ["indicator", "horizon", "start", "end", "disaggregation"]


def protect(values, project):
    """The values that may be told.

    values: a frame as indicators.calculate returns it; complete tables with their totals.
    Returns Protected. Refused: an indicator that the project has not.
    """
    parts = [_of_sheet(rows, project, project.sheet(code)) for code, rows in values.groupby("indicator", sort=False)]
    return released(pd.concat(parts, ignore_index=True) if parts else values.copy())


def _of_sheet(rows, project, sheet):
    rule = project.rule(sheet)
    if not rule.protects:
        return rows
    cells = rows.assign(
        told=_told(rows, project, rule),
        narrow=_narrow(rows, project, sheet),
    )
    told = _ratios(cells, rule, sheet) if sheet.is_ratio else _plain(cells, rule)
    return told[list(rows.columns)]


def _narrow(rows, project, sheet):
    """Which rows are part of a breakdown."""
    return (rows["disaggregation"] != "total") | _conditioned(project, sheet)


def _conditioned(project, sheet):
    """Whether a sheet's own conditions cut out a group by which people are broken down."""
    fields = {
        name for other in project.sheets if isinstance(other.calculation, People)
        for way in other.disaggregations for name in way
    }
    return bool(fields & set(sheet.calculation.where))


def _told(rows, project, rule):
    """Which rows are of a span of days for which their breakdown is told."""
    allowed = {1: set(rule.one_way), 2: set(rule.two_way)}
    tables = list(zip(rows["start"], rows["end"], rows["disaggregation"].str.count(" × ") + 1))
    told = {
        (start, end, ways): bool(allowed[ways] & {"any", *project.calendar.span(date.fromisoformat(start), date.fromisoformat(end))})
        for start, end, ways in set(tables)
    }
    return np.array([told[table] for table in tables], bool)


def _plain(cells, rule):
    """Values of counts, sums, people and levels."""
    number = _cell(cells["value"], cells, rule)
    safe = _table_is_safe(cells, number, cells["value"], rule)
    return _stated(cells, rule, number.where(safe), number.isna() & safe)


def _ratios(cells, rule, sheet):
    """Shares and means: from the released numerator and denominator, or withheld.

    The numerator is part of a breakdown even in a total. A share of nearly all is one of nearly
    none of the rest, so the rest must be large enough as well.
    """
    denominator = _cell(cells["denominator"], cells, rule)
    numerator = _cell(cells["numerator"], cells.assign(narrow=True), rule)
    rest = denominator - numerator if sheet.measure == "share" else denominator
    safe = _table_is_safe(cells, denominator, cells["denominator"], rule)
    sure = _moved(numerator, denominator, cells["narrow"], rule) <= rule.share_within / 100
    both = numerator.notna() & denominator.notna() & (rest >= rule.fewer_than) & safe
    both &= sure if sheet.measure == "share" else True
    shown = cells.assign(numerator=numerator.where(both), denominator=denominator.where(safe))
    ratio = numerator / denominator.where(denominator != 0)
    told = _stated(shown, rule, ratio.where(both), denominator.isna() & safe)
    return told.assign(status=told["status"].replace("exact", "rounded"))


def _moved(numerator, denominator, narrow, rule):
    """How far the true share can be from that of the rounded numbers, at the most."""
    half = (rule.round_to - 1) // 2
    slack = np.where(narrow, half, 0)
    share = numerator / denominator.where(denominator != 0)
    highest, lowest = (numerator + half) / (denominator - slack), (numerator - half) / (denominator + slack)
    return np.maximum(highest - share, share - lowest)


def _cell(numbers, cells, rule):
    """A number as the rule prints it; NaN where it is one of the small ones or not told at all."""
    rounded = np.floor(numbers / rule.round_to + 0.5) * rule.round_to
    part = rounded.where(numbers >= rule.fewer_than)
    return part.where(cells["narrow"], numbers).where(~cells["narrow"] | cells["told"])


def _table_is_safe(cells, shown, true, rule):
    """Whether a reader with the exact total still has to allow that any hidden cell is 0.

    A reader knows of each rounded cell the range from which it was rounded, and of each hidden
    cell that it is below `fewer_than`; a hidden cell is then at least the total less all the
    others at their largest.
    """
    part = cells["narrow"] & (cells["disaggregation"] != "total")
    hidden = part & shown.isna()
    largest = shown.where(part, 0).fillna(rule.fewer_than - 1) + np.where(part & shown.notna(), (rule.round_to - 1) // 2, 0)
    keys = [cells[name] for name in TABLE]
    others = largest.where(part, 0).groupby(keys).transform("sum") - (rule.fewer_than - 1)
    window = [cells[name] for name in TABLE[:-1]]
    total = true.where(cells["disaggregation"] == "total").groupby(window).transform("max")
    gives_away = (total - others >= 1) & hidden.groupby(keys).transform("any")
    return ~(part & gives_away)


def _stated(cells, rule, value, hidden):
    """The rows with the values that may be told and the status of each; the first reason that holds is told."""
    narrow = cells["narrow"]
    reasons = [
        ("not applicable", cells["status"] == "not applicable"),
        ("withheld", narrow & ~cells["told"]),
        (f"fewer than {rule.fewer_than}", narrow & hidden),
        ("no data", ~narrow & (cells["status"] == "no data")),
        ("withheld", value.isna()),
        ("rounded", narrow),
    ]
    status = np.select([holds for _, holds in reasons], [reason for reason, _ in reasons], "exact")
    return cells.assign(
        value=value, status=status, numerator=cells["numerator"].where(value.notna()),
        denominator=cells["denominator"].where(value.notna()),
    )
