"""What every workbook that is written has: the same bytes for the same content, and text that stays text."""

import io
import zipfile

import openpyxl
import pytest

from ctanalysis.base.workbooks import as_text, put_text, workbook_bytes

FORMULA = "=SUM(A1:A9)"


def book(text=FORMULA):
    found = openpyxl.Workbook()
    put_text(found.active["A1"], text)
    return found


def test_the_same_content_is_the_same_bytes():
    """Made on another day it is the same file."""
    later = book()
    later.properties.created = later.properties.created.replace(year=2031)
    assert workbook_bytes(later) == workbook_bytes(book())


def test_nobody_and_no_day_is_named():
    """The properties name the library and no person; every part is of the first day that a zip file can name."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(book()))) as parts:
        core = parts.read("docProps/core.xml").decode()
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {part.external_attr >> 16 for part in parts.infolist()} == {0o644}  # as a file of this user
    assert "<dc:creator>ctanalysis</dc:creator>" in core and "1980-01-01T00:00:00Z" in core


@pytest.mark.parametrize("text", [FORMULA, "+996 555", "@SUM(1)", "-1", "#REF!", "Ысык-Көл"])
def test_text_is_never_a_formula(text):
    """What begins like a formula is written, and read again, as the text that it is."""
    cell = openpyxl.load_workbook(io.BytesIO(workbook_bytes(book(text))))["Sheet"]["A1"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_what_a_workbook_cannot_hold_is_shown_as_a_gap():
    """A control character and half a surrogate become the sign for what cannot be shown; tab and line end stay."""
    assert as_text("a\x00b\ud800c\uffffd\te\n") == "a\ufffdb\ufffdc\ufffdd\te\n"
