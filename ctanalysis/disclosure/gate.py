"""protect(values) -> Protected: what the policy's rules do to exact values.

A cell is a total or part of a breakdown (see breakdowns). Totals are exact. A breakdown is published
only for the spans of days that the rule names; its small cells are one class, the others are rounded
(see rounding). A table is withheld whole where its total gives away that a hidden cell is not empty,
or where the auditor finds that all tables together do (see withholding).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ctanalysis.disclosure.breakdowns import allowed, conditioned, is_conditioned, narrow
from ctanalysis.disclosure.protected import Protected, released
from ctanalysis.disclosure.small_cells import emptied, rounded
from ctanalysis.disclosure.withholding import KEY, decided
from ctanalysis.project import Project
from ctanalysis.project.policy import DisclosureRule
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
    cells = _each(values, project)
    tables = decided(_each(history, project), project, before, conditioned(project))
    rules = {sheet.code: project.disclosure_rule(sheet).audited for sheet in project.sheets}
    audited = cells["indicator"].map(rules).astype(bool)
    safe = np.array([key in tables for key in zip(*(cells[name] for name in KEY), strict=True)], bool)
    withheld = audited & cells["narrow"] & ~safe & ~cells["status"].isin(["not applicable", "no data"])
    cells = emptied(cells, withheld).assign(status=cells["status"].mask(withheld, "withheld"))
    return released(cells[[name for name in values.columns if name != "people"]])


def _each(values: pd.DataFrame, project: Project) -> pd.DataFrame:
    """Every value as its table by itself may be published, in the order of the values."""
    sheets = [(project.sheet(str(code)), rows) for code, rows in values.groupby("indicator", sort=False)]
    parts = [_of_sheet(rows, project, sheet) for sheet, rows in sheets]
    return pd.concat(parts, ignore_index=True) if parts else values.assign(narrow=False, allowed=False)


def _of_sheet(rows: pd.DataFrame, project: Project, sheet: Sheet) -> pd.DataFrame:
    rule = project.disclosure_rule(sheet)
    return _alone(rows, project, sheet, rule) if rule.protects else rows.assign(narrow=False, allowed=False)


def _alone(rows: pd.DataFrame, project: Project, sheet: Sheet, rule: DisclosureRule) -> pd.DataFrame:
    """The rows as each table by itself may be published, with what the gate knows of each."""
    things = project.counts_things(sheet)
    cells = rows.assign(
        allowed=allowed(rows, project, rule, is_conditioned(project, sheet)),
        narrow=narrow(rows, project, sheet),
        size=_size(rows, sheet, things),
        hidden_most=np.inf if things else rule.fewer_than - 1,
        small=f"fewer than {rule.fewer_than}" + (" people" if things else ""),
    )
    return rounded(cells, rule, sheet)


def _size(rows: pd.DataFrame, sheet: Sheet, things: bool) -> pd.Series | float:
    """What makes a cell small: how many people stand behind it where that is known, else its own number."""
    if things:
        return rows.get("people", np.nan)
    return rows["denominator"] if sheet.is_ratio else rows["value"]
