"""A mark of no value is one however it is typed: -99.0 where -99 is declared, 9 999 where 9999 is, n/a with a blank."""

import pytest

from ctanalysis import project, records
from ctanalysis.records import HELD_BACK
from tests.generators import parquet_files
from tests.generators.sent import field, sent, surveyed, told
from tests.records.followed import COUNT
from tests.records.test_foreign_files import counted

NUMBERS = [
    *(("-99", cell, {}) for cell in ("-99", "-99.0", "-99.00", "−99.0", " -99.0", "-099")),
    *(("999", cell, {}) for cell in ("999.00", "999.0", "999,0")),
    *(("9999", cell, {"groupChar": " "}) for cell in ("9 999", "9\u00a0999", "9 999.0", "9\u202f999")),
    *(("9999", cell, {"groupChar": ",", "decimalChar": "."}) for cell in ("9,999", "9,999.00")),
    *(("9 999", cell, {"groupChar": " "}) for cell in ("9999", "9 999.0")),
    *(("-99.0", cell, {}) for cell in ("-99", "-99.00")),
    *(("-9,5", cell, {"decimalChar": ","}) for cell in ("-9,50", "-9,5")),
    *(("-99", cell, {"percentage": True}) for cell in ("-99%", "-99.0 %")),
    *(("1234567", cell, {"groupChar": ".", "decimalChar": ","}) for cell in ("1.234.567",)),
]


def of(folder, x, *cells, **more):
    rows = [["id", "day", "x"], *([f"r{row}", "2014-01-02", cell] for row, cell in enumerate(cells, 2))]
    return surveyed(folder, [field("x", **x)], rows, name="rows.csv", **more)


@pytest.mark.parametrize("type", ["integer", "number"])
@pytest.mark.parametrize(("mark", "cell", "more"), NUMBERS)
def test_a_number_is_compared_by_its_value(tmp_path, mark, cell, more, type):
    x = {"type": type, "missingValues": [mark]} | more
    found = of(tmp_path / "p", x, cell, "5")
    assert not found.of(HELD_BACK) and found["rows"]["x"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("cell", "more"),
    [("99", {}), ("-99.5", {}), ("-990", {}), ("-9.9", {}), ("-99,000", {"groupChar": ","}), ("-9900", {})],
)
def test_another_number_is_a_value(tmp_path, cell, more):
    found = of(tmp_path / "p", {"type": "number", "missingValues": ["-99"]} | more, cell, "5")
    assert not found.of(HELD_BACK) and not found["rows"]["x"].isna().any()


@pytest.mark.parametrize("cell", ["n/a", "n/a ", "n/a\u00a0", " n/a", "n/a\u200b", "\u2014", "-"])
def test_a_text_is_compared_without_what_nobody_sees(tmp_path, cell):
    found = of(tmp_path / "p", {"missingValues": ["n/a", "\u2014"]}, cell, "n/a or not", "5")
    assert not found.findings and found["rows"]["x"].isna().tolist() == [True, False, False]


@pytest.mark.parametrize("cell", ["anonymous ", "n/a\u00a0", "000 "])
def test_a_declared_mark_is_nobody(tmp_path, cell):
    """As a code of people it is neither held back nor asked about."""
    rows = [["id", "day", "x"], ["r2", "2014-01-02", cell], ["r3", "2014-01-02", "P1"]]
    people = COUNT.replace("count", "people") + '\nperson = "x"'
    x = field("x", missingValues=["anonymous", "n/a", "000"])
    folder = sent(tmp_path / "p", [x], rows, name="rows.csv")
    counted(folder, people)
    found = records.survey(project.load(folder))
    assert {rule for _, rule, _, _ in told(found)} <= {"needed"} and found["rows"]["x"].isna().tolist() == [True, False]


def test_in_a_parquet_file(tmp_path):
    """A column of numbers with a point."""
    folder = sent(tmp_path / "p", [field("x", "number", missingValues=["-99"])], "", name="rows.parquet")
    parquet_files.write(
        folder / "records/rows.parquet", {"id": ["a", "b"], "day": ["2014-01-02"] * 2, "x": [-99.0, 5.0]}
    )
    assert records.survey(project.load(folder))["rows"]["x"].isna().tolist() == [True, False]


@pytest.mark.parametrize("type", ["integer", "number"])
@pytest.mark.parametrize("cell", ["9,000", "9.000", "9,000.00"])
def test_thousands_are_no_mark(tmp_path, cell, type):
    """Nine thousand is not the 9 that stands for no value: it is a number, or is asked about."""
    found = of(tmp_path / "p", {"type": type, "missingValues": ["", "9"]}, cell, "5")
    held = [one for one in found.findings if one.severity == HELD_BACK]
    assert held or list(found["rows"]["x"]) in ([9000, 5], [9, 5])
