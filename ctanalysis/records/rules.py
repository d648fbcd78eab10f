"""The rules of rules.toml whose breach holds a row back: sums that must agree, days in order, days of the project."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.project.rules import Dates
from ctanalysis.records.columns import Columns
from ctanalysis.records.files import Gathered
from ctanalysis.records.found import HELD_BACK, LOOK
from ctanalysis.records.notes import Notes

HALF_OF_LEAST = 0.00005  # numbers have four decimals


def check(notes: Notes, project: Project, columns: Columns, unread: set[str]) -> None:
    """Notes the rows of a table that break a sum, an order or the project's dates.

    columns: Columns of every row. unread: the names of tables that could not be read; rules that
    look at one of them wait.
    """
    table = notes.gathered.table
    rules = project.rules.of(table.name, lambda fields: not unread & columns.leads_to(fields))
    for rule in rules.sum:
        total, parts = columns.numbers(rule.total), sum(columns.numbers(name) for name in rule.parts)
        wrong = np.abs(total - parts) >= HALF_OF_LEAST  # and not where one is missing
        notes.add(
            HELD_BACK,
            "sum",
            _own(table, rule.total),
            wrong,
            f"'{rule.total}' must be the sum of {', '.join(rule.parts)} ({rule.reason})",
            "See which of these numbers is wrong",
        )
    for order in rules.order:
        wrong = (_days(columns, order.then) < _days(columns, order.first)).to_numpy()
        notes.add(
            HELD_BACK,
            "order",
            _own(table, order.then),
            wrong,
            f"'{order.then}' must not be before '{order.first}' ({order.reason})",
            "See which of the two days is wrong",
        )
    for dates in rules.dates:
        _dates(notes, dates, _days(columns, dates.field), project)


def _own(table: Table, name: str) -> str:
    """The field, where it is the table's own; one of a table that it refers to stands in no column of it."""
    return name if name in table.fields else ""


def _days(columns: Columns, name: str) -> pd.Series:
    values, there = columns.days(name)
    return pd.Series(values.astype("datetime64[D]").astype("datetime64[s]")).where(there)


def _dates(notes: Notes, rule: Dates, days: pd.Series, project: Project) -> None:
    facts = project.facts
    outside = ((days < pd.Timestamp(facts.start)) | (days > pd.Timestamp(facts.end))).to_numpy()
    notes.add(
        HELD_BACK,
        "project's dates",
        _own(notes.gathered.table, rule.field),
        outside,
        f"must be from {facts.start} to {facts.end}, the project's days ({rule.reason})",
        "Correct the day; what was not in the project's time is not of the project",
    )
    after = (days > _sent(notes.gathered, project)).to_numpy() & ~outside
    notes.add(
        HELD_BACK,
        "after sending",
        _own(notes.gathered.table, rule.field),
        after,
        "must not be after the day on which the file was sent (deliveries.csv)",
        "Correct the day, or the day of sending",
    )
    late = (days > pd.Timestamp(facts.records_through)).to_numpy() & ~outside & ~after
    notes.add(
        LOOK,
        "after records_through",
        _own(notes.gathered.table, rule.field),
        late,
        f"is after {facts.records_through}, up to which the records are said to be complete",
        "Nothing: it counts once records_through in project.toml has moved on",
    )


def _sent(gathered: Gathered, project: Project) -> npt.NDArray[np.datetime64]:
    """The day on which each row's file was last sent; the end of time where deliveries.csv does not say."""
    last: dict[str, date] = {}
    for delivery in project.deliveries:
        last[delivery.file] = max(delivery.sent, last.get(delivery.file, delivery.sent))
    never = project.facts.end + timedelta(days=36500)
    days = np.array(
        [np.datetime64(last.get(source.path, never), "s") for source in gathered.sources] or [np.datetime64(never, "s")]
    )
    return days.take(gathered.source, mode="clip")
