"""Reporting periods hold against the definition, for every day of 2000-2040 and every first month.

The definition is written here a second time, in plain Python: a fiscal year is twelve calendar
months in a row from the first day of its first month, named after the calendar year of its last
day; a half is six of them, a quarter three, and a month is named after its own calendar year.
"""

import itertools
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctanalysis import Refused
from ctanalysis.periods import Calendar
from tests.periods.labels import FORMS, said

FIRST, LAST = date(2000, 1, 1), date(2040, 12, 31)
ONE_DAY = timedelta(days=1)
KINDS = ("month", "quarter", "half", "year")


every_first_month = pytest.mark.parametrize("first_month", range(1, 13))
days = st.dates(FIRST, LAST)
first_months = st.integers(1, 12)
kinds = st.sampled_from(KINDS)
property_of = settings(max_examples=250, deadline=None)


# The definition, month by month.


@cache
def periods_by_definition(first_month, kind):
    """Every period of a kind that touches 1998-2043: (label, first day, last day), in order."""
    found = []
    for months in fiscal_years(first_month):
        fiscal_year = months[-1][0]
        size = {"month": 1, "quarter": 3, "half": 6, "year": 12}[kind]
        for number, first in enumerate(range(0, 12, size), 1):
            label = f"FY{fiscal_year}" + {"quarter": f"Q{number}", "half": f"H{number}"}.get(kind, "")
            label = "{:04}-{:02}".format(*months[first]) if kind == "month" else label
            found.append((label, first_day(months[first]), last_day(months[first + size - 1])))
    return found


def fiscal_years(first_month):
    """Lists of twelve (year, month), walked one month after the other."""
    year, month, years = 1998, first_month, []
    while year < 2043:
        months = []
        for _ in range(12):
            months.append((year, month))
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        years.append(months)
    return years


def first_day(month):
    return date(*month, 1)


def last_day(month):
    return date(*month, monthrange(*month)[1])


@cache
def period_of_each_day(first_month, kind):
    """A dict from every day of 1999-2042 to the period by definition that it belongs to."""
    found = {}
    for period in periods_by_definition(first_month, kind):
        day = period[1]
        while day <= period[2]:
            assert day not in found, "the definition itself must give every day one period"
            found[day] = period
            day += ONE_DAY
    return found


def calendar_from(first_month, start=FIRST, end=LAST, through=LAST):
    return Calendar(first_month, start, end, through)


@st.composite
def projects(draw):
    """A calendar with any first month, project days, and records complete up to any day of it."""
    start = draw(days)
    end = draw(st.dates(start, LAST))
    return Calendar(draw(first_months), start, end, draw(st.dates(start, LAST)))


# Every day.


@pytest.mark.parametrize("kind", KINDS)
@every_first_month
def test_every_day_belongs_to_the_period_of_the_definition(first_month, kind):
    """Each day from 2000 to 2040 lies in the quarter, half and year that the definition gives it."""
    calendar, expected = calendar_from(first_month), period_of_each_day(first_month, kind)
    day = FIRST
    while day <= LAST:
        assert said(calendar.containing(day, kind)) == expected[day], day
        day += ONE_DAY


@pytest.mark.parametrize("kind", KINDS)
@every_first_month
def test_no_day_belongs_to_two_periods_or_to_none(first_month, kind):
    """Quarters, halves and years, one after the other, leave no day out and hold none twice."""
    calendar = calendar_from(first_month)
    numbers = {"month": range(1, 13), "quarter": (1, 2, 3, 4), "half": (1, 2), "year": (1,)}[kind]
    found = [calendar.period(kind, year, number) for year in range(2000, 2042) for number in numbers]
    for earlier, later in itertools.pairwise(found):
        assert later.start == earlier.end + ONE_DAY
    assert found[0].start <= FIRST and found[-1].end >= LAST
    assert len({period.label for period in found}) == len(found)


@property_of
@given(days, first_months)
def test_a_quarter_lies_inside_its_half_inside_its_year(day, first_month):
    """The day's quarter is a part of the day's half, which is a part of the day's year."""
    calendar = calendar_from(first_month)
    month, quarter, half, year = (calendar.containing(day, kind) for kind in KINDS)
    assert (month.start.day, (month.end + ONE_DAY).day) == (1, 1)
    assert (
        year.start
        <= half.start
        <= quarter.start
        <= month.start
        <= day
        <= month.end
        <= quarter.end
        <= half.end
        <= year.end
    )
    assert month.year == quarter.year == half.year == year.year
    assert quarter.number == (month.number + 2) // 3
    assert half.number == (quarter.number + 1) // 2


@property_of
@given(days, first_months)
def test_a_fiscal_year_begins_on_the_first_of_its_month_and_is_named_after_its_end(day, first_month):
    """A fiscal year begins on day 1 of the first month and bears the calendar year of its last day."""
    year = calendar_from(first_month).containing(day, "year")
    assert (year.start.day, year.start.month) == (1, first_month)
    assert year.label == f"FY{year.end.year}" and year.year == year.end.year
    assert (year.end + ONE_DAY).month == first_month and (year.end + ONE_DAY).day == 1
    assert (year.end - year.start).days + 1 in (365, 366)


@property_of
@given(days, first_months)
def test_the_year_start_is_the_first_day_of_the_fiscal_year(day, first_month):
    """The start of the fiscal year to date is that of the day's fiscal year, by the definition."""
    assert calendar_from(first_month).year_start(day) == period_of_each_day(first_month, "year")[day][1]


@every_first_month
def test_a_period_that_ends_in_february_ends_on_the_29th_in_a_leap_year(first_month):
    """Quarters, halves and years whose last month is February end on 28 or 29 February as the year has it."""
    calendar, ends = calendar_from(first_month), set()
    for year in range(2000, 2041):
        for kind in KINDS:
            period = calendar.containing(date(year, 2, 28), kind)
            if period.end.month == 2:
                assert period.end == date(year, 2, 29 if year % 4 == 0 else 28)
                ends.add(kind)
    expected = {3: set(KINDS), 9: {"quarter", "half"}, 6: {"quarter"}, 12: {"quarter"}}
    assert ends == {"month"} | expected.get(first_month, set())


def test_the_29th_of_february_2016_ends_a_fiscal_year_that_begins_in_march():
    """With years from March, FY2016 is 1 March 2015 to 29 February 2016, and FY2015 ended on the 28th."""
    calendar = calendar_from(3)
    assert said(calendar.containing(date(2016, 2, 29), "year")) == ("FY2016", date(2015, 3, 1), date(2016, 2, 29))
    assert calendar.containing(date(2016, 2, 29), "quarter").label == "FY2016Q4"
    assert calendar.period("year", 2015).end == date(2015, 2, 28)


# Before, and a year ago.


@property_of
@given(days, first_months, kinds)
def test_the_previous_period_ends_the_day_before_and_has_the_same_kind(day, first_month, kind):
    """Nothing lies between a period and the one before, and a quarter follows a quarter."""
    calendar = calendar_from(first_month)
    period = calendar.containing(day, kind)
    previous = calendar.previous(period)
    assert previous.end == period.start - ONE_DAY
    assert previous.kind == kind
    assert said(previous) == period_of_each_day(first_month, kind)[period.start - ONE_DAY]


@property_of
@given(days, first_months, kinds)
def test_the_same_period_last_year_is_one_year_less(day, first_month, kind):
    """The same period last year has the same kind and number, one fiscal year less,
    and begins on the same day and month.
    """
    calendar = calendar_from(first_month)
    period = calendar.containing(day, kind)
    last_year = calendar.same_last_year(period)
    assert (last_year.kind, last_year.number, last_year.year) == (kind, period.number, period.year - 1)
    assert last_year.start == period.start.replace(year=period.start.year - 1)


@property_of
@given(days, first_months, kinds)
def test_steps_back_over_a_year_reach_the_same_period_last_year(day, first_month, kind):
    """Twelve months, four quarters, two halves and one year back are the same period last year."""
    calendar = calendar_from(first_month)
    period = earlier = calendar.containing(day, kind)
    for _ in range({"month": 12, "quarter": 4, "half": 2, "year": 1}[kind]):
        earlier = calendar.previous(earlier)
    assert earlier == calendar.same_last_year(period)


@property_of
@given(projects())
def test_the_life_of_the_project_has_nothing_before_it(calendar):
    """LOP runs from the first day to the last complete one, with no previous period and none last year."""
    life = calendar.life()
    assert (life.label, life.kind, life.start) == ("LOP", "project", calendar.start)
    assert life.end == min(calendar.end, calendar.records_through)
    assert calendar.previous(life) is None and calendar.same_last_year(life) is None


# Inside a project.


def reached_and_complete(calendar, kind):
    """By the definition: periods that share a day with the project and whose last day in it the records complete."""
    found = periods_by_definition(calendar.first_month, kind)
    return [
        (label, start, end)
        for label, start, end in found
        if end >= calendar.start and start <= calendar.end and min(end, calendar.end) <= calendar.records_through
    ]


@property_of
@given(projects(), kinds)
def test_completed_lists_no_unfinished_period_and_leaves_none_out(calendar, kind):
    """The complete periods of a project are exactly those that the definition and records_through give."""
    assert [said(period) for period in calendar.completed(kind)] == reached_and_complete(calendar, kind)


@property_of
@given(projects())
def test_the_latest_is_the_last_complete_quarter(calendar):
    """Without a period named, the last quarter that the records complete is taken, or it is refused."""
    expected = reached_and_complete(calendar, "quarter")
    if expected:
        assert said(calendar.latest()) == expected[-1]
    else:
        with pytest.raises(Refused, match=r"No quarter is complete yet.*records_through"):
            calendar.latest()


@property_of
@given(projects(), kinds, st.data())
def test_a_label_names_its_period(calendar, kind, data):
    """Every complete period of a project is given back by its own label."""
    complete = calendar.completed(kind)
    if complete:
        period = data.draw(st.sampled_from(complete))
        assert calendar.parse(period.label) == calendar.named(period.label) == period
        assert str(period) == period.label


@property_of
@given(projects(), days, kinds)
def test_a_label_is_accepted_just_when_the_period_is_complete_and_of_the_project(calendar, day, kind):
    """Whatever is not a complete period of the project is refused, with the legal forms."""
    period = period_of_each_day(calendar.first_month, kind)[day]
    if period in reached_and_complete(calendar, kind):
        assert said(calendar.parse(period[0])) == period
    else:
        with pytest.raises(Refused) as refusal:
            calendar.parse(period[0])
        assert all(form in str(refusal.value) for form in FORMS)


@property_of
@given(projects())
def test_the_life_of_the_project_is_named_lop(calendar):
    """LOP names the life of the project to date."""
    assert calendar.parse("LOP") == calendar.life()


@property_of
@given(projects(), days)
def test_the_last_year_end_is_the_last_fiscal_year_over_by_that_day(calendar, day):
    """It is the last fiscal year that ended on or before the day, if the project had begun by its end."""
    years = periods_by_definition(calendar.first_month, "year")
    over = [year for year in years if calendar.start <= year[2] <= day]
    found = calendar.last_year_end(day)
    assert (said(found) if found else None) == (over[-1] if over else None)


@property_of
@given(projects(), days, days)
def test_a_span_is_named_only_when_it_is_whole(calendar, start, end):
    """Two days name a year only as its first and last, the project only from its first day to a year's end or its
    own.
    """
    years = periods_by_definition(calendar.first_month, "year")
    expected = {"year"} if (start, end) in {year[1:] for year in years} else set()
    if start == calendar.start and end in {year[2] for year in years} | {calendar.end}:
        expected.add("project")
    if (start, end) == (calendar.start, calendar.end):
        expected.add("whole")
    assert calendar.whole_spans(start, end) == expected


@property_of
@given(projects(), days)
def test_whole_spans_are_recognised(calendar, day):
    """A fiscal year is a year's span; the project's first day to a year's end, or to its own end, is the project's."""
    _, start, end = period_of_each_day(calendar.first_month, "year")[day]
    assert "year" in calendar.whole_spans(start, end)
    assert "project" in calendar.whole_spans(calendar.start, end)
    assert calendar.whole_spans(calendar.start, calendar.end) >= {"project", "whole"}
    assert not calendar.whole_spans(start + ONE_DAY, end) - {"project", "whole"}
    assert "year" not in calendar.whole_spans(start, end - ONE_DAY)
