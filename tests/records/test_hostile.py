"""Files that are made to do harm: each is refused in a sentence or read within the limits, and nothing happens outside.

The attacks are those that were measured against the parsers, and their kin. What a file may cost is
what docs/records.md says: a workbook is opened by a process of its own.
"""

import csv
import json
import os
import re
import shutil
import socket
import stat
import struct
import zipfile

import openpyxl
import pytest

import ctanalysis as ct
from ctanalysis import Refused, project, records, tables
from ctanalysis.records import UNREAD
from ctanalysis.records.files import gathering, limits, text
from tests.conftest import command
from tests.generators import hostile
from tests.generators.hostile import BOOK, CORE, SHEET, STRINGS, STYLES, XML
from tests.generators.wrong import copied, replaced

TOO_LARGE, TOO_FAR, TOO_MANY = (
    "becomes larger when it is opened than it may",
    "beyond row 50,000 or column 200",
    "more than 1,000,000 cells",
)
DAMAGED, DOCTYPE, SLOW = (
    "damaged, or no Excel workbook",
    "document type declaration",
    "takes too long, or too much memory",
)


def everything(folder):
    """Every file below a folder, but for what Python and the tests themselves leave."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def with_parts(**changed):
    """A workbook of two rows with some of its parts replaced; a part's name is given by the constant's name."""
    names = {"sheet": SHEET, "strings": STRINGS, "styles": STYLES, "book": BOOK, "core": CORE}
    return hostile.parts(hostile.row(2) + hostile.row(3)) | {names[name]: content for name, content in changed.items()}


def rows(count, cells, first=2):
    """Pieces of a sheet: so many rows with these cells."""
    return (f'<row r="{number}">{cells}</row>' for number in range(first, first + count))


# What is measured: how it is made, and what must be said of it (None: it is read).

SIZES = {
    "20 MB of empty cells": (lambda: with_parts(sheet=hostile.sheet(rows(49_000, "<c/>" * 100))), TOO_MANY),
    "200 MB of empty cells": (lambda: with_parts(sheet=hostile.sheet(rows(49_000, "<c/>" * 1000))), TOO_MANY),
    "20 MB of what nobody knows": (lambda: hostile.parts(f'<row r="2">{"<x/>" * 5_000_000}</row>'), TOO_LARGE),
    "20 MB of rows": (lambda: with_parts(sheet=hostile.sheet(rows(600_000, "<c><v>1</v></c>"))), TOO_FAR),
    "one value in XFD20000": (lambda: hostile.parts('<row r="20000"><c r="XFD20000"><v>1</v></c></row>'), TOO_FAR),
    "one value in XFD1000": (lambda: hostile.parts('<row r="1000"><c r="XFD1000"><v>1</v></c></row>'), TOO_FAR),
    "one value in A1048576": (lambda: hostile.parts('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), TOO_FAR),
    "an empty cell in XFD in every row": (
        lambda: with_parts(sheet=hostile.sheet(f'{hostile.row(n, f"""<c r="XFD{n}"/>""")}' for n in range(2, 5000))),
        None,
    ),
    "cells that do not say where they are": (
        lambda: with_parts(sheet=hostile.sheet(rows(100, "<c><v>1</v></c>" * 1000))),
        TOO_FAR,
    ),
    "a sheet that is elsewhere": (
        lambda: _moved("elsewhere/rows.dat", '<row r="1000"><c r="XFD1000"><v>1</v></c></row>'),
        TOO_FAR,
    ),
    "too many filled cells": (lambda: with_parts(sheet=hostile.sheet(rows(10_000, "<c><v>1</v></c>" * 120))), TOO_MANY),
    "too many filled cells on several sheets": (
        lambda: _several(4, lambda: hostile.sheet(rows(4_000, "<c><v>1</v></c>" * 80))),
        TOO_MANY,
    ),
    "formulas without values": (lambda: with_parts(sheet=hostile.sheet(rows(9_000, "<c><f/></c>" * 10))), None),
    "10 million shared strings": (
        lambda: with_parts(strings=_strings(100, lambda n: "a</t></si><si><t>" * 100_000)),
        TOO_LARGE,
    ),
    "one long text, a thousand times": (
        lambda: hostile.parts(
            "".join(rows(999, '<c t="s"><v>0</v></c>' * 8)), strings=f"<si><t>{'x' * 30_000}</t></si>"
        ),
        "more than 30,000,000 characters",
    ),
    "one sheet under a thousand names": (
        lambda: hostile.parts("".join(map(hostile.row, range(2, 500))), names=map("S{}".format, range(1000))),
        DAMAGED,
    ),
    "16,384 merged areas of the whole sheet": (
        lambda: hostile.parts(
            hostile.row(2), f'<mergeCells>{"""<mergeCell ref="A1:XFD1048576"/>""" * 16_384}</mergeCells>'
        ),
        None,
    ),
    "merged areas over many rows": (
        lambda: with_parts(
            sheet=hostile.sheet(
                map(hostile.row, range(2, 9000)),
                f'<mergeCells>{"""<mergeCell ref="A1:XFD1048576"/>""" * 16_384}</mergeCells>',
            )
        ),
        TOO_MANY,
    ),
    "300,000 hidden rows": (
        lambda: with_parts(sheet=hostile.sheet(f'<row r="{n}" hidden="1"/>' for n in range(2, 300_000))),
        None,
    ),
    "elements 200,000 deep in a sheet": (
        lambda: hostile.parts(f'<row r="2">{"<x>" * 200_000}{"</x>" * 200_000}</row>'),
        None,
    ),
    "elements 200,000 deep in the styles": (lambda: with_parts(styles=f"{'<a>' * 200_000}{'</a>' * 200_000}"), None),
    "elements 200,000 deep in the workbook": (
        lambda: _inserted(BOOK, "</sheets>", f"{'<a>' * 200_000}{'</a>' * 200_000}</sheets>"),
        DAMAGED,
    ),
    "an attribute of 20 MB": (lambda: hostile.parts(f'<row r="2" x="{"a" * 20 * 2**20}"/>'), TOO_LARGE),
    "a text of 20 MB": (
        lambda: hostile.parts(hostile.row(2, f'<c r="B2" t="inlineStr"><is><t>{"a" * 9_000_000}</t></is></c>')),
        None,
    ),
}
LONG = {
    "almost a million formulas without values": (
        lambda: with_parts(sheet=hostile.sheet(rows(49_000, "<c><f/></c>" * 20))),
        (None, SLOW),
    ),
    "almost a million filled cells": (
        lambda: with_parts(
            sheet=hostile.sheet(rows(49_000, "".join(f"<c><v>{n * 7919 % 9973}.5</v></c>" for n in range(20))))
        ),
        (None, SLOW),
    ),
    "100 MB that barely shrink": (
        lambda: with_parts(
            sheet=hostile.sheet(f'<row r="{n}" ht="{n * 7919 % 99991}">{"<x/>" * 450}</row>' for n in range(2, 49_000))
        ),
        (None, TOO_LARGE, SLOW, "more memory than it may"),
    ),
    "4 million shared strings": (
        lambda: with_parts(strings=_strings(4_000_000, lambda n: n * 7919 % 997)),
        (None, SLOW, "more memory than it may"),
    ),
    "an empty cell in XFD in 49,000 rows": (
        lambda: with_parts(sheet=hostile.sheet(f'{hostile.row(n, f"""<c r="XFD{n}"/>""")}' for n in range(2, 49_000))),
        (None, SLOW),
    ),
    "elements a million deep": (
        lambda: hostile.parts(f'<row r="2">{"<x>" * 1_000_000}{"</x>" * 1_000_000}</row>'),
        (None, DAMAGED, SLOW),
    ),
}


def _strings(count, word=lambda n: "a"):
    yield f'{XML}<sst xmlns="{hostile.MAIN}">'
    yield from (f"<si><t>{word(n)}</t></si>" for n in range(count))
    yield "</sst>"


def _several(count, sheet):
    """A workbook of so many sheets."""
    found = hostile.parts(names=())
    names = [f"xl/worksheets/sheet{number}.xml" for number in range(1, count + 1)]
    sheets = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="s{number}"/>' for number in range(1, count + 1))
    relations = "".join(
        f'<Relationship Id="s{number}" Type="{hostile.OFFICE}/worksheet" Target="/{name}"/>'
        for number, name in enumerate(names, 1)
    )
    found[BOOK] = found[BOOK].replace("<sheets>", f"<sheets>{sheets}")
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", f"{relations}</Relationships>"
    )
    types = "".join(f'<Override PartName="/{name}" ContentType="{hostile.KINDS[SHEET]}"/>' for name in names[1:])
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace("</Types>", f"{types}</Types>")
    return found | {name: sheet() for name in names}


def _inserted(part, old, new):
    """A workbook of two rows with a text in one of its parts replaced."""
    found = hostile.parts(hostile.row(2) + hostile.row(3))
    assert old in found[part]
    return found | {part: found[part].replace(old, new, 1)}


def _moved(name, rows):
    """A workbook whose sheet is under a name that no sheet has."""
    found = {
        part: content.replace("worksheets/sheet1.xml", name.removeprefix("xl/")) if part.endswith(".rels") else content
        for part, content in hostile.parts(rows).items()
    }
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(SHEET, f"xl/{name}")
    return found | {f"xl/{name}": found.pop(SHEET)}


def attack(folder, parts):
    """The workbook of these parts, surveyed by itself; nothing outside the project changes."""
    path = hostile.folder(folder / "project", "rows.xlsx")
    hostile.zipped(path, parts)
    assert path.stat().st_size < limits.WORKBOOK_BYTES, "the attack is refused for its size alone"
    before = everything(folder)
    found = hostile.surveyed(path.parents[1])
    assert everything(folder) == before
    assert found.started <= hostile.WORKBOOK_MEMORY and found.memory <= hostile.OUTSIDE_MEMORY
    return found


MINUTES = {
    "too many filled cells on several sheets",
    "300,000 hidden rows",
    "formulas without values",
    "20 MB of rows",
    "an attribute of 20 MB",
    "an empty cell in XFD in every row",
    "20 MB of empty cells",
    "20 MB of what nobody knows",
    "16,384 merged areas of the whole sheet",
    "elements 200,000 deep in a sheet",
    "elements 200,000 deep in the workbook",
}  # together


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name in MINUTES else ()) for name in SIZES]
)
def test_a_workbook_costs_no_more_than_it_may(tmp_path, name):
    """Refused with the limit that it breaks before a parser has seen it, or read; within the memory and time that docs/records.md states."""
    make, refused = SIZES[name]
    found = attack(tmp_path, make())
    assert (
        any(refused in says for says in found.unread)
        if refused
        else not any(words in says for says in found.unread for words in (DAMAGED, SLOW, TOO_LARGE))
    )


@pytest.mark.long
@pytest.mark.parametrize("name", LONG)
def test_a_workbook_at_the_limits(tmp_path, name):
    """What is just allowed takes long, and is read or given up."""
    make, allowed = LONG[name]
    found = attack(tmp_path, make())
    assert any(words in says for says in found.unread for words in allowed if words) or (
        None in allowed and not any(SLOW in says for says in found.unread)
    )


# Entities.

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij"))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>'
ELSEWHERE = '<!DOCTYPE x SYSTEM "file://{secret}">'
ALL_PARTS = [*hostile.KINDS, "_rels/.rels", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Reads a workbook of these parts in this process, which starts the one that opens it: the Records."""
    folder = tmp_path_factory.mktemp("read")
    path = hostile.folder(folder / "project", "rows.xlsx")
    loaded = project.load(path.parents[1])

    def read(parts):
        hostile.zipped(path, parts)
        before = everything(folder)
        found = records.survey(loaded)
        assert everything(folder) == before
        return found

    return read


def said(found):
    return "\n".join(map(str, found.of(UNREAD)))


@pytest.mark.parametrize("part", ALL_PARTS)
@pytest.mark.parametrize(
    "declared", [LAUGHS, OUTSIDE, ELSEWHERE], ids=["laughs", "an entity outside", "a definition outside"]
)
def test_a_document_type_is_refused_in_every_part(read, tmp_path, part, declared):
    """Whichever part declares entities, the workbook is refused before anything is resolved."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET-7731", encoding="utf-8")
    found = read(
        _inserted(part, XML, XML + declared.format(secret=secret) if "{secret}" in declared else XML + declared)
    )
    assert DOCTYPE in said(found) and "SECRET" not in "".join(map(str, found.findings))


@pytest.mark.parametrize("name", ["xl/strings.bin", "xl/sharedStrings", "xl/strings.png"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_document_type_is_refused_under_any_name_and_encoding(read, name, encoding):
    """A part that calls itself a picture is XML if it is; a byte order mark hides nothing."""
    parts = _inserted("xl/_rels/workbook.xml.rels", "sharedStrings.xml", name.removeprefix("xl/"))
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(STRINGS, name)
    content = parts.pop(STRINGS).removeprefix(XML)
    parts[name] = f"\n{LAUGHS}{content}".encode(encoding)
    assert DOCTYPE in said(read(parts))


# Zip files.


def test_sizes_that_are_not_true(tmp_path, read):
    """What a zip file says of its parts' sizes is not believed: 30 MB that call themselves 10 bytes, or that call their packed form large."""
    for field, size in ((24, 10), (20, 2**31)):  # of an entry in the central directory: the size, the packed size
        path = hostile.folder(tmp_path / str(field), "rows.xlsx")
        hostile.zipped(path, hostile.parts(f'<row r="2" x="{"a" * 30 * 2**20}"/>'))
        content = bytearray(path.read_bytes())
        entry = content.rindex(SHEET.encode()) - 46
        assert content[entry : entry + 4] == b"PK\x01\x02"
        content[entry + field : entry + field + 4] = struct.pack("<I", size)
        path.write_bytes(content)
        found = hostile.surveyed(path.parents[1])
        assert found.unread and found.started <= hostile.WORKBOOK_MEMORY and not found.read


def test_entries_that_share_their_bytes(tmp_path):
    """A directory that names the same 1 MB four hundred times does not inflate it four hundred times."""
    path = hostile.folder(tmp_path / "project", "rows.xlsx")
    hostile.zipped(path, with_parts() | {"xl/media/picture.png": b"\x89PNG" + bytes(2**20)})
    with zipfile.ZipFile(path, "a") as archive:
        archive.filelist += [archive.getinfo("xl/media/picture.png")] * 400
        archive.comment = b"written again"
    found = hostile.surveyed(path.parents[1])
    assert any(words in found.unread[0] for words in (TOO_LARGE, DAMAGED)) and found.started <= hostile.WORKBOOK_MEMORY


def test_a_hundred_thousand_parts(tmp_path):
    """More parts than any workbook has are refused before one is opened."""
    path = hostile.folder(tmp_path / "project", "rows.xlsx")
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"{number}"), b"")
    content = path.read_bytes()
    assert len(content) < limits.WORKBOOK_BYTES
    found = hostile.surveyed(path.parents[1])
    assert found.unread == ["it has too many parts inside"] and found.started <= 300


def test_zip_files_within_zip_files(read, tmp_path):
    """A part that is a zip file itself is not opened; in place of a sheet it is no sheet."""
    inner = hostile.zipped(tmp_path / "inner.zip", {"a": bytes(10 * 2**20)}).read_bytes()
    assert DAMAGED in said(read(with_parts(sheet=inner)))
    assert (
        not said(read(with_parts() | {"xl/embeddings/book.zip": inner}))
        .replace("none of the table's rows can be used", "")
        .count("damaged")
    )


def test_paths_in_a_zip_file_are_names(read, tmp_path):
    """Nothing is extracted, whatever a part is called."""
    parts = with_parts() | dict.fromkeys(
        (
            "../../outside.txt",
            f"{tmp_path}/outside.txt",
            "C:\\outside.txt",
            "..\\outside.txt",
            "xl/worksheets/../../../outside.txt",
        ),
        "out",
    )
    found = read(parts)
    assert len(found["rows"]) == 2 and not list(tmp_path.rglob("outside*"))


# Cells.

PLACES = [
    "A-1",
    "-A1",
    "AAAA1",
    "XFE2",
    "ZZZ2",
    "A99999999",
    "A9999999",
    "A0",
    "a2",
    "2",
    "A",
    "$A$2",
    "A2:B3",
    " A2",
    "",
    "R1C1",
    "\u0410\u0662",
]
NUMBERS = ["0", "-1", "2147483648", "4294967298", "99999999999999999999", "1.5", "1e3", "2 ", "x", ""]


@pytest.mark.parametrize("place", PLACES)
def test_a_cell_at_no_place(read, place):
    """A reference that Excel does not write is refused, or is the place that it names; no value goes elsewhere."""
    found = read(
        hostile.parts(f'<row r="2">{hostile.text("A2", "r2")}<c r="{place}" t="str"><v>SECRET-7731</v></c></row>')
    )
    assert said(found) and not len(found["rows"]) and "SECRET" not in "".join(map(str, found.findings))


@pytest.mark.parametrize("number", NUMBERS)
def test_a_row_at_no_place(read, number):
    """A row that is none, or not below the one before it, is refused: it would be left out in silence."""
    found = read(hostile.parts(hostile.row(3) + f'<row r="{number}">{hostile.text("A4", "r4")}</row>'))
    assert said(found) and not len(found["rows"])


def test_a_row_at_the_far_end_without_values(read):
    """An empty row far down is nothing."""
    assert len(read(hostile.parts(hostile.row(2) + '<row r="1048576"/>'))["rows"]) == 1


def test_rows_and_cells_out_of_order_or_twice(read):
    """They would be left out, or one would hide the other."""
    for rows in (
        hostile.row(5) + hostile.row(3),
        hostile.row(3) * 2,
        f'<row r="2">{hostile.text("A2", "r1")}{hostile.text("A2", "r2")}</row>',
        f'<row r="2">{hostile.text("D2", "x")}{hostile.text("A2", "r2")}</row>',
    ):
        assert DAMAGED in said(read(hostile.parts(rows)))


VALUES = {
    "a number without end": '<c r="{0}"><v>1E999</v></c>',
    "a number next to nothing": '<c r="{0}"><v>1E-400</v></c>',
    "no number": '<c r="{0}"><v>NaN</v></c>',
    "infinity": '<c r="{0}"><v>-INF</v></c>',
    "a number of 5,000 digits": '<c r="{0}"><v>' + "9" * 5000 + "</v></c>",
    "a number of letters": '<c r="{0}"><v>many</v></c>',
    "a day in a billion days": '<c r="{0}" s="1"><v>1000000000</v></c>',
    "a day before all": '<c r="{0}" s="1"><v>-1</v></c>',
    "a day without end": '<c r="{0}" s="1"><v>1E999</v></c>',
    "a style that is not there": '<c r="{0}" s="77"><v>1</v></c>',
    "a day that is none": '<c r="{0}" t="d"><v>2014-99-99</v></c>',
    "a truth of seven": '<c r="{0}" t="b"><v>7</v></c>',
    "a truth of no number": '<c r="{0}" t="b"><v>maybe</v></c>',
    "an unknown type": '<c r="{0}" t="zz"><v>1</v></c>',
    "a shared string beyond the last": '<c r="{0}" t="s"><v>99</v></c>',
    "a shared string that is no number": '<c r="{0}" t="s"><v>x</v></c>',
    "an error": '<c r="{0}" t="e"><v>#REF!</v></c>',
    "a formula on itself": '<c r="{0}"><f>{0}</f></c>',
    "a shared formula without its first": '<c r="{0}"><f t="shared" si="9"/></c>',
    "text with line breaks and tabs": '<c r="{0}" t="str"><v>&#10;&#9;x&#13;</v></c>',
}


NUMBERS_AFTER_ALL = {"a number next to nothing": 0, "a style that is not there": 1, "an unknown type": 1}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_nobody_writes(read, name):
    """As a day and as a number it damages the workbook, or its row is held back, but for a number that is one after all."""
    found = read(
        hostile.parts(
            hostile.row(2, VALUES[name].format("B2")) + hostile.row(3, VALUES[name].format("G3")) + hostile.row(4)
        )
    )
    used = found["rows"]
    if not said(found):
        assert [finding.field for finding in found.findings] == (
            ["day"] if name in NUMBERS_AFTER_ALL else ["day", "amount"]
        )
        assert used["id"].tolist() == (["r3", "r4"] if name in NUMBERS_AFTER_ALL else ["r4"])
    assert not used["day"].notna().any() and used["amount"].dropna().tolist() == [
        number for other, number in NUMBERS_AFTER_ALL.items() if other == name
    ]


def test_a_style_that_makes_every_number_a_day(read):
    """A count that is formatted as a day is a day, which is no count: the row is held back."""
    found = read(hostile.parts(hostile.row(2, '<c r="G2" s="1"><v>41000</v></c>')))
    assert [finding.rows for finding in found.findings if finding.field == "amount"] == [(2,)] and not len(
        found["rows"]
    )


FORMULAS = [
    '=HYPERLINK("http://example.org","x")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "-2+3",
    "\t=1+1",
    "=1+1\n",
    "＝1+1",
]


def test_formulas_in_texts_are_texts(read):
    """What looks like a formula in a text is read as that text, to the letter, from a workbook."""
    cells = "".join(
        hostile.row(n, hostile.text(f"D{n}", formula.replace("<", "&lt;"))) for n, formula in enumerate(FORMULAS, 2)
    )
    assert read(hostile.parts(cells))["rows"]["person"].tolist() == FORMULAS


# Links, pipes, devices, names.


@pytest.fixture
def folder(tmp_path):
    """A small project whose table is the folder records/in, with one file in it."""
    path = hostile.folder(tmp_path / "project", "in.csv").parent
    (path / "in.csv").unlink()
    (path / "in").mkdir()
    (path / "in" / "a.csv").write_text(f"{hostile.HEADER}a1,2014-01-01,,,,,,\n", encoding="utf-8")
    described(tmp_path / "project", path="records/in")
    return tmp_path / "project"


def described(folder, **table):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0] |= table
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def surveyed(folder):
    return records.survey(project.load(folder))


@pytest.fixture
def outside(tmp_path):
    """A file outside the project that must not be read."""
    path = tmp_path / "outside"
    path.mkdir()
    (path / "secret.csv").write_text(f"{hostile.HEADER}SECRET-7731,2014-01-01,,,,,,\n", encoding="utf-8")
    return path


def _make_links(folder, outside):
    yield "a file", lambda: (folder / "records/in/b.csv").symlink_to(outside / "secret.csv")
    yield "the folder", lambda: (shutil.rmtree(folder / "records/in"), (folder / "records/in").symlink_to(outside))
    yield "a file inside", lambda: (folder / "records/in/b.csv").symlink_to("a.csv")
    yield (
        "records/",
        lambda: (shutil.move(folder / "records", folder / "other"), (folder / "records").symlink_to(outside)),
    )
    yield "itself", lambda: (folder / "records/in/b.csv").symlink_to("b.csv")
    yield "the folder itself", lambda: (shutil.rmtree(folder / "records/in"), (folder / "records/in").symlink_to("in"))


@pytest.mark.parametrize("which", range(6))
def test_links_are_not_followed(folder, outside, which):
    """A link to elsewhere, to itself or to a neighbour is refused and named; nothing of what it points to is read or listed."""
    name, make = list(_make_links(folder, outside))[which]
    make()
    found = surveyed(folder)
    said = "\n".join(map(str, found.findings))
    assert found.of(UNREAD) and "secret" not in said.lower(), name
    assert not found.frames["rows"]["id"].isin(["SECRET-7731"]).any()


def test_pipes_sockets_and_devices_are_not_waited_for(folder):
    """What never ends is refused at once."""
    os.mkfifo(folder / "records/in/b.csv")
    os.mkfifo(folder / "records/in/c.xlsx")
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(os.path.relpath(folder / "records/in/d.csv"))
    if os.getuid() == 0:
        try:
            os.mknod(folder / "records/in/e.csv", stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero
        except OSError:
            pass  # a container may forbid it
    found = hostile.surveyed(folder)  # in a process that is ended if it waits
    special = len(list((folder / "records/in").iterdir())) - 1
    assert (
        found.unread == ["it is no file, but something that a program writes into or a device"] * special
        and found.read == 1
    )


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(folder):
    """It is named, with the system's word for why; the others are read."""
    (folder / "records/in/b.csv").write_text(hostile.HEADER, encoding="utf-8")
    (folder / "records/in/b.csv").chmod(0)
    found = surveyed(folder)
    assert [finding.says for finding in found.of(UNREAD)] == ["it cannot be read (Permission denied)"] and len(
        found["rows"]
    ) == 1


def test_a_file_that_is_written_while_it_is_read(folder, monkeypatch):
    """What came after the last row that was read would be missing: the file is refused."""
    take = gathering._take

    def and_write(source, *arguments):
        take(source, *arguments)
        with (folder / source.path).open("a", encoding="utf-8") as file:
            file.write("a2,2014-01-01,,,,,,\n")

    monkeypatch.setattr(gathering, "_take", and_write)
    assert [finding.says for finding in surveyed(folder).of(UNREAD)] == ["it was written while it was read"]


def test_a_file_that_grows_without_end(folder, monkeypatch):
    """The bytes are counted as they come, not as the folder says."""
    (folder / "records/in/a.csv").write_text(hostile.HEADER + 'a1,2014-01-01,,"x",,,,\n' * 50_000, encoding="utf-8")
    monkeypatch.setattr(limits, "check_size", lambda *_: None)
    monkeypatch.setattr(limits, "TEXT_BYTES", 2**20)
    assert [finding.says for finding in surveyed(folder).of(UNREAD)] == ["it is larger than 1 MB"]
    assert text.limits is limits


UNSHOWN = [
    "a\nb.csv",
    "\x1b[31mred\x1b[0m.csv",
    "\u202evsc.exe.csv",
    "a\u200bb.csv",
    "a\rb.csv",
    b"\xff\xfe.csv",
    "\x07.csv",
]
SHOWN = [
    "<img src=x onerror=alert(1)>.csv",
    "=HYPERLINK(1).csv",
    "@SUM.csv",
    "; rm -rf $HOME.csv",
    "Ысык-Көл.csv",
    "{{ 7 * 7 }}.csv",
    "%s %n.csv",
]


@pytest.mark.parametrize("name", UNSHOWN)
def test_names_that_would_do_something_to_a_screen(folder, name):
    """A file whose name has a line break, a colour or a change of direction is refused, and its name is told without them."""
    path = os.path.join(os.fsencode(folder / "records/in"), os.fsencode(name))
    with open(path, "wb") as file:
        file.write(f"{hostile.HEADER}b1,2014-01-01,,,,,,\n".encode())
    found = surveyed(folder)
    assert [finding.says for finding in found.of(UNREAD)] == [
        "its name holds a character that cannot be shown"
    ] and len(found["rows"]) == 1
    for finding in found.findings:
        assert str(finding).replace("\ufffd", "").isprintable() and str(finding).encode() and finding.path.encode()


@pytest.mark.parametrize("name", SHOWN)
def test_names_that_are_only_odd(folder, name):
    """Any other name is a name."""
    (folder / "records/in" / name).write_text(f"{hostile.HEADER}b1,2014-01-01,,,,,,\n", encoding="utf-8")
    found = surveyed(folder)
    assert not found.findings and f"records/in/{name}" in found.tally["path"].tolist()


# The project's own files.

PATHS = [
    "../outside/secret.csv",
    "records/../../outside/secret.csv",
    "/etc/passwd",
    "//etc/passwd",
    "..\\outside\\secret.csv",
    "C:\\secret.csv",
    "records\\rows.csv",
    "",
    ".",
    "..",
    "~/secret.csv",
    "file:///etc/passwd",
    "http://example.org/x.csv",
    "records/\x00.csv",
    "records/\ud800.csv",
    "records/a\nb.csv",
    "a" * 5000,
    "records/in/../in",
    "records/\x1b[2J.csv",
]


@pytest.mark.parametrize("path", PATHS)
def test_paths_out_of_the_folder(folder, outside, path):
    """A table's path leads to a file inside the project folder, or is refused in a sentence."""
    described(folder, path=path)
    try:
        found = surveyed(folder)
    except Refused as refusal:
        assert re.search("must be inside the project folder|must be written plainly", str(refusal))
    else:
        assert found.of(UNREAD) and not len(found["rows"])


DESCRIPTORS = {  # the constraints of an amount; the last of a day
    "NaN": '{"minimum": NaN}',
    "Infinity": '{"maximum": Infinity}',
    "a number without end": '{"minimum": 1e999}',
    "a number of 400 digits": '{"minimum": 1' + "0" * 400 + "}",
    "brackets": "[" * 100_000,
    "closed brackets": "[" * 900 + "]" * 900,
    "objects": '{"a":' * 100_000,
    "a pattern that is none": '{"pattern": "("}',
    "a lone surrogate": '{"pattern": "\\ud800"}',
    "a day that is none": '{"minimum": "2014-13-45"}',
}


@pytest.mark.parametrize("name", DESCRIPTORS)
def test_a_descriptor_that_no_program_writes(folder, name):
    """JSON beyond the standard, beyond all bounds or beyond reason is refused in a sentence."""
    package = (folder / "datapackage.json").read_text(encoding="utf-8")
    field = '"name": "day"' if name == "a day that is none" else '"name": "amount"'
    (folder / "datapackage.json").write_text(
        package.replace(field, f'{field}, "constraints": {DESCRIPTORS[name]}', 1), encoding="utf-8"
    )
    with pytest.raises(Refused, match="datapackage.json"):
        surveyed(folder)


def test_many_keys_and_one_that_looks_like_one_of_them(folder):
    """Looking for the key that is meant takes one look at each, not at each pair: 60,000 keys are nothing."""
    key = {"name": "id", "type": "string", "title": "code", "constraints": {"required": True, "unique": True}}
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["foreignKeys"] = [
        {"fields": ["person"], "reference": {"resource": "people", "fields": ["id"]}}
    ]
    package["resources"].append(
        {
            "name": "people",
            "path": "records/people.csv",
            "title": "People",
            "disclosure": "open",
            "schema": {"fields": [key], "primaryKey": ["id"]},
        }
    )
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "records/people.csv").write_text("id\n" + "".join(f"P{n}\n" for n in range(60_000)), encoding="utf-8")
    (folder / "records/in/a.csv").write_text(
        f"{hostile.HEADER}a1,2014-01-01,,\N{CYRILLIC CAPITAL LETTER ER}7,,,,\n", encoding="utf-8"
    )
    found = hostile.surveyed(folder)
    assert [finding["rule"] for finding in found.findings] == ["spelling"]


def test_a_sheet_whose_name_would_do_something_to_a_screen(read):
    """Its name is told without what nobody sees."""
    found = read(hostile.parts(hostile.row(2) + hostile.row(3, hostile.text("B3", "x")), names=["a&#10;b\u202ec"]))
    assert [str(finding).replace("\ufffd", "").isprintable() for finding in found.findings] == [True]


# What comes out: markup and formulas are text everywhere.

MARKUP = '<img src=x onerror=alert("7731")>'
RUNS = re.compile(r"[ \t\r\n]*[=+@\uff1d\uff0b\uff20\uff0d-]")  # how a text begins that a spreadsheet would run
NUMBER = re.compile(r"-?[0-9.]+%?")


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [cell for row in csv.reader(file) for cell in row]


def check_texts(folder):
    """No cell of any CSV file or workbook of a folder would run; no page has the markup as markup. Returns all that was read."""
    seen = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".csv":
            seen += cells(path)
        elif path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            seen += [
                cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
            ]
            assert not [
                cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
            ], path
        elif path.suffix in (".html", ".ipynb"):
            content = path.read_text(encoding="utf-8")
            assert "<img src=x" not in (content if path.suffix == ".html" else "\n".join(_html(json.loads(content)))), (
                path
            )
            seen.append(content)
    return seen


def _html(notebook):
    """What a notebook's outputs would put on a page."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            yield from (
                "".join(content)
                for kind, content in output.get("data", {}).items()
                if kind in ("text/html", "text/markdown", "image/svg+xml")
            )


def marked(folder):
    """The shipped project with markup wherever a person writes a word of their own, and formulas in names."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        resource["title"] += MARKUP
        for field in resource["schema"]["fields"]:
            field["title"] += MARKUP
            for number, category in enumerate(field.get("categories", ())):
                category["label"] += f"{MARKUP}{number}"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for path in (folder / "indicators").glob("*.toml"):
        path.write_text(
            re.sub(
                r'^(name|definition|rationale|limitations) = "',
                lambda found: f"{found[0]}{MARKUP.replace(chr(34), chr(39))}",
                path.read_text(encoding="utf-8"),
                flags=re.M,
            ),
            encoding="utf-8",
        )
    path = folder / "records/organisations.csv"
    path.write_text(
        re.sub(r"^(ORG\d+),[^,]*", r"\1,=HYPERLINK(7731)", path.read_text(encoding="utf-8"), flags=re.M),
        encoding="utf-8",
    )


def test_markup_is_text_in_tables(tmp_path):
    """Every kind of table shows markup as it was typed."""
    evaluation = ct.evaluate("FY2014", copied(tmp_path / "project", marked))
    pages = [
        tables.tracking(evaluation),
        tables.breakdown(evaluation, "1.2", "sex"),
        tables.reference_sheets(evaluation),
        tables.completeness(evaluation),
        tables.quality(evaluation),
    ]
    for page in pages:
        html = page._repr_mimebundle_()["text/html"]
        assert "&lt;img src=x" in html and "<img src=x" not in html


@pytest.mark.long
def test_markup_and_formulas_are_text_in_a_report(tmp_path):
    """The pages, notebooks and CSV files of a report, whole; names of organisations are in none of them."""
    folder = copied(tmp_path / "project", marked)
    done = command("report", "-p", "period", "FY2014", "-p", "project", str(folder))
    assert done.returncode == 0, done.stderr
    seen = check_texts(folder / "reports")
    assert any("&lt;img src=x" in words for words in seen if words.startswith("<!DOCTYPE")) and not any(
        "HYPERLINK(7731)" in words for words in seen
    )
    assert not [words for words in seen if len(words) < 500 and RUNS.match(words) and not NUMBER.fullmatch(words)]


def test_formulas_are_text_in_what_a_check_writes(tmp_path):
    """Names of sheets and files, and the cells of a copy to be sent back."""
    path = hostile.folder(tmp_path / "project", "rows.xlsx")
    bad = "".join(
        hostile.row(n, hostile.text(f"B{n}", "never") + hostile.text(f"D{n}", formula))
        for n, formula in enumerate(["=HYPERLINK(7731)", "+7731", "@SUM(7731)", "-7731"], 2)
    )
    hostile.zipped(path, hostile.parts(bad + hostile.row(9), names=["=HYPERLINK(1)"]))
    done = command("check", "-p", "project", str(tmp_path / "project"))
    assert done.returncode == 1 and "Traceback" not in done.stderr and "7731" not in done.stdout + done.stderr
    seen = check_texts(tmp_path / "project" / "internal")
    assert any("=HYPERLINK(1)" in words for words in seen)
    assert not [
        words
        for csv in (tmp_path / "project/internal").rglob("*.csv")
        for words in cells(csv)
        if RUNS.match(words) and not NUMBER.fullmatch(words)
    ]


def test_labels_that_would_run_are_refused(tmp_path):
    """Words of the project's own that would stand in published cells may not begin like a formula."""
    folder = copied(
        tmp_path / "project", replaced("datapackage.json", '"label": "female"', '"label": "=HYPERLINK(7731)"')
    )
    with pytest.raises(Refused, match="must not begin with = . - @"):
        project.load(folder)
