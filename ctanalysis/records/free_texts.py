"""Free texts that a reference sheet asks: what its conditions may have meant, and marks of no value among them.

a condition on North   is meant however its blanks and dashes are typed; north, or letters of another alphabet, are
                       another text, and somebody looks
n/a, ---               would be a value like any other: their rows are held back, but where a condition names them
нет, x                 may be answers: where no condition says which answers it means, somebody looks
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ctanalysis.base.spelling import cleaned, skeleton
from ctanalysis.project.calculations import Share
from ctanalysis.project.conditions import Condition
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
NO_VALUE = Issue(HELD_BACK, "missing code", "is a mark of no value, and would be counted as a value", MARK)
PERHAPS = Issue(
    LOOK,
    NO_VALUE.rule,
    "may be a mark of no value, and is counted as a value",
    'Where it stands for no value, list it in "missingValues" of the field in datapackage.json; where it is an answer, '
    "say so in judgements/accepted.toml, with this sentence as what",
)
ANSWERS = {"x", "none", "nil", "нет", "жок", "отсутствует", "?", "*", "/"}  # marks that may be an answer, or a tick


class Asked(NamedTuple):
    """The texts of a field that conditions mean, and those that they leave out, as they are compared."""

    meant: set[str]
    left_out: set[str]


def hold(issues: TableIssues, project: Project) -> None:
    """Adds the rows of a table with a mark of no value in a free text that a reference sheet asks."""
    gathered = issues.gathered
    for name, asked in _asked(project, gathered.table.name).items():
        field, words = gathered.table.fields[name], gathered.words[name]
        looks = {*map(skeleton, asked.meant | asked.left_out)}
        marks = mask_of(lambda word: is_mark(word) and skeleton(word) not in looks, words.plain)  # noqa: B023  at once
        if not marks.any():
            continue
        marks &= ~missing(field, words, words.plain)
        answers = marks & mask_of(lambda word: word.casefold() in ANSWERS, words.plain)
        rows = gathered.rows_with(name, marks & ~answers) & ~issues.held
        issues.add(replace(NO_VALUE, field=name, do=for_field(field, MARK)), rows)
        if not asked.meant:
            issues.add(replace(PERHAPS, field=name), gathered.rows_with(name, answers) & ~issues.held)


def check(issues: TableIssues, project: Project) -> None:
    """Adds the rows of a table with a text that differs from one of a condition in its case alone."""
    gathered = issues.gathered
    for name, asked in _asked(project, gathered.table.name).items():
        wanted, words = asked.meant | asked.left_out, gathered.words[name].plain
        looks = {*map(skeleton, wanted)}
        odd = mask_of(lambda word: word not in wanted and skeleton(word) in looks, words)  # noqa: B023  used at once
        issues.add(replace(OTHERWISE, field=name), gathered.rows_with(name, odd) & ~issues.held)


def _asked(project: Project, table: str) -> dict[str, Asked]:
    """By field of a table of free texts that reference sheets ask, the texts that they name."""
    asked: dict[str, Asked] = {}
    for sheet in (part for whole in project.sheets for part in whole.by_table):
        for name, condition in _questions(sheet):
            place = project.package.locate(sheet.row_calculation.table, name)
            if place.table == table and place.field.type == "string" and not place.field.categories:
                texts = asked.setdefault(place.field.name, Asked(set(), set()))
                texts.meant.update(cleaned(str(value)) for value in condition.among or ())
                texts.left_out.update(cleaned(str(value)) for value in condition.excluded or ())
    return asked


def _questions(sheet: Sheet) -> Iterator[tuple[str, Condition]]:
    """The fields of which a sheet asks what stands there, or how many different values, each with the condition."""
    calculation, part = sheet.calculation, sheet.row_calculation
    inside = [calculation.inside] if isinstance(calculation, Share) else []
    for where in (calculation.where, *calculation.any, *inside):
        yield from where.items()
    if isinstance(part, People) and part.different:
        yield part.different, Condition(present=True)
