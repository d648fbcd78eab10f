"""Mistakes that users of other systems report, each shown not to happen here.

The threads are in the trackers of DHIS2, Akvo RSR and TolaActivity; each test names its own.
"""

from datetime import date

import pytest

from ctanalysis import evaluate
from ctanalysis.periods import Calendar
from tests.generators import small

Q1, Q2, HALF = ("2013-10-01", "2013-12-31"), ("2014-01-01", "2014-03-31"), ("2013-10-01", "2014-03-31")
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"\n'


def test_cumulative_values_are_not_summed(tmp_path):
    """Three premises that stand for two quarters are three in the half, not six (akvo-rsr 5211, 5212, 5241)."""
    folder = small.write(
        tmp_path / "p",
        """
        day         end
        2013-10-05  -
        2013-11-01  -
        2013-12-31  2014-09-01
    """,
        'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"',
    )
    found = small.values(folder, Q1, Q2, HALF)
    assert [found[window, "total", "all"].value for window in (0, 1, 2)] == [3, 3, 3]


def test_people_counted_in_each_period_are_not_added_up(tmp_path):
    """Somebody who comes in both quarters is one person in the half, not two (dhis2, TolaActivity unique counts)."""
    folder = small.write(
        tmp_path / "p",
        """
        day         person
        2013-10-05  anna
        2014-02-01  anna
        2014-02-02  boris
    """,
        'measure = "people"\ncounted = "each period"\ntable = "rows"\nperson = "person"\ndate = "day"',
    )
    found = small.values(folder, Q1, Q2, HALF)
    assert [found[window, "total", "all"].value for window in (0, 1, 2)] == [1, 2, 2]


def test_categories_add_up_to_the_total(tmp_path):
    """Two women, one man and one of unknown sex are four (TolaActivity 667: the parts did not add up)."""
    folder = small.write(
        tmp_path / "p",
        """
        day         sex
        2013-10-05  F
        2013-10-06  F
        2013-10-07  M
        2013-10-08  -
    """,
        COUNT + 'disaggregate = ["sex"]',
    )
    found = small.values(folder, Q1)
    assert {name: found[0, "sex", name].value for name in ("female", "male", "not recorded")} == {
        "female": 2,
        "male": 1,
        "not recorded": 1,
    }
    assert found[0, "total", "all"].value == 2 + 1 + 1


def test_records_without_a_disaggregation_are_not_dropped(tmp_path):
    """Where nobody noted the sex, the total is still the total (TolaActivity 665: 42 shown where 756 were true)."""
    folder = small.write(
        tmp_path / "p", "day sex\n" + "2013-10-05 -\n" * 7 + "2013-10-05 F", COUNT + 'disaggregate = ["sex"]'
    )
    found = small.values(folder, Q1)
    assert found[0, "total", "all"].value == 7 + 1
    assert found[0, "sex", "not recorded"].value == 7


def test_a_longer_period_is_not_the_mean_of_percentages(tmp_path):
    """1 of 1 and 1 of 9 are 2 of 10, which is 20 %, not the 56 % between 100 % and 11 % (akvo-rsr 2446)."""
    folder = small.write(
        tmp_path / "p",
        "day done\n2013-10-05 true\n2014-01-05 true\n" + "2014-02-05 false\n" * 8,
        """
        measure = "share"
        [calculation.denominator]
        measure = "count"
        table = "rows"
        date = "day"
        [calculation.numerator]
        where = { done = true }
    """,
    )
    found = small.values(folder, Q1, Q2, HALF)
    assert found[0, "total", "all"].value == 1
    assert found[1, "total", "all"].value == pytest.approx(1 / 9)
    assert (found[2, "total", "all"].numerator, found[2, "total", "all"].denominator) == (1 + 1, 1 + 9)
    assert found[2, "total", "all"].value == 0.2


def test_denominators_are_kept(tmp_path):
    """A share always has its numerator and denominator beside it,
    also where there is nothing to divide (akvo-rsr 5156).
    """
    folder = small.write(
        tmp_path / "p",
        "day done\n2013-10-05 true",
        """
        measure = "share"
        [calculation.denominator]
        measure = "count"
        table = "rows"
        date = "day"
        [calculation.numerator]
        where = { done = true }
    """,
    )
    row = small.values(folder, Q1, Q2)[1, "total", "all"]
    assert (row.numerator, row.denominator, row.status) == (0, 0, "no data")
    assert row.value != row.value  # NaN: neither 0 nor infinite


def test_periods_do_not_follow_the_clock():
    """The last quarter is the last that the records complete, whatever the day of the run (dhis2-core 22127)."""
    calendar = Calendar(10, date(2011, 10, 1), date(2015, 9, 30), date(2014, 12, 31))
    assert calendar.latest().label == "FY2015Q1"
    assert evaluate().period.label == "FY2015Q1"


def test_two_calendar_years_in_one_fiscal_year():
    """October 2013 and September 2014 are one fiscal year, 2014; January and October 2014 are two (dhis2-core 14916,
    data-act-broker 529).
    """
    calendar = Calendar(10, date(2011, 10, 1), date(2015, 9, 30), date(2014, 12, 31))
    names = [
        calendar.containing(day, "year").label
        for day in (date(2013, 10, 1), date(2014, 9, 30), date(2014, 1, 1), date(2014, 10, 1))
    ]
    assert names == ["FY2014", "FY2014", "FY2014", "FY2015"]


def test_a_row_after_the_period_changes_nothing_in_it(tmp_path):
    """A late row belongs to its own quarter and does not overwrite an earlier one (akvo-rsr 5239)."""
    rows = "day sex\n2013-10-05 F\n2013-12-31 M"
    before = small.values(small.write(tmp_path / "a", rows, COUNT + 'disaggregate = ["sex"]'), Q1)
    after = small.values(small.write(tmp_path / "b", rows + "\n2014-01-01 F", COUNT + 'disaggregate = ["sex"]'), Q1)
    assert {key: row.value for key, row in before.items()} == {key: row.value for key, row in after.items()}


def test_what_happened_later_is_not_known_earlier(tmp_path):
    """A follow-up due in December and held in January was not held on 31 December, also in a report made in March."""
    folder = small.write(
        tmp_path / "p",
        """
        day         end
        2013-12-20  2014-01-10
        2013-12-21  2013-12-22
    """,
        """
        measure = "share"
        [calculation.denominator]
        measure = "count"
        table = "rows"
        date = "day"
        [calculation.numerator]
        where = { end = { present = true } }
    """,
    )
    found = small.values(folder, Q1, HALF)
    assert (found[0, "total", "all"].numerator, found[0, "total", "all"].denominator) == (1, 2)
    assert (found[1, "total", "all"].numerator, found[1, "total", "all"].denominator) == (2, 2)
