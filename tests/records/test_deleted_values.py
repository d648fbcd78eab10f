"""DHIS2 keeps a value that was deleted in its exports, with deleted = true: it does not exist any more."""

import json
from random import Random

import pytest

from ctanalysis import project, records
from ctanalysis.records import PASSED
from tests.generators import parquet_files
from tests.records.test_foreign_files import counted, field, read, rules, small, table

HEAD = ["dataelement", "period", "orgunit", "categoryoptioncombo", "value", "storedby", "deleted"]
VALUES = [
    ["women", "201401", "osh", "c", "12", "QX", "false"],
    ["women", "201402", "osh", "c", "7", "QX", "false"],
    ["women", "201402", "batken", "c", "11", "QX", "true"],
    ["women", "201403", "osh", "c", "12", "QX", ""],
]
KEYS = ["element", "day", "place"]
MUST = {"constraints": {"required": True}}
SUM = 'measure = "sum"\ntable = "reached"\ndate = "day"\ncolumn = "value"'


def values(ignored, name="values.csv", heads=HEAD, rows=VALUES, more=()):
    fields = [
        field("element", heads[0], **MUST),
        field("day", heads[1], "date", format="month", **MUST),
        field("place", heads[2], **MUST),
        field("value", heads[4], "integer"),
        *more,
    ]
    given = table("reached", f"records/{name}", fields, due="never", ignoredColumns=ignored)
    given["schema"]["primaryKey"] = KEYS
    return given, {name.replace(".", "_"): {"values": [heads, *rows]} if name.endswith("x") else [heads, *rows]}


def total(folder):
    counted(folder, SUM)
    return small.values(folder, ("2014-01-01", "2014-03-31"))[0, "total", "all"].value


OTHERS = ["categoryoptioncombo", "storedby"]


@pytest.mark.parametrize("name", ["values.csv", "values.xlsx"])
@pytest.mark.parametrize("ignored", [OTHERS, [*OTHERS, "deleted"], ["*"]])
def test_a_deleted_value_is_left_out_and_said(tmp_path, ignored, name):
    """31 and not 42, whether the column is unknown, ignored, or ignored by a pattern."""
    given, files = values(ignored, name)
    found = read(tmp_path / "p", given, **files)
    [one] = found.of(PASSED)
    assert (one.rule, one.rows) == ("deleted", (4,)) and "is not counted" in one.says
    assert found.tally[["read", "used", "passed_over", "held_back"]].values.tolist() == [[4, 3, 1, 0]]
    assert total(tmp_path / "p") == 31


@pytest.mark.parametrize("true", ["TRUE", "True", "1", " true "])
def test_however_it_is_written(tmp_path, true):
    heads = ["dataElement", "period", "orgUnit", "categoryOptionCombo", "value", "storedBy", "Deleted"]
    rows = [[*row[:-1], true if row[-1] == "true" else row[-1]] for row in VALUES]
    given, files = values(["categoryOptionCombo", "storedBy"], heads=heads, rows=rows)
    assert len(read(tmp_path / "p", given, **files).of(PASSED)) == 1 and total(tmp_path / "p") == 31


def test_what_came_in_its_place_is_counted(tmp_path):
    """The same element, month and place again, not deleted: the key stands twice, and one of the two is none."""
    given, files = values(OTHERS, rows=[*VALUES, ["women", "201402", "batken", "c", "5", "QX", "false"]])
    found = read(tmp_path / "p", given, **files)
    assert rules(found) == {(PASSED, "deleted")} and total(tmp_path / "p") == 36


def test_in_parquet(tmp_path):
    given, files = values(["*"])
    read(tmp_path / "p", given, **files)
    fields = {one["name"]: one for one in given["schema"]["fields"]}
    fields |= {"deleted": {"name": "deleted", "type": "boolean", "title": "deleted"}}
    parquet_files.of_file(tmp_path / "p/records/values.csv", fields, Random(1))
    package = tmp_path / "p/datapackage.json"
    text = json.loads(package.read_text(encoding="utf-8"))
    text["resources"][0]["path"] = "records/values.parquet"
    package.write_text(json.dumps(text), encoding="utf-8")
    found = records.survey(project.load(tmp_path / "p"))
    assert [one.rows for one in found.of(PASSED)] == [(4,)] and total(tmp_path / "p") == 31


def test_a_column_of_the_table_is_what_the_table_says(tmp_path):
    """Declared, the field is read, and the sheet's condition decides."""
    given, files = values(OTHERS, more=[field("deleted", "deleted", "boolean")])
    found = read(tmp_path / "p", given, **files)
    assert not found.findings and total(tmp_path / "p") == 42
    counted(tmp_path / "p", f"{SUM}\nwhere = {{ deleted = false }}")
    assert small.values(tmp_path / "p", ("2014-01-01", "2014-03-31"))[0, "total", "all"].value == 19  # "" is unknown


def test_a_column_deleted_of_anybody_else_is_asked_about(tmp_path):
    """Beside other columns nobody knows what the word means."""
    given, files = values(OTHERS, heads=["dataelement", "period", "unit", *HEAD[3:]])
    [one] = read(tmp_path / "p", given, **files).findings
    assert "column G of row 1 is none of table" in one.says
