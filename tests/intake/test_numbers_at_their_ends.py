"""The largest number that a template takes is the largest that is read: what a spreadsheet lets in is not held back."""

import io
import json

import openpyxl
import pytest

from ctanalysis import records
from ctanalysis.intake.templates.entry import workbook
from ctanalysis.project import load
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
LARGEST = {"integer": 999_999_999_999_999, "number": 99_999_999_999}


def project(folder, kind, amount):
    """A project with an amount of a kind, and one row with an amount."""
    small.write(folder, f"day amount\n2014-01-01 {amount}", COUNT)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for field in package["resources"][0]["schema"]["fields"]:
        field["type"] = kind if field["name"] == "amount" else field["type"]
    path.write_text(json.dumps(package), encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize("kind, largest", LARGEST.items())
def test_a_template_takes_what_is_read(tmp_path, kind, largest):
    """Without bounds of its own a column takes numbers to the largest that is read, and as far below nothing."""
    found = project(tmp_path / "p", kind, 1)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(found, found.package.tables["rows"]))).worksheets[0]
    [rule] = [rule for rule in sheet.data_validations.dataValidation if rule.promptTitle == "amount"]
    assert (rule.operator, rule.formula1, rule.formula2) == ("between", str(-largest), str(largest))


@pytest.mark.parametrize("kind, largest", LARGEST.items())
@pytest.mark.parametrize("sign", ["", "-"])
def test_the_largest_number_is_read_and_one_more_is_not(tmp_path, kind, largest, sign):
    """It has as many digits as Excel keeps; with one more a number would be another."""
    taken = records.survey(project(tmp_path / "taken", kind, f"{sign}{largest}"))
    assert taken["rows"]["amount"].tolist() == [int(f"{sign}{largest}")] and not taken.findings
    beyond = records.survey(project(tmp_path / "beyond", kind, f"{sign}{largest + 1}"))
    assert [finding.field for finding in beyond.of(records.HELD_BACK)] == ["amount"]
