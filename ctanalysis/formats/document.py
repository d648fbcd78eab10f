"""An executed notebook as what a document is made of: its words and tables as HTML, its figures as images."""

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import count

from nbformat import NotebookNode

from ctanalysis.formats.characters import harmless
from ctanalysis.language import Speech

PNG = "image/png"
STYLED = re.compile(r'<p class="(note|notice|definition)">(.*?)</p>', re.DOTALL)  # pandoc knows classes of div only
SCROLLED = re.compile(r'<div class="scroll"[^>]*>\s*(<table.*?</table>)\s*</div>', re.DOTALL)  # nothing moves on paper
ANCHOR = re.compile(r'<a class="anchor-link"[^>]*>.*?</a>')
WIDTH, HEIGHT = 122, 165  # millimetres that a figure takes on a page at most: its words are as large as the text


@dataclass(frozen=True)
class Body:
    """The HTML below the title, in which a figure is <img src="its name.png">; and the images, base64, by that name."""

    html: str
    images: dict[str, str]


def body(notebook: NotebookNode, speech: Speech) -> Body:
    """Of the outputs of each cell the figure, else the HTML, else the plain text; and the headings between them."""
    html = SCROLLED.sub(r"\1", harmless("\n".join(_parts(notebook, speech))))
    html = STYLED.sub(r'<div class="\1"><p>\2</p></div>', html)
    _, title, rest = html.partition("</h1>")
    return Body(rest if title else html, dict(_images(notebook)))


def _parts(notebook: NotebookNode, speech: Speech) -> Iterator[str]:
    from nbconvert.filters import markdown2html

    number = count(1)  # of figures
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield ANCHOR.sub("", str(markdown2html(cell.source)))
        yield from (_shown(output, number, speech) for output in cell.get("outputs", ()))


def _shown(output: NotebookNode, number: Iterator[int], speech: Speech) -> str:
    data = output.get("data", {})
    if not data:
        return ""
    if PNG in data:
        about = output["metadata"][PNG]
        said = speech.plain("document.figure", number=next(number), file=f"figures/{about['name']}.csv")
        texts = (about["name"], about["alt"], _width(data[PNG]), said)
        name, alt, width, caption = (escape(text) for text in texts)
        return f'<figure><img src="{name}.png" alt="{alt}" width="{width}"><figcaption>{caption}</figcaption></figure>'
    return str(data["text/html"]) if "text/html" in data else f"<p>{escape(data.get('text/plain', ''))}</p>"


def _width(image: str) -> str:
    """How wide an image stands on a page: as wide as the text, unless it were higher than a page."""
    header = b64decode(image[:44])
    wide, high = (int.from_bytes(header[place : place + 4]) for place in (16, 20))
    return f"{min(WIDTH, HEIGHT * wide / high):.1f}mm" if high else f"{WIDTH}mm"


def _images(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if PNG in output.get("data", {}):
                yield f"{output['metadata'][PNG]['name']}.png", output["data"][PNG]
