"""A small project of three tables, with one mistake of each kind in its records, and its check."""

import dataclasses
import datetime
import io
import json
import re
import zipfile

import openpyxl
import pandas as pd

from ctanalysis import project
from ctanalysis.intake import datacheck
from ctanalysis.records import Records
from tests.generators import small

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
P-6;Farida Kyzy;F;Баткен;130"""  # cut off: the last line has no end
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


def described(folder, table, **changes):
    """Changes the resource of a table in datapackage.json."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    next(resource for resource in package["resources"] if resource["name"] == table).update(changes)
    path.write_text(json.dumps(package), encoding="utf-8")


# What is large.


def many(folder, rows):
    lines = [f"p{number},{'x' if number % 2 else '2014-01-01'},1" for number in range(rows)]
    (folder / "records" / "places.csv").write_text(
        "\n".join(["place_id,opened,rooms", *lines, ",,"]) + "\n", encoding="utf-8"
    )


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


def tallied(*rows, findings=()):
    columns = ["table", "path", "sheet", "read", "held_back", "used"]
    return Records({}, findings, pd.DataFrame(rows, columns=columns).assign(passed_over=0))
