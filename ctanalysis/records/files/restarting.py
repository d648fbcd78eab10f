"""Keys that are no keys: KoboToolbox numbers rows in _index and _parent_index anew, from 1, in each export."""

from collections.abc import Iterator

from ctanalysis.records.files.gathered import Gathered, Source
from ctanalysis.records.files.header import Header
from ctanalysis.records.findings import LOOK, UNREAD, Finding, Issue

RESTARTING = "restarting key"  # the rule
INDEX, PARENT = "_index", "_parent_index"
UUID, OF_PARENT = "_uuid", "_submission__uuid"
ANEW = "is the key, and {heading} begins anew in each export: the same number is another record there"
LATER = ANEW + '; so no row can be taken for a later state of another one, as "repeated" says'
REFERS = "refers to a row by {heading}, which begins anew in each export: the same number is another record there"
BY_UUID = (
    'Let the field have the title "{heading}" in datapackage.json, a column that this file has: it stays the same in '
    "all exports"
)
TOGETHER = (
    'Make the key of two fields that are required, that of the column "{heading}", which this file has, and '
    'this one: "primaryKey" in datapackage.json. Where nothing refers to it, it may also have none'
)
LATEST = (
    'Keep the latest export alone in the project folder, take "repeated" out of the table in datapackage.json, and '
    'make the key of two fields that are required: that of the column "{heading}", and this one'
)
EXPORT_IT = 'Export it again with the column "{heading}", and let the field have that as its title in datapackage.json'


def advice(header: Header, heading: str, replaces: bool) -> str:
    """What to do about a key or a reference in a column that begins anew in each export.

    replaces: rows of later deliveries stand for those of earlier ones, as they cannot where both number them anew.
    """
    if heading == PARENT or OF_PARENT not in header.cells:
        stays = OF_PARENT if heading == PARENT else UUID
        return (BY_UUID if stays in header.cells else EXPORT_IT).format(heading=stays)
    return (LATEST if replaces else TOGETHER).format(heading=OF_PARENT)


def of_source(gathered: Gathered, source: Source) -> Iterator[tuple[str, str]]:
    """The fields of a file by which its rows are known, or refer to others, that begin anew; each with its heading."""
    table = gathered.table
    alone = [table.key] if table.key else []
    for name in dict.fromkeys([*alone, *table.references]):
        heading = source.header.cells[source.header.fields[name]].strip()
        if heading in (INDEX, PARENT):
            yield name, heading


def of_key(gathered: Gathered) -> str:
    """What to do about a key that begins anew in each export; empty where the key stays the same, or there is none."""
    for source in gathered.sources:
        for name, heading in of_source(gathered, source):
            if name == gathered.table.key:
                return advice(source.header, heading, replaces=False)
    return ""


def findings(gathered: Gathered) -> Iterator[Finding]:
    """A Finding for each such field, at its first file. Where later deliveries replace rows, the table is not read."""
    table, told = gathered.table, set[str]()
    replaces = bool(table.repeated) and len({source.path for source in gathered.sources}) > 1
    for source in gathered.sources:
        for name, heading in of_source(gathered, source):
            if name not in told:
                told.add(name)
                is_key, column = name == table.key, source.header.letters[name]
                says = (LATER if replaces and is_key else ANEW if is_key else REFERS).format(heading=heading)
                severity = UNREAD if replaces else LOOK
                issue = Issue(severity, RESTARTING, says, advice(source.header, heading, replaces), name)
                yield issue.at(table.name, source.path, source.sheet, column)
