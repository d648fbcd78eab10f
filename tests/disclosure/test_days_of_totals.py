"""Of which days a total is told exactly: whole quarters, and days that the project itself has made public.

A total from one day to the next would be a person. A figure that was published in the middle of a
quarter makes its own days public, for its own indicator; so does the day from which a definition is valid.
"""

from dataclasses import replace
from datetime import date

import pytest

from ctanalysis import evaluate, indicators
from ctanalysis.disclosure import protect
from ctanalysis.project.csv_files import PublishedFigure
from tests.generators import linked_projects as linked
from tests.generators import small

FIRST, IN_NOVEMBER = date(2011, 10, 1), date(2011, 11, 15)
PEOPLE = [(date(2011, 11, 1), "F", "L", "N", True)] * 30
SERVICES = [(place, date(2011, 11, 2), "S") for place in range(30)]


def totals(project, start, end):
    """What is printed of the totals of the days from start to end, by indicator."""
    records = linked.register(PEOPLE, SERVICES)
    exact = indicators.with_people(project, records, [indicators.Window("", start, end)])
    found = protect(exact, project).values
    found = found[found["disaggregation"] == "total"]
    return dict(zip(found["indicator"], found["status"], strict=True))


def test_a_figure_published_in_mid_quarter_is_exact_for_its_own_indicator():
    """30 people by 15 November were published: the report tells them exactly, and not the services of the same days."""
    figure = PublishedFigure(indicator="once", as_of=IN_NOVEMBER, value=30, source="a fact sheet")
    project = replace(linked.with_sheets("once", "services"), published=(figure,))
    assert totals(project, FIRST, IN_NOVEMBER) == {"once": "exact", "services": "not told"}


def test_a_figure_published_in_mid_quarter_is_of_its_own_days():
    """It was published from the project's first day to its own: of a day less on either side nothing is told."""
    figure = PublishedFigure(indicator="once", as_of=IN_NOVEMBER, value=30, source="a fact sheet")
    project = replace(linked.with_sheets("once"), published=(figure,))
    assert totals(project, date(2011, 10, 2), IN_NOVEMBER) == {"once": "not told"}
    assert totals(project, FIRST, date(2011, 11, 14)) == {"once": "not told"}


def test_a_definition_valid_from_mid_quarter_begins_its_own_days():
    """A sheet valid from 15 October tells its total of the rest of the quarter; another sheet does not."""
    since, until = date(2011, 10, 15), date(2011, 12, 31)
    once, services = linked.with_sheets("once", "services").sheets
    project = replace(linked.with_sheets("once"), sheets=(once.model_copy(update={"valid_from": since}), services))
    assert totals(project, since, until) == {"once": "exact", "services": "not told"}


COHORT = """measure = "share"
[calculation.denominator]
measure = "people"
table = "rows"
person = "person"
date = "day"
[calculation.numerator]
table = "rows"
person = "person"
date = "end"
"""
CALLERS = "day end person\n" + "\n".join(
    f"2013-{9 + place % 3:02}-15 {f'2013-{9 + place % 3:02}-20' if place % 2 else '-'} p{place}" for place in range(143)
)


@pytest.mark.parametrize("disclosure", ["callers", "participants"])
@pytest.mark.parametrize(("within", "of"), [("", 95), ("within = 30", 145)])
def test_a_cohort_of_other_days_tells_no_exact_number_of_them(tmp_path, disclosure, within, of):
    """143 first called in September, October and November, 48, 48 and 47 of them, and every second one again.

    With 30 days to do so, all of them count in October to December. Who first called from September to November is told
    in no total, for these are no whole quarter: of about 145. Without it the 95 of October and November are the
    quarter's, and exact.
    """
    found = evaluate("FY2014Q1", small.write(tmp_path / "p", CALLERS, COHORT + within, disclosure=disclosure))
    [total] = found.by("x", "total").itertuples()
    assert (total.denominator, total.status) == (of, "rounded")
