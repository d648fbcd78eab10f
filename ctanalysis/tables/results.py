"""Results as a table: the indicator performance tracking table."""

from collections.abc import Hashable, Mapping
from datetime import date
from itertools import chain
from typing import Any

import pandas as pd

from ctanalysis import quality
from ctanalysis.analysis.attainment import REACHED
from ctanalysis.analysis.milestones import Milestone, milestones
from ctanalysis.analysis.values import OF_ONE_YEAR, OF_QUARTERS, days_told
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import UNTOLD, only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.numbers import EMPTY, caveat_notes, number, titled, withheld_note
from ctanalysis.tables.table import Table

LACKING = "\N{DOUBLE DAGGER}"  # behind a number of whose records something is missing


def tracking(evaluation: Evaluation, area: str | None = None) -> Table:
    """The indicator performance tracking table, of one area or of all."""
    sheets = {s.code: s for s in evaluation.project.sheets if area in (None, s.area)}
    frame = only_protected(evaluation.protected_tracking)
    own = evaluation.period.kind in ("month", "quarter", "half") and _has_own_target(
        frame[frame["indicator"].isin([*sheets])]
    )
    rows = [
        _tracking_row(evaluation, sheets[code], group.set_index("horizon").to_dict("index"), own)
        for (code,), group in frame.groupby(["indicator"], sort=False)
        if code in sheets
    ]
    reached = [one for one in milestones(evaluation.project, evaluation.period) if area in (None, one.sheet.area)]
    year = evaluation.project.calendar.containing(evaluation.period.end, "year").label
    header = (
        "Indicator",
        "Unit",
        "Baseline",
        str(evaluation.period),
        *((f"Target {evaluation.period}", "% of target") if own else ()),
        f"{year} to date",
        f"Target {year}",
        "% of target",
        "Project to date",
        "Target, life of project",
        "% of target",
    )
    rows += [_milestone_row(evaluation, one, own) for one in reached]
    return Table("Indicator performance tracking", header, tuple(rows), _tracking_notes(evaluation, frame, sheets))


def _has_own_target(frame: pd.DataFrame) -> bool:
    """Whether the period itself, no whole year, has a target of one of the indicators."""
    return bool((frame.loc[frame["horizon"] == "period", "target_by"] != "").any())


def _tracking_notes(evaluation: Evaluation, frame: pd.DataFrame, sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    about = filter(None, [evaluation.project.facts.targets_note])
    shown = frame[frame["indicator"].isin([*sheets])]
    untold, some_days = shown.loc[shown["status"] == UNTOLD, "indicator"], days_told(evaluation.project)
    days = (f"{code}: {some_days[code]}." for code in dict.fromkeys(untold) if code in some_days)
    lacks = (f"{LACKING} {note}" for note in quality.lack_notes(evaluation.lacks, shown))
    return (
        *about,
        *withheld_note(shown["status"]),
        *days,
        *lacks,
        *caveat_notes(evaluation, sheets.values()),
    )


def _tracking_row(
    evaluation: Evaluation, sheet: Sheet, rows: Mapping[Hashable, Mapping[Hashable, Any]], own: bool
) -> tuple[str, ...]:
    """rows: the indicator's row of the tracking table at each horizon. own: with the target of the period."""

    def marked(horizon: str, text: str) -> str:
        days = rows[horizon]["start"], rows[horizon]["end"]
        return f"{text} {LACKING}" if evaluation.lacks.get((sheet.code, *days)) and text[-1] in "0123456789%" else text

    def cell(horizon: str) -> str:
        if rows[horizon]["status"] == UNTOLD:
            return _untold(evaluation, sheet, horizon)
        return marked(horizon, number(evaluation, sheet, rows[horizon]["actual"], rows[horizon]["status"]))

    def against_target(horizon: str) -> tuple[str, str]:
        row = rows[horizon]
        return _aim(evaluation, sheet, row) or "no target", marked(horizon, _attained(sheet, row))

    def period() -> tuple[str, ...]:
        return (cell("period"), *against_target("period")) if own else (cell("period"),)

    baseline = _baseline(evaluation, sheet, rows["period"]["baseline"])
    to_date = ((cell(horizon), *against_target(horizon)) for horizon in ("fiscal year to date", "project to date"))
    return (titled(evaluation, sheet), sheet.unit, baseline, *period(), *chain.from_iterable(to_date))


def _baseline(evaluation: Evaluation, sheet: Sheet, value: float) -> str:
    """A baseline as the sheet has it, or as the gate told that of the baseline round."""
    if sheet.rounds is None:
        return _set(evaluation, sheet, value) or "none"
    frame = only_protected(evaluation.protected_baselines.where(indicator=sheet.code))
    told = frame[["value", "status", "high"]].itertuples(index=False, name=None)
    return next((number(evaluation, sheet, *one) for one in told), "no data")


def _milestone_row(evaluation: Evaluation, one: Milestone, own: bool) -> tuple[str, ...]:
    """A milestone in the table of numbers: when it was reached and due, and no number. own: as of _tracking_row."""
    period, due = evaluation.period, one.due
    year = evaluation.project.calendar.containing(period.end, "year")

    def within(start: date) -> str:
        return "reached" if one.reached and one.reached.reached >= start else EMPTY

    def target(start: date, end: date) -> tuple[str, str]:
        is_due = due is not None and start <= due <= end
        return (f"by {due}", "late" if one.late else one.state) if is_due else ("no target", EMPTY)

    to_date = f"reached on {one.reached.reached}" if one.reached else one.state
    return (
        f"{one.sheet.code} {one.sheet.name}",
        "milestone",
        EMPTY,
        within(period.start),
        *(target(period.start, period.end) if own else ()),
        within(year.start),
        *target(year.start, year.end),
        to_date,
        *target(date.min, date.max),
    )


def _set(evaluation: Evaluation, sheet: Sheet, value: float) -> str:
    """A number that was set, and not calculated; nothing where there is none."""
    return "" if pd.isna(value) else number(evaluation, sheet, value, "rounded").removeprefix("about ")


def _aim(evaluation: Evaluation, sheet: Sheet, row: Mapping[Hashable, Any]) -> str:
    """What the target of a row asks for; nothing where it has none."""
    level, low, high = (_set(evaluation, sheet, row[name]) for name in ("target", "target_low", "target_high"))
    if low and high:
        return f"{low} to {high}"
    return level or (f"at least {low}" if low else f"at most {high}" if high else "")


def _attained(sheet: Sheet, row: Mapping[Hashable, Any]) -> str:
    """How a row's value stands against its target: in per cent, where one says something, else where it lies."""
    about, place = "about " if row["status"] == "rounded" else "", row["against_target"]
    if not pd.isna(row["percent_of_target"]):
        return f"{about}{precision.as_shown(row['percent_of_target'], 'count')}%"
    if not pd.isna(row["percent_of_way"]) and place not in REACHED:
        return f"{about}{precision.as_shown(row['percent_of_way'], 'count')}% of the way"
    by_place = sheet.direction == "decrease" or not pd.isna(row["target_high"]) or pd.isna(row["actual"])
    so_far = sheet.grows and row["end"] < row["target_by"] and place != "above"
    return f"{'so far ' if so_far else ''}{place} it" if by_place and place else EMPTY


def _untold(evaluation: Evaluation, sheet: Sheet, horizon: str) -> str:
    """What stands for a value that the policy does not tell of these days: when it is told, if it will be."""
    days = days_told(evaluation.project).get(sheet.code, "")
    if not days or (horizon == "period" and evaluation.period.kind != "project"):
        return UNTOLD
    if days == OF_QUARTERS:
        return "at quarter's end"
    never = days == OF_ONE_YEAR and (horizon == "project to date" or evaluation.period.kind == "project")
    return "not told to date" if never else "at year's end"
