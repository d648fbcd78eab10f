"""One indicator by one field, a bar for each category; what is not shown is said in words."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from ctanalysis import quality
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import bars
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.narrative.numbers import (
    ABOUT,
    APART,
    SEVERAL,
    Marks,
    in_words,
    is_list,
    title_of,
)
from ctanalysis.narrative.residents import illustrative_residents
from ctanalysis.narrative.waiting import TO_DATE, told_breakdowns
from ctanalysis.project.sheets import Sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DATA = ["category", "value", "low", "high", "status", "caveat"]


def breakdowns(evaluation: Evaluation, area: str) -> Gallery:
    """Every one-way breakdown of an area's headline indicators, and of its rates, of which anything is shown."""
    charts = [
        breakdown(evaluation, sheet.code, field, horizon)
        for sheet in evaluation.project.sheets
        if sheet.area == area and (sheet.headline or sheet.measure == "rate")
        for field, horizon in told_breakdowns(evaluation, sheet)
        if evaluation.project.disclosure_rule(sheet).audited or horizon == evaluation.breakdown_horizons(sheet)[0]
    ]
    return Gallery(tuple(chart for chart in charts if chart.data["high"].notna().any()))


def breakdown(evaluation: Evaluation, indicator: str, field: str, horizon: str = "period") -> Chart:
    """One indicator by one field in the days of a horizon: a bar for each number, lighter where it may end.

    Refused: an indicator, disaggregation or horizon that there is not.
    """
    sheet, language = evaluation.project.sheet(indicator), evaluation.project.facts.language
    frame = evaluation.by(indicator, field, horizon)
    aside = [RECORDED, *([NOT_RECORDED] if sheet.measure == "rate" else [])]  # of these there is no bar
    data = frame.loc[~frame["category"].isin(aside), DATA].reset_index(drop=True)
    days = Marks(language).span(*map(date.fromisoformat, frame.loc[0, ["start", "end"]])).striptags()
    title = f"{indicator} {sheet.name} by {title_of(evaluation.project, sheet, field)}, {days}"
    rough = _is_rough(frame)
    labels = [_label(sheet, row, language, rough) for row in data.itertuples(index=False)]
    in_order = ", ".join(f"{name} {label}" for name, label in zip(data["category"], labels, strict=True))
    notes = tuple(_notes(evaluation, sheet, field, frame))
    return Chart(
        name=f"{indicator}-{field.replace(':', '-')}" + ("-to-date" if horizon == TO_DATE else ""),
        title=title,
        alt=" ".join([f"{title}: {in_order}.", *notes]),
        data=data,
        height=bars.height(bars.broken(data["category"])) + 0.3,
        draw=partial(_draw, labels=labels, rough=rough),
        synthetic=evaluation.project.facts.synthetic,
        notes=notes,
    )


def _notes(evaluation: Evaluation, sheet: Sheet, field: str, frame: pd.DataFrame) -> Iterator[str]:
    """What stands below: how to read what waits, that a range is one, that categories overlap, the caveat."""
    how = [f"Of {number:,.0f} {sheet.unit} it is recorded." for number in frame["value"][frame["category"] == RECORDED]]
    least, most = _ends(frame, _is_rough(frame))
    if (least < most).any():
        how.append("In the lighter part the number may be anywhere.")
    if how:
        yield " ".join(how)
    if is_list(evaluation.project, sheet, field):
        yield f"{SEVERAL}."
    if sheet.measure == "rate" and (frame["category"] == NOT_RECORDED).any():
        yield APART
    yield from illustrative_residents(evaluation.project, sheet, *frame.loc[0, ["start", "end"]])
    beside = evaluation.caveats_beside(*frame.loc[0, ["start", "end"]])
    yield from quality.pointer(beside, [sheet.code])


def _is_rough(frame: pd.DataFrame) -> bool:
    """Whether a number of a breakdown may be far from what it is rounded to: so it is where it waits."""
    return bool((frame["category"] == RECORDED).any())


def _ends(rows: pd.DataFrame, rough: bool) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """The least and the most that is drawn of each; of a number that is not rough itself, of one that is not told 0."""
    spread = rows["value"].isna() | rough
    low, high = (rows[name].where(spread, rows["value"]).fillna(0) for name in ("low", "high"))
    return low, high


def _label(sheet: Sheet, row: Any, language: str, rough: bool) -> str:
    """The number in words and, where it is rough, from which to which it can be: about 30 (21–37)."""
    words = in_words(sheet, row.value, row.status, language, row.high)
    return f"{words} ({row.low:.0f}–{row.high:.0f})" if rough and words.startswith(ABOUT) else words


def _draw(figure: "Figure", rows: pd.DataFrame, labels: list[str], rough: bool) -> None:
    parts = zip(bars.broken(rows["category"]), labels, *_ends(rows, rough), strict=True)
    bars.draw(figure, [bars.Bar(*part) for part in parts])
