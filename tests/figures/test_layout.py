"""The layout: whatever stands in a chart, the edge of the page cuts nothing off and no text lies on another."""

from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from ctanalysis import evaluate, figures
from ctanalysis.figures import bars, layout
from ctanalysis.figures.chart import Chart
from tests.conftest import ROOT, evaluated
from tests.figures.test_figures import charts

LONG = "Выявленные пострадавшие от торговли людьми, получившие помощь"


def two_bars(figure, data, names):
    labels, ends = ["about 1,234,567", "fewer than 10"], data["value"]
    bars.draw(figure, [bars.Bar(*part) for part in zip(names, labels, ends, ends, strict=True)])


def wordy():
    """A chart with a long title, long notes and long names."""
    names = bars.broken([f"{LONG} в Душанбе", LONG])
    data = pd.DataFrame({"value": [1234567.0, 0.0]})
    draw = partial(two_bars, names=names)
    return Chart(
        "wordy", f"{LONG} {LONG}", "", data, bars.height(names) + 0.3, draw, notes=(LONG * 3, f"{LONG} {LONG}")
    )


def every_chart(project):
    if project == "second":
        evaluation = evaluate("FY2020", ROOT / "tests" / "second")
        return [
            figures.headlines(evaluation),
            figures.progress(evaluation),
            figures.breakdown(evaluation, "B3", "namud"),
        ]
    return [wordy()] if project == "wordy" else charts(evaluated(project))


def watched(figure, data, chart, drawn):
    """Draws a chart into a figure that is kept."""
    chart.draw(figure, data)
    drawn.append(figure)


def frame(image):
    """The outermost pixels of an image, two deep."""
    pixels = np.asarray(image.convert("L"))
    return np.concatenate([part.ravel() for part in (pixels[:2], pixels[-2:], pixels[:, :2], pixels[:, -2:])])


@pytest.mark.parametrize("project", ["FY2012Q1", "FY2015Q1", "second", "wordy"])
def test_nothing_is_cut_off_and_no_text_lies_on_another(project):
    """The frame of every image is white, and the texts of a panel and of the page are apart."""
    for chart in every_chart(project):
        drawn = []
        image = Image.open(BytesIO(replace(chart, draw=partial(watched, chart=chart, drawn=drawn)).png()))
        assert frame(image).min() == 255, chart.name
        [figure] = drawn
        texts = [*figure.texts, *(text for axes in figure.axes for text in [*axes.texts, axes._left_title])]
        boxes = [(text.get_text(), text.get_window_extent().padded(-1)) for text in texts if text.get_text()]
        assert not [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]


def test_lines_are_as_long_as_there_is_room():
    """A text is broken between words only where it is longer than the room, and is all there."""
    lines = layout.wrapped(LONG, 3, 10)
    assert " ".join(lines) == LONG and len(lines) == 2
    assert all(layout.width(line, 10) <= 3 for line in lines)
    assert layout.wrapped(LONG, 30, 10) == [LONG]


def test_every_label_has_room_behind_its_bar():
    """A long label behind the longest bar shortens all bars alike."""
    short, long = bars.Bar("", "", 10, 10), bars.Bar("", "about 1,234,567", 0, 10)
    assert bars._end(4, [short, short]) < bars._end(4, [long, short])
    assert bars._end(4, [bars.Bar("", "no data", 0, 0)]) == 0


@pytest.mark.filterwarnings("error")
def test_a_project_without_targets_has_a_chart_without_bars():
    """As long as no indicator has a target, only the line is drawn."""
    chart = figures.progress(evaluated("FY2012Q1"))
    assert replace(chart, data=chart.data.iloc[:0], height=bars.height([]) + 0.4).png()
