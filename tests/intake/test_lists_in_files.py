"""A list in an entry workbook, in a form, in what is received, and in a copy that is sent back."""

import json

import openpyxl
import pytest

from ctanalysis import records
from ctanalysis.intake import datacheck
from ctanalysis.intake.receiving.headings import attempt
from ctanalysis.intake.templates.entry import FIRST, HEADER, workbook
from ctanalysis.intake.templates.xlsform import form
from ctanalysis.project import load
from tests.generators.sent import field, sent
from tests.intake.copies import sent_back
from tests.intake.forms import converted, opened, records_of, validations
from tests.records.test_lists import SERVICES, SPLIT, rows_of, several, split_of, values


@pytest.mark.parametrize(
    ("delimiter", "sentence", "cell"),
    [
        (" ", "One or more of Shelter, legal, Food, with a blank between.", "Food Shelter"),
        (",", "One or more of Shelter, Legal aid, Food, with a comma between.", "Food, Shelter"),
        ("|", "One or more of Shelter, Legal aid, Food, with | between.", "Shelter|Food"),
    ],
)
def test_an_entry_workbook(tmp_path, delimiter, sentence, cell):
    """It says what stands between, names what can be read, and is read without a finding."""
    ours = load(sent(tmp_path / "p", [several(delimiter)], rows_of("food"), name="rows.csv"))
    book = opened(workbook(ours, ours.package.resources[0]))
    sheet = book.worksheets[0]
    rule = validations(sheet)["C"]
    assert sheet["C4"].value == "x" and HEADER == 4 and rule.type is None and rule.prompt.startswith(sentence)
    assert sheet.column_dimensions["C"].number_format == "@"
    sheet.cell(FIRST, 1).value, sheet.cell(FIRST, 3).value = "r1", cell
    book.save(ours.folder / "records/filled.xlsx")
    path = ours.folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("rows.csv", "filled.xlsx"), encoding="utf-8")
    (ours.folder / "records/rows.csv").unlink()
    found = records.survey(load(ours.folder))
    assert {one.rule for one in found.findings} == {"needed"}
    assert found["rows"]["x"].tolist() == [f"shelter{delimiter}food"]


def test_a_form(tmp_path):
    """Where a blank stands between, a question of several choices, whose export is read; else a text."""
    ours = load(sent(tmp_path / "p", [several()], rows_of("food"), name="rows.csv"))
    data = form(ours, ours.package.resources[0])
    assert converted(data)[1] == []
    asked = next(row for row in records_of(opened(data)["survey"]) if row["name"] == "x")
    assert asked["type"] == "select_multiple x"
    names = [row["name"] for row in records_of(opened(data)["choices"]) if row["list_name"] == "x"]
    assert names == [service["value"] for service in SERVICES]
    export = [
        [*SPLIT[:2], "x", *SPLIT[2:], "_id", "_uuid", "_submission_time"],
        ["r2", "2014-01-02", " ".join(names[:2]), "1", "1", "0", "71", "u-1", "2014-01-02T08:00:00"],
    ]
    found = records.survey(load(sent(tmp_path / "q", [several()], export, name="rows.csv")))
    assert values(found) == [("shelter", "legal")] and not found.findings
    commas = load(sent(tmp_path / "r", [several(",")], rows_of("food"), name="rows.csv"))
    data = form(commas, commas.package.resources[0])
    assert converted(data)[1] == [] and "choices" not in opened(data).sheetnames
    asked = next(row for row in records_of(opened(data)["survey"]) if row["name"] == "x")
    assert asked["type"] == "text" and "with a comma between" in asked["hint::English (en)"]


def test_headings_of_what_is_received(tmp_path):
    """A column for each value is known, and none of them is there twice."""
    ours = load(sent(tmp_path / "p", [several()], rows_of("food"), name="rows.csv"))
    tried = attempt(ours.package.resources[0], [(1, [*SPLIT, "odd"])])
    lines = "\n".join(tried.lines())
    assert tried.unknown() == [5] and not tried.missing and "twice" not in lines


@pytest.mark.parametrize("sensitive", [True, False])
def test_a_copy_that_is_sent_back(tmp_path, sensitive):
    """Of a sensitive list every column is emptied, not only the first; of another one all are shown."""
    fields = [several(sensitive=sensitive), field("n", "integer")]
    rows = split_of(["1", "0", "1"], ["0", "1", ""])
    rows = [[*rows[0], "n"], [*rows[1], "x"], [*rows[2], "7"]]
    folder = sent(tmp_path / "p", fields, rows, name="rows.csv")
    (folder / "deliveries.csv").write_text(
        "file,partner,period,sent,rows\nrecords/rows.csv,A,FY2014Q2,2014-04-02,\n", encoding="utf-8"
    )
    datacheck.check(load(folder), tmp_path / "out")
    book = sent_back(tmp_path / "out", "rows.xlsx")
    assert isinstance(book, openpyxl.Workbook)
    shown = [[cell.value for cell in row] for row in book["Rows"].iter_rows(max_col=5)]
    assert shown[0] == SPLIT
    wanted = [[None] * 3] * 2 if sensitive else [["1", "0", "1"], ["0", "1", None]]
    assert [row[2:] for row in shown[1:3]] == wanted
    told = (tmp_path / "out/findings.csv").read_text(encoding="utf-8")
    assert "must say of every value whether it is there" in told and json.dumps("1") not in told
