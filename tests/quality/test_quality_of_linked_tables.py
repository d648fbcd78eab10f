"""A row is only as good as what it refers to: a fault of a person bears on that person's visits, and on no others."""

import json

import pytest

from ctanalysis import quality, records
from ctanalysis.project import load
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["town"]'
PEOPLE = {
    "name": "people",
    "path": "records/people.csv",
    "title": "People",
    "disclosure": "open",
    "schema": {
        "fields": [
            {"name": "person_id", "type": "string", "title": "code", "constraints": {"required": True, "unique": True}},
            {
                "name": "town",
                "type": "string",
                "title": "town",
                "categories": [{"value": "N", "label": "north"}, {"value": "S", "label": "south"}],
            },
            {"name": "age", "type": "integer", "title": "age"},
        ],
        "primaryKey": ["person_id"],
    },
}
RANGE = '[[range]]\ntable = "people"\nfield = "age"\nmaximum = 100\nreason = "more is a slip"\n'


def assessed(folder, people, visits):
    """The numbers of each standard of visits, by the code of who came, to people: (code, town, age)."""
    small.write(folder, "\n".join(["day person", *(f"2013-11-05 {code}" for code in visits)]), COUNT)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["foreignKeys"] = [
        {"fields": ["person"], "reference": {"resource": "people", "fields": ["person_id"]}}
    ]
    package["resources"].append(PEOPLE)
    path.write_text(json.dumps(package), encoding="utf-8")
    lines = ["person_id,town,age", *(",".join(map(str, row)) for row in people)]
    (folder / "records" / "people.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "rules.toml").write_text(RANGE, encoding="utf-8")
    project = load(folder)
    frame = quality.assess(project, records.survey(project), project.calendar.parse("FY2014Q1"))
    return {row.standard: row for row in frame.itertuples(index=False)}


def test_visits_of_somebody_implausible_are_implausible(tmp_path):
    """A person of 130 years came twice, one of 30 years once, and of one visit it is not known whose it was."""
    people = [("p1", "N", 130), ("p2", "S", 30)]
    found = assessed(tmp_path / "p", people, ["p1", "p1", "p2", "-"])["validity"]
    assert (found.rows, found.held_back, found.implausible) == (4, 0, 2)


@pytest.mark.parametrize("age, implausible", [(130, 1), (30, 0)])
def test_one_person_alone_and_a_visit_of_nobody(tmp_path, age, implausible):
    """Of a table of one row, a visit that refers to none bears no fault of it."""
    found = assessed(tmp_path / "p", [("p1", "N", age)], ["p1", "-"])["validity"]
    assert (found.rows, found.implausible) == (2, implausible)


def test_a_town_that_is_not_known_is_not_recorded(tmp_path):
    """Of three visits one is of a person without a town, and one of nobody."""
    found = assessed(tmp_path / "p", [("p1", "N", 30), ("p2", "", 30)], ["p1", "p2", "-"])["precision"]
    assert (found.rows, found.not_recorded) == (3, 2)
