"""The workbook of a report: plain tables, numbers as numbers, nothing beyond the CSV files, the same bytes."""

import re
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import range_boundaries

from ctanalysis.disclosure.protected import UNTOLD, WITHHELD
from ctanalysis.formats import sheets, shorthand
from ctanalysis.formats.cover import cover
from ctanalysis.formats.workbook import Number, Sheet, workbook
from ctanalysis.indicators.values import NO_NUMBER
from ctanalysis.language import Speech
from tests.conftest import evaluated

STATE = "Draft 0a1b2c3d. It is not released."
TABS = [
    "Summary", "Indicators", "Tracking", "Data check", "Data check evidence", "Rows of records", "Reference sheets",
]  # fmt: skip
PERIODS = ("FY2015Q1", "FY2012Q1")


def made(period):
    evaluation = evaluated(period)
    return sheets.report(evaluation, cover(evaluation, "Evaluation", STATE))


@pytest.fixture(scope="module", params=PERIODS)
def book(request):
    return openpyxl.load_workbook(BytesIO(made(request.param)))


def table(sheet):
    """The headings and rows of the one table of a sheet."""
    (only,) = sheet.tables.values()
    left, top, right, bottom = range_boundaries(only.ref)
    head, *rows = sheet.iter_rows(top, bottom, left, right, values_only=True)
    return head, rows


@pytest.mark.few(1)
def test_each_sheet_has_one_table(book):
    """Named, below a title and notes; no cell of it is empty or merged; the first column stays in view."""
    assert book.sheetnames == TABS
    names = [name for sheet in book for name in sheet.tables]
    assert names == [re.sub(" ", "_", tab.casefold()) for tab in TABS]
    for sheet in book:
        head, rows = table(sheet)
        top = range_boundaries(next(iter(sheet.tables.values())).ref)[1]
        assert sheet["A1"].value and top > 2 and not sheet.merged_cells.ranges
        assert all(sheet.cell(row, 1).value for row in range(1, top))
        assert len(set(head)) == len(head) and rows and all(cell not in (None, "") for row in rows for cell in row)
        assert sheet.freeze_panes and sheet.freeze_panes[0] in "BC" and int(sheet.freeze_panes[1:]) == top + 1


def test_the_summary_says_what_it_is_of(book):
    """Project, period, state, that the records are synthetic; each sign that is used is explained; links."""
    summary = [str(cell.value) for row in book["Summary"].iter_rows() for cell in row if cell.value]
    assert STATE in summary and any(
        text.startswith("Synthetic records. They describe no real person") for text in summary
    )
    assert any("USAID Counter-Trafficking Project" in text and "Reporting period FY201" in text for text in summary)
    used = {
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if re.fullmatch(r"\[\w\]", str(cell.value))
    }
    assert used - {"[c]", "[r]"} != set() and used <= set(dict(table(book["Summary"])[1]))
    linked = [cell.hyperlink.location for row in book["Summary"].iter_rows() for cell in row if cell.hyperlink]
    assert linked == [f"'{tab}'!A1" for tab in TABS[1:]]


@pytest.mark.few(1)
@pytest.mark.parametrize("period", PERIODS)
def test_the_indicators_are_the_rows_of_the_csv_file(period):
    """Each number as it is told; where none is, the sign of its status, and never a number."""
    head, rows = table(openpyxl.load_workbook(BytesIO(made(period)))["Indicators"])
    found = pd.DataFrame(rows, columns=head)
    told = pd.concat([evaluated(period).values, evaluated(period).evidence], ignore_index=True)
    assert len(found) == len(told) and list(head) == ["indicator", "name", *told.columns[1:]]
    numbers = told["value"].notna() & told["status"].isin(["exact", "rounded"])
    assert found.loc[numbers, "value"].tolist() == pytest.approx(told.loc[numbers, "value"].tolist())
    signs = found.loc[~numbers, "value"]
    assert len(signs) and all(re.fullmatch(r"\[[a-z]\]", sign) for sign in signs)
    for column in ("low", "high", "numerator", "denominator"):
        assert (found[column] == "–").tolist() == told[column].isna().tolist()


def test_the_tracking_table_has_a_row_for_each_indicator(evaluation):
    """The year beside its target, the project beside its own: 117,535 as a number, what is not told as its sign."""
    head, rows = table(openpyxl.load_workbook(BytesIO(made("FY2015Q1")))["Tracking"])
    by_code = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert list(by_code) == [sheet.code for sheet in evaluation.project.sheets]
    assert by_code["1.2"]["Project to date"] == 117_535 and by_code["1.2"]["FY2015Q1"] == 14_814
    assert by_code["1.2"]["FY2015 target"] == 41_000 and by_code["1.2"]["Project target"] == 138_000
    assert by_code["2.6"]["Project to date"] == "[p]" and by_code["2.6"]["FY2015 deviation"] == "–"
    frame = evaluation.tracking.set_index(["indicator", "horizon"])
    for code, row in by_code.items():
        actual = frame.loc[(code, "project to date"), "actual"]
        assert (
            isinstance(row["Project to date"], str)
            if pd.isna(actual)
            else row["Project to date"] == pytest.approx(actual)
        )


def test_a_share_is_shown_in_per_cent():
    """As a fraction, which a spreadsheet shows with the decimals that sentences have."""
    sheet = openpyxl.load_workbook(BytesIO(made("FY2015Q1")))["Tracking"]
    cells = {row[0].value: row for row in sheet.iter_rows()}
    assert {cells["1.5"][7].number_format, cells["1.5"][8].number_format} == {"0%"}
    assert cells["1.2"][7].number_format == "#,##0"


def test_every_status_has_a_sign():
    """A status that is new must get one: no cell is left to guess."""
    for status in (WITHHELD, UNTOLD, *NO_NUMBER, "fewer than 10", "fewer than 5", "18–27", "56–84 %"):
        assert shorthand.sign(status) in shorthand.words(Speech())
    assert shorthand.sign("exact") == shorthand.sign("rounded") == ""
    with pytest.raises(ValueError, match="no shorthand"):
        shorthand.sign("lost")


def test_the_same_bytes():
    """Whenever it is made."""
    assert made("FY2015Q1") == made("FY2015Q1")


def test_a_table_without_rows_and_numbers_as_they_are_shown():
    """A spreadsheet refuses a file with an empty table: there is then only its head."""
    empty = Sheet("Empty", "Nothing", (), ("A",), ())
    full = Sheet("Full", "Some", (), ("A", "B"), [(1234.0, Number(0.5, "0%")), ("", 0.25)])
    read = openpyxl.load_workbook(BytesIO(workbook([empty, full], "foot", "title", "Sheets")))
    assert not read["Empty"].tables and read["Empty"]["A2"].value == "A"
    assert [cell.number_format for cell in read["Full"][3]] == ["#,##0", "0%"]
    assert [cell.value for cell in read["Full"][4]] == ["–", 0.25]
