"""How far the year and the project have gone: which year is named, and how much of it is over."""

import pytest

from ctanalysis import narrative
from ctanalysis.language import languages, messages
from tests.conftest import evaluated

# The project is of the 1,461 days from October 2011 to September 2015; its records are complete through December 2014.
OPENINGS = {
    "LOP": "By 31 December 2014, 25% of fiscal year 2015 and 81% of the project's time have gone.",
    "FY2014H1": "By 31 March 2014, 50% of fiscal year 2014 and 62% of the project's time have gone.",
}
QUARTERS = {"LOP": "quarter 13 of the project's 16; 81%", "FY2014H1": "quarter 10 of the project's 16; 62%"}


@pytest.mark.parametrize("period, opening", OPENINGS.items())
def test_progress_is_told_of_the_year_in_which_the_period_ends(period, opening):
    """The life of the project to date ends in its fourth fiscal year, so it is that year's targets that are told of."""
    words = narrative.progress(evaluated(period)).plain
    year = opening.split("fiscal year ")[1][:4]
    assert words.startswith(opening)
    assert words.count(f"Fiscal year {year}: ") == words.count("Fiscal year ") > 1


def test_events_of_the_current_year_and_of_the_project():
    """123 events in the first quarter of FY2015, of 320 for that year; 935 to date, of 1,100."""
    words = narrative.progress(evaluated("LOP")).plain
    assert (
        "\nAwareness-raising events held. Fiscal year 2015: 123 of a target of 320 (38%). Project to date: 935 of"
        in words
    )


@pytest.mark.parametrize("period, words", QUARTERS.items())
def test_the_introduction_counts_the_quarters(period, words):
    """December 2014 ends the thirteenth of the project's sixteen quarters, March 2014 the tenth."""
    assert words in narrative.introduction(evaluated(period)).plain


NO_CLAIM = {"en": "(a description, no claim)", "ru": "(описание, а не утверждение)", "ky": "(сүрөттөө, ырастоо эмес)"}


@pytest.mark.parametrize("language", languages())
def test_a_projection_is_called_no_claim(language):
    """Once on the evaluation and once on the page of an area, in each language; not where nothing is projected."""
    told = evaluated("FY2015Q1").told_in(language)
    assert narrative.outlook(told).plain.count(NO_CLAIM[language]) == 1
    assert narrative.paces(told, "prevention").plain.count(messages(language)["pace.no_claim"]) == 1
    assert NO_CLAIM[language] not in narrative.outlook(evaluated("FY2012Q1").told_in(language)).plain
