"""The charts: what is drawn is the data, the data is the values, and the words beside it say all of it."""

from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from PIL import Image

from ctanalysis import figures
from ctanalysis.figures.chart import BLUE, LIGHT
from ctanalysis.narrative.numbers import in_words
from tests.conftest import evaluated


def charts(evaluation):
    galleries = [figures.breakdowns(evaluation, area).charts for area in ("prevention", "protection")]
    return [
        figures.headlines(evaluation),
        figures.quarters(evaluation, "protection"),
        figures.progress(evaluation),
        *galleries[0],
        *galleries[1],
    ]


def drawn(chart):
    """The axes of a chart."""
    figure = Figure()
    chart.draw(figure, chart.data)
    return figure.axes


def bars(axes):
    """The boxes of the bars of an axes, each in units of the data."""
    return boxes_of(axes.collections[0])


def boxes_of(collection):
    return [path.get_extents() for path in collection.get_paths()]


def ends(axes):
    """Of each bar where it ends for certain, and where what may belong to it does, which is lighter."""
    certain, perhaps = axes.collections
    assert {tuple(one) for one in certain.get_facecolors()} == {to_rgba(BLUE)}
    assert {tuple(one) for one in perhaps.get_facecolors()} == {to_rgba(LIGHT)}
    pairs = list(zip(boxes_of(certain), boxes_of(perhaps), strict=True))
    assert all(one.x0 == 0 and one.x1 == other.x0 for one, other in pairs)
    return [(one.x1, other.x1) for one, other in pairs]


def test_bars_are_as_long_as_the_values(evaluation):
    """Each bar of a breakdown goes from nothing to its number; a rounded one of callers too, which is 2 off at most."""
    for chart in (figures.breakdown(evaluation, "1.1", "oblast"), figures.breakdown(evaluation, "1.3", "topic")):
        assert ends(drawn(chart)[0]) == [(value, value) for value in chart.data["value"]]


def test_a_rounded_number_that_waits_is_drawn_as_far_as_it_may_be_off(evaluation):
    """About 70 women is 65 to 73: solid to 65, lighter to 73, and both stand behind the bar; 5 not recorded are 5."""
    chart = figures.breakdown(evaluation, "2.2", "sex", "project to last year end")
    [axes] = drawn(chart)
    assert ends(axes) == [(65, 73), (55, 63), (5, 5)]
    assert {"about 70 (65–73)", "about 60 (55–63)", "5"} <= {text.get_text() for text in axes.texts}
    assert "female about 70 (65–73), male about 60 (55–63)" in chart.alt
    assert "In the lighter part the number may be anywhere." in chart.notes[0]


def test_a_range_is_drawn_as_a_range():
    """Lighter from its least to its most, with its words; no bar ends where the number might not be."""
    for field, rows in RANGES.items():
        chart = figures.breakdown(evaluated("FY2012"), "2.2", field, LAST)
        [axes] = drawn(chart)
        labels = {text.get_text() for text in axes.texts}
        assert list(zip(chart.data["category"], ends(axes), strict=True))[:2] == rows and {"fewer than 10"} < labels
        assert "In the lighter part the number may be anywhere." in chart.alt


LAST = "last fiscal year"
RANGES = {
    "sex": [("female", (18, 27)), ("male", (0, 9))],
    "age_group:coarse": [("children", (0, 9)), ("adults", (19, 28))],
}


def test_of_how_many_it_is_recorded_stands_below(evaluation):
    """No bar of its own, which would be longer than all others."""
    chart = figures.breakdown(evaluation, "2.2", "sex", LAST)
    assert "recorded" not in list(chart.data["category"])
    assert chart.notes[0].startswith("Of 58 people it is recorded. ")
    to_date = figures.breakdown(evaluation, "2.2", "sex", "project to last year end")
    assert to_date.notes[0].startswith("Of 128 people it is recorded. ")
    assert (chart.name, to_date.name) == ("2.2-sex", "2.2-sex-to-date")


def test_of_what_waits_both_the_year_and_the_project_are_drawn(evaluation):
    """A chart of each told breakdown for the last year and to its end; in the first year these are one."""
    names = [chart.name for chart in figures.breakdowns(evaluation, "protection").charts]
    ways = ["2.1-exploitation-coarse", "2.1-oblast-coarse", "2.1-country-coarse", "2.2-sex", "2.2-age_group-coarse"]
    assert names == [name for way in ways for name in (way, f"{way}-to-date")]
    assert [chart.name for chart in figures.breakdowns(evaluated("FY2012"), "protection").charts] == ways
    assert figures.breakdowns(evaluated("FY2012Q2"), "protection").charts == ()


def test_what_is_told_of_years_only_is_no_panel(evaluation):
    """A share that waits has no bar in any quarter; the chart says why it is not there."""
    chart = figures.quarters(evaluation, "protection")
    assert "2.6" not in set(chart.data["indicator"]) and "2.3" in set(chart.data["indicator"])
    for words in (
        "2.6 Reintegration plans completed: told for fiscal years, and of the project to the end of each",
        "2.7 Follow-up at six months: told of each fiscal year by itself, and not to date",
    ):
        assert f"{words}, so no quarter of it is drawn." in chart.notes and words in chart.alt


def test_quarters_are_as_high_as_the_values(evaluation):
    """Each panel's bars are as high as the indicator's values by quarter; shares in per cent."""
    chart = figures.headlines(evaluation)
    figure = Figure()
    chart.draw(figure, chart.data)
    for axes, (code, rows) in zip(figure.axes, chart.data.groupby("indicator", sort=False), strict=True):
        scale = 100 if evaluation.project.sheet(code).measure == "share" else 1
        assert [bar.height for bar in bars(axes)] == pytest.approx((rows["value"].fillna(0) * scale).tolist())


def test_the_data_is_that_of_the_values(evaluation):
    """The data beside a chart is the values' own, so a number falsified in either is seen."""
    chart = figures.breakdown(evaluation, "1.2", "sex")
    columns = ["category", "value", "low", "high", "status", "caveat"]
    pd.testing.assert_frame_equal(chart.data, evaluation.by("1.2", "sex")[columns])


def test_the_words_say_every_value(evaluation):
    """The alternative text of each chart has every number or state that is drawn."""
    for chart in charts(evaluation):
        assert chart.alt.startswith(chart.title)
        if "status" in chart.data:
            code = chart.name.split("-")[0]
            for row in chart.data.itertuples():
                sheet = evaluation.project.sheet(getattr(row, "indicator", code))
                assert in_words(sheet, row.value, row.status, "en") in chart.alt


def test_the_same_data_gives_the_same_bytes(evaluation):
    """A chart drawn twice is the same to the byte, and holds no time and no version."""
    chart = figures.breakdown(evaluation, "1.2", "sex")
    assert chart.png() == chart.png()
    assert not Image.open(BytesIO(chart.png())).info.keys() - {"dpi"}


def test_charts_have_names_of_their_own(evaluation):
    """No two charts of a report are written to one file."""
    names = [chart.name for chart in charts(evaluation)]
    assert len(set(names)) == len(names)


def test_a_caveat_stands_below_the_chart_and_in_its_text(evaluation):
    """Where an indicator's data failed a data quality standard, its name bears a mark, the note stands in the image,
    and whoever cannot see it is told.
    """
    chart = figures.breakdown(evaluation, "1.3", "topic")
    assert chart.notes == ("† Caveat on 1.3: see Caveats.",) and chart.alt.endswith(chart.notes[0])
    assert Image.open(BytesIO(chart.png())).height > Image.open(BytesIO(replace(chart, notes=()).png())).height
    assert figures.breakdown(evaluation, "1.1", "oblast").notes == ()
    for chart in (figures.headlines(evaluation), figures.progress(evaluation)):
        figure = Figure()
        chart.draw(figure, chart.data)
        names = [axes.get_title(loc) for axes in figure.axes for loc in ("left", "center")]
        names += [text.get_text() for axes in figure.axes for text in axes.texts]
        marked = {name.split()[0] for name in names if name.endswith("†")}
        assert marked == set(chart.data.loc[chart.data["caveat"] != "", "indicator"]) and marked
