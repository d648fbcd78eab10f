"""protect(values) -> Protected: what the policy's rules do to exact values.

A cell is a total or part of a breakdown. Totals are exact. Part of a breakdown are the values by
category, the numerators of shares (they are a group within a group), and the totals of a sheet
that has a condition on what people are broken down by, unless the policy calls it a contract
figure. A breakdown is told only for the spans of days that the rule names; its small cells are
one class, the others are rounded. A table is withheld whole where its total gives away that a
hidden cell is not empty, or where the auditor finds that all tables together do (see deciding).
Days that are no whole quarters make a total part of a breakdown, too.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Mask
from ctanalysis.disclosure.deciding import KEY, decided
from ctanalysis.disclosure.protected import Protected, released
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.sheets import Sheet

WINDOW = ["indicator", "horizon", "start", "end"]
TABLE = [*WINDOW, "disaggregation"]


def protect(
    values: pd.DataFrame,
    project: Project,
    history: pd.DataFrame | None = None,
    before: Sequence[pd.DataFrame] = (),
) -> Protected:
    """The values that may be told.

    values: a frame as indicators.with_people returns it; complete tables with their totals.
    history: the same for every span of days that is told up to the last day of values; without it
    no breakdown of an audited class is told. before: frames of printed cells that were published
    before, in their order. Returns Protected. Refused: an indicator that the project has not;
    NotAudited.
    """
    history = values.iloc[:0] if history is None else history
    told = _each(values, project)
    tables = decided(_each(history, project), project, before, conditioned(project))
    audited = (
        told["indicator"]
        .map({sheet.code: project.disclosure_rule(sheet).audited for sheet in project.sheets})
        .astype(bool)
    )
    known = np.array([key in tables for key in zip(*(told[name] for name in KEY), strict=True)], bool)
    withheld = audited & told["narrow"] & ~known & ~told["status"].isin(["not applicable", "no data"])
    told = _emptied(told, withheld).assign(status=told["status"].mask(withheld, "withheld"))
    return released(told[[name for name in values.columns if name != "people"]])


def _each(values: pd.DataFrame, project: Project) -> pd.DataFrame:
    """Every value as its table by itself may be told, in the order of the values."""
    parts = [
        _of_sheet(rows, project, project.sheet(str(code))) for code, rows in values.groupby("indicator", sort=False)
    ]
    return pd.concat(parts, ignore_index=True) if parts else values.assign(narrow=False, told=False)


def _of_sheet(rows: pd.DataFrame, project: Project, sheet: Sheet) -> pd.DataFrame:
    rule = project.disclosure_rule(sheet)
    return _alone(rows, project, sheet, rule) if rule.protects else rows.assign(narrow=False, told=False)


def _alone(rows: pd.DataFrame, project: Project, sheet: Sheet, rule: DisclosureRule) -> pd.DataFrame:
    """The rows as each table by itself may be told, with what the gate knows of each."""
    narrowed, things = _is_conditioned(project, sheet), project.counts_things(sheet)
    cells = rows.assign(
        told=_told(rows, project, rule, narrowed),
        narrow=(rows["disaggregation"] != "total") | narrowed | ~_whole(rows, project, sheet),
        size=_size(rows, sheet, things),
        hidden_most=np.inf if things else rule.fewer_than - 1,
        small=f"fewer than {rule.fewer_than}" + (" people" if things else ""),
    )
    return _ratios(cells, rule, sheet) if sheet.is_ratio else _plain(cells, rule)


def _size(rows: pd.DataFrame, sheet: Sheet, things: bool) -> pd.Series | float:
    """What makes a cell small: how many people stand behind it where that is known, else its own number."""
    if things:
        return rows.get("people", np.nan)
    return rows["denominator"] if sheet.is_ratio else rows["value"]


def conditioned(project: Project) -> list[str]:
    """The codes of the sheets whose total is itself part of a breakdown."""
    return [sheet.code for sheet in project.sheets if _is_conditioned(project, sheet)]


def _is_conditioned(project: Project, sheet: Sheet) -> bool:
    """Whether a sheet's own conditions cut out a group by which tables of its class are broken down."""
    rule = project.disclosure_rule(sheet)
    fields = {
        name
        for other in project.sheets
        if project.disclosure_rule(other) == rule
        for way in other.disaggregations
        for name in (part.removesuffix(COARSE) for part in way)
    }
    return (
        bool(fields & {name.removesuffix(COARSE) for name in sheet.calculation.where})
        and sheet.code not in rule.contract_figures
    )


def _spans(rows: pd.DataFrame, project: Project) -> list[frozenset[str]]:
    """Which whole spans of days each row is of."""
    found = {
        days: project.calendar.whole_spans(*map(date.fromisoformat, days))
        for days in set(zip(rows["start"], rows["end"], strict=True))
    }
    return [found[days] for days in zip(rows["start"], rows["end"], strict=True)]


def _whole(rows: pd.DataFrame, project: Project, sheet: Sheet) -> Mask:
    """Which rows are of whole quarters, or end on a day for which a figure was published."""
    published = {(project.facts.start, figure.as_of) for figure in project.published if figure.indicator == sheet.code}

    def whole(start: date, end: date) -> bool:
        return project.calendar.is_whole(start, end, sheet.valid_from) or (start, end) in published

    days = [tuple(map(date.fromisoformat, pair)) for pair in zip(rows["start"], rows["end"], strict=True)]
    return np.array([whole(*pair) for pair in days], bool)


def _told(rows: pd.DataFrame, project: Project, rule: DisclosureRule, narrowed: bool) -> Mask:
    """Which rows are of a span of days for which the rule shows their breakdown.

    narrowed: the sheet has a condition on a field of breakdowns, so that by one field is by two.
    """
    allowed = {False: {*rule.one_way}, True: {*rule.two_way}}
    crossed = rows["disaggregation"].str.contains(" × ", regex=False) | (narrowed & (rows["disaggregation"] != "total"))
    fine = {way: _is_fine(way, rows, rule) for way in set(rows["disaggregation"])}
    return np.array(
        [
            bool(allowed[two] & {"any", *spans}) and not (two and fine[way])
            for two, way, spans in zip(crossed, rows["disaggregation"], _spans(rows, project), strict=True)
        ],
        bool,
    )


def _is_fine(way: str, rows: pd.DataFrame, rule: DisclosureRule) -> bool:
    """Whether one of two things at once has more categories than the policy allows; "not recorded" is none."""
    labels = set(rows.loc[rows["disaggregation"] == way, "category"])
    things = zip(*(label.split(" × ") for label in labels), strict=True)
    return any(len({*thing} - {"not recorded"}) > rule.two_way_categories for thing in things)


def _plain(cells: pd.DataFrame, rule: DisclosureRule) -> pd.DataFrame:
    """Values of counts, sums, people and levels."""
    number = _cell(cells["value"], cells["size"], cells, rule)
    safe = _table_is_safe(cells, number, cells["value"], rule)
    return _stated(cells, number.where(safe), number.isna() & safe & cells["size"].notna())


def _ratios(cells: pd.DataFrame, rule: DisclosureRule, sheet: Sheet) -> pd.DataFrame:
    """Shares and means: from the released numerator and denominator, or withheld.

    The numerator is part of a breakdown even in a total, so a share is told where a breakdown is. A
    share of nearly all is one of nearly none of the rest, so the rest must be large enough as well.
    """
    denominator = _cell(cells["denominator"], cells["size"], cells, rule)
    numerator = _cell(
        cells["numerator"], pd.Series(np.minimum(cells["numerator"], cells["size"])), cells.assign(narrow=True), rule
    )
    safe = _table_is_safe(cells, denominator, cells["denominator"], rule)
    both = numerator.notna() & denominator.notna() & safe
    if sheet.measure == "share":
        both &= cells["told"] & (denominator - numerator >= rule.fewer_than)
        both &= _moved(numerator, denominator, cells["narrow"], rule) <= rule.share_within / 100
    shown = cells.assign(numerator=numerator, denominator=denominator)
    ratio = numerator / denominator.where(denominator != 0)
    small = denominator.isna() & safe & cells["size"].notna()
    both &= ~(~both & ~small & _part_of(cells)).groupby([cells[name] for name in TABLE]).transform(
        "any"
    )  # one that is withheld says that it is far from the middle
    told = _stated(shown, ratio.where(both), small)
    return told.assign(
        status=told["status"].replace("exact", "rounded"), narrow=told["narrow"] | (sheet.measure == "share")
    )


def _moved(numerator: pd.Series, denominator: pd.Series, narrow: pd.Series, rule: DisclosureRule) -> pd.Series:
    """How far the true share can be from that of the rounded numbers, at the most."""
    half = (rule.round_to - 1) // 2
    slack = np.where(narrow, half, 0)
    share = numerator / denominator.where(denominator != 0)
    highest, lowest = (numerator + half) / (denominator - slack), (numerator - half) / (denominator + slack)
    return pd.Series(np.maximum(highest - share, share - lowest))


def _cell(numbers: pd.Series, size: pd.Series, cells: pd.DataFrame, rule: DisclosureRule) -> pd.Series:
    """A number as the rule prints it; NaN where its size is one of the small ones, or it is not told at all."""
    rounded: pd.Series = np.floor(numbers / rule.round_to + 0.5) * rule.round_to
    part = rounded.where(size >= rule.fewer_than)
    return part.where(cells["narrow"], numbers).where(~cells["narrow"] | cells["told"])


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
    all_hidden, one_told = (
        (count - 1) * cells["hidden_most"],
        (rule.fewer_than + (rule.round_to - 1) // 2) + (count - 2) * cells["hidden_most"],
    )
    tells = (total > all_hidden) & (total <= one_told)
    return ~(part & (((hidden > 0) & ((total - others >= 1) | total.isna())) | tells))


def _stated(cells: pd.DataFrame, value: pd.Series, hidden: pd.Series) -> pd.DataFrame:
    """The rows with the values that may be told and the status of each; the first reason that holds is told."""
    narrow = cells["narrow"]
    reasons: list[tuple[Any, pd.Series]] = [  # a status, or one for each row
        ("not applicable", cells["status"] == "not applicable"),
        ("withheld", narrow & ~cells["told"]),
        (cells["small"], narrow & hidden),
        ("no data", ~narrow & (cells["status"] == "no data")),
        ("withheld", value.isna()),
        ("rounded", narrow),
    ]
    status = np.select([holds for _, holds in reasons], [reason for reason, _ in reasons], "exact")
    return _emptied(cells.assign(value=value, status=status), value.isna())


def _emptied(cells: pd.DataFrame, gone: pd.Series) -> pd.DataFrame:
    """The rows without any number where `gone`."""
    return cells.assign(**{name: cells[name].where(~gone) for name in ("value", "numerator", "denominator")})
