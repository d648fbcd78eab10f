"""One indicator by one field, a bar for each category; what is not shown is said in words."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import bars
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.narrative.numbers import SEVERAL, Marks, in_words, is_list, title_of
from ctanalysis.narrative.waiting import TO_DATE, are_differences, told_breakdowns
from ctanalysis.project.sheets import Sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DATA = ["category", "value", "low", "high", "status", "caveat"]


def breakdowns(evaluation: Evaluation, area: str) -> Gallery:
    """Every one-way breakdown of an area's headline indicators of which anything is shown."""
    charts = [
        breakdown(evaluation, sheet.code, field, horizon)
        for sheet in evaluation.project.sheets
        if sheet.area == area and sheet.headline
        for field, horizon in told_breakdowns(evaluation, sheet)
        if evaluation.project.disclosure_rule(sheet).audited or horizon == evaluation.breakdown_horizons(sheet)[0]
    ]
    return Gallery(tuple(chart for chart in charts if chart.data["high"].notna().any()))


def breakdown(evaluation: Evaluation, indicator: str, field: str, horizon: str = "period") -> Chart:
    """One indicator by one field in the days of a horizon: a bar for each number, and a range as a range.

    Refused: an indicator, disaggregation or horizon that there is not.
    """
    sheet, language = evaluation.project.sheet(indicator), evaluation.project.facts.language
    frame = evaluation.by(indicator, field, horizon)
    data = frame.loc[frame["category"] != RECORDED, DATA].reset_index(drop=True)
    days = Marks(language).span(*map(date.fromisoformat, frame.loc[0, ["start", "end"]])).striptags()
    title = f"{indicator} {sheet.name} by {title_of(evaluation.project, sheet, field)}, {days}"
    values = data[["value", "status", "high"]].itertuples(index=False, name=None)
    labels = [in_words(sheet, value, status, language, high) for value, status, high in values]
    in_order = ", ".join(f"{name} {label}" for name, label in zip(data["category"], labels, strict=True))
    notes = tuple(_notes(evaluation, sheet, field, frame))
    return Chart(
        name=f"{indicator}-{field.replace(':', '-')}" + ("-to-date" if horizon == TO_DATE else ""),
        title=title,
        alt=" ".join([f"{title}: {in_order}.", *notes]),
        data=data,
        height=bars.height(bars.broken(data["category"])) + 0.3,
        draw=partial(_draw, labels=labels),
        synthetic=evaluation.project.facts.synthetic,
        notes=notes,
    )


def _notes(evaluation: Evaluation, sheet: Sheet, field: str, frame: pd.DataFrame) -> Iterator[str]:
    """What stands below: how to read what waits, that a range is one, that categories overlap, the caveat."""
    how = []
    if (frame["category"] == RECORDED).any():
        recorded = frame.loc[frame["category"] == RECORDED, "value"].iloc[0]
        off = evaluation.project.disclosure_rule(sheet).round_to - 1
        how = [f"Of {recorded:,.0f} {sheet.unit} it is recorded."]
        how += [f"Each number may be up to {off} too high or too low."] if are_differences(evaluation, frame) else []
    if _ranges(frame).any():
        how.append("Lighter: a range, in which the number may be anywhere.")
    if how:
        yield " ".join(how)
    if is_list(evaluation.project, sheet, field):
        yield f"{SEVERAL}."
    if sheet.code in evaluation.caveats:
        yield f"{evaluation.caveats[sheet.code]}."


def _ranges(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Which are drawn as a range: those told as one, and numbers of 0 that stand for more."""
    return rows["high"].notna() & (rows["value"].isna() | ((rows["value"] == 0) & (rows["high"] > 0)))


def _draw(figure: "Figure", rows: pd.DataFrame, labels: list[str]) -> None:
    ranges, ends = _ranges(rows), rows["value"].fillna(0)
    spans = zip(rows["low"].where(ranges, 0), rows["high"].where(ranges, ends), strict=True)
    parts = zip(bars.broken(rows["category"]), labels, spans, ranges, strict=True)
    bars.draw(figure, [bars.Bar(*part) for part in parts])
