"""The sheets of a report's workbook: what it is, the indicators, the tracking table, the data check, the sheets."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ctanalysis import tables
from ctanalysis.evaluation import Evaluation
from ctanalysis.formats import shorthand
from ctanalysis.formats.cover import Cover
from ctanalysis.formats.tracked import tracked
from ctanalysis.formats.workbook import Content, Sheet, workbook

ONE_TABLE = "This sheet has one table. The sheet Summary says what the signs in brackets mean."


def report(evaluation: Evaluation, cover: Cover) -> bytes:
    """The workbook of an evaluation: what its pages and CSV files hold, and nothing else."""
    foot = " · ".join(filter(None, [cover.project, cover.period, cover.notice, cover.short]))
    return workbook([summary(evaluation, cover), *_others(evaluation)], foot, f"{cover.title}, {cover.period}")


def _others(evaluation: Evaluation) -> Iterator[Sheet]:
    yield indicators(evaluation)
    yield tracked(evaluation, (ONE_TABLE,))
    yield from checks(evaluation)
    yield reference(evaluation)


def summary(evaluation: Evaluation, cover: Cover) -> Sheet:
    """What the workbook is of, its state, and what stands in cells without a number."""
    facts = evaluation.project.facts
    notes = [f"{cover.project}. Reporting period {cover.period}: {cover.days}.", cover.state]
    if facts.synthetic:
        notes.append(f"Synthetic records. They describe no real person, event or organisation. {facts.notice}".strip())
    notes.append(f"Records complete through {cover.through}. Source of the project's facts: {facts.source}.")
    notes.append("Each other sheet has one table. A sign in brackets stands where no number does:")
    rows = [(sign, words) for sign, words in shorthand.WORDS.items()]
    return Sheet("Summary", cover.title, tuple(notes), ("Sign", "What it means"), rows)


def indicators(evaluation: Evaluation) -> Sheet:
    """The rows of indicators.csv."""
    values = pd.concat([evaluation.values, evaluation.evidence], ignore_index=True)
    names = {sheet.code: sheet.name for sheet in evaluation.project.every_sheet}
    values.insert(1, "name", [names[code] for code in values["indicator"]])
    values["value"] = _with_signs(values["value"], values["status"])
    notes = (ONE_TABLE, "A share is a fraction of one. low and high: the least and the most for which a value stands.")
    return Sheet("Indicators", "Every value of the report", notes, *_frame(values), first=2)


def _with_signs(numbers: "pd.Series[float]", status: "pd.Series[str]") -> "pd.Series[Any]":
    """The numbers, or the signs for their statuses."""
    signs = {one: shorthand.sign(one) for one in status.unique()}
    told = [signs[one] or number for number, one in zip(numbers, status, strict=True)]
    return pd.Series(told, numbers.index, dtype=object)


def _frame(frame: pd.DataFrame) -> tuple[tuple[str, ...], list[tuple[Content, ...]]]:
    """The headings and rows of a frame, what is missing as an empty text."""
    whole = frame.astype(object).where(frame.notna(), "")
    return tuple(frame.columns), list(whole.itertuples(index=False, name=None))


def checks(evaluation: Evaluation) -> Iterator[Sheet]:
    """What is public of the data check: verdicts by data quality standard, their evidence, and rows of open tables."""
    verdicts, evidence = tables.quality(evaluation).tables
    for tab, table in (
        ("Data check", verdicts),
        ("Data check evidence", evidence),
        ("Rows of records", tables.tally(evaluation)),
    ):
        yield of_table(tab, table)


def of_table(tab: str, table: tables.Table) -> Sheet:
    """A table of a page as a sheet, its counts as numbers."""
    rows = [tuple(map(_cell, row)) if table.numeric else row for row in table.rows]
    return Sheet(tab, table.caption, (*table.notes, ONE_TABLE), table.header, rows)


def _cell(text: str) -> Content:
    digits = text.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() else text


def reference(evaluation: Evaluation) -> Sheet:
    """The reference sheets as they are calculated, a row for each of their items."""
    rows = [
        (table.caption, item, text) for table in tables.reference_sheets(evaluation).tables for item, text in table.rows
    ]
    title = "Reference sheets, as they were calculated"
    return Sheet("Reference sheets", title, (ONE_TABLE,), ("Indicator", "Item", "What it says"), rows)
