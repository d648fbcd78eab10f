"""What a ratio of two measures may be of: two totals, each of which is told by itself, and no breakdown."""

from collections.abc import Iterator

from ctanalysis.project.calculations import Rate, Ratio
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import Level, People
from ctanalysis.project.sheets import Sheet

TOTALS = "a ratio is of two totals, and is not broken down: take disaggregate out, or write an indicator of each part."
AUDITED = (
    "a ratio cannot be of '{table}', of class '{name}', whose totals are audited: write an indicator of it, and divide "
    "where both are read."
)
OTHER = (
    "a ratio's numerator may be of a table about nobody, or of the class of its denominator; '{table}' is of class "
    "'{name}'. Put it below the line: as cost per consultation, and not consultations per event."
)
CUT = (
    "the part of a ratio that is of '{table}', of class '{name}', is a whole total, without conditions and without "
    '"each period", at_least or a level: it has where, any or such a measure. Take them out, or write a share.'
)

IN_PER_CENT = (
    "only a share is told in per cent: a ratio and a rate are told as they are, as 0.19. Write as unit what there is "
    "for each of what, such as nights per bed-night."
)
PER_CENT = ("per cent", "percent", "%")


def of_unit(sheet: Sheet) -> Iterator[str]:
    """A sentence where a ratio or a rate would read as a hundredth of what it is."""
    if isinstance(sheet.calculation, (Ratio, Rate)) and sheet.unit.strip().lower() in PER_CENT:
        yield IN_PER_CENT


def faults(sheet: Sheet, project: Project) -> Iterator[str]:
    """A sentence to each thing that a ratio cannot be of. Its tables and fields are asked about elsewhere."""
    calculation, tables = sheet.calculation, project.package.tables
    if not isinstance(calculation, Ratio) or any(part.table not in tables for part in calculation.parts):
        return
    if sheet.disaggregations or sheet.working_tables:
        yield TOTALS
    own = tables[calculation.table].disclosure
    for part in calculation.parts:
        name = tables[part.table].disclosure
        rule = project.policy.rules[name]
        is_cut = (
            bool(part.chosen_by)
            or isinstance(part, Level)
            or (isinstance(part, People) and (part.counted != "once" or part.at_least > 1))
        )
        if rule.audited:
            yield AUDITED.format(table=part.table, name=name)
        elif name != own and part.table not in project.open_tables:
            yield OTHER.format(table=part.table, name=name)
        elif part.table not in project.open_tables and is_cut:
            yield CUT.format(table=part.table, name=name)
