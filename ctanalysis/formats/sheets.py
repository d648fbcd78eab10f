"""The sheets of a report's workbook: what it is, the indicators, the tracking table, the data check, the sheets."""

import re
from collections.abc import Iterator, Sequence

from ctanalysis import tables
from ctanalysis.evaluation import Evaluation
from ctanalysis.formats import shorthand
from ctanalysis.formats.cover import Cover
from ctanalysis.formats.tracked import tracked
from ctanalysis.formats.values import values
from ctanalysis.formats.workbook import Content, Sheet, workbook
from ctanalysis.language import Speech


def report(evaluation: Evaluation, cover: Cover) -> bytes:
    """The workbook of an evaluation: what its pages and CSV files hold, and nothing else, in the language of both."""
    foot = " · ".join(filter(None, [cover.project, cover.period, cover.notice, cover.short]))
    listed = cover.speech.plain("workbook.sheets")
    return workbook([summary(evaluation, cover), *_others(evaluation)], foot, f"{cover.title}, {cover.period}", listed)


def one_table(speech: Speech) -> str:
    """What stands on each sheet but the first."""
    return speech.plain("workbook.one_table", summary=speech.plain("workbook.tab.summary"))


def heads(speech: Speech, *names: str) -> tuple[str, ...]:
    """What stands above the columns of a table."""
    return tuple(speech.plain(f"workbook.head.{name}") for name in names)


def _others(evaluation: Evaluation) -> Iterator[Sheet]:
    speech = evaluation.project.speech
    yield indicators(evaluation)
    yield tracked(evaluation, (one_table(speech),))
    yield from checks(evaluation)
    yield reference(evaluation)


def summary(evaluation: Evaluation, cover: Cover) -> Sheet:
    """What the workbook is of, its state, and what stands in cells without a number."""
    facts, say = evaluation.project.facts, cover.speech.plain
    notes = [say("workbook.period", project=cover.project, period=cover.period, days=cover.days), cover.state]
    if facts.synthetic:
        notes.append(f"{say('workbook.synthetic')} {facts.notice}".strip())
    notes.append(say("workbook.source", through=cover.through, source=facts.source))
    notes.append(say("workbook.each_other"))
    rows = [*shorthand.words(cover.speech).items()]
    return Sheet(say("workbook.tab.summary"), cover.title, tuple(notes), heads(cover.speech, "sign", "means"), rows)


def indicators(evaluation: Evaluation) -> Sheet:
    """The rows of indicators.csv."""
    speech = evaluation.project.speech
    header, rows = values(evaluation)
    ends = {name: speech.plain(f"workbook.column.{name}") for name in ("low", "high")}
    notes = (one_table(speech), speech.plain("workbook.fractions", **ends))
    tab, title = (speech.plain(f"workbook.{what}.indicators") for what in ("tab", "title"))
    return Sheet(tab, title, notes, header, rows, first=2)


def checks(evaluation: Evaluation) -> Iterator[Sheet]:
    """What is public of the data check: verdicts by data quality standard, their evidence, and rows of open tables."""
    found = (*tables.quality(evaluation).tables, tables.tally(evaluation))
    for name, table in zip(("check", "evidence", "rows"), found, strict=True):
        yield of_table(evaluation.project.speech, name, table)


def of_table(speech: Speech, name: str, table: tables.Table) -> Sheet:
    """A table of a page as a sheet, its counts as numbers. name: of the sheet, in the catalogue."""
    rows: Sequence[Sequence[Content]] = table.rows
    if table.numeric:
        rows = [tuple(map(_cell, row)) for row in table.rows]
    tab = speech.plain(f"workbook.tab.{name}")
    return Sheet(tab, table.caption, (*table.notes, one_table(speech)), table.header, rows)


def _cell(text: str) -> Content:
    digits = re.sub(r"(?<=\d)[,\s](?=\d)", "", text)  # what a language has between thousands
    return int(digits) if digits.isascii() and digits.isdigit() else text


def reference(evaluation: Evaluation) -> Sheet:
    """The reference sheets as they are calculated, a row for each of their items."""
    speech = evaluation.project.speech
    rows = [
        (table.caption, item, text) for table in tables.reference_sheets(evaluation).tables for item, text in table.rows
    ]
    tab, title = (speech.plain(f"workbook.{what}.reference") for what in ("tab", "title"))
    return Sheet(tab, title, (one_table(speech),), heads(speech, "indicator", "item", "says"), rows)
