"""protect(values) -> Protected: what the policy's rules do to exact values.

A cell is a total or part of a breakdown (see breakdowns). Totals are exact. A breakdown is published
only for the spans of days that the rule names; its small cells are one class, the others are rounded
(see small_cells), and a table is withheld whole where its total gives away that a hidden cell is not empty.
Of an audited class a breakdown is told by the waiting rule (see waiting), or not at all.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from ctanalysis.disclosure import evidence, rates
from ctanalysis.disclosure.breakdowns import allowed, conditioned, narrow
from ctanalysis.disclosure.ledger import CELL, NOT_TOLD
from ctanalysis.disclosure.protected import Protected, released
from ctanalysis.disclosure.small_cells import TABLE, WINDOW, emptied, rounded
from ctanalysis.disclosure.waiting import Standing
from ctanalysis.disclosure.waiting.cells import RECORDED, Cell, Print, prints
from ctanalysis.disclosure.waiting.named import waiting
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.indicators.measures import PAIRS
from ctanalysis.indicators.values import NO_NUMBER, NOT_RECEIVED, NOT_THIS_FINE
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.sheets import Sheet

NOBODY: Standing = {}
EXACT_ONLY = ("people", *PAIRS)  # columns that the gate needs, and keeps
NO_RECORDS = ("not applicable", NOT_THIS_FINE, NOT_RECEIVED)  # where even what was told is not repeated


def protect(
    values: pd.DataFrame, project: Project, standing: Standing = NOBODY, before: Sequence[pd.DataFrame] = ()
) -> Protected:
    """The values that may be published.

    values: a frame as indicators.with_people returns it, of complete tables with their totals. standing: who stands in
    each breakdown that waits, at each node up to the last day of values (see waiting.at_nodes); of others nothing is
    told. before: frames of printed cells that were published before, in their order, from which breakdowns that have
    ended are told again. Evidence among the values is told last, and as disclosure.evidence has it. Returns Protected,
    with the columns of values but EXACT_ONLY, and of each breakdown that waits and is told the category "recorded".
    Refused: an indicator that the project has not.
    """
    beside, values = evidence.apart(values)
    cells = _each(rates.as_numbers(values, project), project, conditioned(project))
    cells = _waited(cells, _as_told(before, project) | prints(project, standing))
    cells = rates.as_rates(_without_counts(cells, project), project)
    if len(beside):
        cells = pd.concat([cells, evidence.told(beside, cells, project)], ignore_index=True)
    return released(cells[[name for name in values.columns if name not in EXACT_ONLY]])


def _waited(cells: pd.DataFrame, told: Mapping[Cell, Print]) -> pd.DataFrame:
    """The cells with what is told of those that wait, and the base of each breakdown behind its categories."""
    if not told:
        return cells
    last = cells[~cells.duplicated(TABLE, keep="last")]
    bases = last.assign(category=RECORDED)
    bases = bases[[key in told for key in _keys(bases)]]
    cells = pd.concat([cells, bases]).sort_index(kind="stable").reset_index(drop=True)
    silent = cells["status"].isin(NO_RECORDS).to_numpy(bool)
    found = {place: told[key] for place, key in enumerate(_keys(cells)) if key in told and not silent[place]}
    rows, given = [*found], [*found.values()]
    cells.loc[rows, "status"] = [one.status for one in given]
    cells.loc[rows, "numerator"] = np.nan
    cells.loc[rows, "value"] = [one.value for one in given]
    cells.loc[rows, "denominator"] = [one.denominator for one in given]
    return cells


def _keys(cells: pd.DataFrame) -> Iterable[Cell]:
    return zip(*(cells[name] for name in CELL), strict=True)


def _as_told(before: Sequence[pd.DataFrame], project: Project) -> dict[Cell, Print]:
    """What was told last of the cells of breakdowns that have ended."""
    ended = {(one.sheet, way) for one in waiting(project) if one.ended for way in (one.by, one.by.removesuffix(COARSE))}
    found: dict[Cell, Print] = {}
    for frame in before if ended else ():
        told = frame[~frame["status"].isin([*NOT_TOLD, *NO_NUMBER])]
        numbers = (told[name] for name in ("value", "status", "denominator"))
        cells = zip(_keys(told), *numbers, strict=True)
        found |= {key: Print(*printed) for key, *printed in cells if (key[0], key[3]) in ended}
    return found


def _without_counts(cells: pd.DataFrame, project: Project) -> pd.DataFrame:
    """The cells without their numbers of rows, but for tables that are about nobody."""
    about_nobody = [s.code for s in project.sheets if s.calculation.table in project.open_tables]
    told = cells["indicator"].isin(about_nobody)
    return cells.assign(**{name: cells[name].where(told) for name in ("rows", "lacking") if name in cells})


def _each(values: pd.DataFrame, project: Project, conditioned: Collection[str]) -> pd.DataFrame:
    """Every value as its table by itself may be published, in the order of the values.

    Returns the columns of values, narrow (part of a breakdown) and allowed (the policy shows it).
    """
    columns = [*values.columns, "narrow", "allowed"]
    if not len(values):
        return values.reindex(columns=columns, fill_value=False)
    cells = _tabled(values.reset_index(drop=True), project, conditioned)
    protects = cells["protects"]
    of_totals = cells["is_of_totals"]
    open_cells = cells[~protects | of_totals].assign(allowed=False)
    cut = open_cells["narrow"] & open_cells["is_of_totals"]
    silent = open_cells["status"].isin(NO_RECORDS)  # that there is nothing in a cell is hidden, as its number is
    told = emptied(open_cells.assign(status=open_cells["status"].mask(cut & ~silent, "withheld")), cut)
    return pd.concat([told.assign(narrow=cut)[columns], rounded(cells[protects & ~of_totals])[columns]]).sort_index()


def _tabled(values: pd.DataFrame, project: Project, conditioned: Collection[str]) -> pd.DataFrame:
    """The values with the columns that small_cells.rounded asks for, and those of _rules."""
    cells = values.join(_rules(values["indicator"].unique(), project), on="indicator")
    own = cells["denominator"].where(cells["is_ratio"], cells["value"])
    table = cells.groupby(TABLE, sort=False).ngroup()
    tables = cells[~table.duplicated()]  # one row of each table, in the order of their numbers
    return cells.assign(
        table=table,
        window=cells.groupby(WINDOW, sort=False).ngroup(),
        narrow=narrow(tables, project, conditioned)[table],
        allowed=allowed(tables, cells, project, conditioned)[table],
        aside=cells["category"] == NOT_RECORDED,
        size=own.where(~cells["things"], values.get("people", np.nan)),
    )


def _rules(codes: Iterable[str], project: Project) -> pd.DataFrame:
    """By indicator, what is known of all its cells.

    Columns: protects (its rule hides or rounds anything), is_of_totals (a ratio, of two that are told by themselves),
    things (people stand behind its numbers, which are of something else), is_ratio, is_share, is_gain, the rule's
    fewer_than, round_to and share_within, hidden_most (the most that a hidden number can be), small (the status of a
    small one).
    """
    return pd.DataFrame({code: _rule(project.sheet(code), project) for code in codes}).T.infer_objects()


def _rule(sheet: Sheet, project: Project) -> dict[str, bool | float | str]:
    rule, things = project.disclosure_rule(sheet), project.counts_things(sheet)
    of = " people" if things else rates.IN_NUMBER if sheet.measure == "rate" else ""
    return {
        "protects": rule.protects,
        "things": things,
        "is_ratio": sheet.is_ratio and sheet.measure != "rate",  # of which the number itself is here
        "is_of_totals": sheet.measure == "ratio",
        "is_share": sheet.measure == "share",
        "is_gain": sheet.measure == "gain",
        "fewer_than": rule.fewer_than,
        "round_to": rule.round_to,
        "share_within": rule.share_within,
        "hidden_most": np.inf if things else rule.fewer_than - 1,
        "small": f"fewer than {rule.fewer_than}{of}",
    }
