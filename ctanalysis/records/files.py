"""One CSV file as texts: UTF-8, comma, a first row with the schema's field names, every row as long as it."""

import csv

import pandas as pd

from ctanalysis.errors import Refused


def cells_of(table, path):
    """The file's cells as they are written: a frame of str, the schema's fields in its order.

    Row i of the frame is row i + 2 of the file as a spreadsheet shows it.
    Refused: no such file, not UTF-8, no rows, other columns than the schema's, a ragged row.
    """
    header, rows = _rows(table, path)
    _check_columns(table, header, path)
    _check_rows(table, header, rows, path)
    columns = dict(zip(header, zip(*rows))) if rows else {name: () for name in header}
    return pd.DataFrame({name: pd.Series(columns[name], dtype="str") for name in table.fields})


def _rows(table, path):
    rows = []
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows.extend(csv.reader(file, strict=True))
    except FileNotFoundError:
        raise Refused(f"{path}: there is no such file; datapackage.json names it for table '{table.name}'.") from None
    except UnicodeDecodeError:
        raise Refused(f"{path}: the text is not UTF-8. Save it as CSV UTF-8.") from None
    except csv.Error:
        raise Refused(
            f"{path}: row {len(rows) + 1} cannot be read: a quotation mark in it is not closed, or one inside "
            "a cell is not doubled."
        ) from None
    except OSError as error:
        raise Refused(f"{path}: it cannot be read ({error.strerror}).") from None
    return (rows[0] if rows else []), rows[1:]


def _check_columns(table, header, path):
    expected, names = list(table.fields), ", ".join(table.fields)
    if not any(header):
        raise Refused(f"{path}: the first row is empty. It must name the columns: {names}.")
    if len(header) == 1 < len(expected) and any(mark in header[0] for mark in ";\t"):
        raise Refused(f"{path}: the cells are separated by semicolons or tabs. Save it as CSV with commas.")
    missing = [name for name in expected if name not in header]
    if missing:
        columns = f"column '{missing[0]}' is" if len(missing) == 1 else f"columns {', '.join(missing)} are"
        raise Refused(f"{path}: {columns} missing. datapackage.json has it for table '{table.name}'.")
    if len(header) != len(expected):
        place = next(place for place, name in enumerate(header, 1) if name not in expected or name in header[: place - 1])
        raise Refused(
            f"{path}: column {place} from the left is none of table '{table.name}', or there twice; it has: {names}. "
            "Take it out, or describe it in datapackage.json."
        )


def _check_rows(table, header, rows, path):
    if not rows and not table.may_be_empty:
        raise Refused(
            f"{path}: the table has no rows. If there are truly none yet, write \"mayBeEmpty\": true for it in "
            "datapackage.json."
        )
    faults = [fault for number, row in enumerate(rows, 2) for fault in _row_faults(row, number, len(header))]
    if faults:
        raise Refused("\n".join(f"{path}: {fault}" for fault in faults[:5]))


def _row_faults(row, number, length):
    if not any(row):
        yield f"row {number} is empty. Take it out."
    elif len(row) > length:
        yield f"row {number} has {len(row)} cells where the first row has {length}. A cell with a comma in it needs quotation marks around it."
    elif len(row) < length:
        yield f"row {number} has {len(row)} cells where the first row has {length}. Its end may be cut off."
