"""A column of years, quarters or months in an entry workbook and in a form: a text, which nothing makes a day of."""

import re

import pytest

from ctanalysis import records
from ctanalysis.intake.receiving import saying
from ctanalysis.intake.templates.columns import columns
from ctanalysis.intake.templates.entry import FIRST, HEADER, workbook
from ctanalysis.intake.templates.xlsform import form
from ctanalysis.project import load
from tests.generators import small
from tests.intake.forms import converted, opened, records_of, validations
from tests.records.test_periods_of_rows import QUARTER, YEAR, project, told

CELLS = {
    "year": ("2014", ["14", "2014Q1", "FY2014"]),
    "quarter": ("2014Q1", ["2014Q5", "2014"]),
    "month": ("2014-02", ["2014-13", "2014-2"]),
    "fiscal year": ("FY2014", ["FY14", "2014Q1"]),
    "fiscal quarter": ("FY2014Q2", ["FY2014Q5", "Q2"]),
}


@pytest.mark.parametrize("kind", CELLS)
def test_an_entry_workbook(tmp_path, kind):
    """The cells are texts, so that Excel makes no day of 2014-02; filled in, they are read without a finding."""
    ours = load(project(tmp_path / "p", kind, "day\n" + CELLS[kind][0]))
    [table] = ours.package.resources
    book = opened(workbook(ours, table))
    sheet, place = book.worksheets[0], [*table.fields].index("day") + 1
    letter = sheet.cell(HEADER, place).column_letter
    assert sheet.column_dimensions[letter].number_format == "@"
    rule = validations(sheet)[letter]
    assert rule.type is None and "A period such as" in rule.prompt
    sheet.cell(FIRST, 1).value, sheet.cell(FIRST, place).value = "r1", CELLS[kind][0]
    book.save(ours.folder / "records/rows.xlsx")
    (ours.folder / "records/rows.csv").unlink()
    path = ours.folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("rows.csv", "rows.xlsx"), encoding="utf-8")
    found = records.survey(load(ours.folder))
    assert {one.rule for one in found.findings} <= {"period"} and found["rows"]["day"].notna().all()


@pytest.mark.parametrize("kind", CELLS)
def test_a_form(tmp_path, kind):
    """A text with the form of the period, as telephones check it."""
    ours = load(project(tmp_path / "p", kind, "day\n" + CELLS[kind][0]))
    data = form(ours, ours.package.resources[0])
    assert converted(data)[1] == []
    asked = next(row for row in records_of(opened(data)["survey"]) if row["name"] == "day")
    [pattern] = re.findall(r"^regex\(\., '(.*)'\)$", asked["constraint"])
    good, bad = CELLS[kind]
    assert asked["type"] == "text" and "(?" not in pattern
    assert re.fullmatch(pattern, good) and not any(re.fullmatch(pattern, cell) for cell in bad)


def test_the_order_of_periods_is_not_asked_of_texts(tmp_path):
    """Which of two periods begins earlier no telephone can tell of their texts; reading them tells it."""
    ours = project(tmp_path / "p", "quarter", "day end\n2014Q1 2014-02-01")
    rule = '[[order]]\ntable = "rows"\nfirst = "day"\nthen = "end"\nreason = "."\n'
    (ours / "rules.toml").write_text(rule, encoding="utf-8")
    found = load(ours)
    assert [column.after for column in columns(found, found.package.resources[0])] == [()] * len(small.FIELDS)


def test_a_file_of_a_year_is_of_four_quarters(tmp_path):
    """make receive says from when to when its rows are, and cannot guess of which quarter it is."""
    ours = load(project(tmp_path / "p", "fiscal year", "day\nFY2014"))
    days = saying.days_of(ours, records.survey(ours), "rows", "records/rows.csv")
    assert {ours.calendar.containing(day.date(), "quarter").label for day in days} == {
        f"FY2014Q{number}" for number in range(1, 5)
    }
    assert (str(days.min().date()), str(days.max().date())) == YEAR
    assert told(ours.folder, QUARTER) == ["not this fine"]
