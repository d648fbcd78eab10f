"""Coarse categories: two things at once, of a class without the audit (see cells); people behind services."""

import json
from datetime import date

import pytest

from ctanalysis import Refused, indicators, records
from ctanalysis.disclosure import protect
from ctanalysis.evaluation import evaluated
from ctanalysis.project import load
from tests.disclosure.cells import table_by_table
from tests.generators import small

COARSE = """measure = "people"
table = "rows"
person = "person"
date = "day"
disaggregate = ["sex", "kind", "kind:coarse", ["sex", "kind:coarse"], ["sex", "kind"]]"""


def coarse(tmp_path, through, **rule):
    """The small project by sex and kind, which must be recorded, evaluated to its last day.

    Two of the three kinds are one coarse category; 120 people. rule: more of its policy.
    """
    people = "\n".join(f"2013-10-05 p{n} {'FM'[n % 2]} {('NA', '|', '007')[n % 3]}" for n in range(120))
    folder = small.write(tmp_path / "p", f"day person sex kind\n{people}", COARSE, disclosure="victims")
    path = folder / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    for label, word in (("Namibian", "word"), ("bar", "sign"), ("seven", "sign")):
        text = text.replace(f'"label": "{label}"', f'"label": "{label}", "coarse": "{word}"')
    package = json.loads(text)
    for field in package["resources"][0]["schema"]["fields"]:
        if field["name"] in ("sex", "kind"):
            field["constraints"] = {"required": True}
    text = json.dumps(package)
    path.write_text(text, encoding="utf-8")
    facts = folder / "project.toml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace("records_through = 2014-12-31", f"records_through = {through}"),
        encoding="utf-8",
    )
    project = table_by_table(load(folder), two_way=("whole",), **rule)
    return evaluated(project, records.read(project), project.calendar.parse("LOP"))


def test_two_things_at_once_are_told_of_the_whole_project_in_coarse_categories(tmp_path):
    """Before the project has ended no table by two things is told.

    Then the coarse one is, whose cells are 20 or 40 people.
    """
    before = coarse(tmp_path / "before", "2014-12-31").by("x", ("sex", "kind:coarse"), "project to date")
    assert set(before["status"]) == {"not told"}
    after = coarse(tmp_path / "after", "2015-09-30").by("x", ("sex", "kind:coarse"), "project to date")
    told = dict(zip(after["category"], zip(after["value"].fillna(-1), after["status"], strict=True), strict=True))
    assert told["female × word"] == (20, "rounded") and told["male × sign"] == (40, "rounded")


def test_more_categories_than_the_policy_allows_are_not_crossed(tmp_path):
    """With two categories to a thing at the most, three kinds by sex are withheld, and two coarse ones are told."""
    found = coarse(tmp_path, "2015-09-30", two_way_categories=2)
    assert set(found.by("x", ("sex", "kind"), "project to date")["status"]) == {"not told"}
    assert "rounded" in set(found.by("x", ("sex", "kind:coarse"), "project to date")["status"])


def test_a_field_without_coarse_categories_has_none(tmp_path):
    """A breakdown by what is not there is refused, with what to write."""
    folder = small.write(tmp_path / "p", "day\n2013-10-05", COARSE, disclosure="victims")
    with pytest.raises(
        Refused, match="field 'kind' has no coarse categories: give each of its categories a \"coarse\""
    ):
        load(folder)


def test_people_stand_behind_every_service_that_they_had(tmp_path):
    """Twelve people had first one kind of help and then another:
    twelve stand behind each, and 24 rows behind the total are of twelve.
    """
    rows = "".join(f"2013-10-05 p{n} NA\n2013-10-06 p{n} 007\n" for n in range(12))
    sheet = 'measure = "count"\ntable = "rows"\ndate = "day"\ndisaggregate = ["kind"]'
    found = table_by_table(
        load(small.write(tmp_path / "p", f"day person kind\n{rows.rstrip()}", sheet, disclosure="victims"))
    )
    exact = indicators.with_people(
        found, records.read(found), [indicators.Window("period", date(2013, 10, 1), date(2014, 9, 30))]
    )
    assert dict(zip(exact["category"], exact["people"], strict=True)) == {
        "all": 12,
        "Namibian": 12,
        "bar": 0,
        "seven": 12,
        "not recorded": 0,
    }
    assert protect(exact, found).values["status"].tolist()[:4] == [
        "exact",
        "rounded",
        "fewer than 10 people",
        "rounded",
    ]
