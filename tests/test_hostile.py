"""Files that are meant to do harm, or do: each is refused or read within the limits that the README states.

Time and memory are measured in a process of its own, with the processes that it starts.
"""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
import zlib

import openpyxl
import pytest

from ctanalysis import Refused, records
from ctanalysis.project import load
from ctanalysis.records.files import excel
from tests import small
from tests.conftest import ROOT, copied

TOKEN = "SECRET-7731"
HEADER = ["id", "day", "end", "person", "sex", "kind", "amount", "done"]
ROW = ["r1", "2012-01-01", "", TOKEN, "F", "NA", "1.5", "true"]
WHOLE = 1_200 * 2**20  # bytes of memory: the reading process and the workbook's, which may have 1 GB


def workbook(edit=lambda sheet: None):
    """A workbook of one good row, as a dict of its parts."""
    book = openpyxl.Workbook()
    for row in (HEADER, ROW):
        book.active.append(row)
    edit(book.active)
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ROWS_END = b"</sheetData>"


def sheet_with(text, place=ROWS_END):
    """The good workbook with XML put in before a place of its sheet."""
    parts = workbook()
    assert place in parts[SHEET]
    return packed(parts | {SHEET: parts[SHEET].replace(place, text.encode() + place, 1)})


def far_cell(reference):
    row = int("".join(filter(str.isdigit, reference)))
    return sheet_with(f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>x</t></is></c></row>')


def lying():
    """The sheet says that it holds ten bytes."""
    data = bytearray(packed(workbook()))
    at = data.rfind(SHEET.encode()) - 46  # its entry in the directory at the end
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)) + "]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def declared(part, declaration):
    """The good workbook with a document type declaration in one part."""
    parts = workbook()
    head, mark, rest = parts[part].partition(b"?>")
    return packed(parts | {part: head + mark + declaration.encode() + rest if mark else declaration.encode() + parts[part]})


PACKS_BADLY = "a sheet of 101 MB that packs badly"
REFUSED = {  # what it is: (the file, words of the sentence)
    "a zip bomb of 200 MB": (lambda: sheet_with(" " * 200 * 2**20), "becomes larger"),
    PACKS_BADLY: (lambda: sheet_with("".join(f"<!--{zlib.crc32(str(n).encode())}{zlib.adler32(str(n).encode())}-->" for n in range(4_500_000))), ""),
    "one value at XFD20000": (lambda: far_cell("XFD20000"), "beyond row 50,000 or column 200"),
    "one value at XFD1000": (lambda: far_cell("XFD1000"), "beyond row 50,000 or column 200"),
    "one value in row 1048576": (lambda: far_cell("A1048576"), "beyond row 50,000 or column 200"),
    "a row number of 2**31": (lambda: sheet_with('<row r="2147483648"><c r="A2147483648"><v>1</v></c></row>'), "damaged"),
    "a thousand parts": (lambda: packed(workbook() | {f"xl/media/{n}.bin": b"" for n in range(1000)}), "too many parts"),
    "sizes that are lies": (lying, "damaged"),
    "macros": (lambda: packed(workbook() | {"xl/vbaProject.bin": b"x"}), "macros"),
    "a text that is not in the table of texts": (lambda: sheet_with('<row r="3"><c r="A3" t="s"><v>999999</v></c></row>'), "damaged"),
}

READ = {  # what it is: the file; its one good row is read
    "sixteen thousand merged areas over the whole sheet": lambda: sheet_with("<mergeCells>" + '<mergeCell ref="J5:XFD1048576"/>' * 16_000 + "</mergeCells>", b"<pageMargins"),
    "a million empty rows": lambda: sheet_with("".join(f'<row r="{n}"/>' for n in range(3, 1_048_577))),
    "parts with paths out of the folder": lambda: packed(workbook() | {"../../outside.txt": b"x", "/tmp/outside.txt": b"x"}),
}


def placed(folder, content, name="rows.xlsx"):
    """A small project whose table is this file."""
    small.write(folder, "day\n2012-01-01", 'measure = "count"\ntable = "rows"\ndate = "day"')
    (folder / "records/rows.csv").unlink()
    (folder / "records" / name).write_bytes(content)
    package = (folder / "datapackage.json").read_text(encoding="utf-8")
    (folder / "datapackage.json").write_text(package.replace("records/rows.csv", f"records/{name}"), encoding="utf-8")
    return folder


CODE = """
import sys
from ctanalysis.project import load
from ctanalysis import records
found = records.survey(load(sys.argv[1]))
print(len(found["rows"]), *found.findings, sep="\\n")
"""


def surveyed(folder):
    """(used rows, what is said) by a process of its own, which is ended after 100 seconds; its memory is asserted."""
    process = subprocess.Popen([sys.executable, "-c", CODE, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = process.communicate(timeout=100)
    assert process.returncode == 0, err
    assert peak() < WHOLE
    used, *said = out.splitlines()
    return int(used), "\n".join(said)


def peak():
    """The memory of the largest process that this one has waited for, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@pytest.mark.parametrize("make, says", [pytest.param(*what, id=name, marks=[pytest.mark.long] if name == PACKS_BADLY else []) for name, what in REFUSED.items()])
def test_a_harmful_workbook_is_refused(tmp_path, make, says):
    """One sentence, no cell's value, within time and memory, and nothing written elsewhere."""
    folder = placed(tmp_path / "p", make())
    before = sorted(tmp_path.rglob("*"))
    used, said = surveyed(folder)
    assert used == 0 and says in said and TOKEN not in said and len(said.splitlines()) == 1, said
    assert sorted(tmp_path.rglob("*")) == before


def test_a_declaration_in_any_part_is_refused(tmp_path):
    """A billion laughs and an entity from outside, in each part of a workbook that is XML: every file is refused for it."""
    folder = placed(tmp_path / "p", b"")
    package = (folder / "datapackage.json").read_text(encoding="utf-8").replace("records/rows.xlsx", "records/rows")
    (folder / "datapackage.json").write_text(package, encoding="utf-8")
    (folder / "records/rows").mkdir()
    parts = sorted(workbook())
    for number, (part, declaration) in enumerate((part, declaration) for part in parts for declaration in (LAUGHS, OUTSIDE)):
        (folder / f"records/rows/{number:02}.xlsx").write_bytes(declared(part, declaration))
    used, said = surveyed(folder)
    refused = [line for line in said.splitlines() if "document type declaration" in line]
    assert used == 0 and len(refused) == 2 * len(parts) >= 16 and TOKEN not in said


@pytest.mark.parametrize("make", READ.values(), ids=READ)
def test_a_strange_workbook_is_read_for_what_it_holds(tmp_path, make):
    """Strange is not harmful: the row that is there is read, and nothing is unpacked to disk."""
    folder = placed(tmp_path / "p", make())
    before = sorted(tmp_path.rglob("*"))
    used, said = surveyed(folder)
    assert used == 1 and TOKEN not in said, said
    assert sorted(tmp_path.rglob("*")) == before and not os.path.exists("/tmp/outside.txt")


TEXTS = {
    "ninety megabytes of one letter": (b"x" * (90 * 2**20), "names the columns"),
    "ninety megabytes of commas": ((",".join(HEADER) + "\n").encode() + b"," * (90 * 2**20), "row 2"),
    "ninety megabytes of line ends": ((",".join(HEADER) + "\n").encode() + b"\n" * (90 * 2**20), "rows"),
    "a quotation mark that is never closed": ((",".join(HEADER) + '\n"').encode() + b"x,\n" * 1_000_000, "quotation mark"),
    "more than the limit": (b"x" * (101 * 2**20), "larger than 100 MB"),
}


@pytest.mark.parametrize("content, says", TEXTS.values(), ids=TEXTS)
def test_a_huge_text_file_stays_within_bounds(tmp_path, content, says):
    """Refused in a sentence, within time and memory."""
    used, said = surveyed(placed(tmp_path / "p", content, "rows.csv"))
    assert used == 0 and says in said, said[:300]


# Places.


@pytest.mark.skipif(os.name == "nt", reason="no symbolic links and pipes")
def test_links_and_pipes_are_not_followed(tmp_path):
    """A link out of the folder, a folder that is one, and a pipe in a table's folder: each is refused, and nothing hangs."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "rows.csv").write_text(f"{','.join(HEADER)}\n{','.join(ROW)}\n", encoding="utf-8")
    folder = placed(tmp_path / "p", b"")
    package = (folder / "datapackage.json").read_text(encoding="utf-8").replace("records/rows.xlsx", "records/rows")
    (folder / "datapackage.json").write_text(package, encoding="utf-8")
    (folder / "records/rows").mkdir()
    (folder / "records/rows/link.csv").symlink_to(outside / "rows.csv")
    os.mkfifo(folder / "records/rows/pipe.csv")
    used, said = surveyed(folder)
    assert used == 0 and "link.csv: it is a link" in said and "pipe.csv" in said
    for name in ("link.csv", "pipe.csv"):
        (folder / "records/rows" / name).unlink()
    (folder / "records/rows").rmdir()
    (folder / "records/rows").symlink_to(outside)
    used, said = surveyed(folder)
    assert used == 0 and "link" in said


@pytest.mark.parametrize("path", ["../rows.csv", "records/../../rows.csv", "/etc/hostname", "..\\rows.csv", ""])
def test_a_path_out_of_the_folder_is_refused(tmp_path, path):
    """Of datapackage.json itself, before any file is touched."""
    folder = placed(tmp_path / "p", b"")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["path"] = path
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(Refused, match="inside the project folder"):
        load(folder)


# What is text stays text.

FORMULAS = ['=HYPERLINK("http://x.example","click")', "+cmd|' /C calc'!A0", "@SUM(A1:A2)", "-2+3", "\t=1+1"]


def test_a_formula_in_a_cell_comes_out_as_text(tmp_path):
    """In every file that the check writes: no cell of a workbook is a formula, no cell of a CSV begins like one."""
    from ctanalysis import datacheck

    rows = [[f"r{number}", "wrong", "", text, "F", "NA", text, "true"] for number, text in enumerate([*FORMULAS, "good"], 1)] + [["r9", *ROW[1:]]]
    file = io.StringIO()
    csv.writer(file).writerows([HEADER, *rows])
    project = load(placed(tmp_path / "=p", file.getvalue().encode(), "=rows.csv"))
    datacheck.write(project, records.survey(project), tmp_path / "check")
    written = [path for path in (tmp_path / "check").rglob("*") if path.is_file()]
    assert {path.suffix for path in written} == {".csv", ".xlsx"}
    for path in written:
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as opened:
                assert not [cell for row in csv.reader(opened) for cell in row if cell[:1] in tuple("=+-@\t\r")]
        else:
            cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
            assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
            assert FORMULAS[0] in [cell.value for cell in cells]


def test_markup_in_a_name_comes_out_as_text_in_the_page(tmp_path):
    """A category's label, a column's title and an indicator's name with markup: escaped wherever a page tells them."""
    import ctanalysis
    from ctanalysis import narrative, tables

    mark = "<img src=x onerror=alert(1)>"
    folder = copied(tmp_path / "p")
    for name, old in (("datapackage.json", '"label": "Batken"'), ("datapackage.json", '"title": "audience"'), ("indicators/1.1-awareness-raising-events.toml", "Awareness-raising events held")):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        word = old.rsplit('"', 2)[-2] if '"' in old else old
        (folder / name).write_text(text.replace(old, old.replace(word, f"{word} {mark}")), encoding="utf-8")
    evaluation = ctanalysis.evaluate("FY2014", folder)
    shown = [narrative.headlines(evaluation), narrative.area(evaluation, "prevention"), tables.breakdowns(evaluation, "prevention"), tables.tracking(evaluation), tables.reference_sheets(evaluation, "prevention"), tables.quality(evaluation)]
    pages = "".join(bundle.get("text/html", "") for one in shown for bundle in [one._repr_mimebundle_()])
    assert mark not in pages and pages.count("&lt;img src=x onerror=alert(1)&gt;") > 5


def test_the_workbook_reader_limits_itself():
    """The limits that are asserted above are the reader's own."""
    assert excel.MEMORY == 2**30 and excel.SECONDS == 60
