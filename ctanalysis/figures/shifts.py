"""The categories of a breakdown over time: now, a year before, and in the period before."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from ctanalysis.analysis.change import LAST_YEAR, PREVIOUS
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about, rows
from ctanalysis.figures.breakdowns import DATA, breakdowns, draw_rows, in_order, named
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.figures.rows import Mark, Row, Scale
from ctanalysis.figures.style import BLUE, GREY, RULE
from ctanalysis.figures.words import categories, category, say
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import title_of
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.numbers import as_heading
from ctanalysis.tables.shorthand import explained
from ctanalysis.tables.table import Table

HORIZONS = ("period", LAST_YEAR, PREVIOUS)
LOOKS = {"period": "dot", LAST_YEAR: "ring", PREVIOUS: "line"}
NAMED = 3  # categories in the alternative text: the first of them


def who_and_where(evaluation: Evaluation, area: str) -> Gallery:
    """The breakdowns of an area (see breakdowns), over time where an earlier period can stand beside it.

    So are headline counts by what is neither a place nor women and men, of which there are figures of their own.
    """
    found = {}
    for sheet, way, told in _over_time(evaluation, area):
        found[f"{sheet.code}-{way.replace(':', '-')}"] = _chart(evaluation, sheet, way, told)
    return Gallery(tuple(found.get(chart.name, chart) for chart in breakdowns(evaluation, area).charts))


def _over_time(evaluation: Evaluation, area: str) -> Iterator[tuple[Sheet, str, dict[str, pd.DataFrame]]]:
    """Each of them with what is told of it, by horizon."""
    project, fairness = evaluation.project, evaluation.project.facts.fairness
    for sheet in project.sheets:
        if sheet.area != area or not sheet.headline or not sheet.counts_up or project.disclosure_rule(sheet).audited:
            continue
        for way in (fields[0] for fields in sheet.disaggregations if len(fields) == 1):
            if not project.population.has((way,)) and not (fairness and way == fairness.field):
                frames = {horizon: _frame(evaluation, sheet, way, horizon) for horizon in HORIZONS}
                told = _different(frames)
                if "period" in told and len(told) > 1 and told["period"]["value"].notna().any():
                    yield sheet, way, told


def _different(frames: dict[str, pd.DataFrame | None]) -> dict[str, pd.DataFrame]:
    """Those of which something is told, without the period before where that is the same period last year."""
    told = {horizon: frame for horizon, frame in frames.items() if frame is not None}
    days = {horizon: (*frame.iloc[0][["start", "end"]],) for horizon, frame in told.items()}
    if PREVIOUS in told and days[PREVIOUS] == days.get(LAST_YEAR):
        del told[PREVIOUS]
    return told


def _frame(evaluation: Evaluation, sheet: Sheet, way: str, horizon: str) -> pd.DataFrame | None:
    known = evaluation.known.categories(sheet.code, way, horizon)
    if not any(value.shown for value in known.values()):
        return None
    return evaluation.by(sheet.code, way, horizon)


def _chart(evaluation: Evaluation, sheet: Sheet, way: str, told: dict[str, pd.DataFrame]) -> Chart:
    order, speech = [*in_order(sheet, told["period"])["category"]], evaluation.project.speech
    values = {horizon: {row.category: row for row in about.cells(frame)} for horizon, frame in told.items()}
    words = [_words(evaluation, sheet, name, values) for name in order]
    shown = tuple(_row(speech, name, values, said) for name, said in zip(order, words, strict=True))
    title = title_of(evaluation.project, sheet, way)
    when = {horizon: about.days_of(evaluation, frame) for horizon, frame in told.items()}
    message = _message(speech, sheet, order, words, when)
    scale = Scale(0, max((row.end for row in shown), default=0) or 1)
    names = categories(speech, order)
    parts = [f"{row.name} {row.label}" for row in shown]
    frames = [frame[["indicator", "start", "end", *DATA]] for frame in told.values()]
    lines = tuple((name, *(said.get(one, "–") for one in told)) for name, said in zip(names, words, strict=True))
    measure = say(speech, "breakdown.measure", code=sheet.code, name=sheet.name, unit=sheet.unit, title=title)
    signs = explained((row.label for row in shown), speech)
    return Chart(
        name=f"{sheet.code}-{way.replace(':', '-')}-over-time",
        title=message,
        subtitle=about.subtitle(evaluation, measure, speech.series(when.values())),
        alt=say(speech, "shift.alt", title=message, **named(speech, parts, NAMED)),
        data=pd.concat(frames, ignore_index=True),
        height=rows.height(shown),
        draw=partial(draw_rows, shown=shown, scale=scale),
        speech=speech,
        synthetic=evaluation.project.facts.synthetic,
        notes=(_how(speech, when), *signs, *_caveats(evaluation, sheet, told)),
        source=about.source(evaluation, [sheet.code]),
        table=Table(message, (as_heading(title), *when.values()), lines, speech=speech),
    )


def _how(speech: Speech, when: dict[str, str]) -> str:
    """Which mark is of which days."""
    keys = {LAST_YEAR: "shift.ring", PREVIOUS: "shift.line"}
    others = [say(speech, keys[horizon], when=days) for horizon, days in when.items() if horizon in keys]
    return " ".join([say(speech, "shift.how", now=when["period"]), *others])


def _caveats(evaluation: Evaluation, sheet: Sheet, told: dict[str, pd.DataFrame]) -> tuple[str, ...]:
    """Whether the data of any of these days has a caveat."""
    days = [tuple(frame.iloc[0][["start", "end"]]) for frame in told.values()]
    return next(
        filter(None, (about.marked(evaluation, evaluation.caveats_beside(*one), [sheet.code]) for one in days)), ()
    )


def _words(evaluation: Evaluation, sheet: Sheet, name: str, values: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {horizon: about.short(evaluation, sheet, of[name]) for horizon, of in values.items() if name in of}


def _row(speech: Speech, name: str, values: dict[str, dict[str, Any]], words: dict[str, str]) -> Row:
    colour = GREY if name == NOT_RECORDED else BLUE
    marks = [
        Mark(float(of[name].value), LOOKS[horizon], RULE if horizon == PREVIOUS else colour)
        for horizon, of in reversed(values.items())
        if name in of and pd.notna(of[name].value)
    ]
    now, then = words.get("period", ""), words.get(LAST_YEAR, "")
    label = say(speech, "shift.was", now=now, then=then) if then else now
    return Row(category(speech, name), label, (), tuple(marks))


def _message(speech: Speech, sheet: Sheet, order: list[str], words: list[dict[str, str]], when: dict[str, str]) -> str:
    """The largest category, now and then, as it is told."""
    then = LAST_YEAR if LAST_YEAR in when else PREVIOUS
    for name, said in zip(order, words, strict=True):
        if name != NOT_RECORDED and said.get(then):
            key = "shift.title" if then == LAST_YEAR else "shift.title_before"
            told = {"category": category(speech, name), "now": said["period"], "then": said[then]}
            return say(speech, key, name=sheet.name, **told)
    return say(speech, "shift.even", name=sheet.name)
