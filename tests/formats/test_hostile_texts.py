"""A text with markup, a formula, a mark that turns writing round, an endless word or an emoji, in every format."""

from html import escape, unescape
from io import BytesIO

import openpyxl
import pytest

from ctanalysis.evaluation import evaluate
from ctanalysis.formats import sheets
from ctanalysis.formats.characters import breakable, harmless, in_texts, named
from ctanalysis.formats.cover import cover
from ctanalysis.formats.workbook import Sheet, workbook
from ctanalysis.reports import pages
from ctanalysis.tables import Table
from tests.formats.pages import Word, chart, document, needs_pandoc, needs_poppler, page, pdf_words, text
from tests.generators import small

MARKUP, FORMULA, TYPST = "<script>alert(1)</script> & <b>", "=1+1", "#panic() $x$ *y* @z \\ `q` [r] <s> //t"
TURNED, ENDLESS, EMOJI = "abc\u202edef\u200f", "x" * 10_000, "\N{ROCKET}\N{GRINNING FACE}"
TEXTS = (MARKUP, FORMULA, TYPST, TURNED, EMOJI)


def shown():
    """The texts where people's words stand: in a paragraph, in the cells of a table, in its caption."""
    rows = tuple((one, one) for one in (*TEXTS, ENDLESS))
    paragraphs = text("".join(f"<p>{escape(one)}</p>" for one in (*TEXTS, ENDLESS)))
    return paragraphs, Table(FORMULA, ("Text", "Again"), rows, numeric=False), chart(alt=f"{MARKUP} {TYPST} {EMOJI}")


@needs_pandoc
def test_a_word_file_shows_them_as_they_are_written():
    """As texts, and nothing else; the marks that turn writing round are left out."""
    word = Word(document("docx", *shown()))
    told = [*word.texts("BodyText"), *word.texts("FirstParagraph"), *word.texts("TableText")]
    for one in (MARKUP, FORMULA, EMOJI, "abcdef", ENDLESS, TYPST):
        assert one in told
    assert "\u202e" not in word.parts["word/document.xml"].decode()


@needs_pandoc
@needs_poppler
def test_a_pdf_shows_them_within_its_pages(tmp_path):
    """No letter beyond the page, none lost; a sign that no font has by its name."""
    found = pdf_words(document("pdf", *shown()), tmp_path)
    words = [unescape(word) for *_, on_page in found for *_, word in on_page]
    line = " ".join(words)
    assert MARKUP in line and FORMULA in words and "abcdef" in words and "[rocket]" in line
    assert all(word in words for word in TYPST.split())
    assert "".join(words).count("x") >= 3 * 10_000
    assert all(0 < left < right < width for width, _, on_page in found for left, right, _ in on_page)


def test_a_page_shows_them():
    """The words of a page are escaped where they are made; what turns writing round is left out of the whole."""
    evaluation = evaluated_small()
    html = pages.page(page(*shown()), "evaluation", evaluation, {"evaluation": "Evaluation"}, "A draft.")
    assert escape(MARKUP, quote=False) in html and "<script" not in html
    assert "\u202e" not in html and "abcdef" in html and EMOJI in html
    assert "overflow-wrap: break-word" in html


@pytest.fixture(name="folder")
def project(tmp_path):
    """A project whose officer has written all of it into the names of the project and of its indicator."""
    folder = small.write(tmp_path / "hostile", "day\n2013-11-05\n", 'table = "rows"\nmeasure = "count"\ndate = "day"')
    facts = (folder / "project.toml").read_text(encoding="utf-8")
    hostile = f"{MARKUP} {TURNED} {EMOJI}".replace("\u202e", "").replace("\u200f", "")
    (folder / "project.toml").write_text(facts.replace("Small Project", hostile), encoding="utf-8")
    return folder


def evaluated_small(folder=None):
    from tests.conftest import evaluated

    return evaluate("FY2014Q1", folder) if folder else evaluated("FY2015Q1")


def test_a_workbook_holds_texts_and_no_formula(folder):
    """What begins like a formula is a text in every cell, and nothing is too long for one."""
    evaluation = evaluated_small(folder)
    whole = openpyxl.load_workbook(BytesIO(sheets.report(evaluation, cover(evaluation, "Evaluation", "A draft."))))
    assert MARKUP in str(whole["Summary"]["A2"].value)
    data = workbook(
        [Sheet("One", FORMULA, (FORMULA,), (FORMULA, "B"), [(one, one) for one in (*TEXTS, ENDLESS * 4)])],
        FORMULA,
        "t",
        "Sheets",
    )
    cells = [cell for row in openpyxl.load_workbook(BytesIO(data))["One"].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"} and max(len(cell.value) for cell in cells) <= 32_767
    assert "abcdef" in [cell.value for cell in cells] and FORMULA in [cell.value for cell in cells]


def test_changes_are_made_to_texts_only():
    """Not to tags, their attributes, or within an entity."""
    html = '<p title="aaa">a &amp; a</p>'
    assert in_texts(lambda words: words.replace("a", "b"), html) == '<p title="aaa">b &amp; b</p>'
    assert harmless("\u2067a\u2069") == "a" and harmless("а́й") == "а́й"
    assert breakable("short and 117,535") == "short and 117,535" and breakable(ENDLESS).replace("\u200b", "") == ENDLESS
    assert max(map(len, breakable(ENDLESS).split("\u200b"))) <= 30
    assert named("ңөү ₽ № – ‡ †") == "ңөү ₽ № – ‡ †" and named("\N{ROCKET}\ufe0f") == "[rocket]"
