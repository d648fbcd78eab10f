"""What people decided is about tables, fields and periods that there are, and writes no identifying value down."""

from collections.abc import Iterable, Iterator

from ctanalysis.project.agreement import entries
from ctanalysis.project.descriptor import Table
from ctanalysis.project.judgements import Accepted, Correction, OfRow
from ctanalysis.project.project import Project

CORRECTIONS, SAME_PEOPLE, RESTATEMENTS, ACCEPTED = (
    f"judgements/{name}.toml" for name in ("corrections", "same-people", "restatements", "accepted")
)


def faults(project: Project) -> Iterator[str]:
    """A sentence to each judgement or delivery that is about nothing, or twice there."""
    tables, calendar = project.package.tables, project.calendar
    for correction in project.corrections:
        yield from _unknown(CORRECTIONS, correction.table, (correction.field,), tables)
    for same in project.same_people:
        yield from _unknown(SAME_PEOPLE, same.table, same.match, tables)
    for correction in project.corrections:
        if correction.table in tables:
            yield from _uncorrectable(correction, tables[correction.table])
    yield from entries.repeated(CORRECTIONS, map(_about, project.corrections))
    for accepted in project.accepted:
        yield from _unacceptable(accepted, tables)
    yield from entries.repeated(ACCEPTED, ((a.table or a.file, a.rule, a.what, *a.of_row) for a in project.accepted))
    for name, named in ((CORRECTIONS, project.corrections), (ACCEPTED, project.accepted)):
        yield from (fault for one in named if one.table in tables for fault in _unnamed(name, one, tables[one.table]))
    yield from entries.periods("deliveries.csv", project.deliveries, calendar)
    yield from entries.repeated(RESTATEMENTS, ((r.period, r.revision) for r in project.restatements))
    yield from entries.periods(RESTATEMENTS, project.restatements, calendar)


def _unknown(name: str, table: str, fields: Iterable[str], tables: dict[str, Table]) -> Iterator[str]:
    where = f"{name}, about table '{table}'"
    if table not in tables:
        yield f"{where}: there is no such table. There are: {', '.join(tables)}."
        return
    yield from (f"{where}: it has no field '{field}'." for field in fields if field not in tables[table].fields)


def _about(correction: Correction) -> tuple[object, ...]:
    """What a correction is about: a cell; or a row, which may share its key with another."""
    which = correction.expect if correction.strike else ""
    return (*correction.of_row, correction.field, which)


def _unnamed(name: str, named: OfRow, table: Table) -> Iterator[str]:
    """A sentence where the row is not named as the rows of its table are."""
    where = f"{name}, about table '{table.name}'"
    fields = [*named.key] if isinstance(named.key, dict) else [table.key]
    if not table.keys:
        if named.key or not named.file or named.row is None:
            yield (
                f"{where}: the table has no key. Name the row by file and row (and the sheet of a workbook), as "
                "findings.csv does."
            )
    elif named.file or named.sheet or named.row is not None:
        yield f"{where}: the table has a key. Name the row by it, without file, sheet and row."
    elif not named.key or sorted(fields) != sorted(table.keys):
        parts = ", ".join(f'{field} = "..."' for field in table.keys)
        form = 'key = "..."' if table.key else f"key = {{ {parts} }}"
        yield f"{where}: write the row's primary key so: {form}."


def _unacceptable(accepted: Accepted, tables: dict[str, Table]) -> Iterator[str]:
    if not accepted.table:
        return
    yield from _unknown(ACCEPTED, accepted.table, accepted.cells, tables)
    fields = tables[accepted.table].fields if accepted.table in tables else {}
    for name in accepted.cells:
        if name in fields and fields[name].identifying:
            yield f"{ACCEPTED}, about table '{accepted.table}': '{name}' {NOT_WRITTEN}. Name another cell."


NOT_WRITTEN = "is marked identifying, and must not be written into this file"


def _uncorrectable(correction: Correction, table: Table) -> Iterator[str]:
    field = table.fields.get(correction.field)
    where = f"{CORRECTIONS}, about table '{correction.table}': '{correction.field}'"
    if field and field.identifying:
        yield f"{where} {NOT_WRITTEN}. Have the partner correct it."
    if correction.field in table.keys and not correction.strike:
        yield f"{where} is its key, by which the row is known. Have the partner correct it in every file."
