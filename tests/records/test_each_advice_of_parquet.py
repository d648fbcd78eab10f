"""Each advice about a Parquet file, followed to the letter: it is read then, and gives what was meant."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from ctanalysis.records.files import columnar, limits
from tests.records.followed import ROWS, Case, Ours, advised, check, csv_of, fits, surveyed
from tests.records.test_hostile_parquet import texts

FOLDER = "rows/a.parquet"
FILE = {"id": ["r2", "r3"], "day": [date(2014, 1, 2), date(2014, 1, 3)], "x": [7, 8]}
PARTS = ("Send it in parts, as several files in the table's folder",)
COUNTS, WORDS = {"type": "integer"}, {"type": "string"}
SERVICES = [{"value": value, "label": value.title()} for value in ("food", "shelter")]
SEVERAL = {"type": "list", "delimiter": " ", "categories": SERVICES}
BOTH = {"r2": "food shelter", "r3": "food"}


def with_x(*cells):
    """The file with these cells in its column x."""
    return FILE | {"x": cells[0] if isinstance(cells[0], pa.Array) else list(cells)}


def ours(columns=FILE, x=COUNTS, name="rows.parquet", **more):
    return Ours(columns, name, x, **more)


def row(place):
    return {name: cells[place : place + 1] for name, cells in FILE.items()}


def split():
    """The list in a column for each of its values."""
    columns = {name: cells for name, cells in FILE.items() if name != "x"}
    return columns | {"x/food": [True, True], "x/shelter": [True, False]}


NESTED = ("Write one value in a cell; several as one text with a delimiter between, or each in a column",)
GOOD = {"rows": FILE}
NO_TABLE = ("It is no table of records: send the right file",)
NAME_IT = ("Name the column, or send the table without it",)
CASES = {
    "codes with a point": Case(
        ("Write the codes as texts, from their source",),
        ours(with_x(12345678901234567.0, 5.0), WORDS),
        {"rows": with_x("12345678901234567", "5")},
        {"r2": "12345678901234567", "r3": "5"},
    ),
    "a column without a name: named": Case(
        NAME_IT,
        ours(FILE | {"": ["a", "b"]}),
        {"rows": FILE | {"why": ["a", "b"]}, "more": ({"name": "why", "type": "string", "title": "why"},)},
    ),
    "a column without a name: left out": Case(NAME_IT, ours(FILE | {"": ["a", "b"]}), GOOD),
    "several in a cell: as one text": Case(
        NESTED, ours(with_x(["food", "shelter"], ["food"]), SEVERAL), {"rows": with_x("food shelter", "food")}, BOTH
    ),
    "several in a cell: a column for each": Case(
        NESTED, ours(with_x(["food", "shelter"], ["food"]), SEVERAL), {"rows": split()}, BOTH
    ),
    "one in a cell": Case(NESTED, ours(with_x([7], [8])), GOOD),
    "durations": Case(("Write it as one of these",), ours(with_x(pa.array([7, 8], pa.duration("s")))), GOOD),
    "a long cell: shortened": Case(
        ("Shorten it, or leave it empty",),
        ours(with_x("x" * 200_000, "8"), WORDS),
        {"rows": with_x("xx", "8")},
        {"r2": "xx", "r3": "8"},
    ),
    "a long cell: empty": Case(
        ("Shorten it, or leave it empty",),
        ours(with_x("x" * 200_000, "8"), WORDS),
        {"rows": with_x(None, "8")},
        {"r2": None, "r3": "8"},
    ),
    "no UTF-8": Case(
        ("Write its texts as UTF-8, and send it again",),
        ours(with_x(texts("Ош".encode("cp1251"), b"b")), WORDS),
        {"rows": with_x("Ош", "b")},
        {"r2": "Ош", "r3": "b"},
    ),
    "nothing in it": Case(("Send it again",), ours(b""), GOOD),
    "damaged": Case(("Write it again, and send that",), ours(b"PAR1"), GOOD),
    "encrypted": Case(
        ("Write it without encryption, and send it on a safe way",), ours(b"PARE" + bytes(40) + b"PARE"), GOOD
    ),
    "a text by its name": Case(("Send the file itself, written as Parquet",), ours(csv_of(ROWS)), GOOD),
    "very many columns": Case(NO_TABLE, ours(FILE | {f"c{n}": [1, 2] for n in range(1000)}), GOOD),
}


@pytest.mark.few(4)
@pytest.mark.parametrize("name", CASES)
def test_an_advice_about_a_parquet_file_that_is_followed(tmp_path, name):
    check(tmp_path, CASES[name])


IN_TWO = Case(PARTS, ours(name=FOLDER), {"rows": row(0), "files": {"records/rows/b.parquet": row(1)}})


def test_a_file_of_too_many_rows_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "TEXT_ROWS", 1)
    check(tmp_path, IN_TWO)


def test_a_file_that_takes_too_long_in_parts(tmp_path, monkeypatch):
    """The process that reads the whole of it has ended; that of each part has not."""
    with monkeypatch.context() as meantime:
        meantime.setattr(columnar, "READER", columnar.READER.with_name("no such reader"))
        assert any(fits(IN_TWO, do) for do in advised(tmp_path / "before", IN_TWO.before))
    found = surveyed(tmp_path / "after", replace(IN_TWO.before, **IN_TWO.after))
    assert not found.findings and found["rows"]["x"].tolist() == [7, 8]
