"""How large a file may be, checked before any parser sees it. docs/records.md states these numbers."""

from pathlib import Path

from ctanalysis.records.findings import Unreadable

TEXT_BYTES, TEXT_ROWS = 100 * 2**20, 2_000_000  # of a CSV or TSV file; blank rows are rows
TEXT_COLUMNS, ROW_TEXT = 1_000, 2**20  # cells and characters of one of its rows
WORKBOOK_BYTES = 10 * 2**20  # excel/scan.py has the limits of what is inside
PARQUET_BYTES = 100 * 2**20  # of a Parquet file, which has rows and columns as a text has; parquet/ has the others
ROWS, COLUMNS = 50_000, 1_000  # of a sheet of a workbook, down to and across to its last filled cell
FILES = 1_000  # in the folder of one table
HEADER_WITHIN = 30  # the row that names the columns is among the first so many

PARTS = "Send it in parts, as several files in the table's folder"


def check_size(path: Path, most: int) -> None:
    """Unreadable: the file is larger than it may be."""
    if path.stat().st_size > most:
        raise too_large(most)


def too_large(most: int) -> Unreadable:
    """Of a file with more bytes than the most."""
    return Unreadable(f"it is larger than {most // 2**20} MB", PARTS)


def too_long() -> Unreadable:
    """Of a text file with too many rows."""
    return Unreadable(f"it has more than {TEXT_ROWS:,} rows", PARTS)


def most_bytes(path: Path) -> int:
    """How large a file of its kind may be."""
    kind = path.suffix.lower()
    return WORKBOOK_BYTES if kind == ".xlsx" else PARQUET_BYTES if kind == ".parquet" else TEXT_BYTES
