"""What the entry workbook says when a cell is chosen: everything that the reading will check, and nothing else.

A small table stands for every kind of column; its prompts are compared word for word.
"""

import io
import json

import openpyxl
import pytest

from ctanalysis.intake.templates.entry import workbook
from ctanalysis.project import load
from tests.generators import small

FIELDS = {
    "id": ("A code that no other row has. Must be filled.", {"title": "id"}),
    "person": (
        "Text. It may stand in one row only. In the form P-[0-9]+.",
        {"constraints": {"unique": True, "pattern": "P-[0-9]+"}},
    ),
    "end": ("A day such as 2014-12-31. Not before 'day'.", {}),
    "amount": (
        "A number from 0 to 100, with at most 4 decimal places.",
        {"constraints": {"minimum": 0, "maximum": 100}},
    ),
}


@pytest.fixture(scope="module")
def prompts(tmp_path_factory):
    """By the column's name, what is told when a cell of it is chosen."""
    folder = tmp_path_factory.mktemp("asked") / "p"
    small.write(folder, "day\n2014-01-01", 'measure = "count"\ntable = "rows"\ndate = "day"')
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for field in package["resources"][0]["schema"]["fields"]:
        field.update(FIELDS.get(field["name"], ("", {}))[1])
    path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "rules.toml").write_text(
        '[[order]]\ntable = "rows"\nfirst = "day"\nthen = "end"\nreason = "."\n', encoding="utf-8"
    )
    project = load(folder)
    table = project.package.tables["rows"]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(project, table))).worksheets[0]
    return {rule.promptTitle: rule.prompt for rule in sheet.data_validations.dataValidation}


@pytest.mark.parametrize("name", FIELDS)
def test_a_prompt_says_all_that_is_asked(prompts, name):
    """A column that is no key and yet unique says so; so do a pattern, an order of days, and bounds."""
    assert prompts[name] == FIELDS[name][0]
