"""Categories now and before, and the pictures of people: which marks there are, of which days, in which words."""

import pytest

from ctanalysis import figures
from ctanalysis.analysis.change import LAST_YEAR, PREVIOUS
from tests.conftest import evaluated
from tests.figures.seen import first, rows


def over_time(period, name):
    return next(chart for chart in figures.who_and_where(evaluated(period), "prevention").charts if name in chart.name)


def test_topics_of_the_hotline_are_held_beside_two_earlier_periods(evaluation):
    """A dot for now, a ring for a year before, a line for the quarter before; the largest first."""
    chart = over_time("FY2015Q1", "1.3-topic-over-time")
    told = {
        one: evaluation.by("1.3", "topic", one).set_index("category")["value"]
        for one in ("period", LAST_YEAR, PREVIOUS)
    }
    for row in rows(chart):
        marks = {mark.kind: mark.at for mark in row.marks}
        assert marks == {
            "dot": told["period"][row.name],
            "ring": told[LAST_YEAR][row.name],
            "line": told[PREVIOUS][row.name],
        }
    values = [told["period"][row.name] for row in rows(chart) if row.name != "not recorded"]
    assert values == sorted(values, reverse=True)
    assert "Filled: October–December 2014. Hollow: October–December 2013. Line: July–September 2014." in chart.notes[0]


def test_of_a_year_there_is_one_earlier_period():
    """The year before is the same period last year as well, and stands once."""
    chart = over_time("FY2014", "1.3-topic-over-time")
    assert {mark.kind for row in rows(chart) for mark in row.marks} == {"dot", "ring"}
    assert [*chart.data["start"].unique()] == ["2013-10-01", "2012-10-01"]


def test_without_an_earlier_period_it_is_a_breakdown():
    names = [chart.name for chart in figures.who_and_where(evaluated("FY2012Q1"), "prevention").charts]
    assert "1.3-topic" in names and not [name for name in names if name.endswith("over-time")]


def test_before_and_after_is_one_picture(evaluation):
    """45 % before and 84 % after, of all, a year before, and of women and of men; on a scale from 0 to 100."""
    chart = first(figures.before_and_after(evaluation))
    assert chart.title == "Gain in awareness of the risks: from about 45% before to about 84% after"
    [now, then, *both] = rows(chart)
    assert (now.name, then.name) == ("All, October–December 2014", "All, October–December 2013")
    assert [row.name for row in both] == ["female", "male"] and both[1].label == "about 44% to about 88%"
    before, after = (evaluation.by(code)["value"].iloc[0] for code in ("1.4", "1.5"))
    assert [(mark.at, mark.kind) for mark in now.marks] == [(before, "ring"), (after, "dot")]


def test_women_stand_to_the_left_and_men_to_the_right(evaluation):
    """On one scale within an indicator; girls and boys are a row of the ages."""
    chart = figures.women_and_men(evaluation)
    cells = evaluation.by("1.2", "sex × age_group").set_index("category")["value"]
    most = cells[[name for name in cells.index if "not recorded" not in name]].max()
    [girls] = [row for row in rows(chart) if row.name == "10–17"]
    assert -girls.parts[0].low == pytest.approx(cells["female × 10–17"] / most)
    assert girls.parts[2].high == pytest.approx(cells["male × 10–17"] / most)
    assert girls.label == "about 2,600 | about 2,180"
    assert "Not drawn, and in the table, are those not recorded: 128 of 1.2 and 75 of 1.3." in chart.notes
    assert chart.title == "Women and girls: 55% of attendances"


def test_people_who_were_trafficked_are_told_by_sex_and_by_age_never_by_both(evaluation):
    """Bands as they are told at the last year's end; nobody is told before a year has ended."""
    chart = figures.people(evaluation)
    assert not any(" × " in category for category in chart.data["category"])
    assert {*chart.data["disaggregation"]} == {"sex", "age_group:coarse"}
    assert {*chart.data["end"]} == {"2014-09-30"}
    thin = figures.people(evaluated("FY2012Q2"))
    assert thin.data.empty and thin.title == "Who was helped is told once a fiscal year has ended"


def test_each_step_of_the_pathway_is_as_it_is_told(evaluation):
    """The first counts people; a share is a bar, a range a band; the lowest is the message."""
    chart = figures.pathway(evaluation)
    assert [row.name.split()[0] for row in rows(chart)] == ["2.1", "2.8", "2.9", "2.6", "2.7"]
    assert rows(chart)[0].parts == () and rows(chart)[0].label == "185"
    assert chart.title == "Lowest step of the pathway: plan begun within thirty days, of those assisted, about 59%"
    early = figures.pathway(evaluated("FY2012"))
    assert any(part.hatched and part.high > part.low for row in rows(early) for part in row.parts)


def test_spending_stands_beside_the_time_gone(evaluation):
    chart = figures.spending(evaluation)
    [project, year] = rows(chart)
    assert (project.label, year.label) == ("78% (581,052)", "21% (42,700)")
    assert [round(row.marks[0].at, 2) for row in (project, year)] == [0.81, 0.25]
    assert chart.title == "78% of the funding is spent with 81% of the time gone"
