"""No English word is left in a page, figure, document or workbook in another language, but those named here."""

import re
from functools import cache
from html import unescape
from io import BytesIO

import openpyxl
import pytest

from ctanalysis import narrative, tables
from ctanalysis.evaluation import prepared
from ctanalysis.formats import sheets
from ctanalysis.formats.cover import cover
from ctanalysis.language import messages
from ctanalysis.reports import notebooks, pages, pieces
from ctanalysis.reports.headings import headed
from tests.conftest import evaluated
from tests.figures.seen import charts
from tests.formats.pages import Word, document, needs_pandoc, needs_poppler, pdf_words, said

LANGUAGES = ("ru", "ky")
PERIODS = ("FY2012Q1", "FY2015Q1")
LATIN = re.compile(r"[A-Za-z]{2,}")  # a letter alone is a sign, such as n = 3
NAMED = re.compile(
    "|".join(
        (
            r"\bFY\d{4}(?:Q\d|H\d)?|\bLOP\b",  # labels of periods, which are the same in all languages
            r"\S*\.(?:csv|json|toml|xlsx?|html)\b",  # names of files
            r"\binternal/",  # of a folder
            r"\b[A-Z]{2,}[-.]\d[\d.-]*",  # codes of standard indicators
            r"\bWord\b|\bPDF\b|\bExcel\b|\bIATI\b",  # names of formats
            r"\bHyndman & Fan\b",  # who defined a median
            r"\[[a-z]\]",  # signs for numbers that are not there
        )
    )
)
WRITTEN = re.compile(r'<(\w+)\b[^>]*\blang="en"[^>]*>.*?</\1>', re.DOTALL)  # what people wrote, in their language
SPOKEN = re.compile(r'\b(?:alt|aria-label)="([^"]*)"')  # what a screen reader says
NAMES_THINGS = ("heard", "check")  # what a check says names commands, files, keys and values as they are written


def words(told):
    """The Latin words of a text that are not named above."""
    return LATIN.findall(NAMED.sub(" ", told))


def left(html):
    """Those of HTML, of what is read and of what is heard, but what is marked as English, or written in the folder."""
    html = WRITTEN.sub(" ", re.sub(r"<(style|head)\b.*?</\1>", " ", html, flags=re.DOTALL))
    texts = unescape(" ".join([re.sub(r"<[^>]*>", " ", html), *SPOKEN.findall(html)]))
    for one in written():
        texts = texts.replace(one, " ")
    return words(texts)


@cache
def written():
    """Sources, and what people wrote of a deviation, in their own language: as they stand in the folder."""
    project = evaluated(PERIODS[-1]).project
    found = {project.facts.source, *(source.rstrip(".") for source, *_ in project.population.sources())}
    found |= {text for one in project.judged.explanations for text in (one.text, one.action)}
    return tuple(sorted(found, key=len, reverse=True))


@cache
def told_in(period, language):
    return evaluated(period).told_in(language)


EVERY = pytest.mark.parametrize(("period", "language"), [("FY2012Q1", "ky"), ("FY2015Q1", "ru")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_is_left_in_a_message(language):
    """Whatever it is filled in with, so that one language can stand for both below."""
    told = {key: one for key, one in messages(language).items() if key.split(".")[0] not in NAMES_THINGS}
    found = {key: re.sub(r"{{.*?}}|<[^>]*>", " ", one) for key, one in told.items()}
    del found["days.pattern"]  # of Unicode
    assert {key: left for key, one in found.items() if (left := words(one))} == {}


@pytest.mark.few(1)
@EVERY
def test_none_is_left_in_a_figure(period, language):
    """In its message, subtitle, notes, alternative text and table; what is drawn is held by test_layout."""
    told = told_in(period, language)
    for chart in charts(told, [area.code for area in told.project.facts.areas]):
        assert words(chart.plain) == [], chart.name


def of_tables(told):
    """Every table of a page."""
    for area in told.project.facts.areas:
        for name in ("breakdowns", "tracking", "changes", "reference_sheets"):
            yield getattr(tables, name)(told, area.code)
    for name in ("quality", "tally", "completeness", "published", "findings", "fairness", "pathway", "restated"):
        yield getattr(tables, name)(told)


@pytest.mark.few(1)
@EVERY
def test_none_is_left_in_a_table(period, language):
    """In captions, headers, cells and notes."""
    told = told_in(period, language)
    for one in of_tables(told):
        assert left(one._repr_mimebundle_()["text/html"]) == []


@pytest.mark.few(1)
@EVERY
def test_none_is_left_in_a_workbook(period, language):
    """In its sheets' names, titles, notes, headings, cells and feet."""
    told = told_in(period, language)
    state = told.project.speech.plain("page.draft", number="0a1b2c3d")
    title = told.project.speech.plain("heading.Evaluation")
    book = openpyxl.load_workbook(BytesIO(sheets.report(told, cover(told, title, state))))
    assert words(" ".join([*book.sheetnames, book.properties.title])) == []
    for sheet in book:
        assert words(sheet.oddFooter.left.text) == [] and [words(name) for name in sheet.tables] == [[]]
        texts = {cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
        assert {one: found for one in texts if (found := left(one))} == {}, sheet.title


@pytest.mark.few(1)
@needs_pandoc
@needs_poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_none_is_left_in_a_document(language, tmp_path):
    """On its cover, in header, footer, contents and captions, and in what it has of a page; its language is noted."""
    told = told_in("FY2015Q1", language)
    speech = told.project.speech
    about = cover(told, speech.plain("heading.Evaluation"), speech.plain("page.draft", number="0a1b2c3d"))
    shown = (narrative.introduction(told), charts(told, ())[0])
    word = Word(document("docx", *shown, cover=about, headings=speech.plain("page.contents")))
    parts = {name: said(word.xml[f"word/{name}.xml"]) for name in ("document", "header1", "footer1")}
    own = {*words(" ".join(written()))}
    assert {*words(" ".join(parts.values()))} <= own
    assert [one.get("descr") for one in word.body.iter() if one.tag.endswith("}docPr")] == [shown[1].alt]
    languages = re.findall(r'<w:lang [^>]*w:val="(\w+)', word.parts["word/styles.xml"].decode())
    assert languages == [language] and f"<dc:language>{language}<" in word.parts["docProps/core.xml"].decode()
    made = document("pdf", *shown, cover=about, headings=speech.plain("page.contents"))
    read = " ".join(unescape(word) for *_, found in pdf_words(made, tmp_path) for *_, word in found)
    assert {*words(read)} <= own and f"/Lang({language})".encode() in made


@needs_pandoc
@needs_poppler
@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_none_is_left_in_a_whole_report(language, tmp_path):
    """Every page as a reader gets it: HTML, Word and PDF."""
    told = told_in("FY2015Q1", language)
    speech = told.project.speech
    state, given = speech.plain("page.draft", number="0a1b2c3d"), {"period": "FY2015Q1", "project": ""}
    chosen = [page for page in notebooks.chosen(told.project) if not page.own]
    with prepared(told):
        for page in chosen:
            notebook = notebooks.execute(page, {**given, "language": language}, tmp_path, tmp_path)
            notebook = headed(notebook, speech)
            html = pages.page(notebook, page.name, told, {one.name: one.title for one in chosen}, state)
            assert left(html) == [], page.name
            own = {*words(" ".join([*written(), *(found[0] for found in WRITTEN.finditer(html))]))}
            word = Word(pieces.written("docx", notebook, told, state, tmp_path))
            assert {*words(word.spoken)} <= own, page.name
            found = pdf_words(pieces.written("pdf", notebook, told, state, tmp_path), tmp_path)
            printed = {*words(" ".join(unescape(word) for *_, on in found for *_, word in on))}
            names = NAMED.findall(unescape(html))  # a long one goes over two lines of a cell
            assert [word for word in printed - own if not any(word in name for name in names)] == [], page.name
