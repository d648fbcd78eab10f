"""The encoding of a text file: what its mark or datapackage.json says, and how it is seen that neither is true."""

import codecs
import re
from io import TextIOWrapper
from pathlib import Path

from ctanalysis.project.descriptor import Table
from ctanalysis.records.files import code_pages
from ctanalysis.records.findings import Unreadable

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
MADE_BY_OTHERS = {
    b"PK\x03\x04": "an Excel workbook or a zip file",
    b"\xd0\xcf\x11\xe0": "a workbook of an old Excel",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
}
OLD = re.compile(rb"[A-Za-z][\x81-\x84\x86-\x89\x8b\x8d\x8f\x90\x98\x9b\x9d]|[a-z][\x8a\x8c\x8e\x91]")
ONE_PAGE = 'Save it as CSV UTF-8; where the partner cannot, say "encoding": "{page}" for the table in datapackage.json'
CYRILLIC = (
    'Save it as CSV UTF-8; where the partner cannot, say "encoding": "cp1251" or "ptcp154" for the table '
    "in datapackage.json (CP1251 has no ң, ө, ү)"
)
NO_TEXT = ("it is no text, or a part of it is damaged", "Open it where it was made, and save it again as CSV UTF-8")


def declared(path: Path, table: Table) -> str:
    """The encoding of a file: that of its mark, or that of its table. Unreadable: nothing in it, or no text."""
    with open(path, "rb") as file:
        start = file.read(4096)
    for mark, what in MADE_BY_OTHERS.items():
        if start.startswith(mark):
            raise Unreadable(
                f"it is {what} by the name of a text file", "Give it its right name, or save it as CSV UTF-8"
            )
    if not start:
        raise Unreadable(
            "the file is empty",
            "Send it again; where there are truly no rows yet, it has the row that names the columns",
        )
    encoding = next((encoding for mark, encoding in MARKS.items() if start.startswith(mark)), None)
    if start.startswith(codecs.BOM_UTF32_LE) or (b"\x00" in start and encoding != "utf-16"):
        raise Unreadable(*NO_TEXT)
    return encoding or ("utf-8-sig" if table.encoding == "utf-8" else table.encoding)


def check(path: Path, encoding: str) -> None:
    """Unreadable: what decoding would not see: zeros in the text, and UTF-8 that the project calls something else."""
    if encoding == "utf-16":
        return
    others = encoding != "utf-8-sig" and _is_utf8(path)
    if encoding != "utf-8-sig" and not others:
        _check_letters(path, encoding)
    with open(path, "rb") as file:
        while piece := file.read(2**20):
            if b"\x00" in piece:
                raise Unreadable(*NO_TEXT)
    if others:
        raise Unreadable(
            f"the text is UTF-8, not {encoding} as datapackage.json says",
            'Correct "encoding" there; or save the file as CSV UTF-8 in Excel, '
            "which puts a mark before it that is seen whatever is said there",
        )


def _is_utf8(path: Path) -> bool:
    """Whether the file has bytes beyond ASCII and these are UTF-8, as those of words in another encoding never are."""
    decoder, some = codecs.getincrementaldecoder("utf-8")(), False
    with open(path, "rb") as file:
        try:
            while piece := file.read(2**20):
                some = not decoder.decode(piece).isascii() or some
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return some


def _check_letters(path: Path, encoding: str) -> None:
    """Unreadable: what datapackage.json says would make wrong letters of the right ones, as й of é."""
    words = code_pages.words_of(path)
    if not words or code_pages.fits(words, encoding):
        return
    pages = code_pages.named(words)
    if not pages or encoding in pages:
        says = f"the text is not in {encoding}, as datapackage.json says"
    else:
        says = (
            f"the text looks {'Western, as in café' if code_pages.WESTERN in pages else 'Cyrillic'}, and {encoding}, "
            "which datapackage.json names, would make wrong letters of it"
        )
    raise Unreadable(says, 'Save it as CSV UTF-8, or correct "encoding" there')


def undecoded(file: TextIOWrapper, table: Table) -> Unreadable:
    """The Unreadable of an open file with bytes that are none of its encoding."""
    if file.encoding == "utf-16":
        return Unreadable(
            "its text begins as UTF-16, and is damaged or cut off",
            "Open it where it was made, and save it again as CSV UTF-8",
        )
    if file.encoding != "utf-8-sig":
        return Unreadable(
            f"the text is not in {table.encoding}, as datapackage.json says",
            'Correct "encoding" there, or save it as CSV UTF-8',
        )
    line, is_mixed = _where(file.name)
    if is_mixed:
        return Unreadable(
            f"part of the text is UTF-8 and part is not (first in line {line})",
            "It was put together from two files, or cut off: send the files themselves, each saved as CSV UTF-8",
        )
    pages = code_pages.named(code_pages.words_of(Path(file.name)))
    looks = "; its letters look Western, as in café" if code_pages.WESTERN in pages else ""
    return Unreadable(f"the text is not UTF-8 (first in line {line}){looks}", _advice(Path(file.name), pages))


def _advice(path: Path, pages: tuple[str, ...]) -> str:
    """What to do about a text that is not UTF-8. pages: the code pages that it shows itself to be of."""
    if not pages or (code_pages.WESTERN in pages and not _is_windows(path)):
        return "Save it as CSV UTF-8"
    return ONE_PAGE.format(page=pages[0]) if len(pages) == 1 else CYRILLIC


def _is_windows(path: Path) -> bool:
    """Whether no byte is of those that are letters in DOS and on old Macintoshes, and signs in Windows."""
    with open(path, "rb") as file:
        return not any(OLD.search(line) for line in file)


def _where(path: str) -> tuple[int, bool]:
    """The number of the first line that is not UTF-8, and whether one before it is, beyond ASCII."""
    number, some = 0, False
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            try:
                some = not line.decode().isascii() or some
            except UnicodeDecodeError:
                return number, some
    return number, some
