"""make receive: a partner's file is put where it belongs, noted and checked in one step, or nothing is changed."""

import datetime
import os
import shlex

import pytest

from ctanalysis.__main__ import main
from ctanalysis.base.errors import Refused
from ctanalysis.intake import newproject
from ctanalysis.intake.receiving import changing
from ctanalysis.project import load
from ctanalysis.records import read, survey
from tests.intake.partner_files import (
    CALL_ROWS,
    DELIVERIES,
    EVENT_ROWS,
    IN_RUSSIAN,
    NAME,
    everything,
    of_both,
    of_events,
    paths_of,
    received,
    workbook,
)

# --- Taken in ------------------------------------------------------------------------------------


def test_a_workbook_goes_into_its_table_s_folder_and_is_counted(project, sent):
    """Three events of January to March 2015: the file stands in records/events, the delivery is of FY2015Q2 (its days
    are in no other quarter), and the table has one row of the earlier file and three of this one.
    """
    before = everything(project)
    said = received(project, of_events(sent))
    place = f"records/events/{NAME}"
    after = everything(project)
    assert after[place] == (sent / NAME).read_bytes()
    assert after.pop("deliveries.csv").decode() == f"{DELIVERIES}{place},ORG05,FY2015Q2,2015-04-14\n"
    assert {name: data for name, data in after.items() if name != place} == {
        name: data for name, data in before.items() if name != "deliveries.csv"
    }
    events = read(load(project))["events"]
    assert events["guests"].tolist() == [25, 40, 31, 12]  # files by their names
    assert "sheet 'Мероприятия': events (events), 3 rows read = 3 used + 0 held back, 2015-01-14 to 2015-03-27" in said
    assert "Nothing was found in it." in said


def test_a_workbook_of_two_tables_stands_once_and_is_read_for_both(project, sent):
    """Events and calls in one workbook: one copy of it, named for both tables, and each table has its own rows."""
    said = received(project, of_both(sent))
    place = f"records/workbooks/{NAME}"
    assert [path for path in everything(project) if path.endswith(".xlsx")] == [place]
    assert paths_of(project) == {
        "rows": "records/rows.csv",
        "events": ["records/events", place],
        "calls": ["records/calls", place],
    }
    records = read(load(project))
    assert records["events"]["guests"].tolist() == [12, 25, 40, 31]
    assert records["calls"]["call_id"].tolist() == ["C-1", "C-2"]
    assert (project / "deliveries.csv").read_text(encoding="utf-8").count(place) == 1
    assert "sheet 'Звонки 2015': calls (calls), 2 rows read = 2 used + 0 held back, 2015-01-05 to 2015-03-30" in said
    assert "sheet 'Заметки': no table, so it is not read" in said
    assert "was not read" not in said  # a sheet of the other table is read, and no finding


def test_a_table_of_one_file_gets_a_folder_beside_it(project, sent):
    """The table rows is read from records/rows.csv; what comes goes into records/rows/, read from then on."""
    file = sent / "ещё строки.csv"
    sent.mkdir()
    file.write_text("id,day,end,person,sex,kind,amount,done\nz,2015-02-01,,,,,,\n", encoding="utf-8")
    received(project, file)
    assert (project / "records" / "rows" / "ещё строки.csv").read_bytes() == file.read_bytes()
    assert paths_of(project)["rows"] == ["records/rows.csv", "records/rows"]
    assert len(read(load(project))["rows"]) == 2


def test_a_file_dropped_into_records_moves(project):
    """A file in records/ itself, named as make check names it: it goes to its table's folder, and stands there only."""
    of_events(project / "records")
    received(project, f"records/{NAME}")
    assert not (project / "records" / NAME).exists()
    assert (project / "records" / "events" / NAME).exists()


def pasted(finding):
    """What somebody copies out of the sentence."""
    return finding.do.partition("Take it in: ")[2].partition(" (who sent it")[0]


def test_the_check_names_the_command_that_takes_it_in(project, monkeypatch, capsys):
    """The sentence about a file in records/ itself can be pasted: with the partner and the day in it, the file goes to
    its table's folder. Pasted as it stands it is refused, for nobody has said who sent the file, or when.
    """
    of_events(project / "records")
    monkeypatch.chdir(project.parent)
    monkeypatch.setattr("ctanalysis.__main__._project", lambda options: ("project", load("project")))
    (finding,) = [one for one in survey(load("project")).findings if one.rule == "unread file"]
    command = pasted(finding)
    assert command == f"make receive PROJECT=project FILE='records/{NAME}' PARTNER=WHO SENT=YYYY-MM-DD"
    words = dict(word.split("=", 1) for word in shlex.split(command)[2:])
    typed = ["-p", "project", words["PROJECT"], "--file", words["FILE"]]
    before = everything(project)
    assert main(["receive", *typed, "--partner", words["PARTNER"], "--sent", words["SENT"]]) == 2
    assert "SENT must be the day" in capsys.readouterr().err and everything(project) == before
    assert main(["receive", *typed, "--partner", "ORG05", "--sent", "2015-04-14"]) == 0
    assert [one for one in survey(load("project")).findings if one.rule == "unread file"] == []


@pytest.mark.parametrize("name", ["it's $HOME.csv", "a b.csv", "-x.csv"])
def test_any_name_can_be_pasted(project, name):
    """A quotation mark, a dollar, a blank, a dash in a file's name mean nothing to a shell."""
    (project / "records" / name).write_text("x", encoding="utf-8")
    (finding,) = [one for one in survey(load(project)).findings if one.rule == "unread file"]
    assert f"FILE=records/{name}" in shlex.split(pasted(finding))


def test_a_new_project_takes_its_first_files_in(tmp_path):
    """make project, then one file for each table: no path is edited, nothing is moved by hand, and both are read."""
    new = newproject.lay_out(tmp_path / "new")
    files = {
        "партнеры.csv": ("ORG-1", "partner_id,region\nORG-1,XX-1\n", "FY2026Q1"),
        "услуги март.csv": (
            "ORG-1",
            "service_id,person_id,date,until,partner_id,sex,service,cost,consent\n"
            "S-1,P-1,2026-03-12,,ORG-1,F,legal,,yes\n",
            "",
        ),
    }
    for name, (partner, text, period) in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        received(new, tmp_path / name, partner=partner, sent="2026-04-02", period=period)
    records = read(load(new))
    assert (len(records["partners"]), len(records["services"])) == (1, 1)
    assert paths_of(new) == {name: f"records/{name}" for name in ("partners", "services", "trainings")}
    assert {one.rule for one in records.findings} & {"unlisted delivery", "unread file", "empty delivery"} == set()


def test_a_file_of_headings_alone_is_said_where_it_is_not_the_laid_out_one(tmp_path):
    """What a partner sent with nothing in it is a delivery, and is to be listed; so is the laid out one with a row."""
    new = newproject.lay_out(tmp_path / "new")
    home = new / "records" / "partners"
    (tmp_path / "a.csv").write_text("partner_id,region\nORG-1,XX-1\n", encoding="utf-8")
    received(new, tmp_path / "a.csv", partner="ORG-1", sent="2026-04-02", period="FY2026Q1")
    (home / "empty.csv").write_text("partner_id,region\n", encoding="utf-8")
    (home / "partners.csv").write_text("partner_id,region\nORG-2,XX-1\n", encoding="utf-8")
    told = [one.path for one in survey(load(new)).findings if one.rule == "unlisted delivery"]
    assert told == ["records/partners/empty.csv", "records/partners/partners.csv"]


def test_the_command_says_the_same(project, sent, capsys):
    """python -m ctanalysis receive, as the Makefile calls it, with a period in small letters."""
    typed = [
        "--file",
        str(of_events(sent)),
        "--partner",
        "ORG05",
        "--sent",
        "2015-04-14",
        "--dry",
        "",
        "--complete",
        "",
    ]
    assert main(["receive", *typed, "-p", "period", "fy2015q2", "-p", "project", str(project)]) == 0
    assert f"The file is now records/events/{NAME}" in capsys.readouterr().out


def test_rows_that_are_held_back_are_named_and_the_file_is_taken_in(project, sent):
    """A word where a number of guests belongs: the row is held back and named by its cell, without the word."""
    said = received(project, of_events(sent, rows=[*EVENT_ROWS, ["E-104", datetime.date(2015, 3, 1), "СЕКРЕТ", "Ош"]]))
    assert "4 rows read = 3 used + 1 held back" in said and "column C 'guests', row 5" in said
    assert "СЕКРЕТ" not in said and (project / "records" / "events" / NAME).exists()


def test_a_partner_that_never_sent_anything_is_named(project, sent):
    """ORG50 is perhaps ORG05 misspelt: the file is taken in, and it is said that nobody of that name sent before."""
    assert "ORG50 is new there. Until now it had ORG05" in received(project, of_events(sent), partner="ORG50")
    calls = workbook(sent / "ещё.xlsx", Лист=[IN_RUSSIAN["calls"], *CALL_ROWS])
    assert "is new there" not in received(project, calls, partner="ORG50")


def test_rows_of_two_quarters_ask_for_the_period(project, sent):
    """Days in FY2015Q1 and FY2015Q2: which period was sent is not guessed; named, it is noted."""
    file = of_events(sent, rows=[*EVENT_ROWS, ["E-99", datetime.date(2014, 12, 30), 5, "Ош"]])
    with pytest.raises(
        Refused, match=r"dated in FY2015Q1, FY2015Q2\. Say which period was sent, as in PERIOD=FY2015Q2"
    ):
        received(project, file)
    received(project, file, period="FY2015Q2")
    assert f"{NAME},ORG05,FY2015Q2,2015-04-14\n" in (project / "deliveries.csv").read_text(encoding="utf-8")


# --- DRY, and all or nothing ---------------------------------------------------------------------


def test_dry_only_says(project, sent):
    """DRY=1 says the same places and rows, and every byte of the project stays; so with COMPLETE=1."""
    before = everything(project)
    said = received(project, of_both(sent), dry="1", period="FY2015Q2", complete="1")
    assert f"would go to records/workbooks/{NAME}" in said and "DRY=1: nothing was changed." in said
    assert "records_through would move to 2015-03-31" in said
    assert everything(project) == before


def unknown_heading(project, sent):
    return {"file": of_events(sent, headings=["код", "дата", "участники", "область"])}


def no_table(project, sent):
    return {"file": workbook(sent / "пусто.xlsx", Лист1=[["Просим прислать бланки"]])}


def there_already(project, sent):
    (project / "records" / "events" / NAME).write_bytes(b"PK")
    return {"file": of_events(sent)}


def same_content(project, sent):
    file = sent / "другое имя.csv"
    sent.mkdir()
    file.write_bytes((project / "records" / "events" / "earlier.csv").read_bytes())
    return {"file": file}


def all_held_back(project, sent):
    (project / "records" / "events" / "earlier.csv").unlink()
    return {"file": of_events(sent, rows=[["E-1", datetime.date(2015, 1, 2), "много", "Ош"]])}


def another_kind(project, sent):
    sent.mkdir()
    (sent / "отчет.docx").write_bytes(b"PK")
    return {"file": sent / "отчет.docx"}


def a_picture(project, sent):
    sent.mkdir()
    (sent / "отчет.xlsx").write_bytes(b"\x89PNG and so on")
    return {"file": sent / "отчет.xlsx"}


REFUSED = {
    "no file": (lambda project, sent: {"file": ""}, "No file is named"),
    "a file that is not there": (lambda project, sent: {"file": "../нет.xlsx"}, "there is no such file"),
    "no partner": (lambda project, sent: {"file": of_events(sent), "partner": " "}, "PARTNER is not given"),
    "a partner in other letters": (lambda project, sent: {"file": of_events(sent), "partner": "org05"}, "'ORG05'"),
    "a Cyrillic O in the partner": (lambda project, sent: {"file": of_events(sent), "partner": "ОRG05"}, "'ORG05'"),
    "a day of another form": (lambda project, sent: {"file": of_events(sent), "sent": "14.04.2015"}, "SENT=2015-04-14"),
    "a day that is none": (lambda project, sent: {"file": of_events(sent), "sent": "2015-02-30"}, "SENT=2015-04-14"),
    "a period that is none": (lambda project, sent: {"file": of_events(sent), "period": "2015Q1"}, "FY2015Q1 for"),
    "a switch that is none": (lambda project, sent: {"file": of_events(sent), "dry": "yes"}, "DRY is 1 or left out"),
    "headings that are not known": (unknown_heading, "column B has a heading that is not known"),
    "no table": (no_table, "none of its first 30 rows names the columns of a table"),
    "a name that is taken": (there_already, "nothing is overwritten"),
    "the same content": (same_content, "the same content is read already: records/events/earlier.csv"),
    "no row that can be used": (all_held_back, "none of the table's rows can be used"),
    "no row that can be used, and why": (all_held_back, "column C 'guests', row 2: must be a whole number"),
    "another kind of file": (another_kind, "it is no CSV file and no Excel workbook"),
    "a picture": (a_picture, "it is no Excel workbook, whatever its name says"),
}


@pytest.mark.few(1)
@pytest.mark.parametrize("wrong, says", REFUSED.values(), ids=REFUSED)
def test_nothing_is_changed_when_it_is_refused(wrong, says, project, sent):
    """Whatever is wrong: a sentence, and every byte and every folder of the project as they were."""
    typed = wrong(project, sent)
    before = everything(project)
    with pytest.raises(Refused) as refusal:
        received(project, typed.pop("file"), **typed)
    assert says in str(refusal.value)
    assert everything(project) == before


@pytest.mark.few(1)
@pytest.mark.parametrize("failing", [1, 2, 3, 4])
def test_nothing_is_changed_when_the_disk_fails_in_the_middle(failing, project, sent, monkeypatch):
    """The disk is full at the first, second, third or last of the four files that change: none of them has."""
    before, write, count = everything(project), changing.write_whole, iter(range(1, 99))

    def full(path, data):
        if next(count) == failing:
            raise OSError(28, "No space left on device", str(path))
        write(path, data)

    monkeypatch.setattr(changing, "write_whole", full)
    with pytest.raises(OSError, match="No space"):
        received(project, of_both(sent), period="FY2015Q2", complete="1")
    assert everything(project) == before


def test_a_file_that_changed_meanwhile_is_not_written_over(project, sent, monkeypatch):
    """Somebody writes a delivery by hand while the file is checked: theirs stays, and ours is asked for again."""
    change = changing.change

    def late(*arguments):
        (project / "deliveries.csv").write_text(DELIVERIES.replace("01-10", "01-11"), encoding="utf-8")
        change(*arguments)

    monkeypatch.setattr(changing, "change", late)
    with pytest.raises(Refused, match="changed meanwhile"):
        received(project, of_events(sent))
    assert "2015-01-11" in (project / "deliveries.csv").read_text(encoding="utf-8")
    assert not (project / "records" / "events" / NAME).exists()


# --- Headings ------------------------------------------------------------------------------------


def test_every_unknown_heading_is_said_at_once_with_the_nearest_known(project, sent):
    """Two sheets with three headings that nobody knows: all three in one refusal, each with what it may mean, and what
    stands in them is repeated nowhere.
    """
    file = workbook(
        sent / NAME,
        Мероприятия=[["код", "дата мероприятий", "кол-во участников", "область", "СЕКРЕТ"], *EVENT_ROWS],
        Звонки=[["код звонка", "дата звонков", "тема"], *CALL_ROWS],
    )
    with pytest.raises(Refused) as refusal:
        received(project, file)
    said = str(refusal.value)
    assert f"{NAME}, sheet 'Мероприятия': row 1 is nearest to the columns of table 'events' (events)" in said
    assert "column B has a heading that is not known; the nearest: 'дата мероприятия'" in said
    assert "column C has a heading that is not known; the nearest: 'количество участников'" in said
    assert "column E has a heading that is not known; no known one is near" in said
    assert "sheet 'Звонки'" in said and "the nearest: 'дата звонка'" in said
    assert "missing: day of the event, guests" in said and "СЕКРЕТ" not in said and "кол-во" not in said


def test_the_advice_about_headings_makes_it_right(project, sent):
    """Writing the headings as they are named in the refusal, the file is taken in."""
    received(project, of_events(sent, headings=IN_RUSSIAN["events"]))
    assert len(read(load(project))["events"]) == 4


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links for everybody")
def test_the_records_that_stay_are_not_touched_by_the_trial(project, sent):
    """The trial reads the real records through other names of theirs; these are gone afterwards."""
    received(project, of_events(sent))
    assert (project / "records" / "events" / "earlier.csv").stat().st_nlink == 1
    assert [path.name for path in project.iterdir() if path.name.startswith(".records")] == []


def test_a_column_that_is_not_there_is_to_be_added_and_then_it_is_taken_in(project, sent):
    """Nobody filled it in, and the partner left it out: neither another heading nor ignoredColumns would help."""
    rows = [["E-7", datetime.date(2015, 1, 2), 12]]
    file = of_events(sent, headings=["event_id", "day", "guests"], rows=rows)
    with pytest.raises(Refused) as refusal:
        received(project, file)
    said = str(refusal.value)
    [do] = [line for line in said.splitlines() if line.startswith("Add a column")]
    assert "ignoredColumns" not in said and "its cells may be empty" in do
    heading = do.split("'")[1]
    file.unlink()
    received(project, of_events(sent, headings=["event_id", "day", "guests", heading], rows=[[*rows[0], ""]]))
    assert "E-7" in set(read(load(project))["events"]["event_id"])
