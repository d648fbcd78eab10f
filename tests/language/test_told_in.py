"""A report in another language: the same numbers in the same order, and no English word but those named here."""

import re
from dataclasses import replace
from html import unescape

import pytest

from ctanalysis import narrative
from ctanalysis.base.errors import Refused
from ctanalysis.evaluation import named
from tests.conftest import evaluated
from tests.narrative.test_narrative import SECTIONS

PERIODS = ("FY2012Q1", "FY2014", "FY2015Q1", pytest.param("2014-12", marks=pytest.mark.long))
MARKS = re.compile(r'<data value="([^"]*)" title="([^"]*)">|<time datetime="([^"]*)">')
WRITTEN = re.compile(r'<(h3|span)\b[^>]*\blang="en">.*?</\1>', re.DOTALL)  # people's own texts, and sources
ENGLISH = re.compile(r"[A-Za-z]{2,}")
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
