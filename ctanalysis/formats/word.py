"""A page of a report as a Word file: pandoc's, in our styles, with the project and the period on each page."""

import io
import re
import zipfile
from base64 import b64decode
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ctanalysis.formats import pandoc
from ctanalysis.formats.cover import Cover
from ctanalysis.formats.document import Body

if TYPE_CHECKING:
    from jinja2 import Template

THEN = (1980, 1, 1, 0, 0, 0)
REFERENCE = "reference.docx"
DOCUMENT, TYPES, LINKS = "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
PART = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
EDGES = ("header", "footer")
SECTION = re.compile(r"<w:sectPr>(?!\s*<w:headerReference)")
ROW = re.compile(r"<w:tr>(?:<w:trPr>(.*?)</w:trPr>)?")
GRID, COLUMN = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL), re.compile(r'<w:gridCol w:w="(\d+)"')
ALONG, ACROSS = 9412, 14344  # how wide the text of a page is, in twentieths of a point
EDGE = re.compile(r"<w:(?:header|footer)Reference [^>]*/>")


def docx(body: Body, cover: Cover, within: Path) -> bytes:
    """The bytes of the Word file of a page. within: a folder to work in, where nothing is left."""
    with TemporaryDirectory(dir=within) as scratch:
        folder = Path(scratch)
        (folder / REFERENCE).write_bytes(_reference(cover))
        for name, image in body.images.items():
            (folder / name).write_bytes(b64decode(image))
        texts = {
            "title": cover.title,
            "lang": cover.speech.code,
            "subject": cover.period,
            "description": cover.state,
            "contents": cover.speech.plain("page.contents"),
        }
        options = [f"--metadata={name}={text}" for name, text in texts.items()]
        made = pandoc.converted(_front(cover) + body.html, "docx", folder, f"--reference-doc={REFERENCE}", *options)
    return _finished(made)


def _front(cover: Cover) -> str:
    """What stands below the title: the project, the period, the state."""
    texts = (("Subtitle", cover.project), ("Body Text", cover.of), ("State", cover.state))
    return "".join(f'<div custom-style="{style}"><p>{escape(text)}</p></div>' for style, text in texts)


def _reference(cover: Cover) -> bytes:
    """The document from which pandoc takes styles, pages, header and footer: its own, with ours in their place."""
    parts = dict(_own())
    for name in EDGES:
        parts[f"word/{name}1.xml"] = _template(pandoc.PARTS / f"{name}.xml").render(cover=cover).encode("utf-8")
    return _zipped(parts)


@cache
def _own() -> tuple[tuple[str, bytes], ...]:
    """The parts of that document that are the same for all reports, by name."""
    given = pandoc.run([f"--print-default-data-file={REFERENCE}"], pandoc.PARTS)
    with zipfile.ZipFile(io.BytesIO(given)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in ("styles", "document"):
        parts[f"word/{name}.xml"] = (pandoc.PARTS / f"{name}.xml").read_bytes()
    types = "".join(f'<Override PartName="/word/{name}1.xml" ContentType="{PART}{name}+xml"/>' for name in EDGES)
    links = "".join(
        f'<Relationship Type="{RELATION}{name}" Id="rId{number}" Target="{name}1.xml"/>'
        for number, name in enumerate(EDGES, 101)
    )
    parts[TYPES] = parts[TYPES].replace(b"</Types>", f"{types}</Types>".encode())
    parts[LINKS] = parts[LINKS].replace(b"</Relationships>", f"{links}</Relationships>".encode())
    return tuple(parts.items())


def _finished(made: bytes) -> bytes:
    """The document with header and footer on its landscape pages, too, and no row of a table on two pages."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[DOCUMENT].decode("utf-8")
    edges = "".join(EDGE.findall(text))
    text = SECTION.sub(lambda found: found[0] + edges, text)
    text = ROW.sub(lambda found: f"<w:tr><w:trPr><w:cantSplit/>{found[1] or ''}</w:trPr>", text)
    parts[DOCUMENT] = GRID.sub(_as_wide_as_the_page, text).encode("utf-8")
    return _zipped(parts)


def _as_wide_as_the_page(grid: re.Match[str]) -> str:
    """The columns of a table as wide together as the text of its page: pandoc knows no landscape pages."""
    columns = [int(width) for width in COLUMN.findall(grid[0])]
    its_section = grid.string[grid.string.index("<w:sectPr", grid.end()) :].partition("</w:sectPr>")[0]
    room = ACROSS if "landscape" in its_section else ALONG
    widths = [width * room // sum(columns) for width in columns]
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}" />' for width in widths) + "</w:tblGrid>"


def _template(path: Path) -> "Template":
    """A part with places for texts, in which markup comes out as text."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(path.read_text(encoding="utf-8"))


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip file, the same bytes for the same parts."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, THEN)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, data)
    return fixed.getvalue()
