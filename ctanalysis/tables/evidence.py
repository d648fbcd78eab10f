"""What the results rest on, as tables: agreement with published figures, what was not recorded, what is not shown."""

from typing import Any

import pandas as pd
from markupsafe import Markup

from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import UNTOLD, WITHHELD, only_protected
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation
from ctanalysis.language import Speech
from ctanalysis.narrative.numbers import Marks, title_of
from ctanalysis.narrative.states import state
from ctanalysis.project.csv_files import PublishedFigure
from ctanalysis.project.sheets import MEAN_LEVEL
from ctanalysis.tables.cells import Cell, counted, day, stands, written
from ctanalysis.tables.numbers import cells_of, kind, lack_notes, months, number, titled
from ctanalysis.tables.table import Stack, Table

ORIGINS = "evaluation.html"  # the page on which it stands how the numbers of pages without that were calculated
A_RANGE = "0–0"  # any status of a range, of people or in per cent


def _header(speech: Speech, table: str, *names: str) -> tuple[str, ...]:
    """The indicator's, and others of a table by their keys."""
    return (speech.plain("table.indicator"), *(speech.plain(f"table.{table}.{name}") for name in names))


def published(evaluation: Evaluation) -> Stack:
    """Each published figure up to the period's end, beside the same figure calculated from the records."""
    frame, speech = only_protected(evaluation.protected_values), evaluation.project.speech
    totals = frame[(frame["horizon"] == "as published") & (frame["disaggregation"] == "total")]
    figures = [figure for figure in evaluation.project.published if figure.as_of <= evaluation.period.end]
    table = Table(
        speech.plain("table.published.caption"),
        _header(speech, "published", "as_of", "published", "calculated", "agreement", "source"),
        tuple(_published_row(evaluation, figure, totals) for figure in figures),
        lack_notes(evaluation, totals),
        numeric=False,
        speech=speech,
    )
    return Stack((table,) if figures else (), empty=speech.plain("table.published.none"))


def _published_row(evaluation: Evaluation, figure: PublishedFigure, totals: pd.DataFrame) -> tuple[str, ...]:
    """totals: the indicators' totals up to the days of published figures."""
    sheet, speech = evaluation.project.sheet(figure.indicator), evaluation.project.speech
    is_same = (totals["indicator"] == sheet.code) & (totals["end"] == figure.as_of.isoformat())
    row: Any
    [row] = totals[is_same].itertuples(index=False)
    published = Marks(speech).fact(number(evaluation, sheet, figure.value, "exact"))
    return (
        titled(evaluation, sheet, ORIGINS),
        day(speech, figure.as_of),
        Cell(Markup("{} {}").format(speech.label(figure.hedge), published) if figure.hedge else published),
        cells_of(evaluation, sheet, ORIGINS).row(row),
        speech.plain(f"table.published.{_agreement(figure, row.value, row.status)}"),
        written(speech, figure.source),
    )


def _agreement(figure: PublishedFigure, calculated: float, status: str) -> str:
    """Whether the records give the published figure. One that says "over" or "nearly" is no exact number to equal."""
    if status in ("not received", "not this fine"):
        return "unsaid"
    if figure.value != calculated:
        return "differs"
    return "consistent" if figure.hedge else "same"


def completeness(evaluation: Evaluation) -> Table:
    """How much was not recorded, for each breakdown whose field may be empty, in the last complete fiscal year."""
    frame, speech = only_protected(evaluation.protected_values), evaluation.project.speech
    missing = frame[(frame["category"] == "not recorded") & (frame["disaggregation"].str.count(" × ") == 0)]
    apart = [sheet.code for sheet in evaluation.project.sheets if sheet.measure == "rate"]  # of which nothing is told
    missing = missing[~missing["indicator"].isin(apart)]
    missing = missing[(missing["horizon"] == "last fiscal year") & (missing["status"] != UNTOLD)]
    rows = [_completeness_row(evaluation, row) for row in missing.itertuples(index=False)]
    header = _header(speech, "completeness", "breakdown", "not_recorded", "of")
    return Table(speech.plain("table.completeness.caption"), header, tuple(rows), speech=speech)


def _completeness_row(evaluation: Evaluation, row: Any) -> tuple[str, ...]:
    sheet, speech = evaluation.project.sheet(row.indicator), evaluation.project.speech
    title = title_of(evaluation.project, sheet, row.disaggregation)
    total = evaluation.by(row.indicator, "total", row.horizon).iloc[0]
    of = cells_of(evaluation, sheet, ORIGINS)
    source = of.source(row)
    if sheet.is_ratio and sheet.measure != MEAN_LEVEL:  # whose denominator is days
        parts = (row.denominator, total["denominator"])
        hidden = stands(state(WITHHELD, speech))
        pair = [hidden if pd.isna(part) else of.whole(part, source) for part in parts]
    else:
        every = evaluation.by(row.indicator, row.disaggregation, row.horizon)
        recorded = every.loc[every["category"] == RECORDED, "value"]  # of a breakdown that waits: its own base
        told = (row.value + recorded.iloc[0], "exact") if len(recorded) else (total["value"], total["status"])
        pair = [of.value(value, status, source) for value, status in ((row.value, row.status), told)]
    return (titled(evaluation, sheet, ORIGINS), title, *pair)


def restated(evaluation: Evaluation) -> Stack:
    """The values that an earlier release showed otherwise, with the reasons on the record."""
    found, speech = evaluation.restated, evaluation.project.speech
    if not len(found):
        none = "none_released" if evaluation.is_first_told else "none_changed"
        return Stack((), empty=speech.plain(f"table.restated.{none}"))
    table = Table(
        speech.plain("table.restated.caption"),
        _header(speech, "restated", "days", "of", "released", "now", "last"),
        tuple(_restated_row(evaluation, row) for row in found.itertuples(index=False)),
        (*([speech.plain("table.restated.less_shown")] if _is_less_shown(found) else []), *_reasons(evaluation)),
        numeric=False,
        speech=speech,
    )
    return Stack((table,))


def _reasons(evaluation: Evaluation) -> list[str]:
    """Why values were restated, as somebody noted it."""
    speech = evaluation.project.speech
    return [
        Cell(
            speech.say(
                "table.restated.reason",
                period=judged.period,
                revision=judged.revision,
                reason=written(speech, judged.reason),
                role=speech.label(judged.role),
                day=day(speech, judged.date),
            )
        )
        for judged in evaluation.project.restatements
    ]


def _is_less_shown(rows: pd.DataFrame) -> bool:
    """Whether a number was told of a value of which now there is none."""
    return bool((rows["was"].notna() & rows["value"].isna()).any())


def _restated_row(evaluation: Evaluation, row: Any) -> tuple[str, ...]:
    """row: a row of ledger.restated."""
    sheet, speech = evaluation.project.sheet(row.indicator), evaluation.project.speech
    of, marks = cells_of(evaluation, sheet), Marks(speech)
    source = f"indicator {row.indicator} ({row.start} to {row.end}), {row.category}"
    return (
        titled(evaluation, sheet),
        months(speech, row.start, row.end),
        speech.plain("table.total") if row.category == "all" else Cell(marks.label(row.category)),
        of.value(row.was, row.was_status, f"{source}, as it was released"),
        of.value(row.value, row.status, source),
        Cell(marks.label(row.release)),
    )


def states(evaluation: Evaluation) -> Table:
    """How many of this report's values are exact, rounded, or not shown."""
    frame, speech = only_protected(evaluation.protected_values), evaluation.project.speech
    rules = evaluation.project.policy.rules
    places = {s.code: [*rules.values()].index(evaluation.project.disclosure_rule(s)) for s in evaluation.project.sheets}
    statuses = frame["status"].mask(frame["status"].map(lambda status: of_range(status) is not None), A_RANGE)
    counts, named = pd.crosstab(frame["indicator"].map(places), statuses), [rule.describes for rule in rules.values()]
    rows = tuple(
        (speech.label(named[place]), *(counted(speech, number, "values of indicators.csv") for number in numbers))
        for place, *numbers in counts.itertuples(name=None)
    )
    header = (speech.plain("table.states.about"), *(kind(one, speech) for one in counts.columns))
    return Table(speech.plain("table.states.caption"), header, rows, speech=speech)
