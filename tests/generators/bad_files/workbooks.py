"""Workbooks as people keep them; and files that are named as workbooks and are none."""

import re
import zipfile
from datetime import datetime

from tests.generators.bad_files.books import (
    MERGED,
    MORE,
    NOT_CALCULATED,
    OLE,
    SHEET,
    added,
    another_sheet,
    apostrophe,
    as_lists,
    book,
    cells,
    chart,
    far,
    filtered,
    flagged,
    hidden,
    in_book,
    many_rows,
    merged_title,
    named,
    no_book,
    patched,
    replaced,
    shown_as,
    since_1904,
    sixty,
    written,
)
from tests.generators.bad_files.case import HEAD, ROWS, SIX, changed, held, look, repaired
from tests.generators.bad_files.texts import declared, text, titled

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
    "a workbook with its header in two merged rows": in_book(
        edit=lambda sheet, _: (
            sheet.insert_rows(1),
            [sheet.cell(1, place, name) for place, name in enumerate(HEAD, 1) if place not in (5, 6, 7)],
            sheet.cell(1, 5, "QX who came"),
            [sheet.merge_cells(f"{letter}1:{letter}2") for letter in "ABCDHIJ"],
            sheet.merge_cells("E1:G1"),
        ),
        rows=tuple(row + 1 for row in SIX),
        counted=False,
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
    "days that are half converted": in_book(
        held("half converted", "B", 2, 3, words=("half converted", "Write every day")),
        edit=cells(B4="14.03.2014", B5="15.03.2014", B6="21.04.2014", B7="30.05.2014"),
        describe=declared(day={"format": "%d.%m.%Y"}),
        meant={("QX-105", "day"): datetime(2014, 4, 21)},
    ),
    "a code of 16 digits": in_book(
        held("long code", "A", 4, words=("15 digits", "format Text")), edit=cells(A4=1234567890123456)
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
    "a filled cell at XFD20000": no_book(far("XFD20000"), "beyond", "column 1,000", "Clear what is far off"),
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
