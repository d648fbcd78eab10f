"""protect(values) -> Protected: what the policy's rules do to exact values.

A cell is a total or part of a breakdown (see breakdowns). Totals are exact. A breakdown is published
only for the spans of days that the rule names; its small cells are one class, the others are rounded
(see small_cells). A table is withheld whole where its total gives away that a hidden cell is not empty,
or where the auditor finds that all tables together do (see withholding).
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import pandas as pd

from ctanalysis.disclosure.breakdowns import allowed, conditioned, narrow
from ctanalysis.disclosure.ledger import CELL
from ctanalysis.disclosure.protected import Protected, released
from ctanalysis.disclosure.small_cells import TABLE, WINDOW, emptied, rounded
from ctanalysis.disclosure.waiting.cells import NOT_RECORDED, prints
from ctanalysis.disclosure.withholding import KEY, decided
from ctanalysis.indicators.values import NO_NUMBER
from ctanalysis.project import Project
from ctanalysis.project.sheets import Sheet


def protect(
    values: pd.DataFrame,
    project: Project,
    history: pd.DataFrame | None = None,
    before: Sequence[pd.DataFrame] = (),
) -> Protected:
    """The values that may be published.

    values: a frame as indicators.with_people returns it, of complete tables with their totals.
    history: the same for every span of days that is published up to the last day of values; without
    it no breakdown of an audited class is published. before: frames of printed cells that were
    published before, in their order. Returns Protected, with the columns of values but people.
    Refused: an indicator that the project has not; NotAudited.
    """
    history = values.iloc[:0] if history is None else history
    groups = conditioned(project)
    cells = _each(values, project, groups)
    tables = decided(_each(history, project, groups), project, before, groups)
    rules = {sheet.code: project.disclosure_rule(sheet).audited for sheet in project.sheets}
    audited = cells["indicator"].map(rules).astype(bool)
    safe = np.array([key in tables for key in zip(*(cells[name] for name in KEY), strict=True)], bool)
    withheld = audited & cells["narrow"] & ~safe & ~cells["status"].isin(NO_NUMBER)
    cells = emptied(cells, withheld).assign(status=cells["status"].mask(withheld, "withheld"))
    cells = _waited(cells, history, project)
    return released(_without_counts(cells, project)[[name for name in values.columns if name != "people"]])


def _waited(cells: pd.DataFrame, history: pd.DataFrame, project: Project) -> pd.DataFrame:
    """With what the waiting rule tells of the breakdowns of classes that have it (see waiting); they have no others."""
    if not any(rule.breakdowns for rule in project.policy.rules.values()):
        return cells
    told = prints(history, project)
    rules = {sheet.code: project.disclosure_rule(sheet) for sheet in project.sheets}
    values, states = cells["value"].tolist(), cells["status"].tolist()
    for place, key in enumerate(zip(*(cells[name] for name in CELL), strict=True)):
        if key in told and states[place] not in NO_NUMBER:
            one, rule = told[key], rules[key[0]]
            values[place] = np.nan if one.value is None else float(one.value)
            number = "exact" if key[-1] == NOT_RECORDED else "rounded"
            states[place] = number if one.value is not None else one.in_words(rule.fewer_than)
    return cells.assign(value=pd.Series(values, cells.index, float), status=states)


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
    open_cells = cells[~protects].assign(narrow=False, allowed=False)
    return pd.concat([open_cells[columns], rounded(cells[protects])[columns]]).sort_index()


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
        size=own.where(~cells["things"], values.get("people", np.nan)),
    )


def _rules(codes: Iterable[str], project: Project) -> pd.DataFrame:
    """By indicator, what is known of all its cells.

    Columns: protects (its rule hides or rounds anything), things (people stand behind its numbers, which are of
    something else), is_ratio, is_share, the rule's fewer_than, round_to and share_within, hidden_most (the most
    that a hidden number can be), small (the status of a small one).
    """
    return pd.DataFrame({code: _rule(project.sheet(code), project) for code in codes}).T.infer_objects()


def _rule(sheet: Sheet, project: Project) -> dict[str, bool | float | str]:
    rule, things = project.disclosure_rule(sheet), project.counts_things(sheet)
    return {
        "protects": rule.protects,
        "things": things,
        "is_ratio": sheet.is_ratio,
        "is_share": sheet.measure == "share",
        "fewer_than": rule.fewer_than,
        "round_to": rule.round_to,
        "share_within": rule.share_within,
        "hidden_most": np.inf if things else rule.fewer_than - 1,
        "small": f"fewer than {rule.fewer_than}" + (" people" if things else ""),
    }
