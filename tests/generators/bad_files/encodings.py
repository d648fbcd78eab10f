"""Text files in every encoding and with every separator; and files that are no tables at all."""

import codecs

from tests.generators.bad_files.case import ROWS, Bad, changed, held, repaired
from tests.generators.bad_files.texts import (
    both,
    cyrillic,
    declared,
    of_text,
    russian,
    said_in_russian,
    sparse,
    text,
    titled,
    unread,
)

GARBLED = "Ош".encode().decode("cp1251")  # РћС€
MIXED = (
    text(changed((2, "note", "QX баарына"), (7, "note", "QX встреча")))
    .encode()
    .replace("QX встреча".encode(), "QX встреча".encode("cp1251"))
)
CYRILLIC = changed((3, "note", "QX встреча"))

ENCODINGS = {
    "saved by a Russian Excel, as the project says: semicolons, CP1251, decimal commas": of_text(
        text(delimiter=";", end="\r\n", head=titled("ru"), said=russian),
        encoding="cp1251",
        describe=both(said_in_russian, declared({"encoding": "cp1251"})),
    ),
    "saved by a Russian Excel, which nobody declared": unread(
        text(delimiter=";", end="\r\n", head=titled("ru"), said=russian),
        "not UTF-8",
        '"encoding": "cp1251"',
        "CSV UTF-8",
        encoding="cp1251",
    ),
    "CP1251 in one cell far down": unread(
        text(
            [
                row | {"id": f"QX-{100 * turn + number}", "place": "Osh", "note": "QX чай" if turn == 300 else None}
                for turn in range(400)
                for number, row in enumerate(ROWS)
            ]
        ),
        "not UTF-8",
        "line 1802",
        encoding="cp1251",
    ),
    "UTF-8 where CP1251 is declared": unread(
        text(CYRILLIC), "UTF-8", "cp1251", describe=declared({"encoding": "cp1251"})
    ),
    "UTF-8 with its mark where CP1251 is declared": of_text(
        text(CYRILLIC), encoding="utf-8-sig", describe=declared({"encoding": "cp1251"})
    ),
    "KOI8-R": unread(text(CYRILLIC, said=cyrillic), "not UTF-8", "CSV UTF-8", encoding="koi8-r"),
    "Kyrgyz letters in PTCP154, as the project says": of_text(
        text(changed((3, "place", "Чүй"), (4, "place", "Ысык-Көл")), head=titled("ky"), said=cyrillic),
        encoding="ptcp154",
        describe=declared({"encoding": "ptcp154"}),
    ),
    "Kyrgyz letters that CP1251 has lost": of_text(
        text(changed((4, "place", "Ысык-К?л")), said=cyrillic),
        held("category", "C", 4, words=("must be one of", "ysyk-kol", "Letters were lost")),
        encoding="cp1251",
        describe=declared({"encoding": "cp1251"}),
        own=("Ысык-К?л",),
    ),
    "half UTF-8, half CP1251": unread(MIXED, "part of the text is UTF-8", "line 7", "CSV UTF-8"),
    "UTF-8 with its mark and semicolons": of_text(text(CYRILLIC, delimiter=";"), encoding="utf-8-sig"),
    "sep= in the first line, which Excel does not show": of_text(
        "sep=;\r\n" + text(changed((4, "women", "QX many")), delimiter=";", end="\r\n"), held("type", "E", 4)
    ),
    "sep= in the first line after a mark": of_text("sep=\t\n" + text(delimiter="\t"), encoding="utf-8-sig"),
    "Unicode text from Excel: UTF-16 with tabs": of_text(
        codecs.BOM_UTF16_LE + text(CYRILLIC, "\t", "\r\n").encode("utf-16-le"), name="meetings.txt"
    ),
    "UTF-16 the other way round": of_text(codecs.BOM_UTF16_BE + text(CYRILLIC, "\t", "\r\n").encode("utf-16-be")),
    "UTF-16 without its mark": unread(text(CYRILLIC).encode("utf-16-le"), "no text", "CSV UTF-8"),
    "UTF-16 cut off within a letter": unread(
        codecs.BOM_UTF16_LE + text(CYRILLIC).encode("utf-16-le")[:-1], "UTF-16", "cut off"
    ),
    "UTF-32": unread(codecs.BOM_UTF32_LE + text(CYRILLIC).encode("utf-32-le"), "no text", "CSV UTF-8"),
    "letters garbled when somebody saved it": of_text(
        text(changed((4, "place", GARBLED), (6, "place", GARBLED))),
        held("category", "C", 4, 6, words=("garbled", "save it again")),
        own=(GARBLED,),
    ),
    "a NUL byte far down": unread(
        text([*ROWS, *(row | {"id": f"{row['id']}-{turn}"} for turn in range(200) for row in ROWS)]) + "QX\0",
        "no text",
        "damaged",
    ),
    "an end of zeros, as after a power cut": unread(text().encode() + bytes(4096), "no text", "damaged"),
    "accents as letters of their own (NFD)": of_text(
        text(changed((3, "place", "Chu\u0308y"))), repaired("C", 3), own=("Chu\u0308y",)
    ),
}

OTHER_KINDS = {
    "zero bytes": unread("", "the file is empty", "Send it again"),
    "blank lines alone": unread("\n\n\n", "names the columns"),
    "the header alone": unread(text([]), "no rows", "mayBeEmpty"),
    "no header": unread(text().split("\n", 1)[1], "names the columns", "id, day, place"),
    "a picture named .csv": unread(b"\x89PNG\r\n\x1a\n" + b"QX" * 50, "a picture", "name of a text file"),
    "a photograph named .csv": unread(b"\xff\xd8\xff\xe0QX", "a picture"),
    "a PDF named .csv": unread(b"%PDF-1.4\nQX", "a PDF document"),
    "a workbook named .csv": unread(b"PK\x03\x04QX\xff\xfe", "Excel workbook or a zip file"),
    "an old workbook named .csv": unread(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel"),
    "a compressed file named .csv": unread(b"\x1f\x8b\x08\0QX\xff\xfe", "compressed"),
    "a web page named .csv": unread("<html><table><tr><td>QX-101</td></tr></table></html>", "names the columns"),
    "a text larger than may be": Bad(
        sparse("meetings.csv", b"id,day\n", 101 * 2**20), unread=("larger than 100 MB", "in parts"), rows=()
    ),
    "a workbook larger than may be": Bad(
        sparse("meetings.xlsx", b"PK\x03\x04", 11 * 2**20), unread=("larger than 10 MB", "in parts"), rows=()
    ),
    "a document": unread(b"PK\x03\x04", "no CSV file and no Excel workbook", name="meetings.docx"),
    "an old workbook": unread(b"\xd0\xcf\x11\xe0", "old Excel", ".xlsx", name="meetings.xls"),
    "a macro workbook": unread(b"PK\x03\x04", "macros", ".xlsx", name="meetings.xlsm"),
    "a binary workbook": unread(b"PK\x03\x04", "binary workbook", ".xlsx", name="meetings.xlsb"),
    "a LibreOffice workbook": unread(b"PK\x03\x04", "another program", ".xlsx", name="meetings.ods"),
    "a workbook of Apple Numbers": unread(b"PK\x03\x04", "another program", ".xlsx", name="meetings.numbers"),
    "an archive": unread(b"Rar!\x1a\x07", "archive", "unpacked", name="meetings.rar"),
    "a zip of CSV files": unread(b"PK\x03\x04", "archive", "unpacked", name="meetings.zip"),
}
