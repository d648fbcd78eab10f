"""A page as a Word file and as a PDF: whole, with its texts for those who cannot see, the same bytes each time."""

import os
import subprocess
import sys
from html import unescape

import pytest

from ctanalysis import Refused
from ctanalysis.formats import asked
from ctanalysis.formats.choice import check_installed
from ctanalysis.formats.cover import Cover
from ctanalysis.tables import Table
from tests.conftest import ROOT
from tests.formats.pages import (
    COVER,
    DENSE,
    NARROW,
    STATE,
    WIDE,
    W,
    Word,
    chart,
    document,
    needs_pandoc,
    needs_poppler,
    page,
    pdf_words,
    said,
    text,
)

A4 = (595.28, 841.89)  # points


@pytest.fixture(scope="module")
def word():
    return Word(document("docx", text("<p>Words.</p>"), NARROW, chart(), WIDE))


@needs_pandoc
def test_a_word_file_says_what_it_is(word):
    """On its first page and at the edges of every other: what was sent on by itself still says it."""
    assert word.texts("Title") == ["Evaluation narrative"] and word.texts("Subtitle") == ["Our Project in the North"]
    assert word.texts("State") == [STATE]
    header, footer = (said(word.xml[f"word/{edge}1.xml"]) for edge in ("header", "footer"))
    assert header == "Our Project in the NorthFY2015Q1"
    assert footer.startswith("Draft 0a1b2c3d · Synthetic records")


@needs_pandoc
def test_a_word_file_can_be_found_one_s_way_in(word):
    """Headings are headings, and the contents lead to each; the name of a table stands above it, a figure's below."""
    headings = [f"Section {number}" for number in range(1, 5)]
    assert word.texts("Heading1") == headings == word.texts("TOC1")
    assert word.texts("TableCaption") == ["Events by region", "Tracking"]
    assert word.texts("ImageCaption") == ["Figure 1 (data: figures/bars.csv)"]
    fields = [one.get(W + "fldCharType") for one in word.body.iter(f"{W}fldChar")]
    assert fields == ["begin", "separate", "end"]  # which Word can write anew, and asks nobody about when it opens


@needs_pandoc
def test_tables_of_a_word_file_go_over_pages(word):
    """The headings of each are repeated, no row is on two pages, and each is as wide as its page."""
    for table, width in zip(word.tables(), (9412, 14344), strict=True):
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, *[False] * (len(rows) - 1)]
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        columns = [int(column.get(W + "w")) for column in table.find(f"{W}tblGrid")]
        assert width - len(columns) <= sum(columns) <= width
        assert min(columns) > 95 * len("117,535")  # no number is broken
    numbers = [cell for cell in word.tables()[0].iter(f"{W}tc") if said(cell) in ("1,234", "12")]
    assert [cell.find(f".//{W}jc").get(W + "val") for cell in numbers] == ["right", "right"]


@needs_pandoc
@needs_poppler
def test_a_table_that_fits_in_smaller_letters_stands_upright(tmp_path):
    """On the pages of the text, as wide as it, in Word and in the PDF: nobody turns the page for it."""
    word = Word(document("docx", NARROW, DENSE, NARROW))
    columns = [int(column.get(W + "w")) for column in word.tables()[1].find(f"{W}tblGrid")]
    assert 9412 - len(columns) <= sum(columns) <= 9412 and min(columns) > 80 * len("117,535")
    assert word.texts("TableTextSmall").count("117,535") == 200 and len(list(word.body.iter(f"{W}sectPr"))) == 1
    pages = pdf_words(document("pdf", NARROW, DENSE, NARROW), tmp_path)
    assert all(height > width for width, height, _ in pages)
    words = [word for *_, found in pages for *_, word in found]
    assert words.count("117,535") == 200 and [f"last-{row}" for row in range(20) if f"last-{row}" not in words] == []
    assert all(0 < left < right < width for width, _, found in pages for left, right, _ in found)


@needs_pandoc
@needs_poppler
def test_notes_go_with_a_wide_table(tmp_path):
    """On its landscape pages, so that the page that follows does not begin with them."""
    across = [words for width, height, words in pdf_words(document("pdf", WIDE, NARROW), tmp_path) if width > height]
    assert "A note on it." in " ".join(word for *_, word in across[-1])


@needs_pandoc
@needs_poppler
def test_a_short_table_stands_on_one_page(tmp_path):
    """However much room the text before it leaves; a row that is longer than a page is all there."""
    for lines in range(30, 60, 3):
        pages = pdf_words(document("pdf", text("<p>Word</p>" * lines), NARROW), tmp_path)
        on = [[word for *_, word in found] for *_, found in pages]
        assert [{"1,234", "12"} <= {*words} for words in on].count(True) == 1, lines


@needs_pandoc
def test_landscape_pages_of_a_word_file_have_header_and_footer(word):
    """The wide table stands across, between pages that stand upright."""
    sections = list(word.body.iter(f"{W}sectPr"))
    assert [one.find(f"{W}pgSz").get(W + "orient") for one in sections] == [None, "landscape", None]
    for one in sections:
        assert one.find(f"{W}headerReference") is not None and one.find(f"{W}footerReference") is not None


@needs_pandoc
def test_columns_and_rows_under_one_word():
    """Both rows of such a head are repeated, the columns below it are as wide as what stands in them."""
    spanned = Table(
        "Two years",
        ("Indicator", "Actual", "Target", "Actual", "Target"),
        (("A rather long name of an indicator", "1", "2", "3", "4"), ("Another", "117,535", "6", "7", "8")),
        spanners=(("Year", 2), ("Project", 2)),
        groups=(("Prevention", 1), ("Protection", 1)),
    )
    (table,) = Word(document("docx", spanned)).tables()
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.findall(f"{W}tr")]
    assert heads == [True, True, False, False, False, False]
    first, *others = [int(column.get(W + "w")) for column in table.find(f"{W}tblGrid")]
    assert first > 2 * max(others) and others[0] == max(others)
    assert document("pdf", spanned)


@needs_pandoc
def test_a_figure_of_a_word_file_has_its_text(word):
    """Its alternative text as it is, and no image within a text."""
    drawn = [element for element in word.body.iter() if element.tag.endswith("}docPr")]
    assert [one.get("descr") for one in drawn] == ["Bars: north 3, south 4."]
    assert "base64" not in word.parts["word/document.xml"].decode()
    assert [name for name in word.parts if name.startswith("word/media/")] != []


@needs_pandoc
def test_a_pdf_is_tagged_and_says_so():
    """After PDF/UA-1, which typst checks; its title and language are known."""
    data = document("pdf", text("<p>Words.</p>"), NARROW, chart())
    assert data.startswith(b"%PDF-1.7") and b"/MarkInfo" in data and b"/Marked true" in data
    assert b"/Lang(en)" in data and b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"CreationDate" not in data and b"ModDate" not in data


@needs_pandoc
def test_a_figure_without_a_text_is_no_pdf():
    """typst would let it pass only if the file said nothing of being readable by all."""
    with pytest.raises(Refused, match="typst could not write Evaluation narrative of FY2015Q1"):
        document("pdf", chart(alt=""))


@needs_pandoc
@needs_poppler
def test_a_wide_table_of_a_pdf_is_whole(tmp_path):
    """On A4 across; its last column and each number stand within the page, and its headings on each of its pages."""
    pages = pdf_words(document("pdf", text("<p>Words.</p>"), WIDE, NARROW), tmp_path)
    across = [one for one in pages if one[0] > one[1]]
    assert len(across) >= 2 and all((one[1], one[0]) == pytest.approx(A4, abs=0.1) for one in across)
    words = [word for *_, found in across for *_, word in found]
    assert (
        words.count("117,535") == 60 * 13 and [f"last-{row}" for row in range(60) if f"last-{row}" not in words] == []
    )
    assert all("Explanation" in [word for *_, word in found] for *_, found in across)
    assert all(0 < left < right < width for width, _, found in pages for left, right, _ in found)


@needs_pandoc
@needs_poppler
def test_each_page_of_a_pdf_says_what_it_is(tmp_path):
    """Project, period, state, that the records are synthetic, and which page of how many."""
    pages = pdf_words(document("pdf", WIDE, text("<p>Words.</p>")), tmp_path)
    for number, (*_, found) in enumerate(pages, 1):
        line = " ".join(unescape(word) for *_, word in found)
        assert (
            "Our Project in the North" in line and "FY2015Q1" in line and "Draft 0a1b2c3d · Synthetic records" in line
        )
        assert f"{number} / {len(pages)}" in line


@needs_pandoc
@needs_poppler
def test_a_released_pdf_has_the_end_of_the_ledger_in_one_piece(tmp_path):
    """Whoever has the file alone can copy it, and anchor the ledger by it."""
    words = f"Released on 2015-01-20, revision 1. The ledger of all releases then ended with {'0123456789abcdef' * 4}."
    released = Cover(**{**vars(COVER), "state": words})
    pages = pdf_words(document("pdf", text("<p>Words.</p>"), cover=released), tmp_path)
    found = [word for *_, on_page in pages for *_, word in on_page]
    assert "0123456789abcdef" * 4 + "." in found and " ".join(found).count("Released on 2015-01-20, revision 1") == 2


ELSEWHERE = """
import sys
from tests.formats.pages import NARROW, WIDE, chart, document, text
sys.stdout.buffer.write(document(sys.argv[1], text("<p>Words.</p>"), NARROW, chart(), WIDE))
"""


@pytest.mark.few(1)
@needs_pandoc
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_document_has_the_same_bytes_wherever_it_is_written(kind, tmp_path):
    """Another process, another folder, another time zone, another language, another day in the machine's settings."""
    here = document(kind, text("<p>Words.</p>"), NARROW, chart(), WIDE)
    search = os.pathsep.join([str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    other = os.environ | {"TZ": "Asia/Bishkek", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1700000000", "PYTHONPATH": search}
    done = subprocess.run([sys.executable, "-c", ELSEWHERE, kind], cwd=tmp_path, env=other, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == here
    for trace in (str(tmp_path).encode(), str(ROOT).encode(), b"/tmp/"):
        assert trace not in here


@needs_pandoc
def test_links_lead_nowhere_else():
    """A link to another page of the report is words: in a file that was sent on it would lead nowhere."""
    linked = text('<p><a href="protection.html#one">Protection</a>, <a href="#nothing">nothing</a>.</p>')
    word = Word(document("docx", linked, text('<h2 id="caveats">Caveats</h2><p><a href="#caveats">here</a></p>')))
    assert "Protection, nothing." in word.texts("FirstParagraph")
    anchors = [one.get(W + "anchor") for one in word.body.iter(f"{W}hyperlink")]
    assert anchors == ["Section-1", "Section-2", "caveats", "caveats"]
    assert b"protection.html" not in b"".join(word.parts.values())
    assert document("pdf", linked)


def test_an_unknown_format_is_refused():
    """Never guessed, and nothing is done."""
    with pytest.raises(Refused, match=r"'pfd' is no format of a report. There are: html, xlsx, docx, pdf\."):
        asked("html,pfd")
    assert asked("") == asked("html, xlsx") == ()


def test_without_pandoc_a_sentence_says_what_to_do(monkeypatch):
    """And only to those who ask for a document."""
    monkeypatch.setattr("ctanalysis.formats.choice.PACKAGES", ("no-such-package", "typst"))
    check_installed(())
    with pytest.raises(
        Refused, match=r"not installed here.*pip install --require-hashes -r requirements-formats\.lock"
    ):
        asked("docx")


@needs_pandoc
def test_formats_are_asked_for_by_name():
    """In any order, in capitals too."""
    assert asked("PDF html docx") == ("docx", "pdf")


@needs_pandoc
def test_a_page_of_real_records_says_nothing_of_synthetic_ones(tmp_path):
    """No word of it, and no empty place for it."""
    real = Cover(**{**vars(COVER), "notice": ""})
    word = Word(document("docx", text("<p>Words.</p>"), cover=real))
    assert said(word.xml["word/footer1.xml"]).startswith("Draft 0a1b2c3d1 / ")
    assert document("pdf", text("<p>Words.</p>"), cover=real) and page()


@needs_pandoc
@needs_poppler
def test_a_figure_is_made_a_little_smaller_where_it_then_has_room(tmp_path):
    """So that no page is half empty before it; where it would be much smaller, it stands on the next page."""

    def page_of(*shown):
        pages = pdf_words(document("pdf", *shown), tmp_path)
        return [number for number, (*_, found) in enumerate(pages) if "(data:" in [word for *_, word in found]]

    for lines, place in ((6, 0), (10, 0), (16, 1)):
        assert page_of(text("<p>Word</p>" * lines), chart(high=500)) == [place]
    assert page_of(chart(high=120), chart(high=340)) == [0]  # the second stands below the first
