"""What stands worst against its target is a main point, and one verdict has one word wherever it stands."""

from dataclasses import replace

import pytest

from ctanalysis import evaluate, figures, narrative, tables
from ctanalysis.analysis import findings as ranking
from ctanalysis.analysis.explanations import deviates
from ctanalysis.analysis.furthest import furthest
from ctanalysis.analysis.pace import paces
from tests.conftest import evaluated
from tests.generators import small

COUNT = 'measure = "count"\ntable = "rows"\ndate = "day"'
SHARE = (
    'measure = "share"\n[calculation.denominator]\nmeasure = "count"\ntable = "rows"\ndate = "day"\n'
    "[calculation.numerator]\nwhere = { done = true }"
)

SAID = {
    "FY2015Q1": (
        "By the pace so far, furthest from the target: Spending (out of reach). Of what does not add up, Follow-up at "
        "six months: about 62% (of 55) in October 2013–September 2014, target 75%."
    ),
    "FY2013H1": "By the pace so far, furthest from the target: Victims of trafficking identified (out of reach).",
    "FY2014": "By the pace so far, furthest from the target: Spending (at risk).",
    "FY2012Q4": "Participants in awareness-raising events, Hotline consultations and 4 more (out of reach).",
    "FY2012Q1": (
        "Of what does not add up, furthest from its target is Premises provided rent-free for shelters and the "
        "hotline: 1 on 31 December 2011, target 3."
    ),
}


@pytest.mark.parametrize("period", SAID)
def test_it_is_a_main_point(period):
    """By its pace, and of shares and the like by how far it is short; in the first quarters by these alone."""
    assert SAID[period] in narrative.points(evaluated(period)).plain


def test_it_is_one_of_six_whatever_else_there_is(monkeypatch):
    """With only two main points it is the second of them, after what ranks first."""
    found = evaluated("FY2015Q1")
    monkeypatch.setattr(ranking, "MOST", 2)
    ranked = ranking.findings(found.known, found.claims)
    assert [one.kind for one in ranked[:3]] == ["gain", "targets", "spending"]


@pytest.mark.parametrize(("yes", "said"), [(7, "70.0% (7 of 10) in October–December 2011, target 75%"), (8, "")])
def test_a_share_below_its_target_is_told(tmp_path, yes, said):
    """7 of 10 of a target of 75 %; 8 of 10 are above it."""
    rows = "day done\n" + small.rows((yes, "2011-11-01 true"), (10 - yes, "2011-11-01 false"))
    folder = small.write(tmp_path / "p", rows, SHARE, targets="x,FY2012,0.75,.,\n")
    found = evaluate("FY2012Q1", folder)
    assert bool(furthest(found.known).missing) == bool(said) and said in narrative.points(found).plain
    assert ("furthest from its target" in narrative.points(found).plain) == bool(said)


@pytest.mark.parametrize("period", ["FY2013H1", "FY2014", "FY2015Q1"])
def test_on_track_is_nothing_that_needs_more_than_ever(period):
    """Spending was on track by its interval, while each quarter left would have had to use more than any has."""
    on_track = [one for one in paces(evaluated(period).known) if one.verdict == "on track" and one.goal.floor]
    assert on_track and all(one.needed <= one.best.value for one in on_track)


def test_one_verdict_has_one_word():
    """Of victims identified no rise is aimed at: above in the outlook, in the table, in the figure and in the pace."""
    found = evaluated("FY2015Q1")
    assert "Above, where no direction is aimed at: 2.1" in narrative.outlook(found).plain
    life = {row[0].split()[0]: row[-1] for row in tables.tracking(found).tables[1].rows}
    drawn = {row[0].split()[0]: row[-1] for row in figures.cumulative(found).table.rows}
    assert life["2.1"] == drawn["2.1"] == "above" and life["1.3"] == drawn["1.3"] == "ahead"
    assert "with a target of 220: above." in narrative.paces(found, "protection").plain


@pytest.mark.parametrize(("came", "asked"), [(4, False), (3, True), (6, True)])
def test_half_a_thing_is_no_deviation(tmp_path, came, asked):
    """4 where 4.5 were to be expected are 11 % fewer, and half a thing; 3 and 6 are one and more."""
    targets = "x,FY2012,18,.,\n"
    days = "\n".join(["day", *["2011-11-05"] * came])
    found = evaluate("FY2012Q1", small.write(tmp_path / "p", days, COUNT, targets=targets))
    expected = found.known.tracked["x", "fiscal year to date"].expected
    assert expected == pytest.approx(4.5, abs=0.1)
    assert (deviates(found.known, found.project.sheets[0]) is not None) == asked
    words = narrative.points(found).plain + narrative.also_found(found).plain
    assert (f"Things counted ({came}, expected 4.5)" in words) == asked and "%" not in words.partition("More than")[0]


def test_of_few_things_no_per_cent_is_told():
    """One organisation where a third of one was to be expected is no 167 % more."""
    found = evaluated("FY2015Q1")
    year = {row[0].split()[0]: row for row in tables.tracking(found).tables[0].rows}
    assert year["3.1"][-3:] == ("0.4 [s]", "+0.6", "–") and year["1.1"][-2] == "+25%"
    assert "3.1" not in narrative.also_found(found).plain
    pace = narrative.paces(found, "cooperation").plain
    assert "where 0.4 were to be expected by now" in pace and "167" not in pace


def test_as_many_as_before_is_said_plainly():
    """1 and 1: nothing is too few to say; nor is it said again among the headlines."""
    found = evaluated("FY2015Q1")
    assert "1 partner organisation reached improved capacity (as a year before)." in narrative.points(found).plain
    assert "improved capacity (1)" not in narrative.headlines(found).plain


def test_a_verdict_is_never_of_the_year_alone():
    """The project's verdict is told: without the project's paces nothing of paces is."""
    known = replace(evaluated("FY2015Q1").known)
    known.__dict__["kept"] = {"ctanalysis.analysis.pace.paces": tuple(
        one for one in paces(evaluated("FY2015Q1").known) if one.horizon != "project"
    )}  # fmt: skip
    assert furthest(known).paces == ()
