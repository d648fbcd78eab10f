"""Before and after as one picture: what the same people said at the beginning and at the end."""

from collections.abc import Iterator
from functools import partial

import pandas as pd

from ctanalysis.analysis.outcomes import sides
from ctanalysis.analysis.values import Value
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about, rows
from ctanalysis.figures.breakdowns import draw_rows
from ctanalysis.figures.chart import Chart, Gallery
from ctanalysis.figures.rows import Mark, Part, Row, Scale
from ctanalysis.figures.style import LIGHT
from ctanalysis.figures.words import say
from ctanalysis.narrative.numbers import in_words
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.shorthand import explained, shortened
from ctanalysis.tables.table import Table

DATA = ["indicator", "who", "start", "end", "value", "low", "high", "denominator", "status", "caveat"]
WHOLE = Scale(0, 1, ((0, "0"), (0.5, "50"), (1, "100%")))  # every share has the same scale
HORIZONS = ("period", "same period last year")
Pair = tuple[str, Value, Value]


def before_and_after(evaluation: Evaluation) -> Gallery:
    """A figure for each gain whose two shares the project tells: all, a year before, and by the field of fairness."""
    gains = [sheet for sheet in evaluation.project.sheets if sheet.measure == "gain" and sheet.headline]
    found = [(sheet, [*_pairs(evaluation, sheet)]) for sheet in gains]
    return Gallery(tuple(_chart(evaluation, sheet, pairs) for sheet, pairs in found if pairs))


def _pairs(evaluation: Evaluation, gain: Sheet) -> Iterator[Pair]:
    """Who, with the share before and the share after."""
    known, fairness = evaluation.known, evaluation.project.facts.fairness
    before, after = sides(known, gain)
    if before is None or after is None:
        return
    for horizon in HORIZONS:
        one, other = (known.total(side.sheet.code, horizon) for side in (before, after))
        if one and other and (horizon == "period" or one.told):
            yield say("everybody", when=about.days(evaluation, one.start, one.end)), one, other
    if fairness:
        parts = [known.categories(side.sheet.code, fairness.field) for side in (before, after)]
        for name in parts[0]:
            if name in parts[1]:
                yield name, parts[0][name], parts[1][name]


def _chart(evaluation: Evaluation, gain: Sheet, pairs: list[Pair]) -> Chart:
    told = [(who, _told(one), _told(other)) for who, one, other in pairs]
    colours = [about.colour(evaluation, gain, who) for who, _, _ in pairs]
    every = zip(pairs, told, colours, strict=True)
    shown = tuple(_row(pair, words, colour) for pair, words, colour in every)
    _, first, last = pairs[0]
    is_told = first.shown and last.shown
    title = (
        say("outcome_title", name=gain.name, before=told[0][1], after=told[0][2]) if is_told else say("outcome_none")
    )
    codes = [first.sheet.code, last.sheet.code]
    measure = say("outcome_measure", names=[first.sheet.name, last.sheet.name])
    lines = [say("outcome_row", name=who, before=one, after=other) for who, one, other in told]
    cells = [
        (*words, f"{pair[1].denominator:,.0f}" if pair[1].of_whole else "–")
        for pair, words in zip(pairs, told, strict=True)
    ]
    return Chart(
        name=f"{gain.code}-before-and-after",
        title=title,
        subtitle=about.subtitle(evaluation, measure, about.days(evaluation, first.start, first.end)),
        alt=say("outcome_alt", title=title, rows=lines[:4]),
        data=pd.DataFrame([row for pair in pairs for row in _data(evaluation, *pair)], columns=DATA),
        height=rows.height(shown, WHOLE),
        draw=partial(draw_rows, shown=shown, scale=WHOLE),
        synthetic=evaluation.project.facts.synthetic,
        notes=(say("outcome_how"), *explained(one.label for one in shown), *about.caveats(evaluation, codes)),
        source=about.source(codes),
        table=Table(title, ("Who", "Before", "After", "Asked"), tuple(cells)),
    )


def _told(value: Value) -> str:
    return shortened(in_words(value.sheet, value.value, value.status, "en", value.high))


def _row(pair: Pair, words: tuple[str, str, str], colour: str) -> Row:
    (_, before, after), (who, first, last) = pair, words
    label = f"{first} to {last}" if first != last else last
    if not before.shown or not after.shown:
        return Row(who, label)
    ends = sorted((before.value, after.value))
    marks = (Mark(before.value, "ring", colour), Mark(after.value, "dot", colour))
    return Row(who, label, (Part(ends[0], ends[1], LIGHT),), marks)


def _data(evaluation: Evaluation, who: str, *both: Value) -> Iterator[tuple[object, ...]]:
    """A row for the share before, and one for the share after."""
    for one in both:
        told = (one.value, one.low, one.high, one.denominator, one.status)
        caveat = about.caveat(evaluation, one.sheet.code, one.start, one.end)
        yield one.sheet.code, who, one.start, one.end, *told, caveat
