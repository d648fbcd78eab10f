"""A report in another language: the same numbers in the same order, and no English word but those named here."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape

import nbformat
import pytest

from ctanalysis import narrative, reports
from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import named
from ctanalysis.language import languages, messages
from ctanalysis.project.translations import Review
from ctanalysis.reports import pages
from ctanalysis.reports.headings import headed
from ctanalysis.reports.languages import asked, check_reviewed
from tests.conftest import ROOT, copied, evaluated
from tests.narrative.test_narrative import SECTIONS

PERIODS = ("FY2012Q1", "FY2014", "FY2015Q1", pytest.param("2014-12", marks=pytest.mark.long))
MARKS = re.compile(r'<data value="([^"]*)" title="([^"]*)">|<time datetime="([^"]*)">')
WRITTEN = re.compile(r'<(h3|span)\b[^>]*\blang="en">.*?</\1>', re.DOTALL)  # people's own texts, and sources
ENGLISH = re.compile(r"[A-Za-z]{2,}")
HEADINGS = re.compile(r"^## (.+)$", re.MULTILINE)
NAMED = re.compile(r"FY\d{4}(Q|H)?\d?|LOP|population\.csv|release\.json|n = ")


def words(html):
    """The Latin words of a page that are no exception."""
    text = unescape(re.sub(r"<[^>]*>", " ", WRITTEN.sub("", html)))
    return ENGLISH.findall(NAMED.sub("", text))


@pytest.mark.parametrize("language", ["ru", "ky"])
@pytest.mark.parametrize("period", PERIODS)
def test_the_same_facts_in_the_same_order(period, language):
    """Each section has the marks of the English one: what is said is decided once."""
    english = evaluated(period)
    other = english.told_in(language)
    for section in SECTIONS:
        assert MARKS.findall(section(other).html) == MARKS.findall(section(english).html), section.__name__


@pytest.mark.parametrize("language", ["ru", "ky"])
@pytest.mark.parametrize("period", PERIODS)
def test_no_english_word_is_left_in_the_narrative(period, language):
    """But what people wrote, which is marked with its language, labels of periods, and names of files."""
    other = evaluated(period).told_in(language)
    for section in SECTIONS:
        assert words(section(other).html) == [], section.__name__


def test_what_people_write_stays_as_they_wrote_it():
    """Word for word, and marked, so that a screen reader reads it in its own language."""
    text = narrative.actions(evaluated("FY2015Q1").told_in("ru")).html
    assert '<span class="fact" lang="en">' in text and "Review the budget by line" in text


def test_a_language_of_another_project_is_refused():
    """With those that there are; nothing is guessed."""
    with pytest.raises(Refused, match="en, ru, ky"):
        named("FY2015Q1", "", "tg")
    alone = evaluated("FY2015Q1").project
    alone = replace(alone, facts=alone.facts.model_copy(update={"languages": ("en",)}))
    with pytest.raises(Refused, match="It has: en "):
        replace(evaluated("FY2015Q1"), project=alone).told_in("ru")


def test_its_own_language_is_the_evaluation_itself():
    """Nothing is calculated again."""
    evaluation = evaluated("FY2015Q1")
    assert evaluation.told_in("en") is evaluation and evaluation.told_in("") is evaluation


@pytest.mark.parametrize("name", ["evaluation", "area", "data-quality"])
def test_each_heading_of_a_notebook_has_its_words(name):
    """In every language; a heading that is changed is changed in the catalogue, too."""
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    headings = [found for cell in cells for found in HEADINGS.findall("".join(cell["source"]))]
    assert headings
    for language in languages():
        assert [words for words in headings if f"heading.{words}" not in messages(language)] == []


def test_a_release_is_refused_in_a_language_that_nobody_has_reviewed():
    """No review is invented: the shipped Russian and Kyrgyz are drafts, and say so."""
    project = evaluated("FY2015Q1").project
    assert asked(project, "en, KY,ru") == ("ru", "ky") and asked(project, "") == ()
    for language in asked(project, "ru ky"):
        with pytest.raises(Refused, match="Nobody has reviewed"):
            check_reviewed(project, [language])
    with pytest.raises(Refused, match="'tg' is no language of the project"):
        asked(project, "tg")


def test_a_page_says_that_its_translation_is_a_draft():
    """In its footer, in its own language, until a review is on record; the first language is no translation."""
    english = evaluated("FY2015Q1")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Evaluation narrative")])
    about = pages.About("evaluation", {"evaluation": "Оценка"}, "Черновик.", (("en", "English", "../evaluation.html"),))
    draft = pages.page_about(headed(notebook, english.told_in("ru").project.speech), english.told_in("ru"), about)
    assert '<html lang="ru">' in draft and "носитель языка его не проверял" in draft and "Отчёт об оценке" in draft
    assert '<a href="../evaluation.html" hreflang="en" lang="en">English</a>' in draft
    reviewed = replace(english.project, reviews=(Review(language="ru", role="editor", date=date(2015, 2, 1)),))
    page = pages.page_about(notebook, replace(english, project=reviewed).told_in("ru"), about)
    assert "носитель языка его не проверял" not in page
    assert "no native speaker" not in pages.page_about(notebook, english, about)


@pytest.mark.long
def test_a_run_writes_only_the_languages_that_it_names(tmp_path):
    """Beside the report, whose files stay as they were; again, with nothing changed, it leaves them as they are."""
    folder = copied(tmp_path / "project")
    given = reports.source(folder)
    report = reports.make_from(given, "FY2012Q1", others=("ru",))
    before = {path: path.read_bytes() for path in sorted(report.rglob("*")) if path.is_file()}
    assert (report / "ru" / "evaluation.html").is_file() and not (report / "ky").exists()
    reports.make_from(reports.source(folder), "FY2012Q1", others=("ky",))
    after = {path: path.read_bytes() for path in before}
    assert after == before and (report / "ky" / "evaluation.html").is_file()
