"""Days from one date to another: examples worked by hand, to be read; what is refused; what is told of people."""

import math

import pytest

from ctanalysis import Refused, evaluate, records
from ctanalysis.project import load
from ctanalysis.tables.sheets import calculation_in_words
from tests.generators import small

MEAN = 'measure = "mean"\ntable = "rows"\ndate = "day"\ndays = ["day", "end"]'
SHARE = (
    'measure = "share"\n[calculation.denominator]\nmeasure = "count"\ntable = "rows"\ndate = "day"\n'
    '[calculation.numerator]\ndays = ["day", "end"]\nwithin = 30'
)
Q1, Q2, YEAR = ("2013-10-01", "2013-12-31"), ("2014-01-01", "2014-03-31"), ("2013-10-01", "2014-09-30")
ROWS = """
day        end        sex
2013-10-01 2013-10-01 F
2013-11-01 2013-11-11 M
2013-12-20 2014-01-19 F
2013-12-31 2014-03-31 M
2013-12-02 -          F
2013-11-20 2013-11-19 M
-          2013-12-01 F
"""


def found(folder, calculation, *windows, rows=ROWS, **more):
    return small.values(small.write(folder, rows, calculation, **more), *windows)


def test_a_worked_example_of_the_mean(tmp_path):
    """0 and 10 days in the first quarter; 30 and 90 of it are known only in the year. One has no end yet.

    One ends before it begins: it is held out, and said. One has no beginning, so it is in no quarter.
    """
    cells = found(tmp_path / "p", MEAN, Q1, Q2, YEAR)
    told = [cells[place, "total", "all"] for place in range(3)]
    assert [(row.numerator, row.denominator, row.rows, row.lacking) for row in (told[0], told[2])] == [
        (10, 2, 2, 1),
        (130, 4, 4, 1),
    ]
    assert (told[0].value, told[2].value) == (5, 32.5) and told[1].status == "no data"


def test_by_the_day_of_the_end_nobody_is_waiting(tmp_path):
    """Of those that ended in the period: a row counts on its end. Without a beginning it is named."""
    cells = found(tmp_path / "p", MEAN.replace('date = "day"', 'date = "end"'), Q1, Q2, YEAR)
    rows = [cells[place, "total", "all"] for place in range(3)]
    assert [(row.numerator, row.denominator, row.lacking) for row in rows] == [(10, 2, 2), (120, 2, 0), (130, 4, 2)]


@pytest.mark.parametrize("measure, values", [("max", (10, 90)), ("min", (0, 0)), ("last", (10, 90))])
def test_extremes_of_days(tmp_path, measure, values):
    cells = found(tmp_path / "p", MEAN.replace("mean", measure), Q1, YEAR)
    assert tuple(cells[place, "total", "all"].value for place in (0, 1)) == values


def test_the_median_of_days(tmp_path):
    """Of 0, 10, 30 and 90 the median is 20, the quartiles 5 and 60."""
    cells = found(tmp_path / "p", MEAN.replace("mean", "median"), YEAR)
    assert cells[0, "total", "all"].value == 20
    assert [cells[0, "quartiles", f"{name} quartile"].value for name in ("lower", "upper")] == [5, 60]


def test_a_worked_example_of_the_share(tmp_path):
    """Within 30 days. Counted when they are over: 31 October (in time), 1 December (in time) in the first quarter.

    In the second: 1 January (no end, so not), 19 January (on the 30th day: in time), 30 January (90 days: not).
    Periods add up, and the end that comes in March changes nothing.
    """
    cells = found(tmp_path / "p", SHARE, Q1, Q2, YEAR)
    rows = [cells[place, "total", "all"] for place in range(3)]
    assert [(row.numerator, row.denominator) for row in rows] == [(2, 2), (1, 3), (3, 5)]
    assert (rows[0].lacking, rows[1].lacking) == (1, 0), "the backwards one is in neither part, and told"


def test_a_share_of_what_is_not_over_is_of_nobody(tmp_path):
    """Begun on 20 December, and ended on the 21st: it is of the quarter in which the thirty days are over."""
    cells = found(tmp_path / "p", SHARE, Q1, Q2, rows="day end\n2013-12-20 2013-12-21")
    assert cells[0, "total", "all"].status == "no data" and cells[1, "total", "all"].value == 1


def test_of_a_sum_the_share_is_of_what_rows_hold(tmp_path):
    share = SHARE.replace('measure = "count"', 'measure = "sum"\ncolumn = "amount"')
    rows = "day end amount\n2013-10-01 2013-10-05 30\n2013-10-01 2013-12-05 70\n2013-10-01 - -"
    row = found(tmp_path / "p", share, Q1, rows=rows)[0, "total", "all"]
    assert (row.numerator, row.denominator) == (30, 100)


@pytest.mark.parametrize(
    "calculation, words",
    [
        (
            MEAN,
            'Mean of the days from "day" to "end" over rows of Rows (by "day") in the period. '
            'Rows without "day" are counted in no period. '
            'Rows without "end" by the period\'s last day are left out: it has not come. '
            'Rows with "end" before "day" are held out.',
        ),
        (
            SHARE,
            'Denominator: Number of rows of Rows (by "day") in the period. Numerator: those of them with "end" within '
            '30 days of "day". Each of them is counted on the day on which the 30 days are over. '
            'Rows without "day" are counted in no period. Rows with "end" before "day" are held out.',
        ),
        (
            MEAN.replace('date = "day"', 'date = "end"'),
            'Mean of the days from "day" to "end" over rows of Rows (by "end") in the period. '
            'Rows without "end" are counted in no period. Rows without "day" have no days to count. '
            'Rows without "end" by the period\'s last day are left out: it has not come. '
            'Rows with "end" before "day" are held out.',
        ),
    ],
)
def test_it_is_printed_as_it_is_calculated(tmp_path, calculation, words):
    project = load(small.write(tmp_path / "p", ROWS, calculation))
    assert calculation_in_words(project, project.sheets[0]) == words


def test_the_check_names_what_is_backwards(tmp_path):
    findings = records.read(load(small.write(tmp_path / "p", ROWS, MEAN))).findings
    said = {finding.says: finding.rows for finding in findings if finding.rule == "needed"}
    assert said == {
        "has no 'day', so it is counted in no period (indicator x)": (8,),
        "has a 'end' before its 'day', so its days are not counted (indicator x)": (7,),
    }


def test_beside_the_value_stands_what_it_lacks(tmp_path):
    [row] = evaluate("FY2014Q1", small.write(tmp_path / "p", ROWS, MEAN)).by("x", "total").itertuples()
    assert "from 2 of 3 records; of 1 the end is before the day (held out); 1 record without day is" in row.caveat


@pytest.mark.parametrize(
    "calculation, says",
    [
        (MEAN.replace('["day", "end"]', '["day"]'), "two different ones: days = "),
        (MEAN.replace('["day", "end"]', '["day", "day"]'), "two different ones: days = "),
        (MEAN + '\ncolumn = "amount"', "write one of the two"),
        (MEAN.replace('days = ["day", "end"]', ""), "write one of the two"),
        (MEAN.replace('["day", "end"]', '["day", "sex"]'), "field 'sex' must be of type date"),
        (MEAN.replace('["day", "end"]', '["day", "ended"]'), "there is no field 'ended'"),
        (SHARE.replace('["day", "end"]', '["end", "day"]'), 'date = "end"'),
        (SHARE.replace("days =", "day ="), "'calculation.numerator.day' is not known here"),
        (SHARE.replace("days =", "day ="), "There are: days, within."),
        (SHARE.replace("within = 30", ""), "'calculation.numerator.within' is missing"),
        (SHARE.replace('measure = "share"', 'measure = "share"\nunknown = "no"'), "unknown says nothing of days"),
        (SHARE.replace('"count"', '"people"\nperson = "person"'), "numerator as that of a cohort"),
    ],
)
def test_what_cannot_be_calculated_is_answered_with_what_can(tmp_path, calculation, says):
    with pytest.raises(Refused, match=r"indicators/x\.toml") as refusal:
        load(small.write(tmp_path / "p", ROWS, calculation))
    assert says in str(refusal.value)


def test_from_a_period_no_days_are_counted(tmp_path):
    folder = small.write(tmp_path / "p", "day\n2013", MEAN)
    path = folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"title": "end"', '"title": "end", "format": "year"'))
    with pytest.raises(Refused, match="'end' holds years, from which no days can be counted"):
        load(folder)


@pytest.mark.parametrize("calculation", [MEAN, SHARE])
def test_of_people_who_were_trafficked_it_is_refused_with_the_way_out(tmp_path, calculation):
    with pytest.raises(Refused, match=r"in class 'victims' no days from one date to another are told.*a cohort"):
        load(small.write(tmp_path / "p", ROWS, calculation, disclosure="victims"))


def test_of_people_a_median_is_refused_with_the_share(tmp_path):
    with pytest.raises(Refused, match=r"numerator = \{ days = \['day', 'end'\], within = 30 \}"):
        load(small.write(tmp_path / "p", ROWS, MEAN.replace("mean", "median"), disclosure="callers"))


@pytest.mark.parametrize("calculation", [MEAN, SHARE])
def test_of_people_no_number_says_how_few_are_waiting(tmp_path, calculation):
    """Eighty-six callers of one quarter, of whom two had to wait into the next one.

    The year less its quarters would be these two. So the numbers behind a mean or a share are those of a part of a
    breakdown: to the nearest five, and "fewer than 5" of three callers.
    """
    rows = ["day end"] + ["2013-10-01 2013-10-11"] * 48 + ["2013-10-01 2013-12-01"] * 36
    rows += ["2013-12-20 2014-01-10"] * 2 + ["2012-10-01 2012-10-02"] * 3
    folder = small.write(tmp_path / "p", "\n".join(rows), calculation, disclosure="callers")
    told = evaluate("FY2014Q2", folder).by("x", "total", "fiscal year to date").iloc[0]
    assert (told["status"], told["denominator"]) == ("rounded", 85) and math.isnan(told["rows"])
    few = evaluate("FY2013Q1", folder).by("x", "total").iloc[0]
    assert few["status"] == "fewer than 5" and math.isnan(few["value"]) and math.isnan(few["denominator"])


@pytest.mark.parametrize("calculation", [MEAN, SHARE])
def test_of_people_each_has_one_row(tmp_path, calculation):
    """Ten rows may be of one person, whose days a mean would tell."""
    folder = small.write(tmp_path / "p", ROWS, calculation, disclosure="callers")
    policy = folder / "policy.toml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("[callers]\n", '[callers]\nperson = "person"\n'))
    with pytest.raises(Refused, match="told where each person has one row: let 'person' be unique in table 'rows'"):
        load(folder)


def test_what_is_backwards_is_said_beside_what_is_not_recorded(tmp_path):
    """A row without its first day is not recorded; one whose end is before its day is held out: each is what it is."""
    rows = "day end amount\n2013-10-01 2013-10-11 1\n2013-10-02 2013-10-01 1\n2013-10-03 2013-10-13 1\n"
    [row] = evaluate("FY2014Q1", small.write(tmp_path / "a", rows, MEAN)).by("x", "total").itertuples()
    assert row.value == 10 and "of 1 the end is before the day (held out)" in row.caveat
    assert "not recorded" not in row.caveat
    by_end = MEAN.replace('date = "day"', 'date = "end"')
    found = evaluate("FY2014Q1", small.write(tmp_path / "b", rows + "- 2013-10-20 1\n", by_end)).by("x", "total")
    assert "of 2 the day is not recorded, or the end is before the day (held out)" in found["caveat"].iloc[0]
