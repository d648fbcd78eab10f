"""The pathway of people who are helped: of those who came to each step, the share that went on."""

from functools import partial

import pandas as pd

from ctanalysis.analysis.pathway import Step
from ctanalysis.analysis.pathway import pathway as steps_of
from ctanalysis.analysis.values import Value
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about, rows
from ctanalysis.figures.breakdowns import draw_rows
from ctanalysis.figures.chart import Chart
from ctanalysis.figures.outcomes import whole
from ctanalysis.figures.rows import Part, Row
from ctanalysis.figures.style import BLUE
from ctanalysis.figures.words import heads, say
from ctanalysis.tables.shorthand import explained
from ctanalysis.tables.table import Table

DATA = ["indicator", "step", "start", "end", "value", "low", "high", "status", "of", "caveat"]


def pathway(evaluation: Evaluation) -> Chart:
    """A bar for each step on one scale from 0 to 100: the last fiscal year's, where it is told to date that as well."""
    found = [(step, value) for step in steps_of(evaluation.known) if (value := _told(step)) is not None]
    shown, speech = tuple(_row(evaluation, step, value) for step, value in found), evaluation.project.speech
    codes = [step.sheet.code for step, _ in found]
    shares = [(step, value) for step, value in found if step.is_share and value.told and not value.anything]
    title = _title(evaluation, found, shares)
    lines = [f"{row.name}: {row.label}" for row in shown]
    signs = explained((row.label for row in shown), speech)
    notes = (say(speech, "pathway.how"), *signs) if found else ()
    if any(part.hatched and part.high > part.low for row in shown for part in row.parts):
        notes = (say(speech, "anywhere"), *notes)
    return Chart(
        name="pathway",
        title=title,
        subtitle=about.subtitle(evaluation, say(speech, "pathway.measure"), about.until(evaluation)),
        alt=say(speech, "lines", title=title, lines=lines[1:4]) if found else f"{title}.",
        data=pd.DataFrame([_data(evaluation, step, value) for step, value in found], columns=DATA),
        height=rows.height(shown, whole(speech)),
        draw=partial(draw_rows, shown=shown, scale=whole(speech)),
        speech=speech,
        synthetic=evaluation.project.facts.synthetic,
        notes=(*notes, *about.caveats(evaluation, codes)),
        source=about.source(evaluation, codes),
        table=Table(title, heads(speech, "step", "told"), tuple((row.name, row.label) for row in shown), speech=speech),
    )


def _told(step: Step) -> Value | None:
    """To date, where anything of it is told; else of the last fiscal year."""
    if step.to_date is not None and step.to_date.told:
        return step.to_date
    return next((value for value in reversed(step.by_year) if value.told), step.to_date)


def _title(evaluation: Evaluation, found: list[tuple[Step, Value]], shares: list[tuple[Step, Value]]) -> str:
    speech = evaluation.project.speech
    if not found:
        return say(speech, "pathway.none")
    first, number = found[0]
    if not shares:
        told = about.told(evaluation, number.sheet, number)
        return say(speech, "pathway.first", number=told, name=speech.label(first.name))
    ends = [(value.low, value.high, step, value) for step, value in shares]
    _, high, step, value = min(ends, key=lambda one: one[1])
    is_certain = all(high <= one[0] for one in ends if one[2] is not step)
    words = {"name": speech.label(step.name), "told": about.told(evaluation, value.sheet, value)}
    key = "only" if len(shares) == 1 else "lowest" if is_certain else "among"
    return say(speech, f"pathway.{key}", **words)


def _row(evaluation: Evaluation, step: Step, value: Value) -> Row:
    words, speech = about.short(evaluation, value.sheet, value), evaluation.project.speech
    is_of = value.of_whole
    label = say(speech, "pathway.of_many", told=words, number=int(value.denominator)) if is_of else words
    name = f"{step.sheet.code} {speech.label(step.name)}, {about.days(evaluation, value.start, value.end)}"
    if not step.is_share:
        return Row(name, label, (), ())
    if value.number:
        return Row(name, label, (Part(0, value.value, BLUE),))
    if value.told:
        return Row(name, label, (Part(0, value.low, BLUE), Part(value.low, value.high, BLUE, hatched=True)))
    return Row(name, label)


def _data(evaluation: Evaluation, step: Step, value: Value) -> tuple[object, ...]:
    days = value.start, value.end
    told = (value.value, value.low, value.high, value.status, value.denominator)
    return step.sheet.code, step.name, *days, *told, about.caveat(evaluation, step.sheet.code, *days)
