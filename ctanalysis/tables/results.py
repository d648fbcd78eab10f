"""Results as a table: the indicator performance tracking table."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from ctanalysis import quality
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.values import told_yearly
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.numbers import EMPTY, caveat_notes, number, titled, withheld_note
from ctanalysis.tables.table import Table

YEARLY = "at year's end"
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
    yearly = (shown["status"] == "withheld") & shown["indicator"].isin(told_yearly(evaluation.project))
    at_year_end = (f"{YEARLY.capitalize()}: it is told to the ends of fiscal years only.",) if yearly.any() else ()
    lacks = (f"{LACKING} {note}" for note in quality.lack_notes(evaluation.lacks, shown))
    return (
        *about,
        *withheld_note(shown.loc[~yearly, "status"]),
        *at_year_end,
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
        if rows[horizon]["status"] == "withheld" and sheet.code in told_yearly(evaluation.project):
            return YEARLY
        return marked(horizon, number(evaluation, sheet, rows[horizon]["actual"], rows[horizon]["status"]))

    def planned(horizon: str, column: str, none: str) -> str:
        value = rows[horizon][column]
        return none if pd.isna(value) else number(evaluation, sheet, value, "rounded").removeprefix("about ")

    def percent(horizon: str) -> str:
        value, about = rows[horizon]["percent_of_target"], "about " if rows[horizon]["status"] == "rounded" else ""
        return EMPTY if pd.isna(value) else marked(horizon, f"{about}{precision.as_shown(value, 'count')}%")

    def against_target(horizon: str) -> tuple[str, str, str]:
        return cell(horizon), planned(horizon, "target", "no target"), percent(horizon)

    start = titled(evaluation, sheet), sheet.unit, planned("period", "baseline", "none"), cell("period")
    return (*start, *against_target("fiscal year to date"), *against_target("project to date"))
