"""The last row that a file may have is read like any other; one more, and the file is refused, whatever it looks like.

The limits are made small here: three rows, of which the first names the columns. README.md states the real ones.
"""

import openpyxl
import pytest

from ctanalysis import project, records
from ctanalysis.records import UNREAD
from ctanalysis.records.files import limits
from tests.generators import small

CALCULATION = 'measure = "count"\ntable = "rows"\ndate = "day"'
NAMES = [field["name"] for field in small.FIELDS]


@pytest.fixture(autouse=True)
def three_rows(monkeypatch):
    monkeypatch.setattr(limits, "TEXT_ROWS", 3)
    monkeypatch.setattr(limits, "ROWS", 3)


def surveyed(folder):
    """The keys of the rows that were read, and what is said of files that could not be."""
    found = records.survey(project.load(folder))
    return list(found["rows"]["id"]), [finding.says for finding in found.of(UNREAD)]


def text_file(folder, *lines):
    small.write(folder, "day\n2014-01-01", CALCULATION)
    (folder / "records" / "rows.csv").write_text("".join(lines), encoding="utf-8")
    return folder


def row(number, id_="{}"):
    """A row of a CSV file with a key of this number."""
    return id_.format(f"r{number}") + ",2014-01-01,,,,,,\n"


HEADER = ",".join(NAMES) + "\n"
SPELLINGS = {"plain": "{}", "quoted": '"{}"'}  # pandas reads the one, the csv module the other


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_text_file_with_as_many_rows_as_it_may_have(tmp_path, spelling):
    """The header and two rows: both are read, with and without an end to the last line."""
    lines = [HEADER, row(1, spelling), row(2, spelling)]
    assert surveyed(text_file(tmp_path / "whole", *lines)) == (["r1", "r2"], [])
    assert surveyed(text_file(tmp_path / "open", *lines[:2], lines[2].strip())) == (["r1", "r2"], [])


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_text_file_with_a_row_more_than_it_may_have(tmp_path, spelling):
    """The header and three rows: the file is refused as a whole, so that no row vanishes without a word."""
    folder = text_file(tmp_path / "p", HEADER, *(row(number, spelling) for number in (1, 2, 3)))
    assert surveyed(folder) == ([], ["it has more than 3 rows"])


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_row_more_without_an_end_to_its_line(tmp_path, spelling):
    """The last line counts as a row whether it has an end or not."""
    lines = [HEADER, *(row(number, spelling) for number in (1, 2, 3))]
    folder = text_file(tmp_path / "p", *lines[:3], lines[3].strip())
    assert surveyed(folder) == ([], ["it has more than 3 rows"])


def test_blank_rows_are_rows(tmp_path):
    """A file that is longer for its blank lines alone is too long."""
    assert surveyed(text_file(tmp_path / "p", HEADER, row(1), "\n", "\n")) == ([], ["it has more than 3 rows"])


def workbook(folder, *rows):
    """A project whose table is a workbook of these rows below its header."""
    small.write(folder, "day\n2014-01-01", CALCULATION)
    description = folder / "datapackage.json"
    description.write_text(description.read_text(encoding="utf-8").replace("rows.csv", "rows.xlsx"), encoding="utf-8")
    book = openpyxl.Workbook()
    for cells in (NAMES, *rows):
        book.active.append(cells)
    book.save(folder / "records" / "rows.xlsx")
    return folder


def test_a_sheet_whose_last_row_is_the_limit(tmp_path):
    """The header and two rows: the row exactly at the limit is read."""
    folder = workbook(tmp_path / "p", ["r1", "2014-01-01"], ["r2", "2014-01-01"])
    assert surveyed(folder) == (["r1", "r2"], [])


def test_a_sheet_with_a_filled_row_beyond_the_limit(tmp_path):
    """One filled cell in the fourth row, and the sheet is refused with the limit."""
    rows = [["r1", "2014-01-01"], ["r2", "2014-01-01"], ["r3"]]
    [says] = surveyed(workbook(tmp_path / "p", *rows))[1]
    assert says == f"a filled cell is beyond row 3 or column {limits.COLUMNS:,}"


def test_only_the_sheet_that_is_named_is_held_to_the_limits(tmp_path):
    """A long list beside the records does no harm where datapackage.json names the sheet of the records."""
    folder = workbook(tmp_path / "p", ["r1", "2014-01-01"])
    path = folder / "records" / "rows.xlsx"
    book = openpyxl.load_workbook(path)
    for number in range(9):
        book.create_sheet("List") if not number else book["List"].append([f"place {number}"])
    book.save(path)
    assert surveyed(folder) == ([], [f"a filled cell is beyond row 3 or column {limits.COLUMNS:,}"])
    description = folder / "datapackage.json"
    text = description.read_text(encoding="utf-8").replace('"schema"', '"dialect": {"sheetName": "Sheet"}, "schema"')
    description.write_text(text, encoding="utf-8")
    assert surveyed(folder) == (["r1"], [])


def test_a_sheet_whose_last_column_is_the_limit(tmp_path, monkeypatch):
    """As many columns as the table has are read to the last; with one fewer allowed the sheet is refused."""
    folder = workbook(tmp_path / "p", ["r1", "2014-01-01", *[None] * 5, True])
    monkeypatch.setattr(limits, "COLUMNS", len(NAMES))
    found = records.survey(project.load(folder))
    assert list(found["rows"]["done"]) == [True] and not found.of(UNREAD)
    monkeypatch.setattr(limits, "COLUMNS", len(NAMES) - 1)
    assert surveyed(folder)[1] == [f"a filled cell is beyond row 3 or column {len(NAMES) - 1}"]


def test_the_row_that_names_the_columns_may_be_the_last_that_is_looked_at(tmp_path, monkeypatch):
    """Among the first two rows the header is found, in the second; among the first one it is not."""
    folder = text_file(tmp_path / "p", '"Records of March",,,,,,,\n', HEADER, row(1))
    monkeypatch.setattr(limits, "HEADER_WITHIN", 2)
    assert surveyed(folder) == (["r1"], [])
    monkeypatch.setattr(limits, "HEADER_WITHIN", 1)
    assert surveyed(folder)[0] == []


def test_a_row_of_as_many_cells_as_it_may_have(tmp_path, monkeypatch):
    """Empty cells at the end of a row do no harm up to the limit; beyond it the file is none of records."""
    lines = HEADER, row(1, '"{}"').replace(",,,,,,\n", ",,,,,,,\n")
    monkeypatch.setattr(limits, "TEXT_COLUMNS", len(NAMES) + 1)
    assert surveyed(text_file(tmp_path / "whole", *lines)) == (["r1"], [])
    monkeypatch.setattr(limits, "TEXT_COLUMNS", len(NAMES))
    assert surveyed(text_file(tmp_path / "beyond", *lines))[1] == [f"row 2 has more than {len(NAMES)} cells"]


def test_a_file_of_as_many_bytes_as_it_may_have(tmp_path, monkeypatch):
    """A file exactly as large as the limit is read; of one byte more it is refused before anything is read."""
    folder = text_file(tmp_path / "p", HEADER, row(1))
    size = (folder / "records" / "rows.csv").stat().st_size
    monkeypatch.setattr(limits, "TEXT_BYTES", size)
    assert surveyed(folder) == (["r1"], [])
    monkeypatch.setattr(limits, "TEXT_BYTES", size - 1)
    assert surveyed(folder) == ([], ["it is larger than 0 MB"])
