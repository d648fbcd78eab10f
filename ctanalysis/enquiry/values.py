"""The values of a question: all periods and all indicators from one calculation, and where a breakdown is told."""

from collections.abc import Iterator, Sequence

import pandas as pd

from ctanalysis.base.errors import Refused
from ctanalysis.disclosure.protected import UNTOLD, WITHHELD, only_protected
from ctanalysis.enquiry.answer import Answer
from ctanalysis.enquiry.named import no_such_breakdown, spoken, way_of
from ctanalysis.enquiry.question import Question
from ctanalysis.enquiry.reading import Reading, Told
from ctanalysis.enquiry.tidy import Asked, card_of, tidy
from ctanalysis.indicators import Window
from ctanalysis.indicators.horizons import windows
from ctanalysis.periods import Period
from ctanalysis.project import Project
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.sheets import Sheet

Spans = dict[str, Window]  # by period label, its window


def spans_of(project: Project, periods: Sequence[Period], horizon: str) -> Spans:
    """The window of each period over a horizon; a period that has none (no year before the first) is left out.

    Refused: none of them has one.
    """
    found = {
        period.label: next((one for one in windows(project, period) if one.horizon == horizon), None)
        for period in periods
    }
    if found and not any(found.values()):
        raise Refused(f"The project has no {horizon} of {', '.join(found)}. Ask for another one, or another horizon.")
    return {label: window for label, window in found.items() if window}


def known_way(read: Reading, sheet: Sheet, fields: Sequence[str]) -> tuple[str, ...] | None:
    """A breakdown of a sheet's own by these fields; None where it has none."""
    if [*fields] == [sheet.beside[0]] or not fields:
        return tuple(fields)
    return way_of(read.project, sheet, fields)


def own_way(read: Reading, sheet: Sheet, fields: Sequence[str]) -> tuple[str, ...]:
    """The same. Refused: it has none, with the near ones."""
    way = known_way(read, sheet, fields)
    if way is None:
        raise no_such_breakdown(read.project, sheet, fields)
    return way


def answered(read: Reading, asked: Sequence[Asked]) -> Answer:
    """The values of questions that differ in their sheet alone, one below the other, as one frame."""
    spans = spans_of(read.project, asked[0].periods, asked[0].horizon)
    told = read.told([*spans.values()])
    frames = [framed(read, one, told, spans) for one in asked]
    frame = pd.concat(frames, ignore_index=True)
    notes = [note for one, of in zip(asked, frames, strict=True) for note in where_told(read, one, of)]
    return Answer.of(frame, card_of(read, asked, frame, notes), question(asked))


def question(asked: Sequence[Asked]) -> Question:
    """By what the same can be asked for again: each period by its label, whatever the last one is by then."""
    first, ways = asked[0], {one.sheet.code: one.way for one in asked}
    of = {code: [*way] for code, way in ways.items()}
    given = {"of": of, "periods": [one.label for one in first.periods], "horizon": first.horizon}
    return Question("values", given, ways)


def framed(read: Reading, asked: Asked, told: Told, spans: Spans) -> pd.DataFrame:
    """The tidy frame of a question from what is told of its cells."""
    return tidy(read, asked, told, {label: window.end.isoformat() for label, window in spans.items()})


def where_told(read: Reading, asked: Asked, frame: pd.DataFrame) -> Iterator[str]:
    """For which days a breakdown is told, where of the days that were asked for it is not, and how to ask for it."""
    if not asked.way or not len(frame) or not (frame["status"] == UNTOLD).all():
        return
    by = " and ".join(name.lower() for name in asked.columns).replace("_", " ")
    horizons = told_over(read, asked.sheet, asked.way, asked.periods[-1])
    if horizons:
        ways = " or ".join(f'horizon="{name}"' for name in horizons)
        yield f'By {by} it is told to the end of each fiscal year: ask with {ways}, or with every="year".'
    else:
        coarse = [(name + COARSE,) for name in asked.way if (name + COARSE,) in asked.sheet.disaggregations]
        instead = f' Ask by "{spoken(coarse[0])}" instead.' if coarse else ""
        yield f"By {by} it is told of no days up to {asked.periods[-1].end}.{instead}"


def told_over(read: Reading, sheet: Sheet, way: Sequence[str], period: Period) -> list[str]:
    """The horizons of a period over which a breakdown is told."""
    frame = only_protected(read.told(windows(read.project, period)).values)
    is_told = (frame["indicator"] == sheet.code) & (frame["disaggregation"] == " × ".join(way))
    is_told &= ~frame["status"].isin([UNTOLD, WITHHELD, "not applicable"])
    return [name for name in dict.fromkeys(frame.loc[is_told, "horizon"]) if name != "as published"]
