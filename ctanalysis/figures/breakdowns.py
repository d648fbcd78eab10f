"""One indicator by one field, a bar for each category; what is not shown is said in words."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import bars
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.narrative.numbers import SEVERAL, Marks, in_words, is_list

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def breakdowns(evaluation: Evaluation, area: str) -> Gallery:
    """Every one-way breakdown of an area's headline indicators of which anything is shown."""
    charts = [
        breakdown(evaluation, sheet.code, fields[0], horizon)
        for sheet in evaluation.project.sheets
        if sheet.area == area and sheet.headline
        for fields in sheet.disaggregations
        if len(fields) == 1
        for horizon in evaluation.breakdown_horizons(sheet)[:1]
    ]
    return Gallery(tuple(chart for chart in charts if chart.data["value"].notna().any()))


def breakdown(evaluation: Evaluation, indicator: str, field: str, horizon: str = "period") -> Chart:
    """One indicator by one field in the days of a horizon.

    Refused: an indicator, disaggregation or horizon that there is not.
    """
    sheet, language = evaluation.project.sheet(indicator), evaluation.project.facts.language
    frame = evaluation.by(indicator, field, horizon)
    data = frame[["category", "value", "status", "caveat"]]
    field_title = evaluation.project.package.locate(sheet.calculation.table, field).field.title
    days = Marks(language).span(*map(date.fromisoformat, frame.loc[0, ["start", "end"]])).striptags()
    title = f"{sheet.code} {sheet.name} by {field_title}, {days}"
    values = zip(data["value"], data["status"], strict=True)
    labels = [in_words(sheet, value, status, language) for value, status in values]
    in_order = ", ".join(f"{name} {label}" for name, label in zip(data["category"], labels, strict=True))
    several = (f"{SEVERAL}.",) if is_list(evaluation.project, sheet, field) else ()
    notes = several + ((f"{evaluation.caveats[indicator]}.",) if indicator in evaluation.caveats else ())
    return Chart(
        name=f"{indicator}-{field}",
        title=title,
        alt=" ".join([f"{title}: {in_order}.", *notes]),
        data=data,
        height=bars.height(bars.broken(data["category"])) + 0.3,
        draw=partial(_draw, labels=labels),
        synthetic=evaluation.project.facts.synthetic,
        notes=notes,
    )


def _draw(figure: "Figure", rows: pd.DataFrame, labels: list[str]) -> None:
    bars.draw(figure, bars.broken(rows["category"]), rows["value"].fillna(0).tolist(), labels)
