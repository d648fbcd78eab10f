"""docs/records.md states the limits that the code has."""

from ctanalysis.records.files import excel, limits
from tests.conftest import ROOT

PAGE = " ".join((ROOT / "docs" / "records.md").read_text(encoding="utf-8").split())


def test_the_page_states_the_limits():
    """Each number of limits.py and excel.py, with what it limits."""
    for words in (
        (
            f"a text file up to {limits.TEXT_BYTES // 2**20} MB, {limits.TEXT_ROWS:,} rows, and in a row "
            f"{limits.TEXT_COLUMNS:,} cells and {limits.ROW_TEXT:,} characters"
        ),
        (
            f"a workbook up to {limits.WORKBOOK_BYTES // 2**20} MB, {excel.MOST_PARTS} parts, "
            f"{excel.MOST_INFLATED // 2**20} MB when it is inflated and {excel.MOST_RATIO} times its packed size"
        ),
        (
            f"{limits.ROWS:,} rows and {limits.COLUMNS:,} columns in a sheet "
            '(where `"sheetName"` names one, in that one), '
            f"{excel.MOST_CELLS:,} cells (filled or formatted) and {excel.MOST_TEXT:,} characters in all"
        ),
        f"{excel.MEMORY // 2**30} GB of memory and {excel.SECONDS} seconds",
        f"{limits.FILES:,} files in a folder",
    ):
        assert words in PAGE, words
