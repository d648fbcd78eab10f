"""What is advised makes things right: each hint is followed, and the values are then what was meant."""

import json

import pytest

from ctanalysis import Refused, project, records
from ctanalysis.records import HELD_BACK
from tests.generators.sent import by_key, field, sent, surveyed, told

SERVICES = [{"value": value, "label": value.title()} for value in ("shelter", "legal", "medical care")]
MARKS = ["---", "n/a", "N/A", "нет", "-", "–", "—", "...", "??", "не указано", "-999"]


def of(folder, *cells, name="rows.csv", **of_field):
    """The Records of rows r2, r3, ... with these cells in a field `x` of the type that is given."""
    rows = [["id", "day", "x"], *([f"r{row}", "2014-01-02", cell] for row, cell in enumerate(cells, 2))]
    return surveyed(folder, [field("x", **of_field)], rows, name=name)


def do(found):
    [finding] = found.of(HELD_BACK)
    return finding.do


# Several values in one cell.


@pytest.mark.parametrize(
    "cell", ["shelter legal", "shelter, legal", "Shelter; medical care", "legal|shelter", "legal+shelter"]
)
def test_several_values_in_one_cell(tmp_path, cell):
    """The advice is to declare a list, or a row for each; never to call them one. (test_lists.py follows it.)"""
    said = do(of(tmp_path / "p", cell, "legal", categories=SERVICES))
    assert '"type": "list"' in said and "a row of its own for each" in said and "list it" not in said


def test_a_row_for_each_value(tmp_path):
    """Followed, shelter is counted once and legal help twice."""
    found = of(tmp_path / "p", "shelter", "legal", "legal", categories=SERVICES)
    assert found["rows"]["x"].value_counts().to_dict() == {"shelter": 1, "legal": 2, "medical care": 0}


def test_a_column_for_each_value(tmp_path):
    """Followed as KoboToolbox splits them: a boolean field for each, with 1 and 0."""
    rows = [
        ["id", "day", "services/shelter", "services/legal"],
        ["r2", "2014-01-02", "1", "1"],
        ["r3", "2014-01-02", "0", "1"],
    ]
    fields = [
        field("shelter", "boolean", alternatives=["services/shelter"]),
        field("legal", "boolean", alternatives=["services/legal"]),
    ]
    found = surveyed(tmp_path / "p", fields, rows, name="rows.csv")["rows"]
    assert (found["shelter"].sum(), found["legal"].sum()) == (1, 2)


@pytest.mark.parametrize("alternative", ["shelter legal", "legal, shelter", "Shelter/legal"])
def test_several_values_as_the_spelling_of_one(tmp_path, alternative):
    """What was advised before, and made legal help 0, is refused."""
    categories = [SERVICES[0] | {"alternatives": [alternative]}, *SERVICES[1:]]
    folder = sent(tmp_path / "p", [field("x", categories=categories)], [["id", "day", "x"]], name="rows.csv")
    with pytest.raises(Refused, match="names another category too"):
        project.load(folder)


def test_a_category_that_is_two_others_by_name(tmp_path):
    """North East is a place of its own beside North and East: its spelling with a blank is no two values."""
    places = [{"value": "north", "label": "North"}, {"value": "east", "label": "East"}]
    places.append({"value": "north-east", "label": "North-East", "alternatives": ["north east"]})
    found = of(tmp_path / "p", "north east", categories=[*places[:2], places[2] | {"label": "North East"}])
    assert list(found["rows"]["x"]) == ["north-east"]


# Marks of no value.


@pytest.mark.few(13)
@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    "of_field", [{"type": "integer"}, {"type": "date"}, {"categories": SERVICES}], ids=["number", "day", "category"]
)
def test_a_mark_of_no_value(tmp_path, mark, of_field):
    """Each is answered with missingValues; declared, the row is used and has no value."""
    good = {"integer": "7", "date": "2014-01-02"}.get(of_field.get("type"), "legal")
    said = do(of(tmp_path / "p", mark, good, **of_field))
    assert '"missingValues"' in said and "alternatives" not in said
    found = of(tmp_path / "q", mark, good, missingValues=[mark], **of_field)
    assert not told(found) and found["rows"]["x"].isna().tolist() == [True, False]


def test_a_limit(tmp_path):
    """<5 is no number. The advice names missingValues: declared, the row counts, and has no number."""
    said = do(of(tmp_path / "p", "<5", "7", type="integer"))
    assert '"missingValues"' in said
    found = of(tmp_path / "q", "<5", "7", type="integer", missingValues=["<5"])
    assert found["rows"]["x"].isna().tolist() == [True, False] and found["rows"]["x"].sum() == 7
    must = of(tmp_path / "r", "<5", "7", type="integer", constraints={"required": True})
    assert "missingValues" not in do(must)  # a column that must be filled would hold the row back again


def test_a_mark_where_a_key_of_another_table_belongs(tmp_path):
    """A dash in a foreign key is no row that is missing there."""
    table = {"path": "records/rows.csv"}
    fields = [field("part_of")]
    rows = [["id", "day", "part_of"], ["r2", "2014-01-02", ""], ["r3", "2014-01-02", "-"]]
    folder = sent(tmp_path / "p", fields, rows, name="rows.csv", table=table)
    description = folder / "datapackage.json"
    package = json.loads(description.read_text(encoding="utf-8"))
    key = package["resources"][0]["schema"]["fields"][0]
    package["resources"][0]["schema"]["foreignKeys"] = [
        {"fields": ["part_of"], "reference": {"resource": "boxes", "fields": ["id"]}}
    ]
    package["resources"].append(
        {
            "name": "boxes",
            "path": "records/boxes.csv",
            "title": "Boxes",
            "disclosure": "open",
            "schema": {"fields": [key], "primaryKey": ["id"]},
        }
    )
    description.write_text(json.dumps(package), encoding="utf-8")
    (folder / "records/boxes.csv").write_text("id\nb1\n", encoding="utf-8")
    assert '"missingValues"' in do(records.survey(project.load(folder)))


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_where_a_person_belongs(tmp_path, mark):
    """Rows without a person are not rows of one person called n/a: they are held back, or declared to have none."""
    rows = [["id", "day", "person"], ["r2", "2014-01-02", mark], ["r3", "2014-01-02", mark], ["r4", "2014-01-02", "P1"]]
    found = of_people(tmp_path / "p", rows)
    assert told(found) == [(HELD_BACK, "missing code", "person", (2, 3))] and '"missingValues"' in do(found)
    found = of_people(tmp_path / "q", rows, missingValues=[mark])
    assert found["rows"]["person"].isna().tolist() == [True, True, False]


def test_a_code_of_letters_is_a_person(tmp_path):
    """A code needs no digit: only a mark of no value is nobody."""
    rows = [["id", "day", "person"], ["r2", "2014-01-02", "Ада"], ["r3", "2014-01-02", "QKX"]]
    found = of_people(tmp_path / "p", rows)
    assert not found.of(HELD_BACK) and found["rows"]["person"].tolist() == ["Ада", "QKX"]


def of_people(folder, rows, **of_person):
    """The Records of a table whose rows a sheet counts by person."""
    sent(folder, [field("person", **of_person)], rows, name="rows.csv")
    sheet = folder / "indicators/x.toml"
    people = 'measure = "people"\nperson = "person"\ntable'
    sheet.write_text(sheet.read_text(encoding="utf-8").replace('measure = "count"\ntable', people), encoding="utf-8")
    return records.survey(project.load(folder))


# The same key again.


def test_a_later_state_of_the_same_thing(tmp_path):
    """The row of the later export is kept and the earlier taken out; another key would count one thing twice."""
    rows = [
        ["id", "day", "x"],
        ["r2", "2014-01-02", "shelter"],
        ["r2", "2014-01-02", "legal"],
        ["r3", "2014-01-02", "legal"],
    ]
    services = [field("x", categories=SERVICES)]
    said = do(surveyed(tmp_path / "p", services, rows, name="rows.csv"))
    assert "of the later file" in said and "take the others out" in said
    found = surveyed(tmp_path / "q", services, [rows[0], *rows[2:]], name="rows.csv")
    assert by_key(found, "x") == {"r2": "legal", "r3": "legal"}


# datapackage.json.


@pytest.mark.parametrize(
    "form", ["%Y", "%d.%m", "%d %b %Y", "DD.MM.YYYY", "%d.%m.%Y %H", "%d--%m--%Y", "%d%d%Y", "any"]
)
def test_a_format_that_is_not_read(tmp_path, form):
    """The sentence says what a format is."""
    folder = sent(tmp_path / "p", [field("x", "date", format=form)], [["id", "day", "x"]], name="rows.csv")
    with pytest.raises(Refused, match=r"names %d, %m and %Y once each.*%Y%m%d"):
        project.load(folder)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%Y%m%d", "20140314"),
        ("%d%m%Y", "14032014"),
        ("%Y/%m/%d", "2014/03/14"),
        ("%m-%d-%Y", "03-14-2014"),
        ("%d %m %Y", "14 03 2014"),
    ],
)
def test_a_format_that_is(tmp_path, form, text):
    """The 14th of March in other plain forms."""
    found = of(tmp_path / "p", text, type="date", format=form)
    assert found["rows"]["x"].astype(str).tolist() == ["2014-03-14"]


@pytest.mark.parametrize(
    ("form", "text"), [("%Y%m%d", "20140314"), ("%Y/%m/%d", "2014/03/14"), ("%d.%m.%Y", "14.03.2014")]
)
def test_the_format_of_days_that_can_only_be_read_in_one_way_is_advised(tmp_path, form, text):
    """Followed, the day is the 14th of March."""
    assert f'"format": "{form}"' in do(of(tmp_path / "p", text, type="date"))
    found = of(tmp_path / "q", text, type="date", format=form)
    assert found["rows"]["x"].astype(str).tolist() == ["2014-03-14"]


@pytest.mark.parametrize("text", ["USD 1500", "$1500", "1500 USD", "1500.50 сом", "сом 1500"])
def test_a_unit_on_either_side_is_left_out(tmp_path, text):
    assert "Write the number alone" in do(of(tmp_path / "p", text, type="number"))


OF_LIBRARIES = (
    "tuple",
    "Input",
    "input",
    "item after",
    "pydantic",
    "valid ",
    "instance",
    "Expecting",
    "char ",
    "dictionary",
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"primaryKey": ["id"]', '"primaryKey": ["id", "day"]'),
        ('"primaryKey": ["id"]', '"primaryKey": ["id", "id"]'),
        ('"primaryKey": ["id"]', '"primaryKey": "ID"'),
        ('"primaryKey": ["id"]', '"primaryKey": [1]'),
        ('"title": "Rows"', '"title": 3'),
        ('"title": "Rows"', '"title": null'),
        ('"disclosure": "open"', '"disclosure": ["open"]'),
        ('"path": "records/rows.csv"', '"path": 5'),
        ('"path": "records/rows.csv"', '"path": [5]'),
        ('"schema": {', '"dialect": "excel", "schema": {'),
        ('"schema": {', '"ignoredColumns": "x", "schema": {'),
        ('"schema": {', '"mayBeEmpty": "no", "schema": {'),
        ('"schema": {', '"encoding": "latin", "schema": {'),
        ('"schema": {', '"schema": [{'),
        ('"fields": [{', '"fields": [5, {'),
        ('"constraints": {"required": true', '"constraints": {"minimum": [1], "required": true'),
        ('"type": "date"', '"type": "date", "translations": ["x"]'),
        ('"type": "date"', '"type": "date", "translations": {"RU": "x"}'),
        ('"resources": [', '"resources": '),
    ],
)  # fmt: skip
def test_no_words_of_a_library(tmp_path, old, new):
    """Whatever is written wrongly in datapackage.json is told in words of ours, with the key that it is about."""
    folder = sent(tmp_path / "p", [], [["id", "day"]], name="rows.csv")
    path = folder / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        project.load(folder)
    said = str(refusal.value).replace(str(folder), "")
    assert not any(words in said for words in OF_LIBRARIES), said
