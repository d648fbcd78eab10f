"""A key that stands in another file already: what is advised makes the numbers right, and never loses records."""

import json

import pytest

from ctanalysis.base.errors import Refused
from ctanalysis.project import load
from ctanalysis.records import read
from tests.intake.partner_files import received

HEAD = "event_id,day,guests,oblast,place\n"
FIRST = HEAD + "E-1,2014-11-03,12,OSH,School 3\nE-2,2014-11-10,7,BAT,Clinic\n"
LATER = "repeated"


@pytest.fixture
def events(project):
    """The project with two events of the first quarter, which have a free text."""
    described(
        project, lambda one: one["schema"]["fields"].append({"name": "place", "type": "string", "title": "place"})
    )
    (project / "records/events/earlier.csv").write_text(FIRST, encoding="utf-8")
    return project


def described(project, change):
    path = project / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    change(next(one for one in package["resources"] if one["name"] == "events"))
    path.write_text(json.dumps(package), encoding="utf-8")


def sent_file(sent, text, name="q2.csv"):
    sent.mkdir(exist_ok=True)
    (sent / name).write_text(text, encoding="utf-8")
    return sent / name


def refused(project, file):
    with pytest.raises(Refused) as refusal:
        received(project, file, period="FY2015Q2")
    return str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        FIRST.replace("12", "14"),  # a later state: the same days
        HEAD + "E-1,2014-11-04,12,OSH,School 3\nE-2,2015-01-10,7,BAT,Hall\n",  # a corrected day: the text is the same
    ],
)
def test_later_states_are_told_of_repeated(events, sent, text):
    said = refused(events, sent_file(sent, text))
    assert "does it replace that?" in said and '"repeated": "later delivery"' in said


def test_the_advice_for_later_states_followed(events, sent):
    """12 became 14: with the setting, the later one is read."""
    described(events, lambda one: one.update(repeated="later delivery"))
    received(events, sent_file(sent, FIRST.replace("12", "14")), period="FY2015Q2")
    assert sorted(read(load(events))["events"]["guests"]) == [7, 14]


OTHERS = HEAD + "E-1,2015-02-03,30,OSH,Library\nE-2,2015-03-10,40,BAT,Town hall\n"


def test_other_records_are_told_of_their_keys(events, sent):
    """Another day and another text in every row: the setting would lose 19 guests, and is not named."""
    said = refused(events, sent_file(sent, OTHERS))
    assert "they are other records, and no later states" in said and '"repeated"' not in said


@pytest.mark.parametrize("way", ["a code before each", "part of the key"])
def test_the_advice_for_other_records_followed(events, sent, way):
    """Keys of their own, or the day as part of the key: all four are counted."""
    if way == "part of the key":

        def change(one):
            one["schema"]["primaryKey"] = ["event_id", "day"]
            for field in one["schema"]["fields"][:2]:
                field["constraints"] = {"required": True}

        described(events, change)
        received(events, sent_file(sent, OTHERS))
    else:
        received(events, sent_file(sent, OTHERS.replace("E-", "Q2-E-")))
    assert sorted(read(load(events))["events"]["guests"]) == [7, 12, 30, 40]


# Keys of KoboToolbox's _index.

KOBO = {"title": "_index"}
Q1 = "_index,_uuid,day,guests,oblast,place\n1,u-1,2014-11-03,12,OSH,a\n2,u-2,2014-11-10,7,BAT,b\n"
Q2 = "_index,_uuid,day,guests,oblast,place\n1,u-3,2015-02-03,30,OSH,c\n2,u-4,2015-03-10,40,BAT,d\n"


@pytest.fixture
def indexed(events):
    described(events, lambda one: one["schema"]["fields"][0].update(KOBO))
    (events / "records/events/earlier.csv").write_text(Q1, encoding="utf-8")
    return events


def test_an_index_is_told_to_begin_anew(indexed, sent):
    """The refusal names the column that the file has in its place, and no setting that would lose the first quarter."""
    said = refused(indexed, sent_file(sent, Q2))
    assert "_index begins anew in each export" in said and 'the title "_uuid"' in said and '"repeated"' not in said


def test_with_repeated_it_is_still_refused(indexed, sent):
    described(indexed, lambda one: one.update(repeated="later delivery"))
    said = refused(indexed, sent_file(sent, Q2))
    assert "_index begins anew in each export" in said and 'as "repeated" says' in said


def test_the_key_by_uuid(indexed, sent):
    described(indexed, lambda one: one["schema"]["fields"][0].update(title="_uuid"))
    received(indexed, sent_file(sent, Q2))
    assert sorted(read(load(indexed))["events"]["guests"]) == [7, 12, 30, 40]
