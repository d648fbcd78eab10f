"""Each advice about a text file, followed to the letter: it is read then, and gives what was meant."""

import os
from dataclasses import replace

import pytest

from ctanalysis import project, records
from ctanalysis.records.files import gathering, limits
from tests.generators.bad_files.books import OLE
from tests.records.followed import HEAD, MEANT, ROWS, Case, Ours, check, csv_of, each, made, put

WORDS = {"type": "string"}
COUNTS = {"type": "integer"}
FOLDER = "rows/a.csv"


def named(*names, encoding="utf-8"):
    """A text file of rows with these texts in the field x, in an encoding."""
    return csv_of([HEAD, *([f"r{row}", "2014-01-02", name] for row, name in enumerate(names, 2))]).encode(encoding)


def of_names(*names, encoding, declared=""):
    return Ours(named(*names, encoding=encoding), x=WORDS, table={"encoding": declared} if declared else {})


def meant(*names):
    return {f"r{row}": name for row, name in enumerate(names, 2)}


CAFE, OSH = ("Café", "Zoë"), ("Ош", "Бишкек")
KYRGYZ = ("Чүй", "Ысык-Көл")
PAGE = "Save it as CSV UTF-8; where the partner cannot, say"
AGAIN = "Open it where it was made, and save it again as CSV UTF-8"
TWO_PAGES = f'{PAGE} "encoding": "cp1251" or "ptcp154"'
WESTERN = of_names(*CAFE, encoding="cp1252", declared="cp1251")
TAJIK = ("Ош", "Каҳа")  # ҳ is a byte that CP1251 lacks
NO_LETTER = of_names(*TAJIK, encoding="ptcp154", declared="cp1251")
MIXED = named("Ош") + named("Бишкек", encoding="cp1251").replace(b"id,day,x\n", b"").replace(b"r2", b"r3")
ENCODINGS = {
    "Western: saved again": Case(
        (PAGE, '"encoding": "cp1252"'),
        of_names(*CAFE, encoding="cp1252"),
        {"rows": named(*CAFE)},
        meant(*CAFE),
    ),
    "Western: declared": Case(
        (PAGE, '"encoding": "cp1252"'),
        of_names(*CAFE, encoding="cp1252"),
        {"table": {"encoding": "cp1252"}},
        meant(*CAFE),
    ),
    "Cyrillic: saved again": Case((TWO_PAGES,), of_names(*OSH, encoding="cp1251"), {"rows": named(*OSH)}, meant(*OSH)),
    "Cyrillic: declared": Case(
        (TWO_PAGES,), of_names(*OSH, encoding="cp1251"), {"table": {"encoding": "cp1251"}}, meant(*OSH)
    ),
    "Cyrillic with letters of Kyrgyz: declared": Case(
        (PAGE, '"ptcp154"'),
        of_names(*KYRGYZ, encoding="ptcp154"),
        {"table": {"encoding": "ptcp154"}},
        meant(*KYRGYZ),
    ),
    "DOS": Case(
        ("Save it as CSV UTF-8",), of_names("Caféine", encoding="cp850"), {"rows": named("Caféine")}, meant("Caféine")
    ),
    "zeros": Case((AGAIN,), Ours(csv_of(ROWS).encode() + bytes(40)), {"rows": ROWS}),
    "UTF-16 that is cut off": Case(
        (AGAIN,), Ours("\ufeff".encode("utf-16-le") + csv_of(ROWS).encode("utf-16-le")[:-1]), {"rows": ROWS}
    ),
    "UTF-8 by another name: the name corrected": Case(
        ('Correct "encoding" there; or save the file as CSV UTF-8 in Excel, which puts a mark',),
        of_names(*OSH, encoding="utf-8", declared="cp1251"),
        {"table": {"encoding": "utf-8"}},
        meant(*OSH),
    ),
    "UTF-8 by another name: saved in Excel": Case(
        ('Correct "encoding" there; or save the file as CSV UTF-8 in Excel, which puts a mark',),
        of_names(*OSH, encoding="utf-8", declared="cp1251"),
        {"rows": named(*OSH, encoding="utf-8-sig")},
        meant(*OSH),
    ),
    "wrong letters: the name corrected": Case(
        ('Save it as CSV UTF-8, or correct "encoding" there',),
        WESTERN,
        {"table": {"encoding": "cp1252"}},
        meant(*CAFE),
    ),
    "wrong letters: saved in Excel": Case(
        ('Save it as CSV UTF-8, or correct "encoding" there',),
        WESTERN,
        {"rows": named(*CAFE, encoding="utf-8-sig")},
        meant(*CAFE),
    ),
    "bytes of no letter: the name corrected": Case(
        ('Correct "encoding" there, or save it as CSV UTF-8',),
        NO_LETTER,
        {"table": {"encoding": "ptcp154"}},
        meant(*TAJIK),
    ),
    "bytes of no letter: saved in Excel": Case(
        ('Correct "encoding" there, or save it as CSV UTF-8',),
        NO_LETTER,
        {"rows": named(*TAJIK, encoding="utf-8-sig")},
        meant(*TAJIK),
    ),
    "two files in one": Case(
        ("It was put together from two files, or cut off: send the files themselves, each saved as CSV UTF-8",),
        Ours(MIXED, FOLDER, x=WORDS),
        {
            "rows": named("Ош"),
            "files": {"records/rows/b.csv": named("Бишкек").replace(b"r2", b"r3")},
        },
        meant(*OSH),
    ),
}


def workbook(path):
    """Rows as a workbook, whatever its name."""
    put(path.with_suffix(".xlsx"), [HEAD, ["r2", "2014-01-02", 7], ["r3", "2014-01-03", 8]])
    path.with_suffix(".xlsx").rename(path)


MISNAMED = ("Give it its right name, or save it as CSV UTF-8",)
EMPTY = ("Send it again; where there are truly no rows yet, it has the row that names the columns",)
OTHER_KIND = ("Save it as CSV UTF-8 or as an Excel workbook (.xlsx)", ", or move it out")
OUTSIDE = ("Put the file itself into the project folder",)


def pipe(path):
    """What a program writes into."""
    os.mkfifo(path)


def link(path):
    """A link to a file that lies outside the project."""
    put(path.parents[2] / "elsewhere.csv", ROWS)
    path.symlink_to(path.parents[2] / "elsewhere.csv")


PLACES = {
    "a workbook by the name of a text: its right name": Case(MISNAMED, Ours(workbook, FOLDER), {"name": "rows/a.xlsx"}),
    "a workbook by the name of a text: saved": Case(MISNAMED, Ours(workbook, FOLDER), {"rows": ROWS}),
    "nothing in it: sent again": Case(EMPTY, Ours("", FOLDER), {"rows": ROWS}),
    "nothing in it: no rows yet": Case(
        EMPTY, Ours("", FOLDER, files={"records/rows/b.csv": ROWS}), {"rows": csv_of(ROWS[:1])}
    ),
    "nothing in the folder": Case(
        ("Put the files of table 'rows' into it",), Ours("", "rows/.csv"), {"name": FOLDER, "rows": ROWS}
    ),
    "a sign that cannot be shown": Case(
        ("Give it a name of letters, digits, blanks, - and _",), Ours(ROWS, "rows/a\u200b.csv"), {"name": FOLDER}
    ),
    "a folder in a folder": Case(
        ("Put the files themselves into the table's folder",), Ours(ROWS, "rows/more/a.csv"), {"name": FOLDER}
    ),
    "no such file: put there": Case(
        ("datapackage.json names it: put it there, or correct its name",), Ours(None), {"rows": ROWS}
    ),
    "no such file: its name corrected": Case(
        ("datapackage.json names it: put it there, or correct its name",),
        Ours(table={"path": "records/row.csv"}),
        {"table": {"path": "records/rows.csv"}},
    ),
    "something that a program writes into": Case(
        ("Take it out, and put the file itself there",), Ours(pipe), {"rows": ROWS}
    ),
    "a link": Case(OUTSIDE, Ours(link), {"rows": ROWS}),
    "another kind: saved as a text": Case(OTHER_KIND, Ours(OLE, "rows/a.xls"), {"name": FOLDER, "rows": ROWS}),
    "another kind: saved as a workbook": Case(
        OTHER_KIND, Ours(OLE, "rows/a.xls"), {"name": "rows/a.xlsx", "rows": ROWS}
    ),
    "another kind: moved out": Case(
        OTHER_KIND, Ours(ROWS, FOLDER, files={"records/rows/b.docx": b"PK"}), {"files": {"b.docx": b"PK"}}
    ),
}
NAME_ALL = ("One row must name them all, with", "between: id, day, x")
DELIMITER = 'Save it with a semicolon between; or take "delimiter" out of the table\'s "dialect" there'
WIDER = [[*row, more] for row, more in zip(ROWS, ("why", "a", "b"), strict=True)]
UNKNOWN = (
    "Take the column out, or describe it in datapackage.json; where nothing in it is counted, put its heading in",
    '"ignoredColumns"',
)
NAMELESS = [[*row, more] for row, more in zip(ROWS, ("", "a", ""), strict=True)]
CLEAR = ("Name the column, or clear these cells",)
WHY = ({"name": "why", "type": "string", "title": "why"},)
LABELLED = [HEAD, ["Code", "When", "How many"], *ROWS[1:]]
UNIQUE = {"constraints": {"required": True, "unique": True}}
LABELS = [
    {"name": "id", "type": "string", "title": "row", "alternatives": ["Code"]} | UNIQUE,
    {"name": "day", "type": "date", "title": "day", "alternatives": ["When"]},
    {"name": "x", "type": "integer", "title": "x", "alternatives": ["How many"]},
]
NOTED = replace(Ours(x=COUNTS), more=({"name": "note", "type": "string", "title": "note"},))
SHAPES = {
    "an open quotation mark": Case(
        ('Close it, and write "" for one inside a cell',),
        Ours('id,day,x\nr2,2014-01-02,"the "old" house\nr3,2014-01-03,b\n', x=WORDS),
        {"rows": 'id,day,x\nr2,2014-01-02,"the ""old"" house"\nr3,2014-01-03,b\n'},
        {"r2": 'the "old" house', "r3": "b"},
    ),
    "a row of very many cells": Case(
        ("It is no table of records: send the right file",),
        Ours(csv_of([*ROWS, ["r4", *["1"] * 1001]])),
        {"rows": ROWS},
    ),
    "columns that no row names": Case(NAME_ALL, Ours(csv_of(ROWS[1:])), {"rows": ROWS}),
    "another separator than is declared: written": Case(
        (DELIMITER,),
        Ours(table={"dialect": {"delimiter": ";"}}),
        {"rows": csv_of(ROWS, ";")},
    ),
    "another separator than is declared: corrected": Case(
        (DELIMITER,),
        Ours(table={"dialect": {"delimiter": ";"}}),
        {"table": {"dialect": {}}},
    ),
    "a column is missing": Case(
        ("Name the columns of table 'rows' in one row, as datapackage.json has them",),
        Ours([["id", "day", "how many"], *ROWS[1:]]),
        {"rows": ROWS},
    ),
    "a column twice": Case(
        ("Take out the one that is not meant",), Ours([[*row, row[2]] for row in ROWS]), {"rows": ROWS}
    ),
    "a column that nobody knows: taken out": Case(UNKNOWN, Ours(WIDER), {"rows": ROWS}),
    "a column that nobody knows: described": Case(UNKNOWN, Ours(WIDER), {"more": WHY}),
    "a column that nobody knows: ignored": Case(UNKNOWN, Ours(WIDER), {"table": {"ignoredColumns": ["why"]}}),
    "columns that are ignored": Case(
        ("Nothing, if nothing in them is counted",), Ours(WIDER, table={"ignoredColumns": ["w*"]})
    ),
    "a record above": Case(
        ("Move the row that names the columns above all records",),
        Ours([ROWS[1], HEAD, ROWS[2]]),
        {"rows": ROWS},
    ),
    "tags below": Case(
        ("Nothing, if it is no record",), Ours([HEAD, ["#meta+id", "#date", "#reached"], *ROWS[1:]])
    ),
    "labels below": Case(
        ('Where it does, list its words as "alternatives" of their fields in datapackage.json: it is passed',),
        Ours(LABELLED),
        {"table": {"schema": {"fields": LABELS, "primaryKey": ["id"]}}},
        still=("second heading",),
    ),
    "a running number alone": Case(
        ("Nothing, if nothing was to be written there",),
        Ours([HEAD, ["1", "2014-01-02", "7"], ["2", "", ""]], x=COUNTS | {"constraints": {"required": True}}),
        meant={"1": 7},
    ),
    "a column without a name: named": Case(CLEAR, Ours(NAMELESS), {"rows": WIDER, "more": WHY}),
    "a column without a name: cleared": Case(CLEAR, Ours(NAMELESS), {"rows": ROWS}),
    "cells beyond the last name: cleared": Case(
        CLEAR, Ours("id,day,x,\nr2,2014-01-02,7,a\nr3,2014-01-03,8,\n"), {"rows": ROWS}
    ),
    "last cells left out": Case(
        ("Nothing, if they are empty",),
        replace(NOTED, rows="id,day,x,note\nr2,2014-01-02,7,a\nr3,2014-01-03,8\n"),
    ),
    "a cell with the separator in it": Case(
        ("A cell with the separator in it needs quotation marks around it; move back what has moved",),
        Ours("id,day,x\nr2,2014-01-02,Osh, the old town\nr3,2014-01-03,b\n", x=WORDS),
        {"rows": 'id,day,x\nr2,2014-01-02,"Osh, the old town"\nr3,2014-01-03,b\n'},
        {"r2": "Osh, the old town", "r3": "b"},
    ),
    "an end cut off": Case(
        ("Its end may be cut off: complete the row",), Ours("id,day,x\nr2,2014-01-02,7\nr3,2014-01"), {"rows": ROWS}
    ),
}  # fmt: skip
CASES = ENCODINGS | PLACES | SHAPES


@pytest.mark.parametrize("name", each(CASES))
def test_an_advice_about_a_text_file_that_is_followed(tmp_path, name):
    check(tmp_path, CASES[name])


# What depends on how large a file may be: the limits are lowered, the advice is the same.

IN_PARTS = ("Send it in parts, as several files in the table's folder",)
IN_TWO = {"rows": ROWS[:2], "files": {"records/rows/b.csv": [HEAD, ROWS[2]]}}
MANY = ("Join them, or take out those that are no records",)
TWO_FILES = Ours(ROWS[:2], FOLDER, files={"records/rows/b.csv": [HEAD, ROWS[2]]})
LIMITS = {
    "too many rows": ("TEXT_ROWS", 2, Case(IN_PARTS, Ours(name=FOLDER), IN_TWO)),
    "too many bytes": ("TEXT_BYTES", 30, Case(IN_PARTS, Ours(name=FOLDER), IN_TWO)),
    "too many files: joined": ("FILES", 1, Case(MANY, TWO_FILES, {"rows": ROWS, "files": {}})),
    "too many files: taken out": (
        "FILES",
        1,
        Case(MANY, Ours(name=FOLDER, files={"records/rows/list.txt": "a.csv"}), {"files": {"list.txt": "a.csv"}}),
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_an_advice_about_a_file_that_is_too_large(tmp_path, monkeypatch, name):
    limit, most, case = LIMITS[name]
    monkeypatch.setattr(limits, limit, most)
    check(tmp_path, case)


# What is at fault is the moment: the same is read again.


def busy(path):
    """Somebody's program has the file open."""
    raise PermissionError(13, "Permission denied")


def written(path):
    """Somebody's program writes into the file."""
    path.write_text(csv_of([*ROWS, ["r4", "2014-01-04", "9"]]), encoding="utf-8")


MOMENTS = {
    "See whether it is open elsewhere": (busy, MEANT),
    "Close it where it is open, and run this again": (written, MEANT | {"r4": 9}),
}


@pytest.mark.parametrize("advice", MOMENTS)
def test_an_advice_about_a_file_that_is_open_elsewhere(tmp_path, monkeypatch, advice):
    """Closed there, it is read as it then is."""
    meanwhile, values = MOMENTS[advice]
    ours, read = made(tmp_path / "p", Ours()), gathering._read

    def reading(folder, name, gathered, parts):
        read(folder, name, gathered, parts)
        meanwhile(folder / name)

    with monkeypatch.context() as meantime:
        meantime.setattr(gathering, "_read", reading)
        assert [one.do for one in records.survey(project.load(ours)).findings] == [advice]
    found = records.survey(project.load(ours))
    assert not found.findings
    assert dict(zip(found["rows"]["id"], found["rows"]["x"].tolist(), strict=True)) == values
