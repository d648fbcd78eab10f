"""What a report of a period holds, as tidy frames: tracking, findings, the pathway, projections."""

from collections.abc import Iterator

import pandas as pd

from ctanalysis.analysis.findings import Finding
from ctanalysis.analysis.pace import Pace, paces, without_pace
from ctanalysis.analysis.pathway import pathway as steps_of
from ctanalysis.analysis.values import Value
from ctanalysis.base.cards import Card
from ctanalysis.enquiry.answer import Answer
from ctanalysis.enquiry.tidy import PER_CENT, SYNTHETIC
from ctanalysis.evaluation import Evaluation
from ctanalysis.narrative import pace
from ctanalysis.narrative.main_points import codes, names, not_shown
from ctanalysis.narrative.main_points import sentence as of_finding
from ctanalysis.narrative.numbers import in_words
from ctanalysis.narrative.text import Text
from ctanalysis.project.sheets import Sheet
from ctanalysis.tables.findings import strength
from ctanalysis.tables.numbers import EMPTY

TRACKED = ["indicator", "name", "unit", "horizon", "start", "end", "actual", "target", "target_by", "percent_of_target"]
OF_TRACKING = [*TRACKED, "expected", "deviation", "baseline", "change", "change_on_last_year", "status", "caveat"]
SHARES = ["actual", "target", "expected", "baseline"]


def tracking(evaluation: Evaluation) -> Answer:
    """The tracking table of a period: how each indicator stands beside its targets, a row for each horizon."""
    project, language = evaluation.project, evaluation.project.facts.language
    every = evaluation.tracking
    frame = every[[name for name in OF_TRACKING if name in every.columns]].reset_index(drop=True)
    sheets = [project.sheet(code) for code in frame["indicator"]]
    cells = zip(sheets, frame["actual"], frame["status"], strict=True)
    told = [in_words(sheet, value, status, language) for sheet, value, status in cells]
    is_share = pd.Series([sheet.measure == "share" for sheet in sheets], frame.index)
    for name in [name for name in SHARES if name in frame]:
        numbers = pd.to_numeric(frame[name], errors="coerce")
        frame[name] = numbers.mask(is_share, numbers * PER_CENT)
    frame = frame.assign(told=told, **{name: pd.to_datetime(frame[name]) for name in ("start", "end")})
    shown = frame[frame["target"].notna()]
    columns = (shown[name] for name in ("indicator", "name", "horizon", "told", "target", "percent_of_target"))
    rows = [
        (f"{code} {name}", over, words, _number(target), _number(part, "%"))
        for code, name, over, words, target, part in zip(*columns, strict=True)
    ]
    header = ("Indicator", "Over", "Told", "Target", "Of target")
    return Answer.of(frame, Card(f"Beside the targets, {evaluation.period}", header, rows, _notes(evaluation)))


def _number(number: float, unit: str = "") -> str:
    return EMPTY if pd.isna(number) else f"{number:,.0f}{unit}"


def _notes(evaluation: Evaluation) -> list[str]:
    facts = evaluation.project.facts
    return [*filter(None, [facts.targets_note]), *([SYNTHETIC] if facts.synthetic else [])]


def findings(evaluation: Evaluation, rank: int | None = None) -> Answer:
    """What of a period deserves attention, ranked, each with its sentence and what it does not show."""
    found = [pair for pair in enumerate(evaluation.findings, 1) if rank in (None, pair[0])]
    rows = [(place, *_of_finding(evaluation, one)) for place, one in found]
    columns = ["rank", "kind", "indicators", "finding", "sentence", "strength", "not_shown"]
    frame = pd.DataFrame(rows, columns=columns)
    told = [(f"{row[0]}. {row[3]}", str(row[4]), f"{row[6]} ({row[5]})") for row in rows]
    header = ("Finding", "What is said", "What it does not show (strength)")
    return Answer.of(frame, Card(f"Findings, {evaluation.period}", header, told, _notes(evaluation)[-1:]))


def _of_finding(evaluation: Evaluation, one: Finding) -> tuple[str, ...]:
    of = ", ".join(dict.fromkeys(codes(one)))
    said = of_finding(evaluation, one).plain
    return (
        one.kind,
        of,
        names(evaluation, one),
        said,
        strength(one, evaluation.project.speech),
        not_shown(evaluation, one),
    )


def pathway(evaluation: Evaluation) -> Answer:
    """The pathway of people who are helped: by step, fiscal year and to date, a row for each value."""
    rows = [
        row
        for step in steps_of(evaluation.known)
        for row in _of_step(evaluation, step.name, step.by_year, step.to_date)
    ]
    columns = [
        "step",
        "indicator",
        "name",
        "unit",
        "period",
        "start",
        "end",
        "value",
        "low",
        "high",
        "of",
        "status",
        "told",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    labels = [*dict.fromkeys(frame["period"])]
    by_step = frame.pivot_table(index="step", columns="period", values="told", aggfunc="first", sort=False)
    told = [(str(step), *(str(by_step.loc[step].get(label, "")) for label in labels)) for step in by_step.index]
    notes = [
        "Each share is of those who came to the step before, in the year in which they came or their days were over."
    ]
    return Answer.of(frame, Card("The pathway", ("Step", *labels), told, [*notes, *_notes(evaluation)[-1:]]))


def _of_step(
    evaluation: Evaluation, name: str, by_year: tuple[Value, ...], to_date: Value | None
) -> Iterator[tuple[object, ...]]:
    calendar = evaluation.project.calendar
    labels = [*(calendar.containing(one.end, "year").label for one in by_year), "to date"]
    for label, one in zip(labels, (*by_year, to_date), strict=True):
        if one is not None:
            yield name, one.sheet.code, one.sheet.name, one.sheet.unit, label, *_of_value(evaluation, one)


def _of_value(evaluation: Evaluation, one: Value) -> tuple[object, ...]:
    scale = PER_CENT if one.sheet.measure == "share" else 1
    words = in_words(one.sheet, one.value, one.status, evaluation.project.facts.language, one.high)
    told = f"{words} of {one.denominator:,.0f}" if one.of_whole else words
    days = pd.Timestamp(one.start), pd.Timestamp(one.end)
    return (*days, one.value * scale, one.low * scale, one.high * scale, one.denominator, one.status, told)


def projection(evaluation: Evaluation, sheet: Sheet) -> Answer:
    """Where an indicator that adds up will stand at the end of the fiscal year and of the project."""
    found = [one for one in paces(evaluation.known) if one.sheet.code == sheet.code]
    frame = pd.DataFrame([_of_pace(one) for one in found])
    rows = [(str(row["over"]), str(row["sentence"])) for row in frame.to_dict("records")]
    nothing = [] if found else [_why_none(evaluation, sheet)]
    title = f"{sheet.code} {sheet.name} ({sheet.unit}): projection from {evaluation.period}"
    return Answer.of(frame, Card(title, ("Over", "In words"), rows, [*nothing, *_notes(evaluation)]))


def _why_none(evaluation: Evaluation, sheet: Sheet) -> str:
    """Why there is no projection of an indicator."""
    if sheet in without_pace(evaluation.known):
        return f"Not all records of this fiscal year have come of {sheet.code}, so it is held against no target."
    return f"Quarters of {sheet.code} do not add up, or its number to date is not told."


def _of_pace(one: Pace) -> dict[str, object]:
    return {
        "indicator": one.sheet.code,
        "name": one.sheet.name,
        "unit": one.sheet.unit,
        "over": one.horizon,
        "start": pd.Timestamp(one.start),
        "end": pd.Timestamp(one.end),
        "actual": one.actual.value,
        "target_low": one.goal.floor,
        "target_high": one.goal.ceiling,
        "projected": one.projected,
        "low": one.lower,
        "high": one.upper,
        "verdict": one.verdict,
        "needed_each_quarter": one.needed,
        "sentence": Text(pace.sentence(one)).plain,
    }
