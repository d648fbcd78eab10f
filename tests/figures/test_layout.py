"""The layout: whatever stands in a chart, the edge of the page cuts nothing off and no text lies on another."""

from functools import partial
from io import BytesIO
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from ctanalysis import evaluate, figures
from ctanalysis.figures import layout
from ctanalysis.figures.breakdowns import draw_rows
from ctanalysis.figures.canvas import stripes, width, wrapped
from ctanalysis.figures.chart import Chart
from ctanalysis.figures.rows import Part, Row, Scale, height, placed
from ctanalysis.figures.style import DPI, INCH, LINE, STYLE, WIDTH
from tests.conftest import ROOT, evaluated
from tests.figures.seen import charts
from tests.language.test_no_english import words

LONG = "Выявленные пострадавшие от торговли людьми, получившие помощь"


def wordy():
    """A chart with a long title, long notes and long names."""
    shown = (Row(f"{LONG} в Душанбе", "about 1,234,567", (Part(0, 1),)), Row(LONG, "fewer than 10"))
    draw = partial(draw_rows, shown=shown, scale=Scale(0, 1))
    data = pd.DataFrame({"value": [1234567.0, 0.0]})
    return Chart("wordy", f"{LONG} {LONG}", "", data, height(shown), draw, notes=(LONG * 3, f"{LONG} {LONG}"))


def every_chart(project):
    if project == "second":
        evaluation = evaluate("FY2020", ROOT / "tests" / "second")
        return [*charts(evaluation, ()), figures.breakdown(evaluation, "B3", "namud")]
    if project == "wordy":
        return [wordy()]
    period, _, language = project.partition(" ")
    return charts(evaluated(period).told_in(language))


def drawn(chart):
    """A figure that is as high as the drawing, and nothing else."""
    import matplotlib

    with matplotlib.rc_context(STYLE):
        figure = Figure((WIDTH / INCH, chart.height / INCH), INCH)
        figure.subplots_adjust(top=1, bottom=0)
        chart.draw(figure, chart.data)
        FigureCanvasAgg(figure).draw()
    return figure


@pytest.mark.few(3)
@pytest.mark.parametrize("project", ["FY2015Q1 ru", "wordy", "FY2012Q1", "FY2015Q1", "FY2014 ky", "second"])
def test_nothing_is_cut_off_and_no_text_lies_on_another(project):
    """Every text lies within the page, and the texts are apart; none is English in another language."""
    for chart in every_chart(project):
        figure = drawn(chart)
        is_english = project[-2:] not in ("ru", "ky")
        assert is_english or words(" ".join(text.get_text() for text in figure.texts)) == [], chart.name
        boxes = [(text.get_text(), text.get_window_extent().padded(-1)) for text in figure.texts if text.get_text()]
        wide, high = figure.bbox.width, figure.bbox.height
        outside = [one for one, a in boxes if a.x0 < -1 or a.x1 > wide + 1 or a.y0 < -1 or a.y1 > high + 1]
        assert not outside, chart.name
        assert not [(chart.name, one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]


def test_the_image_that_stands_by_itself_has_its_message_and_its_notes():
    """As wide as the drawing, and higher by the lines above and below it."""
    chart = wordy()
    image = Image.open(BytesIO(chart.png()))
    assert image.width == WIDTH * DPI // INCH and image.height > (chart.height + 9 * LINE) * DPI / INCH
    assert not image.info.keys() - {"dpi"}


def test_lines_are_as_long_as_there_is_room():
    """A text is broken between words only where it is longer than the room, and is all there."""
    lines = layout.wrapped(LONG, 3, 10)
    assert " ".join(lines) == LONG and len(lines) == 2
    assert all(layout.width(line, 10) <= 3 for line in lines)
    assert layout.wrapped(LONG, 30, 10) == [LONG]


def test_names_stand_beside_their_bars_where_all_are_short():
    """Else above them; behind the scale there is room for the longest label."""
    short, long = Row("Osh", "12", (Part(0, 1),)), Row(LONG, "about 1,234,567", (Part(0, 1),))
    assert placed([short]).beside and not placed([short, long]).beside
    for rows in ([short], [short, long]):
        assert placed(rows).right + max(width(row.label) for row in rows) <= WIDTH
    assert height([short, long]) > 2 * height([short]) and height([]) < 10


def test_a_band_is_hatched_from_edge_to_edge():
    """No stripe leaves it, however narrow it is; one without a width has none."""
    for wide, high in ((100.0, 18.0), (3.0, 18.0), (18.0, 100.0)):
        found = stripes(wide, high)
        assert all(0 <= x <= wide and 0 <= y <= high for line in found for x, y in line) and found
    assert stripes(0, 18) == []


def test_a_text_is_broken_in_pixels_as_in_inches():
    assert wrapped(LONG, 96 * 3, 10 / 0.75) == layout.wrapped(LONG, 3, 10)


@pytest.mark.filterwarnings("error")
def test_a_project_without_targets_has_a_chart_without_bars():
    """Nothing is drawn, and the message says so; nothing warns."""
    chart = Chart("n", "Title", "Title.", pd.DataFrame(), height(()), partial(draw_rows, shown=(), scale=Scale(0, 1)))
    assert chart.png() and chart.svg()
