"""region.csv: what the page shows, a row to each project's indicator, in the words that the page has for it."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from ctanalysis.region.comparing import Row, Shared

NUMBERS = ["value", "low", "high", "status"]


def frame(found: Iterable[Shared]) -> pd.DataFrame:
    """The rows of a page.

    Columns: standard, project, country, period (its label), indicator, horizon, start, end, value, low, high, status,
    per_100000, target_low, target_high, percent_of_target, verdict, not_comparable, records.

    Of the horizons "period" and "project to date"; per_100000 is of the former, targets and verdict of the latter.
    """
    return pd.DataFrame([line for one in found for row in one.every for line in _lines(one.standard.code, row)])


def _lines(standard: str, row: Row) -> Iterator[dict[str, Any]]:
    facts, goal = row.member.facts, row.tracked
    named = {"standard": standard, "project": facts.name, "country": facts.country}
    level = goal.target
    beside = {
        "per_100000": row.per,
        "target_low": None,
        "target_high": None,
        "percent_of_target": None,
        "verdict": "",
    }
    aims = {
        "per_100000": None,
        "target_low": goal.target_low if level is None else level,
        "target_high": goal.target_high if level is None else level,
        "percent_of_target": goal.percent_of_target,
        "verdict": row.pace.verdict if row.pace else goal.against_target,
    }
    ends = {"not_comparable": row.apart, "records": "synthetic" if facts.synthetic else "recorded"}
    for value, rest in ((row.period, beside), (row.to_date, aims)):
        days = {"period": row.evaluation.period.label, "indicator": row.sheet.code, "horizon": value.horizon}
        told = {name: getattr(value, name) for name in NUMBERS}
        yield named | days | {"start": value.start, "end": value.end} | told | rest | ends
