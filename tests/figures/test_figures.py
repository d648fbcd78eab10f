"""Breakdowns: what is drawn is the data, the data is the values, and the words beside it say all of it."""

import pandas as pd
import pytest

from ctanalysis import figures
from ctanalysis.figures.style import BLUE, GREY, LIGHT, MEN, WOMEN
from ctanalysis.narrative.numbers import in_words
from tests.conftest import evaluated
from tests.figures.seen import charts, first, rows, shapes

LAST, TO_DATE = "last fiscal year", "project to last year end"


def ends(chart):
    """Of each row, to where it is for certain and to where it may be."""
    return {row.name: (row.parts[0].high, row.parts[1].high) for row in rows(chart) if row.parts}


def test_bars_are_as_long_as_the_values(evaluation):
    """Of a count of events the longest bar is the largest number, and the others are as much shorter."""
    chart = figures.breakdown(evaluation, "1.1", "oblast")
    assert ends(chart) == {one.category: (one.value, one.value) for one in chart.data.itertuples()}
    drawn = [right - left for left, _, right, _ in shapes(chart, BLUE)]
    values = chart.data["value"].tolist()
    assert [one / drawn[0] for one in drawn] == pytest.approx([one / values[0] for one in values], abs=0.01)
    assert shapes(chart, LIGHT) == []


def test_the_largest_stands_first_and_not_recorded_last_in_grey(evaluation):
    """Whatever order the table has; categories that are numbers, such as ages, keep theirs."""
    chart = figures.breakdown(evaluation, "1.3", "oblast")
    *names, last = [row.name for row in rows(chart)]
    values = chart.data["value"].tolist()[:-1]
    assert values == sorted(values, reverse=True) and names[0] == "Osh oblast"
    assert last == "not recorded" and {part.colour for part in rows(chart)[-1].parts} == {GREY}
    ages = figures.breakdown(evaluation, "1.2", "age_group")
    assert [row.name for row in rows(ages)][:4] == ["10–17", "18–24", "25–49", "50 and over"]


def test_women_and_men_have_a_colour_each_everywhere(evaluation):
    for chart in (figures.breakdown(evaluation, "1.3", "sex"), figures.people(evaluation)):
        colours = {row.name: {part.colour for part in row.parts} for row in rows(chart)}
        assert colours["female"] == {WOMEN} and colours["male"] == {MEN} and colours["not recorded"] == {GREY}


def test_a_rounded_number_that_waits_is_drawn_as_far_as_it_may_be_off(evaluation):
    """About 70 women is 65 to 73: solid to 65, hatched to 73, and both stand behind the bar; 5 not recorded are 5."""
    chart = figures.breakdown(evaluation, "2.2", "sex", TO_DATE)
    assert ends(chart) == {"female": (65, 73), "male": (55, 63), "not recorded": (5, 5)}
    assert [row.label for row in rows(chart)] == ["about 70 (65–73)", "about 60 (55–63)", "5"]
    assert "In the hatched part the number may be anywhere." in chart.notes[0] and len(shapes(chart, LIGHT)) == 2


def test_a_class_is_drawn_as_its_band_and_never_as_nothing():
    """From 0 to 9 it is hatched, beside a range from 18 to 27: not a bar of no length beside one of about 20."""
    for field, expected in RANGES.items():
        chart = figures.breakdown(evaluated("FY2012"), "2.2", field, LAST)
        assert {name: ends(chart)[name] for name in expected} == expected
        bands = shapes(chart, LIGHT)
        assert len(bands) >= 2 and all(right > left for left, _, right, _ in bands)
        assert "In the hatched part the number may be anywhere." in chart.plain and "fewer than 10" in chart.alt


RANGES = {
    "sex": {"female": (18, 27), "male": (0, 9)},
    "age_group:coarse": {"children": (0, 9), "adults": (19, 28)},
}


def test_the_message_is_said_only_where_it_holds_for_all_that_the_numbers_can_be(evaluation):
    """To date about 90 in forced labour is the most; of the year 31 to 49 and 17 to 35 might be either."""
    of_year, to_date = (figures.breakdown(evaluation, "2.1", "exploitation:coarse", one) for one in (LAST, TO_DATE))
    assert of_year.title == "Victims of trafficking identified by form of exploitation"
    assert to_date.title == "Victims of trafficking identified: most, forced labour (about 90)"


def test_of_how_many_it_is_recorded_stands_below(evaluation):
    """No bar of its own, which would be longer than all others."""
    chart = figures.breakdown(evaluation, "2.2", "sex", LAST)
    assert "recorded" not in list(chart.data["category"])
    assert chart.notes[0].startswith("Of 58 people it is recorded. ")
    to_date = figures.breakdown(evaluation, "2.2", "sex", TO_DATE)
    assert to_date.notes[0].startswith("Of 128 people it is recorded. ")
    assert (chart.name, to_date.name) == ("2.2-sex", "2.2-sex-to-date")


def test_of_what_waits_both_the_year_and_the_project_are_drawn(evaluation):
    """A chart of each told breakdown for the last year and to its end; in the first year these are one."""
    names = [chart.name for chart in figures.breakdowns(evaluation, "protection").charts]
    ways = ["2.1-exploitation-coarse", "2.1-oblast-coarse", "2.1-country-coarse", "2.2-sex", "2.2-age_group-coarse"]
    assert names == [name for way in ways for name in (way, f"{way}-to-date")]
    assert [chart.name for chart in figures.breakdowns(evaluated("FY2012"), "protection").charts] == ways
    assert figures.breakdowns(evaluated("FY2012Q2"), "protection").charts == ()


def test_the_data_is_that_of_the_values(evaluation):
    """The data beside a chart is the values' own, so a number falsified in either is seen."""
    chart = figures.breakdown(evaluation, "1.2", "sex")
    columns = ["category", "value", "low", "high", "status", "caveat"]
    values = evaluation.by("1.2", "sex")[columns].set_index("category")
    pd.testing.assert_frame_equal(chart.data.set_index("category"), values.loc[chart.data["category"]])


def test_the_words_say_every_value(evaluation):
    """In words every figure of one indicator has every number or state that is drawn, in its table."""
    for chart in charts(evaluation):
        if {"status", "value", "high"} <= {*chart.data.columns} and "rate" not in chart.data:
            for row in chart.data.itertuples():
                sheet = evaluation.project.sheet(str(getattr(row, "indicator", chart.name.split("-")[0])))
                told = in_words(sheet, row.value, row.status, "en", row.high)
                if row.status == "rounded" and (row.value > row.high or row.value < row.low):  # the range alone
                    told = f"{row.low:.0f}–{row.high:.0f}"
                assert told in chart.plain or row.status == "withheld", chart.name


def test_shares_have_one_scale(evaluation):
    """From 0 to 100, so that 46 % is half as long as 88 %."""
    for chart in (figures.breakdown(evaluation, "1.5", "sex"), figures.pathway(evaluation), *both(evaluation)):
        scale = chart.draw.keywords["scale"]
        assert (scale.low, scale.high) == (0, 1)


def both(evaluation):
    return figures.before_and_after(evaluation).charts


def test_a_caveat_stands_below_the_chart(evaluation):
    """Where an indicator's data failed a standard, its name bears a mark, and a note says where to look."""
    chart = figures.breakdown(evaluation, "1.3", "topic")
    assert "[u] Caveat on 1.3: see Caveats." in chart.notes and chart.notes[-1] in chart.html
    assert figures.breakdown(evaluation, "1.1", "oblast").notes == ()
    progress = figures.progress(evaluation)
    marked = {row.name.split()[0] for row in rows(progress) if row.name.endswith("[u]")}
    assert marked == set(progress.data.loc[progress.data["caveat"] != "", "indicator"]) and marked
    quarters = first(figures.headlines(evaluation))
    marked = {panel.title.split()[0] for panel in quarters.draw.keywords["panels"] if panel.title.endswith("[u]")}
    assert marked == set(quarters.data.loc[quarters.data["caveat"] != "", "indicator"]) and marked
