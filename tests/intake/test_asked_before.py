"""What make receive asks or refuses before a file is believed: its days, who sent it, whether it came before."""

import datetime
import json

import pandas as pd
import pytest

from ctanalysis import records
from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import SHIPPED
from ctanalysis.intake import receiving
from ctanalysis.intake.receiving import saying
from ctanalysis.intake.receiving.headings import attempt
from ctanalysis.project import load
from ctanalysis.project.judgements.records import STRIKE
from ctanalysis.records import Records, day_order
from tests.intake.partner_files import DELIVERIES, EVENT_ROWS, IN_RUSSIAN, everything, of_events, received, workbook

ROWS = "id,day,end,person,sex,kind,amount,done\n"


def rows(folder, *days):
    """A file of the table that an indicator counts by its day."""
    folder.mkdir(exist_ok=True)
    (folder / "rows.csv").write_text(ROWS + "".join(f"z{day},{day},,,,,,\n" for day in days), encoding="utf-8")
    return folder / "rows.csv"


def test_days_that_all_lie_in_another_quarter_are_refused(project, sent):
    """February 2015 is FY2015Q2. Said to be FY2014Q2, it is refused; with one day of 2014 among them it is not."""
    before = everything(project)
    with pytest.raises(Refused, match="All its days lie in FY2015Q2; PERIOD says FY2014Q2"):
        received(project, rows(sent, "2015-02-01", "2015-03-02"), period="FY2014Q2")
    assert everything(project) == before
    received(project, rows(sent, "2015-02-01", "2014-02-02"), period="FY2014Q2")


def with_organisations(project):
    """The events table lists ORG05 as a key, as a table of organisations would."""
    (project / "records" / "events" / "earlier.csv").write_text(
        "event_id,day,guests,oblast\nORG05,2014-11-03,12,OSH\nORG06,2014-11-04,12,OSH\n", encoding="utf-8"
    )


def test_whoever_sent_what_is_there_already_is_named_first(project, sent):
    """ORG5 for ORG05, and the same content: that it is there already would be followed under the wrong code."""
    with_organisations(project)
    there, file = project / "records" / "events" / "earlier.csv", sent / "again.csv"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(there.read_bytes())
    for partner, says in (("ORG5", "ORG5 is neither in events"), ("ORG05", "the same content is read already")):
        with pytest.raises(Refused, match=says):
            received(project, file, partner=partner)


def test_a_partner_that_no_table_lists_is_refused(project, sent):
    """ORG99 is nowhere: refused. ORG06 is listed, and has sent nothing yet: that is said, and the file is taken in."""
    with_organisations(project)
    before = everything(project)
    with pytest.raises(Refused, match=r"ORG99 is neither in events \(events\) nor in deliveries.csv.*add its row"):
        received(project, of_events(sent), partner="ORG99")
    assert everything(project) == before
    assert "ORG06 is in events; it is new in deliveries.csv" in received(project, of_events(sent), partner="ORG06")


def test_a_key_of_an_earlier_file_is_asked_about(project, sent):
    """E-1 of the earlier file comes again: nothing is changed until one of the files is taken out."""
    again = of_events(sent, rows=[*EVENT_ROWS, ["E-1", datetime.date(2015, 1, 3), 99, "Ош"]])
    before = everything(project)
    with pytest.raises(Refused, match=r"stand in records/events/earlier.csv already: does it replace that\?"):
        received(project, again)
    assert everything(project) == before
    (project / "records" / "events" / "earlier.csv").unlink()
    (project / "deliveries.csv").write_text(DELIVERIES.splitlines()[0] + "\n", encoding="utf-8")
    assert "Nothing was found in it." in received(project, again)


def repeated(project):
    """The table of events holds all rows anew in each delivery; ORG05 sent its own of the quarter on 2015-04-14."""
    path = project / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8-sig"))
    next(one for one in package["resources"] if one["name"] == "events")["repeated"] = "later delivery"
    path.write_text(json.dumps(package), encoding="utf-8")
    return received(project, of_events(project.parent / "first"))


@pytest.mark.few(1)
@pytest.mark.parametrize("day", ["2015-04-14", "2015-04-20", "2015-04-10"])
def test_a_second_file_of_one_period_is_the_later_state_or_is_asked_about(project, sent, day):
    """An event has other guests now. Sent on another day it is later or earlier; on the same day nobody knows."""
    repeated(project)
    changed = [[*EVENT_ROWS[0][:2], 999, *EVENT_ROWS[0][3:]], *EVENT_ROWS[1:]]
    again = of_events(sent, rows=changed).rename(sent / "again.xlsx")
    before = everything(project)
    if day == "2015-04-14":
        with pytest.raises(Refused, match="Nothing tells which is the later state"):
            received(project, again, sent=day)
        assert everything(project) == before
        return
    said = received(project, again, sent=day)
    guests = records.survey(load(project))["events"]["guests"].tolist()
    assert (999 in guests) == (day == "2015-04-20") and ("is read in its place" in said) == (day == "2015-04-10")


HALF = [["E-5", datetime.datetime(2015, 5, 1), 3, "Ош"], ["E-6", "13/01/2015", 3, "Ош"], ["E-7", "25/01/2015", 3, "Ош"]]


def test_half_converted_days_are_said_with_the_findings(project, sent):
    """One real day, and texts that begin with 13 and 25: no day can be trusted, and every finding is shown."""
    with pytest.raises(Refused) as refusal:
        received(project, of_events(sent, rows=HALF), dry="1")
    said = str(refusal.value)
    assert "The days of column B of sheet 'Мероприятия' cannot be trusted" in said
    assert "held back:" in said and "%d/%m/%Y" in said and "13/01" not in said


def test_a_file_without_a_usable_row_is_not_taken_for_what_was_due(project, sent):
    """Its period named, it is taken in; that no row counts is the first line, and the day does not move."""
    words = {"partner": "ORG05", "sent": "2015-04-14", "period": "FY2015Q2", "dry": "", "complete": "1"}
    made = receiving.receive(load(project), words | {"file": str(of_events(sent, rows=HALF))})
    assert made.lines[0].startswith("No row of the file can be used.") and made.status == 1
    assert load(project).facts.records_through == datetime.date(2014, 12, 31)


@pytest.mark.parametrize(
    "word, form", [("13/01/2015", "%d/%m/%Y"), ("01-13-2015", "%m-%d-%Y"), ("05/01/2015", ""), ("13/13/2015", "")]
)
def test_where_one_reading_alone_is_a_day_the_format_is_named(word, form):
    """13 is no month. 05/01 may be either, and 13/13 is neither."""
    assert (f'"format": "{form}"' in day_order.advice(word)) if form else not day_order.advice(word)


def test_a_heading_near_nothing_is_not_to_be_written_so(project):
    table = load(project).package.tables["events"]
    *_, last = attempt(table, [(1, [*IN_RUSSIAN["events"], "XYZW"])]).lines()
    assert "Write the headings so" not in last and "ignoredColumns" in last and "XYZW" not in last


def test_striking_out_says_what_it_needs(project):
    (project / "judgements").mkdir(exist_ok=True)
    (project / "judgements" / "corrections.toml").write_text(
        '[[correction]]\ntable = "events"\nkey = "E-1"\nstrike = true\nreason = "."\nrole = "."\ndate = 2015-01-01\n',
        encoding="utf-8",
    )
    with pytest.raises(Refused, match=STRIKE[:60]):
        load(project)


def test_a_table_that_some_have_sent_came_in_part(project, sent):
    """ORG05 used to send events; ORG07's have come: 1 of 1 table, in part."""
    file = workbook(sent / "ORG07.xlsx", Лист=[IN_RUSSIAN["events"], *EVENT_ROWS])
    said = received(project, file, partner="ORG07")
    assert "1 of 1 table came for FY2015Q2, 1 of them in part" in said
    assert "not yet sent by ORG05: events (came in part)" in said


def test_a_table_with_days_of_another_says_whose(shipped):
    """A row of attendance has no day of its own: it counts by the day of its event."""
    days = pd.Series([], dtype="datetime64[s]")
    records = Records({name: pd.DataFrame() for name in shipped.package.tables})
    assert saying._span(shipped, records, "attendance", days) == ", its days are those of Events"
    assert saying._span(shipped, records, "organisations", days) == ", no day"


@pytest.fixture(scope="module")
def shipped():
    return load(SHIPPED)
