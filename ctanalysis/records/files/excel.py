"""One Excel workbook as JSON on standard output; run as a process of its own, which may fail or be ended alone.

    python excel.py PATH ROWS COLUMNS

It imports nothing of the library. Before openpyxl sees the file, every part is inflated through a
counter and every sheet scanned: no more than MOST_INFLATED bytes, no DOCTYPE, no more than
MOST_CELLS cells, none filled beyond ROWS and COLUMNS. What is given: for each sheet its name, rows of texts, hidden rows, cells inside
merged areas, formulas without a stored value, cells that hold an Excel error.
"""

import datetime
import json
import re
import sys
import zipfile
from bisect import bisect_left, bisect_right
from xml.parsers import expat

MOST_PARTS, MOST_INFLATED, MOST_RATIO = 512, 100 * 2**20, 200
MOST_CELLS, MOST_TEXT = 1_000_000, 30_000_000  # cells, filled or only formatted, and the characters in them
RATIO_FROM = 10 * 2**20  # below so many inflated bytes a high ratio does no harm
MEMORY, SECONDS = 2**30, 60
CLEAR = "Delete formatted empty rows and columns, or send it in parts"
BLANKS = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # what may stand before the first < of XML, in any encoding
DAMAGED = "it is damaged, or no Excel workbook", "Open it in Excel, save it again as .xlsx, and send that"


class Unreadable(Exception):
    """Its arguments are what is wrong, and what to do."""


def main(path, rows, columns):
    limit_myself()
    try:
        scans = scanned(path, rows, columns)
        told = {"sheets": list(sheets(path, scans))}
    except Unreadable as reason:
        told = {"fault": reason.args}
    except MemoryError:
        told = {"fault": ["it needs more memory than it may", CLEAR]}
    except Exception:  # whatever a damaged file makes a parser do; its words might hold a cell's
        told = {"fault": DAMAGED}
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def limit_myself():
    try:
        import resource
    except ImportError:  # not on Windows; the caller's clock ends it there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


# --- Before anything is parsed ----------------------------------------------------------------


def scanned(path, rows, columns):
    """What was seen in each sheet's part, by the part's name."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise Unreadable("it has too many parts inside", "Copy the sheet into a new workbook")
        if any(part.filename.endswith("vbaProject.bin") for part in parts):
            raise Unreadable("it has macros", "Save it as .xlsx without macros")
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable("it is protected with a password", "Take the password off, and send it on a safe way")
        room = [MOST_INFLATED]
        found = {part.filename: Scan(rows, columns) for part in parts}
        for part in parts:
            found[part.filename].read(pieces(archive, part, room), part.filename.endswith((".xml", ".rels", ".vml")))
            check_cells(sum(scan.cells for scan in found.values()))
        if sum(scan.named for scan in found.values()) > sum(scan.kind.endswith("sheet") for scan in found.values()):
            raise Unreadable(*DAMAGED)  # sheets share a part, which would be read again for each
        return found


def pieces(archive, part, room):
    """A part's bytes in pieces; what its header says of its size is not believed."""
    given = 0
    with archive.open(part) as file:
        while piece := file.read(2**16):
            given += len(piece)
            room[0] -= len(piece)
            if room[0] < 0 or (given > RATIO_FROM and given > MOST_RATIO * max(part.compress_size, 1)):
                raise Unreadable(
                    f"it becomes larger when it is opened than it may ({MOST_INFLATED // 2**20} MB, {MOST_RATIO} times)",
                    CLEAR,
                )
            yield piece


def check_cells(count):
    if count > MOST_CELLS:
        raise Unreadable(f"it has more than {MOST_CELLS:,} cells, filled or formatted", CLEAR)


class Scan:
    """Reads one part, if it is XML: refuses a DOCTYPE, far-off cells, and rows out of their order, which openpyxl would leave out; notes what it would not tell."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.hidden, self.merged, self.formulas = [], [], []
        self.row, self.cell, self.inside, self.has_formula, self.has_value = 0, (0, 0), False, False, False
        self.kind, self.named, self.cells = "", 0, 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.root

    def read(self, pieces, is_xml=True):
        """is_xml: by its name. What has another name is XML if it looks so: a workbook may name its parts as it likes."""
        for number, piece in enumerate(pieces):
            is_xml = is_xml or (not number and piece.lstrip(BLANKS)[:1] in (b"", b"<"))
            if is_xml:
                self.parser.Parse(piece, False)
        if is_xml:
            self.parser.Parse(b"", True)

    def root(self, name, _):
        self.kind = name.rpartition(" ")[2]
        if name.startswith("http://purl.oclc.org/"):  # openpyxl would find no sheet in it
            raise Unreadable(
                "it is a Strict Open XML workbook",
                "Open it in Excel, save it again as Excel Workbook (.xlsx), and send that",
            )
        told = self.kind in ("worksheet", "workbook")
        self.parser.StartElementHandler, self.parser.EndElementHandler = (
            (self.begin, self.end) if told else (None, None)
        )

    def doctype(self, *_):
        raise Unreadable(
            "it holds a document type declaration, which no Excel workbook does",
            "It may be meant to do harm: do not open it, and ask the sender",
        )

    def begin(self, name, attributes):
        name = name.rpartition(" ")[2]
        if name == "row":
            self.row, before = int(attributes.get("r", self.row + 1)), self.row
            self.cell = (self.row, 0)
            self.check_order(before < self.row)
            if attributes.get("hidden") in ("1", "true") and self.row <= self.rows:
                self.hidden.append(self.row)
        elif name == "c":
            self.begin_cell(attributes)
        elif self.inside and name in ("f", "v", "is"):
            self.has_formula = self.has_formula or name == "f"
            if self.row > self.rows or self.cell[1] > self.columns:
                self.too_far()
            if name == "v" and self.has_formula:
                self.parser.CharacterDataHandler = self.characters
        elif name == "sheet":  # of a workbook
            self.named += 1
        elif name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))

    def begin_cell(self, attributes):
        self.cells += 1
        check_cells(self.cells)
        row, before = self.cell
        self.cell = place(attributes["r"]) if "r" in attributes else (row, before + 1)
        self.check_order(self.cell and self.cell[0] == row and self.cell[1] > before)
        self.inside, self.has_formula, self.has_value = True, False, False
        self.empty_text = attributes.get("t") == "str"  # what a formula gives that is ""

    def characters(self, _):
        self.has_value = True

    def end(self, name):
        name = name.rpartition(" ")[2]
        if name == "v":
            self.parser.CharacterDataHandler = None
            self.has_value = self.has_value or self.empty_text
        elif name == "c" and self.inside:
            self.inside = False
            self.formulas += [self.cell] if self.has_formula and not self.has_value else []

    def check_order(self, holds):
        if not holds:
            raise Unreadable(*DAMAGED)

    def too_far(self):
        raise Unreadable(
            f"a filled cell is beyond row {self.rows:,} or column {self.columns}",
            "Clear what is far off, or send the sheet in parts",
        )


def place(reference):
    """(row, column) of a cell's reference such as B7; None where there is none."""
    match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", reference or "")
    return (int(match[2]), number(match[1])) if match else None


def number(letters):
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total


# --- The values -------------------------------------------------------------------------------


def sheets(path, scans):
    sys.modules["numpy"] = (
        None  # openpyxl would load it, for nothing; on large machines its threads alone take more than MEMORY
    )
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    left = MOST_TEXT
    for sheet in book.worksheets:
        scan = scans.get(sheet._worksheet_path.lstrip("/"))
        sheet.reset_dimensions()
        rows, errors, typed, formulas = [], [], [], {row for row, _ in scan.formulas}
        for number, cells in zip(range(1, scan.rows + 1), sheet.iter_rows()):
            cells = cells[: scan.columns]
            texts = [text(cell) for cell in cells]
            if any(texts) or number in formulas:
                left -= check_text(texts, left)
                rows.append([number, texts])
                errors += [
                    [number, column] for column, cell in enumerate(cells, 1) if getattr(cell, "data_type", "") == "e"
                ]
                typed += [
                    [number, column] for column, cell in enumerate(cells, 1) if isinstance(cell.value, (bool, float))
                ]
        yield {
            "name": sheet.title,
            "hidden": sheet.sheet_state != "visible",
            "rows": rows,
            "errors": errors,
            "typed": typed,
            "hidden_rows": scan.hidden,
            "uncalculated": scan.formulas,
            "merged": list(covered(scan.merged, rows, scan.columns)),
        }


def check_text(texts, left):
    """Takes the empty cells at a row's end away; the number of its characters, if so many are left."""
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    characters = sum(map(len, texts))
    if characters > left:
        raise Unreadable(f"it has more than {MOST_TEXT:,} characters", "Send it in parts")
    return characters


def covered(areas, rows, columns):
    """The cells of merged areas that are not the one that holds the value: [row, column]. rows: (number, texts), of which alone it is told."""
    numbers, width, count = (
        [number for number, _ in rows],
        min(columns, max((len(texts) for _, texts in rows), default=0)),
        0,
    )
    for area in areas:
        first, _, last = area.partition(":")
        first, last = place(first), place(last or first)
        if first and last:
            for row in numbers[bisect_left(numbers, first[0]) : bisect_right(numbers, last[0])]:
                for column in range(first[1], min(last[1], width) + 1):
                    if (row, column) != first:
                        check_cells(count := count + 1)
                        yield [row, column]


def text(cell):
    """A cell as it would be written in a CSV file: days as 2014-12-31, numbers with what Excel shows of them."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, datetime.datetime):
        return (
            value.date().isoformat()
            if value.time() == datetime.time()
            else value.isoformat(sep=" ", timespec="seconds")
        )
    if isinstance(value, float):
        return plain(value)
    return str(value)


def plain(number):
    """15 significant digits, as Excel keeps them, without an exponent."""
    digits = f"{number:.15g}"
    return f"{number:.15f}".rstrip("0").rstrip(".") if "e" in digits else digits


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
