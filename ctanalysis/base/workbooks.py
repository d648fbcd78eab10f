"""An openpyxl workbook as bytes, the same for the same content; and text written into a cell as text.

openpyxl writes the time of saving into a workbook, and so does the zip file around it. Both are fixed here.
"""

import io
import re
import zipfile
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell

MAKER = "ctanalysis"
THEN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file can name
CORE = "docProps/core.xml"
TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")  # what XML may not contain, in addition to openpyxl's own list


def workbook_bytes(book: Workbook) -> bytes:
    """The .xlsx file of a workbook: the same bytes for the same content, whenever it is made."""
    book.properties.creator = MAKER
    made, fixed = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(fixed, "w") as archive:
        for part in parts.infolist():
            data = parts.read(part)
            archive.writestr(
                _entry(part.filename), TIME.sub(b"1980-01-01T00:00:00Z", data) if part.filename == CORE else data
            )
    return fixed.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, THEN)
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return entry


def as_text(text: str) -> str:
    """The text with U+FFFD in the place of each character that a workbook cannot contain."""
    return NO_XML.sub("\ufffd", ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))


def put_text(cell: Cell | MergedCell, text: str) -> Cell:
    """Writes text into a cell as text, whatever it begins with, and returns the cell.

    A spreadsheet then never takes it for a formula.
    """
    cell = cast(Cell, cell)  # the stubs: any place of a sheet may be covered by a merged one; these take no value
    cell.value = as_text(text)
    cell.data_type = "s"
    return cell
