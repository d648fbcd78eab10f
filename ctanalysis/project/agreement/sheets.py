"""What reference sheets count, choose and break down by is there, and can be used like that."""

from collections.abc import Iterator, Sequence
from datetime import date

from ctanalysis.base.spelling import skeleton
from ctanalysis.project import examples
from ctanalysis.project.agreement import (
    durations,
    fields,
    identifying,
    levels,
    medians,
    pairs,
    people,
    population,
    ratios,
    rounds,
    side_by_side,
    some_asked,
    standards,
)
from ctanalysis.project.agreement.fields import NUMERIC
from ctanalysis.project.calculations import Calculation, Ratio, Share
from ctanalysis.project.conditions import Condition, Scalar
from ctanalysis.project.descriptor import Package
from ctanalysis.project.fields import Field
from ctanalysis.project.project import Project
from ctanalysis.project.reading_sheets import shown
from ctanalysis.project.row_calculations import Extreme, Gain, Level, People, columns_of
from ctanalysis.project.sheets import Printed, Sheet

CLOSED = ("string", "boolean", "integer")  # of which there can be so many different values
CHECKS = (
    pairs.faults,
    medians.faults,
    durations.faults,
    side_by_side.faults,
    rounds.faults,
    population.of_rate,
)  # of a calculation of one table, whose sheet and project they take
PYTHON_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "date": date,
    "list": str,
}


def faults(project: Project, files: Sequence[tuple[Printed, str]]) -> Iterator[str]:
    """A sentence to each thing that a sheet names and the project has not. files: every sheet with its file's name."""
    areas = {area.code for area in project.facts.areas}
    first: dict[str, str] = {}
    yield from standards.faults(project, files)
    yield from some_asked.faults(project, files)
    for sheet, file in files:
        where = f"indicators/{file}"
        if first.setdefault(sheet.code, file) != file:
            yield f"{where}: it has the code '{sheet.code}', as {first[sheet.code]} has. Give it one of its own."
        if sheet.area not in areas:
            yield f"{where}: project.toml has no area '{sheet.area}'. It has: {', '.join(sorted(areas))}."
        if isinstance(sheet, Sheet):
            yield from _with_example(sheet, [f"{where}: {fault}" for fault in _calculated(sheet, project)])


def _calculated(sheet: Sheet, project: Project) -> Iterator[str]:
    found = [fault for one in sheet.by_table for fault in (*_sheet(one, project.package), *levels.faults(one, project))]
    yield from (*found, *ratios.of_unit(sheet))
    if isinstance(sheet.calculation, Ratio):
        yield from ratios.faults(sheet, project)
        if all(part.table in project.package.tables for part in sheet.calculation.parts):
            yield from side_by_side.faults(sheet, project)
        return
    if sheet.calculation.table in project.package.tables:
        for check in (_lists, _ways, *CHECKS):
            yield from check(sheet, project)
    if not found:
        yield from people.faults(project, sheet)


def _with_example(sheet: Sheet, faults: Sequence[str]) -> Iterator[str]:
    """The faults of a calculation, and behind the last how its measure is written."""
    yield from faults[:-1]
    near = examples.near(sheet.calculation.model_dump(exclude_unset=True))
    yield from (f"{fault}\n{shown(near)}".rstrip() for fault in faults[-1:])


def _sheet(sheet: Sheet, package: Package) -> Iterator[str]:
    calculation = sheet.calculation
    table = calculation.table
    if table not in package.tables:
        yield f"there is no table '{table}'. There are: {', '.join(package.tables)}."
        return
    needed, conditions = _needed(sheet), _conditions(calculation)
    for name, types in needed:
        yield from fields.faults(package, table, name, types)
    for name, condition in conditions:
        yield from _condition(package, sheet, name, condition)
    ways = [name for names in (*sheet.disaggregations, *sheet.working_tables) for name in names]
    broken_down_by = [name for name in ways if name != sheet.by_columns[0]]
    named = [*(name for name, _ in needed), *(name for name, _ in conditions), *broken_down_by]
    yield from identifying.named(package, table, named, "no reference sheet counts, chooses or breaks down by it")
    for name in broken_down_by:
        yield from _disaggregation(package, table, name)
    yield from _called(sheet, package)
    yield from _ways_of_days(calculation, package)


def _called(sheet: Sheet, package: Package) -> Iterator[str]:
    """A sentence to each label that is called something and is none of the sheet's categories."""
    table, names = sheet.calculation.table, sorted(sheet.fields_broken_down)
    located = [package.locate(table, name) for name in names if not fields.missing(package, table, name)]
    labels = [*(label for one in located for label in one.field.labels or ()), *sheet.by_columns[1]]
    for label in sheet.words.called:
        if label not in labels:
            there = ", ".join(labels) or "none"
            yield f"words.called: '{label}' is no category by which it is broken down. There are: {there}."


def _disaggregation(package: Package, table: str, name: str) -> Iterator[str]:
    fault = fields.missing(package, table, name)
    if fault:
        yield fault
    elif not package.locate(table, name).field.labels:
        possible = fields.there(package, table, lambda field: bool(field.labels))
        yield f"it cannot be disaggregated by '{name}', which has no categories. {possible}"


def _lists(sheet: Sheet, project: Project) -> Iterator[str]:
    """A sentence to each breakdown by a list, of whose categories a row counts in several, where it cannot be told.

    What the auditor knows of numbers that add up to a total does not hold of it: of an audited class it is refused.
    """
    table, audited = sheet.calculation.table, project.disclosure_rule(sheet).audited
    for names in sheet.disaggregations:
        for name in (name for name in names if not fields.missing(project.package, table, name)):
            if project.package.locate(table, name).field.type != "list":
                continue
            if audited:
                yield (
                    f"it cannot be disaggregated by '{name}', a list, of whose categories a person may have several: "
                    f"in class '{project.package.tables[table].disclosure}' only totals are told by it. Take it out."
                )
            elif len(names) > 1:
                yield f"it cannot be disaggregated by two fields of which '{name}' is a list. Take one of them out."


def _ways(sheet: Sheet, project: Project) -> Iterator[str]:
    """A sentence to an extreme of people, and to `any` in a class whose totals are audited."""
    calculation, package = sheet.calculation, project.package
    if isinstance(calculation, Extreme) and calculation.table not in project.open_tables:
        yield (
            f"the {calculation.measure} of {calculation.of} would be one person's value, or the value of one row "
            f"about people: table '{calculation.table}' is about people, or refers to such a table. There, sum and "
            "mean are possible."
        )
    if calculation.any and project.disclosure_rule(sheet).audited:
        yield (
            f"any cannot be used of class '{package.tables[calculation.table].disclosure}', whose totals are audited: "
            "write conditions that all hold into where; values of one field are a list there: "
            'service = ["legal", "grant"].'
        )


def _ways_of_days(calculation: Calculation, package: Package) -> Iterator[str]:
    """A sentence to each condition of `any` on a day."""
    names = dict.fromkeys(name for one in calculation.any for name in one)
    for name in (name for name in names if not fields.missing(package, calculation.table, name)):
        if package.locate(calculation.table, name).field.type == "date":
            yield f"any has a condition on the date '{name}', and what is known of a day changes: write it into where."


def _needed(sheet: Sheet) -> list[tuple[str, tuple[str, ...]]]:
    """The fields that a calculation names, each with the types that it may have."""
    rows = sheet.row_calculation
    if isinstance(rows, Level):
        more = [(rows.column, NUMERIC), (rows.person, ("string",))]
        return [(rows.start, ("date",)), (rows.end, ("date",)), *((name, types) for name, types in more if name)]
    needed: list[tuple[str, tuple[str, ...]]] = [(rows.date, ("date",))]
    if isinstance(rows, People):
        needed.append((rows.person, ("string",)))
        needed += [(rows.different, CLOSED)] if rows.different else []
    needed += [(sheet.rounds.field, ("string",))] if sheet.rounds else []
    if isinstance(rows, Gain):
        needed += [(name, ("boolean", *NUMERIC)) for name in rows.asked]
    return [*needed, *((name, NUMERIC) for name in columns_of(rows)), *((name, ("date",)) for name in sheet.days)]


def _conditions(calculation: Calculation) -> list[tuple[str, Condition]]:
    numerator = calculation.inside if isinstance(calculation, Share) else {}
    ways = [pair for one in calculation.any for pair in one.items()]
    return [*calculation.where.items(), *numerator.items(), *ways]


def _condition(package: Package, sheet: Sheet, name: str, condition: Condition) -> Iterator[str]:
    table = sheet.calculation.table
    fault = fields.missing(package, table, name)
    if fault:
        yield fault
        return
    field = package.locate(table, name).field
    if field.type == "date" and isinstance(sheet.row_calculation, People) and name != sheet.row_calculation.date:
        yield (
            f"people cannot be counted on a condition on the date '{name}': "
            "a person's first row would change with time."
        )
    asked = (condition.among, condition.excluded, condition.minimum, condition.maximum)
    if field.period and any(part is not None for part in asked):
        yield f"'{name}' holds {field.period}s, of which a condition can only say whether one is present."
    for value in (*(condition.among or ()), *(condition.excluded or ())):
        yield from _value(field, value)
    for bound in (condition.minimum, condition.maximum):
        if bound is not None and field.type not in (*NUMERIC, "date"):
            ordered = fields.there(package, table, lambda field: field.type in (*NUMERIC, "date"))
            yield f"'{name}' has no order, so it has no min or max. Name its values, or a field that has. {ordered}"
        elif bound is not None:
            yield from _value(field, bound)


def _value(field: Field, value: Scalar) -> Iterator[str]:
    allowed = PYTHON_TYPES.get(field.type, bool)
    if not isinstance(value, allowed) or (isinstance(value, bool) and field.type != "boolean"):
        there = f" There are: {', '.join(one.value for one in field.categories)}." if field.categories else ""
        yield f"a condition on '{field.name}' has a value that is no {field.type}.{there}"
    elif field.categories and value not in [category.value for category in field.categories]:
        there = f"There are: {', '.join(category.value for category in field.categories)}."
        meant = [c.value for c in field.categories if skeleton(str(value)) in (skeleton(c.label), skeleton(c.value))]
        yield f"'{value}' is no category of '{field.name}'. {f'Write {meant[0]}. ' if meant else ''}{there}"
