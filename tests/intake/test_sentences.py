"""Sentences that say what is wrong the first time that they are read."""

import datetime
import json

import pytest

from ctanalysis.base.errors import Refused
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, LOOK, survey
from tests.generators.sent import KEY, surveyed
from tests.intake.partner_files import DELIVERIES, received

RULES = '[[dates]]\ntable = "rows"\nfield = "day"\nreason = "they are of the project"\n'
LINES = "file,partner,period,sent\nrecords/rows.xlsx,A,FY2014Q1,2014-01-31\n"


def test_a_half_converted_day_is_said_to_be_just_that(tmp_path, monkeypatch):
    """3 December (of 2013, sent in January 2014) became 12 March 2014, after the day of sending: that is no fault of
    the day, and correcting it would be wrong.
    """
    rows = [["id", "day"], ["r2", datetime.date(2014, 3, 12)], ["r3", datetime.date(2014, 1, 12)]]
    rows += [["r4", "13/12/2013"], ["r5", "20/12/2013"]]
    schema = {"schema": {"fields": [KEY, {"name": "day", "type": "date", "title": "day"}], "primaryKey": ["id"]}}
    folder = tmp_path / "p"
    surveyed(folder, [], rows, table=schema)
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    (folder / "deliveries.csv").write_text(LINES, encoding="utf-8")
    told = {(one.rule, one.rows) for one in survey(load(folder)).of(HELD_BACK)}
    assert ("half converted", (2, 3)) in told and "after sending" not in {rule for rule, _ in told}


def test_a_day_that_may_be_exchanged_is_still_held_against_the_day_of_sending(tmp_path):
    """4 March became 3 April; one text could have been converted, and was not. What is of 5 December, in what was sent
    in January, can be no other: it is held back, and not only looked at.
    """
    rows = [["id", "day"], ["r2", datetime.date(2013, 11, 4)], ["r3", datetime.date(2014, 12, 5)]]
    rows += [["r4", "13/12/2013"], ["r5", "05/11/2013"]]
    day = {"name": "day", "type": "date", "title": "day", "format": "%d/%m/%Y"}
    folder = tmp_path / "p"
    surveyed(folder, [], rows, table={"schema": {"fields": [KEY, day], "primaryKey": ["id"]}})
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    (folder / "deliveries.csv").write_text(LINES, encoding="utf-8")
    found = survey(load(folder))
    assert ("perhaps exchanged", (2, 3)) in {(one.rule, one.rows) for one in found.of(LOOK)}
    assert {(one.rule, one.rows) for one in found.of(HELD_BACK)} == {("after sending", (3,))}
    assert len(found["rows"]) == 3


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (DELIVERIES.replace(",", ";"), "it has semicolons between its cells. Save it with commas between them"),
        (DELIVERIES.replace(",", "\t"), "it has tabs between its cells. Save it with commas between them"),
        ("partner,file\n", "the first row must name these columns: file, partner, period, sent"),
        (
            "file,partner,period,sent,rows\nrecords/events/earlier.csv,ORG05,FY2015Q1,2015-01-10,nothing\n",
            "row 2: 'rows': leave it empty or write none.",
        ),
    ],
)
def test_what_is_wrong_in_deliveries(project, lines, says):
    (project / "deliveries.csv").write_text(lines, encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        load(project)
    assert says in str(refusal.value) and "''" not in str(refusal.value)


def test_a_choice_of_several_that_may_be_empty(project):
    (project / "published.csv").write_text(
        "indicator,as_of,value,hedge,source\nx,2014-01-01,1,maybe,s\n", encoding="utf-8"
    )
    with pytest.raises(Refused, match="'hedge': leave it empty or write one of: 'nearly', 'over', 'about'"):
        load(project)


# A partner that is spelt in two ways.


@pytest.fixture
def organised(project):
    """The project with a table of its partners, ORG05 and ORG-2; deliveries.csv has org-2."""
    path = project / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    key = {"name": "org", "type": "string", "title": "org", "constraints": {"required": True, "unique": True}}
    package["resources"].append(
        {
            "name": "partners",
            "path": "records/partners.csv",
            "title": "Partners",
            "disclosure": "open",
            "due": "never",
            "schema": {"fields": [key], "primaryKey": ["org"]},
        }
    )
    path.write_text(json.dumps(package), encoding="utf-8")
    (project / "records/partners.csv").write_text("org\nORG05\nORG-2\n", encoding="utf-8")
    (project / "deliveries.csv").write_text(DELIVERIES.replace(",ORG05,", ",org-2,"), encoding="utf-8")
    return project


EVENT = "event_id,day,guests,oblast\nE-7,2015-02-03,12,OSH\n"


def event(sent):
    sent.mkdir(exist_ok=True)
    (sent / "e.csv").write_text(EVENT, encoding="utf-8")
    return sent / "e.csv"


def refused(project, sent, partner):
    with pytest.raises(Refused) as refusal:
        received(project, event(sent), partner=partner)
    return str(refusal.value)


def spelling(project):
    return [one for one in survey(load(project)).of(LOOK) if one.rule == "partner's spelling"]


def test_the_table_of_partners_is_right(organised, sent):
    """The check names the line; receiving ORG-2 says that deliveries.csv is wrong, and not that ORG-2 is."""
    [finding] = spelling(organised)
    assert (finding.path, finding.rows) == ("deliveries.csv", (2,)) and "table 'partners'" in finding.says
    said = refused(organised, sent, "ORG-2")
    assert (
        "deliveries.csv has 'org-2', where Partners has 'ORG-2'" in said and "Write 'ORG-2' into deliveries.csv" in said
    )
    assert "PARTNER is nearly 'ORG-2' of Partners (partners)" in refused(organised, sent, "org-2")


def test_the_advice_for_a_partner_followed(organised, sent):
    lines = (organised / "deliveries.csv").read_text(encoding="utf-8")
    (organised / "deliveries.csv").write_text(lines.replace("org-2", "ORG-2"), encoding="utf-8")
    assert not spelling(organised)
    assert "1 row read = 1 used" in received(organised, event(sent), partner="ORG-2")


def test_without_a_table_of_partners_deliveries_say_it(project, sent):
    assert "PARTNER is nearly 'ORG05' of deliveries.csv" in refused(project, sent, "org05")


# A cumulative export that lacks an earlier row.


def test_receive_says_what_is_gone(project, sent):
    """E-1 stood in the earlier file, and the later export has it no more: receive says it, as the check does."""
    path = project / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    next(one for one in package["resources"] if one["name"] == "events")["repeated"] = "later delivery"
    path.write_text(json.dumps(package), encoding="utf-8")
    said = received(project, event(sent))
    assert "records/events/earlier.csv" in said and "stood in an earlier delivery and not in the latest" in said
    assert "Nothing was found in it." not in said
    (sent / "f.csv").write_text(EVENT.replace("12", "14") + "E-1,2014-11-03,12,OSH\n", encoding="utf-8")
    again = received(project, sent / "f.csv", sent="2015-04-20", period="FY2015Q2")
    assert "not in the latest" not in again
