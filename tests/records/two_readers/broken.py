"""What each of the two readers says is broken: (table, row as a spreadsheet shows it, field, kind)."""

import re
from dataclasses import dataclass
from functools import partial

from ctanalysis.records import HELD_BACK, PASSED
from tests.records.two_readers.package import FIELDS

OUR_KINDS = {"category": "enum", "key": "foreign key", "too many cells": "shape", "too few cells": "shape"}
THEIR_KINDS = {
    "type-error": "type",
    "unique-error": "unique",
    "foreign-key": "foreign key",
    "extra-cell": "shape",
    "missing-cell": "shape",
    "blank-row": "blank row",
}


@dataclass(frozen=True, order=True)
class Broken:
    by: str  # "ours" or "theirs"
    table: str
    row: int
    field: str
    kind: str


def by_ours(records):
    return {
        Broken("ours", finding.table, row, finding.field, OUR_KINDS.get(finding.rule, finding.rule))
        for finding in (*records.of(HELD_BACK), *records.of(PASSED))
        for row in finding.rows
    }


def by_theirs(package):
    report = package.validate()
    assert not report.errors and not any(
        error.type == "source-error" for task in report.tasks for error in task.errors
    ), report
    return {_broken(package, task.name, error) for task in report.tasks for error in task.errors}


def _broken(package, table, error):
    place = partial(Broken, "theirs", table, error.row_number)
    if error.type == "primary-key":
        return place(package.get_resource(table).schema.primary_key[0], "required" if "all" in error.note else "unique")
    if error.type == "foreign-key":
        return place(error.field_names[0], "foreign key")
    if error.type == "constraint-error":
        return place(error.field_name, re.match('constraint "([a-zA-Z]+)"', error.note)[1])
    kind = THEIR_KINDS[error.type]
    return place("" if kind in ("shape", "blank row") else error.field_name, kind)


@dataclass(frozen=True)
class Case:
    """Corrupted tables as the two have read them."""

    tables: dict
    records: object
    broken: frozenset

    @property
    def disagreements(self):
        """What only one of the two says."""
        other = {"ours": "theirs", "theirs": "ours"}
        return sorted(
            one
            for one in self.broken
            if Broken(other[one.by], one.table, one.row, one.field, one.kind) not in self.broken
        )

    def says(self, by, table, row, kind, field=""):
        return Broken(by, table, row, field, kind) in self.broken

    def cell(self, table, row, field):
        cells, place = self.tables[table][row - 2], list(FIELDS[table]).index(field)
        return cells[place] if place < len(cells) else ""

    def column(self, table, field):
        """By row, the cells of a column."""
        return {row: self.cell(table, row, field) for row in range(2, len(self.tables[table]) + 2)}
