"""One indicator by one field, a bar for each category; what may be anywhere in a range is a hatched band."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about, rows
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.figures.rows import Part, Row, Scale
from ctanalysis.figures.words import category, say
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import is_list, title_of
from ctanalysis.narrative.residents import illustrative_residents
from ctanalysis.narrative.waiting import TO_DATE, told_breakdowns
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.numbers import as_heading
from ctanalysis.tables.shorthand import explained
from ctanalysis.tables.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DATA = ["category", "value", "low", "high", "status", "caveat"]
NAMED = 4  # categories in the alternative text


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
    """One indicator by one field in the days of a horizon: a bar for each number, hatched where it may end.

    The largest stands first, but that categories which are numbers, such as ages, keep their order; those not recorded
    stand last, in grey. Refused: an indicator, disaggregation or horizon that there is not.
    """
    sheet = evaluation.project.sheet(indicator)
    frame = evaluation.by(indicator, field, horizon)
    rough, speech = is_rough(frame), evaluation.project.speech
    data, title = in_order(sheet, frame), title_of(evaluation.project, sheet, field)
    shown = [row(evaluation, sheet, one, rough) for one in about.cells(data)]
    message = _message(evaluation, sheet, data, rough, title)
    when = about.days_of(evaluation, frame)
    measure = say(speech, "breakdown.measure", code=sheet.code, name=sheet.name, unit=sheet.unit, title=title)
    parts = [f"{one.name} {one.label}" for one in shown]
    scale = Scale(min(0, data["low"].min(skipna=True)), 1 if sheet.measure == "share" else _most(data))
    caption = say(speech, "breakdown.caption", name=sheet.name, title=title, when=when)
    return Chart(
        name=f"{indicator}-{field.replace(':', '-')}" + ("-to-date" if horizon == TO_DATE else ""),
        title=message,
        subtitle=about.subtitle(evaluation, measure, when),
        alt=say(speech, "breakdown.alt", title=message, categories=len(shown), **named(speech, parts, NAMED)),
        data=data,
        height=rows.height(shown),
        draw=partial(draw_rows, shown=tuple(shown), scale=scale),
        speech=speech,
        synthetic=evaluation.project.facts.synthetic,
        notes=(*_notes(evaluation, sheet, field, frame), *explained((one.label for one in shown), speech)),
        source=about.source(evaluation, [sheet.code]),
        table=_table(speech, caption, (title, sheet.unit), shown),
    )


def _table(speech: Speech, caption: str, heads: tuple[str, str], shown: Sequence[Row]) -> Table:
    """What is drawn, in words."""
    rows = tuple((one.name, one.label) for one in shown)
    return Table(caption, tuple(map(as_heading, heads)), rows, speech=speech)


def named(speech: Speech, parts: list[str], most: int) -> dict[str, Any]:
    """The first of some parts of an alternative text, and how many others there are."""
    more = len(parts) - most
    return {"parts": parts[:most], "others": say(speech, "others", others=more) if more > 0 else ""}


def draw_rows(figure: "Figure", data: pd.DataFrame, shown: tuple[Row, ...], scale: Scale) -> None:
    """Draws rows that are made already. data: for a Chart, which hands it over."""
    rows.draw(figure, shown, scale)


def in_order(sheet: Sheet, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that are drawn, in their order: see breakdown."""
    aside = [RECORDED, *([NOT_RECORDED] if sheet.measure == "rate" else [])]  # of these there is no bar
    data = frame.loc[~frame["category"].isin(aside), DATA]
    last = data["category"] == NOT_RECORDED
    numbers = data.loc[~last, "category"].str.match(r"\d").any()
    size = data["value"].fillna((data["low"] + data["high"]) / 2).fillna(-1)
    key = pd.Series(0.0, data.index) if numbers else -size
    return data.assign(_last=last, _key=key).sort_values(["_last", "_key"], kind="stable")[DATA].reset_index(drop=True)


def row(evaluation: Evaluation, sheet: Sheet, one: Any, rough: bool) -> Row:
    """The bar of a category: to the least that it can be, and hatched from there to the most."""
    (low, high), words = ends(one, rough), label(evaluation, sheet, one, rough)
    colour = about.colour(evaluation, sheet, one.category)
    parts = (Part(min(0, low), max(0, low), colour), Part(low, high, colour, hatched=True))
    return Row(category(evaluation.project.speech, one.category), words, parts if high > low or low else ())


def ends(one: Any, rough: bool) -> tuple[float, float]:
    """The least and the most that is drawn; of a number that is not rough itself, of one that is not told 0."""
    if pd.isna(one.value) or rough:
        return (0.0, 0.0) if pd.isna(one.high) else (float(one.low), float(one.high))
    return float(one.value), float(one.value)


def is_rough(frame: pd.DataFrame) -> bool:
    """Whether a number of a breakdown may be far from what it is rounded to: so it is where it waits."""
    return bool((frame["category"] == RECORDED).any())


def label(evaluation: Evaluation, sheet: Sheet, one: Any, rough: bool) -> str:
    """The number in words and, where it is rough, from which to which it can be: about 30 (21–37)."""
    words, speech = about.short(evaluation, sheet, one), evaluation.project.speech
    if not rough or one.status != "rounded" or not one.low <= one.value <= one.high or one.value == 0 < one.high:
        return words
    return f"{words} ({speech.number(one.low)}–{speech.number(one.high)})"


def _most(data: pd.DataFrame) -> float:
    """The largest number that is drawn."""
    most = max(float(data[name].max(skipna=True)) if data[name].notna().any() else 0.0 for name in ("value", "high"))
    return most or 1.0


def _message(evaluation: Evaluation, sheet: Sheet, data: pd.DataFrame, rough: bool, title: str) -> str:
    """Which category has the most, where that is so for all that the numbers can be."""
    speech = evaluation.project.speech
    found = sorted((one for one in about.cells(data) if one.category != NOT_RECORDED), key=_least)
    if not found or data["high"].isna().all():
        return say(speech, "breakdown.hidden", name=sheet.name, title=title)
    *others, first = found
    is_certain = all(not pd.isna(one.high) and _least(first) > one.high for one in others)
    if not is_certain or pd.isna(first.value):
        return say(speech, "breakdown.plain", name=sheet.name, title=title)
    told = about.told(evaluation, sheet, first)
    key = "breakdown.highest" if sheet.is_ratio else "breakdown.most"
    return say(speech, key, name=sheet.name, first=category(speech, first.category), label=told)


def _least(one: Any) -> float:
    return -1.0 if pd.isna(one.low) else float(one.low)


def _notes(evaluation: Evaluation, sheet: Sheet, field: str, frame: pd.DataFrame) -> Iterator[str]:
    """What stands below: how to read what waits, that a range is one, that categories overlap, the caveat."""
    speech, recorded = evaluation.project.speech, frame["value"][frame["category"] == RECORDED]
    how = [say(speech, "breakdown.recorded", number=int(each), unit=sheet.unit) for each in recorded]
    least_most = [ends(one, is_rough(frame)) for one in about.cells(frame[frame["category"] != RECORDED])]
    if any(least < most for least, most in least_most):
        how.append(say(speech, "anywhere"))
    if how:
        yield " ".join(how)
    if is_list(evaluation.project, sheet, field):
        yield f"{speech.plain('breakdown.several')}."
    if sheet.measure == "rate" and (frame["category"] == NOT_RECORDED).any():
        yield speech.plain("table.breakdown.without_rate")
    yield from map(speech.label, illustrative_residents(evaluation.project, sheet, *frame.loc[0, ["start", "end"]]))
    beside = evaluation.caveats_beside(*frame.loc[0, ["start", "end"]])
    yield from about.marked(evaluation, beside, [sheet.code])
