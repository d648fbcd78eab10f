"""What changed: of small series by hand, and of the shipped project; an outcome and a sentence for every reason."""

import math
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from ctanalysis import evaluate
from ctanalysis.analysis.change import LAST_YEAR, PREVIOUS, Outcome, compared, gains
from ctanalysis.analysis.pair import changed as changed_behind
from ctanalysis.analysis.statistics import counts, means, pairs, sums
from ctanalysis.analysis.statistics.compared import Spread
from ctanalysis.analysis.statistics.means import Mean
from ctanalysis.analysis.statistics.pairs import Pairs
from ctanalysis.analysis.tested import Why
from ctanalysis.narrative.changes import sentence
from ctanalysis.narrative.text import Text
from tests.conftest import evaluated
from tests.generators import small
from tests.generators.late import late

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
SUM = 'measure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"'
MEAN = SUM.replace("sum", "mean")
MEDIAN = SUM.replace("sum", "median")
NIGHTS = 'measure = "level"\ntable = "rows"\nstart = "day"\nend = "end"\nover = "days"'
FIRST_MONTHS = ("10", "01", "04", "07")
YEAR_AGO, QUARTER_AGO, NOW = "2013-11-01", "2014-08-01", "2014-11-01"


def table(*quarters):
    """Rows: (day, numbers). A day of the middle month of a quarter, and one row for each number."""
    return "day amount\n" + "\n".join(f"{day} {number}" for day, numbers in quarters for number in numbers)


def series(first, *numbers):
    """So many rows of 1 in each quarter from the first of a fiscal year on."""
    days = [f"{first - (place % 4 == 0) + place // 4}-{FIRST_MONTHS[place % 4]}-15" for place in range(len(numbers))]
    return table(*((day, [1] * number) for day, number in zip(days, numbers, strict=True)))


@cache
def changed(rows, calculation=COUNT, period="FY2015Q1", **rest):
    folder = small.write(Path(mkdtemp()) / "p", rows, calculation, **rest)
    return {change.versus: change for change in evaluate(period, folder).changes}


def surveyed(rows):
    folder = small.write(Path(mkdtemp()) / "p", rows, COUNT + '\nrounds = { field = "round", baseline = "baseline" }')
    sheet = folder / "indicators" / "x.toml"
    sheet.write_text(sheet.read_text("utf-8").replace("[baseline]\nvalue = 0\n", "[baseline]\n"), encoding="utf-8")
    return {change.versus: change for change in evaluate("FY2015Q1", folder).changes}


@cache
def shipped(code, versus, period="FY2015Q1"):
    return next(one for one in evaluated(period).changes if (one.sheet.code, one.versus) == (code, versus))


@cache
def women_beside_a_year_ago(code):
    """One part of a breakdown, by itself."""
    known = evaluated("FY2015Q1").known
    now, before = (known.categories(code, "sex", horizon)["female"] for horizon in ("period", LAST_YEAR))
    return compared(known, now, before, LAST_YEAR)


def said(change, clear=False):
    return Text(sentence(change, clear)).plain


STEADY = (20, 40, 30, 10)
RISEN = series(2013, *STEADY, *STEADY, 60)


def test_counts_of_independent_events():
    """20 in October–December of both years and 60 now: the exact test, as the series varies no more than chance.

    Of the twelve quarters before, the first four had none yet: they say nothing of how the others vary.
    """
    change = changed(RISEN)[LAST_YEAR]
    by_hand = counts.compared(60, 20)
    assert (change.test.method, change.test.spread, change.test.quarters) == ("conditional Poisson", Spread(), 8)
    assert change.p == by_hand.p < 1e-4
    assert said(change, True) == "40 more than in October–December 2013 (20), between 78% more and 5.3 times as many"


def test_a_series_that_varies_more_than_chance_is_less_sure():
    """The dispersion is estimated from the quarters before, with their degrees of freedom, and stated."""
    change = changed(series(2013, 30, 90, 10, 70, 20, 80, 90, 20, 60))[LAST_YEAR]
    assert change.test.spread.dispersion > 5 and change.test.spread.degrees >= 3
    assert change.p == counts.compared(60, 20, spread=change.test.spread).p > 0.1
    assert change.outcome == Outcome.TOO_FEW and change.test.varies is False  # of 20 a doubling would not be seen


def test_the_period_before_is_compared_as_what_it_is():
    """From 10 in summer to 22 in autumn, as in every earlier year: season taken out, nothing is left."""
    change = changed(series(2013, *STEADY, *STEADY, 22))[PREVIOUS]
    assert change.test.found.size == pytest.approx(22 / 10 / (20 / 10), rel=0.05)
    assert change.expected_by_season and change.season.years == 1 + 1
    assert said(change) == "more than in July–September 2014 (10), as in every earlier year between these quarters"


def test_more_than_the_season_brings():
    change = changed(series(2013, *(10 * one for one in STEADY), *(10 * one for one in STEADY), 800))[PREVIOUS]
    assert change.p < 1e-6 and change.test.found.size == pytest.approx(4, rel=0.05)
    assert said(change, True).startswith("700 more than in July–September 2014 (100), between 3.")
    assert said(change, True).endswith(" times as many, with the season taken out")


def test_fewer_than_the_season_would_bring():
    """More than in summer, and yet clearly fewer than autumn brings."""
    change = changed(series(2013, *(20 * one for one in STEADY), *(20 * one for one in STEADY), 240))[PREVIOUS]
    assert change.p < 0.01 and change.test.found.size < 1
    words = said(change, True)
    assert words.startswith("40 more than in July–September 2014 (200), but fewer than the season would bring, between")
    assert words.endswith("fewer, with the season taken out")


def test_days_are_exposure():
    """A year of 366 days has one more in which something can happen."""
    assert changed(series(2012, *[25] * 8), period="FY2012", calculation=COUNT) == {}  # with no days before the project
    change = changed(series(2012, *[25] * 8), period="FY2013")[LAST_YEAR]
    assert change.p == counts.compared(100, 100, 365 / 366).p
    assert change.test.found.size == pytest.approx(366 / 365)


def test_sums_by_their_parts():
    """300 in twelve parts against 200 in ten: as 12 and 10 parts of 25 and 20."""
    rows = table((YEAR_AGO, [20] * 10), (NOW, [25] * 12))
    change = changed(rows, SUM)[LAST_YEAR]
    assert change.test.method == "variance from units"
    assert change.p == sums.compared((300, 12), (200, 10), spread=change.test.spread).p


def test_means_by_their_spread():
    rows = table((YEAR_AGO, [40, 50, 60, 45, 55, 50]), (NOW, [60, 70, 80, 65, 75, 70]))
    change = changed(rows, MEAN)[LAST_YEAR]
    assert change.p == pytest.approx(means.compared(Mean(70, math.sqrt(50), 6), Mean(50, math.sqrt(50), 6)).p)
    assert said(change, True).startswith("20 things higher than in October–December 2013 (50.0), between 10.9 ")


def test_a_gain_within_the_period():
    """255 people of 13 events, asked before and after: McNemar's test with the t of 11.5 (of 12.5 events, the fewest
    that 13 stands for), for the design effect is an estimate; nothing where answers come from too few events. Told are
    103 to 107 who got better and 5 to 7 who got worse: tested as 103 and 7.
    """
    now, before = (gains(evaluated(period).known)[0] for period in ("FY2015Q1", "FY2014Q4"))
    fewest, most = changed_behind(evaluated("FY2015Q1").known, now.current)
    assert (*fewest, *most) == (103, 5, 255, 107, 7, 255)
    worst = pairs.gained(Pairs(103, 7, 255), degrees=11.5)
    assert now.p == worst.p and 1e-9 < now.p < 1e-6
    assert 29 < now.found.low < 100 * worst.low < now.current.value < 100 * worst.high < now.found.high < 48
    assert (before.found, before.why) == (None, Why.FEW_UNITS)


def test_a_change_must_hold_for_every_number_that_is_meant():
    """About 84 % of 255 against about 80 % of 458: tested where the two are nearest to each other."""
    change = shipped("1.5", LAST_YEAR)
    assert change.before.high < change.current.low
    assert change.test.found.low < change.current.low - change.before.high < change.current.value - change.before.value


def test_shares_of_audited_classes_are_compared_as_ranges():
    """64–75 % and about 79 %: what is told is tested, and claimed only if it holds for all of it."""
    change = shipped("2.6", LAST_YEAR, "FY2014")
    assert math.isnan(change.before.value) and change.test.method == "Newcombe"
    assert change.p > 0.3
    assert said(change, True).startswith("clearly higher than in October 2012–September 2013 (64–75%), between ")


WHY = {
    Why.OTHER_UNITS: (
        lambda: shipped("3.2", LAST_YEAR),
        "no comparison",
        "not compared with October–December 2013: others were measured then",
    ),
    Why.N_BELOW_FIVE: (
        lambda: changed(table((YEAR_AGO, [40, 50]), (NOW, [60, 70, 80, 65, 75])), MEAN)[LAST_YEAR],
        "no comparison",
        "not compared with October–December 2013: one of the two is of fewer than five",
    ),
    Why.FEW_UNITS: (
        lambda: shipped("1.5", PREVIOUS),
        "too few",
        "July–September 2014 (about 87%) cannot be held beside it: they come from too few groups, such "
        "as events, to know how much they vary",
    ),
    Why.NOT_RECEIVED: (
        lambda: changed(series(2015, 6), due="quarter")[LAST_YEAR],
        "no comparison",
        "not compared with October–December 2013: the records of those days were not received",
    ),
    Why.PART_MISSING: (
        lambda: shipped("3.5", LAST_YEAR),
        "too few",
        "the difference from October–December 2013 (5,020) may be chance: only 3.7 times as much or more would be "
        "likely to show; October–December 2013: from 11 of 14 records; of 3 the value is not recorded",
    ),
    Why.NOT_SENT: (
        lambda: next(one for one in late().changes if one.sheet.code == "1.1" and one.versus == LAST_YEAR),
        "no comparison",
        "67 fewer than in January–March 2014 (67), not tested: not all records that were due have come",
    ),
    Why.DEFINITION: (
        lambda: changed(series(2014, *STEADY, 60), more="valid_from = 2014-10-01\n")[LAST_YEAR],
        "no comparison",
        "not compared with October–December 2013: it has been defined otherwise since",
    ),
    Why.WITHHELD: (
        lambda: changed(
            "day amount done\n"
            + "\n".join(
                f"{day} 1 {yes}" for day, of in ((YEAR_AGO, 2), (NOW, 60)) for yes in ["true"] * of + ["false"] * 60
            ),
            'measure = "share"\n[calculation.denominator]\nmeasure = "count"\ntable = "rows"\ndate = "day"\n'
            "[calculation.numerator]\nwhere = { done = true }",
            disclosure="participants",
        )[LAST_YEAR],
        "no comparison",
        "not compared with October–December 2013: the number of those days is not told",
    ),
    Why.NO_VALUE: (
        lambda: changed(table((NOW, [60, 70, 80, 65, 75])), MEAN)[LAST_YEAR],
        "no comparison",
        "not compared with October–December 2013: there is no number of those days",
    ),
    Why.STATE: (lambda: shipped("3.4", LAST_YEAR), "no comparison", "1 more than on 31 December 2013 (4)"),
    Why.QUOTIENT: (
        lambda: shipped("4.2", PREVIOUS),
        "no comparison",
        "0.31 lower than in July–September 2014 (11.82), not tested: it is a quotient of two measures",
    ),
    Why.ORDER: (
        lambda: changed(table((YEAR_AGO, [4, 5, 7]), (NOW, [6, 7, 9])), MEDIAN)[LAST_YEAR],
        "no comparison",
        "2 things higher than in October–December 2013 (5.0), not tested: a median or an extreme is told without a "
        "test",
    ),
    Why.MEAN_LEVEL: (
        lambda: changed("day end\n2013-10-01 2013-10-11\n2014-10-01 2014-11-01", NIGHTS)[LAST_YEAR],
        "no comparison",
        "0.2 higher than in October–December 2013 (0.1), not tested: of what stands from day to day no chance is known",
    ),
    Why.ROUND: (
        lambda: surveyed("day round\n2013-11-01 midline\n2014-11-01 endline\n2014-11-02 endline")[LAST_YEAR],
        "no comparison",
        "1 more than in October–December 2013 (1), not tested: how many a survey asked is not chance",
    ),
    Why.BELOW_ZERO: (
        lambda: changed(table((YEAR_AGO, [-4, 1]), (NOW, [6, 7])), SUM)[LAST_YEAR],
        "no comparison",
        "16 more than in October–December 2013 (−3), not tested: a sum is below zero",
    ),
    Why.SEASON_UNKNOWN: (
        lambda: shipped("1.1", PREVIOUS, "FY2012Q3"),
        "no comparison",
        "32 more than in January–March 2012 (33), not tested: before two years are on record nobody can say what is "
        "season",
    ),
    Why.OF_A_PART: (
        lambda: women_beside_a_year_ago("1.4"),
        "no comparison",
        "2 percentage points higher than in October–December 2013 (about 44%), not tested: how much the events behind "
        "one part of it vary is not told",
    ),
}


@pytest.mark.few(1)
@pytest.mark.parametrize("why", Why, ids=lambda why: why.value)
def test_every_reason_has_its_outcome_and_its_sentence(why):
    found, outcome, words = WHY[why]
    change = found()
    assert (change.why, change.outcome) == (why, outcome)
    assert said(change) == words
    tested = why == Why.PART_MISSING
    assert math.isnan(change.p) == (not tested)


SENTENCES = [  # of two totals of October–December, the sentence, and whether it is clear
    (
        (1000, 1000),
        False,
        "no clear change from October–December 2013 (1,000): a difference of this size is within what ",
    ),
    (
        (20, 16),
        False,
        "the difference from October–December 2013 (16) may be chance: only a rise of 124% or more ",
    ),
    ((400, 300), True, "100 more than in October–December 2013 (300), between 15% and 55% more"),
    ((300, 400), True, "100 fewer than in October–December 2013 (400), between 13% and 36% fewer"),
    ((40, 0), True, "40 more than in October–December 2013 (0), from nothing"),
    ((0, 0), False, "the same as in October–December 2013 (0)"),
]


@pytest.mark.parametrize(("numbers", "clear", "words"), SENTENCES)
def test_sentences_follow_the_evidence(numbers, clear, words):
    now, before = numbers
    change = changed(series(2012, before + (not before), *[before] * 11, now))[LAST_YEAR]
    assert change.p == counts.compared(now, before).p
    assert said(change, clear).startswith(words)


def test_a_year_is_compared_once_and_the_life_of_the_project_never():
    assert {change.versus for change in evaluated("FY2014").changes} == {LAST_YEAR}
    assert evaluated("LOP").changes == ()


def test_last_year_comes_first():
    """Of each indicator that is told, first the same period last year, then the period before."""
    told = [(change.sheet.code, change.versus) for change in evaluated("FY2015Q1").changes]
    assert [versus for _, versus in told] == [LAST_YEAR, PREVIOUS] * (len(told) // 2)
    assert "2.6" not in {code for code, _ in told}  # not told of a quarter
