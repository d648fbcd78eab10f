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
from ctanalysis.figures.words import category, heads, say
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import TOTAL
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.shorthand import explained
from ctanalysis.tables.table import Table

DATA = ["indicator", "who", "start", "end", "value", "low", "high", "denominator", "status", "caveat"]
HORIZONS = ("period", "same period last year")
Pair = tuple[str, Value, Value]


def whole(speech: Speech) -> Scale:
    """The scale of every share, with the sign of per cent that the language has."""
    return Scale(0, 1, ((0, "0"), (0.5, "50"), (1, f"100{speech.percent}")))


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
            yield TOTAL, one, other
    if fairness:
        parts = [known.categories(side.sheet.code, fairness.field) for side in (before, after)]
        for name in parts[0]:
            if name in parts[1]:
                yield name, parts[0][name], parts[1][name]


def _who(evaluation: Evaluation, pair: Pair) -> str:
    """Of whom a pair is, in words: of all with its days."""
    speech, (who, value, _) = evaluation.project.speech, pair
    when = about.days(evaluation, value.start, value.end)
    return say(speech, "everybody", when=when) if who == TOTAL else category(speech, who)


def _chart(evaluation: Evaluation, gain: Sheet, pairs: list[Pair]) -> Chart:
    speech, (_, first, last) = evaluation.project.speech, pairs[0]
    told = [(_who(evaluation, pair), *(about.short(evaluation, one.sheet, one) for one in pair[1:])) for pair in pairs]
    shown = tuple(_row(evaluation, gain, pair, words) for pair, words in zip(pairs, told, strict=True))
    title = say(speech, "outcome.none")
    if first.shown and last.shown:
        title = say(speech, "outcome.title", name=gain.name, before=told[0][1], after=told[0][2])
    codes = [first.sheet.code, last.sheet.code]
    measure = say(speech, "outcome.measure", names=[first.sheet.name, last.sheet.name])
    lines = [say(speech, "outcome.row", name=who, before=one, after=other) for who, one, other in told[:4]]
    signs = explained((one.label for one in shown), speech)
    return Chart(
        name=f"{gain.code}-before-and-after",
        title=title,
        subtitle=about.subtitle(evaluation, measure, about.days(evaluation, first.start, first.end)),
        alt=say(speech, "lines", title=title, lines=lines),
        data=pd.DataFrame([row for pair in pairs for row in _data(evaluation, *pair)], columns=DATA),
        height=rows.height(shown, whole(speech)),
        draw=partial(draw_rows, shown=shown, scale=whole(speech)),
        speech=speech,
        synthetic=evaluation.project.facts.synthetic,
        notes=(say(speech, "outcome.how"), *signs, *about.caveats(evaluation, codes)),
        source=about.source(evaluation, codes),
        table=_table(speech, title, pairs, told),
    )


def _table(speech: Speech, title: str, pairs: list[Pair], told: list[tuple[str, ...]]) -> Table:
    asked = [speech.number(value.denominator) if value.of_whole else "–" for _, value, _ in pairs]
    cells = tuple((*words, many) for words, many in zip(told, asked, strict=True))
    return Table(title, heads(speech, "who", "before", "after", "asked"), cells, speech=speech)


def _row(evaluation: Evaluation, gain: Sheet, pair: Pair, words: tuple[str, ...]) -> Row:
    (category, before, after), (who, first, last) = pair, words
    label = say(evaluation.project.speech, "change", before=first, after=last) if first != last else last
    if not before.shown or not after.shown:
        return Row(who, label)
    ends, colour = sorted((before.value, after.value)), about.colour(evaluation, gain, category)
    marks = (Mark(before.value, "ring", colour), Mark(after.value, "dot", colour))
    return Row(who, label, (Part(ends[0], ends[1], LIGHT),), marks)


def _data(evaluation: Evaluation, who: str, *both: Value) -> Iterator[tuple[object, ...]]:
    """A row for the share before, and one for the share after."""
    for one in both:
        told = (one.value, one.low, one.high, one.denominator, one.status)
        caveat = about.caveat(evaluation, one.sheet.code, one.start, one.end)
        yield one.sheet.code, who, one.start, one.end, *told, caveat
