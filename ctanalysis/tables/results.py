"""Results as tables: the indicator performance tracking table, and one indicator by one field."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from ctanalysis import quality
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.numbers import Marks
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.numbers import EMPTY, caveat_notes, number, several_note, titled, whole, withheld_note
from ctanalysis.tables.table import Stack, Table

WHY_WITHHELD = (
    "The whole breakdown is withheld: beside the breakdowns that are told, a small number could be worked out from it."
)

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
    lacks = (f"{LACKING} {note}" for note in quality.lack_notes(evaluation.lacks, shown))
    return (*about, *withheld_note(frame["status"]), *lacks, *caveat_notes(evaluation, sheets.values()))


def _tracking_row(
    evaluation: Evaluation, sheet: Sheet, rows: Mapping[Hashable, Mapping[Hashable, Any]]
) -> tuple[str, ...]:
    """rows: the indicator's row of the tracking table at each horizon."""

    def marked(horizon: str, text: str) -> str:
        days = rows[horizon]["start"], rows[horizon]["end"]
        return f"{text} {LACKING}" if evaluation.lacks.get((sheet.code, *days)) and text[-1] in "0123456789%" else text

    def cell(horizon: str) -> str:
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


def breakdowns(evaluation: Evaluation, area: str) -> Stack:
    """Every one-way breakdown of an area's indicators, for the days for which there is one."""
    return Stack(
        tuple(
            breakdown(evaluation, sheet.code, fields[0], horizon)
            for sheet in evaluation.project.sheets
            if sheet.area == area
            for horizon in evaluation.breakdown_horizons(sheet)
            for fields in sheet.disaggregations
            if len(fields) == 1
        ),
        empty="These results are broken down once a year, and no fiscal year of the project is complete yet.",
    )


def breakdown(evaluation: Evaluation, indicator: str, field: str, horizon: str = "period") -> Table:
    """One indicator by one field: a row for each category, and the total.

    horizon: as in the evaluation's values. Refused: an indicator, field or horizon that there is not.
    """
    sheet = evaluation.project.sheet(indicator)
    total = evaluation.by(indicator, "total", horizon)
    frame: pd.DataFrame = pd.concat([evaluation.by(indicator, field, horizon), total], ignore_index=True)
    title = evaluation.project.package.locate(sheet.calculation.table, field).field.title
    mark, days = Marks(evaluation.project.facts.language), map(date.fromisoformat, total.loc[0, ["start", "end"]])
    when = mark.span(*days).striptags()
    rows = [_breakdown_row(evaluation, sheet, row) for row in frame.itertuples(index=False)]
    if _is_withheld(frame):
        rows = [("Every category", *rows[0][1:]), rows[-1]]
    header = (title.capitalize(), sheet.unit.capitalize(), *(("Of",) if sheet.is_ratio else ()))
    return Table(f"{sheet.name} by {title}, {when}", header, tuple(rows), _breakdown_notes(evaluation, sheet, frame))


def _is_withheld(frame: pd.DataFrame) -> bool:
    """Whether nothing of a breakdown is shown: one row then stands for all its categories."""
    return bool((frame.loc[frame["category"] != "all", "status"] == "withheld").all())


def _breakdown_row(evaluation: Evaluation, sheet: Sheet, row: Any) -> tuple[str, ...]:
    label = "Total" if row.category == "all" else row.category
    parts = [number(evaluation, sheet, row.value, row.status)]
    if sheet.is_ratio:
        parts.append(whole(row.denominator))
    return (label, *parts)


def _breakdown_notes(evaluation: Evaluation, sheet: Sheet, frame: pd.DataFrame) -> tuple[str, ...]:
    rule, parts = evaluation.project.disclosure_rule(sheet), frame[frame["category"] != "all"]
    rounded = f"Numbers in the breakdown are rounded to the nearest {rule.round_to} and may not add up to the total."
    caveat = (f"{evaluation.caveats[sheet.code]}.",) if sheet.code in evaluation.caveats else ()
    why = (WHY_WITHHELD,) if _is_withheld(frame) else ()
    return (
        *several_note(evaluation.project, sheet, frame),
        *((rounded,) if (parts["status"] == "rounded").any() and rule.round_to > 1 else ()),
        *withheld_note(frame["status"]),
        *why,
        *quality.lack_notes(evaluation.lacks, frame.head(1)),
        *caveat,
    )
