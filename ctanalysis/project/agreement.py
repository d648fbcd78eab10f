"""What one file of a project folder names, another must have: tables, fields, categories, classes, indicators, periods."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from ctanalysis.base.errors import Refused
from ctanalysis.base.spelling import skeleton
from ctanalysis.periods import Calendar
from ctanalysis.project import identifying
from ctanalysis.project.descriptor import Package, Table
from ctanalysis.project.fields import Field
from ctanalysis.project.listed import Delivery, Target
from ctanalysis.project.policy import Rule as PolicyRule
from ctanalysis.project.rules import Gap, Restatement
from ctanalysis.project.sheets import Calculation, Level, Mean, People, Scalar, Share, Sheet, Sum, Test

if TYPE_CHECKING:
    from ctanalysis.project.folder import Project

NUMERIC = ("integer", "number")
Item = TypeVar("Item")
PYTHON_TYPES: dict[str, type | tuple[type, ...]] = {"string": str, "integer": int, "number": (int, float), "date": date}


def check(project: "Project", files: Sequence[str]) -> None:
    """Refused with every disagreement, a sentence to each. files: the names of the sheets' files.

    Sheets are looked at only when the tables that they name agree among themselves.
    """
    faults = [*_tables(project)] or [
        *_sheets(project, files),
        *_figures(project),
        *_rules(project),
        *_judgements(project),
    ]
    if faults:
        raise Refused("\n".join(f"{project.folder}/{fault}" for fault in faults))


def _tables(project: "Project") -> Iterator[str]:
    tables = project.package.tables
    if len(tables) != len(project.package.resources):
        yield "datapackage.json: two tables have the same name."
    for table in project.package.resources:
        where = f"datapackage.json, table '{table.name}'"
        if table.disclosure not in project.policy.rules:
            yield f"{where}: policy.toml has no class '{table.disclosure}'. It has: {', '.join(project.policy.rules)}."
        elif not _known_by(table, project.policy.rules[table.disclosure].person):
            yield f"{where}: it has no field '{project.policy.rules[table.disclosure].person}', by which its class knows people."
        faults = (
            *_table_faults(table, tables),
            *identifying.of_table(table, project.policy.rules.get(table.disclosure)),
            *_laxer(table, tables, project.policy.rules),
        )
        yield from (f"{where}: {fault}" for fault in faults)
    try:
        project.package.parents_first()
    except Refused as refusal:
        yield f"datapackage.json: {refusal}"


def _laxer(table: Table, tables: dict[str, Table], rules: dict[str, PolicyRule]) -> Iterator[str]:
    """What refers to people can be broken down by them, so it is about them."""
    for name in dict.fromkeys(table.references.values()):
        other, mine = rules.get(tables[name].disclosure) if name in tables else None, rules.get(table.disclosure)
        if other and mine and other.audited and not mine.audited:
            yield f"it refers to table '{name}', whose class '{tables[name].disclosure}' is audited, so its own class must be an audited one too."


def _known_by(table: Table, person: str) -> bool:
    return not person or person in table.fields


def _table_faults(table: Table, tables: dict[str, Table]) -> Iterator[str]:
    fields = table.fields
    for path in table.paths:
        if Path(path).is_absolute() or ".." in Path(path).parts or "\\" in path or not Path(path).parts:
            yield "its path must be inside the project folder, written with / ."
        elif PurePosixPath(path).as_posix() != path.rstrip("/"):
            yield f"its path must be written plainly, as {PurePosixPath(path).as_posix()}."
    plain = [PurePosixPath(path) for path in table.paths]
    if any(
        one.is_relative_to(other)
        for number, one in enumerate(plain)
        for place, other in enumerate(plain)
        if place != number
    ):
        yield "a file is in two of its paths, and would be read twice. Name it once."
    if len(fields) != len(table.table_schema.fields):
        yield "two fields have the same name."
    key = fields.get(table.key)
    if key is None or not (key.constraints.required and key.constraints.unique and key.type == "string"):
        yield f"its primary key '{table.key}' must be a string field that is required and unique."
    for name, other in table.references.items():
        target = tables.get(other)
        if name not in fields or target is None or target.key not in _referred_fields(table, name):
            yield f"its foreign key '{name}' must name the primary key of a table that there is."
    yield from _same_words("columns", fields.values(), lambda field: field.headings, lambda field: field.name)
    headings = {skeleton(word): field.name for field in fields.values() for word in field.headings}
    for name in dict.fromkeys(headings[skeleton(word)] for word in table.ignored_columns if skeleton(word) in headings):
        yield f"\"ignoredColumns\" names the column '{name}', which is a field. Take it out there."
    for field in fields.values():
        yield from _same_words(
            f"categories of '{field.name}'",
            field.categories or (),
            lambda category: category.spellings,
            lambda category: category.value,
        )


def _same_words(
    what: str,
    items: Iterable[Item],
    words_of: Callable[[Item], Iterable[str]],
    name_of: Callable[[Item], str],
) -> Iterator[str]:
    """A word that means two things would be guessed."""
    meant: dict[str, list[str]] = {}
    for item in items:
        for word in {skeleton(word) for word in words_of(item)}:
            meant.setdefault(word, []).append(name_of(item))
    for names in dict.fromkeys(tuple(names) for names in meant.values() if len(names) > 1):
        yield f"a spelling means several {what}: {', '.join(names)}. Take it out of all but one."


def _referred_fields(table: Table, name: str) -> list[str]:
    return [key.reference.fields[0] for key in table.table_schema.foreign_keys if key.fields[0] == name]


def _sheets(project: "Project", files: Sequence[str]) -> Iterator[str]:
    areas = {area.code for area in project.facts.areas}
    first: dict[str, str] = {}
    for sheet, file in zip(project.sheets, files, strict=True):
        where = f"indicators/{file}"
        if first.setdefault(sheet.code, file) != file:
            yield f"{where}: it has the code '{sheet.code}', as {first[sheet.code]} has. Give it one of its own."
        if sheet.area not in areas:
            yield f"{where}: project.toml has no area '{sheet.area}'. It has: {', '.join(sorted(areas))}."
        yield from (f"{where}: {fault}" for fault in _sheet_faults(sheet, project.package))


def _sheet_faults(sheet: Sheet, package: Package) -> Iterator[str]:
    calculation = sheet.calculation
    if calculation.table not in package.tables:
        yield f"there is no table '{calculation.table}'. There are: {', '.join(package.tables)}."
        return
    for name, types in _needed(calculation):
        yield from _field_faults(package, calculation.table, name, types)
    for name, test in _tests(calculation):
        yield from _test_faults(package, calculation, name, test)
    broken = [name for fields in sheet.disaggregations for name in fields]
    named = [name for name, _ in (*_needed(calculation), *_tests(calculation))]
    yield from identifying.named_by(
        package, calculation.table, [*named, *broken], "no reference sheet counts, chooses or breaks down by it"
    )
    for name in broken:
        yield from _field_faults(package, calculation.table, name, None)
        if not _fault(package, calculation.table, name) and not package.locate(calculation.table, name).field.labels:
            yield f"it cannot be disaggregated by '{name}', which has no categories."


def _needed(calculation: Calculation) -> list[tuple[str, tuple[str, ...]]]:
    """The fields that a calculation names, each with the types that it may have."""
    part = calculation.denominator if isinstance(calculation, Share) else calculation
    if isinstance(part, Level):
        return [(part.start, ("date",)), (part.end, ("date",)), *([(part.column, NUMERIC)] if part.column else [])]
    needed: list[tuple[str, tuple[str, ...]]] = [(part.date, ("date",))]
    if isinstance(part, People):
        needed.append((part.person, ("string",)))
    if isinstance(part, (Sum, Mean)):
        needed.append((part.column, NUMERIC))
    return needed


def _tests(calculation: Calculation) -> list[tuple[str, Test]]:
    numerator = calculation.numerator.where if isinstance(calculation, Share) else {}
    return [*calculation.where.items(), *numerator.items()]


def _fault(package: Package, table: str, name: str) -> str:
    try:
        package.locate(table, name)
    except Refused as refusal:
        return str(refusal)
    return ""


def _field_faults(package: Package, table: str, name: str, types: tuple[str, ...] | None) -> Iterator[str]:
    fault = _fault(package, table, name)
    if fault:
        yield fault
    elif types and package.locate(table, name).field.type not in types:
        yield f"field '{name}' must be of type {' or '.join(types)} to be used like this."


def _test_faults(package: Package, calculation: Calculation, name: str, test: Test) -> Iterator[str]:
    fault = _fault(package, calculation.table, name)
    if fault:
        yield fault
        return
    field = package.locate(calculation.table, name).field
    part = calculation.denominator if isinstance(calculation, Share) else calculation
    if field.type == "date" and isinstance(part, People) and name != part.date:
        yield f"people cannot be counted on a condition on the date '{name}': a person's first row would change with time."
    for value in (*(test.among or ()), *(test.excluded or ())):
        yield from _value_faults(field, value)
    for bound in (test.minimum, test.maximum):
        if bound is not None and field.type not in (*NUMERIC, "date"):
            yield f"'{name}' has no order, so it has no min or max."
        elif bound is not None:
            yield from _value_faults(field, bound)


def _value_faults(field: Field, value: Scalar) -> Iterator[str]:
    allowed = PYTHON_TYPES.get(field.type, bool)
    if not isinstance(value, allowed) or (isinstance(value, bool) and field.type != "boolean"):
        yield f"a condition on '{field.name}' has a value that is no {field.type}."
    elif field.categories and value not in [category.value for category in field.categories]:
        yield f"'{value}' is no category of '{field.name}'. There are: {', '.join(c.value for c in field.categories)}."


def _figures(project: "Project") -> Iterator[str]:
    codes = list(dict.fromkeys(sheet.code for sheet in project.sheets))
    for name, figures in (("targets.csv", project.targets), ("published.csv", project.published)):
        for code in dict.fromkeys(figure.indicator for figure in figures if figure.indicator not in codes):
            yield f"{name}: there is no indicator '{code}'. There are: {', '.join(codes)}."
    shares = {sheet.code for sheet in project.sheets if sheet.measure == "share"}
    for code in dict.fromkeys(t.indicator for t in project.targets if t.indicator in shares and t.target > 1):
        yield f"targets.csv: a target of indicator '{code}' is above 1; write a share of 75 per cent as 0.75."
    for name, rule in project.policy.rules.items():
        for code in rule.contract_figures:
            if code not in codes:
                yield f"policy.toml, class '{name}': there is no indicator '{code}'. There are: {', '.join(codes)}."
    yield from _repeated("targets.csv", ((t.indicator, t.period, t.valid_from) for t in project.targets))
    yield from _repeated("published.csv", ((p.indicator, p.as_of) for p in project.published))
    yield from _periods("targets.csv", project.targets, project.calendar)


def _rules(project: "Project") -> Iterator[str]:
    for rule in project.rules.all:
        where = f"rules.toml, a rule about table '{rule.table}'"
        if rule.table not in project.package.tables:
            yield f"{where}: there is no such table. There are: {', '.join(project.package.tables)}."
            continue
        for types, keys in ((NUMERIC, rule.numeric), (("date",), rule.dated), (None, rule.any_type)):
            for name in rule.named(keys):
                yield from (f"{where}: {fault}" for fault in _field_faults(project.package, rule.table, name, types))
        if isinstance(rule, Gap):
            yield from (
                f"{where}: {fault}"
                for fault in identifying.named_by(
                    project.package, rule.table, (rule.by, rule.field), "no gap is told of it"
                )
            )


def _judgements(project: "Project") -> Iterator[str]:
    tables = project.package.tables
    for name, judgements in (("corrections.toml", project.corrections), ("same-people.toml", project.same_people)):
        for judgement in judgements:
            fields = (judgement.field,) if hasattr(judgement, "field") else judgement.match
            where = f"judgements/{name}, about table '{judgement.table}'"
            if judgement.table not in tables:
                yield f"{where}: there is no such table. There are: {', '.join(tables)}."
            else:
                unknown = [field for field in fields if field not in tables[judgement.table].fields]
                yield from (f"{where}: it has no field '{field}'." for field in unknown)
    for correction in project.corrections:
        field = tables[correction.table].fields.get(correction.field) if correction.table in tables else None
        if field and field.identifying:
            yield f"judgements/corrections.toml, about table '{correction.table}': '{correction.field}' is marked identifying, and must not be written into this file. Have the partner correct it."
        if correction.table in tables and correction.field == tables[correction.table].key:
            yield f"judgements/corrections.toml, about table '{correction.table}': '{correction.field}' is its key, by which other tables name the row. Have the partner correct it in every file."
    yield from _repeated("judgements/corrections.toml", ((c.table, c.key, c.field) for c in project.corrections))
    yield from _periods("deliveries.csv", project.deliveries, project.calendar)
    yield from _repeated("judgements/restatements.toml", ((r.period, r.revision) for r in project.restatements))
    yield from _periods("judgements/restatements.toml", project.restatements, project.calendar)


def _periods(name: str, listed: Iterable[Target | Delivery | Restatement], calendar: Calendar) -> Iterator[str]:
    for period in dict.fromkeys(one.period for one in listed):
        try:
            calendar.named(period)
        except Refused as refusal:
            yield f"{name}: {refusal}"


def _repeated(name: str, keys: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield f"{name}: {count} entries are about the same thing ('{key[0]}'). Keep one."
