"""What was found in the records: on the screen, in findings.csv, in the marked workbooks; and what never is in any of them.

A small project of three tables is written with one mistake of each kind. What must come out is
written here in full.
"""

import csv
import dataclasses
import datetime
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctanalysis import Refused, project
from ctanalysis.intake import datacheck
from ctanalysis.intake.datacheck import copies, listing, writing
from ctanalysis.records import HELD_BACK, LOOK, REPAIRED, UNREAD, Finding, Records
from tests.conftest import command
from tests.generators import small
from tests.generators.wrong import SHIPPED

PEOPLE = [
    {
        "name": "person_id",
        "type": "string",
        "title": "code",
        "sensitive": True,
        "constraints": {"required": True, "unique": True, "pattern": "P-[0-9]+"},
    },
    {"name": "name", "type": "string", "title": "full name", "sensitive": True},
    {
        "name": "sex",
        "type": "string",
        "title": "sex",
        "categories": [{"value": "F", "label": "female"}, {"value": "M", "label": "male"}],
    },
    {
        "name": "oblast",
        "type": "string",
        "title": "oblast",
        "categories": [{"value": "OSH", "label": "Ош"}, {"value": "BAT", "label": "Баткен"}],
    },
    {"name": "age", "type": "integer", "title": "age", "constraints": {"minimum": 0, "maximum": 120}},
    {"name": "remarks", "type": "string", "title": "remarks"},
]
VISITS = [
    {"name": "visit_id", "type": "string", "title": "visit", "constraints": {"required": True, "unique": True}},
    {"name": "day", "type": "date", "title": "day of the visit"},
    {"name": "who", "type": "string", "title": "visitor"},  # a key of people: their codes stand here, too
    {"name": "hours", "type": "number", "title": "hours"},
    {"name": "purpose", "type": "string", "title": "purpose"},
]
PLACES = [
    {"name": "place_id", "type": "string", "title": "place", "constraints": {"required": True, "unique": True}},
    {"name": "opened", "type": "date", "title": "opened"},
    {"name": "rooms", "type": "integer", "title": "rooms"},
]
PEOPLE_CSV = """code;full name;sex;oblast;age;remarks
P-1;Azamat Uulu;M;Ош;34;
P-2;Begimai Kyzy;F;Oш;<5;=HYPERLINK("http://x.example","see")
P-3;Chynara Kyzy;woman;Баткен;41;+cmd|' /C calc'!A0
;Daniyar Uulu;M;Ош;200;@SUM(A1:A9)
P-5;Elmira;Kyzy;F;Ош;28;
P-6;Farida Kyzy;F;Баткен;130
"""
PLACES_CSV = """place_id,opened,rooms
bishkek,01.02.2014,3
osh,02.02.2014,4
naryn,03.02.2014,5
talas,04.02.2014,6
batken,05.02.2014,7
,,
total,,25
"""


def resource(name, path, fields, **more):
    schema = {"fields": fields, "primaryKey": [fields[0]["name"]]}
    return {"name": name, "path": path, "title": name, "disclosure": "open", "schema": schema | more}


@pytest.fixture
def folder(tmp_path):
    """A project folder of its own for a test that changes it."""
    return laid_out(tmp_path / "project")


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """The project folder, its Records and the folder that the check wrote, for tests that only look at them."""
    made = laid_out(tmp_path_factory.mktemp("once") / "project")
    return made, *checked(made)


def laid_out(folder):
    """A project with mistakes in a semicolon CSV of people, a workbook of their visits, and a CSV of places."""
    made = small.write(folder, "day\n2014-10-01", 'measure = "count"\ntable = "rows"\ndate = "day"')
    path = made / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"] += [
        resource("people", "records/people.csv", PEOPLE),
        resource(
            "visits",
            "records/visits",
            VISITS,
            foreignKeys=[{"fields": ["who"], "reference": {"resource": "people", "fields": ["person_id"]}}],
        ),
        resource("places", "records/places.csv", PLACES),
    ]
    path.write_text(json.dumps(package), encoding="utf-8")
    (made / "records" / "people.csv").write_text(PEOPLE_CSV, encoding="utf-8")
    (made / "records" / "places.csv").write_text(PLACES_CSV, encoding="utf-8")
    (made / "records" / "visits").mkdir()
    (made / "records" / "visits" / "centre.xlsx").write_bytes(workbook())
    (made / "records" / "visits" / "north.xlsx").write_bytes(b"\x89PNG and so on")
    return made


def workbook():
    """The workbook of a partner: a title row, a hidden row, a formula, two sheets of visits and one that is none."""
    book = openpyxl.Workbook()
    first, second, names = book.active, book.create_sheet("May"), book.create_sheet("Names")
    first.title = "April"
    first["A1"], first["A1"].font = "Visits of the centre", openpyxl.styles.Font(bold=True, size=20)
    first.merge_cells("A1:C1")
    for sheet, rows in ((first, APRIL), (second, MAY)):
        sheet.append(["visit", "day of the visit", "visitor", "hours", "purpose", ""])
        for row in rows:
            sheet.append(row)
            sheet.cell(sheet.max_row, 2).number_format = "dd/mm/yyyy"
    first.row_dimensions[4].hidden = True
    first.column_dimensions["E"].width, first.row_dimensions[1].height, first.freeze_panes = 31.5, 40, "A3"
    first["E3"].fill, first["E3"].font = (
        openpyxl.styles.PatternFill("solid", fgColor="FF00FF00"),
        openpyxl.styles.Font(color="FFFFFFFF"),
    )
    first["E5"].comment = openpyxl.comments.Comment("Chynara asked for it", "Gulnara")
    first["C6"].hyperlink = "mailto:begimai@example.org"
    names["A1"] = "Azamat Uulu"
    book.properties.creator = "Gulnara"
    book.defined_names["best"] = openpyxl.workbook.defined_name.DefinedName("best", attr_text='"Azamat Uulu"')
    made = io.BytesIO()
    book.save(made)
    return calculated(made.getvalue())


APRIL = [
    ["v1", datetime.date(2014, 4, 1), "P-1", 1.5, "advice"],
    ["v2", datetime.date(2014, 4, 2), "P-1", "=D3*2", "advice"],
    ["v3", "2 April", "P-1", "two", '=CONCATENATE("=1","+1")', "Begimai called"],
    ["v4", datetime.date(2014, 4, 4), "P-9", "=D3", "−1"],
]
MAY = [["v5", datetime.date(2014, 5, 1), "P-1", 2, "advice"], ["v5", datetime.date(2014, 5, 2), "P-1", 3, "other"]]
STORED = {"D4": "3", "E5": "=1+1"}  # what Excel stored of the formulas; of D6 it stored nothing


def calculated(data):
    """The workbook with stored values of its formulas, which openpyxl does not write."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(made, "w") as archive:
        for name in parts.namelist():
            content = parts.read(name).decode("utf-8", "surrogateescape")
            if name == "xl/worksheets/sheet1.xml":
                for cell, value in STORED.items():
                    content, times = re.subn(
                        rf'<c r="{cell}"([^>]*)><f>([^<]*)</f><v ?/>',
                        rf'<c r="{cell}" t="str"\1><f>\2</f><v>{value}</v>',
                        content,
                    )
                    assert times == 1, cell
                content, times = re.subn(r'(<c r="D6"[^>]*><f>D3</f>)<v ?/>', r"\1", content)
                assert times == 1
            archive.writestr(name, content.encode("utf-8", "surrogateescape"))
    return made.getvalue()


def checked(folder, to=None):
    """The Records of a project folder, and the folder that the check wrote."""
    to = to or folder.parent / "internal" / "check"
    return datacheck.check(project.load(folder), to), to


def parts_of(path):
    """All bytes that somebody could find in a file: its own, and for a workbook those of its parts."""
    data = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            data += b"".join(part.filename.encode() + archive.read(part) for part in archive.infolist())
    return data


def every_byte(to):
    return b"".join(parts_of(path) + path.name.encode() for path in sorted(to.rglob("*")) if path.is_file())


# What is said.


SCREEN = """\
records/rows.csv: 1 row read = 1 used + 0 held back
records/people.csv: 6 rows read = 1 used + 5 held back
records/visits/centre.xlsx, sheet 'April': 4 rows read = 2 used + 2 held back
records/visits/centre.xlsx, sheet 'May': 2 rows read = 0 used + 2 held back
records/places.csv: 6 rows read = 0 used + 6 held back
records/visits/north.xlsx: cannot be read
All files: 19 rows read = 4 used + 15 held back
cannot be read: 2 findings
held back: 13 findings in 15 rows
to be looked at: 3 findings in 2 rows
repaired: 1 finding in 1 row

cannot be read: records/visits/north.xlsx: it is no Excel workbook, whatever its name says. Send the workbook itself, saved as .xlsx.

cannot be read: records/places.csv: none of the table's rows can be used. make check says why, row by row.
held back: records/places.csv, row 8: looks like a total, not like a record. Take the row out: totals are calculated.
held back: records/places.csv, column B 'opened', all 5 filled cells, rows 2 to 6: must be a day such as 2014-12-31. Write it as 2014-12-31; \
where the whole column is written so, say "format": "%d.%m.%Y" for the field in datapackage.json.

held back: records/people.csv, row 7: has 5 cells where row 1 names 6 columns. Its end may be cut off: complete the row.
held back: records/people.csv, column A 'person_id', row 5: must not be empty. Fill the cell.
held back: records/people.csv, column C 'sex', rows 4, 6: must be one of: F, M. Correct it; \
where it is another spelling of one of them, list it in its "alternatives" in datapackage.json.
held back: records/people.csv, column D 'oblast', row 6: must be one of: OSH, BAT. Correct it; \
where it is another spelling of one of them, list it in its "alternatives" in datapackage.json.
held back: records/people.csv, column E 'age', row 5: must be at most 120. Correct it, or leave the cell empty where it is not known.
held back: records/people.csv, column E 'age', row 3: must be a whole number such as 120. A limit is no number: write the number itself, or leave the cell empty.
held back: records/people.csv, column E 'age', row 6: must be a whole number such as 120. Correct the cell.
repaired: records/people.csv, column D 'oblast', row 3: is not spelt as datapackage.json has it (a blank, a dash, a capital or a letter that looks like another), \
and was read as it was meant. Nothing; better corrected at its source.

held back: records/visits/centre.xlsx, sheet 'April', column B 'day', row 5: must be a day such as 2014-12-31. Correct the cell.
held back: records/visits/centre.xlsx, sheet 'April', column D 'hours', row 5: must be a number such as 1200.50, with at most 4 decimal places. Correct the cell.
held back: records/visits/centre.xlsx, sheet 'April', column D 'hours', row 6: is a formula without a stored value. Open the workbook in Excel, let it calculate, and save it.
held back: records/visits/centre.xlsx, sheet 'May', column A 'visit_id', rows 2, 3: must be unique, and stands in several rows that differ. \
See which of the rows is right, and give each a value of its own.
to be looked at: records/visits/centre.xlsx, sheet 'Names': the sheet has none of the table's columns, and was not read. Nothing, if it holds no records.
to be looked at: records/visits/centre.xlsx, sheet 'April', row 4: these rows are hidden in the sheet, and were read. Show them (a filter may hide them), and delete those that are not meant.
to be looked at: records/visits/centre.xlsx, sheet 'April', row 5: has filled cells beyond the last heading, which were not read. Name the column, or clear these cells."""

FINDINGS = """\
severity,table,file,sheet,row,column,field,rule,what,do
cannot be read,visits,records/visits/north.xlsx,,,,,file,"it is no Excel workbook, whatever its name says","Send the workbook itself, saved as .xlsx"
cannot be read,places,records/places.csv,,,,,file,none of the table's rows can be used,"make check says why, row by row"
held back,people,records/people.csv,,7,,,too few cells,has 5 cells where row 1 names 6 columns,Its end may be cut off: complete the row
held back,people,records/people.csv,,5,A,person_id,required,must not be empty,Fill the cell
held back,people,records/people.csv,,4,C,sex,category,"must be one of: F, M","Correct it; where it is another spelling of one of them, list it in its ""alternatives"" in datapackage.json"
held back,people,records/people.csv,,6,C,sex,category,"must be one of: F, M","Correct it; where it is another spelling of one of them, list it in its ""alternatives"" in datapackage.json"
held back,people,records/people.csv,,6,D,oblast,category,"must be one of: OSH, BAT","Correct it; where it is another spelling of one of them, list it in its ""alternatives"" in datapackage.json"
held back,people,records/people.csv,,5,E,age,maximum,must be at most 120,"Correct it, or leave the cell empty where it is not known"
held back,people,records/people.csv,,3,E,age,type,must be a whole number such as 120,"A limit is no number: write the number itself, or leave the cell empty"
held back,people,records/people.csv,,6,E,age,type,must be a whole number such as 120,Correct the cell
held back,visits,records/visits/centre.xlsx,April,5,B,day,type,must be a day such as 2014-12-31,Correct the cell
held back,visits,records/visits/centre.xlsx,April,5,D,hours,type,"must be a number such as 1200.50, with at most 4 decimal places",Correct the cell
held back,visits,records/visits/centre.xlsx,April,6,D,hours,uncalculated,is a formula without a stored value,"Open the workbook in Excel, let it calculate, and save it"
held back,visits,records/visits/centre.xlsx,May,2,A,visit_id,unique,"must be unique, and stands in several rows that differ","See which of the rows is right, and give each a value of its own"
held back,visits,records/visits/centre.xlsx,May,3,A,visit_id,unique,"must be unique, and stands in several rows that differ","See which of the rows is right, and give each a value of its own"
held back,places,records/places.csv,,8,,,total,"looks like a total, not like a record",Take the row out: totals are calculated
held back,places,records/places.csv,,2 to 6,B,opened,type,must be a day such as 2014-12-31,"Write it as 2014-12-31; where the whole column is written so, say ""format"": ""%d.%m.%Y"" for the field in datapackage.json"
to be looked at,visits,records/visits/centre.xlsx,Names,,,,unread sheet,"the sheet has none of the table's columns, and was not read","Nothing, if it holds no records"
to be looked at,visits,records/visits/centre.xlsx,April,4,,,hidden row,"these rows are hidden in the sheet, and were read","Show them (a filter may hide them), and delete those that are not meant"
to be looked at,visits,records/visits/centre.xlsx,April,5,,,no heading,"has filled cells beyond the last heading, which were not read","Name the column, or clear these cells"
repaired,people,records/people.csv,,3,D,oblast,spelling,"is not spelt as datapackage.json has it (a blank, a dash, a capital or a letter that looks like another), and was read as it was meant",\
Nothing; better corrected at its source
"""

TALLY = """\
table,file,sheet,read,used,held_back
rows,records/rows.csv,,1,1,0
people,records/people.csv,,6,1,5
visits,records/visits/centre.xlsx,April,4,2,2
visits,records/visits/centre.xlsx,May,2,0,2
places,records/places.csv,,6,0,6
"""


def test_the_screen_tells_the_rows_and_the_findings(once):
    """What is printed, word for word: each file's rows, then the findings, file after file, the most pressing first."""
    _, records, _ = once
    assert f"{datacheck.summary(records)}\n\n{datacheck.said(records)}" == SCREEN


def test_the_lists_hold_every_finding(once):
    """findings.csv and tally.csv, word for word, with the mark by which Excel knows UTF-8."""
    _, _, to = once
    assert (to / "findings.csv").read_bytes() == b"\xef\xbb\xbf" + FINDINGS.encode()
    assert (to / "tally.csv").read_bytes() == b"\xef\xbb\xbf" + TALLY.encode()


def test_the_screen_is_bounded(once):
    """Of more findings than fit, the most pressing of the first files are shown, and it is said how many are not."""
    _, records, _ = once
    lines = datacheck.said(records, most=3).split("\n")
    assert (
        lines[0].startswith("cannot be read: ")
        and lines[-1] == "... and 16 more findings in internal/check/findings.csv"
    )
    assert len([line for line in lines if line]) == 4


def tallied(*rows, findings=()):
    return Records({}, findings, pd.DataFrame(rows, columns=["table", "path", "sheet", "read", "held_back", "used"]))


def test_of_many_files_the_clean_ones_are_one_line():
    """Files with rows held back are each told, however many there are; nothing of the others' rows is lost."""
    rows = [
        ("visits", f"records/visits/{number:02}.csv", "", 100, number == 7, 100 - (number == 7)) for number in range(30)
    ]
    assert datacheck.summary(tallied(*rows)) == (
        "records/visits/07.csv: 100 rows read = 99 used + 1 held back\n"
        "29 more files without rows held back: 2,900 rows read = 2,900 used + 0 held back\n"
        "All files: 3,000 rows read = 2,999 used + 1 held back\nNothing was found."
    )
    assert len(datacheck.summary(tallied(*rows[:25])).split("\n")) == 27


def test_a_name_does_nothing_to_the_screen():
    """A file called after a terminal's commands is shown without them."""
    hostile = Finding(
        "visits", "records/\x1b[2Ja\u202e\n.csv", "", "", "", "file", UNREAD, "it is no text", "Save it again"
    )
    records = tallied(findings=(hostile,))
    for text in (datacheck.said(records), datacheck.summary(records)):
        assert text.replace("\n", "").isprintable() and "records/\ufffd[2Ja\ufffd\ufffd.csv" in text


def test_the_exit_status_tells_a_script_to_stop(once):
    """1 where something is held back or cannot be read; what is repaired or only to be looked at stops nothing."""
    _, records, _ = once
    assert datacheck.status(records) == 1
    for severities, expected in (((LOOK, REPAIRED), 0), ((HELD_BACK,), 1), ((UNREAD,), 1), ((), 0)):
        assert (
            datacheck.status(
                Records({}, tuple(finding for finding in records.findings if finding.severity in severities))
            )
            == expected
        )


# What is sent back.


RED, YELLOW, BLUE, GREY, NONE = "FFC7CE", "FFEB9C", "BDD7EE", "D9D9D9", ""
OUT = "Left out of this copy, to protect people. Correct your own file."
HERE = "What the cell says is left out of this copy, to protect people."
DAY, NUMBER = (
    "Held back: must be a day such as 2014-12-31. Correct the cell.",
    "Held back: must be a number such as 1200.50, with at most 4 decimal places. Correct the cell.",
)
TWICE = "Held back: must be unique, and stands in several rows that differ. See which of the rows is right, and give each a value of its own."
HIDDEN = "To be looked at: these rows are hidden in the sheet, and were read. Show them (a filter may hide them), and delete those that are not meant."
BEYOND = "To be looked at: has filled cells beyond the last heading, which were not read. Name the column, or clear these cells."
STORE = "Held back: is a formula without a stored value. Open the workbook in Excel, let it calculate, and save it."
CENTRE = {  # of every cell with a mark, a comment, or a value left out: value, colour, comment
    "April": {
        "C2": ("visitor", NONE, OUT),
        "C3": (None, GREY, ""),
        "C4": (None, YELLOW, ""),
        "C6": (None, GREY, ""),
        "A4": ("v2", YELLOW, HIDDEN),
        "B4": (datetime.datetime(2014, 4, 2), YELLOW, ""),
        "A5": (None, YELLOW, f"{BEYOND}\n\n{HERE}"),
        "B5": (None, RED, f"{DAY}\n\n{HERE}"),
        "C5": (None, YELLOW, ""),
        "D5": (None, RED, f"{NUMBER}\n\n{HERE}"),
        "E5": (None, GREY, ""),
        "F5": (None, GREY, ""),
        "D6": (None, RED, STORE),
    },
    "May": {
        "A2": ("v5", RED, TWICE),
        "A3": ("v5", RED, TWICE),
        "C1": ("visitor", NONE, OUT),
        "C2": (None, GREY, ""),
        "C3": (None, GREY, ""),
    },
}
SEX = f"Held back: must be one of: F, M. Correct it.\n\n{HERE}"
PEOPLE_MARKS = {
    "A1": ("code", NONE, OUT),
    "B1": ("full name", NONE, OUT),
    "A2": (None, GREY, ""),
    "B2": (None, GREY, ""),
    "A3": (None, GREY, ""),
    "B3": (None, GREY, ""),
    "D3": (
        "Oш",
        BLUE,
        "Repaired: is not spelt as the project has it (a blank, a dash, a capital or a letter that looks like another), and was read as it was meant. "
        "Nothing; better corrected at its source.",
    ),
    "E3": (
        None,
        RED,
        f"Held back: must be a whole number such as 120. A limit is no number: write the number itself, or leave the cell empty.\n\n{HERE}",
    ),
    "A4": (None, GREY, ""),
    "B4": (None, GREY, ""),
    "C4": (None, RED, SEX),
    "A5": (None, RED, "Held back: must not be empty. Fill the cell."),
    "B5": (None, GREY, ""),
    "C5": (None, GREY, ""),
    "D5": (None, GREY, ""),
    "E5": (
        None,
        RED,
        f"Held back: must be at most 120. Correct it, or leave the cell empty where it is not known.\n\n{HERE}",
    ),
    "F5": (None, GREY, ""),
    "A6": (None, GREY, ""),
    "B6": (None, GREY, ""),
    "C6": (None, RED, SEX),
    "D6": (None, RED, SEX.replace("F, M", "OSH, BAT")),
    "E6": (None, RED, f"Held back: must be a whole number such as 120. Correct the cell.\n\n{HERE}"),
    "F6": (None, GREY, ""),
    "A7": (
        None,
        RED,
        f"Held back: has 5 cells where row 1 names 6 columns. Its end may be cut off: complete the row.\n\n{HERE}",
    ),
    "B7": (None, RED, ""),
    "C7": (None, RED, ""),
    "D7": (None, GREY, ""),
    "E7": (None, GREY, ""),
}
PLAIN = {  # what no finding names stands there as it is, what looks like a formula too
    "C2": "M",
    "D2": "Ош",
    "E2": "34",
    "C3": "F",
    "F3": '=HYPERLINK("http://x.example","see")',
    "D4": "Баткен",
    "E4": "41",
    "F4": "+cmd|' /C calc'!A0",
    "C1": "sex",
    "D1": "oblast",
    "E1": "age",
    "F1": "remarks",
}


def sent_back(to, name):
    return openpyxl.load_workbook(to / "send-back" / name)


def seen(cell, without=()):
    """Value, colour and comment of a cell; a colour that is the partner's own is none."""
    colour = cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else NONE
    return cell.value, NONE if colour in without else colour, cell.comment.text if cell.comment else ""


def cells_of(sheet):
    return [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None or cell.fill.fill_type or cell.comment
    ]


UNCHECKED = {
    ("April", 6)
}  # held back for a formula without a value; its other cells were not looked into, so any may be a name


def test_a_workbook_comes_back_marked(once):
    """Marks and comments are where the findings are, and nowhere else; a formula is the text or number that was read of it."""
    folder, _, to = once
    book = sent_back(to, "centre.xlsx")
    original = openpyxl.load_workbook(folder / "records/visits/centre.xlsx", data_only=True)
    assert book.sheetnames == ["Findings", "April", "May"]
    for name, marked in CENTRE.items():
        for cell in cells_of(book[name]):
            there = original[name][cell.coordinate]
            alone = (
                (None, "D9D9D9", "")
                if (name, cell.row) in UNCHECKED and there.value is not None
                else (there.value, NONE, "")
            )
            assert seen(cell, ("00FF00",)) == marked.get(cell.coordinate, alone), (name, cell.coordinate)
        assert {cell.coordinate for cell in cells_of(book[name])} >= marked.keys() | {
            cell.coordinate for cell in cells_of(original[name])
        } - {"E5"}
    assert (book["April"]["D4"].value, book["April"]["D4"].data_type) == ("3", "s")


def test_a_workbook_keeps_its_look(once):
    """Widths, heights, the title across columns, frozen rows and formats are the partner's; only what was hidden is shown."""
    folder, _, to = once
    sheet, original = (
        sent_back(to, "centre.xlsx")["April"],
        openpyxl.load_workbook(folder / "records/visits/centre.xlsx", data_only=True)["April"],
    )
    assert (sheet.column_dimensions["E"].width, sheet.row_dimensions[1].height, sheet.freeze_panes) == (31.5, 40, "A3")
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:C1"] and not sheet.row_dimensions[4].hidden
    for cell in cells_of(original):
        mine = sheet[cell.coordinate]
        if cell.coordinate not in CENTRE["April"] and ("April", cell.row) not in UNCHECKED:
            assert (mine.number_format, mine.font.b, mine.font.sz, mine.font.name, mine.fill.fgColor.rgb) == (
                cell.number_format,
                cell.font.b,
                cell.font.sz,
                cell.font.name,
                cell.fill.fgColor.rgb,
            ), cell.coordinate
    assert sheet["A1"].font.b and sheet["A1"].font.sz == 20 and sheet["B4"].number_format == "dd/mm/yyyy"
    assert sheet["E3"].font.color.rgb == "FFFFFFFF" and sheet["E3"].fill.fgColor.rgb == "FF00FF00"


def test_nothing_else_of_a_workbook_travels(once):
    """No unread sheet, comment, link, name of an author or defined name, and no name of a person in any byte of any file."""
    _, _, to = once
    found = every_byte(to)
    for name in (
        "Azamat",
        "Begimai",
        "begimai",
        "Chynara",
        "Daniyar",
        "Elmira",
        "Farida",
        "Kyzy",
        "Gulnara",
        "mailto",
        "P-1",
        "P-9",
        "<f>",
        "woman",
    ):
        assert name.encode() not in found, name


def test_a_text_file_comes_back_as_a_workbook(once):
    """The same rows in the same rows, all as text, marked; a row that is or looks shifted is left out, a name may be anywhere in it."""
    _, _, to = once
    book = sent_back(to, "people.xlsx")
    assert book.sheetnames == ["Findings", "Rows"] and book["Rows"].freeze_panes == "A2"
    found = {cell.coordinate: seen(cell) for cell in cells_of(book["Rows"])}
    assert found == PEOPLE_MARKS | {place: (text, NONE, "") for place, text in PLAIN.items()}
    assert {cell.data_type for sheet in book for cell in cells_of(sheet) if cell.value is not None} == {"s"}


def test_a_column_that_is_wrong_as_a_whole_has_one_comment(once):
    """It is at the heading; the cells have the colour, and rows keep their place over an empty one."""
    _, _, to = once
    sheet = sent_back(to, "places.xlsx")["Rows"]
    assert seen(sheet["B1"]) == ("opened", RED, "Held back: must be a day such as 2014-12-31. Write it as 2014-12-31.")
    assert [seen(sheet[f"B{row}"]) for row in range(2, 7)] == [(f"0{row - 1}.02.2014", RED, "") for row in range(2, 7)]
    assert sheet["A7"].value is None and [seen(sheet[place])[:2] for place in ("A8", "B8", "C8")] == [
        ("total", RED),
        (None, RED),
        ("25", RED),
    ]


FIRST = [
    ["What was found in people.csv"],
    [
        "Please correct your own file, not this copy, and send it again. Marked cells have a comment; the cells named below are links."
    ],
    ["6 rows read = 1 used + 5 held back"],
    [],
    ["held back", "The row is not counted until this is put right."],
    ["to be looked at", "The row is counted as it is. See whether it is right."],
    ["repaired", "The row is counted as it was meant. Nothing must be done."],
    ["left out", "Filled, but left out of this copy, to protect people. It stands in your own file."],
    [],
    ["Severity", "Sheet", "Cells", "Column", "What is wrong", "What to do"],
    [
        "held back",
        "Rows",
        "row 7",
        None,
        "Has 5 cells where row 1 names 6 columns",
        "Its end may be cut off: complete the row",
    ],
    ["held back", "Rows", "A5", "code", "Must not be empty", "Fill the cell"],
    ["held back", "Rows", "C4, C6", "sex", "Must be one of: F, M", "Correct it"],
]


def test_the_first_sheet_says_what_to_do(once):
    """In the partner's words: their own headings and cells, a link to each, and nothing that only the project's staff could do."""
    _, _, to = once
    sheet = sent_back(to, "people.xlsx")["Findings"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[: len(wanted) or None] for row, wanted in zip(rows, FIRST)] == [
        wanted or [None] * 6 for wanted in FIRST
    ]
    assert [sheet.cell(row, 3).hyperlink.location for row in (11, 12, 13)] == ["'Rows'!A7", "'Rows'!A5", "'Rows'!C4"]
    assert "datapackage" not in str(rows)


def test_what_was_not_read_is_not_sent_back(once):
    """No copy of a file that cannot be read, none of a clean one."""
    _, _, to = once
    assert sorted(path.name for path in (to / "send-back").iterdir()) == ["centre.xlsx", "people.xlsx", "places.xlsx"]


def test_copies_do_not_overwrite_each_other():
    """Files of one name in several folders, or of two kinds, keep apart, also where capitals make no difference."""
    given = [
        "records/a/umed.xlsx",
        "records/b/UMED.xlsx",
        "records/c.csv",
        "records/c.xlsx",
        "records/a/d.csv",
        "records/a-c.csv",
        "records/a/c.csv",
    ]
    names = writing.names(given)
    assert names[0] == "a-umed.xlsx" and names[1] == "b-UMED.xlsx" and names[4] == "d.xlsx"
    assert len({name.casefold() for name in names}) == len(names)


def test_a_folder_of_the_same_names_comes_back_whole(folder):
    for partner in ("one", "two"):
        (folder / "records" / partner).mkdir()
        (folder / "records" / partner / "umed.csv").write_text(
            "place_id,opened,rooms\n" + f"{partner},x,1\nbatken{partner},,2\n", encoding="utf-8"
        )
    described(folder, "places", path=["records/one", "records/two"])
    _, to = checked(folder)
    for partner in ("one", "two"):
        assert sent_back(to, f"{partner}-umed.xlsx")["Rows"]["A2"].value == partner


def described(folder, table, **changes):
    """Changes the resource of a table in datapackage.json."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    next(resource for resource in package["resources"] if resource["name"] == table).update(changes)
    path.write_text(json.dumps(package), encoding="utf-8")


def test_the_same_records_give_the_same_bytes(folder, monkeypatch):
    """Also at another hour, and with another seed of hashes."""
    _, first = checked(folder)
    command = "import sys, pathlib; from ctanalysis import datacheck, project; datacheck.check(project.load(sys.argv[1]), pathlib.Path(sys.argv[2]))"
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(SHIPPED.parent), "TZ": "Asia/Bishkek"}
    subprocess.run(
        [sys.executable, "-c", command, str(folder), str(folder.parent / "again")], check=True, env=environment
    )
    again = folder.parent / "again"
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    for name in names:
        assert (first / name).read_bytes() == (again / name).read_bytes(), name
        if name.suffix == ".xlsx":
            with zipfile.ZipFile(first / name) as archive:
                assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
                assert set(re.findall(rb"\d{4}-\d\d-\d\dT[^<]*", archive.read("docProps/core.xml"))) == {
                    b"1980-01-01T00:00:00Z"
                }


def test_the_folder_is_replaced_whole_or_not_at_all(folder, monkeypatch):
    """What a failed check leaves is what there was; no file of an earlier one stays."""
    _, to = checked(folder)
    before = every_byte(to)
    monkeypatch.setattr(copies, "copied", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        checked(folder)
    assert every_byte(to) == before and [path.name for path in to.parent.iterdir()] == ["check"]
    monkeypatch.undo()
    (folder / "records" / "places.csv").write_text("place_id,opened,rooms\nosh,,1\n", encoding="utf-8")
    checked(folder)
    assert not (to / "send-back" / "places.xlsx").exists()


def test_a_file_that_changes_meanwhile_is_refused(folder):
    """Marks would be in other rows than what they are about."""
    found = project.load(folder)
    records = datacheck.check(found, folder.parent / "check")
    (folder / "records" / "people.csv").write_text("nothing;of;it\n", encoding="utf-8")
    with pytest.raises(Refused, match="people.csv: it changed while it was checked"):
        datacheck.write(found, records, folder.parent / "check")


# What is large.


def many(folder, rows):
    lines = [f"p{number},{'x' if number % 2 else '2014-01-01'},1" for number in range(rows)]
    (folder / "records" / "places.csv").write_text(
        "\n".join(["place_id,opened,rooms", *lines, ",,"]) + "\n", encoding="utf-8"
    )


def test_comments_are_capped(texts):
    """The first thousand marked cells have one, all have the colour, and the first sheet says so."""
    many(texts, 2100)
    _, to = checked(texts)
    book = sent_back(to, "places.xlsx")
    marked = [cell for cell in cells_of(book["Rows"]) if cell.fill.fill_type]
    assert len(marked) == 1050 and [bool(cell.comment) for cell in marked] == [True] * 1000 + [False] * 50
    assert "Sheet 'Rows': 1,000 cells have a comment; 50 more have the colour only." in [
        cell.value for cell in book["Findings"]["A"]
    ]


def test_of_a_long_file_only_rows_with_findings_are_copied(texts, monkeypatch):
    """Where they stand in the file, the most pressing first; the first sheet says so."""
    monkeypatch.setattr(copies, "MOST_ROWS", 3)
    many(texts, 10)
    _, to = checked(texts)
    book = sent_back(to, "places.xlsx")
    assert [row[0].row for row in book["Rows"].iter_rows() if row[0].value] == [1, 3, 5, 7]
    assert "Only 3 rows with findings are copied, in the rows where they stand in your file." in [
        cell.value for cell in book["Findings"]["A"]
    ]


def test_of_a_long_file_the_most_pressing_rows_are_copied(texts, monkeypatch):
    """A row that is held back, before rows that were repaired."""
    monkeypatch.setattr(copies, "MOST_ROWS", 3)
    lines = [f"p{number},{'never' if number > 7 else '2014-01-01 00:00'},1" for number in range(10)]
    (texts / "records" / "places.csv").write_text("\n".join(["place_id,opened,rooms", *lines]) + "\n", encoding="utf-8")
    _, to = checked(texts)
    assert [row[0].row for row in sent_back(to, "places.xlsx")["Rows"].iter_rows() if row[0].value] == [1, 2, 10, 11]


def test_a_workbook_whose_look_cannot_be_told_comes_back_plain(folder):
    """A style that there is not: the values are what was checked, and the marks are in their cells."""
    path = folder / "records/visits/centre.xlsx"
    made = io.BytesIO()
    with zipfile.ZipFile(path) as parts, zipfile.ZipFile(made, "w") as archive:
        for name in parts.namelist():
            archive.writestr(
                name,
                re.sub(
                    rb'<c r="A3"', b'<c r="A3" s="977"', re.sub(rb'(<c r="A3"[^>]*) s="\d+"', rb"\1", parts.read(name))
                )
                if "sheet1" in name
                else parts.read(name),
            )
    path.write_bytes(made.getvalue())
    _, to = checked(folder)
    sheet = sent_back(to, "centre.xlsx")["April"]
    assert sheet["A3"].value == "v1" and sheet["B3"].value == "2014-04-01" and seen(sheet["D6"]) == (None, RED, STORE)
    assert b"Begimai" not in every_byte(to) and b"P-1" not in every_byte(to)


# What might run.


RUNS = [
    '=HYPERLINK("http://x.example","y")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1",
    "\r=1",
    "＝1+1",
    " =1",
    "#REF!",
    "=1",
    "_x003D_1",
]


def test_nothing_runs_in_a_copy(folder):
    """Whatever a text begins with, it comes out as that text: in a copy of a CSV file, and of a workbook."""
    rows = [[f"v{number}", "never", "P-1", "", text] for number, text in enumerate(RUNS)]
    book = openpyxl.Workbook()
    book.active.append(["visit", "day of the visit", "visitor", "hours", "purpose"])
    for row in rows:
        book.active.append(row[:4])
        cell = book.active.cell(book.active.max_row, 5)
        cell.value, cell.data_type = row[4], "s"
    book.save(folder / "records" / "visits" / "runs.xlsx")
    with open(folder / "records" / "visits" / "texts.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["visit", "day of the visit", "visitor", "hours", "purpose"], *[[f"w{row[0]}", *row[1:]] for row in rows]]
        )
    _, to = checked(folder)
    for name, sheet in (("runs.xlsx", "Sheet"), ("texts.xlsx", "Rows")):
        column = sent_back(to, name)[sheet]["E"][1:]
        assert [cell.data_type for cell in column] == ["s"] * len(RUNS)
        assert [cell.value for cell in column] == [text.replace("\r", "\n") for text in RUNS]  # XML has no CR
    assert b"<f>" not in every_byte(to) and b"<f " not in every_byte(to)


@pytest.mark.parametrize("name", RUNS)
def test_nothing_runs_in_a_list(tmp_path, name):
    """A name of a file or sheet that a spreadsheet would take for a formula has an apostrophe before it in every CSV."""
    finding = Finding("visits", name, name, "", "", "file", UNREAD, "it is no text", "Save it again")
    listing.write_findings(tmp_path / "f.csv", [finding])
    listing.write_tally(tmp_path / "t.csv", tallied(("visits", name, name, 1, 0, 1)).tally)
    for path, columns in ((tmp_path / "f.csv", (2, 3)), (tmp_path / "t.csv", (1, 2))):
        with open(path, encoding="utf-8-sig", newline="") as file:
            line = list(csv.reader(file))[1]
        cells = [line[column] for column in columns]
        assert cells == [name if name in ("#REF!", "_x003D_1") else "'" + name.replace("\r", "\ufffd")] * 2


# What is never told.


def test_keys_carry_what_is_sensitive(folder):
    """A field that refers to a sensitive key, and a key that a sensitive field refers to, are left out like it."""
    assert project.load(folder).package.private_fields() == {
        "rows": set(),
        "people": {"person_id", "name"},
        "visits": {"who"},
        "places": set(),
    }
    described(folder, "people", schema=resource("", "", [field | {"sensitive": False} for field in PEOPLE])["schema"])
    visits = resource(
        "",
        "",
        [field | {"sensitive": field["name"] == "who"} for field in VISITS],
        foreignKeys=[{"fields": ["who"], "reference": {"resource": "people", "fields": ["person_id"]}}],
    )
    described(folder, "visits", schema=visits["schema"])
    assert project.load(folder).package.private_fields()["people"] == {"person_id"}


def test_names_above_the_headings_are_left_out_but_a_title_is_not(folder):
    """A row of several cells above the headings may be somebody's record; one cell alone is a title."""
    text = "Clients;of;the;centre;in;April\nP-7;Zarina;;;2;\n\nList of clients\n" + PEOPLE_CSV
    book = openpyxl.Workbook()
    for row in csv.reader(text.splitlines(), delimiter=";"):
        book.active.append(row)
    (folder / "records" / "people.csv").unlink()
    book.save(folder / "records" / "people.xlsx")
    described(folder, "people", path="records/people.xlsx")
    _, to = checked(folder)
    sheet = sent_back(to, "people.xlsx")["Sheet"]
    assert (
        sheet["A4"].value == "List of clients"
        and sheet["A2"].value is None
        and b"Zarina" not in every_byte(to)
        and b"P-7" not in every_byte(to)
    )
    assert sheet["E2"].value == "2" and sheet["A5"].value == "code"


def test_a_column_without_a_heading_is_left_out(folder):
    """It may hold anything, in a table without sensitive fields too; the first sheet says what the colour means."""
    (folder / "records" / "places.csv").write_text(
        "place_id,,opened,rooms\nosh,Zarina,,1\nnaryn,,,2\n", encoding="utf-8"
    )
    _, to = checked(folder)
    book = sent_back(to, "places.xlsx")
    assert (
        seen(book["Rows"]["B2"])[0] is None
        and book["Rows"]["B3"].fill.fill_type is None
        and book["Rows"]["D2"].value == "1"
    )
    assert "left out" in [cell.value for cell in book["Findings"]["A"]] and b"Zarina" not in every_byte(to)


def test_a_sheet_may_be_called_as_ours(folder):
    """The partner's keeps its name."""
    book = openpyxl.load_workbook(folder / "records/visits/centre.xlsx")
    book["May"].title = "findings"
    book.save(folder / "records/visits/centre.xlsx")
    _, to = checked(folder)
    assert sent_back(to, "centre.xlsx").sheetnames == ["Findings 2", "April", "findings"]


@pytest.fixture(scope="module")
def canaries(tmp_path_factory):
    """A copy of the shipped project with the first rows of each table, and after them one that has a token of its own in every cell; the tokens, by whether they are sensitive."""
    made = tmp_path_factory.mktemp("canaries") / "project"
    shutil.copytree(SHIPPED, made, ignore=shutil.ignore_patterns("reports", "internal"))
    package = project.load(made).package
    private, number, tokens = package.private_fields(), itertools.count(1), {True: [], False: []}
    for table in package.resources:
        row = {name: f"Qx{next(number):03}zT" for name in table.fields}
        for name, token in row.items():
            tokens[name in private[table.name]].append(token)
        path = made / table.paths[0]
        with open(path, encoding="utf-8", newline="") as file:
            header, *rows = itertools.islice(csv.reader(file), 60)
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows, [row[name] for name in header]])
    return made, tokens


def test_no_sensitive_value_is_in_any_byte(canaries, capfd):
    """Not in what is written, inside the workbooks too, nor on the screen, nor in what an exception says."""
    made, tokens = canaries
    assert len(tokens[True]) >= 6, "person_id in six tables"
    done = command("check", "-p", "project", str(made))
    told = every_byte(made / "internal") + done.stdout.encode() + done.stderr.encode() + every_byte(checked(made)[1])
    with pytest.raises(Refused) as refusal:  # as `make report` says it
        datacheck.write(
            project.load(made), broken(datacheck.check(project.load(made), made.parent / "x")), made.parent / "y"
        )
    out, error = capfd.readouterr()
    told += f"{refusal.value}{refusal.getrepr(showlocals=False)}{out}{error}".encode()
    assert [token for token in tokens[True] if token.encode() in told] == []
    assert [token for token in tokens[False] if token.encode() in told], "other cells are sent back as they are"


def broken(records):
    """The same with a file that is none."""
    tally = records.tally.copy()
    tally.loc[tally["table"] == "victims", "path"] = "datapackage.json"
    return Records(
        {},
        tuple(
            dataclasses.replace(finding, path="datapackage.json") if finding.table == "victims" else finding
            for finding in records.findings
        ),
        tally,
    )


# Nothing vanishes.


@pytest.fixture
def texts(folder):
    """The project without workbooks, each of which takes a process of its own to read."""
    shutil.rmtree(folder / "records" / "visits")
    (folder / "records" / "visits").mkdir()
    (folder / "records" / "visits" / "one.csv").write_text(
        "visit,day of the visit,visitor,hours,purpose\nv1,2014-04-01,P-1,1.5,advice\n", encoding="utf-8"
    )
    return folder


CELL = st.sampled_from(
    [
        "",
        " ",
        "x",
        "1",
        "-99",
        "<5",
        "2014-01-01",
        "31.12.2014",
        "osh",
        "total",
        "place_id",
        "Ош",
        "a,b",
        'say "x"',
        "two\nlines",
        "=1",
    ]
)
ROW = st.one_of(
    st.lists(CELL, max_size=5),
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["2014-01-01", ""]), st.sampled_from(["1", ""])).map(list),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=st.lists(ROW, max_size=12), delimiter=st.sampled_from(",;\t"))
def test_rows_read_are_used_or_held_back(texts, rows, delimiter):
    """For any rows: what csv counts is what is read, all of it used or held back, each row held back with a finding, and it is said."""
    path = texts / "records" / "places.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([["place_id", "opened", "rooms"], *rows])
    with open(path, encoding="utf-8", newline="") as file:
        there = [
            number
            for number, row in enumerate(csv.reader(file, delimiter=delimiter), 1)
            if number > 1 and any(cell.strip() for cell in row)
        ]
    records, to = checked(texts)
    held = {row for finding in records.of(HELD_BACK) if finding.table == "places" for row in finding.rows}
    used = len(records["places"])
    assert len(there) == used + len(held) and held <= set(there)
    words = "1 row" if len(there) == 1 else f"{len(there)} rows"
    assert f"records/places.csv: {words} read = {used} used + {len(held)} held back" in datacheck.summary(
        records
    ).split("\n")
    if held:
        assert {cell.row for cell in cells_of(sent_back(to, "places.xlsx")["Rows"]) if cell.fill.fill_type} - {
            1
        } >= held
