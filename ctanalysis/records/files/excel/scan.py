"""What is inside a workbook, before openpyxl sees it: every part is inflated through a counter, every sheet scanned.

No more than MOST_INFLATED bytes, no DOCTYPE, no more than MOST_CELLS cells. It imports nothing of the library.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from typing import TypeAlias
from xml.parsers import expat

MOST_PARTS, MOST_INFLATED, MOST_RATIO = 512, 100 * 2**20, 200
MOST_CELLS, MOST_TEXT = 1_000_000, 30_000_000  # cells, filled or only formatted, and the characters in them
RATIO_FROM = 10 * 2**20  # below so many inflated bytes a high ratio does no harm
MEMORY, SECONDS = 2**30, 60
CLEAR = "Delete formatted empty rows and columns, or send it in parts"
BLANKS = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # what may stand before the first < of XML, in any encoding
DAMAGED = "it is damaged, or no Excel workbook", "Open it in Excel, save it again as .xlsx, and send that"
SAVE_AGAIN = "Open it in Excel, save it again as Excel Workbook (.xlsx), and send that"
LARGE = f"it becomes larger when it is opened than it may ({MOST_INFLATED // 2**20} MB, {MOST_RATIO} times)", CLEAR

Place: TypeAlias = tuple[int, int]  # row and column of a cell, both from 1


class Unreadable(Exception):
    """Its arguments are what is wrong, and what to do."""


def scanned(path: str, rows: int, columns: int) -> dict[str, "Scan"]:
    """The Scan of each part, by the part's name. Unreadable: what is refused before anything is parsed."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        check_parts(parts)
        room = [MOST_INFLATED]
        scans = {part.filename: Scan(rows, columns) for part in parts}
        for part in parts:
            scans[part.filename].read(pieces(archive, part, room), part.filename.endswith((".xml", ".rels", ".vml")))
            check_cells(sum(scan.cells for scan in scans.values()))
        if sum(scan.named for scan in scans.values()) > sum(scan.kind.endswith("sheet") for scan in scans.values()):
            raise Unreadable(*DAMAGED)  # sheets share a part, which would be read again for each
        return scans


def check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise Unreadable("it has too many parts inside", "Copy the sheet into a new workbook")
    if any(part.filename.endswith("vbaProject.bin") for part in parts):
        raise Unreadable("it has macros", "Save it as .xlsx without macros")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("it is protected with a password", "Take the password off, and send it on a safe way")


def pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: list[int]) -> Iterator[bytes]:
    """A part's bytes in pieces, counted as they come: its header may lie. room: [the bytes left for all parts]."""
    given = 0
    with archive.open(part) as file:
        while piece := file.read(2**16):
            given += len(piece)
            room[0] -= len(piece)
            if room[0] < 0 or (given > RATIO_FROM and given > MOST_RATIO * max(part.compress_size, 1)):
                raise Unreadable(*LARGE)
            yield piece


def check_cells(count: int) -> None:
    if count > MOST_CELLS:
        raise Unreadable(f"it has more than {MOST_CELLS:,} cells, filled or formatted", CLEAR)


class Scan:
    """Reads one part, if it is XML, and keeps what openpyxl does not give: hidden rows, merged areas, bare formulas.

    Unreadable: a DOCTYPE, cells out of their order, which openpyxl would leave out. beyond: what is wrong, and what to
    do, where a filled cell is too far off.
    """

    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self.hidden, self.merged, self.formulas = list[int](), list[str](), list[Place]()
        self.row, self.cell = 0, (0, 0)
        self.inside = self.has_formula = self.has_value = self.empty_text = False
        self.kind, self.named, self.cells = "", 0, 0
        self.beyond: tuple[str, ...] = ()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.root

    def read(self, pieces: Iterable[bytes], is_xml: bool = True) -> None:
        """is_xml: whether its name says so. A part of another name is read as XML if it begins like it."""
        for number, piece in enumerate(pieces):
            is_xml = is_xml or (not number and piece.lstrip(BLANKS)[:1] in (b"", b"<"))
            if is_xml:
                self.parser.Parse(piece, False)
        if is_xml:
            self.parser.Parse(b"", True)

    def root(self, name: str, _: dict[str, str]) -> None:
        self.kind = name.rpartition(" ")[2]
        if name.startswith("http://purl.oclc.org/"):  # openpyxl would find no sheet in it
            raise Unreadable("it is a Strict Open XML workbook", SAVE_AGAIN)
        handlers = (self.begin, self.end) if self.kind in ("worksheet", "workbook") else (None, None)
        self.parser.StartElementHandler, self.parser.EndElementHandler = handlers

    def doctype(self, *_: object) -> None:
        declared = "it holds a document type declaration, which no Excel workbook does"
        raise Unreadable(declared, "It may be meant to do harm: do not open it, and ask the sender")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "row":
            self.row, before = int(attributes.get("r", self.row + 1)), self.row
            self.cell = (self.row, 0)
            if before >= self.row:
                raise Unreadable(*DAMAGED)
            if attributes.get("hidden") in ("1", "true") and self.row <= self.rows:
                self.hidden.append(self.row)
        elif name == "c":
            self.begin_cell(attributes)
        elif self.inside and name in ("f", "v", "is"):
            self.has_formula = self.has_formula or name == "f"
            if self.row > self.rows or self.cell[1] > self.columns:
                beyond = f"a filled cell is beyond row {self.rows:,} or column {self.columns:,}"
                self.beyond = beyond, "Clear what is far off, or send the sheet in parts"
            if name == "v" and self.has_formula:
                self.parser.CharacterDataHandler = self.characters
        elif name == "sheet":  # of a workbook
            self.named += 1
        elif name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))

    def begin_cell(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS:
            check_cells(self.cells)
        row, before = self.cell
        here = self.placed(row, attributes["r"]) if "r" in attributes else (row, before + 1)
        if here is None or here[0] != row or here[1] <= before:
            raise Unreadable(*DAMAGED)
        self.cell, self.inside, self.has_formula, self.has_value = here, True, False, False
        self.empty_text = attributes.get("t") == "str"  # what a formula gives that is ""

    def placed(self, row: int, reference: str) -> Place | None:
        """The Place of a cell's reference; that of a cell of the row is found sooner."""
        digits = str(row)
        column = column_of(reference[: -len(digits)]) if reference.endswith(digits) else None
        return (row, column) if column else place(reference)

    def characters(self, _: str) -> None:
        self.has_value = True

    def end(self, name: str) -> None:
        name = local(name)
        if name == "v":
            self.parser.CharacterDataHandler = None
            self.has_value = self.has_value or self.empty_text
        elif name == "c" and self.inside:
            self.inside = False
            self.formulas += [self.cell] if self.has_formula and not self.has_value else []


def place(reference: str) -> Place | None:
    """The Place of a cell's reference such as B7; None where it is none."""
    match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", reference)
    column = column_of(match[1]) if match else None
    return (int(match[2]), column) if match and column else None


@lru_cache(20_000)
def column_of(letters: str) -> int | None:
    """The number of a column, from 1, by its letters; None where they are none."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        return None
    return reduce(lambda number, letter: number * 26 + ord(letter) - 64, letters, 0)


@lru_cache(1_000)
def local(name: str) -> str:
    """The name of an element without its namespace."""
    return name.rpartition(" ")[2]
