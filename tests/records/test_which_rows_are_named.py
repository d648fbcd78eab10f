"""A finding names the rows of a few cells one by one; of a whole column it says that all of it is meant."""

import pytest

from ctanalysis import project, records
from ctanalysis.records.files import limits
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'


def place(folder, *amounts):
    """Where a finding about amounts says that they are wrong."""
    lines = [f"2014-01-01 {amount}" for amount in amounts]
    found = records.survey(project.load(small.write(folder, "\n".join(["day amount", *lines]), COUNT)))
    [finding] = [finding for finding in found.findings if finding.field == "amount"]
    return finding.place


def test_of_four_cells_every_one_is_named(tmp_path):
    """A whole column of four is still said row by row."""
    assert place(tmp_path / "p", *["many"] * 4) == "records/rows.csv, column G 'amount', rows 2, 3, 4, 5"


def test_of_five_cells_it_is_said_that_all_are_meant(tmp_path):
    """Five of five filled cells: the column as a whole is wrong. An empty cell between them is none of them."""
    expected = "records/rows.csv, column G 'amount', all 5 filled cells, rows 2 to 7"
    assert place(tmp_path / "p", *["many"] * 3, "-", *["many"] * 2) == expected


def test_where_one_is_right_the_wrong_ones_are_named(tmp_path):
    """Five of six: the first five are named, of seven wrong ones how many more there are."""
    assert place(tmp_path / "a", *["many"] * 5, 1).endswith("'amount', rows 2, 3, 4, 5, 6")
    assert place(tmp_path / "b", *["many"] * 7, 1).endswith("'amount', rows 2, 3, 4, 5, 6 and 2 more")


@pytest.mark.parametrize("above, is_found", [(29, True), (30, False)])
def test_the_header_is_among_the_first_thirty_rows(tmp_path, above, is_found):
    """With 29 lines of a letterhead above it the row that names the columns is the thirtieth, and is found."""
    folder = small.write(tmp_path / "p", "day amount\n2014-01-01 1", COUNT)
    path = folder / "records" / "rows.csv"
    path.write_text('"Records of March",,,,,,,\n' * above + path.read_text(encoding="utf-8"), encoding="utf-8")
    found = records.survey(project.load(folder))
    assert (len(found["rows"]), limits.HEADER_WITHIN) == (int(is_found), 30)
