"""A report in another language: the same numbers in the same order, and no English word but those named here."""

import json
import re
from copy import deepcopy
from dataclasses import replace
from datetime import date
from html import unescape

import nbformat
import pytest

from ctanalysis import narrative, tables
from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import named
from ctanalysis.language import languages, messages
from ctanalysis.project.translations import Review
from ctanalysis.releases import spoken
from ctanalysis.reports import pages
from ctanalysis.reports.headings import headed
from ctanalysis.reports.languages import named as named_in
from tests.conftest import ROOT, evaluated
from tests.narrative.test_narrative import SECTIONS
from tests.tables.test_every_digit import every_table

PERIODS = ("FY2012Q1", "FY2014", "FY2015Q1", pytest.param("2014-12", marks=pytest.mark.long))
MARKS = re.compile(r'<data value="([^"]*)" title="([^"]*)">|<time datetime="([^"]*)">')
WRITTEN = re.compile(r'<(h3|span)\b[^>]*\blang="en">.*?</\1>', re.DOTALL)  # people's own texts, and sources
ENGLISH = re.compile(r"[A-Za-z]{2,}")
HEADINGS = re.compile(r"^## (.+)$", re.MULTILINE)
OF_TABLES = re.compile(  # files, folders, codes of standards, what a share is beside, and fields that are not recorded
    r"indicators\.csv|deliveries\.csv|internal/|data-quality\.html|CAR-\d|PS\.[\d.-]+|"
    r"(?<=\bp )[=<]|\b(?:score|value)\b"
)
NAMED = re.compile(r"records/[\w/.-]+|FY\d{4}(Q|H)?\d?|LOP|population\.csv|release\.json|n = ")


def words(html):
    """The Latin words of a page that are no exception."""
    text = unescape(re.sub(r"<[^>]*>", " ", WRITTEN.sub("", html)))
    return ENGLISH.findall(NAMED.sub("", text))


@pytest.mark.few(2)
@pytest.mark.parametrize("language", ["ru", "ky"])
@pytest.mark.parametrize("period", PERIODS)
def test_the_same_facts_in_the_same_order(period, language):
    """Each section has the marks of the English one: what is said is decided once."""
    english = evaluated(period)
    other = english.told_in(language)
    for section in SECTIONS:
        assert MARKS.findall(section(other).html) == MARKS.findall(section(english).html), section.__name__


@pytest.mark.few(2)
@pytest.mark.parametrize("language", ["ru", "ky"])
@pytest.mark.parametrize("period", PERIODS)
def test_no_english_word_is_left_in_the_narrative(period, language):
    """But what people wrote, which is marked with its language, labels of periods, and names of files."""
    other = evaluated(period).told_in(language)
    for section in SECTIONS:
        assert words(section(other).html) == [], section.__name__


@pytest.mark.few(2)
@pytest.mark.parametrize("language", ["ru", "ky"])
@pytest.mark.parametrize("period", PERIODS)
def test_no_english_word_is_left_in_the_tables(period, language):
    """But what people wrote, the names of files and folders, and of fields in what the check of the data found."""
    found = evaluated(period).told_in(language)
    shown = [
        made._repr_mimebundle_()["text/html"]
        for made in (tables.calculated(found), tables.breakdowns(found, "protection"))
    ]
    for html in (*shown, *(table.html for table in every_table(period, language))):
        assert words(OF_TABLES.sub("", html)) == []


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
    assert named_in(project, "ky, KY,ru") == ("ru", "ky") and named_in(project, "") == ()
    assert named_in(project, "ru en") == ("en", "ru") and spoken(project, ()) == spoken(project, ["en"]) == ()
    for language in ("ru", "ky"):
        with pytest.raises(Refused, match="Nobody has reviewed"):
            spoken(project, ["en", language])


def test_a_page_says_that_its_translation_is_a_draft():
    """In its footer, in its own language, until a review is on record; the first language is no translation."""
    english = evaluated("FY2015Q1")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Evaluation narrative")])

    def page_of(evaluation):
        done = headed(deepcopy(notebook), evaluation.project.speech)
        return pages.page(done, "evaluation", evaluation, {"evaluation": "Оценка"}, "Черновик.")

    draft = page_of(english.told_in("ru"))
    assert '<html lang="ru">' in draft and "носитель языка его не проверял" in draft and "Отчёт об оценке" in draft
    reviewed = replace(english.project, reviews=(Review(language="ru", role="editor", date=date(2015, 2, 1)),))
    assert "носитель языка его не проверял" not in page_of(replace(english, project=reviewed).told_in("ru"))
    assert "no native speaker" not in page_of(english)


def test_titles_in_russian_end_with_one_full_stop():
    """A unit behind a name stands in brackets, so that no sentence ends with two; prevention is "профилактика"."""
    other = evaluated("FY2015Q1").told_in("ru")
    text = "\n".join(section(other).plain for section in SECTIONS)
    assert ".." not in text and "редотвращ" not in text and "Профилактика. Проведённые" in text
    assert "опрошено: 3 560; посещения" in text.replace("\u00a0", " ")
