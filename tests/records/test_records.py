"""What stands in the files is what stands in the frames: nothing guessed, nothing changed, nothing dropped.

A small table of things is added to the shipped project and read.
"""

import csv
import io
import json

import pandas as pd
import pytest

from ctanalysis import Refused
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, read, survey
from tests.generators import small
from tests.generators.wrong import SHIPPED, copied, described, file_of, lines, written

KINDS = [
    {"value": code, "label": label}
    for code, label in (("NA", "Namibia"), ("null", "a code"), ("None", "nobody"), ("007", "agents"), ("7", "others"))
]
KEY = {"name": "thing_id", "type": "string", "title": "thing", "constraints": {"required": True, "unique": True}}
FIELDS = [
    KEY,
    {"name": "name", "type": "string", "title": "name"},
    {"name": "kind", "type": "string", "title": "kind", "categories": KINDS},
    {"name": "part_of", "type": "string", "title": "part of"},
    {"name": "visits", "type": "integer", "title": "visits", "missingValues": ["-99", "unknown"]},
    {"name": "amount", "type": "number", "title": "amount"},
    {"name": "agreed", "type": "boolean", "title": "agreed"},
    {"name": "day", "type": "date", "title": "day"},
]
COLUMNS = [field["name"] for field in FIELDS]
BOXES = {
    "name": "boxes",
    "path": "records/boxes.csv",
    "title": "Boxes",
    "disclosure": "open",
    "schema": {"fields": [KEY | {"name": "box_id"}], "primaryKey": ["box_id"]},
}
THINGS = {
    "name": "things",
    "path": "records/things.csv",
    "title": "Things",
    "disclosure": "open",
    "schema": {
        "fields": FIELDS,
        "primaryKey": ["thing_id"],
        "foreignKeys": [{"fields": ["part_of"], "reference": {"resource": "boxes", "fields": ["box_id"]}}],
    },
}
BOX_KEYS = ["010", "10", "NA", "9"]  # neither in the order of text nor in that of numbers


def add_tables(folder):
    """Two more tables, things that are parts of boxes."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] = [THINGS, BOXES, *package["resources"]]
    path.write_text(json.dumps(package), encoding="utf-8")
    written("records/boxes.csv", "\n".join(["box_id", *BOX_KEYS]) + "\n")(folder)


@pytest.fixture
def folder(tmp_path):
    """A small project with these tables."""
    folder = tmp_path / "project"
    small.write(folder, "day\n2014-01-02", 'measure = "count"\ntable = "rows"\ndate = "day"')
    add_tables(folder)
    return folder


@pytest.fixture
def shipped(tmp_path):
    """A copy of the shipped project with them."""
    return copied(tmp_path / "project", add_tables)


def text_of(*rows, columns=COLUMNS):
    """A CSV text of the columns; each row is a dict, what it leaves out is an empty cell."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({"thing_id": f"t{number}"} | row for number, row in enumerate(rows, 1))
    return file.getvalue()


def things(folder, content):
    """The table of things with this content, a text or bytes, as it is read."""
    written("records/things.csv", content)(folder)
    return read(load(folder))["things"]


def things_of(folder, *rows):
    return things(folder, text_of(*rows))


def findings_of(folder, *rows, columns=COLUMNS, severity=HELD_BACK):
    """What is found in the table of things with these rows, as (rule, column, field, rows)."""
    written("records/things.csv", text_of(*rows, columns=columns))(folder)
    return [(found.rule, found.column, found.field, found.rows) for found in survey(load(folder)).of(severity)]


# Texts.


def test_words_for_missing_are_texts_where_they_are_written_as_texts(folder):
    """A name of NA, null, None or nan is that name; only an empty cell has no value."""
    names = ["NA", "null", "None", "nan", "N/A", "", "NULL", "<NA>", "-"]
    read_names = things_of(folder, *({"name": name} for name in names))["name"]
    assert [None if pd.isna(name) else name for name in read_names] == [name or None for name in names]


def test_words_for_missing_are_categories_where_the_schema_says_so(folder):
    """The code NA of Namibia is a category like any other, and so are null and None."""
    kinds = things_of(folder, {"kind": "NA"}, {"kind": "null"}, {"kind": "None"}, {"kind": ""})["kind"]
    assert list(kinds[:3]) == ["NA", "null", "None"] and kinds.isna().tolist() == [False, False, False, True]


def test_leading_zeros_are_kept(folder):
    """The keys 010 and 10 are two boxes, and the kinds 007 and 7 are two kinds."""
    found = things_of(
        folder, {"thing_id": "0001", "part_of": "010", "kind": "007"}, {"thing_id": "1", "part_of": "10", "kind": "7"}
    )
    assert list(found["thing_id"]) == ["0001", "1"]
    assert list(found["part_of"]) == ["010", "10"]
    assert list(found["kind"]) == ["007", "7"]


def test_texts_keep_their_letters_blanks_and_punctuation(folder):
    """Kyrgyz letters, commas, quotation marks and line breaks inside a cell are read as they are written."""
    names = [
        "Ысык-Көл, Каракол",
        'the "Umut" shelter',
        "first line\nsecond line",
        " a blank on both sides ",
        "50% | 7;8\tx",
    ]
    assert list(things_of(folder, *({"name": name} for name in names))["name"]) == names


# Files.


def test_a_byte_order_mark_is_not_a_part_of_the_first_column(folder):
    """A file saved by a spreadsheet as CSV UTF-8 begins with a mark that is passed over."""
    found = things(folder, text_of({"name": "Ош"}).encode("utf-8-sig"))
    assert list(found.columns) == COLUMNS and found.loc[0, "name"] == "Ош"


@pytest.mark.parametrize("ending", ["\r\n", "\r"], ids=["Windows", "old Macintosh"])
def test_other_line_endings_are_read(folder, ending):
    """A file with the line endings of another system has the same rows."""
    text = text_of({"name": "one"}, {"name": "two"})
    assert things(folder, text.replace("\n", ending).encode()).equals(things(folder, text))


def test_a_last_line_without_an_end_is_a_row(folder):
    """The last row counts whether or not the file ends with a line break."""
    assert list(things(folder, text_of({"name": "one"}, {"name": "two"}).rstrip("\n"))["thing_id"]) == ["t1", "t2"]


def test_columns_may_stand_in_another_order(folder):
    """Columns are found by their names; the frame has them in the schema's order."""
    rows = ({"name": "one", "visits": "3", "day": "2014-02-28"}, {"kind": "NA", "amount": "2.5"})
    found = things(folder, text_of(*rows, columns=COLUMNS[::-1]))
    assert list(found.columns) == COLUMNS
    assert found.equals(things_of(folder, *rows))


def test_rows_stay_in_the_order_of_the_file(folder):
    """Nothing is sorted: row i of the frame is row i + 2 of the file."""
    keys = ["t9", "t10", "T1", "a", "010"]
    found = things_of(folder, *({"thing_id": key} for key in keys))
    assert list(found["thing_id"]) == keys and list(found.index) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("name", ["one, two", "first line\nsecond line", 'a "word"\n\nand, more', "line\r\nbreak"])
def test_row_numbers_are_those_of_a_spreadsheet(folder, name):
    """A cell with commas or line breaks is one cell of one row,
    and the wrong row after it has the number that a spreadsheet shows.
    """
    assert findings_of(folder, {"name": name}, {"name": name}, {"visits": "many"}) == [("type", "E", "visits", (4,))]


# Missing values.


def test_the_missing_values_of_a_field_are_missing_in_that_field_alone(folder):
    """What a field declares as missing, beside the empty cell, is missing there and a text elsewhere."""
    found = things_of(
        folder,
        {"visits": "-99", "name": "-99"},
        {"visits": "unknown", "name": "unknown"},
        {"visits": ""},
        {"visits": "0"},
    )
    assert found["visits"].isna().tolist() == [True, True, True, False]
    assert list(found["name"][:2]) == ["-99", "unknown"]


def test_a_missing_value_of_one_field_is_a_fault_in_another(folder):
    """-99 stands for 'no value' in many registers, so it is no number where the schema does not say which of the two
    it is.
    """
    assert findings_of(folder, {"amount": "-99"}, {"amount": "-98"}) == [("missing code", "F", "amount", (2,))]
    assert findings_of(folder, {"kind": "-99"}, {}) == [("category", "C", "kind", (2,))]
    described("things", lambda table: table["schema"]["fields"][5].update(constraints={"minimum": -100}))(folder)
    assert things_of(folder, {"amount": "-99"})["amount"].tolist() == [-99.0]


def test_a_foreign_key_may_be_missing_where_the_schema_allows_it(folder):
    """A thing that is part of no box stays in the table, without a box."""
    found = things_of(folder, {"part_of": "9"}, {"part_of": ""}, {"part_of": "NA"})
    assert len(found) == 3 and found["part_of"].isna().tolist() == [False, True, False]
    assert found.loc[2, "part_of"] == "NA"


def test_columns_without_any_value_keep_their_types(folder):
    """A column that nobody has filled yet has the type of its field, all missing."""
    found = things_of(folder, {}, {})
    assert found.drop(columns="thing_id").isna().all(axis=None)
    check_types(found)


# Types.


def check_types(frame):
    """The types that records.read promises."""
    assert {name: str(frame[name].dtype) for name in COLUMNS} == {
        "thing_id": "str",
        "name": "str",
        "kind": "category",
        "part_of": "category",
        "visits": "Int64",
        "amount": "float64",
        "agreed": "boolean",
        "day": "datetime64[s]",
    }


def test_columns_have_the_types_that_are_documented(folder):
    """Texts, categories, numbers, yes and no, and days are each of their own type."""
    found = things_of(
        folder,
        {
            "name": "one",
            "kind": "NA",
            "part_of": "9",
            "visits": "3",
            "amount": "2.5",
            "agreed": "true",
            "day": "2014-02-28",
        },
    )
    check_types(found)
    assert found.loc[0].tolist() == ["t1", "one", "NA", "9", 3, 2.5, True, pd.Timestamp("2014-02-28")]


def test_whole_numbers_and_decimals_are_read_exactly(folder):
    """A missing number does not make the others of its column inexact, and 0 is not missing."""
    found = things_of(
        folder, {"visits": "999999999999999", "amount": "-0.0001"}, {}, {"visits": "0", "amount": "746414.25"}
    )
    assert [None if pd.isna(number) else int(number) for number in found["visits"]] == [999999999999999, None, 0]
    assert found["amount"].dropna().tolist() == [-0.0001, 746414.25]


def test_yes_no_and_not_known_are_three_things(folder):
    """A column of true, false and empty keeps the three apart."""
    agreed = things_of(folder, {"agreed": "true"}, {"agreed": "false"}, {"agreed": ""})["agreed"]
    assert agreed.isna().tolist() == [False, False, True] and agreed.dropna().tolist() == [True, False]


@pytest.mark.parametrize("day", ["1900-01-01", "2012-02-29", "2099-12-31"])
def test_days_are_read_as_they_are(folder, day):
    """The first and last day that are accepted and a leap day are read as themselves."""
    assert things_of(folder, {"day": day})["day"].dt.strftime("%Y-%m-%d").tolist() == [day]


# Categories and keys.


def test_categories_are_the_declared_ones_in_the_declared_order(folder):
    """A column has every category of the schema, used or not, in the schema's order and not in the alphabet's."""
    for rows in ([{"kind": "7"}, {"kind": "NA"}], [{"kind": ""}]):
        kind = things_of(folder, *rows)["kind"]
        assert list(kind.cat.categories) == ["NA", "null", "None", "007", "7"]


def test_a_foreign_key_has_the_keys_of_its_table_in_that_tables_order(folder):
    """A thing's box is one of all the boxes, in the order in which the boxes stand in their file."""
    part_of = things_of(folder, {"part_of": "9"}, {"part_of": ""})["part_of"]
    assert list(part_of.cat.categories) == BOX_KEYS


def test_a_table_is_read_after_those_it_refers_to_and_given_in_the_schemas_order(folder):
    """Things stand before boxes in datapackage.json, refer to them all the same, and are given first."""
    written("records/things.csv", text_of({"part_of": "9"}))(folder)
    names = [
        resource["name"]
        for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    ]
    assert list(read(load(folder))) == names


# Tables without rows.


def test_a_table_that_may_be_empty_is_read_without_rows(folder):
    """Where the schema says that a table may be empty, a first row alone is a table of the right types."""
    described("things", lambda table: table.update(mayBeEmpty=True))(folder)
    found = things(folder, text_of())
    assert len(found) == 0 and list(found.columns) == COLUMNS
    check_types(found)
    assert list(found["kind"].cat.categories) == ["NA", "null", "None", "007", "7"]
    assert list(found["part_of"].cat.categories) == BOX_KEYS


def test_what_refers_to_an_empty_table_has_nothing_to_refer_to(folder):
    """Where there are no boxes, a thing without a box is read and a thing in a box is held back."""
    described("boxes", lambda table: table.update(mayBeEmpty=True))(folder)
    written("records/boxes.csv", "box_id\n")(folder)
    assert things_of(folder, {"part_of": ""})["part_of"].isna().all()
    assert findings_of(folder, {"part_of": "9"}, {}) == [("key", "D", "part_of", (2,))]


def test_a_table_that_may_be_empty_is_still_checked_where_it_has_rows(folder):
    """Being allowed to be empty does not allow a wrong row, nor a file without its first row."""
    described("things", lambda table: table.update(mayBeEmpty=True))(folder)
    assert findings_of(folder, {"visits": "many"}, {}) == [("type", "E", "visits", (2,))]
    with pytest.raises(Refused, match="the file is empty"):
        things(folder, "")


# The order of days.


def test_an_order_of_days_allows_the_same_day_and_a_missing_one(folder):
    """What began and ended on one day, or has not ended, is in order; a day earlier is not (rules.toml)."""
    ends = {"name": "until", "type": "date", "title": "until"}
    described("things", lambda table: table["schema"]["fields"].append(ends))(folder)
    with (folder / "rules.toml").open("a", encoding="utf-8") as file:
        file.write('[[order]]\ntable = "things"\nfirst = "day"\nthen = "until"\nreason = "."\n')
    columns, days = [*COLUMNS, "until"], ("2014-03-01", "2014-03-01")
    rows = [dict(zip(("day", "until"), pair, strict=True)) for pair in (days, ("2014-03-01", ""), ("", "2014-03-01"))]
    assert len(things(folder, text_of(*rows, columns=columns))) == 3
    assert findings_of(folder, *rows, {"day": "2014-03-01", "until": "2014-02-28"}, columns=columns) == [
        ("order", "I", "until", (5,))
    ]


# The shipped records.


def test_every_shipped_row_is_read():
    """Each table of the shipped project has as many rows in memory as in its file, cell for cell as many filled."""
    project = load(SHIPPED)
    frames = read(project)
    for table in project.package.resources:
        with (SHIPPED / file_of(table.name)).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(frames[table.name]) == len(rows)
        for name, field in table.fields.items():
            filled = sum(row[name] not in field.missing for row in rows)
            assert frames[table.name][name].notna().sum() == filled, (table.name, name)


def test_a_row_added_to_a_shipped_table_is_one_row_more(shipped):
    """Dropping in one more record changes the table by that record and nothing else."""
    things_of(shipped, {})
    before = read(load(shipped))["expenditures"]
    lines("expenditures", lambda found: [*found, "EX999,2014-12-31,Management,12.50"])(shipped)
    after = read(load(shipped))["expenditures"]
    assert len(after) == len(before) + 1 and after.iloc[:-1].equals(before)
    assert after.iloc[-1].tolist() == ["EX999", pd.Timestamp("2014-12-31"), "Management", 12.5]


def test_reading_twice_gives_the_same_and_changes_no_file(shipped):
    """Reading leaves the files as they are and always gives the same frames."""
    things_of(shipped, {"name": "one"})
    before = {path: path.read_bytes() for path in shipped.rglob("*") if path.is_file()}
    first, second = read(load(shipped)), read(load(shipped))
    assert all(first[name].equals(second[name]) for name in first)
    assert {path: path.read_bytes() for path in shipped.rglob("*") if path.is_file()} == before
