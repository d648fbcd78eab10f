"""The records of tests/second/, as people send them: workbooks, CP1251, UTF-16; invented, from a seed.

    python tests/generators/second_project.py        writes tests/second/records/ again

sheets() say where each row is; the rows themselves, and the mistakes in them, are in tests/generators/second_rows.py.
"""

import codecs
import csv
import io
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from tests.generators.second_rows import MISTAKES, PARTNERS, TOTALLED, tables

SECOND = Path(__file__).resolve().parents[1] / "second"
TITLE_ROWS = 2  # above the header of a workbook's sheet


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, or a text file: where it is, and its rows, the first of them on the row `begins`."""

    table: str
    path: str
    name: str
    begins: int
    rows: tuple


@cache
def sheets():
    """Every sheet of every file, in the order in which they are read."""
    found = tables()
    texts = {"markazho": "records/markazho.csv", "mizojon": "records/mizojon.tsv", "kumakho": "records/kumakho.csv"}
    files = {table: [Sheet(table, path, "", 2, tuple(found[table]))] for table, path in texts.items()}
    return (*files["markazho"], *_workbook_sheets(found["vokhuriho"]), *files["mizojon"], *files["kumakho"])


def _workbook_sheets(rows):
    halves = {}
    for row in rows:
        half = 1 if row["sana"].month <= 6 else 2
        halves.setdefault((row["sana"].year, row["sharik"], half), []).append(row)
    for (year, partner, half), held in sorted(halves.items()):
        yield Sheet(
            "vokhuriho",
            f"records/vokhuriho/{year}/{partner}.xlsx",
            f"{'I' * half} полугодие",
            TITLE_ROWS + 2,
            tuple(held),
        )


def places():
    """(table, key) -> (path, sheet, row as a spreadsheet shows it)."""
    return {
        (sheet.table, row[key_of(sheet.table)]): (sheet.path, sheet.name, number)
        for sheet in sheets()
        for number, row in enumerate(sheet.rows, sheet.begins)
    }


@cache
def fields(table):
    """The fields of a table by name, as datapackage.json has them."""
    package = json.loads((SECOND / "datapackage.json").read_text(encoding="utf-8"))
    [resource] = [resource for resource in package["resources"] if resource["name"] == table]
    return {field["name"]: field for field in resource["schema"]["fields"]}


def key_of(table):
    return next(iter(fields(table)))


def write(folder):
    """Writes records/ into a project folder."""
    for path in dict.fromkeys(sheet.path for sheet in sheets()):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content(path))


def content(path):
    """The bytes of one of the files."""
    of_file = [sheet for sheet in sheets() if sheet.path == path]
    return _workbook(of_file) if path.endswith(".xlsx") else TEXTS[of_file[0].table](of_file[0])


def _clean(sheet):
    return _text(sheet, list(fields(sheet.table)), ",", "\n", _iso).encode("utf-8")


def _utf16(sheet):
    headings = [field["title"] for field in fields(sheet.table).values()]
    return codecs.BOM_UTF16_LE + _text(sheet, headings, "\t", "\r\n", _spoken).encode("utf-16-le")


def _cp1251(sheet):
    headings = [field["title"] for field in fields(sheet.table).values()]
    return _text(sheet, headings, ";", "\r\n", _local).encode("cp1251")


TEXTS = {"markazho": _clean, "mizojon": _utf16, "kumakho": _cp1251}


def _text(sheet, headings, delimiter, end, said):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerow(headings)
    writer.writerows(_cells(sheet, row, said) for row in sheet.rows)
    return file.getvalue()


def _cells(sheet, row, said):
    """The cells of a row as they are typed."""
    typed = {(mistake.key, mistake.field): mistake.typed for mistake in MISTAKES if mistake.table == sheet.table}
    key = row[key_of(sheet.table)]
    return [
        typed[key, name] if (key, name) in typed else said(field, row[name])
        for name, field in fields(sheet.table).items()
    ]


def _iso(field, value):
    return "" if value is None else str(value)


def _spoken(field, value):
    """Categories in the words of people: labels, and Tajik ones where there are such.

    No value is н/д where the schema says so.
    """
    if value is None:
        return (field.get("missingValues") or [""])[0]
    return _word(field, value, "tg") if field.get("categories") else str(value)


def _local(field, value):
    """Days as 31.12.2020, money as 1 250,00, да and нет."""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, Decimal):
        return f"{value:,.2f}".replace(",", " ").replace(".", ",")
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else _word(field, value, "")


def _word(field, value, language):
    """A category's word in a language, or its label; what is no category as it is."""
    for category in field.get("categories", ()):
        if category["value"] == value:
            return category.get("translations", {}).get(language, category["label"])
    return "" if value is None else value


def _workbook(of_file):
    """Two rows of title over the header, real days and numbers; each partner writes in its own words."""
    book = Workbook()
    book.remove(book.active)
    partner = Path(of_file[0].path).stem
    language, headings = WORDS[partner]
    for sheet in of_file:
        page = book.create_sheet(sheet.name)
        page.append([f"Журнал встреч. {PARTNERS[partner]}"])
        page.append([f"{sheet.name}. Все данные вымышлены"])
        page.merge_cells("A1:H1")
        page.append([headings(name, field) for name, field in fields(sheet.table).items()])
        for row in sheet.rows:
            page.append(_cells(sheet, row, lambda field, value: _word(field, value, language)))
            page.cell(page.max_row, 2).number_format = "dd.mm.yyyy"
        if partner == TOTALLED:
            page.append(["Ҷамъ", *[None] * 6, sum(row["hamagi"] for row in sheet.rows)])
    return _without_time(book)


WORDS = {
    "payom": ("", lambda name, field: name),
    "rohi-nur": ("tg", lambda name, field: field["translations"]["tg"]),
    "umed": ("", lambda name, field: field["title"].upper()),
}


def _without_time(book):
    """The bytes of a workbook, the same on every day."""
    made, fixed = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = (
                re.sub(rb"\d{4}-\d\d-\d\dT[0-9:.]*Z", b"2021-07-20T00:00:00Z", old.read(name))
                if name == "docProps/core.xml"
                else old.read(name)
            )
            new.writestr(zipfile.ZipInfo(name, (2021, 7, 20, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


if __name__ == "__main__":
    write(SECOND)
