"""The rules of rules.toml whose breach holds a row back: sums that must agree, days in order, days of the project."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctanalysis.project.descriptor import Table
from ctanalysis.project.project import Project
from ctanalysis.project.rules import Dates, Order, Sum
from ctanalysis.records import levels
from ctanalysis.records.columns import Columns
from ctanalysis.records.deliveries import last_sent
from ctanalysis.records.files import Gathered
from ctanalysis.records.files.altered import EXCHANGED, IN_OTHER_ORDER
from ctanalysis.records.findings import HELD_BACK, LOOK, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.typed import any_of
from ctanalysis.records.whole_periods import first_days, fits

ALTERED_DAYS = (EXCHANGED, IN_OTHER_ORDER)  # what the day was, nobody knows, nor when it was
FINER = "Ask for months, or for fiscal quarters or years"
HALF_OF_LEAST = 0.00005  # numbers have four decimals
AFTER_SENDING = Issue(
    HELD_BACK,
    "after sending",
    "must not be after the day on which the file was sent (deliveries.csv)",
    "Correct the day, or the day of sending",
)


def check_periods(issues: TableIssues, project: Project) -> None:
    """Adds the rows of a table whose day is a period of which no quarter, half or fiscal year is made."""
    for name, field in issues.gathered.table.fields.items():
        if field.period and not fits(field, project.facts) and name in issues.filled:
            says = levels.of_no_period(project, issues.gathered.table.name, field)
            issues.add(Issue(LOOK, "period", says, FINER, name), issues.filled[name] & ~issues.held)


def check(issues: TableIssues, project: Project, columns: Columns, unread: set[str]) -> None:
    """Adds the rows of a table that break a sum, an order or the project's dates.

    columns: Columns of every row. unread: the names of tables that could not be read; rules that
    look at one of them wait.
    """
    rules = project.rules.of(columns.table, lambda fields: not unread & columns.leads_to(fields))
    for total in rules.sum:
        _sum(issues, total, columns)
    for order in rules.order:
        _order(issues, order, columns, project)
    for dates in rules.dates:
        _dates(issues, dates, columns, project)


def _sum(issues: TableIssues, rule: Sum, columns: Columns) -> None:
    total, parts = columns.numbers(rule.total), sum(columns.numbers(name) for name in rule.parts)
    wrong = np.abs(total - parts) >= HALF_OF_LEAST  # and not where one is missing
    says = f"'{rule.total}' must be the sum of {', '.join(rule.parts)} ({rule.reason})"
    own = _own(issues.gathered.table, rule.total)
    issues.add(Issue(HELD_BACK, "sum", says, "See which of these numbers is wrong", own), wrong)


def _order(issues: TableIssues, rule: Order, columns: Columns, project: Project) -> None:
    wrong = (_days(columns, rule.then) < _days(columns, rule.first, project)).to_numpy()
    says = f"'{rule.then}' must not be before '{rule.first}' ({rule.reason})"
    own = _own(issues.gathered.table, rule.then)
    issues.add(Issue(HELD_BACK, "order", says, "See which of the two days is wrong", own), wrong)


def _dates(issues: TableIssues, rule: Dates, columns: Columns, project: Project) -> None:
    facts, days, own = project.facts, _days(columns, rule.field), _own(issues.gathered.table, rule.field)
    firsts = _days(columns, rule.field, project)
    doubted = any_of((issues.under(one.rule, own) for one in ALTERED_DAYS if own), len(issues.held))
    outside = ((days < pd.Timestamp(facts.start)) | (firsts > pd.Timestamp(facts.end))).to_numpy() & ~doubted
    says = f"must be from {facts.start} to {facts.end}, the project's days ({rule.reason})"
    do = "Correct the day; what was not in the project's time is not of the project"
    issues.add(Issue(HELD_BACK, "project's dates", says, do, own), outside)
    after = (firsts > _sent(issues.gathered, project)).to_numpy() & ~outside & ~doubted
    issues.add(replace(AFTER_SENDING, field=own), after)
    late = (days > pd.Timestamp(facts.records_through)).to_numpy() & ~outside & ~after
    says = f"is after {facts.records_through}, up to which the records are said to be complete"
    do = "It counts once records_through in project.toml has moved on; nothing is wrong with it"
    issues.add(Issue(LOOK, "after records_through", says, do, own), late)


def _own(table: Table, name: str) -> str:
    """The field, where it is the table's own; one of a table that it refers to stands in no column of it."""
    return name if name in table.fields else ""


def _days(columns: Columns, name: str, project: Project | None = None) -> pd.Series:
    """A date field as a Series of days, missing as NaT. project: given, of periods the first day, and not the last."""
    values, there = columns.days(name)
    if project:
        values = first_days(columns.located(name).field, values, project.facts)
    return pd.Series(values.astype("datetime64[D]").astype("datetime64[s]")).where(there)


def _sent(gathered: Gathered, project: Project) -> npt.NDArray[np.datetime64]:
    """The day on which each row's file was last sent; a day that never comes where deliveries.csv does not say."""
    last = last_sent(project)
    never = project.facts.end + timedelta(days=36500)
    days = [last.get(source.path, never) for source in gathered.sources] or [never]
    return np.array(days, "datetime64[s]").take(gathered.source, mode="clip")
