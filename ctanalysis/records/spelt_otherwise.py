"""Free texts that a condition of a reference sheet may have meant: north, where it asks for North.

A condition means a text however its blanks and dashes are typed; in another case, or with letters of another alphabet,
it is another text, and somebody looks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ctanalysis.base.spelling import cleaned, skeleton
from ctanalysis.project.calculations import Share
from ctanalysis.project.conditions import Condition
from ctanalysis.project.project import Project
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.findings import LOOK, Issue
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.typed import mask_of

OTHERWISE = Issue(
    LOOK,
    "spelt otherwise",
    "is the word of a condition but for capitals, or letters that look alike, so the condition does not mean it",
    "See whether it is meant, and write it as the condition of the reference sheet has it",
)


def check(issues: TableIssues, project: Project) -> None:
    """Adds the rows of a table with a text that differs from one of a condition in its case alone."""
    gathered = issues.gathered
    for name, wanted in _asked(project, gathered.table.name).items():
        looks, words = set(map(skeleton, wanted)), gathered.words[name].plain
        odd = mask_of(lambda word: word not in wanted and skeleton(word) in looks, words)  # noqa: B023  used at once
        rows = gathered.rows_with(name, odd) & ~issues.held
        issues.add(replace(OTHERWISE, field=name), rows)


def _asked(project: Project, table: str) -> dict[str, set[str]]:
    """By field of a table of free texts, the texts that conditions of reference sheets name, as they are compared."""
    asked: dict[str, set[str]] = {}
    for sheet in (part for whole in project.sheets for part in whole.by_table):
        for where in _conditions(sheet):
            for name, condition in where.items():
                place = project.package.locate(sheet.row_calculation.table, name)
                values = (*(condition.among or ()), *(condition.excluded or ()))
                if place.table == table and place.field.type == "string" and not place.field.categories and values:
                    asked.setdefault(place.field.name, set()).update(cleaned(str(value)) for value in values)
    return asked


def _conditions(sheet: Sheet) -> Iterator[Mapping[str, Condition]]:
    calculation = sheet.calculation
    yield calculation.where
    yield from calculation.any
    if isinstance(calculation, Share):
        yield calculation.inside
