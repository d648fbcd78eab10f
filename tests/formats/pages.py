"""A page as papermill leaves it, of tables and figures, without anything that is run; and documents, looked into."""

import re
import shutil
import subprocess
import zipfile
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from ctanalysis.figures.chart import Chart
from ctanalysis.formats.choice import PACKAGES, versions
from ctanalysis.formats.cover import Cover
from ctanalysis.formats.writing import written
from ctanalysis.language import Speech
from ctanalysis.narrative.text import Text
from ctanalysis.tables import Table

needs_pandoc = pytest.mark.skipif(len(versions()) < len(PACKAGES), reason="pandoc and typst are not installed")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STATE = "Draft 0a1b2c3d. It is not released."
COVER = Cover(
    "Evaluation narrative", "Our Project in the North", "FY2015Q1", "2014-10-01 to 2014-12-31", STATE,
    "Synthetic records", "2014-12-31", Speech(),
)  # fmt: skip
NARROW = Table("Events by region", ("Region", "Events"), (("North", "1,234"), ("not recorded", "12")), ("A note.",))


def table_of(quarters, rows):
    """A table with a column for each of so many quarters."""
    header = ("Indicator", *(f"Quarter {number} of the year" for number in range(quarters)), "Explanation")
    cells = ((f"{row} An indicator with a name", *["117,535"] * quarters, f"last-{row}") for row in range(rows))
    return Table("Tracking", header, tuple(cells), ("A note on it.",))


WIDE, DENSE = table_of(13, 60), table_of(10, 20)


def page(*shown, title="Evaluation narrative", headings="Section"):
    """A notebook that has shown these things, each below a heading of its own."""
    cells = [new_markdown_cell(f"# {title}")]
    for number, one in enumerate(shown, 1):
        cells += [new_markdown_cell(f"## {headings} {number}"), new_code_cell("...", outputs=[output(one)])]
    return new_notebook(cells=cells, metadata={"title": title})


def output(one):
    """What a notebook's file holds of something that was shown."""
    found = one._repr_mimebundle_()
    data, about = found if isinstance(found, tuple) else (found, {})
    data = {kind: b64encode(text).decode() if isinstance(text, bytes) else text for kind, text in data.items()}
    return new_output("execute_result", data=data, metadata=about, execution_count=1)


def chart(alt="Bars: north 3, south 4.", high=120):
    """A chart of two bars, so many pixels high."""
    return Chart("bars", "Two bars", alt, pd.DataFrame({"n": [3, 4]}), high, bars)


def bars(figure, data):
    figure.subplots().bar(data["n"], data["n"])


def text(html):
    return Text(html)


def document(kind, *shown, cover=COVER, headings="Section"):
    """The bytes of a page that shows these things."""
    with TemporaryDirectory() as folder:
        made = written(kind, page(*shown, headings=headings), cover, Path(folder))
        assert not [*Path(folder).iterdir()]
    return made


class Word:
    """A Word file: its parts, each parsed, and what its body says."""

    def __init__(self, data):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.xml = {
            name: ElementTree.fromstring(part) for name, part in self.parts.items() if name.endswith((".xml", ".rels"))
        }
        self.body = self.xml["word/document.xml"][0]

    def texts(self, style):
        """The paragraphs of a style."""
        found = self.body.iter(f"{W}p")
        return [
            said(one)
            for one in found
            if (of := one.find(f"{W}pPr/{W}pStyle")) is not None and of.get(W + "val") == style
        ]

    @property
    def spoken(self):
        """All that its paragraphs and cells say, with a space between any two."""
        return " ".join(map(said, self.body.iter(f"{W}p")))

    def tables(self):
        return list(self.body.iter(f"{W}tbl"))


def said(element):
    """The words in an element."""
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def pdf_words(data, folder):
    """By page, its size and its words with the places where they begin and end across: as a reader sees the file."""
    (folder / "page.pdf").write_bytes(data)
    done = subprocess.run(
        ["pdftotext", "-bbox", "page.pdf", "-"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout
    pages = []
    for one in re.findall(r"<page .*?</page>", done, re.DOTALL):
        width, height = re.search(r'width="([\d.]+)" height="([\d.]+)"', one).groups()
        words = re.findall(r'<word xMin="(-?[\d.]+)" yMin="[^"]*" xMax="([\d.]+)" yMax="[^"]*">(.*?)</word>', one)
        pages.append((float(width), float(height), [(float(left), float(right), word) for left, right, word in words]))
    return pages
