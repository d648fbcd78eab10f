"""The periods of the real project, and what may not be reported."""

from datetime import date

import pytest

from ctanalysis import Refused
from ctanalysis.periods import Calendar
from ctanalysis.project import load
from tests.periods.labels import DATA, FORMS, said

THE_PROJECT = Calendar(10, date(2011, 10, 1), date(2015, 9, 30), date(2014, 12, 31))


# The real project.


def test_the_shipped_project_has_the_calendar_of_the_fact_sheet():
    """Fiscal years from October, the project October 2011 to September 2015, records through December 2014."""
    assert load(DATA).calendar == THE_PROJECT


@pytest.mark.parametrize(
    "label, start, end",
    [
        ("FY2015Q1", date(2014, 10, 1), date(2014, 12, 31)),
        ("FY2012Q1", date(2011, 10, 1), date(2011, 12, 31)),
        ("FY2012Q2", date(2012, 1, 1), date(2012, 3, 31)),
        ("FY2014Q4", date(2014, 7, 1), date(2014, 9, 30)),
        ("FY2014H1", date(2013, 10, 1), date(2014, 3, 31)),
        ("FY2014H2", date(2014, 4, 1), date(2014, 9, 30)),
        ("FY2012", date(2011, 10, 1), date(2012, 9, 30)),
        ("FY2014", date(2013, 10, 1), date(2014, 9, 30)),
        ("2011-10", date(2011, 10, 1), date(2011, 10, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2014-12", date(2014, 12, 1), date(2014, 12, 31)),
        ("LOP", date(2011, 10, 1), date(2014, 12, 31)),
    ],
)
def test_periods_of_the_real_project(label, start, end):
    """The project's own periods begin and end on the days that its reports state."""
    assert said(THE_PROJECT.parse(label)) == (label, start, end)


def test_the_real_project_has_thirteen_quarters_and_three_years():
    """By December 2014 thirteen quarters, six halves and three fiscal years are complete."""
    quarters = [period.label for period in THE_PROJECT.completed("quarter")]
    assert quarters == [f"FY{year}Q{number}" for year in (2012, 2013, 2014) for number in (1, 2, 3, 4)] + ["FY2015Q1"]
    assert [period.label for period in THE_PROJECT.completed("half")] == [
        "FY2012H1",
        "FY2012H2",
        "FY2013H1",
        "FY2013H2",
        "FY2014H1",
        "FY2014H2",
    ]
    assert [period.label for period in THE_PROJECT.completed("year")] == ["FY2012", "FY2013", "FY2014"]
    assert THE_PROJECT.latest().label == "FY2015Q1"


def test_before_and_a_year_before_fy2015q1():
    """Before FY2015Q1 came FY2014Q4, and the same quarter last year was FY2014Q1."""
    quarter = THE_PROJECT.parse("FY2015Q1")
    assert THE_PROJECT.previous(quarter).label == "FY2014Q4"
    assert said(THE_PROJECT.same_last_year(quarter)) == ("FY2014Q1", date(2013, 10, 1), date(2013, 12, 31))
    assert THE_PROJECT.year_start(quarter.end) == date(2014, 10, 1)
    assert THE_PROJECT.last_year_end(quarter.end).label == "FY2014"
    assert THE_PROJECT.last_year_end(date(2012, 9, 29)) is None
    assert THE_PROJECT.last_year_end(date(2012, 9, 30)).label == "FY2012"


@pytest.mark.parametrize("typed", ["fy2014q3", "Fy2014q3", "fY2014Q3"])
def test_a_label_may_be_typed_in_small_letters(typed):
    """fy2014q3 is FY2014Q3, and nothing else is read into it: its label is the one in capitals."""
    assert THE_PROJECT.parse(typed) == THE_PROJECT.parse("FY2014Q3")
    assert THE_PROJECT.parse(typed).label == "FY2014Q3"
    assert THE_PROJECT.parse("lop") == THE_PROJECT.life()


def test_labels_in_files_are_in_capitals():
    """A target of fy2014q3 would be that of no period, for files are compared letter by letter: it is refused."""
    with pytest.raises(Refused, match="write FY2014Q3"):
        THE_PROJECT.named("fy2014q3")


# Refused.

REFUSED = {
    "a calendar quarter": ("2015Q1", ["'2015Q1'", "a calendar or a fiscal year", "FY2015Q1 for the fiscal one"]),
    "a calendar half": ("2014H1", ["'2014H1'", "a calendar or a fiscal year", "FY2014H1 for the fiscal one"]),
    "a calendar year": ("2015", ["'2015'", "a calendar or a fiscal year", "FY2015 for the fiscal one"]),
    "a fifth quarter": ("FY2015Q5", ["'FY2015Q5'", "four quarters"]),
    "a quarter nought": ("FY2015Q0", ["'FY2015Q0'", "four quarters"]),
    "a quarter of two digits": ("FY2015Q11", ["'FY2015Q11'", "four quarters"]),
    "a third half": ("FY2015H3", ["'FY2015H3'", "two halves"]),
    "small letters and a blank": (" fy2015q1", ["' fy2015q1'", "not a reporting period", "write FY2015Q1"]),
    "small letters, not complete": ("fy2015q2", ["FY2015Q2 is 2015-01-01", "complete only through 2014-12-31"]),
    "a calendar quarter in small letters": ("2015q1", ["'2015q1'", "not a reporting period"]),
    "nothing": ("", ["it is empty"]),
    "a blank inside": ("FY2015 Q1", ["'FY2015 Q1'", "not a reporting period"]),
    "a blank behind": ("FY2015Q1 ", ["'FY2015Q1 '", "not a reporting period"]),
    "a line break behind": ("FY2015Q1\n", ["not a reporting period"]),
    "a year of two digits": ("FY15Q1", ["'FY15Q1'", "not a reporting period"]),
    "a quarter and a half": ("FY2015Q1H1", ["'FY2015Q1H1'", "not a reporting period"]),
    "digits of another script": ("FY２０１５Q1", ["not a reporting period"]),
    "the year nought": ("FY0000", ["'FY0000'", "not a reporting period"]),
    "the year 9999": ("FY9999", ["not a reporting period"]),
    "a thirteenth month": ("2014-13", ["'2014-13'", "a year has the months 01 to 12"]),
    "a month nought": ("2014-00", ["'2014-00'", "a year has the months 01 to 12"]),
    "a month of one digit": ("2014-1", ["'2014-1'", "a month is written 2014-01"]),
    "a month without its line": ("201412", ["'201412'", "a month is written 2014-12"]),
    "a day": ("2014-12-31", ["'2014-12-31'", "a month is written 2014-12"]),
    "a month of the year nought": ("0000-12", ["'0000-12'", "there is no such year"]),
    "a month of the year 9999": ("9999-12", ["'9999-12'", "there is no such year"]),
    "a fiscal month": ("FY2014-12", ["'FY2014-12'", "not a reporting period"]),
    "a month and a blank": ("2014-12 ", ["'2014-12 '", "write 2014-12"]),
    "a month before the project": ("2011-09", ["2011-09-01 to 2011-09-30", "begins on 2011-10-01"]),
    "a month after the project": ("2015-10", ["2015-10-01 to 2015-10-31", "ends on 2015-09-30"]),
    "a month not complete": (
        "2015-01",
        ["2015-01-01 to 2015-01-31", "complete only through 2014-12-31", "records_through"],
    ),
    "a word": ("last quarter", ["'last quarter'", "not a reporting period"]),
    "a quarter before the project": ("FY2011Q4", ["2011-07-01 to 2011-09-30", "begins on 2011-10-01"]),
    "a half before the project": ("FY2011H2", ["2011-04-01 to 2011-09-30", "begins on 2011-10-01"]),
    "a year before the project": ("FY2011", ["2010-10-01 to 2011-09-30", "begins on 2011-10-01"]),
    "a quarter after the project": ("FY2016Q1", ["2015-10-01 to 2015-12-31", "ends on 2015-09-30"]),
    "a half after the project": ("FY2016H1", ["2015-10-01 to 2016-03-31", "ends on 2015-09-30"]),
    "a year after the project": ("FY2016", ["2015-10-01 to 2016-09-30", "ends on 2015-09-30"]),
    "a quarter not complete": (
        "FY2015Q2",
        ["2015-01-01 to 2015-03-31", "complete only through 2014-12-31", "records_through"],
    ),
    "a half not complete": (
        "FY2015H1",
        ["2014-10-01 to 2015-03-31", "complete only through 2014-12-31", "records_through"],
    ),
    "a year not complete": (
        "FY2015",
        ["2014-10-01 to 2015-09-30", "complete only through 2014-12-31", "records_through"],
    ),
}


@pytest.mark.parametrize("label, reasons", REFUSED.values(), ids=REFUSED)
def test_what_may_not_be_reported_is_refused_with_reason_and_legal_forms(label, reasons):
    """A refused period says why, and all five forms that a period may have."""
    with pytest.raises(Refused) as refusal:
        THE_PROJECT.parse(label)
    for words in [*reasons, *FORMS]:
        assert words in str(refusal.value)


def test_a_quarter_is_complete_only_on_its_last_day():
    """With records through 30 December 2014 the quarter is refused, with those through the 31st it is not."""
    early = Calendar(10, THE_PROJECT.start, THE_PROJECT.end, date(2014, 12, 30))
    with pytest.raises(Refused, match="complete only through 2014-12-30"):
        early.parse("FY2015Q1")
    assert THE_PROJECT.parse("FY2015Q1").end == date(2014, 12, 31)


def test_records_that_end_before_the_project_begins_report_nothing():
    """Where records_through lies before the project's start, not even LOP can be reported."""
    calendar = Calendar(10, date(2011, 10, 1), date(2015, 9, 30), date(2011, 9, 30))
    assert calendar.completed("quarter") == calendar.completed("year") == ()
    for label in ("LOP", "FY2012Q1"):
        with pytest.raises(Refused, match="records_through"):
            calendar.parse(label)
