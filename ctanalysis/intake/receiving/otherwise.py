"""A text file that is written otherwise than datapackage.json says of its table: in another encoding or delimiter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ctanalysis.intake.receiving.headings import Attempt, attempt
from ctanalysis.project.descriptor import Package, Table
from ctanalysis.records.files import encodings, header, text
from ctanalysis.records.files.naming import Row
from ctanalysis.records.files.words import Words
from ctanalysis.records.findings import Unreadable
from ctanalysis.records.types import typed_words

ENCODINGS = ("utf-8-sig", "cp1251", "ptcp154", "cp1252")
ENOUGH = 0.5  # of a table's columns
FIRST, MOST_AHEAD = 2_000, 5  # rows that are looked at, and sentences about what comes next
NEXT = "When that is put right, these will be asked about as well:"
FITS = "its headings are those of table '{table}' ({title})"


@dataclass(frozen=True)
class _Reading:
    """How a file may be read as a table: its encoding, what is between its cells, and what is then named."""

    table: Table
    encoding: str
    delimiter: str
    named: Attempt
    fault: Unreadable | None


def told(path: Path, package: Package, share: float) -> list[str]:
    """The table whose headings a file has, why it is not read, and what to do; nothing where no reading names more.

    share: how much of a table's columns it names when it is read as declared.
    """
    readings = [one for table in package.resources for one in _readings(path, table)]
    best = max(readings, key=lambda one: one.named.share, default=None)
    if best is None or best.named.share < ENOUGH or best.named.share <= share:
        return []
    faults = [best.fault] if best.fault else []
    declared = best.table.dialect.delimiter
    if declared not in ("", best.delimiter):
        faults.append(text.other_delimiter(declared, best.delimiter))
    if not faults:
        return []
    fits = FITS.format(table=best.table.name, title=best.table.title)
    reasons = "; and ".join(one.says for one in faults)
    ahead = [*_ahead(path, best)]
    return [f"{fits}, but {reasons}. {' '.join(f'{one.do}.' for one in faults)}", *([NEXT] if ahead else []), *ahead]


def _readings(path: Path, table: Table) -> Iterator[_Reading]:
    """Each way to read a file as a table; in another encoding only where it is not in the declared one."""
    try:
        declared = encodings.declared(path, table)
    except Unreadable:  # no text at all
        return
    fault = _fault(path, table, declared)
    for encoding in ENCODINGS if fault else (declared,):
        for sign in text.DELIMITERS:
            try:
                rows = text.first_rows(path, table, encoding, sign)
            except Unreadable:
                continue
            yield _Reading(table, encoding, sign, attempt(table, rows), fault)


def _fault(path: Path, table: Table, encoding: str) -> Unreadable | None:
    """What is wrong with a file in an encoding."""
    try:
        encodings.check(path, encoding)
        text.first_rows(path, table, encoding, ",")
    except Unreadable as fault:
        return fault
    return None


def _ahead(path: Path, reading: _Reading) -> Iterator[str]:
    """What will be asked about the cells, once the file can be read: a sentence to each column, without any value."""
    table = reading.table
    rows: list[Row] = []
    try:
        rows = text.first_rows(path, table, reading.encoding, reading.delimiter, FIRST)
        found = header.find(table, rows)
    except Unreadable:  # a sign further down is in no such encoding, or the row that names the columns is wrong
        found = None
    if found is None:
        yield from [*reading.named.lines()][1:]
        return
    width = len(found.cells)
    cells = [row for number, row in rows if number > found.row and number not in found.below and len(row) >= width]
    names = [name for name in found.fields if name not in table.references and name not in found.split]
    said = [one for name in names for one in _of_column(table, name, [row[found.fields[name]] for row in cells])]
    letters = found.letters
    for name, says, do in said[:MOST_AHEAD]:
        yield f"  column {letters[name]} '{name}': {says}. {do}."
    if len(said) > MOST_AHEAD:
        yield f"  and {len(said) - MOST_AHEAD} more"


def _of_column(table: Table, name: str, cells: Sequence[str]) -> list[tuple[str, str, str]]:
    """What breaks the rules of a field, each once."""
    typed = typed_words(table, name, Words([*dict.fromkeys(cells)]), {})
    return [(name, breach.says, breach.do) for breach in typed.breaches]
