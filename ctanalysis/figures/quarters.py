"""Indicators quarter by quarter, a panel each; the quarters of the period stand out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ctanalysis import quality
from ctanalysis.disclosure.protected import only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures.chart import BLUE, ORANGE, Chart
from ctanalysis.narrative.numbers import in_words
from ctanalysis.project.sheets import Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FEWEST = 8  # quarters for which there is room, so that a single bar is not as wide as the page


def headlines(evaluation: Evaluation) -> Chart:
    """The headline indicators, quarter by quarter."""
    return _chart(evaluation, [sheet for sheet in evaluation.project.sheets if sheet.headline], "headlines")


def quarters(evaluation: Evaluation, area: str) -> Chart:
    """All indicators of an area that have values by quarter, quarter by quarter."""
    history = _history(evaluation)
    shown = set(history.loc[history["value"].notna(), "indicator"])
    sheets = [sheet for sheet in evaluation.project.sheets if sheet.area == area and sheet.code in shown]
    return _chart(evaluation, sheets, f"{area}-quarters")


def _history(evaluation: Evaluation) -> pd.DataFrame:
    """The history with the label of each quarter, and whether it is one of the period's."""
    frame = only_protected(evaluation.protected_history)
    labels = {q.start.isoformat(): q.label for q in evaluation.project.calendar.completed("quarter")}
    within = evaluation.period.kind != "project" and evaluation.period.start.isoformat()
    return frame.assign(quarter=frame["start"].map(labels), current=(frame["start"] >= within) if within else False)


def _chart(evaluation: Evaluation, sheets: Sequence[Sheet], name: str) -> Chart:
    """A panel for each sheet, one below the other."""
    data = _data(evaluation, sheets)
    caveats, language = evaluation.caveats, evaluation.project.facts.language
    alt = " ".join(_in_words(sheet, data[data["indicator"] == sheet.code], language, caveats) for sheet in sheets)

    def draw(figure: "Figure", rows: pd.DataFrame) -> None:
        panels = figure.subplots(len(sheets), 1, squeeze=False, sharex=True)[:, 0]
        for axes, sheet in zip(panels, sheets, strict=True):
            _panel(axes, sheet, rows[rows["indicator"] == sheet.code], quality.mark(caveats, sheet.code))
        panels[-1].tick_params(axis="x", labelrotation=45)

    title = "Results by fiscal quarter" + ("; orange: the reporting period" if data["current"].any() else "")
    return Chart(
        name=name,
        title=title,
        alt=f"{title}. {alt}",
        data=data,
        height=1.2 * len(sheets) + 0.8,
        draw=draw,
        synthetic=evaluation.project.facts.synthetic,
        notes=quality.footnotes(caveats, [sheet.code for sheet in sheets]),
    )


def _data(evaluation: Evaluation, sheets: Sequence[Sheet]) -> pd.DataFrame:
    """A row for each bar: indicator, quarter, value, status, current, caveat."""
    frame = _history(evaluation)
    frame = frame[frame["indicator"].isin([sheet.code for sheet in sheets])]
    caveats = [evaluation.caveats.get(code, "") for code in frame["indicator"]]
    columns = ["indicator", "quarter", "value", "status", "current", "caveat"]
    return frame.assign(caveat=caveats)[columns].reset_index(drop=True)


def _in_words(sheet: Sheet, rows: pd.DataFrame, language: str, caveats: dict[str, str]) -> str:
    values = rows[["quarter", "value", "status"]].itertuples(index=False, name=None)
    words = [f"{quarter} {in_words(sheet, value, status, language)}" for quarter, value, status in values]
    return f"{sheet.name}: {', '.join(words)}." + (f" {caveats[sheet.code]}." if sheet.code in caveats else "")


def _panel(axes: "Axes", sheet: Sheet, rows: pd.DataFrame, mark: str) -> None:
    from matplotlib.ticker import MaxNLocator  # only who draws waits for it

    scale = 100 if sheet.measure == "share" else 1
    colors = [ORANGE if current else BLUE for current in rows["current"]]
    axes.bar(rows["quarter"], rows["value"].fillna(0) * scale, color=colors, width=0.7)
    axes.set_title(f"{sheet.code} {sheet.name} ({sheet.unit}){mark}")
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.set_ylim(0, max(1, axes.get_ylim()[1]))
    axes.set_xlim(-0.6, max(len(rows), FEWEST) - 0.4)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    if sheet.measure == "share":
        axes.set_ylim(0, 100)
    for place, status in enumerate(rows["status"]):
        if status not in ("exact", "rounded"):  # no bar, and yet not nothing: the status says so
            axes.text(place, 0, status, rotation=90, ha="center", va="bottom", fontsize=7)
