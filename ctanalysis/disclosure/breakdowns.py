"""Which values are part of a breakdown, and for which days the policy shows a breakdown.

Part of a breakdown are the values by category, the totals of a sheet that has a condition on what
people are broken down by, unless the policy calls it a contract figure, and the totals of days that
are no whole quarters. Of people counted in each period anew, whose totals of days that overlap say who
stayed, so are those of other days than fiscal years and the project to the end of a year: the quarters of a year say
how many of it were there in each, and how many came again.

Of days that are whole months and no whole quarters, the whole totals of people who are not audited are told (see
tells_months), and no breakdown: beside that of the quarter, what it leaves would be told as well.
"""

from collections.abc import Callable, Collection
from datetime import date

import numpy as np
import pandas as pd

from ctanalysis.base.arrays import Mask
from ctanalysis.disclosure.side_by_side import of_some_columns
from ctanalysis.project import Project
from ctanalysis.project.calculations import Rate, Ratio, Share
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import DisclosureRule
from ctanalysis.project.row_calculations import Gain
from ctanalysis.project.sheets import Sheet


def narrow(tables: pd.DataFrame, project: Project, conditioned: Collection[str]) -> Mask:
    """Which tables are part of a breakdown.

    tables: a frame with indicator, start, end (ISO days) and disaggregation. conditioned: as conditioned() gives it.
    """
    by_category = tables["disaggregation"] != "total"
    return (by_category | tables["indicator"].isin([*conditioned])).to_numpy(bool) | ~_whole(tables, project)


def conditioned(project: Project) -> list[str]:
    """The codes of the sheets whose total is itself part of a breakdown."""
    return [sheet.code for sheet in project.sheets if is_conditioned(project, sheet)]


def is_conditioned(project: Project, sheet: Sheet) -> bool:
    """Whether a sheet's own conditions cut out a group by which tables of its class are broken down.

    By a list no table of an audited class is; a condition on it cuts out what would be a category all the same. A share
    or a gain that leaves out whoever it is not known of cuts out the others: beside the total, it would count those
    left out. People with at least so many rows are cut out of all of them, and people of two tables count those who
    are in both. Days from one date to another leave out those whose second date has not come, and rows that are
    counted when their days are over, as those of a cohort, are of other days than whole quarters. A sum of some of the
    columns that stand side by side is a cell of them. What retired sheets have broken down is public, and counts as
    before.
    """
    rule = project.disclosure_rule(sheet)
    cuts = sheet.cuts_people and sheet.code not in rule.contract_figures
    parts = cuts or of_some_columns(project, sheet) or _parting(project, sheet)
    days = sheet.days or _of_other_days(project, sheet)
    return bool(cut_by(project, sheet) or (rule.protects and (parts or days)))


def beside_wholes(project: Project, codes: Collection[str]) -> set[str]:
    """Which of the sheets, whose totals are part of a breakdown, stand beside an exact total of the same table.

    63 called, and of the 60 women among them "about 60" is told: three or so are left, and a table by sex hid them. How
    many are left of one quarter may follow from those of a year, or from several parts together. So nothing is told of
    a part beside a whole, whatever the numbers are; a breakdown is, by its own rules. Not meant are a share or a gain,
    and days, whose rest is of whom something is not known (yet): with that, or where no sheet has the whole, a total is
    rounded.
    """
    sheets = [project.sheet(code) for code in codes]
    parts = [one for one in sheets if one.cuts_people or of_some_columns(project, one) or cut_by(project, one)]
    wholes = [one for one in project.every_sheet if parts and not is_conditioned(project, one)]

    def is_left_of(part: Sheet, whole: Sheet) -> bool:
        same = project.disclosure_rule(part) == project.disclosure_rule(whole)
        return same and bool(_tables(part) & _tables(whole))

    return {part.code for part in parts if any(is_left_of(part, whole) for whole in wholes)}


def _tables(sheet: Sheet) -> set[str]:
    return {part.calculation.table for part in sheet.by_table}


def cut_by(project: Project, sheet: Sheet) -> set[str]:
    """The fields by which a sheet's own conditions cut out such a group; none of a contract figure."""
    rule, calculation = project.disclosure_rule(sheet), sheet.calculation
    inside = calculation.inside if rule.audited and isinstance(calculation, Share) else {}
    parts = (sheet,) if isinstance(calculation, Share) and not rule.audited else sheet.by_table
    round_of = sheet.rounds.field if sheet.rounds else None
    places = [(calculation.table, name) for name in (*inside, *filter(None, [_different(sheet), round_of]))]
    places += [(one.calculation.table, name) for one in parts for name in one.calculation.chosen_by]
    asked = {name.removesuffix(COARSE) for _, name in places}
    located = {name: project.package.locate(table, name) for table, name in places if rule.audited}
    fields = {
        name for other in project.every_sheet if project.disclosure_rule(other) == rule for name in _parted_by(other)
    }
    fields |= {name for name, found in located.items() if found.field.type == "list"} | _told_in_shares(project, sheet)
    return set() if sheet.code in rule.contract_figures else fields & asked


def _parted_by(sheet: Sheet) -> set[str]:
    """The fields by which a sheet tells people apart: those of its breakdowns, and that of its survey rounds."""
    of_rounds = {sheet.rounds.field} if sheet.rounds else set[str]()
    return of_rounds | {part.removesuffix(COARSE) for way in sheet.disaggregations for part in way}


def _told_in_shares(project: Project, sheet: Sheet) -> set[str]:
    """The fields by which shares of a sheet's audited class part people: beside them, a total with a condition on one
    says how many are in the numerator. Of a cohort, those that are asked of its later state alone.
    """
    rule, fields = project.disclosure_rule(sheet), set[str]()
    if not rule.audited:
        return fields
    for other in project.every_sheet:
        share = other.calculation
        if not isinstance(share, Share) or other == sheet or project.disclosure_rule(other) != rule:
            continue
        fields |= {*share.inside}
        if share.reached and not isinstance(sheet.calculation, Share):
            asked = {*share.reached.where} - {*share.where}
            fields |= asked | ({share.reached.different} if share.reached.different else set())
    return fields


def _of_other_days(project: Project, sheet: Sheet) -> bool:
    """Whether its denominator is that of a cohort who entered in other days than the period's.

    Those of an audited class wait: of other days nothing is told of them (see waiting).
    """
    reached = sheet.calculation.reached if isinstance(sheet.calculation, Share) else None
    return bool(reached and reached.within) and not project.disclosure_rule(sheet).audited


def _different(sheet: Sheet) -> str | None:
    """The field of whose values people must have several."""
    return getattr(sheet.row_calculation, "different", None)


def _parting(project: Project, sheet: Sheet) -> list[str]:
    """The fields without whose value some row may be in no part of a share or a gain, unless by a condition."""
    calculation = sheet.calculation
    asked = calculation.asked if isinstance(calculation, (Share, Gain)) else ()
    unsaid = [name for name in asked if name not in calculation.where or not calculation.where[name].present]
    return [name for name in unsaid if project.package.locate(calculation.table, name).may_be_missing]


def _whole(tables: pd.DataFrame, project: Project) -> Mask:
    """Which tables are of whole quarters, or end on a day for which a figure was published."""
    published = {(figure.indicator, project.facts.start, figure.as_of) for figure in project.published}

    def whole(code: str, start: date, end: date) -> bool:
        sheet, calendar = project.sheet(code), project.calendar
        is_told = calendar.is_whole(start, end, sheet.valid_from)
        if says_who_stayed(project, sheet):
            is_told &= bool(calendar.whole_spans(start, end))
        is_told |= tells_months(project, sheet) and calendar.is_of_months(start, end, sheet.valid_from)
        return is_told or (code, start, end) in published

    return _of_each(tables, whole)


def _of_each(tables: pd.DataFrame, holds: Callable[[str, date, date], bool]) -> Mask:
    """Of which tables something holds: asked once for each indicator and first and last day."""
    keys = list(zip(tables["indicator"], tables["start"], tables["end"], strict=True))
    found = {key: holds(key[0], *map(date.fromisoformat, key[1:])) for key in set(keys)}
    return np.array([found[key] for key in keys], bool)


def says_who_stayed(project: Project, sheet: Sheet) -> bool:
    """Whether the totals of an audited sheet say who stayed, and are no figures of the contract."""
    rule = project.disclosure_rule(sheet)
    return rule.audited and sheet.counts_each_period and sheet.code not in rule.contract_figures


def tells_months(project: Project, sheet: Sheet) -> bool:
    """Whether totals of months are told of a sheet: it is about nobody, or a whole number of people or of their rows.

    Not of people whose class is audited, of whom a month is too few. Nor a share, a mean or a gain: what the months of
    a quarter leave of it is that of few people. Nor people who are counted in each period anew: with the quarter, the
    months say how many came again. Nor survey rounds, of which a quarter has the latest alone.
    """

    def told(part: Sheet) -> bool:
        plain = part.measure in ("count", "sum", "people", "level") and not part.counts_each_period and not part.rounds
        return not project.disclosure_rule(part).protects or (plain and not project.disclosure_rule(part).audited)

    return all(told(part) for part in (sheet.parts if isinstance(sheet.calculation, (Ratio, Rate)) else (sheet,)))


def is_finer(tables: pd.DataFrame, project: Project) -> Mask:
    """Which tables are of whole months that are no whole quarters."""

    def finer(code: str, start: date, end: date) -> bool:
        calendar, since = project.calendar, project.sheet(code).valid_from
        return calendar.is_of_months(start, end, since) and not calendar.is_whole(start, end, since)

    return _of_each(tables, finer)


def allowed(tables: pd.DataFrame, cells: pd.DataFrame, project: Project, conditioned: Collection[str]) -> Mask:
    """Which tables are of a span of days for which the policy's rule shows them; of an audited class, or a month, none.

    tables: a frame with indicator, start, end (ISO days) and disaggregation. cells: with the categories of all of
    them. conditioned: as conditioned() gives it; of these, by one field is by two.
    """
    rules = {code: project.disclosure_rule(project.sheet(code)) for code in set(tables["indicator"])}
    labels, untold = _labels(cells), beside_wholes(project, {*rules}.intersection(conditioned))

    def is_allowed(code: str, way: str, days: frozenset[str]) -> bool:
        rule = rules[code]
        if rule.audited or code in untold:
            return False
        two = " × " in way or (code in conditioned and way != "total")
        spans = {"any", *days}.intersection(rule.two_way if two else rule.one_way)
        return bool(spans) and not (two and _is_fine(labels[code, way], rule))

    keys = zip(tables["indicator"], tables["disaggregation"], _spans(tables, project), strict=True)
    shown: Mask = np.array([is_allowed(*key) for key in keys], bool)
    return shown & ~is_finer(tables, project)


def _labels(cells: pd.DataFrame) -> dict[tuple[str, str], set[str]]:
    """By indicator and disaggregation, the categories that cells have."""
    labels: dict[tuple[str, str], set[str]] = {}
    columns = (cells[name].to_numpy() for name in ("indicator", "disaggregation", "category"))
    for code, way, label in set(zip(*columns, strict=True)):
        labels.setdefault((code, way), set()).add(label)
    return labels


def _is_fine(labels: Collection[str], rule: DisclosureRule) -> bool:
    """Whether one of two things at once has more categories than the policy allows; "not recorded" is none."""
    things = zip(*(label.split(" × ") for label in labels), strict=True)
    return any(len({*thing} - {"not recorded"}) > rule.two_way_categories for thing in things)


def _spans(tables: pd.DataFrame, project: Project) -> list[frozenset[str]]:
    """Which whole spans of days each table is of."""
    days = list(zip(tables["start"], tables["end"], strict=True))
    spans = {pair: project.calendar.whole_spans(*map(date.fromisoformat, pair)) for pair in set(days)}
    return [spans[pair] for pair in days]
