"""What a rule does to one table by itself: small cells are one class, the others are rounded.

A table is withheld whole where its total gives away that a hidden cell is not empty. The numerator
of a share is part of a breakdown: it is a group within a group.
"""

from typing import Any

import numpy as np
import pandas as pd

from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.sheets import Sheet

WINDOW = ["indicator", "horizon", "start", "end"]
TABLE = [*WINDOW, "disaggregation"]


def rounded(cells: pd.DataFrame, rule: DisclosureRule, sheet: Sheet) -> pd.DataFrame:
    """The cells of a sheet with the value that may be published and the status of each.

    cells: rows of indicators.with_people, with narrow (part of a breakdown), allowed (the policy shows
    it), size (the number that makes it small), hidden_most (the most that a hidden one can be) and
    small (the status of a small one).
    """
    return _ratios(cells, rule, sheet) if sheet.is_ratio else _plain(cells, rule)


def _plain(cells: pd.DataFrame, rule: DisclosureRule) -> pd.DataFrame:
    """Values of counts, sums, people and levels."""
    number = _cell(cells["value"], cells["size"], cells, rule)
    safe = _table_is_safe(cells, number, cells["value"], rule)
    return _stated(cells, number.where(safe), number.isna() & safe & cells["size"].notna())


def _ratios(cells: pd.DataFrame, rule: DisclosureRule, sheet: Sheet) -> pd.DataFrame:
    """Shares and means: from the released numerator and denominator, or withheld.

    The numerator is part of a breakdown even in a total, so a share is shown where a breakdown is. A
    share of nearly all is one of nearly none of the rest, so the rest must be large enough as well.
    """
    denominator = _cell(cells["denominator"], cells["size"], cells, rule)
    numerator = _cell(
        cells["numerator"], pd.Series(np.minimum(cells["numerator"], cells["size"])), cells.assign(narrow=True), rule
    )
    safe = _table_is_safe(cells, denominator, cells["denominator"], rule)
    both = numerator.notna() & denominator.notna() & safe
    if sheet.measure == "share":
        both &= cells["allowed"] & (denominator - numerator >= rule.fewer_than)
        both &= _moved(numerator, denominator, cells["narrow"], rule) <= rule.share_within / 100
    shown = cells.assign(numerator=numerator, denominator=denominator)
    ratio = numerator / denominator.where(denominator != 0)
    small = denominator.isna() & safe & cells["size"].notna()
    withheld = ~both & ~small & _part_of(cells)  # one by itself would say that it is far from the middle
    both &= ~withheld.groupby([cells[name] for name in TABLE]).transform("any")
    stated = _stated(shown, ratio.where(both), small)
    return stated.assign(
        status=stated["status"].replace("exact", "rounded"), narrow=stated["narrow"] | (sheet.measure == "share")
    )


def _moved(numerator: pd.Series, denominator: pd.Series, narrow: pd.Series, rule: DisclosureRule) -> pd.Series:
    """How far the true share can be from that of the rounded numbers, at the most."""
    half = (rule.round_to - 1) // 2
    slack = np.where(narrow, half, 0)
    share = numerator / denominator.where(denominator != 0)
    highest, lowest = (numerator + half) / (denominator - slack), (numerator - half) / (denominator + slack)
    return pd.Series(np.maximum(highest - share, share - lowest))


def _cell(numbers: pd.Series, size: pd.Series, cells: pd.DataFrame, rule: DisclosureRule) -> pd.Series:
    """A number as the rule prints it; NaN where its size is one of the small ones, or it is not shown."""
    multiples: pd.Series = np.floor(numbers / rule.round_to + 0.5) * rule.round_to
    part = multiples.where(size >= rule.fewer_than)
    return part.where(cells["narrow"], numbers).where(~cells["narrow"] | cells["allowed"])


def _part_of(cells: pd.DataFrame) -> pd.Series:
    """Which cells are those of a breakdown's categories."""
    return cells["narrow"] & (cells["disaggregation"] != "total")


def _table_is_safe(cells: pd.DataFrame, shown: pd.Series, true: pd.Series, rule: DisclosureRule) -> pd.Series:
    """Whether a reader with the exact total still has to allow that any hidden cell is 0.

    A reader knows of each rounded cell the range from which it was rounded, and of each hidden
    cell how large it is at the most; a hidden cell is then at least the total less all the others
    at their largest. A table without its total is not safe. Where only a table all of whose cells
    are hidden could be withheld, that it is withheld would say so; then all of them are.
    """
    part = _part_of(cells)
    tables, windows = ([cells[name] for name in names] for names in (TABLE, WINDOW))
    largest = (shown + (rule.round_to - 1) // 2).where(part, 0).fillna(0).groupby(tables).transform("sum")
    hidden = (part & shown.isna()).groupby(tables).transform("sum")
    others = largest + np.where(hidden > 1, (hidden - 1) * cells["hidden_most"], 0)
    total = true.where(cells["disaggregation"] == "total").groupby(windows).transform("max")
    count = part.groupby(tables).transform("sum")
    all_hidden = (count - 1) * cells["hidden_most"]
    one_shown = (rule.fewer_than + (rule.round_to - 1) // 2) + (count - 2) * cells["hidden_most"]
    tells = (total > all_hidden) & (total <= one_shown)
    return ~(part & (((hidden > 0) & ((total - others >= 1) | total.isna())) | tells))


def _stated(cells: pd.DataFrame, value: pd.Series, hidden: pd.Series) -> pd.DataFrame:
    """The rows with the values that may be published; the status of each is the first for which there is a reason."""
    narrow = cells["narrow"]
    reasons: list[tuple[Any, pd.Series]] = [  # a status, or one for each row
        ("not applicable", cells["status"] == "not applicable"),
        ("withheld", narrow & ~cells["allowed"]),
        (cells["small"], narrow & hidden),
        ("no data", ~narrow & (cells["status"] == "no data")),
        ("withheld", value.isna()),
        ("rounded", narrow),
    ]
    status = np.select([holds for _, holds in reasons], [reason for reason, _ in reasons], "exact")
    return emptied(cells.assign(value=value, status=status), value.isna())


def emptied(cells: pd.DataFrame, gone: pd.Series) -> pd.DataFrame:
    """The rows without any number where `gone`."""
    return cells.assign(**{name: cells[name].where(~gone) for name in ("value", "numerator", "denominator")})
