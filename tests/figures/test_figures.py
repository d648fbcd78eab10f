"""The charts: what is drawn is the data, the data is the values, and the words beside it say all of it."""

from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from ctanalysis import figures
from ctanalysis.narrative.numbers import in_words


def charts(evaluation):
    galleries = [figures.breakdowns(evaluation, area).charts for area in ("prevention", "protection")]
    return [
        figures.headlines(evaluation),
        figures.quarters(evaluation, "protection"),
        figures.progress(evaluation),
        *galleries[0],
        *galleries[1],
    ]


def bars(axes):
    """The boxes of the bars of an axes, each in units of the data."""
    return [path.get_extents() for path in axes.collections[0].get_paths()]


def test_bars_are_as_long_as_the_values(evaluation):
    """Each bar of a breakdown is as long as its value; where none is told there is none."""
    for chart in (
        figures.breakdown(evaluation, "1.1", "oblast"),
        figures.breakdown(evaluation, "2.2", "exploitation", "last fiscal year"),
    ):
        figure = Figure()
        chart.draw(figure, chart.data)
        assert [bar.width for bar in bars(figure.axes[0])] == chart.data["value"].fillna(0).tolist()


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
    pd.testing.assert_frame_equal(chart.data, evaluation.by("1.2", "sex")[["category", "value", "status", "caveat"]])


def test_the_words_say_every_value(evaluation):
    """The alternative text of each chart has every number or state that is drawn."""
    for chart in charts(evaluation):
        assert chart.alt.startswith(chart.title)
        if "status" in chart.data:
            code = chart.name.split("-")[0]
            for row in chart.data.itertuples():
                sheet = evaluation.project.sheet(getattr(row, "indicator", code))
                assert in_words(sheet, row.value, row.status, "en") in chart.alt


def test_what_is_not_told_is_said_in_words(evaluation):
    """A category that may not be told is labelled so; it is not a bar of 0 without a word."""
    chart = figures.breakdown(evaluation, "2.2", "exploitation", "last fiscal year")
    figure = Figure()
    chart.draw(figure, chart.data)
    labels = [text.get_text() for text in figure.axes[0].texts]
    assert labels.count("fewer than 10") == (chart.data["status"] == "fewer than 10").sum() > 0


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
    assert chart.notes == (f"{evaluation.caveats['1.3']}.",) and chart.alt.endswith(chart.notes[0])
    assert Image.open(BytesIO(chart.png())).height > Image.open(BytesIO(replace(chart, notes=()).png())).height
    assert figures.breakdown(evaluation, "1.1", "oblast").notes == ()
    for chart in (figures.headlines(evaluation), figures.progress(evaluation)):
        figure = Figure()
        chart.draw(figure, chart.data)
        names = [axes.get_title(loc) for axes in figure.axes for loc in ("left", "center")]
        names += [text.get_text() for axes in figure.axes for text in axes.texts]
        marked = {name.split()[0] for name in names if name.endswith("†")}
        assert marked == set(chart.data.loc[chart.data["caveat"] != "", "indicator"]) and marked
