"""The lists behind an entry workbook's cells: one for each column that is chosen from a list, none for the others."""

import io
import json

import openpyxl
import pytest

from ctanalysis.intake.templates import lists
from ctanalysis.intake.templates.entry import workbook
from ctanalysis.project import load
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
CHOSEN_FROM = {"sex": ["female", "male"], "kind": ["Namibian", "bar", "seven"], "done": ["true", "false"]}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The entry workbook of a table whose last column is typed."""
    folder = small.write(tmp_path_factory.mktemp("lists") / "p", "day\n2014-01-01", COUNT)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["fields"].append({"name": "hours", "type": "integer", "title": "hours"})
    path.write_text(json.dumps(package), encoding="utf-8")
    project = load(folder)
    return openpyxl.load_workbook(io.BytesIO(workbook(project, project.package.tables["rows"])))


def words(book, name):
    """What stands in the area of a list's name."""
    area = book.defined_names[name].attr_text.removeprefix("INDEX(").split(",")[0]
    sheet, cells = area.split("!")
    return [cell.value for row in book[sheet.strip("'")][cells.replace("$", "")] for cell in row]


def test_each_column_that_is_chosen_has_its_own_list(book):
    """Sex, kind and whether it is done are chosen from lists: their words, in their order."""
    rules = book.worksheets[0].data_validations.dataValidation
    named = {rule.promptTitle: rule.formula1 for rule in rules if rule.type == "list" and rule.promptTitle}
    assert {title: words(book, name) for title, name in named.items()} == CHOSEN_FROM


def test_no_other_column_has_a_list(book):
    """Days, numbers and codes are typed: no name of the workbook is of a list without words."""
    of_lists = [name for name in book.defined_names if name not in (lists.LANGUAGES, lists.CHOSEN)]
    assert sorted(words(book, name) for name in of_lists) == sorted(CHOSEN_FROM.values())
