"""How people by several rows, in several tables and in cohorts are printed, as they are calculated."""

import pytest

from ctanalysis.project import load
from ctanalysis.tables.in_words import calculation_in_words
from tests.generators import people_projects

WORDS = {
    "thrice": "on the first day by which there are 3 such rows in the whole project.",
    "kinds": 'on the first day by which there are such rows with 2 different values of "kind" in the whole project.',
    "thrice-anew": "each counted once, if there are 3 such rows in the period.",
    "either": 'among rows of services (by "day") where "kind" is kind food or rows of stays (by "begun"), each',
    "in-shelter": 'Distinct "person_id" of stays, "begun" on or before the period\'s last day and "ended" empty',
    "reached": "from the day on which they entered on, by the period's last day.",
    "in-90-days": "within 90 days of it. Each of them is counted on the day on which the 90 days are over.",
    "more-kinds": 'with 2 different values of "kind" in rows of services (by "day"), from the day',
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("words") / "p"
    people_projects.write(folder, 0)
    return load(folder)


@pytest.mark.parametrize("code", WORDS)
def test_what_is_calculated_is_printed(project, code):
    assert WORDS[code] in calculation_in_words(project, project.sheet(code))
