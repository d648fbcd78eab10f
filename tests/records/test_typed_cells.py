"""Excel's own truth values and fractions are read as the table's files spell them, each in its own column."""

import json

import openpyxl

from ctanalysis import project, records
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
SPELLED = {"done": {"trueValues": ["да"], "falseValues": ["нет"]}, "amount": {"decimalChar": ","}}


def surveyed(folder, *rows):
    """The records of a workbook with these rows, of a table whose files say да and нет, and 2,5."""
    small.write(folder, "day\n2014-01-01", COUNT)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8").replace("rows.csv", "rows.xlsx"))
    for field in package["resources"][0]["schema"]["fields"]:
        field.update(SPELLED.get(field["name"], {}))
    path.write_text(json.dumps(package), encoding="utf-8")
    (folder / "records" / "rows.csv").unlink()
    book = openpyxl.Workbook()
    for cells in ([field["name"] for field in small.FIELDS], *rows):
        book.active.append(cells)
    book.save(folder / "records" / "rows.xlsx")
    return records.survey(project.load(folder))


def test_typed_cells_are_what_their_type_says(tmp_path):
    """A cell of Excel's TRUE is a yes whatever the files' word for it; 2.5 is two and a half in any language."""
    rows = ["r1", "2014-01-01", *[None] * 4, 2.5, True], ["r2", "2014-01-02", *[None] * 4, 3.25, False]
    found = surveyed(tmp_path / "p", *rows)
    assert found["rows"]["amount"].tolist() == [2.5, 3.25]
    assert found["rows"]["done"].tolist() == [True, False]
    assert not found.findings


def test_words_are_read_as_the_files_spell_them(tmp_path):
    """The same as texts."""
    found = surveyed(tmp_path / "p", ["r1", *[None] * 5, "2,5", "да"], ["r2", *[None] * 5, "3,25", "нет"])
    assert found["rows"]["amount"].tolist() == [2.5, 3.25]
    assert found["rows"]["done"].tolist() == [True, False]
