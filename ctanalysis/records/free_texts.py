"""Free texts that a reference sheet asks: what its conditions may have meant, and marks of no value among them.

a condition on North   is meant however its blanks and dashes are typed; north, or letters of another alphabet, are
                       another text, and somebody looks
n/a, ---, нет          would be a value like any other: their rows are held back, but where a condition names them
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from ctanalysis.base.spelling import cleaned, skeleton
from ctanalysis.project.calculations import Share
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import People
from ctanalysis.project.sheets import Sheet
from ctanalysis.records.findings import HELD_BACK, LOOK, Issue
from ctanalysis.records.hints import MARK, for_field, is_mark
from ctanalysis.records.issues import TableIssues
from ctanalysis.records.marks import missing
from ctanalysis.records.typed import mask_of

OTHERWISE = Issue(
    LOOK,
    "spelt otherwise",
    "is the word of a condition but for capitals, or letters that look alike, so the condition does not mean it",
    "See whether it is meant, and write it as the condition of the reference sheet has it",
)


NO_VALUE = Issue(
    HELD_BACK,
    "missing code",
    "is a mark of no value, and would be counted as a value",
    MARK,
)
Asked: TypeAlias = Mapping[str, set[str]]  # by field, the texts that conditions name, as they are compared


def hold(issues: TableIssues, project: Project) -> None:
    """Adds the rows of a table with a mark of no value in a free text that a reference sheet asks."""
    gathered = issues.gathered
    for name, named in _asked(project, gathered.table.name).items():
        field, words = gathered.table.fields[name], gathered.words[name]
        marks = mask_of(lambda word: is_mark(word) and word not in named, words.plain)  # noqa: B023  used at once
        if marks.any():
            marks &= ~missing(field, words, words.plain)
            rows = gathered.rows_with(name, marks) & ~issues.held
            issues.add(replace(NO_VALUE, field=name, do=for_field(field, MARK)), rows)


def check(issues: TableIssues, project: Project) -> None:
    """Adds the rows of a table with a text that differs from one of a condition in its case alone."""
    gathered = issues.gathered
    for name, wanted in _asked(project, gathered.table.name).items():
        looks, words = set(map(skeleton, wanted)), gathered.words[name].plain
        odd = mask_of(lambda word: word not in wanted and skeleton(word) in looks, words)  # noqa: B023  used at once
        issues.add(replace(OTHERWISE, field=name), gathered.rows_with(name, odd) & ~issues.held)


def _asked(project: Project, table: str) -> Asked:
    """The fields of a table with free texts that reference sheets ask."""
    asked: dict[str, set[str]] = {}
    for sheet in (part for whole in project.sheets for part in whole.by_table):
        for name, values in _questions(sheet):
            place = project.package.locate(sheet.row_calculation.table, name)
            if place.table == table and place.field.type == "string" and not place.field.categories:
                asked.setdefault(place.field.name, set()).update(cleaned(str(value)) for value in values)
    return asked


def _questions(sheet: Sheet) -> Iterator[tuple[str, Iterable[object]]]:
    """The fields that a sheet asks, each with the values that the question names."""
    calculation, part = sheet.calculation, sheet.row_calculation
    inside = [calculation.inside] if isinstance(calculation, Share) else []
    for where in (calculation.where, *calculation.any, *inside):
        for name, condition in where.items():
            yield name, (*(condition.among or ()), *(condition.excluded or ()))
    if isinstance(part, People) and part.different:
        yield part.different, ()
