"""A median is one person's value, or lies between those of two: it is told of tables about nobody in particular."""

from collections.abc import Iterator

from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import QUARTILES, Median
from ctanalysis.project.sheets import Sheet


def faults(sheet: Sheet, project: Project) -> Iterator[str]:
    """A sentence to each thing that keeps a median from being told; none for other sheets."""
    median = sheet.calculation
    if not isinstance(median, Median):
        return
    if any(QUARTILES in names for names in sheet.disaggregations):
        yield f"a median has a table of its own, '{QUARTILES}': give the field another name, or take the breakdown out."
    if project.disclosure_rule(sheet).protects:
        name = project.package.tables[median.table].disclosure
        column, days = median.column, list(median.days or ())
        numerator = f"{{ where = {{ {column} = {{ max = 30 }} }} }}" if column else f"{{ days = {days}, within = 30 }}"
        yield (
            f"in class '{name}' no median is told: it is one person's value, "
            f"and several of them show who came between. Possible there is the share of people up to a value, as in "
            f'measure = "share" with numerator = {numerator}.'
        )
