"""A table as it was sent: a small project whose only table has the fields and the file that a test gives."""

import csv
import json

import openpyxl

from ctanalysis import project, records
from tests.generators import small

KEY = {"name": "id", "type": "string", "title": "row", "constraints": {"required": True, "unique": True}}


def field(name, type="string", **more):
    return {"name": name, "type": type, "title": name, **more}


def sent(folder, fields, rows, name="rows.xlsx", edit=lambda sheet: None, table=None, project_toml=""):
    """A project folder. fields: of its table, beside the key `id`. rows: lists of cells, of which the first names the
    columns; a text is the whole content of a text file. edit(sheet) changes the sheet before it is saved. table: more
    keys of the table.
    """
    small.write(folder, "day\n2014-01-01", 'measure = "count"\ntable = "rows"\ndate = "day"')
    (folder / "records/rows.csv").unlink()
    if project_toml:
        (folder / "project.toml").write_text(project_toml + small.FACTS, encoding="utf-8")
    described = {
        "name": "rows",
        "path": f"records/{name}",
        "title": "Rows",
        "disclosure": "open",
        "schema": {"fields": [KEY, field("day", "date"), *fields], "primaryKey": ["id"]},
    } | (table or {})
    (folder / "datapackage.json").write_text(json.dumps({"name": "sent", "resources": [described]}), encoding="utf-8")
    write(folder / "records" / name, rows, edit)
    return folder


def write(path, rows, edit=lambda sheet: None):
    """Rows as a workbook or a text file; a text or bytes as they are."""
    if isinstance(rows, str | bytes):
        path.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    elif path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        edit(book.active)
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


def surveyed(folder, *given, **named):
    """The Records of such a project."""
    return records.survey(project.load(sent(folder, *given, **named)))


def told(found):
    """What is found, as (severity, rule, field, rows)."""
    return [(one.severity, one.rule, one.field, one.rows) for one in found.findings]


def by_key(found, name):
    """The values of a field of the used rows, by key; days as texts."""
    frame = found["rows"]
    values = frame[name].astype(str) if name in ("day",) else frame[name]
    return dict(zip(frame["id"], values.tolist(), strict=True))
