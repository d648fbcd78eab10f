"""On the page of an evaluation nothing is said twice: no sentence, and no result of the period with its number."""

import re
from html import unescape

import pytest

from ctanalysis import evaluate, narrative
from tests.conftest import evaluated
from tests.generators import small

PAGE = (
    narrative.introduction,
    narrative.points,
    narrative.also_found,
    narrative.headlines,
    narrative.outlook,
    narrative.reach,
    narrative.fairness,
    narrative.pathway,
    narrative.cost,
    narrative.limits,
    narrative.protection_of_people,
)
RESULT = re.compile(r'<strong>(?:<a [^>]*>)?<data value="([^"]*)" title="(indicator [^ ]+, period [^"]*\))">')
MOST = 1000  # words of analysis: "about 900"
ANALYSIS = PAGE[1:9]
PERIODS = [
    "FY2012Q1",
    "FY2015Q1",
    *(pytest.param(label, marks=pytest.mark.long) for label in ("FY2012", "FY2013Q3", "FY2014", "LOP")),
]


def sentences(text):
    """The sentences of a text of five words or more."""
    return [one for one in re.split(r"(?<=[.;])\s+", text.plain) if len(one.split()) >= 5]


@pytest.mark.parametrize("period", PERIODS)
def test_no_sentence_stands_in_two_places(period):
    said = [one for section in PAGE for one in sentences(section(evaluated(period)))]
    assert sorted(one for one in set(said) if said.count(one) > 1) == []


@pytest.mark.parametrize("period", PERIODS)
def test_a_result_that_a_finding_tells_is_no_headline_again(period):
    """What the period came to stands among the findings or in the headlines, once."""
    found = evaluated(period)
    points, others, headlines = (
        RESULT.findall(unescape(section(found).html))
        for section in (narrative.points, narrative.also_found, narrative.headlines)
    )
    assert points and not {*points, *others} & {*headlines}


def test_that_can_fail():
    """A headline told again is found."""
    text = narrative.points(evaluated("FY2015Q1")).html
    assert RESULT.findall(unescape(text + text)).count(("123", "indicator 1.1, period (2014-10-01 to 2014-12-31)")) == 2


@pytest.mark.parametrize("period", PERIODS)
def test_the_analysis_is_about_as_long_as_one_reads(period):
    """Prose alone: figures, tables, what people say and the annexes are apart."""
    plain = " ".join(section(evaluated(period)).plain for section in ANALYSIS)
    assert len(plain.replace("[u]", "").split()) <= MOST


COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'


def test_before_the_project_there_was_nothing_to_compare_with(tmp_path):
    """Once for all results, and not a reason beside each; from the second year on it is not said."""
    days = "\n".join(["day", *[f"{year}-11-05" for year in (2011, 2012) for _ in range(6)]])
    folder = small.write(tmp_path / "p", days, COUNT)
    first, second = (narrative.headlines(evaluate(label, folder)).plain for label in ("FY2012Q1", "FY2013Q1"))
    assert first == "The project began on 1 October 2011: there is no year before to compare with."
    assert "no year before" not in second
    words = narrative.area(evaluate("FY2012Q1", folder), "work").plain
    assert "ompared" not in words and "2010" not in words


TARGETS = "x,FY2012,10,.,\nx,FY2013,30,.,\nx,FY2014,30,.,\nx,FY2015,30,.,\nx,LOP,100,.,\n"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (10, "stands at 10% of its target for the whole project."),
        (9, "stands at 9% of its target for the whole project."),
        (8, "stands at 8% of its target for the whole project: short of what was to be expected by now (by 20%)."),
    ],
)
def test_a_plan_may_begin_slowly(tmp_path, number, said):
    """10 of 100 were planned for the first of four years: 10 is what was to be expected, and not 15 less than time."""
    days = "\n".join(["day", *["2012-01-05"] * number])
    points = narrative.points(evaluate("FY2012", small.write(tmp_path / "p", days, COUNT, targets=TARGETS))).plain
    assert f"With 25% of the project's time over, the one result that adds up, Things counted, {said}" in points
