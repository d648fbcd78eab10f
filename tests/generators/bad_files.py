"""Files as tired people send them, named for what is wrong with each, and what must come of every one.

Each is made anew and put into records/meetings/ of a small project (see project): six meetings with
ten columns, A to J, the records on rows 2 to 7 of the file. Every text that is a record's own begins
with QX, and may stand in no finding, message or exception.
"""

import codecs
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as field_of
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from ctanalysis.records import HELD_BACK, LOOK, REPAIRED
from tests.generators import small

TOKEN = "QX"
SIX = (2, 3, 4, 5, 6, 7)


@dataclass(frozen=True)
class Told:
    """A finding that must come: what it is about, and words that it must hold."""

    severity: str
    rule: str
    column: str
    rows: tuple[int, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bad:
    """make(folder) puts the file there. Either it cannot be read, and `unread` are words of the sentence; or `rows` are all its
    records, as a spreadsheet shows them, and `told` all that is found, of which what is held back is not used.

    describe(fields by name, table) changes datapackage.json. own: words of the files that no finding may hold, beside those with
    QX. meant: by key and field, the values of used rows that are others than those of ROWS. counted: whether the tests can count
    its rows without the library.
    """

    make: Callable[[Path], None]
    unread: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    rows: tuple[int, ...] = SIX
    describe: Callable[[dict, dict], None] = lambda fields, table: None
    own: tuple[str, ...] = ()
    meant: dict = field_of(default_factory=dict)
    counted: bool = True


def held(rule, column, *rows, words=()):
    return Told(HELD_BACK, rule, column, rows, words)


def repaired(column, *rows, words=()):
    return Told(REPAIRED, "spelling", column, rows, words)


def look(rule, *rows, words=(), column=""):
    return Told(LOOK, rule, column, rows, words)


# --- The project and its records --------------------------------------------------------------

ALWAYS = {"constraints": {"required": True}}
COUNT = {"type": "integer", "constraints": {"required": True, "minimum": 0}}
PLACES = [
    {"value": "osh", "label": "Osh", "translations": {"ru": "Ош"}},
    {"value": "chuy", "label": "Chüy", "translations": {"ru": "Чуй", "ky": "Чүй"}},
    {
        "value": "ysyk-kol",
        "label": "Ysyk-Köl",
        "translations": {"ru": "Иссык-Куль", "ky": "Ысык-Көл"},
        "alternatives": ["Issyk-Kul"],
    },
    {"value": "semyonovka", "label": "Semyonovka", "translations": {"ru": "Семёновка"}},
]


def field(name, title, ru, ky, **more):
    return {"name": name, "type": "string", "title": title, "translations": {"ru": ru, "ky": ky}, **more}


def fields():
    return [
        field(
            "id",
            "meeting code",
            "код встречи",
            "жолугушуунун коду",
            sensitive=True,
            constraints={"required": True, "unique": True},
        ),
        field("day", "day of the meeting", "день встречи", "жолугушуу күнү", **ALWAYS | {"type": "date"}),
        field("place", "town", "место", "орду", categories=PLACES, **ALWAYS),
        field("centre", "code of the centre", "центр", "борбор", **ALWAYS),
        field("women", "women came", "женщины", "аялдар", **COUNT),
        field("men", "men came", "мужчины", "эркектер", **COUNT),
        field("everyone", "all together", "всего", "бардыгы", **COUNT),
        field("spent", "money spent", "потрачено", "сарпталды", type="number"),
        field("agreed", "agreed to be asked", "согласны", "макул", type="boolean"),
        field("note", "remarks", "примечание", "эскертүү", sensitive=True),
    ]


HEAD = [one["name"] for one in fields()]
COLUMN = {name: get_column_letter(place) for place, name in enumerate(HEAD, 1)}
RULES = """
[[sum]]
table = "meetings"
total = "everyone"
parts = ["women", "men"]
reason = "Everybody is counted once"

[[dates]]
table = "meetings"
field = "day"
reason = "A meeting of the project is in its days"
"""
ROWS = [
    dict(zip(HEAD, row))
    for row in (
        ("QX-101", date(2014, 2, 3), "Osh", "C1", 12, 8, 20, 150.5, True, "QX, first note"),
        ("QX-102", date(2014, 2, 4), "Chüy", "C2", 31, 10, 41, 99.25, False, "QX second note"),
        ("QX-103", date(2014, 3, 14), "Ysyk-Köl", "C1", 17, 16, 33, 12.75, True, None),
        ("QX-104", date(2014, 3, 15), "Semyonovka", "C2", 0, 25, 25, None, None, "QX fourth note"),
        ("QX-105", date(2014, 4, 11), "Osh", "C1", 22, 21, 43, 1200.5, True, "QX fifth note"),
        ("QX-106", date(2014, 5, 30), "Chüy", "C2", 19, 40, 59, 18.4, False, "QX sixth note"),
    )
]


def project(folder, bad):
    """The small project with the bad file in place."""
    small.write(folder, "day\n2014-01-01", 'measure = "count"\ntable = "meetings"\ndate = "day"')
    (folder / "records/rows.csv").unlink()
    table = {
        "name": "meetings",
        "path": "records/meetings",
        "title": "Meetings",
        "disclosure": "open",
        "schema": {
            "fields": fields(),
            "primaryKey": ["id"],
            "foreignKeys": [{"fields": ["centre"], "reference": {"resource": "centres", "fields": ["centre"]}}],
        },
    }
    key = {"name": "centre", "type": "string", "title": "centre", "constraints": {"required": True, "unique": True}}
    beds = {"name": "beds", "type": "integer", "title": "beds"}
    centres = {
        "name": "centres",
        "path": "records/centres.csv",
        "title": "Centres",
        "disclosure": "open",
        "schema": {"fields": [key, beds], "primaryKey": ["centre"]},
    }
    bad.describe({one["name"]: one for one in table["schema"]["fields"]}, table)
    (folder / "datapackage.json").write_text(
        json.dumps({"name": "bad", "resources": [table, centres]}), encoding="utf-8"
    )
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    (folder / "records/centres.csv").write_text("centre,beds\nC1,4\nC2,6\n", encoding="utf-8")
    (folder / "records/meetings").mkdir()
    bad.make(folder / "records/meetings")
    return folder


def changed(*cells, rows=None):
    """The six rows with cells changed: (row as a spreadsheet shows it, field, value)."""
    found = [dict(row) for row in rows or ROWS]
    for row, name, value in cells:
        found[row - 2][name] = value
    return found


AGAIN = [row | {"id": f"{row['id']}-b"} for row in ROWS]
TWELVE = (*SIX, *SIX)


# --- Text files -------------------------------------------------------------------------------


def iso(name, value):
    return "" if value is None else ("true" if value else "false") if isinstance(value, bool) else str(value)


def russian(name, value):
    """As an Excel in Russian saves it: 03.02.2014, 1200,5, ИСТИНА."""
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    words = {one["label"]: one["translations"]["ru"] for one in PLACES}
    return words.get(value, iso(name, value))


def cyrillic(name, value):
    """As the project has it, but for places, which are in Russian: no letter that CP1251 lacks."""
    return russian(name, value) if isinstance(value, str) else iso(name, value)


def said_in_russian(fields, table):
    fields["day"]["format"] = "%d.%m.%Y"
    fields["spent"]["decimalChar"] = ","
    fields["agreed"] |= {"trueValues": ["ИСТИНА"], "falseValues": ["ЛОЖЬ"]}


def declared(table=None, **of_fields):
    """A description changed: keys of the table, and by field keys of the field."""

    def describe(fields, described):
        described.update(table or {})
        for name, more in of_fields.items():
            fields[name].update(more)

    return describe


def both(*describers):
    def describe(fields, table):
        for one in describers:
            one(fields, table)

    return describe


def text(rows=ROWS, delimiter=",", end="\n", head=HEAD, said=iso):
    """The rows as the text of a CSV file; a row that is a list is written as it is."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerow(head)
    writer.writerows(row if isinstance(row, list) else [said(name, row[name]) for name in HEAD] for row in rows)
    return file.getvalue()


def lines(edit, **how):
    """The text's lines after edit(lines)."""
    found = text(**how).splitlines()
    return "\n".join(edit(found) or found) + "\n"


def put(content, name="meetings.csv", encoding="utf-8"):
    """make(folder): one file with this content: bytes, a text, or what makes bytes when it is called."""

    def make(folder):
        data = content() if callable(content) else content
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode(encoding))

    return make


def several(**files):
    """make(folder): files by name."""

    def make(folder):
        for name, content in files.items():
            put(content, name)(folder)

    return make


def later(made):
    """The function, done only when its result is called: no workbook is made before its test."""
    return lambda *given, **named: lambda: made(*given, **named)


def sparse(name, start, size):
    """A file of a size that takes no room."""

    def make(folder):
        with open(folder / name, "wb") as file:
            file.write(start)
            file.truncate(size)

    return make


def titled(language):
    return [one["translations"][language] for one in fields()]


def of_text(content, *told, encoding="utf-8", name="meetings.csv", **more):
    return Bad(put(content, name, encoding), told=told, **more)


def of_lines(edit, *told, **more):
    return of_text(lines(edit), *told, **more)


def unread(content, *words, name="meetings.csv", encoding="utf-8", **more):
    return Bad(put(content, name, encoding), unread=words, rows=(), **more)


GARBLED = "Ош".encode().decode("cp1251")  # РћС€
MIXED = (
    text(changed((2, "note", "QX баарына"), (7, "note", "QX встреча")))
    .encode()
    .replace("QX встреча".encode(), "QX встреча".encode("cp1251"))
)
CYRILLIC = changed((3, "note", "QX встреча"))

ENCODINGS = {
    "saved by a Russian Excel, as the project says: semicolons, CP1251, decimal commas": of_text(
        text(delimiter=";", end="\r\n", head=titled("ru"), said=russian),
        encoding="cp1251",
        describe=both(said_in_russian, declared({"encoding": "cp1251"})),
    ),
    "saved by a Russian Excel, which nobody declared": unread(
        text(delimiter=";", end="\r\n", head=titled("ru"), said=russian),
        "not UTF-8",
        '"encoding": "cp1251"',
        "CSV UTF-8",
        encoding="cp1251",
    ),
    "CP1251 in one cell far down": unread(
        text(
            [
                row | {"id": f"QX-{100 * turn + number}", "place": "Osh", "note": "QX чай" if turn == 300 else None}
                for turn in range(400)
                for number, row in enumerate(ROWS)
            ]
        ),
        "not UTF-8",
        "line 1802",
        encoding="cp1251",
    ),
    "UTF-8 where CP1251 is declared": unread(
        text(CYRILLIC), "UTF-8", "cp1251", describe=declared({"encoding": "cp1251"})
    ),
    "UTF-8 with its mark where CP1251 is declared": of_text(
        text(CYRILLIC), encoding="utf-8-sig", describe=declared({"encoding": "cp1251"})
    ),
    "KOI8-R": unread(text(CYRILLIC, said=cyrillic), "not UTF-8", "CSV UTF-8", encoding="koi8-r"),
    "Kyrgyz letters in PTCP154, as the project says": of_text(
        text(changed((3, "place", "Чүй"), (4, "place", "Ысык-Көл")), head=titled("ky"), said=cyrillic),
        encoding="ptcp154",
        describe=declared({"encoding": "ptcp154"}),
    ),
    "Kyrgyz letters that CP1251 has lost": of_text(
        text(changed((4, "place", "Ысык-К?л")), said=cyrillic),
        held("category", "C", 4, words=("must be one of", "ysyk-kol", "Letters were lost")),
        encoding="cp1251",
        describe=declared({"encoding": "cp1251"}),
        own=("Ысык-К?л",),
    ),
    "half UTF-8, half CP1251": unread(MIXED, "part of the text is UTF-8", "line 7", "CSV UTF-8"),
    "UTF-8 with its mark and semicolons": of_text(text(CYRILLIC, delimiter=";"), encoding="utf-8-sig"),
    "sep= in the first line, which Excel does not show": of_text(
        "sep=;\r\n" + text(changed((4, "women", "QX many")), delimiter=";", end="\r\n"), held("type", "E", 4)
    ),
    "sep= in the first line after a mark": of_text("sep=\t\n" + text(delimiter="\t"), encoding="utf-8-sig"),
    "Unicode text from Excel: UTF-16 with tabs": of_text(
        codecs.BOM_UTF16_LE + text(CYRILLIC, "\t", "\r\n").encode("utf-16-le"), name="meetings.txt"
    ),
    "UTF-16 the other way round": of_text(codecs.BOM_UTF16_BE + text(CYRILLIC, "\t", "\r\n").encode("utf-16-be")),
    "UTF-16 without its mark": unread(text(CYRILLIC).encode("utf-16-le"), "no text", "CSV UTF-8"),
    "UTF-16 cut off within a letter": unread(
        codecs.BOM_UTF16_LE + text(CYRILLIC).encode("utf-16-le")[:-1], "UTF-16", "cut off"
    ),
    "UTF-32": unread(codecs.BOM_UTF32_LE + text(CYRILLIC).encode("utf-32-le"), "no text", "CSV UTF-8"),
    "letters garbled when somebody saved it": of_text(
        text(changed((4, "place", GARBLED), (6, "place", GARBLED))),
        held("category", "C", 4, 6, words=("garbled", "save it again")),
        own=(GARBLED,),
    ),
    "a NUL byte far down": unread(
        text([*ROWS, *(row | {"id": f"{row['id']}-{turn}"} for turn in range(200) for row in ROWS)]) + "QX\0",
        "no text",
        "damaged",
    ),
    "an end of zeros, as after a power cut": unread(text().encode() + bytes(4096), "no text", "damaged"),
    "accents as letters of their own (NFD)": of_text(
        text(changed((3, "place", "Chu\u0308y"))), repaired("C", 3), own=("Chu\u0308y",)
    ),
}

OTHER_KINDS = {
    "zero bytes": unread("", "the file is empty", "Send it again"),
    "blank lines alone": unread("\n\n\n", "names the columns"),
    "the header alone": unread(text([]), "no rows", "mayBeEmpty"),
    "no header": unread(text().split("\n", 1)[1], "names the columns", "id, day, place"),
    "a picture named .csv": unread(b"\x89PNG\r\n\x1a\n" + b"QX" * 50, "a picture", "name of a text file"),
    "a photograph named .csv": unread(b"\xff\xd8\xff\xe0QX", "a picture"),
    "a PDF named .csv": unread(b"%PDF-1.4\nQX", "a PDF document"),
    "a workbook named .csv": unread(b"PK\x03\x04QX\xff\xfe", "Excel workbook or a zip file"),
    "an old workbook named .csv": unread(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel"),
    "a compressed file named .csv": unread(b"\x1f\x8b\x08\0QX\xff\xfe", "compressed"),
    "a web page named .csv": unread("<html><table><tr><td>QX-101</td></tr></table></html>", "names the columns"),
    "a text larger than may be": Bad(
        sparse("meetings.csv", b"id,day\n", 101 * 2**20), unread=("larger than 100 MB", "in parts"), rows=()
    ),
    "a workbook larger than may be": Bad(
        sparse("meetings.xlsx", b"PK\x03\x04", 11 * 2**20), unread=("larger than 10 MB", "in parts"), rows=()
    ),
    "a document": unread(b"PK\x03\x04", "no CSV file and no Excel workbook", name="meetings.docx"),
    "an old workbook": unread(b"\xd0\xcf\x11\xe0", "old Excel", ".xlsx", name="meetings.xls"),
    "a macro workbook": unread(b"PK\x03\x04", "macros", ".xlsx", name="meetings.xlsm"),
    "a binary workbook": unread(b"PK\x03\x04", "binary workbook", ".xlsx", name="meetings.xlsb"),
    "a LibreOffice workbook": unread(b"PK\x03\x04", "another program", ".xlsx", name="meetings.ods"),
    "a workbook of Apple Numbers": unread(b"PK\x03\x04", "another program", ".xlsx", name="meetings.numbers"),
    "an archive": unread(b"Rar!\x1a\x07", "archive", "unpacked", name="meetings.rar"),
    "a zip of CSV files": unread(b"PK\x03\x04", "archive", "unpacked", name="meetings.zip"),
}

# --- The shape of a text ------------------------------------------------------------------------


def cut(row, more):
    """lines edit: the text of a line, row as a spreadsheet shows it, as more(line) gives it."""

    def edit(found):
        found[row - 1] = more(found[row - 1])

    return edit


def inserted(before, *new):
    """lines edit: lines put in before a row."""
    return lambda found: [*found[: before - 1], *new, *found[before - 1 :]]


def headed(**new):
    """The header with other words for some fields."""
    return [new.get(name, name) for name in HEAD]


TITLE = ["QX Centre: meetings", "", "Quarter 2", ""]
EMPTY = "," * (len(HEAD) - 1)

SHAPES = {
    "pipes between the cells": unread(text(delimiter="|"), "names the columns", "comma, semicolon or tab"),
    "tabs in a .csv": of_text(text(delimiter="\t")),
    "semicolons where commas are declared": unread(
        text(delimiter=";"), "names the columns", '"delimiter"', describe=declared({"dialect": {"delimiter": ","}})
    ),
    "each line a single cell in quotation marks": unread(
        "".join('"' + line.replace('"', '""') + '"\n' for line in text().splitlines()), "names the columns"
    ),
    "an unclosed quotation mark": unread(
        lines(cut(4, lambda line: line.replace("C1", '"C1', 1))), "row 4", "not closed"
    ),
    "a quotation mark inside a cell not doubled": unread(
        lines(cut(2, lambda line: line.replace("first", '"first"'))), "row 2", "not doubled"
    ),
    "smart quotation marks": of_text(text(changed((3, "note", "QX “Umut”, «Үмүт»")))),
    "line breaks in cells above a wrong one": of_text(
        text(changed((2, "note", "QX\nline\n\nline"), (3, "note", "QX\r\nline"), (4, "men", "QX"))),
        held("type", "F", 4),
    ),
    "old Macintosh line endings": of_text(text(end="\r")),
    "line endings of three systems": of_text(text().replace("\n", "\r\n", 2).replace("\nQX-105", "\rQX-105")),
    "a cell of ten megabytes": unread(text(changed((5, "note", "QX" * 5 * 2**20))), "row 5", "longer than"),
    "a row cut short": of_lines(
        cut(4, lambda line: line[:20]), held("too few cells", "", 4, words=("10 columns", "cut off"))
    ),
    "the last row cut short": of_lines(cut(7, lambda line: line[:25]), held("too few cells", "", 7)),
    "a comma in a cell without quotation marks": of_lines(
        cut(5, lambda line: line.replace("QX fourth", "QX fourth, longer")),
        held("too many cells", "", 5, words=("11 cells", "quotation marks")),
    ),
    "a decimal comma without quotation marks": of_lines(
        cut(3, lambda line: line.replace("99.25", "99,25")), held("too many cells", "", 3)
    ),
    "a row shifted to the right": of_lines(
        cut(6, lambda line: "," + line), held("too many cells", "", 6, words=("move back",))
    ),
    "a row shifted to the left": of_text(
        text([*ROWS[:2], ["QX-103", "Ysyk-Köl", "C1", "17", "16", "33", "12.75", "true", "", ""], *ROWS[3:]]),
        held("type", "B", 4),
        held("category", "C", 4),
        held("key", "D", 4),
        held("type", "G", 4),
        held("type", "H", 4),
    ),
    "the header twice": of_lines(
        inserted(5, ",".join(HEAD)),
        held("columns again", "", 5, words=("names the columns again",)),
        rows=(2, 3, 4, 5, 6, 7, 8),
    ),
    "the header twice, in Russian": of_text(
        text([*ROWS[:3], titled("ru"), *ROWS[3:]]), held("columns again", "", 5), rows=(2, 3, 4, 5, 6, 7, 8)
    ),
    "two files joined, with the mark of the second": of_lines(
        inserted(5, "\ufeff" + ",".join(HEAD)),
        held("columns again", "", 5),
        rows=(2, 3, 4, 5, 6, 7, 8),
        encoding="utf-8-sig",
    ),
    "a delimiter at the end of every line": of_lines(lambda found: [line + "," for line in found]),
    "the header in row 5 under a title": of_text(
        "\n".join(TITLE) + "\n" + text(changed((4, "men", "QX"))), held("type", "F", 8), rows=(6, 7, 8, 9, 10, 11)
    ),
    "a form above the table that names some columns": of_text(
        "day of the meeting:,QX\nday,place,women,QX\n" + text(), rows=(4, 5, 6, 7, 8, 9)
    ),
    "the header in two rows": unread(
        "id,day,place,centre,QX who came,,,spent,agreed,note\n,,,,women,men,everyone,,,\n" + text().split("\n", 1)[1],
        "women, men, everyone",
        "missing in row 1",
        "in one row",
    ),
    "the table on its side": unread(
        "\n".join(",".join([name, *(iso(name, row[name]).replace(",", "") for row in ROWS)]) for name in HEAD),
        "names the columns",
    ),
    "blank lines between the rows": of_lines(
        lambda found: [line for one in found for line in (one, "")], rows=(3, 5, 7, 9, 11, 13)
    ),
    "rows of separators and blanks": of_lines(inserted(4, EMPTY, " , ,\t,  " + "," * 6), rows=(2, 3, 6, 7, 8, 9)),
    "a row of blanks among rows that are whole": of_lines(inserted(4, " " + EMPTY), rows=(2, 3, 5, 6, 7, 8)),
    "a signature under the table": of_text(
        text() + "\nQX signed by the accountant\n", held("too few cells", "", 9), rows=(*SIX, 9)
    ),
    "a renamed column": unread(text(head=headed(place="QX where")), "'place'", "missing", "column C"),
    "a column taken out": unread(
        "\n".join(line.rsplit(",", 1)[0] for line in text(changed((2, "note", ""))).splitlines()), "'note'", "missing"
    ),
    "a column there twice": unread(
        lines(lambda found: [found[0] + ",women", *(line + ",1" for line in found[1:])]), "column K", "twice"
    ),
    "a column of its own": unread(
        lines(
            lambda found: ["№ п/п QX," + found[0], *(f"{number},{line}" for number, line in enumerate(found[1:], 1))]
        ),
        "column A",
        "none of table 'meetings'",
        "Take the column out",
    ),
    "a column without a heading": of_text(
        lines(
            lambda found: [
                found[0].replace("id,", "id,,"),
                *(re.sub("^([^,]*),", r"\1,QX why,", line) for line in found[1:]),
            ]
        ),
        look("no heading", *SIX, words=("column B has no heading", "Name the column")),
    ),
    "an empty column": of_lines(
        lambda found: [found[0].replace("id,", "id,,"), *(re.sub("^([^,]*),", r"\1,,", line) for line in found[1:])]
    ),
    "columns in another order": of_text(
        "\n".join(",".join(reversed(next(csv.reader([line.replace("QX, ", "QX ")])))) for line in text().splitlines())
    ),
    "a heading with blanks around": of_text(
        text(head=headed(women=" women ", men="men\u00a0", day="day  of the\u00a0meeting"))
    ),
    "a heading broken into lines": of_text(text(head=headed(women="women\ncame", day="day of\r\nthe meeting"))),
    "headings in capitals": of_text(text(head=[one["title"].upper() for one in fields()])),
    "headings in Russian": of_text(text(head=titled("ru"))),
    "headings in Kyrgyz": of_text(text(head=titled("ky"))),
    "headings in three languages": of_text(text(head=[*titled("ru")[:3], *titled("ky")[3:6], *HEAD[6:]])),
    "Latin letters in Russian headings": of_text(
        text(head=[title.replace("о", "o").replace("е", "e").replace("с", "c") for title in titled("ru")])
    ),
}


def total(label, name="id", **figures):
    """A row with the sums."""
    return dict.fromkeys(HEAD) | {"everyone": 221, "women": 101, "men": 120} | {name: label} | figures


def subtotal(label, name="id", **more):
    return of_text(
        text([*ROWS[:3], total(label, name, **more), *ROWS[3:]]),
        held("total", "", 5, words=("total", "Take the row out")),
        rows=(2, 3, 4, 5, 6, 7, 8),
        own=(label,) if len(label) > 12 else (),
    )


TOTALS = {
    "a total under the rows: Total:": of_text(
        text([*ROWS, total("Total:")]), held("total", "", 8, words=("calculated",)), rows=(*SIX, 8)
    ),
    "a total among the rows: Итого": subtotal("Итого"),
    "a total among the rows: ВСЕГО :": subtotal("ВСЕГО :"),
    "a total among the rows: Жыйынтыгы": subtotal("Жыйынтыгы"),
    "a total with its month: Итого за март": subtotal("Итого за март QX"),
    "a total beside the key": subtotal("Итого", "place"),
    "a total in the column of days": subtotal("Total", "day"),
    "a total that looks like a record": subtotal("Total for March QX", day="2014-03-31", place="Osh", centre="C1"),
    "an organisation whose name begins like a total": of_text(text(changed((4, "note", "Total Solutions QX")))),
}

# --- Single cells of a text -------------------------------------------------------------------


SAME = object()


def one(name, value, told=None, *words, describe=lambda fields, table: None, meant=SAME):
    """A text with the cell of one column in row 4 changed: what is found there, and the value that it has if it is used."""
    expected = [Told(*told, COLUMN[name], (4,), words)] if told else []
    own = (value,) if told and len(value.strip()) > 3 else ()
    values = {} if meant is SAME else {("QX-103", name): meant}
    return of_text(text(changed((4, name, value))), *expected, describe=describe, own=own, meant=values)


def column(name, say, told=None, *words, describe=lambda fields, table: None):
    """A text with a whole column said otherwise, one finding for all of it."""
    rows = changed(*((row, name, say(ROWS[row - 2][name])) for row in SIX if ROWS[row - 2][name] is not None))
    filled = tuple(row for row in SIX if ROWS[row - 2][name] is not None)
    expected = (
        [
            Told(
                HELD_BACK,
                told,
                COLUMN[name],
                filled,
                (*words, f"all {len(filled)} filled cells" if len(filled) >= 5 else "rows"),
            )
        ]
        if told
        else []
    )
    if not told:
        return of_text(text(rows), describe=describe)
    return Bad(several(**{"meetings.csv": text(rows), "right.csv": text(AGAIN)}), told=tuple(expected), rows=TWELVE)


TYPE, CATEGORY, MEANT = (HELD_BACK, "type"), (HELD_BACK, "category"), (REPAIRED, "spelling")
KEY = (HELD_BACK, "key")
GROUPED = declared(women={"groupChar": " "}, everyone={"groupChar": " "})
GERMAN = declared(day={"format": "%d.%m.%Y"})

NUMBERS = {
    "fewer than five as <5": one("women", "<5", TYPE, "A limit is no number"),
    "about twenty": one("women", "около 20", TYPE, "A limit is no number"),
    "n/a for a number": one("spent", "n/a", TYPE, "Leave the cell empty", "missingValues"),
    "n/a for a number that must be there": one("women", "n/a", TYPE, "Write the value"),
    "нет данных for a number": one("spent", "нет данных", TYPE, "missingValues"),
    "жок for a number": one("spent", "жок", TYPE, "missingValues"),
    "a dash for a number": one("spent", "–", TYPE, "missingValues"),
    "a mark that is declared": one("spent", "н/д", meant=None, describe=declared(spent={"missingValues": ["н/д"]})),
    "-99 for no number": one("spent", "-99", (HELD_BACK, "missing code"), "no value", "missingValues"),
    "-99 where nothing is below 0": one("women", "-99", (HELD_BACK, "missing code"), "no value", "Write the value"),
    "a number below what may be": of_text(
        text(changed((4, "women", -17), (4, "everyone", -1))),
        held("minimum", "E", 4, words=("at least 0",)),
        held("minimum", "G", 4),
    ),
    "-99 that is declared": one("spent", "-99", meant=None, describe=declared(spent={"missingValues": ["-99"]})),
    "a decimal comma": one("spent", "12,75", TYPE, "decimalChar"),
    "a column of decimal commas": column(
        "spent", lambda value: f"{value:.2f}".replace(".", ","), "type", "decimalChar"
    ),
    "decimal commas that are declared": column(
        "spent", lambda value: f"{value:.2f}".replace(".", ","), describe=declared(spent={"decimalChar": ","})
    ),
    "a blank between thousands": one("women", "1 200", TYPE, "groupChar"),
    "a no-break space between thousands": one("women", "1\u00a0200", TYPE, "groupChar"),
    "a narrow no-break space between thousands": one("women", "1\u202f200", TYPE, "groupChar"),
    "a no-break space behind a number": one("women", "17\u00a0", MEANT, "blank"),
    "a ditto mark for a number": one("women", "-//-", TYPE, "in every row"),
    "a no-break space between thousands that are declared": of_text(
        text(changed((4, "women", "1\u00a0200"), (4, "everyone", "1 216"))),
        repaired("E", 4, words=("blank",)),
        describe=GROUPED,
        meant={("QX-103", "women"): 1200, ("QX-103", "everyone"): 1216},
    ),
    "a comma between thousands": one("women", "1,200", TYPE, "thousands"),
    "an apostrophe between thousands": one("women", "1'200", TYPE, "thousands"),
    "a number with its unit": one("women", "17 чел.", TYPE, "number alone"),
    "a percentage": one("women", "75%", TYPE, "number alone"),
    "an exponent": one("women", "1.7E+01", TYPE, "whole number"),
    "a whole number with a decimal": one("women", "17.0", TYPE, "without the decimals"),
    "a number with an apostrophe before it": one("women", "'17", TYPE, "apostrophe"),
    "a number in words": one("women", "семнадцать", TYPE, "whole number"),
    "a minus that is a long dash": one("spent", "−12.75", MEANT, "dash", meant=-12.75),
    "too many decimals": one("spent", "12.750001", TYPE, "4 decimal places"),
    "digits of another script": one("women", "١٧", TYPE, "whole number"),
    "the letter O for a zero": one("women", "1O", TYPE, "whole number"),
    "an error of Excel in a text": one("women", "#REF!", TYPE, "error of Excel"),
    "an error of a Russian Excel in a text": one("women", "#ССЫЛКА!", TYPE, "error of Excel"),
    "a formula as text": one("women", "=E2+E3", TYPE, "formula"),
    "a formula in a free text stays text": one("note", "=HYPERLINK(QX)"),
    "parts that do not add up": of_text(
        text(changed((4, "women", 71))), held("sum", "G", 4, words=("sum of women, men",))
    ),
}

DAYS = {
    "a day as 14.03.2014": one("day", "14.03.2014", TYPE, "2014-12-31", '"format": "%d.%m.%Y"'),
    "a column of days as 14.03.2014": column("day", lambda day: f"{day:%d.%m.%Y}", "type", "format"),
    "days as 14.03.2014 that are declared": column("day", lambda day: f"{day:%d.%m.%Y}", describe=GERMAN),
    "a day as 3/14/2014": one("day", "3/14/2014", TYPE, "Day or month first?"),
    "a day as 14.03.14": one("day", "14.03.14", TYPE, "Day or month first?"),
    "a day as 4.3.2014 where 04.03.2014 is declared": one(
        "day", "4.3.2014", TYPE, "31.12.2014", "two digits", describe=GERMAN
    ),
    "30 February": one("day", "2014-02-30", TYPE, "no such day"),
    "31.02.2014 where such days are declared": one("day", "31.02.2014", TYPE, "no such day", describe=GERMAN),
    "a day with its time": one("day", "2014-03-14 10:30", MEANT, "time of day"),
    "Excel's number for a day": one("day", "41712", TYPE, "Excel's number for a day"),
    "a day in words": one("day", "14 марта 2014", TYPE, "2014-12-31"),
    "a year for a day": one("day", "2013", TYPE, "2014-12-31"),
    "a day of the year 204": one("day", "0204-03-14", TYPE, "2014-12-31"),
    "a day that is not the project's": one(
        "day", "2041-03-14", (HELD_BACK, "project's dates"), "2011-10-01 to 2015-09-30"
    ),
    "a day after the records are complete": one(
        "day", "2015-03-14", (LOOK, "after records_through"), "2014-12-31", meant=date(2015, 3, 14)
    ),
    "no day": one("day", "", (HELD_BACK, "required"), "must not be empty"),
    "a day that is not known": one("day", "неизвестно", TYPE, "Write the value"),
}

WORDS = {
    "a Latin O in Oш": one("place", "Oш", MEANT, "looks like another", meant="osh"),
    "a place in capitals": one("place", "ОШ", MEANT, "capital", meant="osh"),
    "a place in small letters": one("place", "osh ", MEANT, meant="osh"),
    "a spelling that is declared": one("place", "Issyk-Kul"),
    "places in three languages": of_text(
        text(changed((2, "place", "Ош"), (3, "place", "Чүй"), (4, "place", "Иссык-Куль")))
    ),
    "a long dash in a place": one("place", "Ысык–Көл", MEANT, "dash"),
    "е for ё": one("place", "Семеновка", MEANT, meant="semyonovka"),
    "a no-break space behind a place": one("place", "Osh\u00a0", MEANT, "blank", meant="osh"),
    "a sign that nobody sees in a place": one("place", "О\u200bш", MEANT, meant="osh"),
    "a ditto mark for a place": one("place", "то же", CATEGORY, "in every row"),
    "a place that is none": one("place", "QX Osh town", CATEGORY, "must be one of", "alternatives"),
    "a place that is not known": one("place", "не известно", CATEGORY, "Write the value"),
    "yes in another language": one("agreed", "да", TYPE, "true or false", "trueValues"),
    "yes in another language, declared": of_text(
        text(changed(*((row, "agreed", "да" if ROWS[row - 2]["agreed"] else "нет") for row in (2, 3, 4, 6, 7)))),
        describe=declared(agreed={"trueValues": ["да"], "falseValues": ["нет"]}),
    ),
    "1 and 0 for yes and no": of_text(text(changed((2, "agreed", "1"), (3, "agreed", "0")))),
    "a cross for yes": one("agreed", "x", TYPE, "missingValues"),
    "a category that is Excel's error": one("place", "#Н/Д", CATEGORY, "error of Excel"),
}

KEYS = {
    "no key": one("id", "", (HELD_BACK, "required"), "must not be empty"),
    "the same row twice": of_text(
        text([*ROWS, ROWS[1]]), held("unique", "A", 8, words=("same row stands earlier",)), rows=(*SIX, 8)
    ),
    "one key, two different rows": of_text(
        text(changed((6, "id", "QX-101"))), held("unique", "A", 2, 6, words=("rows that differ",))
    ),
    "one key, with a blank behind": of_text(
        text(changed((6, "id", "QX-101\u00a0"))), held("unique", "A", 2, 6), repaired("A", 6)
    ),
    "keys that differ by a Cyrillic letter": of_text(
        text(changed((5, "id", "QХ-101"), (2, "id", "QX-101"))),
        held("look-alike key", "A", 2, 5, words=("Latin and Cyrillic", "one alphabet")),
        own=("QХ-101",),
    ),
    "a key with a blank behind": one("id", "QX-103\u00a0", MEANT, "blank"),
    "a key of nobody": one("centre", "QXC9", KEY, "table 'centres'", "Add the row"),
    "a Cyrillic letter in a key of another table": one("centre", "С1", MEANT, "looks like another"),
    "a key of a row that is held back": Bad(
        lambda folder: (put(text())(folder), put("centre,beds\nC1,QX\nC2,6\n", "../centres.csv")(folder)),
        told=(held("held back key", "D", 2, 4, 6, words=("table 'centres'", "Put that row right")),),
    ),
}

# --- Workbooks --------------------------------------------------------------------------------


@later
def book(rows=ROWS, edit=None, head=HEAD, above=()):
    """The bytes of a workbook with the rows on its sheet 'March', after edit(sheet, book)."""
    found = Workbook()
    sheet = found.active
    sheet.title = "March"
    for line in (*above, head):
        sheet.append(line)
    for row in rows:
        sheet.append([row[name] for name in HEAD] if isinstance(row, dict) else row)
    if edit:
        edit(sheet, found)
    file = io.BytesIO()
    found.save(file)
    return file.getvalue()


def cells(**values):
    """A workbook's edit: cells by their reference."""

    def edit(sheet, _):
        for place, value in values.items():
            sheet[place] = value

    return edit


@later
def patched(data, part, edit, compression=zipfile.ZIP_DEFLATED):
    """A workbook with one part of its zip as edit(bytes) gives it; None takes it out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data())) as old, zipfile.ZipFile(file, "w", compression) as new:
        assert part in (*old.namelist(), "")
        for name in old.namelist():
            content = edit(old.read(name)) if name == part else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def replaced(*pairs, part=SHEET, data=None):
    """A workbook with texts of a part replaced; each of them must be there."""

    def edit(content):
        for old, new in pairs:
            assert re.search(old, content), old
            content = re.sub(old, new, content, count=1)
        return content

    return patched(data or book(), part, edit)


@later
def added(**parts):
    """A workbook with more parts in its zip, by name."""
    file = io.BytesIO(book()())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def in_book(*told, data=None, edit=None, rows=SIX, name="meetings.xlsx", **more):
    return Bad(put(data or book(edit=edit), name), told=told, rows=rows, **more)


def no_book(data, *words, name="meetings.xlsx", **more):
    return Bad(put(data, name), unread=words, rows=(), **more)


def merged_title(sheet, _):
    sheet.merge_cells("A1:J1")
    sheet.merge_cells("A2:E2")


def hidden(*rows):
    def edit(sheet, _):
        for row in rows:
            sheet.row_dimensions[row].hidden = True

    return edit


def filtered(sheet, found):
    sheet.auto_filter.ref = "A1:J7"
    hidden(3, 5)(sheet, found)


def another_sheet(name, rows, state="visible"):
    def edit(_, found):
        page = found.create_sheet(name)
        page.sheet_state = state
        for row in rows:
            page.append(row)

    return edit


def as_lists(rows):
    return [HEAD, *([*row.values()] for row in rows)]


MORE = [row | {"id": f"{row['id']}-more"} for row in ROWS[:2]]


def chart(sheet, found):
    from openpyxl.chart import BarChart, Reference

    drawn = BarChart()
    drawn.add_data(Reference(sheet, min_col=5, min_row=1, max_row=7), titles_from_data=True)
    found.create_chartsheet("Chart", 0).add_chart(drawn)


def named(sheet, found):
    from openpyxl.workbook.defined_name import DefinedName

    found.defined_names["meetings"] = DefinedName("meetings", attr_text="March!$A$1:$J$7")
    sheet.print_title_rows = "1:1"


def sixty(sheet, found):
    for number in range(1, 60):
        another_sheet(f"Week {number}", [HEAD, [f"QX-{number}-1", *list(ROWS[0].values())[1:]]])(sheet, found)


def since_1904(_, found):
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    found.epoch = CALENDAR_MAC_1904


def shown_as(place, form, value):
    def edit(sheet, _):
        sheet[place] = value
        sheet[place].number_format = form

    return edit


def apostrophe(sheet, _):
    for place, value in (("E4", "17"), ("F4", "16"), ("H4", "12.75")):
        sheet[place] = value
        sheet[place].quotePrefix = True


def far(place):
    return book(edit=cells(**{place: "QX far"}))


def many_rows(content):
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (row, row) for row in range(8, 1_000_008))
    return content.replace(b"</sheetData>", rows + b"</sheetData>")


@later
def flagged(data):
    """A zip all of whose parts say that they are encrypted."""
    data = bytearray(data())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for found in re.finditer(re.escape(mark), bytes(data)):
            data[found.start() + place] |= 1
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + b"QX" * 500
VALUE = rb'<c r="%s"[^>]*>.*?</c>'


def written(place, xml):
    """(what a cell of the sheet is, what is put in its place)."""
    return (VALUE % place.encode(), xml.encode())


MERGED = "inside a merged area"
NOT_CALCULATED = ("formula without a stored value", "let it calculate")

WORKBOOKS = {
    "a workbook as it should be": in_book(),
    "a workbook in Russian": in_book(
        data=book(changed((2, "place", "Ош"), (4, "place", "Иссык-Куль")), head=titled("ru"))
    ),
    "a workbook with its header in row 5 under a merged title": in_book(
        held("type", "F", 8),
        data=book(changed((4, "men", "QX")), merged_title, above=(["QX Centre"], ["Quarter 2"], [], ["QX"])),
        rows=(6, 7, 8, 9, 10, 11),
    ),
    "a workbook with its table in the middle of the sheet": in_book(
        held("type", "H", 6),
        data=book(
            [[None, None, *row.values()] for row in changed((4, "men", "QX"))], head=[None, None, *HEAD], above=([], [])
        ),
        rows=(4, 5, 6, 7, 8, 9),
    ),
    "a workbook with its header in two merged rows": no_book(
        book(
            edit=lambda sheet, _: (
                sheet.insert_rows(1),
                [sheet.cell(1, place, name) for place, name in enumerate(HEAD, 1) if place not in (5, 6, 7)],
                [sheet.merge_cells(f"{letter}1:{letter}2") for letter in "ABCDHIJ"],
                sheet.merge_cells("E1:G1"),
            )
        ),
        "sheet 'March'",
        "women, men, everyone",
        "missing in row 1",
        "in one row",
    ),
    "merged data cells": in_book(
        held("merged", "C", 4, 5, words=(MERGED, "Unmerge")), edit=lambda sheet, _: sheet.merge_cells("C3:C5")
    ),
    "a merged area over the whole sheet beside it": in_book(
        edit=lambda sheet, _: sheet.merged_cells.add("L1:XFD1048576"), counted=False
    ),
    "hidden rows": in_book(look("hidden row", 3, 6, words=("hidden", "were read")), edit=hidden(3, 6)),
    "a filtered sheet": in_book(look("hidden row", 3, 5, words=("filter",)), edit=filtered),
    "a hidden sheet": in_book(
        look("hidden sheet", words=("'Old'", "was read")),
        edit=another_sheet("Old", as_lists(MORE), "hidden"),
        rows=(*SIX, 2, 3),
    ),
    "a sheet that Excel itself does not list": in_book(
        look("hidden sheet", words=("'Old'",)),
        edit=another_sheet("Old", as_lists(MORE), "veryHidden"),
        rows=(*SIX, 2, 3),
    ),
    "an unrelated sheet beside the right one": in_book(
        look("unread sheet", words=("'Budget'", "none of the table's columns")),
        edit=another_sheet("Budget", [["QX", 1]]),
    ),
    "an empty sheet beside the right one": in_book(edit=another_sheet("Sheet2", [])),
    "two sheets of records": in_book(
        held("type", "F", 3, words=("'April'",)),
        edit=another_sheet("April", as_lists([MORE[0], MORE[1] | {"men": "QX"}])),
        rows=(*SIX, 2, 3),
    ),
    "a second sheet that lacks a column": no_book(
        book(edit=another_sheet("April", [[*HEAD[:-1]], [*MORE[0].values()][:-1]])),
        "sheet 'April'",
        "'note'",
        "missing",
    ),
    "sheets of which the project names one": in_book(
        look("unread sheet", words=("'April'", "not the one that datapackage.json names")),
        edit=another_sheet("April", as_lists(MORE)),
        describe=declared({"dialect": {"sheetName": "March"}}),
        counted=False,
    ),
    "without the sheet that the project names": no_book(
        book(), "'May'", "no such sheet", describe=declared({"dialect": {"sheetName": "May"}})
    ),
    "a sheet of a chart": in_book(edit=chart),
    "names and a print title": in_book(edit=named),
    "sixty sheets": in_book(edit=sixty, rows=(*SIX, *([2] * 59))),
    "formulas with what they gave": in_book(
        data=replaced(
            *(
                written(f"G{row}", f'<c r="G{row}"><f>E{row}+F{row}</f><v>{ROWS[row - 2]["everyone"]}</v></c>')
                for row in SIX
            )
        )
    ),
    "formulas that were never calculated": in_book(
        held("uncalculated", "G", *SIX[2:4], words=NOT_CALCULATED), edit=cells(G4="=E4+F4", G5="=SUM(E5:F5)")
    ),
    "a formula without any value": in_book(
        held("uncalculated", "H", 3, words=NOT_CALCULATED), data=replaced(written("H3", '<c r="H3"><f>QX1*2</f></c>'))
    ),
    "an array formula that was never calculated": in_book(
        held("uncalculated", "G", 4),
        data=replaced(written("G4", '<c r="G4"><f t="array" ref="G4">SUM(E4:F4)</f><v/></c>')),
    ),
    "a formula that gives an empty text": in_book(
        data=replaced(written("J3", '<c r="J3" t="str"><f>IF(E3&gt;0,"","QX")</f><v></v></c>'))
    ),
    "errors of Excel": in_book(
        held("errors", "G", 3, 4, words=("#REF!", "Correct the formula")),
        data=replaced(
            written("G3", '<c r="G3" t="e"><f>E3+#REF!</f><v>#REF!</v></c>'),
            written("G4", '<c r="G4" t="e"><v>#N/A</v></c>'),
        ),
    ),
    "numbers for days, without a format": in_book(
        held("type", "B", 4, words=("Excel's number for a day", "date format")), edit=shown_as("B4", "General", 41712)
    ),
    "the date system of 1904": in_book(edit=since_1904),
    "days with a time of day": in_book(
        repaired("B", 4, words=("time of day",)), edit=cells(B4=datetime(2014, 3, 14, 10, 30))
    ),
    "days as text among real days": in_book(held("type", "B", 4, words=("format",)), edit=cells(B4="14.03.2014")),
    "a day that Excel cannot have": in_book(held("errors", "B", 4), edit=shown_as("B4", "yyyy-mm-dd", 99999999)),
    "a number that is shown as a day": in_book(
        held("type", "E", 4, words=("whole number", "number format")), edit=shown_as("E4", "dd.mm.yyyy", 17)
    ),
    "numbers as text behind an apostrophe": in_book(edit=apostrophe),
    "float noise: 419.99999999999994": in_book(
        edit=cells(E4=419.99999999999994, G4=435.99999999999994, H4=0.1 + 0.2),
        meant={("QX-103", "women"): 420, ("QX-103", "everyone"): 436, ("QX-103", "spent"): 0.3},
    ),
    "a percentage in a column of numbers": in_book(
        held("type", "E", 4, words=("whole number",)), edit=shown_as("E4", "0%", 0.75)
    ),
    "a key that is a number": in_book(data=book(changed((4, "id", 103)))),
    "yes and no as Excel has them": in_book(edit=cells(I2=True, I3=False)),
    "a signature under the table of a workbook": in_book(
        *(held("required", letter, 9) for letter in "BCDEFG"), edit=cells(A9="QX signed"), rows=(*SIX, 9)
    ),
    "blanks under the table of a workbook": in_book(edit=cells(B9=" ", C10="\u00a0")),
    "totals with formulas under the table": in_book(
        held("uncalculated", "E", 8), held("total", "", 8), edit=cells(A8="Итого", E8="=SUM(E2:E7)"), rows=(*SIX, 8)
    ),
    "a remark beside the table": in_book(
        look("no heading", 4, words=("beyond the last heading",)), edit=cells(L4="QX remark")
    ),
    "a column without a heading in a workbook": in_book(
        look("no heading", 3, words=("column E",)),
        data=book(
            [[*list(row.values())[:4], "QX why" if row is ROWS[1] else None, *list(row.values())[4:]] for row in ROWS],
            head=[*HEAD[:4], None, *HEAD[4:]],
        ),
    ),
    "a row shifted to the right in a workbook": in_book(
        look("no heading", 4, words=("beyond the last heading",)),
        held("required", "A", 4),
        held("type", "B", 4),
        held("category", "C", 4),
        held("key", "D", 4),
        held("type", "E", 4),
        held("type", "I", 4),
        data=book([*ROWS[:2], [None, *[*ROWS[2].values()][:9], "QX"], *ROWS[3:]]),
    ),
    "a filled cell at XFD20000": no_book(far("XFD20000"), "beyond", "column 200", "Clear what is far off"),
    "a filled cell in row 60000": no_book(far("A60000"), "beyond row 50,000"),
    "a formula without value in row 60000": no_book(book(edit=cells(A60000="=1")), "beyond row 50,000"),
    "a million empty formatted rows": no_book(
        patched(book(), SHEET, many_rows),
        "more than 1,000,000 cells, filled or formatted",
        "Delete formatted empty rows",
    ),
    "rows without their numbers": in_book(
        held("uncalculated", "G", 4),
        data=patched(
            book(edit=cells(G4="=E4+F4")),
            SHEET,
            lambda content: re.sub(rb'(<(?:row|c)) r="[A-Z]?[2-4]"', rb"\1", content),
        ),
    ),
    "rows in the wrong order": no_book(
        replaced((rb'(<row r="4".*?</row>)(<row r="5".*?</row>)', rb"\2\1")), "damaged", "save it again"
    ),
    "two rows with one number": no_book(replaced((rb'<row r="5"', rb'<row r="4"')), "damaged"),
    "cells in the wrong order": no_book(
        replaced((rb'(<c r="A4".*?</c>)(.*?)(<c r="I4".*?</c>)', rb"\3\2\1")), "damaged"
    ),
    "a wrong size in the sheet": in_book(
        data=replaced((rb'<dimension ref="[A-Z0-9:]+" ?/>', b'<dimension ref="A1:B2"/>'))
    ),
    "texts in the cells themselves": in_book(
        data=replaced(written("J3", '<c r="J3" t="inlineStr"><is><r><t>QX</t></r><r><t> inline</t></r></is></c>'))
    ),
    "a text that is not in the list of texts": no_book(
        replaced(written("J3", '<c r="J3" t="s"><v>999</v></c>')), "damaged"
    ),
    "a sheet that is no XML": no_book(patched(book(), SHEET, lambda content: content[:-40]), "damaged"),
    "without its sheet": no_book(patched(book(), SHEET, lambda content: None), "damaged"),
    "a strict workbook": no_book(
        replaced(
            (
                rb"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            part="xl/workbook.xml",
            data=replaced(
                (
                    rb"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
                )
            ),
        ),
        "Open it in Excel, save it again",
    ),
}

NO_WORKBOOKS = {
    "zero bytes named .xlsx": no_book(b"", "the file is empty", "Send it again"),
    "a picture named .xlsx": no_book(b"\x89PNG\r\n\x1a\nQX", "no Excel workbook", "whatever its name says"),
    "a text named .xlsx": no_book(text().encode(), "no Excel workbook"),
    "a web page named .xlsx": no_book(b"<html>QX</html>", "no Excel workbook"),
    "an old workbook named .xlsx": no_book(OLE[:512], "workbook of an old Excel", "Save it as .xlsx"),
    "a workbook with a password": no_book(OLE, "protected with a password", "without a password"),
    "a zip with a password": no_book(flagged(book()), "password", "Take the password off"),
    "a zip cut in half": no_book(lambda: book()()[:3000], "damaged", "save it again as .xlsx"),
    "a zip with a wrong checksum": no_book(
        lambda: patched(book(), "", None, zipfile.ZIP_STORED)().replace(b"QX-101", b"QX-1O1", 1), "damaged"
    ),
    "a document named .xlsx": no_book(patched(book(), "xl/workbook.xml", lambda content: None), "no Excel workbook"),
    "a zip of CSV files named .xlsx": no_book(b"PK\x05\x06" + bytes(18), "no Excel workbook"),
    "macros named .xlsx": no_book(added(**{"xl/vbaProject.bin": b"QX"}), "macros", "without macros"),
    "an external entity": no_book(
        replaced(
            (rb"<worksheet ", b'<!DOCTYPE worksheet [<!ENTITY e SYSTEM "file:///etc/hostname">]><sst '),
            (rb"QX second note", b"QX &e;"),
        ),
        "document type declaration",
        "do harm",
    ),
    "a billion laughs": no_book(
        replaced(
            (
                rb"<worksheet ",
                b'<!DOCTYPE worksheet [<!ENTITY a "QXQXQXQX"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst ',
            ),
            (rb"QX second note", b"&b;"),
        ),
        "document type declaration",
    ),
    "a zip bomb": no_book(
        patched(book(), SHEET, lambda content: content + b" " * (60 * 2**20)), "larger when it is opened"
    ),
    "a bomb beside the sheets": no_book(
        added(**{"xl/calcChain.xml": b"<c>" + b" " * (60 * 2**20) + b"</c>"}), "larger when it is opened"
    ),
    "too many parts inside": no_book(
        added(**{f"xl/media/{number}.png": b"" for number in range(600)}), "too many parts"
    ),
}

# --- The folder --------------------------------------------------------------------------------


def linked(folder):
    (folder.parents[1].parent / "outside.csv").write_text(text(), encoding="utf-8")
    (folder / "meetings.csv").symlink_to(folder.parents[1].parent / "outside.csv")


def linked_inside(folder):
    put(text())(folder)
    (folder / "again.csv").symlink_to(folder / "meetings.csv")


def linked_folder(folder):
    outside = folder.parents[1].parent / "elsewhere"
    outside.mkdir()
    put(text())(outside)
    folder.rmdir()
    folder.symlink_to(outside, target_is_directory=True)


def in_a_folder(folder):
    (folder / "May").mkdir()
    put(text(), "May/meetings.csv")(folder)


def beside(folder):
    put(text())(folder)
    put(text(), "../meetings of May.csv")(folder)


FOLDERS = {
    "the lock file of an open workbook": Bad(
        several(**{"meetings.xlsx": book(), "~$meetings.xlsx": b"\x05QX" + bytes(50), ".~lock.meetings.xlsx#": b"QX"})
    ),
    "what Windows and macOS leave behind": Bad(
        several(
            **{
                "meetings.csv": text(),
                "Thumbs.db": b"QX",
                "desktop.ini": b"QX",
                ".DS_Store": b"QX",
                "._meetings.csv": b"QX",
            }
        )
    ),
    "an empty folder": Bad(lambda folder: None, unread=("the folder is empty", "table 'meetings'"), rows=()),
    "a folder within the folder": Bad(
        in_a_folder, unread=("a folder within a folder", "the files themselves"), rows=()
    ),
    "a folder by the name of a file": Bad(
        lambda folder: (folder / "meetings.csv").mkdir(), unread=("a folder within a folder",), rows=()
    ),
    "a link out of the folder": Bad(linked, unread=("link to another place", "Put the file itself"), rows=()),
    "a link to a file that is read already": Bad(
        linked_inside, unread=("again.csv", "link to another place"), rows=SIX
    ),
    "a link in place of the folder": Bad(linked_folder, unread=("link to another place",), rows=()),
    "names with blanks, braces and Cyrillic letters": Bad(
        several(
            **{"встречи {март} (2) [копия].csv": text(changed((4, "men", "QX"))), "a; b %s & 'c'.xlsx": book(AGAIN)}
        ),
        told=(held("type", "F", 4, words=("встречи {март} (2) [копия].csv",)),),
        rows=TWELVE,
    ),
    "capitals in the ending": Bad(several(**{"MEETINGS.CSV": text(), "MORE.XLSX": book(AGAIN)}), rows=TWELVE),
    "the same file twice": Bad(
        several(**{"meetings (1).csv": text(), "meetings.csv": text()}),
        told=(held("unique", "A", *SIX, words=("meetings.csv", "all 6 filled cells")),),
        rows=TWELVE,
    ),
    "a good file beside one that cannot be read": Bad(
        several(**{"a.csv": text(), "b.xlsx": b"QX"}), unread=("b.xlsx", "no Excel workbook"), rows=SIX
    ),
    "two files that cannot be read": Bad(
        several(**{"a.csv": "QX", "b.xlsx": b"QX"}), unread=("a.csv", "b.xlsx"), rows=()
    ),
    "a file in no table's folder": Bad(
        beside, told=(look("unread file", words=("meetings of May.csv", "was not read")),)
    ),
    "a file without rows beside one with rows": Bad(several(**{"a.csv": text(), "b.csv": text([])})),
}

BAD = ENCODINGS | OTHER_KINDS | SHAPES | TOTALS | NUMBERS | DAYS | WORDS | KEYS | WORKBOOKS | NO_WORKBOOKS | FOLDERS
