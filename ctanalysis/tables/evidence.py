"""What the results rest on, as tables: agreement with published figures, what was not recorded, what is not shown."""

from typing import Any

import pandas as pd

from ctanalysis import quality
from ctanalysis.disclosure.printed_bounds import of_range
from ctanalysis.disclosure.protected import UNTOLD, WITHHELD, only_protected
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative.numbers import title_of
from ctanalysis.project.csv_files import PublishedFigure
from ctanalysis.project.sheets import MEAN_LEVEL
from ctanalysis.tables.numbers import number, titled, whole
from ctanalysis.tables.table import Stack, Table


def published(evaluation: Evaluation) -> Stack:
    """Each published figure up to the period's end, beside the same figure calculated from the records."""
    frame = only_protected(evaluation.protected_values)
    totals = frame[(frame["horizon"] == "as published") & (frame["disaggregation"] == "total")]
    figures = [figure for figure in evaluation.project.published if figure.as_of <= evaluation.period.end]
    table = Table(
        "Published figures and the same figures calculated from the records (cumulative)",
        ("Indicator", "As of", "Published", "Calculated", "Agreement", "Source"),
        tuple(_published_row(evaluation, figure, totals) for figure in figures),
        quality.lack_notes(evaluation.lacks, totals),
        numeric=False,
    )
    return Stack((table,) if figures else (), empty="No published figure is of a day up to the end of this period.")


def _published_row(evaluation: Evaluation, figure: PublishedFigure, totals: pd.DataFrame) -> tuple[str, ...]:
    """totals: the indicators' totals up to the days of published figures."""
    sheet, day = evaluation.project.sheet(figure.indicator), figure.as_of.isoformat()
    same = totals.loc[(totals["indicator"] == sheet.code) & (totals["end"] == day), ["value", "status"]]
    [(value, status)] = same.itertuples(index=False, name=None)
    return (
        titled(evaluation, sheet),
        day,
        f"{figure.hedge} {number(evaluation, sheet, figure.value, 'exact')}".strip(),
        number(evaluation, sheet, value, status),
        _agreement(figure, value, status),
        figure.source,
    )


def _agreement(figure: PublishedFigure, calculated: float, status: str) -> str:
    """Whether the records give the published figure. One that says "over" or "nearly" is no exact number to equal."""
    if status in ("not received", "not this fine"):
        return "cannot be said"
    if figure.value != calculated:
        return "differs: to be explained"
    return "the records are consistent with it" if figure.hedge else "the same"


def completeness(evaluation: Evaluation) -> Table:
    """How much was not recorded, for each breakdown whose field may be empty, in the last complete fiscal year."""
    frame = only_protected(evaluation.protected_values)
    missing = frame[(frame["category"] == "not recorded") & (frame["disaggregation"].str.count(" × ") == 0)]
    apart = [sheet.code for sheet in evaluation.project.sheets if sheet.measure == "rate"]  # of which nothing is told
    missing = missing[~missing["indicator"].isin(apart)]
    missing = missing[(missing["horizon"] == "last fiscal year") & (missing["status"] != UNTOLD)]
    rows = [_completeness_row(evaluation, row) for row in missing.itertuples(index=False)]
    return Table(
        "Not recorded, last complete fiscal year",
        ("Indicator", "Breakdown", "Not recorded", "Of"),
        tuple(rows),
    )


def _completeness_row(evaluation: Evaluation, row: Any) -> tuple[str, ...]:
    sheet = evaluation.project.sheet(row.indicator)
    title = title_of(evaluation.project, sheet, row.disaggregation)
    total = evaluation.by(row.indicator, "total", row.horizon).iloc[0]
    if sheet.is_ratio and sheet.measure != MEAN_LEVEL:  # whose denominator is days
        pair = [WITHHELD if pd.isna(part) else whole(part) for part in (row.denominator, total["denominator"])]
    else:
        of = evaluation.by(row.indicator, row.disaggregation, row.horizon)
        recorded = of.loc[of["category"] == RECORDED, "value"]  # of a breakdown that waits, which has a base of its own
        whole_of = (row.value + recorded.iloc[0], "exact") if len(recorded) else (total["value"], total["status"])
        pair = [number(evaluation, sheet, row.value, row.status), number(evaluation, sheet, *whole_of)]
    return (titled(evaluation, sheet), title, *pair)


RANGE = "a range"  # of people or in per cent
NO_LONGER_SHOWN = (
    "Where it says withheld or fewer now, the number itself may be as it was: "
    "beside a corrected one it would give a small one away."
)


def restated(evaluation: Evaluation) -> Stack:
    """The values that an earlier release showed otherwise, with the reasons on the record."""
    found = evaluation.restated
    if not len(found):
        none = "No value that was released has changed since."
        return Stack((), empty="Nothing has been released before." if evaluation.is_first_told else none)
    reasons = (
        f"{judged.period}, revision {judged.revision}: {judged.reason} ({judged.role}, {judged.date.isoformat()})"
        for judged in evaluation.project.restatements
    )
    table = Table(
        "Values restated since they were released",
        ("Indicator", "Days", "Of", "Released as", "Now", "Last released with"),
        tuple(_restated_row(evaluation, row) for row in found.itertuples(index=False)),
        (*((NO_LONGER_SHOWN,) if _is_less_shown(found) else ()), *reasons),
        numeric=False,
    )
    return Stack((table,))


def _is_less_shown(rows: pd.DataFrame) -> bool:
    """Whether a number was told of a value of which now there is none."""
    return bool((rows["was"].notna() & rows["value"].isna()).any())


def _restated_row(evaluation: Evaluation, row: Any) -> tuple[str, ...]:
    """row: a row of ledger.restated."""
    sheet = evaluation.project.sheet(row.indicator)
    return (
        titled(evaluation, sheet),
        f"{row.start} to {row.end}",
        "Total" if row.category == "all" else row.category,
        number(evaluation, sheet, row.was, row.was_status),
        number(evaluation, sheet, row.value, row.status),
        row.release,
    )


def states(evaluation: Evaluation) -> Table:
    """How many of this report's values are exact, rounded, or not shown."""
    frame = only_protected(evaluation.protected_values)
    classes = {s.code: evaluation.project.disclosure_rule(s).describes for s in evaluation.project.sheets}
    statuses = frame["status"].map(lambda status: RANGE if of_range(status) else status)
    counts = pd.crosstab(frame["indicator"].map(classes), statuses)
    rows = tuple((name, *map(str, numbers)) for name, *numbers in counts.itertuples(name=None))
    return Table(
        "Values in indicators.csv by what may be told of them, other periods included and evidence left out",
        ("About", *counts.columns),
        rows,
    )
