"""What a file holds: which of its sheets are which table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ctanalysis.base.errors import Refused
from ctanalysis.intake.receiving import otherwise
from ctanalysis.intake.receiving.headings import Attempt, attempt
from ctanalysis.project.descriptor import Package, Table
from ctanalysis.records.files import columnar, encodings, header, limits, paths, text, workbook
from ctanalysis.records.files.header import Header
from ctanalysis.records.files.naming import Row
from ctanalysis.records.findings import Unreadable, shown


@dataclass
class Layout:
    """tables: by its name, the sheets that hold it ("" of a text file). others: the sheets that hold none."""

    tables: dict[str, list[str]] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def of_file(path: Path, package: Package) -> Layout:
    """The Layout of a file.

    Refused: it cannot be read, holds no table, a table with headings that are not known, or a sheet that fits two
    tables. Every sheet is looked at before anything is refused.
    """
    try:
        sheets = list(_sheets(path, package))
    except Unreadable as fault:
        raise Refused(f"{shown(path.name)}: {fault.says}. {fault.do}.") from None
    layout, faults, attempts = Layout(), [], []
    for name, readings in sheets:
        fits = [table.name for table, _, heading in readings if isinstance(heading, Header)]
        if _is_ambiguous(readings):
            faults.append(_sentence(path, name, [f"its columns fit several tables: {', '.join(fits)}. {BY_HAND}"]))
        for table in fits:
            layout.tables.setdefault(table, []).append(name)
        if not fits:
            layout.others.append(name)
            attempts.append((name, [attempt(table, rows) for table, rows, _ in readings]))
            faults += _near_miss(path, name, readings)
    shares = (one.share for _, tries in attempts for one in tries)
    if not layout.tables and (written := _written_otherwise(path, package, max(shares, default=0.0))):
        faults = [written]
    if not layout.tables and not faults:
        faults = [_named_otherwise(path, package) or _nothing(path, attempts)]
    if faults:
        raise Refused("\n".join(faults))
    in_order = {name: layout.tables[name] for name in package.tables if name in layout.tables}
    return Layout(in_order, layout.others)


BY_HAND = "Put the file into the folder of the right table yourself, and note it in deliveries.csv."
Heading = (
    Header | Unreadable | None
)  # what reading a sheet as a table gives: its header, what is wrong with it, or none
Reading = tuple[Table, Sequence[Row], Heading]


def _sheets(path: Path, package: Package) -> Iterator[tuple[str, list[Reading]]]:
    """Each sheet by its name, with its Reading as each table. A text file is a sheet without a name."""
    if path.suffix.lower() in paths.PARQUET:
        names = columnar.names_of(path)
        yield "", [(table, names, _heading(table, names, "")) for table in package.resources]
        return
    if path.suffix.lower() not in paths.WORKBOOK:
        yield "", [_of_text(path, table) for table in package.resources]
        return
    for sheet in workbook.raw_sheets(path):
        rows: list[Row] = [(number, cells) for number, cells in sheet["rows"]]
        if rows and rows[0][1][0] not in workbook.NO_RECORDS.values():
            meant = [table for table in package.resources if table.dialect.sheet_name in ("", sheet["name"])]
            yield sheet["name"], [(table, rows, _heading(table, rows, sheet["name"])) for table in meant]


def _of_text(path: Path, table: Table) -> Reading:
    """A text file as a table, with the delimiter that names most of its columns."""
    declared = table.dialect.delimiter
    try:
        limits.check_size(path, limits.TEXT_BYTES)
        encoding = encodings.declared(path, table)
        encodings.check(path, encoding)
        tries = [
            text.first_rows(path, table, encoding, sign) for sign in ((declared,) if declared else text.DELIMITERS)
        ]
    except Unreadable as fault:  # another table may have another encoding
        return table, (), fault
    rows = max(tries, key=lambda rows: attempt(table, rows).share)
    return table, rows, _heading(table, rows, "")


def _heading(table: Table, rows: Sequence[Row], sheet: str) -> Heading:
    try:
        return header.find(table, rows, sheet)
    except Unreadable as fault:
        return fault


def _is_ambiguous(readings: Iterable[Reading]) -> bool:
    """Whether two tables have the very same columns in a sheet."""
    columns = [frozenset(heading.fields.values()) for _, _, heading in readings if isinstance(heading, Header)]
    return len(set(columns)) < len(columns)


def _near_miss(path: Path, sheet: str, readings: Iterable[Reading]) -> list[str]:
    """Why a sheet that names half of a table's columns is not read; nothing where it names half of none."""
    tried = [(attempt(table, rows), fault) for table, rows, fault in readings if isinstance(fault, Unreadable)]
    if not tried:
        return []
    best, fault = max(tried, key=lambda pair: pair[0].share)
    in_headings = best.known and (best.unknown() or best.missing or len(best.known) > len({*best.known.values()}))
    return [_sentence(path, sheet, [*best.lines()] if in_headings else [f"{fault.says}. {fault.do}."])]


def _written_otherwise(path: Path, package: Package, share: float) -> str:
    """What otherwise.told says of a text file; empty of others."""
    lines = otherwise.told(path, package, share) if path.suffix.lower() in paths.TEXT else []
    return _sentence(path, "", lines) if lines else ""


def _named_otherwise(path: Path, package: Package) -> str:
    """Which sheet has the columns of a table that is read from a sheet of another name; empty where none has."""
    named = [table for table in package.resources if table.dialect.sheet_name]
    for sheet in workbook.raw_sheets(path) if named and path.suffix.lower() in paths.WORKBOOK else ():
        for table in named:
            if isinstance(_heading(table, [(number, cells) for number, cells in sheet["rows"]], sheet["name"]), Header):
                only = f"which is read from a sheet named '{table.dialect.sheet_name}' only"
                does = f"it has the columns of table '{table.name}' ({table.title}), {only}"
                return _sentence(
                    path, sheet["name"], [f'{does}. Rename the sheet, or correct "sheetName" in datapackage.json.']
                )
    return ""


def _nothing(path: Path, attempts: Sequence[tuple[str, list[Attempt]]]) -> str:
    """Why a file holds no table: the sheet and the table that come nearest."""
    best = max(((name, one) for name, tries in attempts for one in tries), key=lambda pair: pair[1].share, default=None)
    if best is None or not best[1].known:
        within = f"none of its first {limits.HEADER_WITHIN} rows names the columns of a table"
        return f"{shown(path.name)}: {within}. Send records of one of the tables of datapackage.json."
    return _sentence(path, best[0], [*best[1].lines()])


def _sentence(path: Path, sheet: str, lines: Sequence[str]) -> str:
    where = f"{shown(path.name)}, sheet '{shown(sheet)}'" if sheet else shown(path.name)
    return "\n".join([f"{where}: {lines[0]}", *lines[1:]])
