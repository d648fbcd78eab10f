"""Indicators quarter by quarter, a panel each; the quarters of the period stand out."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
from babel.lists import format_list

from ctanalysis import quality
from ctanalysis.analysis.values import days_told
from ctanalysis.disclosure.protected import UNTOLD, only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import boxes, layout
from ctanalysis.figures.chart import BLUE, ORANGE, STYLE, Chart
from ctanalysis.indicators.values import NOT_THIS_FINE
from ctanalysis.narrative.numbers import in_words
from ctanalysis.project.sheets import Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FEWEST = 8  # quarters for which there is room, so that a single bar is not as wide as the page
NOTHING = "There is no indicator of which quarters can be drawn."


def headlines(evaluation: Evaluation) -> Chart:
    """The headline indicators, quarter by quarter."""
    return _chart(evaluation, [sheet for sheet in evaluation.project.sheets if sheet.headline], "headlines")


def quarters(evaluation: Evaluation, area: str) -> Chart:
    """All indicators of an area that have values by quarter, quarter by quarter."""
    history = _history(evaluation)
    shown = set(history.loc[history["value"].notna(), "indicator"])
    sheets = [sheet for sheet in evaluation.project.sheets if sheet.area == area and sheet.code in shown]
    hidden = history[~history["indicator"].isin(shown)]
    return _chart(evaluation, sheets, f"{area}-quarters", _left_out(evaluation, area, hidden))


def _left_out(evaluation: Evaluation, area: str, hidden: pd.DataFrame) -> tuple[str, ...]:
    """A sentence to each indicator of an area of which no quarter is drawn, as its records are of longer periods, or
    the policy tells it of none. hidden: the history of those that have no values.
    """
    coarse, untold = (hidden[hidden["status"] == status] for status in (NOT_THIS_FINE, UNTOLD))
    days = zip(coarse["indicator"], coarse["start"], coarse["end"], strict=True)
    reasons = {str(code): evaluation.lacks[code, start, end] for code, start, end in days}
    some_days = days_told(evaluation.project)
    reasons |= {str(code): some_days[code] for code in untold["indicator"] if code in some_days}
    return tuple(
        f"{sheet.code} {sheet.name}: {reasons[sheet.code]}, so no quarter of it is drawn."
        for sheet in evaluation.project.sheets
        if sheet.area == area and sheet.code in reasons
    )


def _history(evaluation: Evaluation) -> pd.DataFrame:
    """The history with the label of each quarter, and whether it is one of the period's."""
    frame = only_protected(evaluation.protected_history)
    labels = {q.start.isoformat(): q.label for q in evaluation.project.calendar.completed("quarter")}
    within = evaluation.period.kind != "project" and evaluation.period.start.isoformat()
    return frame.assign(quarter=frame["start"].map(labels), current=(frame["start"] >= within) if within else False)


def _chart(evaluation: Evaluation, sheets: Sequence[Sheet], name: str, left_out: tuple[str, ...] = ()) -> Chart:
    """A panel for each sheet, one below the other. left_out: what is said of others."""
    data = _data(evaluation, sheets)
    sheets = sheets if len(data) else ()  # of the project's first months no quarter is complete
    language = evaluation.project.facts.language
    caveats = {
        code: words for code, words in evaluation.caveats.items() if data["caveat"][data["indicator"] == code].any()
    }
    partly = _partly(evaluation, sheets) if sheets else (NOTHING,)
    marked = quality.pointer(caveats, [sheet.code for sheet in sheets])
    alt = " ".join(_in_words(sheet, data[data["indicator"] == sheet.code], language) for sheet in sheets)

    titles = {
        sheet.code: f"{sheet.code} {sheet.name} ({sheet.unit}){quality.mark(caveats, sheet.code)}" for sheet in sheets
    }
    title = "Results by fiscal quarter" + ("; orange: the reporting period" if data["current"].any() else "")
    return Chart(
        name=name,
        title=title,
        alt=" ".join([f"{title}. {alt}", *left_out, *partly, *marked]),
        data=data,
        height=1.2 * len(sheets) + 0.7,
        draw=partial(_draw, titles=titles, shares=[sheet.code for sheet in sheets if sheet.measure == "share"]),
        synthetic=evaluation.project.facts.synthetic,
        notes=(*left_out, *partly, *marked),
    )


def _partly(evaluation: Evaluation, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """A sentence to each indicator with bars of quarters of which some records are missing, or lack the value."""
    history = _history(evaluation)
    shown = history[history["value"].notna()]
    found: dict[str, list[str]] = {sheet.code: [] for sheet in sheets}
    for code, quarter, *days in shown[["indicator", "quarter", "start", "end"]].itertuples(index=False, name=None):
        if code in found and evaluation.lacks.get((code, *days)):
            found[code].append(quarter)
    return tuple(
        f"{code}: what is drawn of {format_list(labels, locale='en')} is from a part of the records."
        for code, labels in found.items()
        if labels
    )


def _data(evaluation: Evaluation, sheets: Sequence[Sheet]) -> pd.DataFrame:
    """A row for each bar: indicator, quarter, value, status, current, caveat."""
    frame = _history(evaluation)
    frame = frame[frame["indicator"].isin([sheet.code for sheet in sheets])]
    bars = frame[["indicator", "start", "end"]].itertuples(index=False, name=None)
    caveats = [evaluation.caveats_beside(start, end).get(code, "") for code, start, end in bars]
    columns = ["indicator", "quarter", "value", "status", "current", "caveat"]
    return frame.assign(caveat=caveats)[columns].reset_index(drop=True)


def _in_words(sheet: Sheet, rows: pd.DataFrame, language: str) -> str:
    values = rows[["quarter", "value", "status"]].itertuples(index=False, name=None)
    words = [f"{quarter} {in_words(sheet, value, status, language)}" for quarter, value, status in values]
    return f"{sheet.name}: {', '.join(words)}."


def _draw(figure: "Figure", rows: pd.DataFrame, titles: dict[str, str], shares: Sequence[str]) -> None:
    """titles: of the panels, by indicator; shares: those of them whose values are shares of one."""
    if not titles:
        figure.subplots().set_axis_off()
        return
    panels = figure.subplots(len(titles), squeeze=False)[:, 0]
    for panel, (code, title) in zip(panels, titles.items(), strict=True):
        _panel(panel, rows[rows["indicator"] == code], code in shares)
        panel.set_title(title)
    numbers = [label for panel in panels for label in panel.get_yticklabels()]
    layout.sides(figure, [label.get_text() for label in numbers], STYLE["font.size"])
    quarters = rows.loc[rows["indicator"] == code, "quarter"]
    panel.xaxis.set_visible(True)
    panel.set_xticks(range(len(quarters)), quarters, rotation=45)


def _panel(panel: "Axes", rows: pd.DataFrame, share: bool) -> None:
    """A bar for each quarter of an indicator."""
    from matplotlib.ticker import MaxNLocator  # only who draws waits for it

    values = rows["value"].fillna(0) * (100 if share else 1)
    panel.set_xlim(-0.6, max(len(rows), FEWEST) - 0.4)
    panel.set_ylim(0, 100 if share else max(1, values.max() * 1.05))
    panel.xaxis.set_visible(False)
    panel.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    panel.yaxis.set_major_formatter("{x:,.0f}")
    boxes.upright(panel, values, 0.7, [ORANGE if current else BLUE for current in rows["current"]])
    for place, status in enumerate(rows["status"]):
        if status not in ("exact", "rounded"):  # no bar, and yet not nothing: the status says so
            panel.text(place, 0, status, rotation=90, ha="center", va="bottom", fontsize=7)
