"""Survey rounds: a field says of which round a row is, and one of its categories is the baseline of the others."""

from collections.abc import Iterator

from ctanalysis.project.agreement import fields
from ctanalysis.project.calculations import Share
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Rounds
from ctanalysis.project.sheets import Sheet

LEAST = 2  # the baseline, and a round to hold against it
WRITTEN = (
    "it has rounds and a written baseline: the baseline is calculated from the round '{baseline}'. Take value out of "
    "[baseline]; its date and note stay, and say when that round was."
)
AUDITED = (
    "in class '{name}' no survey rounds are told: beside the totals, what changed between two rounds could be read of "
    "few people. Possible is a share of each round by itself, which waits as others do: "
    'where = {{ {field} = "{baseline}" }} in its denominator.'
)
QUICK = (
    "with rounds, days are to be known when their row counts: by '{first}', from which they run, a round would have "
    'only the quick ones at first. Count by another date, as in date = "{second}".'
)


def faults(sheet: Sheet, project: Project) -> Iterator[str]:
    """A sentence to each thing that keeps rounds from being laid beside each other; none for other sheets."""
    rounds, package, table = sheet.rounds, project.package, sheet.calculation.table
    if rounds is None:
        return
    if sheet.baseline.value is not None:
        yield WRITTEN.format(baseline=rounds.baseline)
    if project.disclosure_rule(sheet).audited:
        yield AUDITED.format(name=package.tables[table].disclosure, field=rounds.field, baseline=rounds.baseline)
    if sheet.days and getattr(sheet.row_calculation, "date", None) == sheet.days[0]:
        yield QUICK.format(first=sheet.days[0], second=sheet.days[1])
    if not fields.missing(package, table, rounds.field):  # which is said already
        yield from _of_field(sheet, project, rounds)


def _of_field(sheet: Sheet, project: Project, rounds: Rounds) -> Iterator[str]:
    table, name = sheet.calculation.table, rounds.field
    categories = project.package.locate(table, name).field.categories or ()
    names = [category.value for category in categories]
    if len(names) < LEAST:
        there = fields.there(project.package, table, lambda field: len(field.categories or ()) >= LEAST)
        yield f"rounds are told by a field with a category for each round, and '{name}' has no two. {there}"
    elif rounds.baseline not in names:
        yield f"rounds: '{rounds.baseline}' is no category of '{name}'. There are: {', '.join(names)}."
    calculation = sheet.calculation
    inside = calculation.inside if isinstance(calculation, Share) else {}
    if name in (*calculation.chosen_by, *inside):
        yield f"which rounds count is said by rounds: take the condition on '{name}' out."
    if any(name in ways for ways in (*sheet.disaggregations, *sheet.working_tables)):
        yield f"a value is of one round only: take the breakdown by '{name}' out, or rounds."
