"""Results as a table: the indicator performance tracking table."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from ctanalysis import quality
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import UNTOLD, only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.values import OF_ONE_YEAR, against, days_told
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.numbers import EMPTY, caveat_notes, number, titled, withheld_note
from ctanalysis.tables.table import Table

LACKING = "\N{DOUBLE DAGGER}"  # behind a number of whose records something is missing


def tracking(evaluation: Evaluation, area: str | None = None) -> Table:
    """The indicator performance tracking table, of one area or of all."""
    sheets = {s.code: s for s in evaluation.project.sheets if area in (None, s.area)}
    frame = only_protected(evaluation.protected_tracking)
    rows = [
        _tracking_row(evaluation, sheets[code], group.set_index("horizon").to_dict("index"))
        for (code,), group in frame.groupby(["indicator"], sort=False)
        if code in sheets
    ]
    year = evaluation.project.calendar.containing(evaluation.period.end, "year").label
    header = (
        "Indicator",
        "Unit",
        "Baseline",
        str(evaluation.period),
        f"{year} to date",
        f"Target {year}",
        "% of target",
        "Project to date",
        "Target, life of project",
        "% of target",
    )
    return Table("Indicator performance tracking", header, tuple(rows), _tracking_notes(evaluation, frame, sheets))


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
    evaluation: Evaluation, sheet: Sheet, rows: Mapping[Hashable, Mapping[Hashable, Any]]
) -> tuple[str, ...]:
    """rows: the indicator's row of the tracking table at each horizon."""

    def marked(horizon: str, text: str) -> str:
        days = rows[horizon]["start"], rows[horizon]["end"]
        return f"{text} {LACKING}" if evaluation.lacks.get((sheet.code, *days)) and text[-1] in "0123456789%" else text

    def cell(horizon: str) -> str:
        if rows[horizon]["status"] == UNTOLD:
            return _untold(evaluation, sheet, horizon)
        return marked(horizon, number(evaluation, sheet, rows[horizon]["actual"], rows[horizon]["status"]))

    def planned(horizon: str, column: str, none: str) -> str:
        value = rows[horizon][column]
        return none if pd.isna(value) else number(evaluation, sheet, value, "rounded").removeprefix("about ")

    def percent(horizon: str) -> str:
        value, about = rows[horizon]["percent_of_target"], "about " if rows[horizon]["status"] == "rounded" else ""
        if pd.isna(value):
            return _against(evaluation, sheet, horizon, rows[horizon]["target"]) or EMPTY
        return marked(horizon, f"{about}{precision.as_shown(value, 'count')}%")

    def against_target(horizon: str) -> tuple[str, str, str]:
        return cell(horizon), planned(horizon, "target", "no target"), percent(horizon)

    start = titled(evaluation, sheet), sheet.unit, planned("period", "baseline", "none"), cell("period")
    return (*start, *against_target("fiscal year to date"), *against_target("project to date"))


def _untold(evaluation: Evaluation, sheet: Sheet, horizon: str) -> str:
    """What stands for a value that the policy does not tell of these days: when it is told, if it will be."""
    days = days_told(evaluation.project).get(sheet.code, "")
    if not days or (horizon == "period" and evaluation.period.kind != "project"):
        return UNTOLD
    never = days == OF_ONE_YEAR and (horizon == "project to date" or evaluation.period.kind == "project")
    return "not told to date" if never else "at year's end"


def _against(evaluation: Evaluation, sheet: Sheet, horizon: str, target: float) -> str:
    """How a range stands to its target, if all of it is on one side."""
    total = evaluation.by(sheet.code, "total", horizon)
    return against(total["low"].iloc[0], total["high"].iloc[0], target)
