"""Each advice about a workbook, followed to the letter: it is read then, and gives what was meant."""

import random
from datetime import date

import pytest

from ctanalysis.records.files import workbook
from tests.generators.bad_files import books
from tests.generators.bad_files.books import OLE, SHEET, added, flagged, patched, replaced, written
from tests.records.followed import HEAD, Case, Ours, advised, check, fits, surveyed

COUNTS, WORDS = {"type": "integer"}, {"type": "string"}
FOLDER = "rows/a.xlsx"
CELLS = [["r2", date(2014, 1, 2), 7], ["r3", date(2014, 1, 3), 8]]
STRICT = (
    rb"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
)


def book(*edits, rows=CELLS):
    """A workbook of the rows on its sheet March, after each edit(sheet, book)."""

    def edit(sheet, whole):
        for one in edits:
            one(sheet, whole)

    return books.book(rows, edit, HEAD)


def put(data):
    """What writes the bytes that data() makes, or bytes."""
    return lambda path: path.write_bytes(data() if callable(data) else data)


def ours(data, name="rows.xlsx", x=COUNTS, **more):
    return Ours(put(data), name, x, **more)


def of(*edits, **more):
    """A project whose one workbook is edited so."""
    return ours(book(*edits), **more)


GOOD = {"rows": put(book())}


def hidden(sheet, whole):
    sheet.sheet_state = "hidden"
    whole.create_sheet("Notes").append(["No records on this sheet: it is not read."])


def shown(sheet, whole):
    hidden(sheet, whole)
    sheet.sheet_state = "visible"


def hidden_rows(sheet, _):
    sheet.append(["r4", date(2014, 1, 4), 9])
    for row in (3, 4):
        sheet.row_dimensions[row].hidden = True


def another(*rows, title="Second"):
    """A second sheet of these rows."""

    def edit(_, whole):
        sheet = whole.create_sheet(title)
        for row in rows:
            sheet.append(row)

    return edit


def formatted(form, value):
    """C2 with a number format."""

    def edit(sheet, _):
        sheet["C2"] = value
        sheet["C2"].number_format = form

    return edit


def cell(place, value):
    return lambda sheet, _: sheet.__setitem__(place, value)


def merged(sheet, _):
    sheet.merge_cells("C2:C3")


def many_rows(content):
    """The sheet with a million empty rows that are formatted."""
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (row, row) for row in range(8, 1_000_008))
    return content.replace(b"</sheetData>", rows + b"</sheetData>")


LONG = 1234567890123456
TEXT_CODE = {"r2": "1234567890123456", "r3": "8"}
CODES = ("Give the column the format Text in Excel, and write the codes again from their source",)
GENERAL = ("Give the cell the format General in Excel, and write what is meant: the number, or nothing",)
FORMULA = ("Correct the formula, or write the value itself",)
NAMES = ("datapackage.json names the sheet: correct one of them",)
APRIL = {"dialect": {"sheetName": "April"}}
OTHER = another(["id", "day", "y"], ["a", "b", "c"])
SEEN = {
    "a hidden sheet": Case(
        ("Show it, and see whether it is meant to be sent",), of(hidden), {"rows": put(book(shown))}
    ),
    "hidden rows, of which one is not meant": Case(
        ("Show them (a filter may hide them), and delete those that are not meant",), of(hidden_rows), GOOD
    ),
    "a formula that was never calculated": Case(
        ("Open the workbook in Excel, let it calculate, and save it",),
        of(cell("C2", "=3+4")),
        {"rows": put(replaced(written("C2", '<c r="C2"><f>3+4</f><v>7</v></c>'), data=book()))},
    ),
    "an error of Excel: the formula": Case(
        FORMULA,
        of(cell("C2", "#REF!")),
        {"rows": put(replaced(written("C2", '<c r="C2"><f>3+4</f><v>7</v></c>'), data=book()))},
    ),
    "an error of Excel: the value": Case(FORMULA, of(cell("C2", "#REF!")), GOOD),
    "a merged area": Case(("Unmerge the cells and fill each one",), of(merged), GOOD),
    "a code of 16 digits": Case(
        CODES, of(cell("C2", LONG), x=WORDS), {"rows": put(book(cell("C2", str(LONG))))}, TEXT_CODE
    ),
    "a number that is shown otherwise: the number": Case(
        GENERAL, of(formatted('"<5"', 4)), {"rows": put(book(formatted("General", 4)))}, {"r2": 4, "r3": 8}
    ),
    "a number that is shown otherwise: nothing": Case(
        GENERAL, of(formatted('"n/a"', 0)), {"rows": put(book(formatted("General", None)))}, {"r2": None, "r3": 8}
    ),
}
SHEETS = {
    "a sheet without records": Case(("Nothing, if it holds no records",), of(another(["how to fill this in"]))),
    "another sheet is named: in datapackage.json": Case(
        NAMES, of(table=APRIL), {"table": {"dialect": {"sheetName": "March"}}}
    ),
    "another sheet is named: in the workbook": Case(
        NAMES, of(table=APRIL), {"rows": put(book(lambda sheet, _: setattr(sheet, "title", "April")))}
    ),
    "a second sheet like the table": Case(
        ("Name the columns of table", "; where this sheet holds no records, name the one that does in", '"dialect"'),
        of(OTHER),
        {"table": {"dialect": {"sheetName": "March"}}},
        still=("unread sheet",),
    ),
}
SAFELY = "send it on a safe way"
FAR = ("Clear what is far off, or send the sheet in parts",)
LAST = ["r4", date(2014, 1, 4), 9]


def far(sheet, _):
    for column, value in enumerate(LAST, 1):
        sheet.cell(60_000, column, value)


REFUSED = {
    "nothing in it": Case(("Send it again",), ours(b""), GOOD),
    "an old workbook, or a password": Case((f"Save it as .xlsx without a password, and {SAFELY}",), ours(OLE), GOOD),
    "a text by the name of a workbook": Case(
        ("Send the workbook itself, saved as .xlsx",), ours(b"id,day,x\nr2,2014-01-02,7\n"), GOOD
    ),
    "a password in the zip": Case((f"Take the password off, and {SAFELY}",), ours(flagged(book())), GOOD),
    "a zip cut in half": Case(
        ("Open it in Excel, save it again as .xlsx, and send that",), ours(lambda: book()()[:3000]), GOOD
    ),
    "a strict workbook": Case(
        ("Open it in Excel, save it again as Excel Workbook (.xlsx), and send that",),
        ours(replaced(STRICT, data=book())),
        GOOD,
    ),
    "macros": Case(("Save it as .xlsx without macros",), ours(added(**{"xl/vbaProject.bin": b"QX"})), GOOD),
    "many parts": Case(
        ("Copy the sheet into a new workbook",),
        ours(added(**{f"xl/media/{number}.png": b"" for number in range(600)})),
        GOOD,
    ),
    "a cell far off: cleared": Case(FAR, of(cell("XFD2", "far"), name=FOLDER), GOOD),
    "rows far off: in parts": Case(
        FAR,
        of(far, name=FOLDER),
        GOOD | {"files": {"records/rows/b.xlsx": put(book(rows=[LAST]))}},
        {"r2": 7, "r3": 8, "r4": 9},
    ),
}
A_TEXT = "".join(random.Random(0).choices("ab", k=32_000))  # which does not shrink to nothing
TEXTS = [[f"r{row}", date(2014, 1, 2), A_TEXT] for row in range(940)]
LARGE = {
    "a million formatted rows": Case(
        ("Delete formatted empty rows and columns, or send it in parts",),
        ours(patched(book(), SHEET, many_rows)),
        GOOD,
    ),
    "very much text": Case(
        ("Send it in parts",),
        Ours(put(book(rows=TEXTS)), FOLDER, WORDS),
        {"rows": put(book(rows=TEXTS[:470])), "files": {"records/rows/b.xlsx": put(book(rows=TEXTS[470:]))}},
        {row[0]: row[2] for row in TEXTS},
    ),
}
CASES = SEEN | SHEETS | REFUSED | LARGE


@pytest.mark.few(3)
@pytest.mark.parametrize("name", CASES)
def test_an_advice_about_a_workbook_that_is_followed(tmp_path, name):
    check(tmp_path, CASES[name])


NEW_BOOK = Case(("Copy the filled rows into a new workbook",), of(cell("E2", None)), GOOD)


def test_a_workbook_that_takes_too_long(tmp_path, monkeypatch):
    """No time at all is given to the old one; the new one has its time."""
    with monkeypatch.context() as meantime:
        meantime.setattr(workbook, "SECONDS", 0)
        assert any(fits(NEW_BOOK, do) for do in advised(tmp_path / "before", NEW_BOOK.before))
    found = surveyed(tmp_path / "after", of())
    assert not found.findings and found["rows"]["x"].tolist() == [7, 8]
