"""Why a row of a text file cannot be split into cells: each reason in its own words, with the row."""

import csv

import pytest

from ctanalysis import project, records
from ctanalysis.records import UNREAD
from ctanalysis.records.files import limits
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
HEADER = ",".join(field["name"] for field in small.FIELDS) + "\n"
GOOD = '"r1",2014-01-01,,,,,,\n'

REASONS = {
    "a quotation mark that is not closed": (
        '"r2,2014-01-02,,,,,,\n',
        "row 3 cannot be read: a quotation mark in it is not closed, or one inside a cell is not doubled",
    ),
    "a quotation mark inside a cell": (
        '"r"2",2014-01-02,,,,,,\n',
        "row 3 cannot be read: a quotation mark in it is not closed, or one inside a cell is not doubled",
    ),
    "a cell that does not end": (
        '"r2' + "," * 140_000 + '",,,,,,,\n',
        "row 3 cannot be read: a cell in it is longer than 131,072 characters; a quotation mark before it may not be "
        "closed",
    ),
    "a row that does not end": (
        '"r2\n' + "2014-01-02,\n" * 100 + '"\n',
        "row 3 cannot be read: it is longer than 1,000 characters; a quotation mark in it may not be closed",
    ),
}


@pytest.fixture(autouse=True)
def the_limit_of_csv():
    """That of Python, whatever another library in this process has made of it."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.parametrize("row, says", REASONS.values(), ids=REASONS)
def test_a_row_that_cannot_be_split(tmp_path, monkeypatch, row, says):
    """The file is not read, and the reason is the one that helps to mend it."""
    if "1,000" in says:
        monkeypatch.setattr(limits, "ROW_TEXT", 1_000)
    folder = small.write(tmp_path / "p", "day\n2014-01-01", COUNT)
    (folder / "records" / "rows.csv").write_text(HEADER + GOOD + row, encoding="utf-8")
    found = records.survey(project.load(folder))
    assert [finding.says for finding in found.of(UNREAD)] == [says]
