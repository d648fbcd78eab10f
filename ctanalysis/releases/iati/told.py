"""What a release tells of an indicator: by days, its targets and its actual numbers, with the sentences beside them.

Numbers are those of indicators.csv and tracking.csv; a share is in per cent, as IATI has it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from ctanalysis.analysis.tracking import TO_DATE, YEAR_TO_DATE
from ctanalysis.disclosure.ledger.lines import text
from ctanalysis.disclosure.waiting.cells import RECORDED
from ctanalysis.evaluation import Evaluation
from ctanalysis.indicators.categories import NOT_RECORDED
from ctanalysis.language import Speech
from ctanalysis.narrative.states import state
from ctanalysis.project.descriptor import COARSE
from ctanalysis.project.policy import TOTAL
from ctanalysis.project.sheets import Sheet

HORIZONS = ("period", YEAR_TO_DATE, TO_DATE, "last fiscal year", "project to last year end")
NUMBERS = ("exact", "rounded")  # statuses of what is told as a number
PERCENT = 100
Days = tuple[str, str]  # first and last, ISO


@dataclass(frozen=True)
class Number:
    """A number as it is published. dimensions: (name, category) of a breakdown; comments: the sentences beside it."""

    value: str
    dimensions: tuple[tuple[str, str], ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What is told of some days. targets: those of exactly these days."""

    days: Days
    targets: tuple[Number, ...]
    actuals: tuple[Number, ...]


def periods(evaluation: Evaluation, sheet: Sheet) -> list[Told]:
    """Of all days of which a target or a number is told, in their order."""
    actuals, targets = _by_days(evaluation, sheet), dict(_targets(evaluation, sheet))
    days = sorted({*actuals, *targets})
    found = [Told(one, targets.get(one, ()), actuals.get(one, ())) for one in days]
    return [one for one in found if one.targets or one.actuals]


def baseline(evaluation: Evaluation, sheet: Sheet) -> Number | None:
    """The baseline as the tracking table has it; None where there is none."""
    row = _tracked(evaluation, sheet)[TO_DATE]
    return None if pd.isna(row["baseline"]) else Number(published(sheet, row["baseline"]))


def without_number(evaluation: Evaluation, sheet: Sheet) -> list[str]:
    """A sentence to the days of which the total is told as no number."""
    rows = _rows(evaluation, sheet)
    rows = rows[(rows["disaggregation"] == TOTAL) & ~_is_number(rows)]
    days = rows[["start", "end", "status"]].drop_duplicates().to_dict("records")
    speech = evaluation.project.speech
    return [
        speech.plain("iati.no_number", start=row["start"], end=row["end"], status=state(row["status"], speech))
        for row in days
    ]


def published(sheet: Sheet, value: float) -> str:
    """A value of the CSV files as IATI has it: a share in per cent."""
    number = Decimal(text(value)) * (PERCENT if sheet.measure == "share" else 1)
    return f"{number.normalize():f}"


def _rows(evaluation: Evaluation, sheet: Sheet) -> pd.DataFrame:
    values = evaluation.protected_values.values
    return values[(values["indicator"] == sheet.code) & values["horizon"].isin(HORIZONS)]


def _is_number(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Which rows are told as a number; one that was rounded to 0 is "at most" so many, and none."""
    at_most = (rows["status"] == "rounded") & (rows["value"] == 0) & (rows["high"] > 0)
    return rows["status"].isin(NUMBERS) & ~at_most


def _by_days(evaluation: Evaluation, sheet: Sheet) -> dict[Days, tuple[Number, ...]]:
    rows = _rows(evaluation, sheet).drop_duplicates(["start", "end", "disaggregation", "category"])
    named = evaluation.project.facts.iati.dimensions if evaluation.project.facts.iati else {}
    return {
        (str(start), str(end)): tuple(_actuals(evaluation, sheet, frame, named))
        for (start, end), frame in rows.groupby(["start", "end"], sort=False)
    }


def _actuals(evaluation: Evaluation, sheet: Sheet, rows: pd.DataFrame, named: Mapping[str, str]) -> Iterator[Number]:
    """The total of some days, and the numbers of the breakdowns that have a dimension; none without the total."""
    [total] = rows[rows["disaggregation"] == TOTAL].to_dict("records")
    if not _is_number(rows[rows["disaggregation"] == TOTAL]).all():
        return
    ways = _ways(rows, named)
    broken_down = rows[rows["disaggregation"].isin([*ways]) & (rows["category"] != RECORDED)]
    is_told = _is_number(broken_down)
    speech = evaluation.project.speech
    partly = dict.fromkeys(speech.series(ways[way]) for way in broken_down[~is_told]["disaggregation"])
    left_out = [speech.plain("iati.left_out", dimension=one) for one in partly]
    caveat = _caveat(evaluation, sheet, total["start"], total["end"])
    yield _number(sheet, total, (), speech, *filter(None, [caveat]), *left_out)
    for row in broken_down[is_told].to_dict("records"):
        pairs = tuple(zip(ways[row["disaggregation"]], row["category"].split(" × "), strict=True))
        yield _number(sheet, row, pairs, speech)


def _caveat(evaluation: Evaluation, sheet: Sheet, start: str, end: str) -> str:
    """The caveat of some days, as the column of that name has it, in the language of the evaluation."""
    failed = evaluation.caveats_beside(start, end).get(sheet.code)
    lack = evaluation.lacks.get((sheet.code, start, end))
    return "; ".join(evaluation.project.speech.label(one) for one in (failed, lack) if one)


def _ways(rows: pd.DataFrame, named: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The breakdowns that have dimensions, with their names; of several of the same the finest that is told.

    A coarse form and a fine one beside each other would have everybody twice.
    """
    told = rows[_is_number(rows) & ~rows["category"].isin([NOT_RECORDED, RECORDED])]["disaggregation"].unique()
    found: dict[tuple[str, ...], str] = {}
    for way in sorted(rows["disaggregation"].unique(), key=lambda way: (COARSE not in way, way)):
        dimensions = _dimensions(way, named)
        if dimensions and (dimensions not in found or way in told):
            found[dimensions] = way
    return {way: dimensions for dimensions, way in found.items()}


def _dimensions(way: str, named: Mapping[str, str]) -> tuple[str, ...]:
    """The names of a breakdown's dimensions; none of a total, and where one of its fields has no name."""
    fields = [name.removesuffix(COARSE) for name in way.split(" × ")]
    return tuple(named[name] for name in fields) if set(fields) <= set(named) else ()


def _number(
    sheet: Sheet, row: Mapping[Any, Any], dimensions: tuple[tuple[str, str], ...], speech: Speech, *comments: str
) -> Number:
    ends = {name: published(sheet, row[name]) for name in ("low", "high") if row["status"] == "rounded"}
    about = [speech.plain("iati.about", **ends)] if ends and ends["low"] != ends["high"] else []
    return Number(published(sheet, row["value"]), dimensions, (*about, *comments))


def _tracked(evaluation: Evaluation, sheet: Sheet) -> dict[str, Mapping[Any, Any]]:
    rows = evaluation.protected_tracking.values
    return {row["horizon"]: row for row in rows[rows["indicator"] == sheet.code].to_dict("records")}


def _targets(evaluation: Evaluation, sheet: Sheet) -> Iterator[tuple[Days, tuple[Number, ...]]]:
    """The targets of the period, of its fiscal year and of the project, with the days that they are of."""
    project, period = evaluation.project, evaluation.period
    first = max(project.facts.start, sheet.valid_from or project.facts.start)
    year = project.calendar.containing(period.end, "year")
    starts = {"period": period.start, YEAR_TO_DATE: max(year.start, first), TO_DATE: first}
    for horizon, row in _tracked(evaluation, sheet).items():
        found = tuple(_target(sheet, row, project.speech))
        if found:
            yield (_iso(max(starts[horizon], first)), str(row["target_by"])), found


def _target(sheet: Sheet, row: Mapping[Any, Any], speech: Speech) -> Iterator[Number]:
    """A level, a minimum, a maximum, or both of these; why it was set so is said in the first language only."""
    rationale = row["target_rationale"] if speech.code == speech.written else ""
    for name, said in (("target", ""), ("target_low", "iati.at_least"), ("target_high", "iati.at_most")):
        if not pd.isna(row[name]):
            comments = filter(None, [said and speech.plain(said), rationale])
            yield Number(published(sheet, row[name]), comments=tuple(comments))


def _iso(day: date) -> str:
    return day.isoformat()
