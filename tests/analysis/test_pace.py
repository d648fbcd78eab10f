"""Pace: situation by situation, what is expected, projected, needed and said."""

import math
import re
from dataclasses import replace

import pytest

from ctanalysis import evaluate, narrative, tables
from ctanalysis.analysis.explanations import deviates, outstanding
from ctanalysis.analysis.pace import Goal, Outlook, paces, verdict
from ctanalysis.narrative.pace import sentence
from tests.conftest import evaluated
from tests.generators import small

SUM = 'measure = "sum"\ntable = "rows"\ncolumn = "amount"\ndate = "day"'
COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
DAYS = [f"{year}-{month}-15" for year in (2011, 2012, 2013, 2014) for month in ("02", "05", "08", "11")]

SITUATIONS = [  # said; at least, at most; so far, quarters left, interval; best and least quarter; verdict
    ("the whole interval is above the target", 100, None, 60, 2, (110, 150), 40, 10, "ahead"),
    ("the target is in the interval", 100, None, 60, 2, (80, 150), 40, 10, "on track"),
    ("the target is the interval's lower end", 100, None, 60, 2, (100, 150), 40, 10, "on track"),
    ("the target is the interval's upper end", 100, None, 60, 2, (80, 100), 40, 10, "on track"),
    ("below it, and 20 a quarter are needed, as once", 100, None, 60, 2, (70, 90), 20, 10, "at risk"),
    ("below it, and 20 a quarter are needed, as never", 100, None, 60, 2, (70, 90), 19, 10, "out of reach"),
    ("it is there already", 100, None, 100, 2, (110, 150), 40, 10, "reached"),
    ("the time is over, and it is there", 100, None, 101, 0, None, 40, 10, "reached"),
    ("the time is over, and one is missing", 100, None, 99, 0, None, 40, 10, "missed"),
    ("two quarters so far", 100, None, 60, 2, None, 40, 10, "too few quarters"),
    ("a target of nothing", 0, None, 0, 2, (0, 3), 1, 0, "reached"),
    ("no target", None, None, 60, 2, (70, 90), 40, 10, "no target"),
    ("at most 100, and clearly fewer", None, 100, 60, 2, (70, 90), 40, 10, "ahead"),
    ("at most 100, and perhaps more", None, 100, 60, 2, (90, 110), 40, 10, "on track"),
    ("at most 100, 20 a quarter are left, and once there were 10", None, 100, 60, 2, (105, 120), 40, 10, "at risk"),
    ("at most 100, 20 a quarter are left, never so few", None, 100, 60, 2, (105, 120), 40, 21, "out of reach"),
    ("at most 100, and there are 101", None, 100, 101, 2, (105, 120), 40, 10, "exceeded"),
    ("at most none, and there is one", None, 0, 1, 2, (1, 4), 1, 0, "exceeded"),
    ("at most 100, the time is over, and there are 100", None, 100, 100, 0, None, 40, 10, "reached"),
    ("100 to 120, and the interval touches them", 100, 120, 60, 2, (90, 105), 40, 10, "on track"),
    ("100 to 120, below both", 100, 120, 60, 2, (70, 90), 20, 10, "at risk"),
    ("100 to 120, above both", 100, 120, 60, 2, (130, 150), 40, 31, "out of reach"),
]  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS, ids=[one[0] for one in SITUATIONS])
def test_the_verdict(situation):
    """Read aloud, situation and verdict."""
    _, floor, ceiling, so_far, left, interval, best, least, expected = situation
    outlook = Outlook((so_far, so_far), left, interval, best, least)
    assert verdict(Goal(floor, ceiling), outlook) == expected


def rows(*amounts):
    """A row for each of the project's quarters, October–December 2011 the first."""
    days = [f"{2011 + (place + 3) // 4}-{('11', '02', '05', '08')[place % 4]}-15" for place in range(len(amounts))]
    return "day amount\n" + "\n".join(f"{day} {amount}" for day, amount in zip(days, amounts, strict=True))


def of(tmp_path, amounts, targets, period, calculation=SUM, direction="increase", more=""):
    folder = small.write(tmp_path / "p", rows(*amounts), calculation, targets=targets, more=more)
    sheet = folder / "indicators" / "x.toml"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace('"increase"', f'"{direction}"'), encoding="utf-8")
    return evaluate(period, folder)


def two(evaluation):
    """The pace of the year and of the project."""
    return paces(evaluation.known)


EXPECTED = [  # what one says of it; amounts; targets; period; expected of the year and by what
    ("quarterly targets", [10] * 5, "x,FY2013,40,.,\nx,FY2013Q1,7,.,\n", "FY2013Q1", 7, "quarterly targets"),
    ("one of two without", [10] * 6, "x,FY2013,365,.,\nx,FY2013Q1,7,.,\n", "FY2013Q2", 182, "share of the time"),
    ("one year before", [10] * 5, "x,FY2013,365,.,\n", "FY2013Q1", 92, "share of the time"),
    ("two years that begin fast", [40, 20, 20, 20] * 2 + [9], "x,FY2014,100,.,\n", "FY2014Q1", 40, "seasonal pattern"),
    ("two years, one empty", [0, 0, 0, 0, 40, 20, 20, 20, 9], "x,FY2014,365,.,\n", "FY2014Q1", 92, "share of the time"),
    ("the year is over", [10] * 8, "x,FY2013,50,.,\nx,FY2013Q1,7,.,\n", "FY2013", 50, "target"),
]  # fmt: skip


@pytest.mark.parametrize("_, amounts, targets, period, number, by", EXPECTED, ids=[case[0] for case in EXPECTED])
def test_what_was_to_be_expected_of_the_year(tmp_path, _, amounts, targets, period, number, by):
    """By quarterly targets, else by two whole earlier years, else by the days: 92 of 365 are in the first quarter."""
    year, _ = two(of(tmp_path, amounts, targets, period))
    assert (year.expected.low, year.expected.by) == (pytest.approx(number), by)
    assert year.deviation == pytest.approx((year.actual.value - number) / number)


def test_of_the_project_by_the_targets_of_its_years(tmp_path):
    """100 + 200 + 200 + 100 are the 600 of the project: after a year and a quarter 100 and a quarter's part of 200."""
    years = "".join(f"x,FY{2012 + place},{target},.,\n" for place, target in enumerate((100, 200, 200, 100)))
    found = of(tmp_path, [10] * 5, f"{years}x,LOP,600,.,\n", "FY2013Q1")
    assert (two(found)[1].expected.low, two(found)[1].expected.by) == (
        pytest.approx(100 + 200 * 92 / 365),
        "yearly targets",
    )
    other = of(tmp_path / "other", [10] * 5, f"{years}x,LOP,700,.,\n", "FY2013Q1")
    assert two(other)[1].expected.by == "share of the time"


def test_what_each_remaining_quarter_needs(tmp_path):
    """40 of 100 with three quarters to go: 20 each; the best so far is the 40 of this quarter."""
    year, _ = two(of(tmp_path, [12] * 4 + [40], "x,FY2013,100,.,\n", "FY2013Q1"))
    assert (year.needed, year.remaining, year.best.value) == (20, 3, 40)


def test_in_a_month_the_rest_of_the_quarter_counts(tmp_path):
    """At the end of November 31 of 92 days of the quarter are left, and three quarters of the year."""
    found = of(tmp_path, [12] * 4 + [4], "x,FY2013,100,.,\n", "2012-11")
    assert two(found)[0].remaining == pytest.approx(3 + 31 / 92)


def test_where_the_deviation_asks_for_an_explanation(tmp_path):
    """Expected 50: 55 is 10 % more and asks for none, 56 does, and so does 44; with a tolerance of 15 % none does."""
    for amount, asked in ((55, False), (56, True), (45, False), (44, True)):
        found = of(tmp_path / str(amount), [amount], "x,FY2012Q1,50,.,\nx,FY2012,100,.,\n", "FY2012Q1")
        assert (deviates(found.known, found.project.sheets[0]) is not None) == asked
        assert bool(outstanding(found.known)) == asked
        assert ("Explanation outstanding: " in narrative.points(found).plain) == asked
    facts = found.project.facts.model_copy(update={"tracking": type(found.project.facts.tracking)(tolerance=0.15)})
    known = replace(found.known, project=replace(found.project, facts=facts))
    assert deviates(known, found.project.sheets[0]) is None


def test_an_explanation_that_somebody_gave_is_not_outstanding():
    """In the shipped project spending and events are both beyond the tolerance; somebody explained the spending."""
    found = evaluated("FY2015Q1")
    project, missing = found.project, [one.sheet.code for one in outstanding(found.known)]
    for code, is_given in (("4.1", True), ("1.1", False)):
        assert deviates(found.known, project.sheet(code)) is not None
        assert (project.explanation(code, found.period) is not None) == is_given == (code not in missing)


def test_no_target_is_told_in_words(tmp_path):
    """No expectation, no verdict but that, and a projection all the same."""
    found = of(tmp_path, [12] * 5, "", "FY2013Q1")
    year, _ = two(found)
    assert (year.verdict, year.expected, year.needed) == ("no target", None, None) and year.lower <= 48 <= year.upper
    assert "there is no target" in narrative.paces(found, found.project.sheets[0].area).plain
    row = dict(zip(tables.tracking(found).tables[0].header, tables.tracking(found).tables[0].rows[0], strict=True))
    assert (row["Target FY2013"], row["Expected by now"], row["Deviation"], row["Explanation"]) == ("no target", *"–––")


def test_a_target_of_nothing_has_no_deviation_in_per_cent(tmp_path):
    """None were to be held, and 5 were: never infinity."""
    year, _ = two(of(tmp_path, [5], "x,FY2012,0,.,\n", "FY2012Q1"))
    assert year.deviation is None and year.verdict == "reached"


def test_what_should_fall_is_on_its_way_where_it_stays_below(tmp_path):
    """At most 100 accidents in the year; 12 a quarter: clearly fewer, which is ahead. A level that should fall, too."""
    for number, target in enumerate(("100", "at most 100")):
        found = of(
            tmp_path / str(number), [12, 11, 13, 12, 12], f"x,FY2013,{target},.,\n", "FY2013Q1", direction="decrease"
        )
        assert two(found)[0].verdict == "ahead"
        assert "at most 100" in narrative.paces(found, found.project.sheets[0].area).plain


def test_spending_of_the_shipped_project():
    """The published funding of $746,414: 55,121 a quarter are needed, and the most ever spent is 51,568."""
    [pace] = [one for one in paces(evaluated("FY2015Q1").known) if one.sheet.code == "4.1" and one.horizon == "project"]
    assert round(pace.needed) == 55_121 and round(pace.best.value) == 51_568 and pace.verdict == "out of reach"
    words = re.sub("<[^>]*>", "", sentence(pace))
    assert words.endswith("55,121 a quarter are needed; the most in any quarter so far is 51,568 (April–June 2013).")


def test_what_is_not_told_has_no_pace():
    """Of people counted anew, shares and levels nothing is projected; every number of a pace is a number."""
    found = paces(evaluated("FY2015Q1").known)
    assert {one.sheet.code for one in found} == {
        "1.1",
        "1.2",
        "1.3",
        "1.6",
        "2.1",
        "2.2",
        "2.4",
        "2.5",
        "3.1",
        "3.3",
        "3.5",
        "4.1",
    }
    assert all(one.lower <= one.projected <= one.upper for one in found if one.lower is not None)
    assert all(0 <= one.p_value <= 1 and not math.isnan(one.p_value) for one in found)


def test_a_changed_definition_begins_anew(tmp_path):
    """Quarters of the old definition are no part of the series: of two of the new one nothing is projected."""
    found = of(tmp_path, [100, 100, 100, 100, 5, 6], "x,FY2013,24,.,\n", "FY2013Q2", more="valid_from = 2012-10-01\n")
    assert two(found)[0].verdict == "too few quarters" and two(found)[0].best.value == 6
