"""Indicators quarter by quarter, a panel each: the period's quarters stand out, and what is usual lies behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from ctanalysis.analysis.results import Result, results
from ctanalysis.analysis.signals import Signal, signals
from ctanalysis.base import precision
from ctanalysis.disclosure.protected import UNTOLD, only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about, grid
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.figures.grid import Bar, Panel
from ctanalysis.figures.words import heads, say, some
from ctanalysis.indicators.values import NOT_THIS_FINE
from ctanalysis.language import Speech
from ctanalysis.project.sheets import Sheet
from ctanalysis.quality import mark
from ctanalysis.tables.shorthand import SHORT, explained
from ctanalysis.tables.table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DATA = ["indicator", "quarter", "value", "low", "high", "status", "current", "usual_low", "usual_high", "caveat"]


def headlines(evaluation: Evaluation) -> Gallery:
    """The headline indicators, quarter by quarter."""
    return _gallery(evaluation, [sheet for sheet in evaluation.project.sheets if sheet.headline], "headlines")


def quarters(evaluation: Evaluation, area: str) -> Gallery:
    """All indicators of an area that have values by quarter, quarter by quarter."""
    history = _history(evaluation)
    shown = set(history.loc[history["value"].notna(), "indicator"])
    sheets = [sheet for sheet in evaluation.project.sheets if sheet.area == area and sheet.code in shown]
    hidden = history[~history["indicator"].isin(shown)]
    return _gallery(evaluation, sheets, f"{area}-quarters", _left_out(evaluation, area, hidden))


def _left_out(evaluation: Evaluation, area: str, hidden: pd.DataFrame) -> tuple[str, ...]:
    """A sentence to each indicator of an area of which no quarter is drawn, as its records are of longer periods, or
    the policy tells it of none. hidden: the history of those that have no values.
    """
    coarse, untold = (hidden[hidden["status"] == status] for status in (NOT_THIS_FINE, UNTOLD))
    days = zip(coarse["indicator"], coarse["start"], coarse["end"], strict=True)
    reasons = {str(code): evaluation.lacks[code, start, end] for code, start, end in days}
    some_days = evaluation.known.days_told
    reasons |= {str(code): some_days[code] for code in untold["indicator"] if code in some_days}
    speech = evaluation.project.speech
    return tuple(
        say(speech, "quarters.left_out", code=sheet.code, name=sheet.name, why=speech.label(reasons[sheet.code]))
        for sheet in evaluation.project.sheets
        if sheet.area == area and sheet.code in reasons
    )


def _history(evaluation: Evaluation) -> pd.DataFrame:
    """The history with the label of each quarter, and whether it is one of the period's."""
    frame = only_protected(evaluation.protected_history)
    labels = {q.start.isoformat(): q.label for q in evaluation.project.calendar.completed("quarter")}
    within = evaluation.period.kind != "project" and evaluation.period.start.isoformat()
    return frame.assign(quarter=frame["start"].map(labels), current=(frame["start"] >= within) if within else False)


def _gallery(evaluation: Evaluation, sheets: Sequence[Sheet], name: str, left_out: tuple[str, ...] = ()) -> Gallery:
    """So many figures that none is higher than a page; the first says what of the area is left out."""
    found = {one.sheet.code: one for one in signals(evaluation.known)}
    data = _data(evaluation, sheets, found)
    sheets = sheets if len(data) else ()  # of the project's first months no quarter is complete
    panels = [_panel(evaluation, sheet, data[data["indicator"] == sheet.code]) for sheet in sheets]
    charts, first = list[Chart](), 0
    for number, page in enumerate(grid.on_pages(panels), 1):
        part = Part(evaluation, sheets[first : first + len(page)], tuple(page), found)
        own = data[data["indicator"].isin([sheet.code for sheet in part.sheets])].reset_index(drop=True)
        charts.append(_chart(part, own, f"{name}-{number}" if number > 1 else name, () if number > 1 else left_out))
        first += len(page)
    return Gallery(tuple(charts))


@dataclass(frozen=True)
class Part:
    """What one figure draws: a panel for each sheet. found: the control charts, by indicator."""

    evaluation: Evaluation
    sheets: Sequence[Sheet]
    panels: tuple[Panel, ...]
    found: dict[str, Signal]

    @property
    def codes(self) -> list[str]:
        return [sheet.code for sheet in self.sheets]


def _chart(part: Part, data: pd.DataFrame, name: str, left_out: tuple[str, ...]) -> Chart:
    """A panel for each sheet. left_out: what is said of others."""
    evaluation, panels, speech = part.evaluation, part.panels, part.evaluation.project.speech
    title = _title(part) if panels else say(speech, "nothing")
    has_limits, current = bool(data["usual_low"].notna().any()), bool(data["current"].any())
    codes = [code for code in part.codes if data["caveat"][data["indicator"] == code].any()]
    states = explained((bar.state for panel in panels for bar in panel.bars), speech)
    how = [say(speech, "quarters.in_orange")] * current + [say(speech, "quarters.in_grey")] * has_limits
    none = () if panels else (say(speech, "quarters.none"),)
    alt = say(speech, "quarters.alt_current" if current else "quarters.alt", title=title, series=len(panels))
    notes = (*none, *filter(None, [" ".join(how)]), *states, *left_out, *_partly(part))
    return Chart(
        name=name,
        title=title,
        subtitle=_subtitle(part, data, has_limits) if panels else "",
        alt=" ".join([alt, *none]),
        data=data,
        height=grid.height(panels),
        draw=partial(draw_panels, panels=panels),
        speech=speech,
        synthetic=evaluation.project.facts.synthetic,
        notes=(*notes, *about.caveats(evaluation, codes)),
        source=about.source(evaluation, part.codes),
        table=_table(part, data, title),
    )


def _subtitle(part: Part, data: pd.DataFrame, has_limits: bool) -> str:
    key = "quarters.measure_usual" if has_limits else "quarters.measure"
    measure = say(part.evaluation.project.speech, key, last=data["quarter"].iloc[-1])
    return about.subtitle(part.evaluation, measure, about.until(part.evaluation))


def draw_panels(figure: "Figure", data: pd.DataFrame, panels: tuple[Panel, ...]) -> None:
    """Draws panels that are made already. data: for a Chart, which hands it over."""
    grid.draw(figure, panels)


def _title(part: Part) -> str:
    """What stands out of which series: a signal that the report claims, a record, or one that may be chance."""
    codes, evaluation, found = part.codes, part.evaluation, part.found
    clear = evaluation.claims.by_code("signal")
    judged = [found[code] for code in codes if code in found and found[code].judged]
    fired = [one for one in judged if one.rule and one.sheet.code in clear]
    areas = dict.fromkeys(sheet.area for sheet in part.sheets)
    records = [one for area in areas for one in results(evaluation.known, evaluation.claims, area) if one.notable]
    record = next((one for one in records if one.current.sheet.code in codes), None)
    return _message(part, fired, record, judged)


def _message(part: Part, fired: Sequence[Signal], record: Result | None, judged: Sequence[Signal]) -> str:
    """The first of these that there is. record: the most or the fewest so far."""
    speech = part.evaluation.project.speech
    if fired:
        return _outside(speech, fired)
    if record:
        key = "quarters.most" if record.record > 0 else "quarters.fewest"
        return say(speech, key, name=record.current.sheet.name)
    unclear = [one for one in judged if one.rule]
    if unclear:
        return say(speech, "quarters.unclear", outside=_outside(speech, unclear))
    if not judged:
        series = part.evaluation.known.series
        last = [series[code][-1] for code in part.codes if series.get(code)]
        if any(one.unsent for one in last):
            is_lost = all(one.status == "not received" for one in last)
            return say(speech, "quarters.not_received" if is_lost else "quarters.lacking")
        return say(speech, "quarters.too_few")
    names = [one.sheet.name if len(judged) == 1 else one.sheet.code for one in judged]
    return say(speech, "quarters.usual_of", names=names)


def _outside(speech: Speech, found: Sequence[Signal]) -> str:
    """Which series are outside their range; of one on which side."""
    if len(found) == 1:
        return say(speech, "quarters.above" if found[0].side > 0 else "quarters.below", name=found[0].sheet.name)
    return say(speech, "quarters.outside", names=some([one.sheet.name for one in found], speech))


def _partly(part: Part) -> tuple[str, ...]:
    """A sentence to each indicator with bars of quarters of which some records are missing, or lack the value."""
    evaluation, history = part.evaluation, _history(part.evaluation)
    shown = history[history["value"].notna()]
    found: dict[str, list[str]] = {code: [] for code in part.codes}
    for code, quarter, *days in shown[["indicator", "quarter", "start", "end"]].itertuples(index=False, name=None):
        if code in found and evaluation.lacks.get((code, *days)):
            found[code].append(quarter)
    return tuple(
        say(evaluation.project.speech, "quarters.partly", code=code, quarters=labels)
        for code, labels in found.items()
        if labels
    )


def _data(evaluation: Evaluation, sheets: Sequence[Sheet], found: dict[str, Signal]) -> pd.DataFrame:
    """A row for each bar, with the limits of what is usual where its series has them."""
    frame = _history(evaluation)
    frame = frame[frame["indicator"].isin([sheet.code for sheet in sheets])]
    bars = [*frame[["indicator", "start", "end"]].itertuples(index=False, name=None)]
    caveats = [evaluation.caveats_beside(start, end).get(code, "") for code, start, end in bars]
    limits = {
        (code, value.start.isoformat()): (limit.lower, limit.upper)
        for code, one in found.items()
        for value, limit in zip(one.series, one.limits, strict=True)
        if limit and one.judged
    }
    ends = [limits.get((code, start), (None, None)) for code, start, _ in bars]
    low, high = (pd.Series([end[side] for end in ends], frame.index, dtype=float) for side in (0, 1))
    return frame.assign(caveat=caveats, usual_low=low.clip(lower=0), usual_high=high)[DATA].reset_index(drop=True)


def _panel(evaluation: Evaluation, sheet: Sheet, rows: pd.DataFrame) -> Panel:
    scale = 100 if sheet.measure == "share" else 1
    bars = tuple(_bar(evaluation, row, scale) for row in rows.itertuples(index=False))
    last = about.cells(rows)[-1]
    told = about.told(evaluation, sheet, last)
    if not pd.isna(last.usual_low):
        low, high = (precision.as_shown(one * scale, "count") for one in (last.usual_low, last.usual_high))
        told = _usual(evaluation.project.speech, told, low, high, scale > 1)
    marked = evaluation.caveats if rows["caveat"].any() else {}
    return Panel(f"{sheet.code} {sheet.name}{mark(marked, sheet.code)}", told, bars, 100 if scale > 1 else 0)


def _usual(speech: Speech, told: str, low: Decimal, high: Decimal, is_share: bool) -> str:
    """The last number with what is usual."""
    most = speech.per_cent(float(high)) if is_share else precision.text(high, speech.code)
    return say(speech, "quarters.usual", told=told, low=precision.text(low, speech.code), high=most)


def _bar(evaluation: Evaluation, row: Any, scale: int) -> Bar:
    year = row.quarter[2:6]
    usual = None if pd.isna(row.usual_low) else (row.usual_low * scale, row.usual_high * scale)
    if row.status in about.NUMBERS:
        return Bar(year, row.value * scale, row.value * scale, "", row.current, usual)
    if pd.notna(row.high):
        return Bar(year, row.low * scale, row.high * scale, "", row.current, usual)
    return Bar(year, 0, 0, SHORT.get(row.status, row.status), row.current, usual)


def _table(part: Part, data: pd.DataFrame, title: str) -> Table:
    """A row for each quarter, a column for each indicator."""
    evaluation, sheets = part.evaluation, part.sheets
    rows = [*data.itertuples()]
    columns = [
        {row.quarter: about.told(evaluation, sheet, row) for row in rows if row.indicator == sheet.code}
        for sheet in sheets
    ]
    labels = dict.fromkeys(data["quarter"])
    lines = tuple((label, *(of.get(label, "–") for of in columns)) for label in labels)
    speech = evaluation.project.speech
    header = (*heads(speech, "quarter"), *(f"{sheet.code} {sheet.unit}" for sheet in sheets))
    return Table(title, header, lines, speech=speech)
