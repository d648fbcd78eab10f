"""The figure of an answer over time."""

from dataclasses import replace

import pandas as pd

from ctanalysis.base.cards import Card
from ctanalysis.enquiry.answer import Answer
from ctanalysis.enquiry.question import Drawing
from ctanalysis.enquiry.reading import Reading
from ctanalysis.enquiry.tidy import SYNTHETIC
from ctanalysis.figures import over_time
from ctanalysis.figures.over_time import ALL
from ctanalysis.project.sheets import Sheet

BETWEEN = ("unit", "period", "start", "end", "horizon")  # fields stand after these, and before the value


def drawn(read: Reading, sheet: Sheet, every: str, answer: Answer) -> Drawing:
    """A bar for each period of an answer, a panel for each category."""
    names = [*answer.columns[: answer.columns.get_loc("value")]]
    fields = [name for name in names if name not in ("indicator", "name", *BETWEEN)]
    category: pd.Series[str] = answer[fields].agg(" × ".join, axis=1) if fields else pd.Series(ALL, answer.index)
    data = pd.DataFrame(answer[["period", "value", "low", "high", "status", "told"]]).assign(category=category)
    by = f", by {' and '.join(fields).replace('_', ' ')}" if fields else ""
    title = f"{sheet.code} {sheet.name} ({sheet.unit}) by {every}{by}"
    chart = over_time(data, f"{sheet.code}-{every}", title, read.project.facts.synthetic, _notes(answer.card))
    asked = answer.question
    question = replace(asked, word="plot", given={**asked.given, "every": every}) if asked else None
    return Drawing(**vars(chart), question=question)


def _notes(card: Card) -> tuple[str, ...]:
    """Those of the answer, without the one that the figure has itself."""
    return tuple(note for note in card.notes if note != SYNTHETIC)
