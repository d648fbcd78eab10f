"""Fields by which somebody could be known, and consent: each rule with what breaks it and what does not.

tests/records/test_identifiers.py asks the same of the shipped project, with its records.
"""

import json

import pytest

from ctanalysis import Refused
from ctanalysis.project import load
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
WHY = "Only by it can one person under two codes be found."
NAME = {"name": "alias", "type": "string", "title": "alias"}
BORN = {"name": "born", "type": "date", "title": "date of birth"}
MARKED = {"identifying": True, "identifyingBecause": WHY}
LIST = {"categories": [{"value": "a", "label": "one"}, {"value": "b", "label": "two"}]}


def project(folder, *fields, about="victims", consent=None, change=None):
    """A table about people with more fields, a consent, and other keys for fields that it has."""
    small.write(folder, "day\n2014-01-01", COUNT, disclosure=about)
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    [table] = package["resources"]
    table["schema"]["fields"] += fields
    for field in table["schema"]["fields"]:
        field.update((change or {}).get(field["name"], {}))
    table |= {"consent": consent} if consent else {}
    path.write_text(json.dumps(package), encoding="utf-8")
    return load(folder)


REFUSED = {
    "a free text about people": ([NAME], {}, "'alias' is a free text in a table about people"),
    "a birth date": ([BORN], {}, "'born' is a birth date, by which a person can be recognised"),
    "a birth date in Kyrgyz": ([BORN | {"title": "туулган күнү"}], {}, "'born' is a birth date"),
    "marked without a reason": ([NAME | {"identifying": True}], {}, "'alias' is marked identifying. Take its column"),
    "a marked key": ([], {"change": {"id": MARKED}}, "'id' is marked identifying, and rows or people are known by it"),
    "a marked person": ([], {"change": {"person": MARKED}}, "'person' is marked identifying, and rows or people"),
    "a marked closed list": ([NAME | MARKED | LIST], {}, "'alias' is marked identifying, and is a closed list"),
    "consent by no field": ([], {"consent": {"field": "agreed", "value": True}}, "names 'agreed', which is no field"),
    "consent by a text": ([], {"consent": {"field": "person", "value": "yes"}}, "must be a boolean field or one with"),
    "consent by a marked field": (
        [NAME | MARKED | {"type": "boolean"}],
        {"consent": {"field": "alias", "value": True}},
        "must be a boolean field or one with",
    ),
    "consent of another kind": ([], {"consent": {"field": "done", "value": "yes"}}, "must be true or false, as 'done'"),
    "consent of no category": (
        [],
        {"consent": {"field": "sex", "value": "X"}},
        "is no category of 'sex'. There are: F",
    ),
    "consent in an open table": ([], {"about": "open", "consent": {"field": "done", "value": True}}, "protects nobody"),
}
TAKEN = {
    "a text with a reason": ([NAME | MARKED], {}),
    "a birth date with a reason": ([BORN | MARKED], {}),
    "a closed list": ([NAME | LIST], {}),
    "another date": ([BORN | {"title": "date of arrival", "name": "arrived"}], {}),
    "a number": ([NAME | {"type": "integer"}], {}),
    "a free text about nobody": ([NAME, BORN], {"about": "open"}),
    "consent by a boolean": ([], {"consent": {"field": "done", "value": True}}),
    "consent by a category": ([], {"consent": {"field": "kind", "value": "NA"}}),
}


@pytest.mark.parametrize("fields, more, says", REFUSED.values(), ids=REFUSED)
def test_what_could_say_who_somebody_is_is_refused(tmp_path, fields, more, says):
    """In one sentence that names the field."""
    with pytest.raises(Refused) as refusal:
        project(tmp_path / "p", *fields, **more)
    assert says in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize("fields, more", TAKEN.values(), ids=TAKEN)
def test_what_says_nothing_of_anybody_or_has_a_reason_is_taken(tmp_path, fields, more):
    """The neighbour of each rule, which it does not touch."""
    project(tmp_path / "p", *fields, **more)
