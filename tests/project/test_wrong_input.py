"""Wrong input is refused with a sentence that says where and what, and never with what a record says.

Each wrong project is the shipped one with one thing changed.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ctanalysis
from ctanalysis.__main__ import main
from ctanalysis.project import load
from ctanalysis.records import HELD_BACK, REPAIRED, read, survey
from tests.generators.wrong import (
    SHIPPED,
    Wrong,
    cells,
    copied,
    described,
    encoded,
    field_of,
    line,
    lines,
    records,
    removed,
    replaced,
    written,
)

ROOT = Path(__file__).parents[2]
PROJECT, PACKAGE, POLICY, TARGETS, PUBLISHED = (
    "project.toml",
    "datapackage.json",
    "policy.toml",
    "targets.csv",
    "published.csv",
)
EVENTS = "indicators/1.1-awareness-raising-events.toml"
ASSISTED = "indicators/2.2-victims-assisted.toml"
WHERE = 'where = { kind = ["AwarenessRaising"] }'
OF_PROGRAMMERS = ("Traceback", "Error", "Exception", "pydantic", "pandas", "site-packages", ".py", "<class", "0x")


def referring_in_a_circle(resource):
    resource["schema"]["fields"].append({"name": "event_id", "type": "string", "title": "event"})
    resource["schema"]["foreignKeys"] = [
        {"fields": ["event_id"], "reference": {"resource": "events", "fields": ["event_id"]}}
    ]


def referring_to(table):
    def edit(resource):
        resource["schema"]["foreignKeys"][0]["reference"]["resource"] = table

    return edit


WRONG_FACTS = {
    "no project folder": Wrong(removed(PROJECT), ("project.toml", "not a project folder")),
    "project.toml not TOML": Wrong(replaced(PROJECT, "country =", "country"), (PROJECT, "not TOML")),
    "project.toml not UTF-8": Wrong(written(PROJECT, 'name = "Проект"'.encode("cp1251")), (PROJECT, "UTF-8")),
    "project.toml without a key": Wrong(
        replaced(PROJECT, "country =", "# country ="), (PROJECT, "'country' is missing")
    ),
    "project.toml with an unknown key": Wrong(
        replaced(PROJECT, "country =", 'contry = "x"\ncountry ='), (PROJECT, "'contry'")
    ),
    "project that ends before it starts": Wrong(
        replaced(PROJECT, "end = 2015", "end = 2010"), (PROJECT, "end is before its start")
    ),
    "synthetic as text": Wrong(replaced(PROJECT, "synthetic = true", 'synthetic = "true"'), (PROJECT, "'synthetic'")),
    "a thirteenth month": Wrong(replaced(PROJECT, "first_month = 10", "first_month = 13"), (PROJECT, "first_month")),
    "a day that is none": Wrong(replaced(PROJECT, "start = 2011-10-01", "start = 2011-10-41"), (PROJECT,)),
    "a statement about an unknown area": Wrong(
        replaced(PROJECT, '[[statements]]\narea = "prevention"', '[[statements]]\narea = "elsewhere"'),
        (PROJECT, "area"),
    ),
    "policy without a class": Wrong(
        replaced(POLICY, "[callers]", "[caller]"), (PACKAGE, "'consultations'", POLICY, "'callers'")
    ),
    "fewer_than not a multiple of round_to": Wrong(
        replaced(POLICY, "fewer_than = 10 ", "fewer_than = 11 "), (POLICY, "victims", "multiple of round_to")
    ),
    "a span that is none": Wrong(
        replaced(POLICY, '["year", "project"]', '["quarter", "project"]'), (POLICY, "victims.one_way", "'year'")
    ),
    "no policy": Wrong(removed(POLICY), (POLICY, "no such file")),
}

WRONG_TABLES = {
    "datapackage.json not JSON": Wrong(replaced(PACKAGE, '"name"', "name"), (PACKAGE, "not JSON")),
    "no datapackage.json": Wrong(removed(PACKAGE), (PACKAGE, "no such file")),
    "a table with an unknown key": Wrong(
        described("events", lambda t: t.update(order=[["date", "date"]])), (PACKAGE, "order")
    ),
    "an encoding that is not read": Wrong(
        described("events", lambda t: t.update(encoding="koi8-r")), (PACKAGE, "encoding", "cp1251")
    ),
    "a field with an unknown rule": Wrong(
        described("events", lambda t: field_of(t, "date")["constraints"].update(minLength=3)), (PACKAGE, "minLength")
    ),
    "a pattern for a day": Wrong(
        described("events", lambda t: field_of(t, "date")["constraints"].update(pattern="x")), (PACKAGE, "pattern")
    ),
    "a pattern that is none": Wrong(
        described("events", lambda t: field_of(t, "event_id")["constraints"].update(pattern="(")),
        (PACKAGE, "regular expression"),
    ),
    "a spelling that means two categories": Wrong(
        described("events", lambda t: field_of(t, "oblast")["categories"][0].update(alternatives=["BISHKEK city"])),
        (PACKAGE, "'events'", "several categories", "KG-B, KG-GB"),
    ),
    "a heading that means two columns": Wrong(
        described("events", lambda t: field_of(t, "kind").update(alternatives=["Date"])),
        (PACKAGE, "'events'", "several columns", "date, kind"),
    ),
    "a field of an unknown type": Wrong(
        described("events", lambda t: field_of(t, "date").update(type="datetime")), (PACKAGE, "type", "'date'")
    ),
    "a table without disclosure class": Wrong(
        described("events", lambda t: t.pop("disclosure")), (PACKAGE, "disclosure")
    ),
    "a table of an unknown class": Wrong(
        described("events", lambda t: t.update(disclosure="public")), (PACKAGE, "'events'", "'public'", "victims")
    ),
    "a foreign key to no table": Wrong(
        described("events", referring_to("partners")), (PACKAGE, "'events'", "'organisation_id'")
    ),
    "a foreign key to no table, which a sheet looks through": Wrong(
        described("attendance", referring_to("meetings")), (PACKAGE, "'attendance'", "'event_id'")
    ),
    "a foreign key that is no field": Wrong(
        described("events", lambda t: t["schema"]["foreignKeys"][0].update(fields=["partner"])),
        (PACKAGE, "'events'", "'partner'"),
    ),
    "a foreign key to another field than the key": Wrong(
        described("events", lambda t: t["schema"]["foreignKeys"][0]["reference"].update(fields=["name"])),
        (PACKAGE, "'events'", "'organisation_id'"),
    ),
    "a primary key not unique": Wrong(
        described("events", lambda t: field_of(t, "event_id")["constraints"].pop("unique")),
        (PACKAGE, "'events'", "'event_id'", "unique"),
    ),
    "a primary key not required": Wrong(
        described("events", lambda t: field_of(t, "event_id")["constraints"].pop("required")),
        (PACKAGE, "'events'", "'event_id'", "required"),
    ),
    "a primary key that is no field": Wrong(
        described("events", lambda t: t["schema"].update(primaryKey=["id"])), (PACKAGE, "'events'", "'id'")
    ),
    "no primary key": Wrong(described("events", lambda t: t["schema"].pop("primaryKey")), (PACKAGE, "primaryKey")),
    "two fields with one name": Wrong(
        described("expenditures", lambda t: t["schema"]["fields"].append(field_of(t, "line"))),
        (PACKAGE, "'expenditures'", "same name"),
    ),
    "two tables with one name": Wrong(
        described("expenditures", lambda t: t.update(name="premises")), (PACKAGE, "same name")
    ),
    "two categories with one value": Wrong(
        described("events", lambda t: field_of(t, "kind")["categories"].append({"value": "Advocacy", "label": "more"})),
        (PACKAGE, "same value"),
    ),
    "categories of a number": Wrong(
        described(
            "attendance", lambda t: field_of(t, "participants").update(categories=[{"value": "1", "label": "one"}])
        ),
        (PACKAGE, "categories"),
    ),
    "an order of what is no date": Wrong(
        replaced("rules.toml", 'then = "end"', 'then = "place"'), ("rules.toml", "'premises'", "'place'", "date")
    ),
    "tables that refer to each other in a circle": Wrong(
        described("organisations", referring_in_a_circle), (PACKAGE, "circle", "events", "organisations")
    ),
}

WRONG_SHEETS = {
    "no sheets": Wrong(removed("indicators"), ("indicators", "no reference sheet")),
    "a sheet that is not TOML": Wrong(replaced(EVENTS, "definition =", "definition"), (EVENTS, "not TOML")),
    "a sheet with an unknown key": Wrong(replaced(EVENTS, "notes =", "remarks ="), (EVENTS, "'remarks'")),
    "a sheet without a definition": Wrong(
        replaced(EVENTS, "definition =", "# definition ="), (EVENTS, "'definition' is missing")
    ),
    "a calculation with an unknown key": Wrong(
        replaced(EVENTS, 'date = "date"', 'date = "date"\ngroup = "kind"'), (EVENTS, "group")
    ),
    "a calculation without a date": Wrong(replaced(EVENTS, 'date = "date"', ""), (EVENTS, "date", "missing")),
    "an unknown measure": Wrong(
        replaced(EVENTS, 'measure = "count"', 'measure = "cuont"'), (EVENTS, "'cuont'", "count, sum")
    ),
    "an unknown level": Wrong(
        replaced(EVENTS, 'level = "output"', 'level = "impact"'), (EVENTS, "'level'", "'outcome'")
    ),
    "an unknown table": Wrong(
        replaced(EVENTS, 'table = "events"', 'table = "meetings"'), ("indicators", "1.1", "'meetings'", "events")
    ),
    "an unknown column of dates": Wrong(
        replaced(EVENTS, 'date = "date"', 'date = "day"'), ("indicators", "1.1", "'day'", "'events'")
    ),
    "an unknown column to add up": Wrong(
        replaced("indicators/1.2-participants.toml", 'column = "participants"', 'column = "people"'),
        ("indicators", "1.2", "'people'"),
    ),
    "a column of words to add up": Wrong(
        replaced("indicators/1.2-participants.toml", 'column = "participants"', 'column = "sex"'),
        ("indicators", "1.2", "'sex'", "number"),
    ),
    "a date that is none": Wrong(
        replaced(EVENTS, 'date = "date"', 'date = "kind"'), ("indicators", "1.1", "'kind'", "date")
    ),
    "an unknown person": Wrong(
        replaced(ASSISTED, 'person = "person_id"', 'person = "client"'), ("indicators", "2.2", "'client'")
    ),
    "an unknown field in where": Wrong(
        replaced(EVENTS, WHERE, 'where = { sort = "Advocacy" }'), ("indicators", "1.1", "'sort'")
    ),
    "an unknown category in where": Wrong(
        replaced(EVENTS, "AwarenessRaising", "AwarenessRasing"),
        ("indicators", "1.1", "'AwarenessRasing'", "'kind'", "AwarenessRaising"),
    ),
    "an unknown category in a numerator": Wrong(
        replaced("indicators/2.6-plans-completed.toml", '"Completed"', '"Complete"'),
        ("indicators", "2.6", "'Complete'", "Completed"),
    ),
    "an unknown condition": Wrong(
        replaced(EVENTS, WHERE, 'where = { kind = { equals = "Advocacy" } }'), (EVENTS, "equals")
    ),
    "a number for a category": Wrong(
        replaced(EVENTS, WHERE, "where = { kind = 1 }"), ("indicators", "1.1", "'kind'", "string")
    ),
    "min on a category": Wrong(
        replaced(EVENTS, WHERE, 'where = { kind = { min = "Advocacy" } }'), ("indicators", "1.1", "'kind'", "min")
    ),
    "a date condition in people": Wrong(
        replaced(ASSISTED, "where = {", "where = { date_identified = { present = true },"),
        ("indicators", "2.2", "'date_identified'", "people cannot be counted"),
    ),
    "an unknown field in disaggregate": Wrong(
        replaced(EVENTS, '"oblast"', '"region"'), ("indicators", "1.1", "'region'")
    ),
    "a disaggregation by a field without categories": Wrong(
        replaced(ASSISTED, '"oblast"', '"person_id"'), ("indicators", "2.2", "'person_id'", "categories")
    ),
    "a disaggregation by three fields": Wrong(
        replaced(EVENTS, '["oblast", "audience"]', '[["oblast", "audience", "kind"]]'), (EVENTS, "disaggregation")
    ),
    "two sheets with one code": Wrong(
        replaced(EVENTS, 'code = "1.1"', 'code = "1.2"'),
        ("1.2-participants.toml", "1.1-awareness-raising-events.toml", "'1.2'"),
    ),
    "an unknown area": Wrong(
        replaced(EVENTS, 'area = "prevention"', 'area = "prevntion"'),
        ("indicators", "1.1", "'prevntion'", "prevention"),
    ),
}

WRONG_FIGURES = {
    "no targets": Wrong(removed(TARGETS), (TARGETS, "no such file")),
    "targets with another column": Wrong(replaced(TARGETS, "rationale", "reason"), (TARGETS, "rationale")),
    "a target for an unknown indicator": Wrong(
        replaced(TARGETS, "1.1,FY2012", "9.9,FY2012"), (TARGETS, "'9.9'", "1.1")
    ),
    "a share's target in per cent": Wrong(
        replaced(TARGETS, "1.5,FY2012,0.7", "1.5,FY2012,70"), (TARGETS, "'1.5'", "0.75")
    ),
    "a table outside the folder": Wrong(
        replaced(PACKAGE, "records/events.csv", "../events.csv"), (PACKAGE, "'events'", "inside the project folder")
    ),
    "a target for a period that is none": Wrong(
        replaced(TARGETS, "1.1,FY2012", "1.1,2012"), (TARGETS, "'2012'", "FY2012")
    ),
    "a target for a year before the project": Wrong(
        replaced(TARGETS, "1.1,FY2012", "1.1,FY2011"), (TARGETS, "FY2011", "2011-10-01")
    ),
    "a target that is no number": Wrong(
        replaced(TARGETS, "1.1,FY2012,180", "1.1,FY2012,many"), (TARGETS, "row 2", "number")
    ),
    "a target below nothing": Wrong(
        replaced(TARGETS, "1.1,FY2012,180", "1.1,FY2012,-180"), (TARGETS, "row 2", "'target'")
    ),
    "a target without end": Wrong(replaced(TARGETS, "1.1,FY2012,180", "1.1,FY2012,inf"), (TARGETS, "row 2", "number")),
    "a target left empty": Wrong(replaced(TARGETS, "1.1,FY2012,180", "1.1,FY2012,"), (TARGETS, "row 2", "'target'")),
    "a target with a cell too many": Wrong(
        replaced(TARGETS, "1.1,FY2012,180", "1.1,FY2012,1,180"), (TARGETS, "row 2", "6 cells")
    ),
    "a target given twice": Wrong(replaced(TARGETS, "1.1,FY2013", "1.1,FY2012"), (TARGETS, "'1.1'", "2 entries")),
    "a published figure of an unknown indicator": Wrong(
        replaced(PUBLISHED, "1.1,2014", "9.9,2014"), (PUBLISHED, "'9.9'", "1.1")
    ),
    "a published figure with a bad date": Wrong(
        replaced(PUBLISHED, "1.1,2014-12-31", "1.1,31.12.2014"), (PUBLISHED, "row 2", "2014-12-31")
    ),
    "a published figure as of a week": Wrong(
        replaced(PUBLISHED, "1.1,2014-12-31", "1.1,2014-W52-3"), (PUBLISHED, "row 2", "2014-12-31")
    ),
    "a published figure that is no number": Wrong(
        replaced(PUBLISHED, ",935,", ",nearly 935,"), (PUBLISHED, "row 2", "number")
    ),
    "a published figure with another hedge": Wrong(
        replaced(PUBLISHED, "nearly", "almost"), (PUBLISHED, "row 2", "'hedge'", "'nearly'")
    ),
    "published.csv without rows or columns": Wrong(written(PUBLISHED, ""), (PUBLISHED, "columns")),
}

WRONG_PROJECTS = WRONG_FACTS | WRONG_TABLES | WRONG_SHEETS | WRONG_FIGURES


def in_every_row(found):
    return [found[0], *(row + ",SECRET-7731" for row in found[1:])]


def without_its_first_row(found):
    return found[1:]


def wrong_cell(table, column, row, text="SECRET-7731", *says):
    return Wrong(cells(table, column, {row: text}), (records(table), *says), row, column, text)


WRONG_CELLS = {
    "a key that does not resolve": wrong_cell("services", "person_id", 7, "SECRET-7731", "'victims'"),
    "a key that does not resolve, last row": wrong_cell(
        "assessments", "organisation_id", 41, "SECRET-7731", "'organisations'"
    ),
    "a duplicated key": Wrong(
        cells("consultations", "consultation_id", {5: "SECRET-7731", 9: "SECRET-7731"}),
        (records("consultations"), "unique"),
        9,
        "consultation_id",
    ),
    "a duplicated key of people": Wrong(
        cells("victims", "person_id", {5: "SECRET-7731", 9: "SECRET-7731"}),
        (records("victims"), "unique"),
        9,
        "person_id",
    ),
    "a non-number": wrong_cell("attendance", "participants", 4, "SECRET-7731", "whole number"),
    "a half participant": wrong_cell("attendance", "participants", 4, "7731.5", "whole number"),
    "negative participants": wrong_cell("attendance", "participants", 4, "-7731", "at least 1"),
    "a number with a blank": wrong_cell("attendance", "participants", 4, "7 731", "whole number"),
    "a decimal comma": wrong_cell("assessments", "score", 5, "41,7731", "number such as 1200.50"),
    "a number with too many decimals": wrong_cell("assessments", "score", 5, "41.77311", "4 decimal places"),
    "a number with an exponent": wrong_cell("assessments", "score", 5, "7.731e1", "number"),
    "a number in digits of another script": wrong_cell("assessments", "score", 5, "٧٧", "number"),
    "not a number as pandas writes it": wrong_cell("assessments", "score", 5, "NaN", "number"),
    "a score above 100": wrong_cell("assessments", "score", 5, "7731.5", "at most 100"),
    "a score below 0": wrong_cell("assessments", "score", 5, "-7731.5", "at least 0"),
    "a date as 31.12.2014": wrong_cell("events", "date", 6, "31.12.2014", "day such as 2014-12-31"),
    "a date as 12/31/2014": wrong_cell("events", "date", 6, "12/31/2014", "day such as 2014-12-31"),
    "a date with a time": wrong_cell("events", "date", 6, "2014-12-30 00:00:00", "time of day", "read as the day"),
    "a date that the calendar does not have": wrong_cell("events", "date", 6, "2014-02-30", "day such as 2014-12-31"),
    "a date of the year 204": wrong_cell("events", "date", 6, "0204-12-30", "day such as 2014-12-31"),
    "a date in digits of another script": wrong_cell("events", "date", 6, "201٤-12-30", "day such as 2014-12-31"),
    "premises given back before they were provided": wrong_cell("premises", "end", 3, "1999-01-01", "before 'start'"),
    "a plan closed before it was started": wrong_cell("plans", "closed", 8, "1999-01-01", "before 'started'"),
    "an unknown category": wrong_cell("victims", "exploitation", 12, "SECRET-7731", "must be one of", "ForcedLabour"),
    "a category in small letters": wrong_cell("victims", "sex", 12, "feMINine", "not spelt", "as it was meant"),
    "a category with a blank behind": wrong_cell("victims", "sex", 12, "Feminine ", "not spelt"),
    "an empty required cell": wrong_cell("events", "date", 6, "", "must not be empty"),
    "an empty foreign key": wrong_cell("services", "person_id", 7, "", "must not be empty"),
    "a boolean 'yes'": wrong_cell("questionnaires", "aware_before", 10, "yes", "must be true or false"),
    "a boolean as a number": wrong_cell("questionnaires", "aware_before", 10, "7731", "must be true or false"),
}

REPAIRED_CELLS = ("a date with a time", "a category in small letters", "a category with a blank behind")
VICTIMS, SCORES, PREMISES = records("victims"), records("assessments"), records("premises")

WRONG_FILES = {
    "a missing file": Wrong(removed(VICTIMS), (VICTIMS, "no such file", "datapackage.json")),
    "an empty file": Wrong(written(VICTIMS, ""), (VICTIMS, "empty", "names the columns")),
    "a header only": Wrong(lines("victims", lambda found: found[:1]), (VICTIMS, "no rows", "mayBeEmpty")),
    "a missing column": Wrong(
        line("assessments", 1, lambda row: row.replace(",score", "")), (SCORES, "'score'", "missing"), column="score"
    ),
    "a misspelt column": Wrong(
        line("assessments", 1, lambda row: row.replace("score", "SECRET-7731")),
        (SCORES, "'score'", "missing"),
        column="score",
    ),
    "an extra column": Wrong(
        lines("assessments", lambda found: [found[0] + ",SECRET-7731", *(row + "," for row in found[1:])]),
        (SCORES, "column F", "score"),
    ),
    "a column twice": Wrong(
        lines("assessments", lambda found: [found[0] + ",score", *(row + ",SECRET-7731" for row in found[1:])]),
        (SCORES, "column F", "twice"),
    ),
    "no row of column names": Wrong(
        lines("victims", without_its_first_row), (VICTIMS, "person_id", "names the columns"), secret="P0001"
    ),
    "too many cells in every row": Wrong(
        lines("assessments", in_every_row), (SCORES, "none of the table's rows can be used")
    ),
    "cp1251 bytes": Wrong(
        encoded(records("organisations"), "cp1251", "Partner", "Партнёр SECRET-7731"),
        (records("organisations"), "UTF-8"),
    ),
    "cp1251 bytes far down": Wrong(
        encoded(records("consultations"), "cp1251", "C13390", "Ж13390"),
        (records("consultations"), "UTF-8"),
        secret="13390",
    ),
    "an unclosed quote": Wrong(
        line("assessments", 9, lambda row: row.replace(",", ',"SECRET-7731 ', 1)), (SCORES, "quotation mark"), row=9
    ),
    "an unclosed quote in the last row": Wrong(
        line("assessments", 41, lambda row: row.replace(",", ',"SECRET-7731 ', 1)), (SCORES, "quotation mark"), row=41
    ),
    "a workbook by the name of a table": Wrong(
        written(VICTIMS, b"PK\x03\x04\x14\x00\x06\x00\x08\x00SECRET-7731\xff\xfe\x00"), (VICTIMS,)
    ),
}

WRONG_ROWS = {  # held back, each with its own finding
    "too many cells in the first row": Wrong(
        line("assessments", 2, lambda row: row + ",SECRET-7731"), (SCORES, "cells"), row=2
    ),
    "too many cells in a row": Wrong(
        line("assessments", 9, lambda row: row + ",SECRET-7731"), (SCORES, "cells"), row=9
    ),
    "too many cells in the last row": Wrong(
        line("assessments", 41, lambda row: row + ",SECRET-7731"), (SCORES, "cells"), row=41
    ),
    "too few cells in a row": Wrong(
        line("assessments", 9, lambda row: row.rsplit(",", 1)[0]), (SCORES,), row=9, secret="SECRET"
    ),
    "too few cells where the last may be empty": Wrong(
        line("premises", 3, lambda row: row.rsplit(",", 1)[0]), (PREMISES,), row=3, secret="SECRET"
    ),
    "a row cut off in the middle": Wrong(
        line("follow_ups", 9, lambda row: "SECRET-7731," + ",".join(row.split(",")[1:3])),
        (records("follow_ups"),),
        row=9,
    ),
}

ONCE_WRONG_FILES = {  # read all the same
    "semicolons for commas": Wrong(
        lines("assessments", lambda found: [row.replace(",", ";") for row in found]),
        (SCORES, "semicolons"),
        secret="41.9",
    ),
    "a blank line": Wrong(line("assessments", 9, lambda row: ""), (SCORES,), row=9),
    "a blank line at the end": Wrong(lines("assessments", lambda found: found + [""]), (SCORES,), row=42),
    "a row of commas": Wrong(line("assessments", 9, lambda row: ",,,,"), (SCORES,), row=9),
    "UTF-16": Wrong(encoded(VICTIMS, "utf-16"), (VICTIMS, "UTF-8"), secret="P0001"),
}

WRONG_RECORDS = WRONG_CELLS | WRONG_ROWS | WRONG_FILES


def refused(folder, wrong):
    """What is said of the shipped project with this wrong thing in it, without the place of the folder."""
    project = copied(folder / "project", wrong.change)
    with pytest.raises(ctanalysis.Refused) as refusal:
        read(load(project))
    return str(refusal.value).replace(str(project), "project")


def check_said(message, wrong):
    """The message names what it must, in words that are not a programmer's."""
    for words in wrong.names:
        assert words in message
    for words in OF_PROGRAMMERS:
        assert words not in message
    assert message.strip().endswith((".", "'."))


def check_place(message, wrong):
    """The message names the row as a spreadsheet shows it and the column, and does not hold the cell's text."""
    check_said(message, wrong)
    if wrong.row:
        assert re.search(rf"\brows? (\d+, )*{wrong.row}\b", message), message
    if wrong.column:
        assert f"'{wrong.column}'" in message
    if wrong.secret:
        assert wrong.secret not in message


@pytest.mark.parametrize("wrong", WRONG_PROJECTS.values(), ids=WRONG_PROJECTS)
def test_a_wrong_project_is_refused_with_the_file_and_what_is_wrong(wrong, tmp_path):
    """A fault in the facts, tables, sheets or figures of a project is told with its file and its name."""
    check_said(refused(tmp_path, wrong), wrong)


def surveyed(folder, wrong):
    """The Records of the shipped project with this wrong thing in it."""
    return survey(load(copied(folder / "project", wrong.change)))


def acted_on(found, path):
    """The findings about a file that change what is counted."""
    return [finding for finding in (*found.of(HELD_BACK), *found.of(REPAIRED)) if finding.path == path]


def check_finding(finding, found, wrong):
    """The finding names the place as a spreadsheet shows it and holds no cell; the row is held back, or used if it was repaired."""
    check_place(str(finding), wrong)
    if wrong.column:
        assert finding.field == wrong.column and re.fullmatch("[A-Z]+", finding.column)
    places = found.places[finding.table]
    held = set(places.loc[places["held"], "row"])
    assert held == (set(finding.rows) if finding.severity == HELD_BACK else set())
    assert len(found[finding.table]) == len(places) - len(held)


@pytest.mark.parametrize("name, wrong", WRONG_CELLS.items(), ids=WRONG_CELLS)
def test_a_wrong_cell_is_one_finding_with_its_place_and_without_its_text(name, wrong, tmp_path):
    """One wrong cell is one finding with file, row and column, and holds its row back or is repaired; rows that name a held-back row are held with it."""
    found = surveyed(tmp_path, wrong)
    [finding] = acted_on(found, wrong.names[0])
    assert finding.severity == (REPAIRED if name in REPAIRED_CELLS else HELD_BACK)
    check_finding(finding, found, wrong)
    assert {other.rule for other in found.of(HELD_BACK)} <= {finding.rule, "held back key", "key"}


@pytest.mark.parametrize("wrong", WRONG_ROWS.values(), ids=WRONG_ROWS)
def test_a_row_of_the_wrong_length_is_held_back_alone(wrong, tmp_path):
    """A row with a cell too many or too few is held back with its number, and not told a second time for what its cells then say."""
    found = surveyed(tmp_path, wrong)
    [finding] = acted_on(found, wrong.names[0])
    check_finding(finding, found, wrong)


@pytest.mark.parametrize("wrong", ONCE_WRONG_FILES.values(), ids=ONCE_WRONG_FILES)
def test_a_file_saved_in_another_way_is_read_to_the_same_rows(wrong, tmp_path):
    """Semicolons, UTF-16 and empty rows change nothing: the same rows, less those that were emptied, and nothing held back."""
    found, before = surveyed(tmp_path, wrong), survey(load(SHIPPED))
    assert not acted_on(found, wrong.names[0])
    [table] = {name for name, places in before.places.items() if places["path"].iloc[0] == wrong.names[0]}
    emptied = 1 if wrong.row and wrong.row <= len(before[table]) + 1 else 0
    kept = before[table].drop(index=wrong.row - 2).reset_index(drop=True) if emptied else before[table]
    assert found[table].equals(kept)


@pytest.mark.parametrize("wrong", WRONG_FILES.values(), ids=WRONG_FILES)
def test_a_wrong_file_of_records_is_refused_with_the_place_and_without_what_it_says(wrong, tmp_path):
    """A fault in a file's shape is told with the file, and the row where there is one, but never with what a row says."""
    check_place(refused(tmp_path, wrong), wrong)


def test_wrong_cells_in_several_tables_are_told_together(tmp_path):
    """Whoever puts records right hears of every table's faults at once, not of one a run."""

    def change(folder):
        cells("events", "date", {6: "SECRET-7731"})(folder)
        cells("victims", "sex", {12: "SECRET-7731", 14: "SECRET-7731"})(folder)
        cells("attendance", "participants", {4: "SECRET-7731"})(folder)

    message = "\n".join(map(str, surveyed(tmp_path, Wrong(change, ())).of(HELD_BACK)))
    assert re.search(r"events\.csv, column B 'date', row 6:", message)
    assert re.search(r"victims\.csv, column D 'sex', rows 12, 14:", message)
    assert re.search(r"attendance\.csv, column E 'participants', row 4:", message)
    assert "SECRET" not in message


def test_files_that_cannot_be_read_are_told_together(tmp_path):
    """Two files at fault are two sentences of one refusal."""

    def change(folder):
        WRONG_FILES["an empty file"].change(folder)
        WRONG_FILES["a missing column"].change(folder)

    message = refused(tmp_path, Wrong(change, ()))
    assert VICTIMS in message and SCORES in message and len(message.splitlines()) == 2


def test_a_column_that_is_wrong_throughout_is_one_finding(tmp_path):
    """A column that is wrong from top to bottom is said to be so; the table then has no row that can be used, and the run is refused."""
    wrong = Wrong(cells("assessments", "score", dict.fromkeys(range(2, 42), "SECRET-7731")), ())
    [finding] = acted_on(surveyed(tmp_path, wrong), SCORES)
    assert finding.whole and "all 40 filled cells, rows 2 to 41" in str(finding)
    assert "none of the table's rows can be used" in refused(tmp_path / "again", wrong)


def test_many_wrong_cells_make_a_short_message(tmp_path):
    """Of many rows the first are named, and how many more there are."""
    message = str(
        acted_on(
            surveyed(tmp_path, Wrong(cells("assessments", "score", dict.fromkeys(range(2, 41), "SECRET-7731")), ())),
            SCORES,
        )[0]
    )
    assert "rows 2, 3, 4, 5, 6 and 34 more" in message


def test_rows_that_name_a_row_held_back_are_held_back_with_it_and_say_so(tmp_path):
    """A person whose row is held back is not lost in silence: every service of that person says why it is not counted."""
    found = surveyed(tmp_path, Wrong(cells("victims", "sex", {2: "SECRET-7731"}), ()))
    services = [finding for finding in found.of(HELD_BACK) if finding.path == records("services")]
    assert [finding.rule for finding in services] == ["held back key"] and "table 'victims'" in str(services[0])
    used = {key for key in found["services"]["person_id"]}
    assert "P0001" not in used and len(found["services"]) + len(services[0].rows) == len(found.places["services"])


def test_evaluate_refuses_what_reading_refuses(tmp_path):
    """The one call of an evaluator refuses a file that cannot be read with the same words."""
    project = copied(tmp_path / "project", removed(VICTIMS))
    with pytest.raises(ctanalysis.Refused, match=r"victims\.csv: there is no such file"):
        ctanalysis.evaluate("FY2015Q1", project)


@pytest.mark.parametrize("folder", ["nowhere", "records", "data/project.toml"])
def test_a_folder_that_is_no_project_is_refused(folder, tmp_path):
    """A folder that is not there, one of another kind, and a file are no project folders."""
    shutil.copytree(SHIPPED, tmp_path / "data")
    (tmp_path / "records").mkdir()
    with pytest.raises(ctanalysis.Refused, match="not a project folder"):
        load(tmp_path / folder)


# The command line.


def everything_in(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*"))


def run(*arguments):
    """python -m ctanalysis as the Makefile calls it."""
    return subprocess.run(
        [sys.executable, "-m", "ctanalysis", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def check_refused(result, *says):
    assert result.returncode == 2
    for words in says:
        assert words in result.stderr
    assert "Traceback" not in result.stderr and "Warning" not in result.stderr
    assert result.stdout == ""


ON_THE_COMMAND_LINE = [
    "no project folder",
    "project.toml with an unknown key",
    "a sheet with an unknown key",
    "an unknown table",
    "a target for an unknown indicator",
    "a foreign key to no table, which a sheet looks through",
    "a missing file",
    "a missing column",
    "too many cells in every row",
    "cp1251 bytes",
]


@pytest.mark.parametrize(
    "name",
    [*ON_THE_COMMAND_LINE[:4], *(pytest.param(name, marks=pytest.mark.long) for name in ON_THE_COMMAND_LINE[4:])],
)
def test_the_command_says_what_is_wrong_and_makes_nothing(name, tmp_path):
    """The command ends with status 2 and the sentence, without a traceback, and leaves the folder as it was."""
    wrong = (WRONG_PROJECTS | WRONG_RECORDS)[name]
    project = copied(tmp_path / "project", wrong.change)
    before = everything_in(project)
    result = run("report", "-p", "period", "FY2015Q1", "-p", "project", str(project))
    check_refused(result, *wrong.names)
    assert "SECRET" not in result.stderr
    assert everything_in(project) == before
    assert not (project / "reports").exists()


def test_the_command_refuses_a_misspelt_parameter():
    """A parameter that the notebooks do not have is refused with those that they have."""
    check_refused(run("report", "-p", "perod", "FY2015Q1"), "'perod'", "period", "project")


def test_the_command_refuses_an_unknown_period():
    """A period of another form is refused with the reason and the legal forms."""
    check_refused(run("report", "-p", "period", "2015Q1"), "'2015Q1'", "calendar or a fiscal year", "FY2014H1 (a half)")


IN_PROCESS = [
    "project that ends before it starts",
    "a table of an unknown class",
    "an unknown category in where",
    "a published figure with a bad date",
    "a header only",
    "an extra column",
    "an unclosed quote",
    "a workbook by the name of a table",
    "cp1251 bytes",
]


@pytest.mark.parametrize("name", IN_PROCESS)
def test_the_command_in_process_says_what_is_wrong(name, tmp_path, capsys):
    """Called from Python, the command returns 2 and writes the sentence where errors belong."""
    wrong = (WRONG_PROJECTS | WRONG_RECORDS)[name]
    project = copied(tmp_path / "project", wrong.change)
    before = everything_in(project)
    assert main(["report", "-p", "period", "FY2015Q1", "-p", "project", str(project)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and all(words in said.err for words in wrong.names)
    assert everything_in(project) == before


@pytest.mark.parametrize(
    "period", ["FY2015Q2", "FY2015H1", "FY2015", "FY2011", "FY2016", "FY2015Q5", "fy2015q1", "last"]
)
def test_the_command_in_process_refuses_periods(period, tmp_path, capsys):
    """Asked for a period that may not be reported, the command says so and makes no report."""
    project = copied(tmp_path / "project", lambda folder: None)
    assert main(["report", "-p", "period", period, "-p", "project", str(project)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and period in said.err and "Legal forms" in said.err
    assert not (project / "reports").exists()


@pytest.mark.parametrize("command", ["report", "reports"])
def test_every_command_refuses_a_misspelt_parameter(command, capsys):
    """No command passes over a parameter that it does not know: perod FY2014Q1 is not the last quarter."""
    assert main([command, "-p", "perod", "FY2014Q1"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "'perod'" in said.err and "period" in said.err


def test_a_parameter_without_a_value_is_refused_with_the_usage(capsys):
    """A parameter is a name and a value; without the value the command shows how it is written."""
    with pytest.raises(SystemExit) as stopped:
        main(["report", "-p", "period"])
    assert stopped.value.code == 2
    assert "-p NAME VALUE" in capsys.readouterr().err


def test_a_folder_without_fault_is_not_refused(tmp_path):
    """The copy with nothing changed is accepted, so that it is the change that is refused in these tests."""
    project = copied(tmp_path / "project", lambda folder: None)
    assert read(load(project))
    assert load(project).calendar.parse("FY2014").label == "FY2014"
