"""Rows of a table, numbered and written so that the same rows are the same bytes."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

Value = str | int | bool | date | None
Row = dict[str, Value]


def day_of(row: Row, field: str) -> date:
    """The value of a field of days that is never empty."""
    value = row[field]
    assert isinstance(value, date)
    return value


def text_of(row: Row, field: str) -> str:
    """The value of a field of texts that is never empty."""
    value = row[field]
    assert isinstance(value, str)
    return value


def number_of(row: Row, field: str) -> int:
    """The value of a field of whole numbers that is never empty."""
    value = row[field]
    assert isinstance(value, int)
    return value


def numbered(rows: Iterable[Row], field: str, code: str, by: Sequence[str] = ()) -> list[Row]:
    """Put the rows in order and give each its code: `EV0001`, where the code is `EV{:04}`."""
    ordered = sorted(rows, key=lambda row: [row[name] for name in by])
    return [{**row, field: code.format(number)} for number, row in enumerate(ordered, 1)]


def save(path: Path, fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a table with its columns in the order in which the schema declares them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # newline="" leaves the line ends to the writer: otherwise Windows would write others.
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows([_text(row[field]) for field in fields] for row in rows)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def decimal(whole: int, places: int) -> str:
    """A number kept in tenths or cents, as text: nothing here is ever rounded by a float."""
    sign, digits = "-" if whole < 0 else "", str(abs(whole)).zfill(places + 1)
    return f"{sign}{digits[:-places]}.{digits[-places:]}"
