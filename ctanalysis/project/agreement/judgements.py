"""What people decided is about tables, fields and periods that there are, and writes no identifying value down."""

from collections.abc import Iterable, Iterator

from ctanalysis.project.agreement import entries
from ctanalysis.project.descriptor import Table
from ctanalysis.project.judgements import Correction
from ctanalysis.project.project import Project

CORRECTIONS, SAME_PEOPLE, RESTATEMENTS = (
    f"judgements/{name}.toml" for name in ("corrections", "same-people", "restatements")
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
    yield from entries.repeated(CORRECTIONS, ((c.table, c.key, c.field) for c in project.corrections))
    yield from entries.periods("deliveries.csv", project.deliveries, calendar)
    yield from entries.repeated(RESTATEMENTS, ((r.period, r.revision) for r in project.restatements))
    yield from entries.periods(RESTATEMENTS, project.restatements, calendar)


def _unknown(name: str, table: str, fields: Iterable[str], tables: dict[str, Table]) -> Iterator[str]:
    where = f"{name}, about table '{table}'"
    if table not in tables:
        yield f"{where}: there is no such table. There are: {', '.join(tables)}."
        return
    yield from (f"{where}: it has no field '{field}'." for field in fields if field not in tables[table].fields)


def _uncorrectable(correction: Correction, table: Table) -> Iterator[str]:
    field = table.fields.get(correction.field)
    where = f"{CORRECTIONS}, about table '{correction.table}': '{correction.field}'"
    if field and field.identifying:
        yield (f"{where} is marked identifying, and must not be written into this file. Have the partner correct it.")
    if correction.field == table.key:
        yield f"{where} is its key, by which other tables name the row. Have the partner correct it in every file."
