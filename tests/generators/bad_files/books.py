"""How a workbook is written, whatever is wrong with it."""

import io
import re
import zipfile

from openpyxl import Workbook

from tests.generators.bad_files.case import HEAD, ROWS, SIX, Bad
from tests.generators.bad_files.texts import later, put


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
