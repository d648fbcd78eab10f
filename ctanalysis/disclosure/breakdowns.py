"""Which values are part of a breakdown, and for which days the policy shows a breakdown.

Part of a breakdown are the values by category, the totals of a sheet that has a condition on what
people are broken down by, unless the policy calls it a contract figure, and the totals of days that
are no whole quarters.
"""

from datetime import date

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Mask
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.sheets import Sheet


def narrow(rows: pd.DataFrame, project: Project, sheet: Sheet) -> pd.Series:
    """Which rows of a sheet are part of a breakdown."""
    return (rows["disaggregation"] != "total") | is_conditioned(project, sheet) | ~_whole(rows, project, sheet)


def conditioned(project: Project) -> list[str]:
    """The codes of the sheets whose total is itself part of a breakdown."""
    return [sheet.code for sheet in project.sheets if is_conditioned(project, sheet)]


def is_conditioned(project: Project, sheet: Sheet) -> bool:
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


def _whole(rows: pd.DataFrame, project: Project, sheet: Sheet) -> Mask:
    """Which rows are of whole quarters, or end on a day for which a figure was published."""
    published = {(project.facts.start, figure.as_of) for figure in project.published if figure.indicator == sheet.code}

    def whole(start: date, end: date) -> bool:
        return project.calendar.is_whole(start, end, sheet.valid_from) or (start, end) in published

    days = [tuple(map(date.fromisoformat, pair)) for pair in zip(rows["start"], rows["end"], strict=True)]
    return np.array([whole(*pair) for pair in days], bool)


def allowed(rows: pd.DataFrame, project: Project, rule: DisclosureRule, narrowed: bool) -> Mask:
    """Which rows are of a span of days for which the policy's rule shows their breakdown.

    narrowed: the sheet has a condition on a field of breakdowns, so that by one field is by two.
    """
    spans = {False: {*rule.one_way}, True: {*rule.two_way}}
    crossed = rows["disaggregation"].str.contains(" × ", regex=False) | (narrowed & (rows["disaggregation"] != "total"))
    fine = {way: _is_fine(way, rows, rule) for way in set(rows["disaggregation"])}
    return np.array(
        [
            bool(spans[two] & {"any", *days}) and not (two and fine[way])
            for two, way, days in zip(crossed, rows["disaggregation"], _spans(rows, project), strict=True)
        ],
        bool,
    )


def _is_fine(way: str, rows: pd.DataFrame, rule: DisclosureRule) -> bool:
    """Whether one of two things at once has more categories than the policy allows; "not recorded" is none."""
    labels = set(rows.loc[rows["disaggregation"] == way, "category"])
    things = zip(*(label.split(" × ") for label in labels), strict=True)
    return any(len({*thing} - {"not recorded"}) > rule.two_way_categories for thing in things)


def _spans(rows: pd.DataFrame, project: Project) -> list[frozenset[str]]:
    """Which whole spans of days each row is of."""
    named = {
        days: project.calendar.whole_spans(*map(date.fromisoformat, days))
        for days in set(zip(rows["start"], rows["end"], strict=True))
    }
    return [named[days] for days in zip(rows["start"], rows["end"], strict=True)]
