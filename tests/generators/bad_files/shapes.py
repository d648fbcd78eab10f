"""Tables of another shape: titles above, blank rows, more or fewer cells, totals below."""

import csv
import re

from tests.generators.bad_files.case import HEAD, ROWS, SIX, changed, fields, held, look
from tests.generators.bad_files.texts import declared, iso, lines, of_lines, of_text, text, titled, unread


def cut(row, more):
    """lines edit: the text of a line, row as a spreadsheet shows it, as more(line) gives it."""

    def edit(found):
        found[row - 1] = more(found[row - 1])

    return edit


def inserted(before, *new):
    """lines edit: lines put in before a row."""
    return lambda found: [*found[: before - 1], *new, *found[before - 1 :]]


def headed(**new):
    """The header with other words for some fields."""
    return [new.get(name, name) for name in HEAD]


TITLE = ["QX Centre: meetings", "", "Quarter 2", ""]
EMPTY = "," * (len(HEAD) - 1)

SHAPES = {
    "pipes between the cells": unread(text(delimiter="|"), "names the columns", "comma, semicolon or tab"),
    "tabs in a .csv": of_text(text(delimiter="\t")),
    "semicolons where commas are declared": unread(
        text(delimiter=";"),
        "a semicolon between its cells",
        '"delimiter"',
        describe=declared({"dialect": {"delimiter": ","}}),
    ),
    "each line a single cell in quotation marks": unread(
        "".join('"' + line.replace('"', '""') + '"\n' for line in text().splitlines()), "names the columns"
    ),
    "an unclosed quotation mark": unread(
        lines(cut(4, lambda line: line.replace("C1", '"C1', 1))), "row 4", "not closed"
    ),
    "a quotation mark inside a cell not doubled": unread(
        lines(cut(2, lambda line: line.replace("first", '"first"'))), "row 2", "not doubled"
    ),
    "smart quotation marks": of_text(text(changed((3, "note", "QX “Umut”, «Үмүт»")))),
    "line breaks in cells above a wrong one": of_text(
        text(changed((2, "note", "QX\nline\n\nline"), (3, "note", "QX\r\nline"), (4, "men", "QX"))),
        held("type", "F", 4),
    ),
    "old Macintosh line endings": of_text(text(end="\r")),
    "line endings of three systems": of_text(text().replace("\n", "\r\n", 2).replace("\nQX-105", "\rQX-105")),
    "a cell of ten megabytes": unread(text(changed((5, "note", "QX" * 5 * 2**20))), "row 5", "longer than"),
    "a row cut short": of_lines(
        cut(4, lambda line: line[:20]), held("too few cells", "", 4, words=("10 columns", "cut off"))
    ),
    "the last row cut short": of_lines(cut(7, lambda line: line[:25]), held("too few cells", "", 7)),
    "a comma in a cell without quotation marks": of_lines(
        cut(5, lambda line: line.replace("QX fourth", "QX fourth, longer")),
        held("too many cells", "", 5, words=("11 cells", "quotation marks")),
    ),
    "a decimal comma without quotation marks": of_lines(
        cut(3, lambda line: line.replace("99.25", "99,25")), held("too many cells", "", 3)
    ),
    "a row shifted to the right": of_lines(
        cut(6, lambda line: "," + line), held("too many cells", "", 6, words=("move back",))
    ),
    "a row shifted to the left": of_text(
        text([*ROWS[:2], ["QX-103", "Ysyk-Köl", "C1", "17", "16", "33", "12.75", "true", "", ""], *ROWS[3:]]),
        held("type", "B", 4),
        held("category", "C", 4),
        held("key", "D", 4),
        held("type", "G", 4),
        held("type", "H", 4),
    ),
    "tags of HXL under the header": of_lines(
        inserted(2, ",".join(f"#{name}" for name in HEAD)),
        look("second heading", 2, words=("tags",)),
        rows=tuple(row + 1 for row in SIX),
        counted=False,
    ),
    "a row without its last cells": of_lines(
        cut(4, lambda line: line.rsplit(",", 2)[0]),
        look("short row", 4, words=("lacks its last cells",)),
        meant={("QX-103", "agreed"): None},
    ),
    "the header twice": of_lines(
        inserted(5, ",".join(HEAD)),
        held("columns again", "", 5, words=("names the columns again",)),
        rows=(2, 3, 4, 5, 6, 7, 8),
    ),
    "the header twice, in Russian": of_text(
        text([*ROWS[:3], titled("ru"), *ROWS[3:]]), held("columns again", "", 5), rows=(2, 3, 4, 5, 6, 7, 8)
    ),
    "two files joined, with the mark of the second": of_lines(
        inserted(5, "\ufeff" + ",".join(HEAD)),
        held("columns again", "", 5),
        rows=(2, 3, 4, 5, 6, 7, 8),
        encoding="utf-8-sig",
    ),
    "a delimiter at the end of every line": of_lines(lambda found: [line + "," for line in found]),
    "the header in row 5 under a title": of_text(
        "\n".join(TITLE) + "\n" + text(changed((4, "men", "QX"))), held("type", "F", 8), rows=(6, 7, 8, 9, 10, 11)
    ),
    "a form above the table that names some columns": of_text(
        "day of the meeting:,QX\nday,place,women,QX\n" + text(), rows=(4, 5, 6, 7, 8, 9)
    ),
    "the header in two rows": of_text(
        "id,day,place,centre,QX who came,,,spent,agreed,note\n,,,,women,men,everyone,,,\n" + text().split("\n", 1)[1],
        rows=tuple(row + 1 for row in SIX),
        counted=False,
    ),
    "the header in two rows, with a word that nobody knows": unread(
        "id,day,place,centre,QX who came,,,spent,agreed,note\n,,,,women,men,QX sum,,,\n" + text().split("\n", 1)[1],
        "column 'everyone' is missing in row 2",
        "column G has a heading that is not known",
        "in one row",
    ),
    "the table on its side": unread(
        "\n".join(",".join([name, *(iso(name, row[name]).replace(",", "") for row in ROWS)]) for name in HEAD),
        "names the columns",
    ),
    "blank lines between the rows": of_lines(
        lambda found: [line for one in found for line in (one, "")], rows=(3, 5, 7, 9, 11, 13)
    ),
    "rows of separators and blanks": of_lines(inserted(4, EMPTY, " , ,\t,  " + "," * 6), rows=(2, 3, 6, 7, 8, 9)),
    "a row of blanks among rows that are whole": of_lines(inserted(4, " " + EMPTY), rows=(2, 3, 5, 6, 7, 8)),
    "a signature under the table": of_text(
        text() + "\nQX signed by the accountant\n", held("too few cells", "", 9), rows=(*SIX, 9)
    ),
    "a renamed column": unread(text(head=headed(place="QX where")), "'place'", "missing", "column C"),
    "a column taken out": unread(
        "\n".join(line.rsplit(",", 1)[0] for line in text(changed((2, "note", ""))).splitlines()), "'note'", "missing"
    ),
    "a column there twice": unread(
        lines(lambda found: [found[0] + ",women", *(line + ",1" for line in found[1:])]), "column K", "twice"
    ),
    "a column of its own": unread(
        lines(
            lambda found: ["№ п/п QX," + found[0], *(f"{number},{line}" for number, line in enumerate(found[1:], 1))]
        ),
        "column A",
        "none of table 'meetings'",
        "Take the column out",
    ),
    "a column without a heading": of_text(
        lines(
            lambda found: [
                found[0].replace("id,", "id,,"),
                *(re.sub("^([^,]*),", r"\1,QX why,", line) for line in found[1:]),
            ]
        ),
        look("no heading", *SIX, words=("column B has no heading", "Name the column")),
    ),
    "an empty column": of_lines(
        lambda found: [found[0].replace("id,", "id,,"), *(re.sub("^([^,]*),", r"\1,,", line) for line in found[1:])]
    ),
    "columns in another order": of_text(
        "\n".join(",".join(reversed(next(csv.reader([line.replace("QX, ", "QX ")])))) for line in text().splitlines())
    ),
    "a heading with blanks around": of_text(
        text(head=headed(women=" women ", men="men\u00a0", day="day  of the\u00a0meeting"))
    ),
    "a heading broken into lines": of_text(text(head=headed(women="women\ncame", day="day of\r\nthe meeting"))),
    "headings in capitals": of_text(text(head=[one["title"].upper() for one in fields()])),
    "headings in Russian": of_text(text(head=titled("ru"))),
    "headings in Kyrgyz": of_text(text(head=titled("ky"))),
    "headings in three languages": of_text(text(head=[*titled("ru")[:3], *titled("ky")[3:6], *HEAD[6:]])),
    "Latin letters in Russian headings": of_text(
        text(head=[title.replace("о", "o").replace("е", "e").replace("с", "c") for title in titled("ru")])
    ),
}


def total(label, name="id", **figures):
    """A row with the sums."""
    return dict.fromkeys(HEAD) | {"everyone": 221, "women": 101, "men": 120} | {name: label} | figures


def subtotal(label, name="id", **more):
    return of_text(
        text([*ROWS[:3], total(label, name, **more), *ROWS[3:]]),
        held("total", "", 5, words=("total", "Nothing, if it is one")),
        rows=(2, 3, 4, 5, 6, 7, 8),
        own=(label,) if len(label) > 12 else (),
    )


TOTALS = {
    "a total under the rows: Total:": of_text(
        text([*ROWS, total("Total:")]), held("total", "", 8, words=("calculated",)), rows=(*SIX, 8)
    ),
    "a total among the rows: Итого": subtotal("Итого"),
    "a total among the rows: ВСЕГО :": subtotal("ВСЕГО :"),
    "a total among the rows: Жыйынтыгы": subtotal("Жыйынтыгы"),
    "a total with its month: Итого за март": subtotal("Итого за март QX"),
    "a total beside the key": subtotal("Итого", "place"),
    "a total in the column of days": subtotal("Total", "day"),
    "a total that looks like a record": subtotal("Total for March QX", day="2014-03-31", place="Osh", centre="C1"),
    "an organisation whose name begins like a total": of_text(text(changed((4, "note", "Total Solutions QX")))),
}
