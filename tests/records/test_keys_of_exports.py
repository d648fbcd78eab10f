"""KoboToolbox numbers rows anew in each export: _index is no key, and whoever takes it for one is told what is."""

import pytest

from ctanalysis.records import HELD_BACK, LOOK, UNREAD
from tests.records.test_foreign_files import field, key, read, table

FORM = ["day", "came", "_id", "_uuid", "_index"]
PEOPLE = ["sex", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"]
EXPORTS = {
    "q1.xlsx": {
        "form": [FORM, ["2014-01-31", 12, 71, "u-1", 1], ["2014-02-01", 7, 72, "u-2", 2]],
        "people": [PEOPLE, ["F", 1, "form", 1, "u-1"], ["M", 2, "form", 2, "u-2"]],
    },
    "q2.xlsx": {
        "form": [FORM, ["2014-04-30", 5, 81, "u-3", 1], ["2014-05-01", 9, 82, "u-4", 2]],
        "people": [PEOPLE, ["M", 1, "form", 1, "u-3"], ["M", 2, "form", 1, "u-3"]],
    },
}
PATHS = ["records/q1.xlsx", "records/q2.xlsx"]


def tables(own, parent, paths, item=("visit", "guest"), **more):
    visits = table(
        "visits",
        paths,
        [key("visit", own), field("day", "day", "date"), field("came", "came", "integer")],
        dialect={"sheetName": "form"},
        **more,
    )
    must = {"constraints": {"required": True}}
    fields = [field("guest", "_index", **must), field("visit", parent, **must), field("sex", "sex")]
    guests = table("guests", paths, fields, ("visit", "visits", "visit"), dialect={"sheetName": "people"})
    guests["schema"]["primaryKey"] = [*item]
    return visits, guests


def exports(folder, *given, names=("q1.xlsx", "q2.xlsx")):
    return read(folder, *given, **{name.replace(".", "_"): EXPORTS[name] for name in names})


def told(found):
    return {(one.severity, one.table, one.field): one for one in found.findings if one.rule == "restarting key"}


@pytest.mark.parametrize("names", [("q1.xlsx",), ("q1.xlsx", "q2.xlsx")])
def test_the_key_is_told_from_the_first_export_on(tmp_path, names):
    """The file has _uuid, and the repeat _submission__uuid: the sentences name them."""
    paths = [f"records/{name}" for name in names]
    found = exports(tmp_path / "p", *tables("_index", "_parent_index", paths), names=names)
    sentences = told(found)
    assert {*sentences} == {(LOOK, "visits", "visit"), (LOOK, "guests", "visit")}
    assert 'the title "_uuid"' in sentences[LOOK, "visits", "visit"].do
    assert 'the title "_submission__uuid"' in sentences[LOOK, "guests", "visit"].do


def test_the_advice_followed(tmp_path):
    """With _uuid and _submission__uuid both exports are read, and each guest belongs to the visit that it came with."""
    found = exports(tmp_path / "p", *tables("_uuid", "_submission__uuid", PATHS))
    assert not found.findings and found["visits"]["came"].sum() == 33
    assert found["guests"].groupby("visit", observed=True).size().to_dict() == {"u-1": 1, "u-2": 1, "u-3": 2}


def test_a_repeat_that_is_keyed_on_its_index(tmp_path):
    """It has no _uuid of its own: the key is of two fields, as the sentence says, and as the case above has it."""
    found = exports(tmp_path / "p", *tables("_uuid", "_submission__uuid", PATHS[:1], item=()), names=("q1.xlsx",))
    assert not found.findings and len(found["guests"]) == 2  # none at all does as well
    visits, guests = tables("_uuid", "_submission__uuid", PATHS[:1])
    guests["schema"] |= {"primaryKey": ["guest"]}
    guests["schema"]["fields"][0]["constraints"] = {"required": True, "unique": True}
    [one] = told(exports(tmp_path / "q", visits, guests, names=("q1.xlsx",))).values()
    assert one.field == "guest" and '"_submission__uuid"' in one.do and '"primaryKey"' in one.do


def test_what_is_not_in_the_file_is_to_be_exported(tmp_path):
    """An export without _uuid names no column that is not there."""
    form = [
        [cell for cell, name in zip(row, FORM, strict=True) if name != "_uuid"] for row in EXPORTS["q1.xlsx"]["form"]
    ]
    visits, _ = tables("_index", "_parent_index", PATHS[:1])
    [one] = told(read(tmp_path / "p", visits, q1_xlsx={"form": form})).values()
    assert one.do.startswith('Export it again with the column "_uuid"')


def test_no_later_delivery_by_such_a_key(tmp_path):
    """Row 1 of the second quarter is no later state of row 1 of the first: nothing is calculated from them.

    Where nothing declares it, no advice says so either, or that one of the two is to be taken out.
    """
    visits, _ = tables("_index", "_parent_index", PATHS, repeated="later delivery")
    found = exports(tmp_path / "p", visits)
    [one] = told(found).values()
    assert one.severity == UNREAD and '"repeated"' in one.says
    visits, _ = tables("_index", "_parent_index", PATHS)
    found = exports(tmp_path / "q", visits)
    assert len(found["visits"]) == 0
    shared = [one for one in found.findings if (one.severity, one.rule) == (HELD_BACK, "unique")]
    assert [one.rows for one in shared] == [(2, 3), (2, 3)]
    assert {one.do for one in shared} == {told(found)[LOOK, "visits", "visit"].do}


def test_a_repeat_of_which_each_export_has_all(tmp_path):
    """Its rows have no number that stays: the latest export alone is read, with a key of two fields."""
    visits, guests = tables("_uuid", "_submission__uuid", PATHS)
    guests["schema"] |= {"primaryKey": ["guest"]}
    guests["schema"]["fields"][0]["constraints"] = {"required": True, "unique": True}
    [one] = told(exports(tmp_path / "p", visits, guests | {"repeated": "later delivery"})).values()
    assert one.severity == UNREAD and one.do.startswith("Keep the latest export alone in the project folder")
    visits, guests = tables("_uuid", "_submission__uuid", PATHS[1:])
    found = exports(tmp_path / "q", visits, guests, names=("q2.xlsx",))
    assert not found.findings and len(found["guests"]) == 2
