"""Spending beside the time that has gone: of the funding, and of the year's budget."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from ctanalysis.analysis.cost import Execution, execution
from ctanalysis.base import precision
from ctanalysis.evaluation import Evaluation
from ctanalysis.figures import about, rows
from ctanalysis.figures.breakdowns import draw_rows
from ctanalysis.figures.chart import Chart
from ctanalysis.figures.outcomes import WHOLE
from ctanalysis.figures.rows import Mark, Part, Row, Scale
from ctanalysis.figures.style import BLUE, ORANGE
from ctanalysis.figures.words import say
from ctanalysis.tables.table import Table

DATA = ["of", "amount", "spent", "part_spent", "part_of_time_gone"]  # and which indicator, days and caveat
Line = tuple[str, float, float, float, float]


def spending(evaluation: Evaluation) -> Chart:
    """A bar for the project and one for the fiscal year, where it has a budget; a line across where time stands."""
    found = execution(evaluation.known)
    lines = _lines(evaluation, found) if found else []
    shown = tuple(_row(line) for line in lines)
    scale = Scale(0, max([1.0, *(line[3] for line in lines)]), WHOLE.ticks)
    title = (
        say("spending_title", used=_percent(lines[0][3]), gone=_percent(lines[0][4])) if lines else say("spending_none")
    )
    rest = [
        say("spending_row", name=name, percent=_percent(used), gone=_percent(gone)) for name, _, _, used, gone in lines
    ]
    codes = [evaluation.project.facts.funding.spending] if lines else []
    measure = say("spending_measure", currency=evaluation.project.facts.funding.currency)
    lack = tuple(f"{found.to_date.lack}." for _ in [0] if found and found.to_date.lack)
    cells = tuple(
        (name, f"{spent:,.0f}", f"{_percent(used)}%", f"{_percent(gone)}%") for name, _, spent, used, gone in lines
    )
    return Chart(
        name="spending",
        title=title,
        subtitle=about.subtitle(evaluation, measure, about.until(evaluation)),
        alt=say("spending_alt", title=title, rows=rest) if rest else f"{title}.",
        data=_data(evaluation, found, lines),
        height=rows.height(shown, scale),
        draw=partial(draw_rows, shown=shown, scale=scale),
        synthetic=evaluation.project.facts.synthetic,
        notes=(*((say("spending_how"),) if lines else ()), *lack, *about.caveats(evaluation, codes)),
        source=about.source(codes),
        table=Table(title, ("Of", "Spent", "Per cent", "Time gone"), cells),
    )


def _lines(evaluation: Evaluation, found: Execution) -> list[Line]:
    year = evaluation.project.calendar.containing(evaluation.period.end, "year")
    whole = say("spending_project", amount=found.funding)
    lines = [(whole, found.funding, found.to_date.value, found.used, found.elapsed)]
    if found.budget and found.year_used is not None:
        name = say("spending_year", label=year.label, amount=found.budget)
        lines.append((name, found.budget, found.year.value, found.year_used, found.year_elapsed))
    return lines


def _data(evaluation: Evaluation, found: Execution | None, lines: Sequence[Line]) -> pd.DataFrame:
    values = [found.to_date, found.year][: len(lines)] if found else []
    days = [(one.start, one.end) for one in values]
    caveats = [about.caveat(evaluation, one.sheet.code, one.start, one.end) for one in values]
    data = pd.DataFrame(lines, columns=DATA)
    starts, ends = ([one[side] for one in days] for side in (0, 1))
    return data.assign(indicator=[one.sheet.code for one in values], start=starts, end=ends, caveat=caveats)


def _row(line: Line) -> Row:
    name, _, spent, used, gone = line
    label = say("spending_label", percent=_percent(used), number=round(spent))
    return Row(name, label, (Part(min(0, used), max(0, used), BLUE),), (Mark(gone, "line", ORANGE),))


def _percent(part: float) -> str:
    return str(precision.as_shown(part * 100, "count"))
