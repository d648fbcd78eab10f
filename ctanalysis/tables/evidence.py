"""What the results rest on, as tables: agreement with published figures, what was not recorded, what is not told."""

from typing import Any

import pandas as pd

from ctanalysis.disclosure.protected import only_protected
from ctanalysis.evaluation import Evaluation
from ctanalysis.tables.numbers import caveat_notes, number, titled, whole
from ctanalysis.tables.table import Stack, Table


def published(evaluation: Evaluation) -> Stack:
    """Each published figure beside the same figure calculated from the records."""
    rows, told_of = [], []
    frame = only_protected(evaluation.protected_values)
    totals = frame[(frame["horizon"] == "as published") & (frame["disaggregation"] == "total")]
    for figure in evaluation.project.published:
        sheet = evaluation.project.sheet(figure.indicator)
        found = totals[(totals["indicator"] == sheet.code) & (totals["end"] == figure.as_of.isoformat())]
        if len(found):
            told = number(evaluation, sheet, found["value"].iloc[0], found["status"].iloc[0])
            stated = number(evaluation, sheet, figure.value, "exact")
            same = "none" if figure.value == found["value"].iloc[0] else "differs: to be explained"
            told_of.append(sheet)
            rows.append(
                (
                    titled(evaluation, sheet),
                    figure.as_of.isoformat(),
                    f"{figure.hedge} {stated}".strip(),
                    told,
                    same,
                    figure.source,
                )
            )
    table = Table(
        "Published figures and the same figures calculated from the records (cumulative)",
        ("Indicator", "As of", "Published", "Calculated", "Difference", "Source"),
        tuple(rows),
        caveat_notes(evaluation, told_of),
        numeric=False,
    )
    return Stack((table,) if rows else (), empty="No published figure is of a day up to the end of this period.")


def completeness(evaluation: Evaluation) -> Table:
    """How much was not recorded, for each breakdown whose field may be empty, in the last complete fiscal year."""
    frame = only_protected(evaluation.protected_values)
    missing = frame[(frame["category"] == "not recorded") & (frame["disaggregation"].str.count(" × ") == 0)]
    missing = missing[missing["horizon"] == "last fiscal year"]
    rows = [_completeness_row(evaluation, row) for row in missing.itertuples(index=False)]
    return Table(
        "Not recorded, last complete fiscal year",
        ("Indicator", "Breakdown", "Not recorded", "Of"),
        tuple(rows),
        caveat_notes(evaluation, map(evaluation.project.sheet, missing["indicator"])),
    )


def _completeness_row(evaluation: Evaluation, row: Any) -> tuple[str, ...]:
    sheet = evaluation.project.sheet(row.indicator)
    title = evaluation.project.package.locate(sheet.calculation.table, row.disaggregation).field.title
    total = evaluation.by(row.indicator, "total", row.horizon).iloc[0]
    if sheet.is_ratio:
        pair = ["withheld" if pd.isna(part) else whole(part) for part in (row.denominator, total["denominator"])]
    else:
        pair = [
            number(evaluation, sheet, row.value, row.status),
            number(evaluation, sheet, total["value"], total["status"]),
        ]
    return (titled(evaluation, sheet), title, *pair)


NO_LONGER_TOLD = "Where it says withheld or fewer now, the number itself may be as it was: beside the corrected ones it would give a small one away."


def restated(evaluation: Evaluation) -> Stack:
    """The values that a release before told otherwise, with the reasons on the record."""
    rows = []
    for row in evaluation.restated.itertuples(index=False):
        sheet = evaluation.project.sheet(row.indicator)
        was, now = (
            number(evaluation, sheet, value, status)
            for value, status in ((row.was, row.was_status), (row.value, row.status))
        )
        rows.append(
            (
                titled(evaluation, sheet),
                f"{row.start} to {row.end}",
                "Total" if row.category == "all" else row.category,
                was,
                now,
                row.release,
            )
        )
    reasons = tuple(
        f"{judged.period}, revision {judged.revision}: {judged.reason} ({judged.role}, {judged.date.isoformat()})"
        for judged in evaluation.project.restatements
    )
    tables = (
        (
            Table(
                "Values restated since they were released",
                ("Indicator", "Days", "Of", "Released as", "Now", "Last released with"),
                tuple(rows),
                (NO_LONGER_TOLD, *reasons),
                numeric=False,
            ),
        )
        if rows
        else ()
    )
    return Stack(
        tables,
        empty="No value that was released has changed since."
        if evaluation.released.releases
        else "Nothing has been released before.",
    )


def states(evaluation: Evaluation) -> Table:
    """How many of this report's values are exact, rounded, or not told."""
    frame = only_protected(evaluation.protected_values)
    classes = {s.code: evaluation.project.rule(s).describes for s in evaluation.project.sheets}
    counts = pd.crosstab(frame["indicator"].map(classes), frame["status"])
    rows = tuple((name, *map(str, row)) for name, row in zip(counts.index, counts.to_numpy()))
    return Table(
        "Values in indicators.csv by what may be told of them, comparisons with other periods included",
        ("About", *counts.columns),
        rows,
    )
