"""One bad file and what must come of it; the project that it is sent to, and the records that it should have held."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as field_of
from datetime import date
from pathlib import Path

from openpyxl.utils import get_column_letter

from ctanalysis.records import HELD_BACK, LOOK, PASSED, REPAIRED
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
    """make(folder) puts the file there.

    Either it cannot be read, and `unread` are words of the sentence; or `rows` are all its records, as a spreadsheet
    shows them, and `told` all that is found, of which what is held back is not used.

    describe(fields by name, table) changes datapackage.json. own: words of the files that no finding may hold, beside
    those with QX. meant: by key and field, the values of used rows that are others than those of ROWS. counted: whether
    the tests can count its rows without the library.
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
    """Not counted: held back, or passed over where the row is no record."""
    return Told(PASSED if rule in ("total", "columns again") else HELD_BACK, rule, column, rows, words)


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
    dict(zip(HEAD, row, strict=True))
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
