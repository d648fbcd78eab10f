"""Spending beside the time that has gone: of the funding, and of the year's budget."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from ctanalysis.analysis.cost import Execution, execution
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about, rows
from ctanalysis.figures.breakdowns import draw_rows
from ctanalysis.figures.chart import Chart
from ctanalysis.figures.outcomes import whole
from ctanalysis.figures.rows import Mark, Part, Row, Scale
from ctanalysis.figures.style import BLUE, ORANGE
from ctanalysis.figures.words import heads, say
from ctanalysis.language import Speech
from ctanalysis.tables.table import Table

DATA = ["of", "amount", "spent", "part_spent", "part_of_time_gone"]  # and which indicator, days and caveat
PROJECT = "project"
Line = tuple[str, float, float, float, float]  # of what, as the data has it


def spending(evaluation: Evaluation) -> Chart:
    """A bar for the project and one for the fiscal year, where it has a budget; a line across where time stands."""
    found, speech = execution(evaluation.known), evaluation.project.speech
    lines = _lines(evaluation, found) if found else []
    shown = tuple(_row(speech, line) for line in lines)
    scale = Scale(0, max([1.0, *(line[3] for line in lines)]), whole(speech).ticks)
    title = say(speech, "spending.none")
    if lines:
        title = say(speech, "spending.title", used=speech.per_cent(100 * lines[0][3]), gone=_gone(speech, lines[0]))
    codes = [evaluation.project.facts.funding.spending] if lines else []
    measure = say(speech, "spending.measure", currency=evaluation.project.facts.funding.currency)
    lack = tuple(f"{speech.label(found.to_date.lack)}." for _ in [0] if found and found.to_date.lack)
    rest = [_words(speech, line) for line in lines]
    return Chart(
        name="spending",
        title=title,
        subtitle=about.subtitle(evaluation, measure, about.until(evaluation)),
        alt=say(speech, "lines", title=title, lines=rest) if rest else f"{title}.",
        data=_data(evaluation, found, lines),
        height=rows.height(shown, scale),
        draw=partial(draw_rows, shown=shown, scale=scale),
        speech=speech,
        synthetic=evaluation.project.facts.synthetic,
        notes=(*((say(speech, "spending.how"),) if lines else ()), *lack, *about.caveats(evaluation, codes)),
        source=about.source(evaluation, codes),
        table=_table(speech, title, lines),
    )


def _table(speech: Speech, title: str, lines: Sequence[Line]) -> Table:
    cells = tuple(
        (_name(speech, line), speech.number(line[2]), speech.per_cent(100 * line[3]), _gone(speech, line))
        for line in lines
    )
    return Table(title, heads(speech, "of", "spent", "percent", "gone"), cells, speech=speech)


def _lines(evaluation: Evaluation, found: Execution) -> list[Line]:
    year = evaluation.project.calendar.containing(evaluation.period.end, "year")
    lines = [(PROJECT, found.funding, found.to_date.value, found.used, found.elapsed)]
    if found.budget and found.year_used is not None:
        lines.append((year.label, found.budget, found.year.value, found.year_used, found.year_elapsed))
    return lines


def _name(speech: Speech, line: Line) -> str:
    """Of what a line is, in words."""
    of, amount, *_ = line
    return say(speech, "spending.project" if of == PROJECT else "spending.year", label=of, amount=amount)


def _gone(speech: Speech, line: Line) -> str:
    return speech.per_cent(100 * line[4])


def _words(speech: Speech, line: Line) -> str:
    name, used = _name(speech, line), speech.per_cent(100 * line[3])
    return say(speech, "spending.row", name=name, percent=used, gone=_gone(speech, line))


def _data(evaluation: Evaluation, found: Execution | None, lines: Sequence[Line]) -> pd.DataFrame:
    values = [found.to_date, found.year][: len(lines)] if found else []
    days = [(one.start, one.end) for one in values]
    caveats = [about.caveat(evaluation, one.sheet.code, one.start, one.end) for one in values]
    data = pd.DataFrame(lines, columns=DATA)
    starts, ends = ([one[side] for one in days] for side in (0, 1))
    return data.assign(indicator=[one.sheet.code for one in values], start=starts, end=ends, caveat=caveats)


def _row(speech: Speech, line: Line) -> Row:
    *_, spent, used, gone = line
    label = say(speech, "spending.label", percent=speech.per_cent(100 * used), number=round(spent))
    parts = (Part(min(0, used), max(0, used), BLUE),)
    return Row(_name(speech, line), label, parts, (Mark(gone, "line", ORANGE),))
