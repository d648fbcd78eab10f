"""Workbooks that are made to do harm: entities, zip files, cells. Nothing happens outside.

The attacks are those that were measured against the parsers, and their kin.
"""

import struct
import zipfile

import pytest

from ctanalysis import project, records
from ctanalysis.records.files import limits
from tests.generators import hostile
from tests.generators.hostile import SHEET, STRINGS, XML
from tests.records.attacked import DAMAGED, DOCTYPE, TOO_LARGE, everything, inserted, said, with_parts

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True))
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


@pytest.mark.parametrize("part", ALL_PARTS)
@pytest.mark.parametrize(
    "declared", [LAUGHS, OUTSIDE, ELSEWHERE], ids=["laughs", "an entity outside", "a definition outside"]
)
def test_a_document_type_is_refused_in_every_part(read, tmp_path, part, declared):
    """Whichever part declares entities, the workbook is refused before anything is resolved."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET-7731", encoding="utf-8")
    found = read(
        inserted(part, XML, XML + declared.format(secret=secret) if "{secret}" in declared else XML + declared)
    )
    assert DOCTYPE in said(found) and "SECRET" not in "".join(map(str, found.findings))


@pytest.mark.parametrize("name", ["xl/strings.bin", "xl/sharedStrings", "xl/strings.png"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_document_type_is_refused_under_any_name_and_encoding(read, name, encoding):
    """A part that calls itself a picture is XML if it is; a byte order mark hides nothing."""
    parts = inserted("xl/_rels/workbook.xml.rels", "sharedStrings.xml", name.removeprefix("xl/"))
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(STRINGS, name)
    content = parts.pop(STRINGS).removeprefix(XML)
    parts[name] = f"\n{LAUGHS}{content}".encode(encoding)
    assert DOCTYPE in said(read(parts))


# Zip files.


def test_sizes_that_are_not_true(tmp_path, read):
    """What a zip file says of its parts' sizes is not believed:
    30 MB that call themselves 10 bytes, or that call their packed form large.
    """
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
    """As a day and as a number it damages the workbook, or its row is held back,
    but for a number that is one after all.
    """
    found = read(
        hostile.parts(
            hostile.row(2, VALUES[name].format("B2")) + hostile.row(3, VALUES[name].format("G3")) + hostile.row(4)
        )
    )
    used = found["rows"]
    if not said(found):
        assert [finding.field for finding in found.findings if finding.rule != "needed"] == (
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


def test_a_sheet_whose_name_would_do_something_to_a_screen(read):
    """Its name is told without what nobody sees."""
    found = read(hostile.parts(hostile.row(2) + hostile.row(3, hostile.text("B3", "x")), names=["a&#10;b\u202ec"]))
    assert [str(finding).replace("\ufffd", "").isprintable() for finding in found.findings] == [True, True]
