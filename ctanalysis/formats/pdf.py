"""A page of a report as a PDF: typst's, tagged, after PDF/UA-1, with fonts that come with Python packages."""

from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ctanalysis.base.errors import Refused
from ctanalysis.formats import pandoc
from ctanalysis.formats.characters import breakable, fonts, in_texts, named
from ctanalysis.formats.cover import Cover
from ctanalysis.formats.document import Body

STANDARD: Final = "ua-1"
TO_THE_LEFT = (b"align(center)[#table(", b"align(left)[#table(")  # where a table stands: no text holds a # like that


def pdf(body: Body, cover: Cover, within: Path) -> bytes:
    """The bytes of the PDF of a page. within: a folder to work in, where nothing is left.

    Refused: typst does not find it to be after PDF/UA-1.
    """
    import typst

    html = in_texts(lambda text: breakable(named(text)), body.html)
    with TemporaryDirectory(dir=within) as scratch:
        folder = Path(scratch).resolve()
        for name, image in body.images.items():
            (folder / name).write_bytes(b64decode(image))
        main = folder / "document.typ"
        pages = pandoc.converted(html, "typst", folder, "--wrap=none").replace(*TO_THE_LEFT)
        main.write_bytes((pandoc.PARTS / main.name).read_bytes() + pages)
        try:
            made: bytes = typst.compile(
                main,
                root=folder,
                font_paths=[fonts()],
                ignore_system_fonts=True,
                sys_inputs=_inputs(cover),
                pdf_standards=[STANDARD],
            )
        except typst.TypstError as error:
            raise Refused(f"typst could not write {cover.title} of {cover.period} as a PDF: {error}") from None
    return made


def _inputs(cover: Cover) -> dict[str, str]:
    """What the template asks for: texts, which it never takes for markup."""
    texts = {
        "title": cover.title,
        "project": cover.project,
        "period": cover.period,
        "of": cover.of,
        "notice": cover.notice,
        "contents": cover.speech.plain("page.contents"),
    }
    ours = {
        "state": cover.state,
        "short": cover.short,
        "language": cover.speech.code,
    }  # no break in the hash of a ledger
    return {name: breakable(named(text)) for name, text in texts.items()} | ours
