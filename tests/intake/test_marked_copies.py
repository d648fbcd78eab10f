"""The copies that are sent back to who entered the records: what is marked, what is kept, what is left out."""

import datetime

import openpyxl

from ctanalysis.intake.datacheck import writing
from tests.intake.copies import BLUE, GREEN, GREY, NONE, RED, STORE, YELLOW, cells_of, seen, sent_back
from tests.intake.mistakes import every_byte

OUT = "Left out of this copy, to protect people. Correct your own file."
HERE = "What the cell says is left out of this copy, to protect people."
DAY, NUMBER = (
    "Held back: must be a day such as 2014-12-31. Correct the cell.",
    "Held back: must be a number such as 1200.50, with at most 4 decimal places. Correct the cell.",
)
TWICE = (
    "Held back: must be unique, and stands in several rows that differ. Keep the row that is right (of a "
    "file sent again, the one of the later file) and take the others out; give each a value of its own only where they "
    "are different things."
)
HIDDEN = (
    "To be looked at: these rows are hidden in the sheet, and were read. Show them (a filter may hide them), and "
    "delete those that are not meant."
)
BEYOND = (
    "To be looked at: has filled cells beyond the last heading, which were not read. Name the column, or clear these "
    "cells."
)


CENTRE = {  # of every cell with a mark, a comment, or a value left out: value, colour, comment
    "April": {
        "C2": ("visitor", NONE, OUT),
        "C3": (None, GREY, ""),
        "C4": (None, YELLOW, ""),
        "C6": (None, GREY, ""),
        "A4": ("v2", YELLOW, HIDDEN),
        "B4": (datetime.datetime(2014, 4, 2), YELLOW, ""),
        "A5": (None, YELLOW, f"{BEYOND}\n\n{HERE}"),
        "B5": (None, RED, f"{DAY}\n\n{HERE}"),
        "C5": (None, YELLOW, ""),
        "D5": (None, RED, f"{NUMBER}\n\n{HERE}"),
        "E5": (None, GREY, ""),
        "F5": (None, GREY, ""),
        "D6": (None, RED, STORE),
    },
    "May": {
        "A2": ("v5", RED, TWICE),
        "A3": ("v5", RED, TWICE),
        "C1": ("visitor", NONE, OUT),
        "C2": (None, GREY, ""),
        "C3": (None, GREY, ""),
    },
}
SEX = f"Held back: must be one of: female, male. Correct it.\n\n{HERE}"
PEOPLE_MARKS = {
    "A1": ("code", NONE, OUT),
    "B1": ("full name", NONE, OUT),
    "A2": (None, GREY, ""),
    "B2": (None, GREY, ""),
    "A3": (None, GREY, ""),
    "B3": (None, GREY, ""),
    "D3": (
        "Oш",
        BLUE,
        "Repaired: is not spelt as the project has it (a blank, a dash, a capital or a letter that looks "
        "like another), and was read as it was meant. Nothing; better corrected at its source.",
    ),
    "E3": (
        None,
        RED,
        (
            "Held back: must be a whole number such as 120. A limit is no number: write the number itself, or leave "
            f"the cell empty.\n\n{HERE}"
        ),
    ),
    "A4": (None, GREY, ""),
    "B4": (None, GREY, ""),
    "C4": (None, RED, SEX),
    "A5": (
        None,
        RED,
        "Held back: must not be empty. Fill the cell; where the row is a total, take it out of the file.",
    ),
    "B5": (None, GREY, ""),
    "C5": (None, GREY, ""),
    "D5": (None, GREY, ""),
    "E5": (
        None,
        RED,
        f"Held back: must be at most 120. Correct it, or leave the cell empty where it is not known.\n\n{HERE}",
    ),
    "F5": (None, GREY, ""),
    "A6": (None, GREY, ""),
    "B6": (None, GREY, ""),
    "C6": (None, RED, SEX),
    "D6": (None, RED, SEX.replace("female, male", "Ош, Баткен")),
    "E6": (None, RED, f"Held back: must be a whole number such as 120. Correct the cell.\n\n{HERE}"),
    "F6": (None, GREY, ""),
    "A7": (
        None,
        RED,
        f"Held back: has 5 cells where row 1 names 6 columns. Its end may be cut off: complete the row.\n\n{HERE}",
    ),
    "B7": (None, RED, ""),
    "C7": (None, RED, ""),
    "D7": (None, GREY, ""),
    "E7": (None, GREY, ""),
}
PLAIN = {  # what no finding names stands there as it is, what looks like a formula too
    "C2": "M",
    "D2": "Ош",
    "E2": "34",
    "C3": "F",
    "F3": '=HYPERLINK("http://x.example","see")',
    "D4": "Баткен",
    "E4": "41",
    "F4": "+cmd|' /C calc'!A0",
    "C1": "sex",
    "D1": "oblast",
    "E1": "age",
    "F1": "remarks",
}


UNCHECKED = {
    ("April", 6)
}  # held back for a formula without a value; its other cells were not looked into, so any may be a name


def test_a_workbook_comes_back_marked(once):
    """Marks and comments are where the findings are, and nowhere else.

    A formula is the text or number that was read of it.
    """
    folder, _, to = once
    book = sent_back(to, "centre.xlsx")
    original = openpyxl.load_workbook(folder / "records/visits/centre.xlsx", data_only=True)
    assert book.sheetnames == ["Summary", "Findings", "April", "May"]
    for name, marked in CENTRE.items():
        for cell in cells_of(book[name]):
            there = original[name][cell.coordinate]
            alone = (
                (None, "D9D9D9", "")
                if (name, cell.row) in UNCHECKED and there.value is not None
                else (there.value, NONE, "")
            )
            assert seen(cell, ("00FF00",)) == marked.get(cell.coordinate, alone), (name, cell.coordinate)
        assert {cell.coordinate for cell in cells_of(book[name])} >= marked.keys() | {
            cell.coordinate for cell in cells_of(original[name])
        } - {"E5"}
    assert (book["April"]["D4"].value, book["April"]["D4"].data_type) == ("3", "s")


def test_a_workbook_keeps_its_look(once):
    """Widths, heights, the title across columns, frozen rows and formats are the partner's.

    Only what was hidden is shown.
    """
    folder, _, to = once
    sheet, original = (
        sent_back(to, "centre.xlsx")["April"],
        openpyxl.load_workbook(folder / "records/visits/centre.xlsx", data_only=True)["April"],
    )
    assert (sheet.column_dimensions["E"].width, sheet.row_dimensions[1].height, sheet.freeze_panes) == (31.5, 40, "A3")
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:C1"] and not sheet.row_dimensions[4].hidden
    for cell in cells_of(original):
        mine = sheet[cell.coordinate]
        if cell.coordinate not in CENTRE["April"] and ("April", cell.row) not in UNCHECKED:
            assert (mine.number_format, mine.font.b, mine.font.sz, mine.font.name, mine.fill.fgColor.rgb) == (
                cell.number_format,
                cell.font.b,
                cell.font.sz,
                cell.font.name,
                cell.fill.fgColor.rgb,
            ), cell.coordinate
    assert sheet["A1"].font.b and sheet["A1"].font.sz == 20 and sheet["B4"].number_format == "dd/mm/yyyy"
    assert sheet["E3"].font.color.rgb == "FFFFFFFF" and sheet["E3"].fill.fgColor.rgb == "FF00FF00"


def test_nothing_else_of_a_workbook_travels(once):
    """No unread sheet, comment, link, name of an author or defined name,
    and no name of a person in any byte of any file.
    """
    _, _, to = once
    found = every_byte(to)
    for name in (
        "Azamat",
        "Begimai",
        "begimai",
        "Chynara",
        "Daniyar",
        "Elmira",
        "Farida",
        "Kyzy",
        "Gulnara",
        "mailto",
        "P-1",
        "P-9",
        "<f>",
        "woman",
    ):
        assert name.encode() not in found, name


def test_a_text_file_comes_back_as_a_workbook(once):
    """The same rows in the same rows, all as text, marked.

    A row that is or looks shifted is left out, a name may be anywhere in it.
    """
    _, _, to = once
    book = sent_back(to, "people.xlsx")
    assert book.sheetnames == ["Summary", "Findings", "Rows"] and book["Rows"].freeze_panes == "A2"
    found = {cell.coordinate: seen(cell) for cell in cells_of(book["Rows"])}
    assert found == PEOPLE_MARKS | {place: (text, NONE, "") for place, text in PLAIN.items()}
    assert {cell.data_type for sheet in book for cell in cells_of(sheet) if cell.value is not None} == {"s"}


def test_a_column_that_is_wrong_as_a_whole_has_one_comment(once):
    """It is at the heading; the cells have the colour, and rows keep their place over an empty one."""
    _, _, to = once
    sheet = sent_back(to, "places.xlsx")["Rows"]
    assert seen(sheet["B1"]) == ("opened", RED, "Held back: must be a day such as 2014-12-31. Write it as 2014-12-31.")
    assert [seen(sheet[f"B{row}"]) for row in range(2, 7)] == [(f"0{row - 1}.02.2014", RED, "") for row in range(2, 7)]
    assert sheet["A7"].value is None and [seen(sheet[place])[:2] for place in ("A8", "B8", "C8")] == [
        ("total", GREEN),
        (None, GREEN),
        ("25", GREEN),
    ]


FIRST = [
    ["What was found in people.csv"],
    [
        (
            "Please correct your own file, not this copy, and send it again. Marked cells have a comment; the cells "
            "named below are links."
        )
    ],
    ["6 rows read = 1 used + 5 held back"],
    [],
    ["held back", "The row is not counted until this is put right."],
    ["to be looked at", "The row is counted as it is. See whether it is right."],
    ["repaired", "The row is counted as it was meant. Nothing must be done."],
    ["left out", "Filled, but left out of this copy, to protect people. It stands in your own file."],
    [],
    ["Severity", "Sheet", "Cells", "Column", "What is wrong", "What to do"],
    [
        "held back",
        "Rows",
        "row 7",
        None,
        "Has 5 cells where row 1 names 6 columns",
        "Its end may be cut off: complete the row",
    ],
    [
        "held back",
        "Rows",
        "A5",
        "code",
        "Must not be empty",
        "Fill the cell; where the row is a total, take it out of the file",
    ],
    ["held back", "Rows", "C4, C6", "sex", "Must be one of: female, male", "Correct it"],
]


def test_the_sheet_of_findings_says_what_to_do(once):
    """In the partner's words: their own headings and cells, a link to each,
    and nothing that only the project's staff could do.
    """
    _, _, to = once
    sheet = sent_back(to, "people.xlsx")["Findings"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[: len(wanted) or None] for row, wanted in zip(rows, FIRST, strict=False)] == [
        wanted or [None] * 6 for wanted in FIRST
    ]
    assert [sheet.cell(row, 3).hyperlink.location for row in (11, 12, 13)] == ["'Rows'!A7", "'Rows'!A5", "'Rows'!C4"]
    assert "datapackage" not in str(rows)


def test_what_was_not_read_is_not_sent_back(once):
    """No copy of a file that cannot be read, none of a clean one."""
    _, _, to = once
    assert sorted(path.name for path in (to / "send-back").iterdir()) == ["centre.xlsx", "people.xlsx", "places.xlsx"]


def test_copies_do_not_overwrite_each_other():
    """Files of one name in several folders, or of two kinds, keep apart, also where capitals make no difference."""
    given = [
        "records/a/umed.xlsx",
        "records/b/UMED.xlsx",
        "records/c.csv",
        "records/c.xlsx",
        "records/a/d.csv",
        "records/a-c.csv",
        "records/a/c.csv",
    ]
    names = writing.copy_names(given)
    assert names[0] == "a-umed.xlsx" and names[1] == "b-UMED.xlsx" and names[4] == "d.xlsx"
    assert len({name.casefold() for name in names}) == len(names)
