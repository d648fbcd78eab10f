"""The fields and categories of population.csv are those of the project's tables; and what a rate can be of."""

from collections.abc import Iterator
from itertools import product

from ctanalysis.project.calculations import Rate
from ctanalysis.project.population import Population
from ctanalysis.project.project import Project
from ctanalysis.project.row_calculations import People
from ctanalysis.project.sheets import Sheet

NONE = (
    "a rate is a number for so many residents, and the project has no population.csv: write one with the columns year, "
    "population and source, and before population the fields to break down by, such as region."
)
AUDITED = (
    "a rate cannot be of '{table}', of class '{name}', whose totals are audited: it would tell a number of people by "
    "another name. Count them with people or count, and divide by residents where the number is read."
)
TWICE = 'a rate is of what adds up: take counted = "each period" and also out, or count them by themselves.'


def faults(project: Project) -> Iterator[str]:
    """A sentence to each column or category that no table has, and each year whose parts are not all there."""
    population, there = project.population, _categories(project)
    unknown = [name for name in population.fields if name not in there]
    for name in unknown:
        yield (
            f"population.csv: '{name}' is no field with categories of any table. There are: {', '.join(there)}. "
            "Correct the column's name, or take it out."
        )
    if unknown:
        return
    for row in population.rows:
        for name, value in row.of:
            if value not in there[name]:
                yield (
                    f"population.csv, row {row.row}: '{value}' is no category of '{name}'. There are: "
                    f"{', '.join(there[name])}."
                )
    yield from _incomplete(population, there)


def _categories(project: Project) -> dict[str, list[str]]:
    """By field, the values that any table has as its categories; of a list, of which a person has several, none."""
    found: dict[str, dict[str, None]] = {}
    for table in project.package.resources:
        for field in table.fields.values():
            if field.categories and field.type != "list" and not field.private:
                found.setdefault(field.name, {}).update((one.value, None) for one in field.categories)
    return {name: [*values] for name, values in found.items()}


def _incomplete(population: Population, there: dict[str, list[str]]) -> Iterator[str]:
    """A sentence to each year that names some categories, and neither all of them nor how many there are in all."""
    for year in population.years:
        rows = [row for row in population.rows if row.year == year]
        if any(not row.of for row in rows):
            continue  # which they add up to
        for way in sorted({row.fields for row in rows}, key=sorted):
            named = {frozenset(row.of) for row in rows if row.fields == way}
            every = product(*([(name, value) for value in there[name]] for name in sorted(way)))
            gone = next((cell for cell in every if frozenset(cell) not in named), None)
            if gone:
                what = " and ".join(f"{name} {value}" for name, value in gone)
                yield (
                    f"population.csv, {year}: there is no row of {what}, so nobody knows what the others add up to. "
                    "Add it, or a row of all residents, with nothing in the columns of the fields."
                )


def of_rate(sheet: Sheet, project: Project) -> Iterator[str]:
    """A sentence to each thing that a rate cannot be of; none for other sheets. Its tables are asked elsewhere."""
    rate, population = sheet.calculation, project.population
    if not isinstance(rate, Rate) or rate.table not in project.package.tables:
        return
    if project.disclosure_rule(sheet).audited:
        yield AUDITED.format(table=rate.table, name=project.package.tables[rate.table].disclosure)
    if isinstance(rate.numerator, People) and (rate.numerator.counted != "once" or rate.numerator.also):
        yield TWICE
    if not population.rows:
        yield NONE
        return
    for fields in (*sheet.disaggregations, *sheet.working_tables):
        if not population.has(fields):
            possible, by = ", ".join(population.fields) or "none", "both at once" if len(fields) > 1 else "it"
            yield (
                f"a rate cannot be disaggregated by {' and '.join(repr(name) for name in fields)}: no year of "
                f"population.csv has residents by {by}. Its fields are: {possible}."
            )
