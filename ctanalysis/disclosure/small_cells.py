"""What the policy's rules do to each table by itself: small cells are one class, the others are rounded.

A table is withheld whole where its total gives away that a hidden cell is not empty. The numerator
of a share is part of a breakdown: it is a group within a group.

Who is not recorded shares no trait, so they are set aside before a table is split: their number is told as it is, of a
share nothing is, and neither decides on what is told of the others.

A gain of people is the difference of two shares as each of them is told, so that it tells nothing beside them. How many
got better, stayed and got worse is told where none of the four groups of before and after is small, else nothing of it
is: whoever has the two shares must then still allow that it is the group of those who got worse that is empty.
"""

from typing import Any

import numpy as np
import pandas as pd

from ctanalysis.disclosure.protected import UNTOLD, WITHHELD
from ctanalysis.project.row_calculations import CHANGE

WINDOW = ["indicator", "horizon", "start", "end"]
TABLE = [*WINDOW, "disaggregation"]
A_PAIR = 2  # of categories


def rounded(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with the value that may be published and the status of each; of ratios without those not recorded.

    cells: rows of indicators.with_people, with the numbers of their table and window (rows that are alike in TABLE,
    and in WINDOW), narrow (part of a breakdown), aside (not recorded), allowed (the policy shows it), size (the number
    that makes it small), hidden_most (the most that a hidden one can be), small (the status of a small one), is_ratio,
    is_share and is_gain (what the sheet measures; of a gain, the columns indicators.measures.PAIRS), and the rule's
    fewer_than, round_to and share_within.
    """
    ratios, gains = cells["is_ratio"], cells["is_gain"]
    parts = [(_plain, cells[~ratios]), (_ratios, cells[ratios & ~gains]), (_gains, cells[gains])]
    return pd.concat([cells.iloc[:0], *(as_printed(rows) for as_printed, rows in parts if len(rows))]).sort_index()


def _plain(cells: pd.DataFrame) -> pd.DataFrame:
    """Values of counts, sums, people and levels."""
    aside = cells["aside"]
    number = _cell(cells["value"], cells["size"], cells).mask(aside, cells["value"].where(cells["allowed"]))
    safe = _table_is_safe(cells, number, cells["value"])
    return _stated(cells, number.where(safe), number.isna() & ~aside & safe & cells["size"].notna())


def _ratios(cells: pd.DataFrame) -> pd.DataFrame:
    """Shares and means: from the released numerator and denominator, or withheld.

    The numerator is part of a breakdown even in a total, so a share is shown where a breakdown is. A
    share of nearly all is one of nearly none of the rest, so the rest must be large enough as well.
    Where none is shown, it is withheld of nothing, too: "no data" would say that nobody is behind it.
    """
    denominator = _cell(cells["denominator"], cells["size"], cells)
    fewer = pd.Series(np.minimum(cells["numerator"], cells["size"]))
    numerator = _cell(cells["numerator"], fewer, cells.assign(narrow=True))
    safe = _table_is_safe(cells, denominator, cells["denominator"])
    both = numerator.notna() & denominator.notna() & safe & (~cells["is_share"] | _share(numerator, denominator, cells))
    narrow = cells["narrow"] | ~cells["allowed"]
    shown = cells.assign(numerator=numerator, denominator=denominator, narrow=narrow)
    ratio = numerator / denominator.where(denominator != 0)
    small = denominator.isna() & safe & cells["size"].notna()
    withheld = ~both & ~small & _part_of(cells)  # one by itself would say that it is far from the middle
    both &= ~withheld.groupby(cells["table"]).transform("any")
    stated = _stated(shown, ratio.where(both), small)[~cells["aside"]]  # they share no trait of which to tell a ratio
    return stated.assign(
        status=stated["status"].replace("exact", "rounded"), narrow=stated["narrow"] | stated["is_share"]
    )


def _gains(cells: pd.DataFrame) -> pd.DataFrame:
    """Gains in percentage points, the share after less the share before where both may be told; and who changed."""
    beside = cells["disaggregation"] == CHANGE
    shares = cells[~beside].assign(is_share=True)
    before, after = (_ratios(shares.assign(numerator=shares[part])) for part in ("before", "after"))
    points = 100 * (after["numerator"] - before["numerator"])
    status = before["status"].where(before["status"] != "rounded", after["status"])
    told = before.assign(numerator=points, value=points / before["denominator"].where(before["denominator"] != 0))
    told = emptied(told.assign(status=status), status != "rounded")
    of_all = told.loc[(told["disaggregation"] == "total") & (told["status"] == "rounded"), "window"]
    return pd.concat([told, _changes(cells[beside], of_all)])


def _changes(cells: pd.DataFrame, told: pd.Series) -> pd.DataFrame:
    """How many got better, stayed and got worse; all of it or nothing. told: the windows whose gain is told."""
    groups = [
        cells["better"],
        cells["worse"],
        cells["after"] - cells["better"],  # yes both times
        cells["pairs"] - cells["before"] - cells["better"],  # no both times
    ]
    safe = (np.minimum.reduce(groups) >= cells["fewer_than"]) & cells["window"].isin(told)
    number = np.floor(cells["value"] / cells["round_to"] + 0.5) * cells["round_to"]
    return _stated(cells, number.where(safe & cells["allowed"]), pd.Series(False, cells.index))


def _share(numerator: pd.Series, denominator: pd.Series, cells: pd.DataFrame) -> pd.Series:
    """Which shares may be shown: the rest is large enough, and rounding has not moved them far."""
    rest = cells["denominator"] - cells["numerator"] >= cells["fewer_than"]  # the true one, as of those in it
    return cells["allowed"] & rest & _is_near(numerator, denominator, cells)


def _is_near(numerator: pd.Series, denominator: pd.Series, cells: pd.DataFrame) -> pd.Series:
    """Whether the true share is within so many percentage points of that of the rounded numbers, at the most.

    The share of n of d can be highest as (n + half) of (d - slack), and then by (half d + slack n) / (d - slack) d;
    it can be less too low. In whole numbers, for 0.8 - 0.75 is more than 0.05 in those of a computer.
    """
    half = _half(cells)
    slack = half.where(cells["narrow"], 0)
    least = denominator - slack
    moved = 100 * (half * denominator + slack * numerator)
    return (least > 0) & (moved <= cells["share_within"] * least * denominator)


def _half(cells: pd.DataFrame) -> pd.Series:
    """How much larger a number can be than it is printed."""
    return (cells["round_to"] - 1) // 2


def _cell(numbers: pd.Series, size: pd.Series, cells: pd.DataFrame) -> pd.Series:
    """A number as the rule prints it; NaN where its size is one of the small ones, or it is not shown."""
    multiples: pd.Series = np.floor(numbers / cells["round_to"] + 0.5) * cells["round_to"]
    part = multiples.where(size >= cells["fewer_than"])
    return part.where(cells["narrow"], numbers).where(~cells["narrow"] | cells["allowed"])


def _part_of(cells: pd.DataFrame) -> pd.Series:
    """Which cells are those of a breakdown's categories, of people who share a trait."""
    return cells["narrow"] & (cells["disaggregation"] != "total") & ~cells["aside"]


def _table_is_safe(cells: pd.DataFrame, shown: pd.Series, true: pd.Series) -> pd.Series:
    """Whether a reader with the exact total still has to allow that any hidden cell is 0.

    A reader knows of each rounded cell the range from which it was rounded, and of each hidden
    cell how large it is at the most; a hidden cell is then at least the total less all the others
    at their largest. A table without its total is not safe. Where only a table all of whose cells
    are hidden could be withheld, that it is withheld would say so; then all of them are. So is every
    table of two categories one of which is hidden: else "withheld" would say that it is not empty.
    """
    part = _part_of(cells)
    tables, windows = cells["table"], cells["window"]
    largest = (shown + _half(cells)).where(part, 0).fillna(0).groupby(tables).transform("sum")
    hidden = (part & shown.isna()).groupby(tables).transform("sum")
    others = largest + np.where(hidden > 1, (hidden - 1) * cells["hidden_most"], 0)
    total = true.where(cells["disaggregation"] == "total").groupby(windows).transform("max")
    total -= true.where(cells["aside"], 0).groupby(tables).transform("sum")
    count = part.groupby(tables).transform("sum")
    all_hidden = (count - 1) * cells["hidden_most"]
    one_shown = (cells["fewer_than"] + _half(cells)) + (count - 2) * cells["hidden_most"]
    tells = (total > all_hidden) & ((total <= one_shown) | ((count == A_PAIR) & (hidden > 0)))
    return ~(part & (((hidden > 0) & ((total - others >= 1) | total.isna())) | tells))


def _stated(cells: pd.DataFrame, value: pd.Series, hidden: pd.Series) -> pd.DataFrame:
    """The rows with the values that may be published; the status of each is the first for which there is a reason."""
    narrow = cells["narrow"]
    reasons: list[tuple[Any, pd.Series]] = [  # a status, or one for each row
        ("not applicable", cells["status"] == "not applicable"),
        ("not this fine", cells["status"] == "not this fine"),
        ("not received", cells["status"] == "not received"),
        (UNTOLD, narrow & ~cells["allowed"]),
        (cells["small"], narrow & hidden),
        ("no data", ~narrow & (cells["status"] == "no data")),
        (UNTOLD, cells["is_ratio"] & ~cells["allowed"]),
        (WITHHELD, value.isna()),
        ("exact", cells["aside"]),
        ("rounded", narrow),
    ]
    status = np.select([holds for _, holds in reasons], [reason for reason, _ in reasons], "exact")
    return emptied(cells.assign(value=value, status=status), value.isna())


def emptied(cells: pd.DataFrame, gone: pd.Series) -> pd.DataFrame:
    """The rows without any number where `gone`."""
    return cells.assign(**{name: cells[name].where(~gone) for name in ("value", "numerator", "denominator")})
