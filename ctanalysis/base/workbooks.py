"""An openpyxl workbook as bytes, the same for the same content; and text that stands in a cell as text.

openpyxl writes the time of saving into a workbook, and so does the zip file around it.
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
NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")  # what no XML may hold, beside openpyxl's own list


def saved(book: Workbook) -> bytes:
    """The bytes of a Workbook."""
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
    """The text without the signs that no workbook can hold; each leaves a mark, so that it is missed."""
    return NO_XML.sub("\ufffd", ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))


def put(cell: Cell | MergedCell, text: str) -> Cell:
    """Writes text into a cell as text, whatever it begins with: a spreadsheet never takes it for a formula."""
    cell = cast(Cell, cell)  # the stubs: any place of a sheet may be covered by a merged one; these take no value
    cell.value = as_text(text)
    cell.data_type = "s"
    return cell
