"""A project of three tables in folders, and the workbooks that its partners send, with Russian names and headings."""

import datetime
import json

import openpyxl

from ctanalysis.intake import receiving
from ctanalysis.project import load
from tests.generators import small

NAME = "ORG05 отчет 1 кв 2015.xlsx"
OBLASTS = [{"value": "OSH", "label": "Ош"}, {"value": "BAT", "label": "Баткен"}]
KEY = {"required": True, "unique": True}
EVENTS = [
    {"name": "event_id", "type": "string", "title": "event code", "translations": {"ru": "код"}, "constraints": KEY},
    {"name": "day", "type": "date", "title": "day of the event", "translations": {"ru": "дата мероприятия"}},
    {"name": "guests", "type": "integer", "title": "guests", "translations": {"ru": "количество участников"}},
    {
        "name": "oblast",
        "type": "string",
        "title": "oblast",
        "translations": {"ru": "область"},
        "categories": OBLASTS,
    },
]
CALLS = [
    {
        "name": "call_id",
        "type": "string",
        "title": "call code",
        "translations": {"ru": "код звонка"},
        "constraints": KEY,
    },
    {"name": "call_day", "type": "date", "title": "day of the call", "translations": {"ru": "дата звонка"}},
    {"name": "topic", "type": "string", "title": "topic", "translations": {"ru": "тема"}},
]
IN_RUSSIAN = {
    "events": ["код", "дата мероприятия", "количество участников", "область"],
    "calls": ["код звонка", "дата звонка", "тема"],
}
EVENT_ROWS = [
    ["E-101", datetime.date(2015, 1, 14), 25, "Ош"],
    ["E-102", datetime.date(2015, 2, 3), 40, "Баткен"],
    ["E-103", datetime.date(2015, 3, 27), 31, "Ош"],
]
CALL_ROWS = [["C-1", datetime.date(2015, 1, 5), "виза"], ["C-2", datetime.date(2015, 3, 30), "работа"]]
DELIVERIES = "file,partner,period,sent\nrecords/events/earlier.csv,ORG05,FY2015Q1,2015-01-10\n"
TOML = "\n# up to here all has come\nrecords_through = 2014-12-31   # move with care\n[fiscal_year]"


def laid_out(folder):
    """The project, with a quarter of events that ORG05 sent before. Its files have comments and shapes of their own."""
    made = small.write(folder, "day\n2014-10-01", 'measure = "count"\ntable = "rows"\ndate = "day"')
    path = made / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for name, fields in (("events", EVENTS), ("calls", CALLS)):
        schema = {"fields": fields, "primaryKey": [fields[0]["name"]]}
        package["resources"].append(
            {
                "name": name,
                "path": f"records/{name}",
                "title": name,
                "disclosure": "open",
                "mayBeEmpty": True,
                "schema": schema,
            }
        )
        (made / "records" / name).mkdir()
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1), encoding="utf-8")
    facts = (made / "project.toml").read_text(encoding="utf-8").replace("records_through = 2014-12-31\n", "", 1)
    (made / "project.toml").write_text(facts.replace("\n[fiscal_year]", TOML, 1), encoding="utf-8")
    (made / "deliveries.csv").write_text(DELIVERIES, encoding="utf-8")
    (made / "records" / "events" / "earlier.csv").write_text(
        "event_id,day,guests,oblast\nE-1,2014-11-03,12,OSH\n", encoding="utf-8"
    )
    return made


def workbook(path, **sheets):
    """A workbook at the path: for each sheet its rows, the headings first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def of_events(folder, headings=None, rows=None):
    """What ORG05 sent of the first quarter of 2015: one sheet of events."""
    rows = [headings or IN_RUSSIAN["events"], *(EVENT_ROWS if rows is None else rows)]
    return workbook(folder / NAME, Мероприятия=rows)


def of_both(folder):
    """The same with a sheet of calls, and one of notes."""
    return workbook(
        folder / NAME,
        Мероприятия=[IN_RUSSIAN["events"], *EVENT_ROWS],
        Звонки_2015=[["Отчёт горячей линии"], [], IN_RUSSIAN["calls"], *CALL_ROWS],
        Заметки=[["Просим прислать новые бланки."]],
    )


def received(project, file, **typed):
    """What make receive says; typed: other words than those of an ordinary command."""
    words = {"file": str(file), "partner": "ORG05", "sent": "2015-04-14", "period": "", "dry": "", "complete": ""}
    return "\n".join(receiving.receive(load(project), words | typed).lines)


def everything(folder):
    """Every file of a folder, hidden ones too, with its bytes; and every folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def paths_of(project):
    """The path of each table, as datapackage.json has it."""
    package = json.loads((project / "datapackage.json").read_text(encoding="utf-8-sig"))
    return {resource["name"]: resource["path"] for resource in package["resources"]}
