"""How much of the target for the life of the project has been reached, beside the time that has gone."""

from textwrap import fill
from typing import TYPE_CHECKING

import pandas as pd

from ctanalysis import quality
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures.chart import BLUE, ORANGE, Chart
from ctanalysis.narrative.numbers import Marks

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ADDING = ("count", "sum", "people")  # measures that grow with time, so that time gone is a yardstick


def progress(evaluation: Evaluation) -> Chart:
    """A bar for each indicator that is to increase, adds up and has a target, and a line for the time gone."""
    data = _data(evaluation)
    facts, end = evaluation.project.facts, evaluation.period.end
    gone = evaluation.project.calendar.percent_elapsed(facts.start, facts.end, end)
    title = f"Per cent of the target for the life of the project, by {Marks(facts.language).day(end).striptags()}"
    rows = data[["indicator", "name", "percent_of_target"]].itertuples(index=False, name=None)
    reached = ", ".join(f"{code} {name} {_percent(percent)}" for code, name, percent in rows)
    notes = quality.footnotes(evaluation.caveats, data["indicator"])
    line = f"A line marks the {_percent(gone)} of the project's time that has gone."
    return Chart(
        name="progress",
        title=title,
        alt=" ".join([f"{title}: {reached}. {line}", *notes]),
        data=data,
        height=0.29 * len(data) + 0.9,
        draw=lambda figure, drawn: _draw(figure, drawn, gone),
        synthetic=facts.synthetic,
        notes=notes,
    )


def _data(evaluation: Evaluation) -> pd.DataFrame:
    """A row for each bar: indicator, name, percent_of_target, caveat."""
    frame = only_protected(evaluation.protected_tracking)
    sheets, caveats = evaluation.project.sheets, evaluation.caveats
    adding = [sheet.code for sheet in sheets if sheet.measure in ADDING and sheet.direction == "increase"]
    to_date = frame[(frame["horizon"] == "project to date") & frame["indicator"].isin(adding)]
    rows = to_date.loc[to_date["percent_of_target"].notna(), ["indicator", "name", "percent_of_target"]]
    return rows.assign(caveat=[caveats.get(code, "") for code in rows["indicator"]]).reset_index(drop=True)


def _percent(value: float) -> str:
    return f"{precision.as_shown(value, 'count')}%"


def _draw(figure: "Figure", rows: pd.DataFrame, gone: float) -> None:
    axes = figure.subplots()
    names = [
        fill(f"{row.indicator} {row.name}{' ' + quality.MARK if row.caveat else ''}", 50)
        for row in rows.itertuples(index=False)
    ]
    bars = axes.barh(names, rows["percent_of_target"], color=BLUE, height=0.65)
    axes.axvline(gone, color=ORANGE, linewidth=1.2)
    labels = axes.bar_label(bars, [_percent(value) for value in rows["percent_of_target"]], padding=3, fontsize=8)
    for label in labels:  # so that the line does not cross a number
        label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.8})
    axes.set_title(f"The line: {_percent(gone)} of the project's time has gone", color=ORANGE, fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.1)
    axes.tick_params(axis="y", labelsize=7.5)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
