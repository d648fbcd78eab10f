"""make receive says when a quarter is complete, and COMPLETE=1 moves records_through, with a file or without."""

import datetime

import pytest

from ctanalysis.base.errors import Refused
from ctanalysis.intake import datacheck
from ctanalysis.project import load
from ctanalysis.records import survey
from tests.intake.partner_files import NAME, everything, of_events, received


def test_the_quarter_is_complete_when_all_has_come_again(project, sent):
    """ORG05 sent events of the quarter before, and events have come: complete. COMPLETE=1 moves the day, and nothing
    else of project.toml: the comments before and behind it stay.
    """
    before = (project / "project.toml").read_text(encoding="utf-8")
    said = received(project, of_events(sent), complete="1")
    assert "counts once records_through" not in said  # it has moved on
    assert "FY2015Q2 is complete" in said and "records_through moves to 2015-03-31" in said
    assert (project / "project.toml").read_text(encoding="utf-8") == before.replace("= 2014-12-31 ", "= 2015-03-31 ")
    assert load(project).calendar.latest().label == "FY2015Q2"


def test_what_is_still_due_is_named_and_the_day_does_not_move(project, sent):
    """ORG07 sent calls of FY2015Q1 and nothing since. The file is taken in, with COMPLETE=1 too, and
    the day stays."""
    with (project / "deliveries.csv").open("a", encoding="utf-8") as file:
        file.write("records/calls/a.csv,ORG07,FY2015Q1,2015-01-10\n")
    (project / "records" / "calls" / "a.csv").write_text("call_id,call_day,topic\nC-0,2014-12-01,\n", encoding="utf-8")
    said = received(project, of_events(sent), complete="1")
    assert "not yet sent by ORG07: calls" in said and "is complete" not in said
    assert "records_through stays where it is" in said and "'not received'" in said
    assert (project / "records" / "events" / NAME).exists()
    assert load(project).facts.records_through == datetime.date(2014, 12, 31)


def test_the_advice_about_nothing_to_record_completes_the_quarter(project, sent):
    """ORG07 had nothing to record: none stands in the column rows, which is added to the first line as it says."""
    path = project / "deliveries.csv"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("file,partner,period,sent\n")
    path.write_text(f"{text}records/calls/a.csv,ORG07,FY2015Q1,2015-01-10\n", encoding="utf-8")
    (project / "records" / "calls" / "a.csv").write_text("call_id,call_day,topic\nC-0,2014-12-01,\n", encoding="utf-8")
    said = received(project, of_events(sent), complete="1")
    assert "none in the column rows (add rows to the first line, where it is not there)" in said
    text = path.read_text(encoding="utf-8").replace("period,sent\n", "period,sent,rows\n", 1)
    path.write_text(f"{text}records/calls/b.csv,ORG07,FY2015Q2,2015-04-10,none\n", encoding="utf-8")
    alone = {"partner": "", "sent": "", "complete": "1", "period": "FY2015Q2"}
    assert "records_through moves to 2015-03-31" in received(project, "", **alone)


def test_a_partner_whose_part_has_ended_is_not_waited_for(project, sent):
    """The same, with ORG07's end in quality.toml: nothing more is due from it."""
    with (project / "deliveries.csv").open("a", encoding="utf-8") as file:
        file.write("records/calls/a.csv,ORG07,FY2015Q1,2015-01-10\n")
    (project / "records" / "calls" / "a.csv").write_text("call_id,call_day,topic\nC-0,2014-12-01,\n", encoding="utf-8")
    (project / "quality.toml").write_text(
        '[[ended]]\npartner = "ORG07"\nlast = 2014-12-31\nreason = "Its grant ended."\n', encoding="utf-8"
    )
    assert "records_through moves to 2015-03-31" in received(project, of_events(sent), complete="1")


def test_a_quarter_in_between_must_have_come_too(project, sent):
    """Events of April to June 2015, while January to March never came: the day does not jump over it."""
    file = of_events(sent, rows=[["E-200", datetime.date(2015, 5, 2), 9, "Ош"]])
    said = received(project, file, sent="2015-07-04", complete="1")
    assert "0 of 1 table came for FY2015Q2\n  not yet sent by ORG05: events" in said
    assert load(project).facts.records_through == datetime.date(2014, 12, 31)


def test_what_was_sent_before_its_quarter_was_over_does_not_complete_it(project, sent):
    """Sent on 28 March: the last days of the quarter cannot be in it."""
    said = received(project, of_events(sent), sent="2015-03-28")
    assert "sent before FY2015Q2 was over" in said and "is complete" not in said


def test_a_quarter_is_closed_later_without_a_file(project, sent):
    """The file came, and said what closes the quarter: that command, with a period in small letters, moves the day."""
    said = received(project, of_events(sent))
    assert "make receive COMPLETE=1 PERIOD=FY2015Q2 moves records_through in project.toml to 2015-03-31" in said
    before = everything(project)
    alone = {"partner": "", "sent": "", "complete": "1", "period": "fy2015q2"}
    assert "would move to 2015-03-31" in received(project, "", **alone, dry="1") and everything(project) == before
    assert "moves to 2015-03-31" in received(project, "", **alone)
    assert load(project).facts.records_through == datetime.date(2015, 3, 31)
    assert "2015-03-31 already" in received(project, "", **alone)


def test_that_a_first_quarter_is_complete_is_for_a_person_to_say(project, sent):
    """Nothing was sent of an earlier quarter, so nothing says what is due: a person has to, with COMPLETE=1."""
    (project / "deliveries.csv").unlink()
    said = received(project, of_events(sent))
    assert "nothing was sent of an earlier quarter, so what is due cannot be told" in said
    assert "is complete" not in said and "COMPLETE=1" not in said
    received(project, "", partner="", sent="", complete="1", period="FY2015Q2")
    assert load(project).facts.records_through == datetime.date(2015, 3, 31)


ALONE = {
    "no period": ({"period": ""}, "Say which period is complete"),
    "a partner without a file": ({"partner": "ORG05"}, "no file is named"),
    "a day without a file": ({"sent": "2015-04-14"}, "no file is named"),
    "what has not come": ({"period": "FY2015Q2"}, "not yet sent by ORG05: events"),
    "a period that is none": ({"period": "2015Q2"}, "not a reporting period"),
    "a switch that is none": ({"dry": "no"}, "DRY is 1 or left out"),
}


@pytest.mark.parametrize("typed, says", ALONE.values(), ids=ALONE)
def test_closing_a_quarter_is_refused(typed, says, project):
    """Without a file, and with nothing changed."""
    before = everything(project)
    words = {"partner": "", "sent": "", "complete": "1", "period": "FY2015Q2"} | typed
    with pytest.raises(Refused) as refusal:
        received(project, "", **words)
    assert says in str(refusal.value) and everything(project) == before


def test_one_count_of_what_is_due(project, sent):
    """Receiving and the check count the same tables: those that are due, however many the project has."""
    said = received(project, of_events(sent))
    now = load(project)
    checked = datacheck.arrived(now, survey(now), now.calendar.named("FY2015Q2")).splitlines()[0]
    assert checked == "1 of 1 table came for FY2015Q2." and checked.rstrip(".") in said.splitlines()


def test_a_table_that_is_not_due_is_not_missed(project, sent):
    """Of two tables nothing was ever sent: one is due never, and no indicator counts rows of the other, as of a list of
    organisations. Neither is missed. As soon as an indicator counts the other's rows, it is named.
    """
    [sheet] = (project / "indicators").glob("*.toml")
    dry = {"dry": "1"}
    assert "no delivery at all" not in received(project, of_events(sent), **dry)
    words = sheet.read_text(encoding="utf-8")
    sheet.write_text(words.replace('"rows"', '"calls"').replace('"day"', '"call_day"'), encoding="utf-8")
    assert "no delivery at all is listed of: calls\n" in received(project, of_events(sent), **dry)
