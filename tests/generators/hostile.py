"""Files that are made to do harm, and a look at what reading them takes:
a workbook part by part, and a survey in a process of its own.
"""

import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tests.generators import small

ROOT = Path(__file__).parents[2]
COLUMNS = [field["name"] for field in small.FIELDS]
HEADER = ",".join(COLUMNS) + "\n"
SECONDS = 120  # no file may take longer: a workbook is given up after 90, and a process needs a moment to start

# What may be taken, in MB; docs/records.md says so.
WORKBOOK_MEMORY = 1024  # by the process that opens a workbook
OUTSIDE_MEMORY = 450  # by the one that reads what that one gives


def text_memory(content):
    """By a text file: the library alone (45 of it pyarrow, which pandas loads where it is), 30 bytes to each of its
    bytes (all words different), 350 to each row (nearly no words).
    """
    return 165 + (30 * len(content) + 350 * content.count(b"\n")) / 2**20


def folder(path, name, content=b"", **table):
    """A small project whose one table is in the file of this name in records/; more keys for the table.

    Returns the file's path.
    """
    small.write(path, "day\n2014-01-01", 'measure = "count"\ntable = "rows"\ndate = "day"')
    described = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"][0] |= {"path": f"records/{name}", **table}
    (path / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    (path / "records/rows.csv").unlink()
    (path / "records" / name).write_bytes(content)
    return path / "records" / name


@dataclass(frozen=True)
class Surveyed:
    """What a survey told, and what it took: MB of its own process at its peak, and of the largest that it started."""

    findings: list
    read: int
    held_back: int
    memory: int
    started: int

    @property
    def unread(self):
        return [finding["says"] for finding in self.findings if finding["severity"] == "cannot be read"]


SURVEY = """
import dataclasses, json, sys
from ctanalysis import project, records
from tests.memory import peak, peak_of_started
found = records.survey(project.load(sys.argv[1]))
taken = peak() // 1024, peak_of_started() // 1024
names = "path", "severity", "rule", "says", "do"
findings = [{name: getattr(finding, name) for name in names} | {"text": str(finding)} for finding in found.findings]
print(json.dumps([findings, int(found.tally["read"].sum()), int(found.tally["held_back"].sum()), *taken]))
"""


def surveyed(project):
    """Surveys a project in a process of its own, which may not take longer than SECONDS nor end in a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", SURVEY, str(project)], cwd=ROOT, capture_output=True, text=True, timeout=SECONDS
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return Surveyed(*json.loads(done.stdout))


# A workbook, part by part.

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
SHEET, STRINGS, STYLES, BOOK, CORE = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "docProps/core.xml",
)
KINDS = {
    BOOK: f"{KIND}sheet.main+xml",
    SHEET: f"{KIND}worksheet+xml",
    STYLES: f"{KIND}styles+xml",
    STRINGS: f"{KIND}sharedStrings+xml",
    CORE: "application/vnd.openxmlformats-package.core-properties+xml",
}


def text(reference, words):
    return f'<c r="{reference}" t="inlineStr"><is><t>{words}</t></is></c>'


HEAD = (
    '<row r="1">'
    + "".join(text(f"{letter}1", name) for letter, name in zip("ABCDEFGH", COLUMNS, strict=True))
    + "</row>"
)


def row(number, cells=""):
    """A row with its key, and more cells."""
    return f'<row r="{number}">{text(f"A{number}", f"r{number}")}{cells}</row>'


def parts(rows="", after="", strings="", names=("Records",)):
    """The parts of a workbook of one sheet: its rows below HEAD, what stands after them,
    the items of its shared strings, the names of its sheet.
    """
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in KINDS.items())
    sheets = "".join(f'<sheet name="{name}" sheetId="{number}" r:id="rId1"/>' for number, name in enumerate(names, 1))
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations(
            rId1=(f"{OFFICE}/officeDocument", BOOK), rId2=(f"{PACKAGE}/relationships/metadata/core-properties", CORE)
        ),
        BOOK: f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            rId1=(f"{OFFICE}/worksheet", "worksheets/sheet1.xml"),
            rId2=(f"{OFFICE}/styles", "styles.xml"),
            rId3=(f"{OFFICE}/sharedStrings", "sharedStrings.xml"),
        ),
        STYLES: f'{XML}<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
        "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
        f'<cellXfs><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        STRINGS: f'{XML}<sst xmlns="{MAIN}">{strings}</sst>',
        CORE: (
            f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>nobody</dc:creator></cp:coreProperties>'
        ),
        SHEET: f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{HEAD}{rows}</sheetData>{after}</worksheet>',
    }


def _relations(**targets):
    inside = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, (kind, target) in targets.items()
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def zipped(path, parts, level=6):
    """The parts as a zip file; a part is a text, bytes, or an iterator of texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=True) as part:
                for piece in [content] if isinstance(content, (str, bytes)) else content:
                    part.write(piece if isinstance(piece, bytes) else piece.encode())
    return path


def sheet(pieces, after=""):
    """The sheet of a workbook piece by piece: HEAD, the pieces, what stands after the rows."""
    yield f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{HEAD}'
    yield from pieces
    yield f"</sheetData>{after}</worksheet>"
